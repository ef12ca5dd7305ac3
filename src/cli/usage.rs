use std::path::Path;

use clap::CommandFactory as _;

use super::Error;
use super::arguments::Arguments;
use crate::experiment::{meant, near};

/// What is wrong with a command line, as one sentence: clap's words without its layout.
pub(super) fn sentence(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let layout = |line: &&str| !line.starts_with("Usage:") && !line.starts_with("For more information");
    let mut sentence = String::new();
    for line in text.lines().map(str::trim).take_while(layout).filter(|line| !line.is_empty()) {
        let (before, words) = match (line.strip_prefix("error: "), line.strip_prefix("tip: ")) {
            (Some(words), _) => ("", words),
            (None, Some(words)) => ("; ", words),
            (None, None) => (" ", line),
        };
        sentence.push_str(before);
        sentence.push_str(words);
    }
    sentence + " (see --help)"
}

/// Checks a word that is taken for a file, since it is no command.
///
/// # Errors
/// If there is no such file, and the word does not look like the name of one: it is a command, misspelt.
pub(super) fn check_file(file: &Path) -> Result<(), Error> {
    if file.as_os_str() == "-" || file.components().count() != 1 || file.extension().is_some() || file.exists() {
        return Ok(());
    }
    let word = file.to_string_lossy();
    let program = Arguments::command();
    if program.find_subcommand(&*word).is_some() {
        return Err(Error::Usage(format!("the command '{word}' stands before all flags (see --help)")));
    }
    let commands = program.get_subcommands().map(clap::Command::get_name);
    let meant = meant(&near(&word, commands));
    Err(Error::Usage(format!("'{word}' is neither a command nor a file{meant} (see --help)")))
}

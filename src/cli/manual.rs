use clap::CommandFactory as _;

use super::Error;
use super::arguments::Arguments;

/// What completes the program's commands and flags in a shell.
pub(super) fn completions(shell: clap_complete::Shell) -> Vec<u8> {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "initscope", &mut bytes);
    bytes
}

/// The manual's page of the program, or of one of its commands.
///
/// # Errors
/// If there is no such command.
pub(super) fn page(of: Option<&str>) -> Result<Vec<u8>, Error> {
    let mut program = Arguments::command();
    program.build();
    let command = match of {
        None => program,
        Some(name) => {
            let known = || program.get_subcommands().map(clap::Command::get_name).collect::<Vec<_>>().join(", ");
            let unknown = || Error::Usage(format!("there is no command '{name}': use {}", known()));
            let found = program.find_subcommand(name).ok_or_else(unknown)?;
            found.clone()
        }
    };
    let mut bytes = Vec::new();
    clap_mangen::Man::new(command).render(&mut bytes).map_err(Error::failed)?;
    Ok(bytes)
}

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

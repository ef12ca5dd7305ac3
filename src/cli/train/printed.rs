use std::io::Write as _;

use serde::Serialize;

use crate::cli::Error;
use crate::cli::written::written;

/// An object for one network, an array for several.
pub(super) fn json<T: Serialize>(reports: impl Iterator<Item = T>) -> serde_json::Result<String> {
    let reports: Vec<_> = reports.collect();
    let text = match reports.as_slice() {
        [one] => serde_json::to_string_pretty(one),
        several => serde_json::to_string_pretty(several),
    };
    Ok(text? + "\n")
}

/// Writes a text to standard output.
pub(super) fn print(text: &str) -> Result<(), Error> {
    let mut output = std::io::stdout().lock();
    written(output.write_all(text.as_bytes()).and_then(|()| output.flush()))
}

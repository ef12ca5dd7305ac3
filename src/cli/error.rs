use std::fmt::Display;

use crate::system_codes::without_system_codes;

/// Why there is no result; each a sentence.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The command line is wrong.
    #[error("{0}")]
    Usage(String),
    /// Anything else.
    #[error("{0}")]
    Failed(String),
    /// A check found something, which it has said.
    #[error("something was found")]
    Found,
}

impl Error {
    /// Not the command line's fault.
    pub fn failed(error: impl Display) -> Self {
        Self::Failed(error.to_string())
    }

    /// The program's exit code.
    pub(super) fn code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Failed(_) => 1,
            Self::Found => 3,
        }
    }

    /// The sentence on one line, whatever the names in it contain, and without numbers of the system.
    pub(super) fn line(&self) -> String {
        let plain =
            |letter: char| if letter.is_control() { letter.escape_default().collect() } else { letter.to_string() };
        without_system_codes(&self.to_string()).chars().map(plain).collect()
    }
}

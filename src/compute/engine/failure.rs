use crate::dataset::DataError;
use crate::network::Interrupted;

/// Why there is no measurement.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A newer experiment is waiting.
    #[error("given up for a newer experiment")]
    Interrupted,
    /// The images could not be read.
    #[error(transparent)]
    Data(#[from] DataError),
    /// The system gave no worker threads.
    #[error("the system provided no worker threads ({0}): close other programs and start again")]
    NoThreads(String),
    /// The computation panicked, with this message.
    #[error("the computation failed ({0}): change any setting to try again")]
    Panicked(String),
}

impl From<Interrupted> for Failure {
    fn from(Interrupted: Interrupted) -> Self {
        Self::Interrupted
    }
}

use std::io;
use std::path::PathBuf;

use super::SweepError;
use crate::engine::Failure;
use crate::page::PageError;

/// Why there is no film; each a sentence.
#[derive(Debug, thiserror::Error)]
pub enum FilmError {
    /// The setting cannot be moved so.
    #[error(transparent)]
    Sweep(#[from] SweepError),
    /// The figure cannot be made so.
    #[error(transparent)]
    Sheet(#[from] crate::figure::SheetError),
    /// The images cannot be read.
    #[error(transparent)]
    Failure(#[from] Failure),
    /// A picture cannot be made.
    #[error(transparent)]
    Page(#[from] PageError),
    /// The operating system refuses.
    #[error("the animation cannot be written ({error}): choose a file or a folder that you may write to: {path}")]
    Unwritable {
        /// What the system says.
        error: io::Error,
        /// The file or folder.
        path: PathBuf,
    },
    /// The steps make no film.
    #[error(
        "--from {0} to --to {1} is no way through a training: use two steps from 0 to {2}, the first before the last"
    )]
    Steps(u64, u64, u64),
    /// The weights of all pictures take too much memory.
    #[error("these networks are too large for so many pictures: use fewer --frames, or fewer networks")]
    Room,
    /// Somebody stopped it.
    #[error("stopped: nothing was written")]
    Stopped,
}

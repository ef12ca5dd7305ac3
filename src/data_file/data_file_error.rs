use std::io;
use std::path::{Path, PathBuf};

use super::watch::Stopped;
use crate::dataset::DataError;
use crate::image_set::SetError;

/// Why there are no images; each a sentence that says what is wrong, what to do, and at its end where.
#[derive(Debug, thiserror::Error)]
pub enum DataFileError {
    /// Somebody stopped it.
    #[error("reading the data was stopped: the data before stay")]
    Stopped,
    /// Nothing is there.
    #[error(
        "the data do not exist: name an IDX, .npz or .csv file, a folder of IDX files, or one with a folder of pictures for each class: \
         {path}"
    )]
    Missing {
        /// What was named.
        path: PathBuf,
    },
    /// The operating system refuses.
    #[error("the data cannot be read ({error}): check that you may read them: {path}")]
    Unreadable {
        /// What the system says.
        error: io::Error,
        /// The file.
        path: PathBuf,
    },
    /// The content is not as it must be.
    #[error("{problem}: {path}")]
    Content {
        /// What is wrong, and what to do.
        problem: String,
        /// The file or folder.
        path: PathBuf,
    },
    /// What was read is no set of images that a network can be shown.
    #[error("{problem}: {path}")]
    Set {
        /// What is wrong, and what to do.
        problem: SetError,
        /// The file or folder.
        path: PathBuf,
    },
    /// Files of MNIST's own shape are not as they must be.
    #[error(transparent)]
    Idx(#[from] DataError),
}

impl DataFileError {
    /// About a file's content.
    pub(super) fn content(problem: impl Into<String>, path: &Path) -> Self {
        Self::Content { problem: problem.into(), path: path.to_owned() }
    }

    /// What the system, a decompressor or whoever stopped it says.
    pub(super) fn of_io(error: io::Error, path: &Path) -> Self {
        let path = path.to_owned();
        match error.kind() {
            _ if error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Stopped>) => Self::Stopped,
            io::ErrorKind::NotFound => Self::Missing { path },
            // Only what the system says has a number; the rest is a decompressor's.
            _ if error.raw_os_error().is_none() => {
                let problem = format!("the file is damaged or cut short ({error}): get it again");
                Self::Content { problem, path }
            }
            _ => Self::Unreadable { error, path },
        }
    }
}

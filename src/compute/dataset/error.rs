use std::{io, path::PathBuf};

/// Why there are no images; each a sentence that says what was expected, what was found, what to do, and at its end where.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// Draws were to be read as images.
    #[error("gaussian inputs have no pixels to read: choose mnist or a folder")]
    NoPixels,
    /// Files that were read were to be read once more.
    #[error("these images were read before: take them from there: {path}")]
    Read {
        /// Where from.
        path: PathBuf,
    },
    /// Nothing is there.
    #[error("the data folder does not exist: name one that holds the four IDX files of a set like MNIST: {path}")]
    NoFolder {
        /// The folder.
        path: PathBuf,
    },
    /// Something other than a folder is there.
    #[error(
        "the data must be a folder with the four IDX files of a set like MNIST, but this is a file: name its folder: \
         {path}"
    )]
    NotAFolder {
        /// What is there.
        path: PathBuf,
    },
    /// There are several sets in it.
    #[error("the data folder holds several sets: name the folder of one, {one} or {other}: {path}")]
    Several {
        /// A folder of one.
        one: PathBuf,
        /// And of another.
        other: PathBuf,
        /// The folder that was named.
        path: PathBuf,
    },
    /// One of the four files is not there under any of its names.
    #[error("the {part} are missing: put them here, plain or compressed with a name that ends in .gz: {path}")]
    Missing {
        /// Which of the four.
        part: &'static str,
        /// The file expected first.
        path: PathBuf,
    },
    /// A folder, a device or a pipe has the name of one of the four files.
    #[error("the {part} must be a file, but this is {found}: put the file in its place: {path}")]
    NotAFile {
        /// Which of the four.
        part: &'static str,
        /// What it is instead.
        found: &'static str,
        /// Where it is.
        path: PathBuf,
    },
    /// The operating system refuses.
    #[error("the {part} cannot be read ({error}): check that you may read them: {path}")]
    Unreadable {
        /// Which of the four, or their folder.
        part: &'static str,
        /// What the system says.
        error: io::Error,
        /// Where it is.
        path: PathBuf,
    },
    /// A `.gz` file does not decompress to its end.
    #[error("the {part} must be a complete gzip file, but decompressing fails ({error}): get the file again: {path}")]
    Gzip {
        /// Which of the four.
        part: &'static str,
        /// What the decompressor says.
        error: io::Error,
        /// Where it is.
        path: PathBuf,
    },
    /// The content is not what a set of MNIST's shape has there.
    #[error("the {part} must {expected}, but {found}: {advice}: {path}")]
    Content {
        /// Which of the four.
        part: &'static str,
        /// What they must do or be.
        expected: String,
        /// What was found.
        found: String,
        /// What to do.
        advice: &'static str,
        /// Where it is.
        path: PathBuf,
    },
    /// The `mnist` crate gave up on checked files.
    #[error("the data passed all checks, but its reader failed ({reason}): try again: {path}")]
    Reader {
        /// What it says.
        reason: String,
        /// The user's folder.
        path: PathBuf,
    },
}

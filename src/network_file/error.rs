use std::io;
use std::path::PathBuf;

/// Why a file gives no network; each a sentence.
#[derive(Debug, thiserror::Error)]
pub enum NetworkFileError {
    /// The operating system refuses.
    #[error("the network cannot be read ({error}): check that the file exists and that you may read it: {path}")]
    Unreadable {
        /// What the system says.
        error: io::Error,
        /// The file.
        path: PathBuf,
    },
    /// Nothing that is known begins like that.
    #[error(
        "this is no file of a network: open .npz, .safetensors, PyTorch's .pt or .pth, Keras's .keras or .h5, or .onnx: {path}"
    )]
    Unknown {
        /// The file.
        path: PathBuf,
    },
    /// Its content is not as it must be.
    #[error("{problem}: {path}")]
    Unfit {
        /// What is wrong with it, and what to do.
        problem: String,
        /// The file.
        path: PathBuf,
    },
}

/// What is wrong with the content of a file, and what to do, without the file's name.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Flaw(pub String);

impl Flaw {
    /// The file ends before, or points beyond, what it says.
    pub fn damaged(what: impl std::fmt::Display) -> Self {
        Self(format!("the file is damaged ({what}): get it again"))
    }
}

use std::ffi::OsString;
use std::fmt;
use std::io::Write as _;
use std::path::PathBuf;

use crate::cli::Error;
use crate::cli::written::written;
use crate::page::{FileKind, UnknownEnding};
use crate::whole_file::WholeFile;

/// Where a figure goes: a file, or standard output.
#[derive(Debug)]
pub(super) struct Target(PathBuf);

/// A target that is open.
pub(super) enum Open {
    Output,
    File(WholeFile, PathBuf),
}

impl Target {
    /// A file's name, or `-`.
    pub fn new(name: OsString) -> Self {
        Self(name.into())
    }

    /// Whether it is standard output.
    pub fn is_output(&self) -> bool {
        self.0.as_os_str() == "-"
    }

    /// The kind of file that its name says; standard output says none.
    ///
    /// # Errors
    /// If the name says none.
    pub fn kind(&self) -> Result<FileKind, UnknownEnding> {
        FileKind::of(&self.0)
    }

    /// Opens it. A file appears under its name when all of it is written.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn open(&self) -> Result<Open, Error> {
        if self.is_output() {
            return Ok(Open::Output);
        }
        match WholeFile::create(&self.0) {
            Ok(file) => Ok(Open::File(file, self.0.clone())),
            Err(error) => Err(unwritable(&error, &self.0)),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.display().fmt(formatter)
    }
}

impl Open {
    /// Writes all of it. A reader of standard output that has seen enough is no error.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn write(self, bytes: &[u8]) -> Result<(), Error> {
        match self {
            Self::Output => {
                let mut output = std::io::stdout().lock();
                written(output.write_all(bytes).and_then(|()| output.flush()))
            }
            Self::File(mut file, path) => {
                let done = file.write_all(bytes).and_then(|()| file.finish());
                done.map_err(|error| unwritable(&error, &path))
            }
        }
    }
}

fn unwritable(error: &std::io::Error, path: &std::path::Path) -> Error {
    Error::Failed(format!(
        "the figure cannot be written ({error}): choose a folder that exists and that you may write to: {}",
        path.display()
    ))
}

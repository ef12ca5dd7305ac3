use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::leftovers::{self, Held};

/// A file that is there whole or not at all: written under another name in the same folder, then renamed. What is no file but
/// a device or a pipe keeps its place, and is written to as it is.
pub(crate) struct WholeFile(Destination);

enum Destination {
    Beside { file: NamedTempFile, path: PathBuf, held: Held },
    Itself(File),
}

impl WholeFile {
    /// Starts a file that will have this path. Until [`finish`](Self::finish), what is at the path stays; dropped before, it
    /// leaves nothing.
    ///
    /// # Errors
    /// If the folder cannot be written to.
    pub fn create(path: &Path) -> io::Result<Self> {
        // What a link leads to is replaced, and not the link.
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        match std::fs::metadata(&path) {
            Ok(there) if there.is_dir() => return Err(in_words(io::ErrorKind::IsADirectory)),
            Ok(there) if !there.is_file() => {
                let file = File::options().write(true).open(&path).map_err(|error| in_words(error.kind()))?;
                return Ok(Self(Destination::Itself(file)));
            }
            _ => {}
        }
        let make = || temporary().tempfile_in(folder(&path));
        let made = leftovers::file(folder(&path), NamedTempFile::path, NamedTempFile::as_file, make);
        let (file, held) = made.map_err(|error| in_words(error.kind()))?;
        Ok(Self(Destination::Beside { file, path, held }))
    }

    /// Gives it its name.
    ///
    /// # Errors
    /// If the system cannot write all of it, or does not let it have the name.
    pub fn finish(self) -> io::Result<()> {
        match self.0 {
            Destination::Beside { file, path, held } => {
                file.as_file().sync_all()?;
                held.release(|| file.persist(path))?;
                Ok(())
            }
            Destination::Itself(mut file) => file.flush(),
        }
    }

    fn file(&mut self) -> &mut File {
        match &mut self.0 {
            Destination::Beside { file, .. } => file.as_file_mut(),
            Destination::Itself(file) => file,
        }
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file().flush()
    }
}

impl Seek for WholeFile {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.file().seek(position)
    }
}

/// Why nothing can be begun, in words: what the system says of the temporary name says nothing to whoever gave another one.
fn in_words(kind: io::ErrorKind) -> io::Error {
    let words = match kind {
        io::ErrorKind::NotFound => "there is no such folder",
        io::ErrorKind::NotADirectory => "what should be its folder is a file",
        io::ErrorKind::IsADirectory => "there is a folder of this name",
        io::ErrorKind::PermissionDenied => "you may not write there",
        io::ErrorKind::ReadOnlyFilesystem => "nothing can be written there",
        io::ErrorKind::StorageFull => "there is no room",
        _ => return kind.into(),
    };
    io::Error::new(kind, words)
}

/// The folder that a path is in.
pub(crate) fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Names and rights of the files: readable like any other that the user makes.
fn temporary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(leftovers::PREFIX).suffix(leftovers::SUFFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder
}

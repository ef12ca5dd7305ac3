use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

/// Opens a file that ends by itself. A device may have no end, and a pipe keeps whoever opens it waiting.
///
/// # Errors
/// If it cannot be opened, or is a folder, a device or a pipe.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    let metadata = std::fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(io::Error::other("it is a folder, not a file"));
    }
    if !metadata.is_file() {
        return Err(io::Error::other("it is a device or a pipe, not a file"));
    }
    File::open(path)
}

/// Reads a file of at most so many bytes to its end.
///
/// # Errors
/// If it cannot be read, is larger, or is a folder, a device or a pipe.
pub(crate) fn read(path: &Path, largest: u64) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    let mut bytes = Vec::with_capacity(usize::try_from(file.metadata()?.len().min(largest)).unwrap_or(0));
    if file.take(largest.saturating_add(1)).read_to_end(&mut bytes)? as u64 > largest {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            format!("it is larger than {} MiB, which is more than is read", largest >> 20),
        ));
    }
    Ok(bytes)
}

/// Reads a text of at most so many bytes to its end.
///
/// # Errors
/// As [`read`]; [`io::ErrorKind::InvalidData`] if it is not UTF-8.
pub(crate) fn read_text(path: &Path, largest: u64) -> io::Result<String> {
    String::from_utf8(read(path, largest)?).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

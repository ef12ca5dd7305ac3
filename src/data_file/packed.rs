//! Files that may be compressed, which their content says.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use super::DataFileError;
use super::watch::ReadWatch;

/// How often a file may be compressed.
const TIMES: usize = 3;
/// How compressed content begins.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Opens a file, and whatever it was compressed with by gzip, as often as its content says.
///
/// # Errors
/// If it cannot be read.
pub(super) fn open<'a>(path: &Path, watch: &'a ReadWatch<'a>) -> Result<Box<dyn Read + 'a>, DataFileError> {
    let wrong = |error| DataFileError::of_io(error, path);
    let metadata = std::fs::metadata(path).map_err(wrong)?;
    if !metadata.is_file() {
        let found = if metadata.is_dir() { "a folder" } else { "a device or pipe" };
        return Err(DataFileError::content(format!("this must be a file, but it is {found}: name a file"), path));
    }
    watch.expect(metadata.len());
    let file = File::open(path).map_err(wrong)?;
    let mut content: Box<dyn Read + 'a> = Box::new(watch.count(BufReader::with_capacity(1 << 16, file)));
    for _ in 0..=TIMES {
        let mut begin = [0; GZIP.len()];
        let length = fill(&mut content, &mut begin).map_err(wrong)?;
        let whole = Cursor::new(begin[..length].to_vec()).chain(content);
        if begin != GZIP {
            return Ok(Box::new(whole));
        }
        content = Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(whole)));
    }
    Err(DataFileError::content("the file is compressed more than three times: decompress it first", path))
}

/// The first bytes of a file's content, decompressed; fewer where it is shorter or damaged.
pub(super) fn beginning(path: &Path, bytes: usize) -> Vec<u8> {
    let tell = |_| true;
    let watch = ReadWatch::new(&tell);
    let mut begin = Vec::new();
    if let Ok(content) = open(path, &watch) {
        let _ = content.take(bytes as u64).read_to_end(&mut begin);
    }
    begin
}

/// Reads until `into` is full or there is no more; returns how much there was.
///
/// # Errors
/// The reader's.
pub(super) fn fill(reader: &mut impl Read, into: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < into.len() {
        match reader.read(&mut into[length..]) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

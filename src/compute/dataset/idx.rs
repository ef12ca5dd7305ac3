use std::{
    io::{self, ErrorKind, Read, Write},
    path::PathBuf,
};

use flate2::read::MultiGzDecoder;

use crate::number;

use super::{
    DataError,
    part::{Part, PartKind},
};

/// An IDX file whose header is read and right, about to be read to its end.
pub(super) struct Idx<'a> {
    part: Part,
    path: PathBuf,
    content: Box<dyn Read + 'a>,
    /// Whether it is compressed.
    packed: bool,
}

/// How often a file may be compressed.
const TIMES: usize = 3;
/// How compressed content begins.
const GZIP: [u8; 2] = [0x1f, 0x8b];

impl<'a> Idx<'a> {
    /// Reads the header of `file`, which is compressed if `path` ends in `.gz` or its content says so, once or several times.
    pub fn open(part: Part, path: PathBuf, file: impl Read + 'a) -> Result<Self, DataError> {
        let packed = path.extension().is_some_and(|extension| extension == "gz");
        let content: Box<dyn Read> = if packed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
        let mut idx = Self { part, path, content, packed };
        for _ in usize::from(packed)..TIMES {
            if !idx.unpack()? {
                break;
            }
        }
        idx.check_header()?;
        Ok(idx)
    }

    /// Decompresses the content, if it says that it is compressed; returns whether.
    fn unpack(&mut self) -> Result<bool, DataError> {
        let mut begin = [0; GZIP.len()];
        let length = self.fill(&mut begin)?;
        let content = std::mem::replace(&mut self.content, Box::new(io::empty()));
        let whole = io::Cursor::new(begin[..length].to_vec()).chain(content);
        let is_packed = begin == GZIP;
        self.content = if is_packed { Box::new(MultiGzDecoder::new(whole)) } else { Box::new(whole) };
        self.packed |= is_packed;
        Ok(is_packed)
    }

    /// Whether it is an uncompressed file of this name.
    pub fn is_plain(&self, name: &str) -> bool {
        !self.packed && self.path.file_name().is_some_and(|file| file == name)
    }

    /// Reads what follows the header into `sink`, which never gets more than the expected bytes.
    /// The outer error is about this file, the inner one is the sink's.
    pub fn copy_body(mut self, sink: &mut impl Write) -> Result<io::Result<()>, DataError> {
        let expected = self.part.body_len();
        let mut chunk = vec![0; 1 << 16];
        let mut copied = 0;
        loop {
            let length = self.fill(&mut chunk)?;
            if length == 0 {
                break;
            }
            if copied + length > expected {
                return Err(self.wrong_length("this file is longer".to_owned()));
            }
            if self.part.kind == PartKind::Labels {
                self.check_labels(copied, &chunk[..length])?;
            }
            if let Err(error) = sink.write_all(&chunk[..length]) {
                return Ok(Err(error));
            }
            copied += length;
        }
        if copied < expected {
            return Err(self.has_only(copied));
        }
        Ok(sink.flush())
    }

    /// The first `bytes` of what follows the header, or all of it where there is no more. What comes after them is not looked at.
    pub fn beginning(mut self, bytes: usize) -> Result<Box<[u8]>, DataError> {
        let mut body = vec![0; bytes.min(self.part.body_len())];
        let length = self.fill(&mut body)?;
        if length < body.len() {
            return Err(self.has_only(length));
        }
        Ok(body.into_boxed_slice())
    }

    fn check_header(&mut self) -> Result<(), DataError> {
        let mut bytes = vec![0; self.part.header_len()];
        let length = self.fill(&mut bytes)?;
        let numbers: Vec<u32> = bytes.chunks_exact(4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]])).collect();
        let expected = self.part.header();
        let whole = length / 4;
        if whole > 0 && numbers[0] != expected[0] {
            let advice = match numbers[0] {
                0x801 => "this file holds labels, put the images in its place",
                0x803 => "this file holds images, put the labels in its place",
                number if number >> 16 == 0x1f8b => "it is compressed more than three times, decompress it first",
                _ => "get a file in this format",
            };
            return Err(self.wrong(
                format!("begin with the IDX magic number 0x{:08x}", expected[0]),
                format!("these begin with 0x{:08x}", numbers[0]),
                advice,
            ));
        }
        if length < bytes.len() {
            return Err(self.wrong_length(format!("this file has {}", number::count(length as u64))));
        }
        if numbers[1] != expected[1] {
            return Err(self.wrong(
                format!("number {}", number::count(expected[1].into())),
                format!("the header says {}", number::count(numbers[1].into())),
                "use a set of exactly MNIST's size",
            ));
        }
        if numbers[2..] != expected[2..] {
            return Err(self.wrong(
                "be 28 x 28 pixels".to_owned(),
                format!("the header says {} x {}", numbers[2], numbers[3]),
                "scale them first",
            ));
        }
        Ok(())
    }

    fn check_labels(&self, before: usize, labels: &[u8]) -> Result<(), DataError> {
        match labels.iter().position(|&label| label > 9) {
            None => Ok(()),
            Some(position) => Err(self.wrong(
                "be 0 to 9".to_owned(),
                format!("label number {} is {}", number::count((before + position + 1) as u64), labels[position]),
                "use a set of ten classes",
            )),
        }
    }

    /// Reads until `chunk` is full or the file ends.
    fn fill(&mut self, chunk: &mut [u8]) -> Result<usize, DataError> {
        let mut length = 0;
        while length < chunk.len() {
            match self.content.read(&mut chunk[length..]) {
                Ok(0) => break,
                Ok(more) => length += more,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(self.unread(error)),
            }
        }
        Ok(length)
    }

    /// Only what the system says has a number; the rest is the decompressor's.
    fn unread(&self, error: io::Error) -> DataError {
        let (part, path) = (self.part.name(), self.path.clone());
        if self.packed && error.raw_os_error().is_none() {
            DataError::Gzip { part, error, path }
        } else {
            DataError::Unreadable { part, error, path }
        }
    }

    /// It ends after so many bytes of what follows the header.
    fn has_only(&self, bytes: usize) -> DataError {
        self.wrong_length(format!("this file has {}", number::count((self.part.header_len() + bytes) as u64)))
    }

    fn wrong_length(&self, found: String) -> DataError {
        let unpacked = if self.packed { " when decompressed" } else { "" };
        let expected = number::count((self.part.header_len() + self.part.body_len()) as u64);
        self.wrong(format!("be {expected} bytes long{unpacked}"), found, "get the file again")
    }

    fn wrong(&self, expected: String, found: String, advice: &'static str) -> DataError {
        DataError::Content { part: self.part.name(), expected, found, advice, path: self.path.clone() }
    }
}

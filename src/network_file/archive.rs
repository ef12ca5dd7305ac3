//! Zip archives, entry by entry, with a bound on what they unpack to.

use std::io::{Cursor, Read as _};

use flate2::CrcReader;
use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use super::error::Flaw;

/// What an archive may unpack to, beside four times its length (64 MiB).
const ROOM: u64 = 64 << 20;

/// An archive in memory.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be unpacked.
    room: u64,
}

impl<'a> Archive<'a> {
    /// # Errors
    /// If it is none.
    pub fn new(bytes: &'a [u8]) -> Result<Self, Flaw> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(Flaw::damaged)?;
        Ok(Self { zip, room: ROOM + 4 * bytes.len() as u64 })
    }

    /// Names of all entries, in the order they stand in the archive.
    pub fn names(&self) -> Vec<String> {
        self.zip.file_names().map(str::to_owned).collect()
    }

    /// Whether it has an entry.
    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// An entry's bytes.
    ///
    /// # Errors
    /// If it is not there, damaged, or more than the archive may unpack to.
    pub fn bytes(&mut self, name: &str) -> Result<Vec<u8>, Flaw> {
        let missing = || Flaw::damaged(format!("{name} is missing"));
        let index = self.zip.index_for_name(name).ok_or_else(missing)?;
        let damaged = |error: &dyn std::fmt::Display| Flaw::damaged(format!("{name}: {error}"));
        let entry = self.zip.by_index_raw(index).map_err(|error| damaged(&error))?;
        let (method, crc, expected) = (entry.compression(), entry.crc32(), entry.size());
        if expected > self.room {
            return Err(too_much(name));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
        let limit = expected + 1;
        let sum = match method {
            CompressionMethod::Stored => {
                let mut reader = CrcReader::new(entry);
                (&mut reader).take(limit).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
                reader.crc().sum()
            }
            CompressionMethod::DEFLATE => {
                let mut reader = CrcReader::new(DeflateDecoder::new(entry));
                (&mut reader).take(limit).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
                reader.crc().sum()
            }
            _ => {
                return Err(Flaw(format!(
                    "{name} is compressed in a way that cannot be read: save the file again without"
                )));
            }
        };
        if bytes.len() as u64 != expected || sum != crc {
            return Err(damaged(&"its checksum or length is wrong"));
        }
        self.room -= expected;
        Ok(bytes)
    }
}

fn too_much(name: &str) -> Flaw {
    Flaw(format!(
        "{name} unpacks to far more than the file's length allows for weights: if this is no mistake, save it uncompressed"
    ))
}

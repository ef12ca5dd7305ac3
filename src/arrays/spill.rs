use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use ndarray_npy::write_zeroed_npy;

use super::inventory::{Array, ArrayContent, Inventory};

/// A nameless file that all arrays are gathered in, one after the other as they will stand in files of their own, in
/// whatever order their rows come.
pub(super) struct Spill {
    file: Mutex<File>,
    regions: Vec<Region>,
}

/// Where an array is.
struct Region {
    content: ArrayContent,
    /// Bytes of a row.
    row: u64,
    start: u64,
    values: u64,
    end: u64,
}

impl Spill {
    /// In a folder, with all values zero.
    pub fn create(folder: &Path, arrays: &Inventory) -> io::Result<Self> {
        let mut file = tempfile::tempfile_in(folder)?;
        let regions = arrays.0.iter().map(|array| Region::add(&mut file, array)).collect::<io::Result<_>>()?;
        Ok(Self { file: Mutex::new(file), regions })
    }

    /// Writes numbers into an array, from the start of a row on.
    pub fn numbers(&self, content: ArrayContent, row: usize, values: &[f32]) -> io::Result<()> {
        let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_ne_bytes()).collect();
        self.bytes(content, row, &bytes)
    }

    /// Writes values as they are in memory into an array, from the start of a row on.
    pub fn bytes(&self, content: ArrayContent, row: usize, bytes: &[u8]) -> io::Result<()> {
        let Some(region) = self.regions.iter().find(|region| region.content == content) else { return Ok(()) };
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(region.values + region.row * row as u64))?;
        file.write_all(bytes)
    }

    /// Reads the arrays, one after the other.
    pub fn read(self, mut each: impl FnMut(usize, u64, &mut dyn Read) -> io::Result<()>) -> io::Result<()> {
        let mut file = self.file.into_inner().unwrap_or_else(PoisonError::into_inner);
        for (array, region) in self.regions.iter().enumerate() {
            let bytes = region.end - region.start;
            file.seek(SeekFrom::Start(region.start))?;
            each(array, bytes, &mut (&mut file).take(bytes))?;
        }
        Ok(())
    }
}

impl Region {
    /// A header and zeros at the end of the file.
    fn add(file: &mut File, array: &Array) -> io::Result<Self> {
        let start = file.seek(SeekFrom::End(0))?;
        let written = match (array.content, array.columns) {
            (ArrayContent::Labels, _) => write_zeroed_npy::<u8, _>(file, array.rows),
            (_, None) => write_zeroed_npy::<f32, _>(file, array.rows),
            (_, Some(columns)) => write_zeroed_npy::<f32, _>(file, (array.rows, columns)),
        };
        written.map_err(io::Error::other)?;
        let values = file.stream_position()?;
        let row = (array.columns.unwrap_or(1) * array.content.bytes_per_value()) as u64;
        Ok(Self { content: array.content, row, start, values, end: values + array.bytes() })
    }
}

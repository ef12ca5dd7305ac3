//! One IDX file: a type, lengths, and numbers, whatever it is called.

use std::io::Read;
use std::path::Path;

use super::watch::ReadWatch;
use super::{DataFileError, MOST_BYTES, packed};
use crate::image_set::SetValues;
use crate::number;

/// What an IDX file holds.
pub(super) struct IdxArray {
    pub shape: Vec<usize>,
    pub numbers: IdxNumbers,
}

/// Its numbers, in the order of the file.
pub(super) enum IdxNumbers {
    Bytes(Vec<u8>),
    Integers(Vec<i64>),
    Floats(Vec<f32>),
}

impl IdxNumbers {
    /// As the values of images.
    pub fn values(self) -> SetValues {
        match self {
            Self::Bytes(bytes) => SetValues::Bytes(bytes.into()),
            Self::Integers(integers) => SetValues::Floats(integers.into_iter().map(|value| value as f32).collect()),
            Self::Floats(floats) => SetValues::Floats(floats.into()),
        }
    }

    /// As labels, of which a row has so many numbers: the first of each row.
    pub fn labels(self, row: usize) -> Option<Vec<i64>> {
        match self {
            Self::Bytes(bytes) => Some(bytes.into_iter().step_by(row).map(i64::from).collect()),
            Self::Integers(integers) => Some(integers.into_iter().step_by(row).collect()),
            Self::Floats(_) => None,
        }
    }
}

/// Whether content begins as IDX does: two zeros, a type, and one to four lengths.
pub(super) fn is_idx(begin: &[u8]) -> bool {
    matches!(begin, [0, 0, kind, rank, ..] if element(*kind).is_some() && (1..=4).contains(rank))
}

/// Bytes of a number of this type.
fn element(kind: u8) -> Option<usize> {
    match kind {
        0x08 | 0x09 => Some(1),
        0x0b => Some(2),
        0x0c | 0x0d => Some(4),
        0x0e => Some(8),
        _ => None,
    }
}

/// Reads a file to its end.
///
/// # Errors
/// If it is not IDX, or longer or shorter than its header says.
pub(super) fn read(path: &Path, watch: &ReadWatch<'_>) -> Result<IdxArray, DataFileError> {
    let mut content = packed::open(path, watch)?;
    let wrong = |problem: String| DataFileError::content(problem, path);
    let mut fill =
        |into: &mut [u8]| packed::fill(&mut content, into).map_err(|error| DataFileError::of_io(error, path));
    let mut magic = [0; 4];
    if fill(&mut magic)? < 4 || !is_idx(&magic) {
        return Err(wrong("this is no IDX file: get a file in this format, or name other data".to_owned()));
    }
    let mut lengths = vec![0; 4 * usize::from(magic[3])];
    if fill(&mut lengths)? < lengths.len() {
        return Err(wrong("the IDX file ends in its header: get it again".to_owned()));
    }
    let (lengths, _) = lengths.as_chunks::<4>();
    let shape: Vec<usize> = lengths.iter().map(|&length| u32::from_be_bytes(length) as usize).collect();
    let size = element(magic[2]).unwrap_or(1);
    let product = shape.iter().try_fold(size, |product, &length| product.checked_mul(length));
    let bytes = product.filter(|&bytes| bytes <= MOST_BYTES).ok_or_else(|| {
        let lengths: Vec<_> = shape.iter().map(|&length| number::count(length as u64)).collect();
        wrong(format!(
            "the IDX file says that it holds {} numbers, more than can be read: use fewer images",
            lengths.join(" × ")
        ))
    })?;
    // As much as is there, whatever the header says.
    let mut body = Vec::new();
    content
        .by_ref()
        .take(bytes as u64 + 1)
        .read_to_end(&mut body)
        .map_err(|error| DataFileError::of_io(error, path))?;
    if body.len() != bytes {
        let found = if body.len() > bytes {
            "is longer".to_owned()
        } else {
            format!("has {}", number::count(body.len() as u64))
        };
        let expected = number::count(bytes as u64);
        return Err(wrong(format!(
            "the IDX file must have {expected} bytes after its header, but this one {found}: get it again"
        )));
    }
    Ok(IdxArray { shape, numbers: numbers(magic[2], body) })
}

/// Numbers of the most significant byte first.
fn numbers(kind: u8, body: Vec<u8>) -> IdxNumbers {
    match kind {
        0x09 => IdxNumbers::Integers(body.into_iter().map(|byte| i64::from(byte.cast_signed())).collect()),
        0x0b => IdxNumbers::Integers(of(&body, |bytes| i64::from(i16::from_be_bytes(bytes)))),
        0x0c => IdxNumbers::Integers(of(&body, |bytes| i64::from(i32::from_be_bytes(bytes)))),
        0x0d => IdxNumbers::Floats(of(&body, f32::from_be_bytes)),
        0x0e => IdxNumbers::Floats(of(&body, |bytes| f64::from_be_bytes(bytes) as f32)),
        _ => IdxNumbers::Bytes(body),
    }
}

fn of<const SIZE: usize, T>(body: &[u8], number: impl Fn([u8; SIZE]) -> T) -> Vec<T> {
    let (chunks, _) = body.as_chunks::<SIZE>();
    chunks.iter().map(|&bytes| number(bytes)).collect()
}

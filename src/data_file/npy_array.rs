//! One array of NumPy's, read as far as its header says.

use std::io::Read;

use super::{MOST_BYTES, packed};
use crate::half::from_f16;
use crate::image_set::SetValues;
use crate::npy_header::NpyHeader;

/// An array in C order.
pub(super) struct NpyArray {
    pub shape: Vec<usize>,
    pub numbers: NpyNumbers,
}

pub(super) enum NpyNumbers {
    Bytes(Vec<u8>),
    Integers(Vec<i64>),
    Floats(Vec<f32>),
    Texts(Vec<String>),
}

/// Bytes that a header's text may have.
const LONGEST_HEADER: usize = 1 << 16;
/// Letters that a text may have.
const LONGEST_TEXT: usize = 1 << 10;

/// What a number or text takes, and what it is.
#[derive(Clone, Copy)]
enum Kind {
    Bool,
    Unsigned(usize),
    Signed(usize),
    Float(usize),
    Letters(usize),
    Bytes(usize),
}

impl Kind {
    fn of(kind: &str) -> Option<Self> {
        let size = kind.get(1..)?.parse().ok()?;
        match (kind.as_bytes()[0], size) {
            (b'b', 1) => Some(Self::Bool),
            (b'u', 1 | 2 | 4 | 8) => Some(Self::Unsigned(size)),
            (b'i', 1 | 2 | 4 | 8) => Some(Self::Signed(size)),
            (b'f', 2 | 4 | 8) => Some(Self::Float(size)),
            (b'U', 1..=LONGEST_TEXT) => Some(Self::Letters(size)),
            (b'S', 1..=LONGEST_TEXT) => Some(Self::Bytes(size)),
            _ => None,
        }
    }

    fn size(self) -> usize {
        match self {
            Self::Bool => 1,
            Self::Letters(letters) => 4 * letters,
            Self::Unsigned(size) | Self::Signed(size) | Self::Float(size) | Self::Bytes(size) => size,
        }
    }
}

/// Reads an array to its end.
///
/// # Errors
/// What is wrong, as the end of a sentence that begins with the array's name; or what the reader says.
pub(super) fn read(content: &mut impl Read) -> Result<NpyArray, NpyFlaw> {
    let (header, kind, is_big) = header(content)?;
    let bytes = header.count().and_then(|count| count.checked_mul(kind.size()));
    let bytes = bytes
        .filter(|&bytes| bytes <= 8 * MOST_BYTES)
        .ok_or(NpyFlaw::Wrong("says that it has more numbers than can be read"))?;
    let mut left = bytes;
    let mut numbers = kind.none();
    let mut chunk = vec![0; (kind.size() * (1 << 14)).min(bytes.max(1))];
    while left > 0 {
        let wanted = chunk.len().min(left);
        let length = packed::fill(content, &mut chunk[..wanted]).map_err(NpyFlaw::Io)?;
        if length < wanted {
            return Err(NpyFlaw::Wrong("ends before all the numbers that its shape says"));
        }
        numbers.extend(kind, &mut chunk[..length], is_big);
        if numbers.bytes(kind) > MOST_BYTES {
            return Err(NpyFlaw::Wrong("has more numbers than can be read: use fewer images"));
        }
        left -= length;
    }
    if packed::fill(content, &mut [0]).map_err(NpyFlaw::Io)? > 0 {
        return Err(NpyFlaw::Wrong("has more numbers than its shape says"));
    }
    if header.is_fortran {
        numbers = numbers.in_c_order(&header.shape);
    }
    Ok(NpyArray { shape: header.shape, numbers })
}

/// Why an array is not to be had.
pub(super) enum NpyFlaw {
    /// The end of a sentence that begins with its name.
    Wrong(&'static str),
    /// The reader's.
    Io(std::io::Error),
}

fn header(content: &mut impl Read) -> Result<(NpyHeader, Kind, bool), NpyFlaw> {
    let mut bytes = vec![0; 12];
    let length = packed::fill(content, &mut bytes).map_err(NpyFlaw::Io)?;
    let (start, text) = NpyHeader::text(&bytes[..length]).map_err(NpyFlaw::Wrong)?;
    if text > LONGEST_HEADER || start + text < bytes.len() {
        return Err(NpyFlaw::Wrong("has a header of no array"));
    }
    bytes.resize(start + text, 0);
    let more = packed::fill(content, &mut bytes[12..]).map_err(NpyFlaw::Io)?;
    let (header, _) = NpyHeader::read(&bytes[..length + more]).map_err(NpyFlaw::Wrong)?;
    let (order, kind) = header.kind.split_at_checked(1).unwrap_or(("", ""));
    let kind = Kind::of(kind).ok_or(NpyFlaw::Wrong(
        "is of a type that cannot be read: save it as whole numbers, as float32 or float64, or labels as texts (not as objects)",
    ))?;
    let is_big = order == ">";
    Ok((header, kind, is_big))
}

impl Kind {
    fn none(self) -> NpyNumbers {
        match self {
            Self::Unsigned(1) => NpyNumbers::Bytes(Vec::new()),
            Self::Bool | Self::Unsigned(_) | Self::Signed(_) => NpyNumbers::Integers(Vec::new()),
            Self::Float(_) => NpyNumbers::Floats(Vec::new()),
            Self::Letters(_) | Self::Bytes(_) => NpyNumbers::Texts(Vec::new()),
        }
    }
}

impl NpyNumbers {
    fn extend(&mut self, kind: Kind, bytes: &mut [u8], is_big: bool) {
        let size = kind.size();
        let word = if matches!(kind, Kind::Letters(_)) { 4 } else { size };
        if is_big && !matches!(kind, Kind::Bytes(_)) {
            bytes.chunks_exact_mut(word).for_each(<[u8]>::reverse);
        }
        let each = bytes.chunks_exact(size);
        match self {
            Self::Bytes(all) => all.extend_from_slice(bytes),
            Self::Integers(all) => all.extend(each.map(|bytes| integer(bytes, matches!(kind, Kind::Signed(_))))),
            Self::Floats(all) => all.extend(each.map(float)),
            Self::Texts(all) => all.extend(each.map(|bytes| text(bytes, matches!(kind, Kind::Letters(_))))),
        }
    }

    fn bytes(&self, kind: Kind) -> usize {
        match self {
            Self::Bytes(all) => all.len(),
            // Labels and images alike: images of integers become f32.
            Self::Integers(all) => 4 * all.len(),
            Self::Floats(all) => 4 * all.len(),
            Self::Texts(all) => (64 + kind.size()) * all.len(),
        }
    }

    fn in_c_order(self, shape: &[usize]) -> Self {
        match self {
            Self::Bytes(all) => Self::Bytes(in_c_order(&all, shape)),
            Self::Integers(all) => Self::Integers(in_c_order(&all, shape)),
            Self::Floats(all) => Self::Floats(in_c_order(&all, shape)),
            Self::Texts(all) => Self::Texts(in_c_order(&all, shape)),
        }
    }

    /// As the values of images; `None` of texts.
    pub fn values(self) -> Option<SetValues> {
        match self {
            Self::Bytes(all) => Some(SetValues::Bytes(all.into())),
            Self::Integers(all) => Some(SetValues::Floats(all.into_iter().map(|value| value as f32).collect())),
            Self::Floats(all) => Some(SetValues::Floats(all.into())),
            Self::Texts(_) => None,
        }
    }
}

/// Numbers whose first index changed fastest, with the last one changing fastest.
fn in_c_order<T: Clone>(all: &[T], shape: &[usize]) -> Vec<T> {
    let mut steps = Vec::with_capacity(shape.len());
    let mut step = 1;
    for &length in shape {
        steps.push(step);
        step *= length;
    }
    let place = |mut at: usize| {
        let mut place = 0;
        for (&length, &step) in shape.iter().zip(&steps).rev() {
            place += at % length * step;
            at /= length;
        }
        place
    };
    (0..all.len()).map(|at| all[place(at)].clone()).collect()
}

fn integer(bytes: &[u8], is_signed: bool) -> i64 {
    let mut word = [if is_signed && bytes.last().is_some_and(|&byte| byte >= 0x80) { 0xff } else { 0 }; 8];
    word[..bytes.len()].copy_from_slice(bytes);
    i64::from_le_bytes(word)
}

fn float(bytes: &[u8]) -> f32 {
    match *bytes {
        [a, b] => from_f16(u16::from_le_bytes([a, b])),
        [a, b, c, d] => f32::from_le_bytes([a, b, c, d]),
        [a, b, c, d, e, f, g, h] => f64::from_le_bytes([a, b, c, d, e, f, g, h]) as f32,
        _ => f32::NAN,
    }
}

fn text(bytes: &[u8], is_wide: bool) -> String {
    if is_wide {
        let (letters, _) = bytes.as_chunks::<4>();
        let letters = letters.iter().map(|&letter| u32::from_le_bytes(letter)).take_while(|&letter| letter != 0);
        return letters.map(|letter| char::from_u32(letter).unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    }
    let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

#[cfg(test)]
mod tests {
    use super::in_c_order;

    #[test]
    fn columns_become_rows_in_any_number_of_dimensions() {
        // np.arange(6).reshape(2, 3).ravel(order="F"), and arange(24).reshape(2, 3, 4)
        assert_eq!(in_c_order(&[0, 3, 1, 4, 2, 5], &[2, 3]), [0, 1, 2, 3, 4, 5]);
        let fortran = vec![0, 12, 4, 16, 8, 20, 1, 13, 5, 17, 9, 21, 2, 14, 6, 18, 10, 22, 3, 15, 7, 19, 11, 23];
        assert_eq!(in_c_order(&fortran, &[2, 3, 4]), (0..24).collect::<Vec<_>>());
    }
}

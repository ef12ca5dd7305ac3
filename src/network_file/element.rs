use super::error::Flaw;
use crate::half::{from_bf16, from_f16};

/// Numbers of which arrays are made, as far as weights may be made of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    F16,
    Bf16,
    F32,
    F64,
}

/// Which end of a number comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Endian {
    Little,
    Big,
}

impl Element {
    /// Bytes of one.
    pub fn size(self) -> usize {
        match self {
            Self::F16 | Self::Bf16 => 2,
            Self::F32 => 4,
            Self::F64 => 8,
        }
    }

    /// The numbers that these bytes are; those of f64 are rounded.
    pub fn decode(self, bytes: &[u8], endian: Endian) -> Vec<f32> {
        match self {
            Self::F16 => numbers(bytes, endian, |bytes| from_f16(u16::from_le_bytes(bytes))),
            Self::Bf16 => numbers(bytes, endian, |bytes| from_bf16(u16::from_le_bytes(bytes))),
            Self::F32 => numbers(bytes, endian, f32::from_le_bytes),
            Self::F64 => numbers(bytes, endian, |bytes| f64::from_le_bytes(bytes) as f32),
        }
    }
}

fn numbers<const SIZE: usize>(bytes: &[u8], endian: Endian, of: impl Fn([u8; SIZE]) -> f32) -> Vec<f32> {
    let (chunks, _) = bytes.as_chunks::<SIZE>();
    let one = |&chunk: &[u8; SIZE]| match endian {
        Endian::Little => of(chunk),
        Endian::Big => {
            let mut turned = chunk;
            turned.reverse();
            of(turned)
        }
    };
    chunks.iter().map(one).collect()
}

/// How many numbers an array of this shape has.
pub(super) fn count(name: &str, shape: &[usize]) -> Result<usize, Flaw> {
    let product = shape.iter().try_fold(1_usize, |product, &length| product.checked_mul(length));
    product.ok_or_else(|| Flaw::damaged(format!("{name} would have more numbers than can be counted")))
}

/// A length or place that a file gives as a number of 64 bits.
pub(super) fn length(what: &str, value: u64) -> Result<usize, Flaw> {
    usize::try_from(value).map_err(|_| Flaw::damaged(format!("{what} of {value} is more than there can be")))
}

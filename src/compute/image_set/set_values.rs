use super::Standard;
use crate::digest::Digest;

/// The values of images, one image after the other.
#[derive(Clone, Debug, PartialEq)]
pub enum SetValues {
    /// Pixels of 0 to 255.
    Bytes(Box<[u8]>),
    /// Any numbers.
    Floats(Box<[f32]>),
}

impl Default for SetValues {
    fn default() -> Self {
        Self::Bytes(Box::default())
    }
}

impl SetValues {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Bytes(bytes) => bytes.len(),
            Self::Floats(floats) => floats.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where one is that is no finite number.
    pub(super) fn not_finite(&self) -> Option<usize> {
        match self {
            Self::Bytes(_) => None,
            Self::Floats(floats) => floats.iter().position(|value| !value.is_finite()),
        }
    }

    /// Mean and standard deviation of these images, in rows of `dim`: of bytes / 255, of other numbers as they are.
    pub(super) fn standard(&self, dim: usize, is_meant: impl Fn(usize) -> bool + Copy) -> Standard {
        match self {
            Self::Bytes(bytes) => Standard::of_parts(rows(bytes, dim, is_meant)),
            Self::Floats(floats) => Standard::of_floats(|| rows(floats, dim, is_meant)),
        }
    }

    /// What becomes 0 of these images, and the distance to what becomes 1.
    pub(super) fn unit(&self, dim: usize, is_meant: impl Fn(usize) -> bool + Copy) -> (f32, f32) {
        let Self::Floats(floats) = self else { return (0.0, 255.0) };
        let all = rows(floats, dim, is_meant).flatten();
        let (least, greatest) = all.fold((f32::INFINITY, f32::NEG_INFINITY), |(least, greatest), &value| {
            (least.min(value), greatest.max(value))
        });
        let range = greatest - least;
        // Values that are all the same become 0, and a range beyond f32 cannot be divided by.
        (least, if range > 0.0 && range.is_finite() { range } else { 1.0 })
    }

    /// Adds them to a digest.
    pub(super) fn digest(&self, digest: &mut Digest) {
        match self {
            Self::Bytes(bytes) => digest.add(bytes),
            Self::Floats(floats) => {
                let mut bytes = Vec::with_capacity(4 * CHUNK);
                for values in floats.chunks(CHUNK) {
                    bytes.clear();
                    bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
                    digest.add(&bytes);
                }
            }
        }
    }
}

/// The values of images, each of `dim`, of those that are meant by their place.
pub(super) fn rows<T>(values: &[T], dim: usize, is_meant: impl Fn(usize) -> bool) -> impl Iterator<Item = &[T]> {
    values.chunks_exact(dim).enumerate().filter(move |(image, _)| is_meant(*image)).map(|(_, row)| row)
}

/// Values that become bytes together.
const CHUNK: usize = 1024;

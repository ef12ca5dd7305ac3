//! How NumPy's .npy begins: the type, the order and the shape of an array.

/// What stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NpyHeader {
    /// `<f4`, `|u1`; empty where it is no simple type.
    pub kind: String,
    /// Lengths, the outermost first.
    pub shape: Vec<usize>,
    /// Whether the first index changes fastest.
    pub is_fortran: bool,
}

const MAGIC: &[u8] = b"\x93NUMPY";
/// Bytes before the header's text, at most.
const FIXED: usize = MAGIC.len() + 2 + 4;

impl NpyHeader {
    /// Reads it; what follows it is what is left of the bytes.
    ///
    /// # Errors
    /// What is wrong, as the end of a sentence that begins with the array's name.
    pub fn read(bytes: &[u8]) -> Result<(Self, &[u8]), &'static str> {
        let rest = bytes.strip_prefix(MAGIC).ok_or("is no array")?;
        let (start, length) = Self::text(bytes)?;
        debug_assert!(start >= bytes.len() - rest.len());
        let rest = bytes.get(start..).ok_or("ends in its header")?;
        let (header, values) = rest.split_at_checked(length).ok_or("ends in its header")?;
        let header = std::str::from_utf8(header).map_err(|_| "has a header that is no text")?;
        let field = |key: &str| {
            let after = header.split_once(&format!("'{key}'")).or_else(|| header.split_once(&format!("\"{key}\"")));
            after.and_then(|(_, after)| after.split_once(':')).map(|(_, value)| value.trim_start())
        };
        let descriptor = field("descr").ok_or("does not say its type")?;
        let text = descriptor.trim_start_matches(['\'', '"']);
        let is_simple = text.len() < descriptor.len();
        let kind = text.find(['\'', '"']).filter(|_| is_simple).map_or("", |end| &text[..end]).to_owned();
        let shape = field("shape").and_then(shape).ok_or("does not say its shape")?;
        let is_fortran = field("fortran_order").is_some_and(|value| value.starts_with("True"));
        Ok((Self { kind, shape, is_fortran }, values))
    }

    /// Where the header's text begins in such bytes, and how long it is.
    ///
    /// # Errors
    /// If there are too few of them, or it is no array.
    pub fn text(bytes: &[u8]) -> Result<(usize, usize), &'static str> {
        let rest = bytes.strip_prefix(MAGIC).ok_or("is no array")?;
        let (&[major, _], rest) = rest.split_first_chunk::<2>().ok_or("ends in its header")?;
        if major == 1 {
            let (size, _) = rest.split_first_chunk::<2>().ok_or("ends in its header")?;
            return Ok((FIXED - 2, usize::from(u16::from_le_bytes(*size))));
        }
        let (size, _) = rest.split_first_chunk::<4>().ok_or("ends in its header")?;
        let length = usize::try_from(u32::from_le_bytes(*size)).map_err(|_| "has a header that is too long")?;
        Ok((FIXED, length))
    }

    /// How many numbers there are, if they can be counted.
    pub fn count(&self) -> Option<usize> {
        self.shape.iter().try_fold(1_usize, |product, &length| product.checked_mul(length))
    }
}

/// `(784, 100), }`
fn shape(text: &str) -> Option<Vec<usize>> {
    let inner = text.strip_prefix('(')?.split_once(')')?.0;
    let lengths = inner.split(',').map(str::trim).filter(|length| !length.is_empty());
    lengths.map(|length| length.trim_end_matches('L').parse().ok()).collect()
}

//! NumPy's .npy: a header with type, order and shape, then the numbers.

use super::element::{Element, Endian, count, length};
use super::error::Flaw;
use super::named_tensor::NamedTensor;

const MAGIC: &[u8] = b"\x93NUMPY";

/// An array of floating-point numbers; `None` for an array of others.
///
/// # Errors
/// If it is damaged.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Option<NamedTensor>, Flaw> {
    let damaged = |what: &str| Flaw::damaged(format!("{name} {what}"));
    let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| damaged("is no array"))?;
    let (&[major, _], rest) = rest.split_first_chunk::<2>().ok_or_else(|| damaged("ends in its header"))?;
    let (header, rest) = if major == 1 {
        let (size, rest) = rest.split_first_chunk::<2>().ok_or_else(|| damaged("ends in its header"))?;
        (usize::from(u16::from_le_bytes(*size)), rest)
    } else {
        let (size, rest) = rest.split_first_chunk::<4>().ok_or_else(|| damaged("ends in its header"))?;
        (length("a header", u64::from(u32::from_le_bytes(*size)))?, rest)
    };
    let (header, values) = rest.split_at_checked(header).ok_or_else(|| damaged("ends in its header"))?;
    let header = std::str::from_utf8(header).map_err(|_| damaged("has a header that is no text"))?;
    let field = |key: &str| {
        let after = header.split_once(&format!("'{key}'")).or_else(|| header.split_once(&format!("\"{key}\"")));
        after.and_then(|(_, after)| after.split_once(':')).map(|(_, value)| value.trim_start())
    };
    let descriptor = field("descr").ok_or_else(|| damaged("does not say its type"))?;
    let Some((element, endian)) = element(descriptor) else { return Ok(None) };
    let shape = field("shape").and_then(shape).ok_or_else(|| damaged("does not say its shape"))?;
    let is_fortran = field("fortran_order").is_some_and(|value| value.starts_with("True"));
    if count(name, &shape)?.checked_mul(element.size()) != Some(values.len()) {
        return Err(damaged("has another length than its shape says"));
    }
    let mut values = element.decode(values, endian);
    if let (true, [rows, columns]) = (is_fortran, &shape[..]) {
        let (rows, columns) = (*rows, *columns);
        values = (0..rows * columns).map(|at| values[at % columns * rows + at / columns]).collect();
    } else if is_fortran && shape.len() > 2 {
        // It is no kernel, whatever its order.
        return NamedTensor::new(name, shape, values).map(Some);
    }
    NamedTensor::new(name, shape, values).map(Some)
}

/// The type, if it is one of floating-point numbers: `'<f4'`.
fn element(descriptor: &str) -> Option<(Element, Endian)> {
    let text = descriptor.trim_start_matches(['\'', '"']);
    let end = text.find(['\'', '"'])?;
    let (order, kind) = text[..end].split_at_checked(1)?;
    let endian = if order == ">" { Endian::Big } else { Endian::Little };
    let element = match kind {
        "f2" => Element::F16,
        "f4" => Element::F32,
        "f8" => Element::F64,
        _ => return None,
    };
    Some((element, endian))
}

/// `(784, 100), }`
fn shape(text: &str) -> Option<Vec<usize>> {
    let inner = text.strip_prefix('(')?.split_once(')')?.0;
    let lengths = inner.split(',').map(str::trim).filter(|length| !length.is_empty());
    lengths.map(|length| length.trim_end_matches('L').parse().ok()).collect()
}

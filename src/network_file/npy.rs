//! NumPy's .npy: a header with type, order and shape, then the numbers.

use super::element::{Element, Endian, count};
use super::error::Flaw;
use super::named_tensor::NamedTensor;
use crate::npy_header::NpyHeader;

/// An array of floating-point numbers; `None` for an array of others.
///
/// # Errors
/// If it is damaged.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Option<NamedTensor>, Flaw> {
    let damaged = |what: &str| Flaw::damaged(format!("{name} {what}"));
    let (NpyHeader { kind, shape, is_fortran }, values) = NpyHeader::read(bytes).map_err(damaged)?;
    let Some((element, endian)) = element(&kind) else { return Ok(None) };
    if count(name, &shape)?.checked_mul(element.size()) != Some(values.len()) {
        return Err(damaged("has another length than its shape says"));
    }
    let mut values = element.decode(values, endian);
    if let (true, [rows, columns]) = (is_fortran, &shape[..]) {
        let (rows, columns) = (*rows, *columns);
        values = (0..rows * columns).map(|at| values[at % columns * rows + at / columns]).collect();
    }
    // One of more dimensions is no kernel, whatever its order.
    NamedTensor::new(name, shape, values).map(Some)
}

/// The type, if it is one of floating-point numbers: `<f4`.
fn element(kind: &str) -> Option<(Element, Endian)> {
    let (order, kind) = kind.split_at_checked(1)?;
    let endian = if order == ">" { Endian::Big } else { Endian::Little };
    let element = match kind {
        "f2" => Element::F16,
        "f4" => Element::F32,
        "f8" => Element::F64,
        _ => return None,
    };
    Some((element, endian))
}

//! safetensors: the length of a header, the header in JSON, the numbers.

use serde_json::Value;

use super::element::{Element, Endian, count, length};
use super::error::Flaw;
use super::named_step::{TORCH_EPSILON, steps_of};
use super::named_tensor::NamedTensor;
use super::step::NetworkStep;

/// Whether the bytes begin as such a file does.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.get(8).is_some_and(|&first| first == b'{')
        && bytes.first_chunk().is_some_and(|length| u64::from_le_bytes(*length) >= 2)
        && bytes[8..]
            .iter()
            .find(|letter| !b"{ \n\t\r".contains(letter))
            .is_none_or(|&letter| matches!(letter, b'"' | b'}'))
}

/// The network's steps, and what is to be said of them.
///
/// # Errors
/// If the header is wrong, or the arrays are no network's.
pub(super) fn steps(bytes: &[u8]) -> Result<(Vec<NetworkStep>, Vec<String>), Flaw> {
    let (size, rest) = bytes.split_first_chunk().ok_or_else(|| Flaw::damaged("it ends in its header"))?;
    let size = length("a header", u64::from_le_bytes(*size))?;
    let (header, data) =
        rest.split_at_checked(size).ok_or_else(|| Flaw::damaged(format!("its header would be {size} bytes long")))?;
    let header: Value =
        serde_json::from_slice(header).map_err(|error| Flaw::damaged(format!("its header is no JSON: {error}")))?;
    let entries = header.as_object().ok_or_else(|| Flaw::damaged("its header is no object"))?;
    let mut tensors = Vec::new();
    let mut taken = 0;
    for (name, entry) in entries.iter().filter(|(name, _)| *name != "__metadata__") {
        let Some(tensor) = tensor(name, entry, data)? else { continue };
        taken += tensor.values.len();
        if taken > data.len() {
            return Err(Flaw::damaged("its arrays overlap"));
        }
        tensors.push(tensor);
    }
    steps_of(tensors, false, TORCH_EPSILON)
}

/// An array of floating-point numbers; `None` for an array of others.
fn tensor(name: &str, entry: &Value, data: &[u8]) -> Result<Option<NamedTensor>, Flaw> {
    let damaged = |what: &str| Flaw::damaged(format!("{name} {what}"));
    let element = match entry["dtype"].as_str() {
        Some("F16") => Element::F16,
        Some("BF16") => Element::Bf16,
        Some("F32") => Element::F32,
        Some("F64") => Element::F64,
        Some(_) => return Ok(None),
        None => return Err(damaged("does not say its type")),
    };
    let numbers = |key: &str| -> Result<Vec<usize>, Flaw> {
        let numbers = entry[key].as_array().ok_or_else(|| damaged(&format!("does not say its {key}")))?;
        let one = |number: &Value| number.as_u64().ok_or_else(|| damaged(&format!("has a wrong number in its {key}")));
        numbers.iter().map(|number| length(key, one(number)?)).collect()
    };
    let shape = numbers("shape")?;
    let [start, end] = numbers("data_offsets")?[..] else { return Err(damaged("has no place in the file")) };
    let bytes = data.get(start..end).ok_or_else(|| damaged("lies beyond the end of the file"))?;
    if count(name, &shape)?.checked_mul(element.size()) != Some(bytes.len()) {
        return Err(damaged("has another length than its shape says"));
    }
    NamedTensor::new(name, shape, element.decode(bytes, Endian::Little)).map(Some)
}

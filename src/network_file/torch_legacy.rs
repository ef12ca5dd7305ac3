//! PyTorch's files before 1.6: five pickles, one after the other, then the storages.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::element::{Element, length};
use super::error::Flaw;
use super::pickle;
use super::pickle_value::{PickleValue, Pickled};
use super::torch_module::{self, TorchSteps};
use super::torch_tensor::Storages;

/// How such a file begins: a pickle of 0x1950a86a20f9469cfc6c.
const MAGIC: &[u8] = b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.";

/// Whether the bytes begin as such a file does.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Whether they begin as a pickle that is none of PyTorch's.
pub(super) fn is_other_pickle(bytes: &[u8]) -> bool {
    matches!(bytes, [0x80, 0x02..=0x05, ..])
}

/// The network's steps, what is to be said of them, and how it ends if that is known.
///
/// # Errors
/// If it is damaged, or holds no network.
pub(super) fn steps(bytes: &[u8]) -> Result<TorchSteps, Flaw> {
    // The magic number, the version of the format, and the machine.
    let mut rest = bytes;
    for _ in 0..3 {
        rest = pickle::read(rest)?.1;
    }
    let (pickled, rest) = pickle::read(rest)?;
    let (keys, rest) = pickle::read(rest)?;
    let mut storages = LegacyStorages { data: rest, places: places(&keys, &sizes(&pickled), rest)? };
    torch_module::steps(&pickled, &mut storages)
}

/// Bytes of each storage's numbers.
fn sizes(pickled: &Pickled) -> HashMap<String, usize> {
    let of = |value: &PickleValue| -> Option<(String, usize)> {
        let PickleValue::Persistent(id) = value else { return None };
        let &[_, kind, key, ..] = pickled.sequence(*id)? else { return None };
        let PickleValue::Global(kind) = pickled.get(kind) else { return None };
        let size = match kind.rsplit('.').next()? {
            "FloatStorage" => Element::F32.size(),
            "HalfStorage" | "BFloat16Storage" | "ShortStorage" => 2,
            "DoubleStorage" | "LongStorage" | "ComplexFloatStorage" => 8,
            "IntStorage" => 4,
            "ComplexDoubleStorage" => 16,
            _ => 1,
        };
        Some((pickled.text(key)?.to_owned(), size))
    };
    pickled.values.iter().filter_map(of).collect()
}

/// Where each storage lies: they stand in the order of their keys, each after the count of its numbers.
fn places(keys: &Pickled, sizes: &HashMap<String, usize>, data: &[u8]) -> Result<HashMap<String, Range<usize>>, Flaw> {
    let damaged = || Flaw::damaged("its storages end too early");
    let mut places = HashMap::new();
    let mut at = 0_usize;
    for &key in keys.sequence(keys.whole).unwrap_or_default() {
        let Some(key) = keys.text(key) else { continue };
        let count = data.get(at..).and_then(|rest| rest.first_chunk()).ok_or_else(damaged)?;
        let count = length("a storage", u64::from_le_bytes(*count))?;
        let size = sizes.get(key).copied().unwrap_or(1);
        let start = at + 8;
        let end = count.checked_mul(size).and_then(|bytes| start.checked_add(bytes)).filter(|&end| end <= data.len());
        at = end.ok_or_else(damaged)?;
        places.insert(key.to_owned(), start..at);
    }
    Ok(places)
}

struct LegacyStorages<'a> {
    data: &'a [u8],
    places: HashMap<String, Range<usize>>,
}

impl Storages for LegacyStorages<'_> {
    fn bytes(&mut self, key: &str) -> Result<Cow<'_, [u8]>, Flaw> {
        let place = self.places.get(key).cloned();
        let bytes = place.and_then(|place| self.data.get(place));
        bytes.map(Cow::Borrowed).ok_or_else(|| Flaw::damaged(format!("the storage {key} is missing")))
    }
}

//! Tensors of PyTorch: a storage, where they begin in it, and how their numbers lie there.

use std::collections::HashMap;

use super::element::{Element, Endian, count};
use super::error::Flaw;
use super::named_tensor::NamedTensor;
use super::pickle_value::{PickleValue, Pickled, Place};

/// Storages by their keys, as bytes; or where they lie.
pub(super) trait Storages {
    /// The bytes of one.
    ///
    /// # Errors
    /// If it is not there.
    fn bytes(&mut self, key: &str) -> Result<std::borrow::Cow<'_, [u8]>, Flaw>;

    /// Which end of its numbers comes first.
    fn endian(&self) -> Endian {
        Endian::Little
    }
}

/// A tensor, as far as a pickle describes it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TorchTensor {
    key: String,
    /// `None` for numbers that are no weights.
    element: Option<Element>,
    offset: usize,
    pub shape: Vec<usize>,
    strides: Vec<usize>,
}

impl TorchTensor {
    /// The tensor that a value would become, a parameter too.
    pub fn of(pickled: &Pickled, place: Place) -> Option<Self> {
        let arguments = pickled.arguments(place);
        match pickled.class(place)? {
            "torch._utils._rebuild_parameter"
            | "torch._utils._rebuild_parameter_with_state"
            | "torch.nn.parameter.Parameter" => {
                let inner = *arguments.first()?;
                // No parameter is made of itself.
                matches!(pickled.class(inner), Some("torch._utils._rebuild_tensor_v2" | "torch._utils._rebuild_tensor"))
                    .then(|| Self::of(pickled, inner))?
            }
            "torch._utils._rebuild_tensor_v2" | "torch._utils._rebuild_tensor" => {
                let &[storage, offset, shape, strides, ..] = arguments else { return None };
                let PickleValue::Persistent(id) = pickled.get(storage) else { return None };
                let id = pickled.sequence(*id)?;
                let &[_, kind, key, ..] = id else { return None };
                let PickleValue::Global(kind) = pickled.get(kind) else { return None };
                let key = match pickled.get(key) {
                    PickleValue::Text(key) => key.clone(),
                    PickleValue::Whole(key) => key.to_string(),
                    _ => return None,
                };
                let lengths = |place: Place| -> Option<Vec<usize>> {
                    let numbers = pickled.sequence(place)?.iter();
                    numbers.map(|&number| usize::try_from(pickled.whole_number(number)?).ok()).collect()
                };
                let offset = usize::try_from(pickled.whole_number(offset)?).ok()?;
                let (shape, strides) = (lengths(shape)?, lengths(strides)?);
                (shape.len() == strides.len()).then(|| Self { key, element: element(kind), offset, shape, strides })
            }
            _ => None,
        }
    }
}

fn element(kind: &str) -> Option<Element> {
    match kind.rsplit('.').next()? {
        "FloatStorage" => Some(Element::F32),
        "DoubleStorage" => Some(Element::F64),
        "HalfStorage" => Some(Element::F16),
        "BFloat16Storage" => Some(Element::Bf16),
        _ => None,
    }
}

/// Reads the numbers of tensors, and counts how many.
pub(super) struct TensorReader<'s, S> {
    storages: &'s mut S,
    /// Numbers read so far of each storage: a file has few tensors that share one.
    read: HashMap<String, usize>,
    /// Modules that were looked into.
    pub visited: usize,
}

/// How often a storage may be read all over, for weights that several layers share.
const SHARED: usize = 4;

impl<'s, S: Storages> TensorReader<'s, S> {
    pub fn new(storages: &'s mut S) -> Self {
        Self { storages, read: HashMap::new(), visited: 0 }
    }

    /// Its numbers in C order; `None` if they are no floating-point numbers.
    ///
    /// # Errors
    /// If it lies beyond its storage, or the storage is missing.
    pub fn read(&mut self, name: &str, tensor: &TorchTensor) -> Result<Option<NamedTensor>, Flaw> {
        let Some(element) = tensor.element else { return Ok(None) };
        let TorchTensor { key, offset, shape, strides, .. } = tensor;
        let damaged = |what: &str| Flaw::damaged(format!("{name} {what}"));
        let endian = self.storages.endian();
        let numbers = count(name, shape)?;
        let bytes = self.storages.bytes(key)?;
        let stored = bytes.len() / element.size();
        let read = self.read.entry(key.clone()).or_default();
        *read = read.saturating_add(numbers);
        if numbers > stored || *read > SHARED * stored {
            return Err(damaged("has more numbers than its storage"));
        }
        let mut last = *offset;
        for (&length, &stride) in shape.iter().zip(strides) {
            let end = length.saturating_sub(1).checked_mul(stride).and_then(|end| last.checked_add(end));
            last = end.ok_or_else(|| damaged("lies beyond its storage"))?;
        }
        if numbers > 0 && last >= stored {
            return Err(damaged("lies beyond its storage"));
        }
        let mut dense = vec![1; shape.len()];
        for at in (1..shape.len()).rev() {
            dense[at - 1] = dense[at] * shape[at].max(1);
        }
        if *strides == dense || numbers == 0 {
            let start = offset * element.size();
            let slice = bytes.get(start..start + numbers * element.size()).unwrap_or_default();
            return NamedTensor::new(name, shape.clone(), element.decode(slice, endian)).map(Some);
        }
        let values = element.decode(&bytes, endian);
        let at = |index: usize| {
            let places = dense.iter().zip(shape).zip(strides);
            offset + places.map(|((dense, length), stride)| index / dense % length * stride).sum::<usize>()
        };
        NamedTensor::new(name, shape.clone(), (0..numbers).map(|index| values[at(index)]).collect()).map(Some)
    }
}

//! Tensors of ONNX, in the file or in one beside it.

use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Component, Path};

use super::element::{Element, Endian, count, length};
use super::error::Flaw;
use super::named_tensor::NamedTensor;
use super::protobuf::{FieldValue, fields};
use crate::regular_file;

/// A tensor as it stands in the file.
#[derive(Clone, Debug, Default)]
pub(super) struct OnnxTensor<'a> {
    pub name: String,
    shape: Vec<usize>,
    kind: u64,
    raw: Option<&'a [u8]>,
    /// Numbers that are not raw: f32, f64, halves in numbers of 32 bits.
    floats: Vec<u8>,
    doubles: Vec<u8>,
    halves: Vec<u16>,
    external: Vec<(String, String)>,
    is_external: bool,
}

const FLOAT: u64 = 1;
const FLOAT16: u64 = 10;
const DOUBLE: u64 = 11;
const BFLOAT16: u64 = 16;

impl<'a> OnnxTensor<'a> {
    /// # Errors
    /// If the message is damaged.
    pub fn read(message: &'a [u8]) -> Result<Self, Flaw> {
        let mut tensor = Self::default();
        for field in fields(message) {
            let field = field?;
            match field.number {
                1 => {
                    for number in field.value.numbers()? {
                        tensor.shape.push(length("a shape", number)?);
                    }
                }
                2 => tensor.kind = field.value.number(),
                4 => match field.value {
                    FieldValue::Fixed32(bytes) => tensor.floats.extend(bytes),
                    value => tensor.floats.extend(value.bytes()),
                },
                5 => {
                    for number in field.value.numbers()? {
                        tensor.halves.push(number as u16);
                    }
                }
                8 => tensor.name = field.value.text(),
                9 => tensor.raw = Some(field.value.bytes()),
                10 => match field.value {
                    FieldValue::Fixed64(bytes) => tensor.doubles.extend(bytes),
                    value => tensor.doubles.extend(value.bytes()),
                },
                13 => {
                    let (mut key, mut value) = (String::new(), String::new());
                    for entry in fields(field.value.bytes()) {
                        let entry = entry?;
                        match entry.number {
                            1 => key = entry.value.text(),
                            2 => value = entry.value.text(),
                            _ => {}
                        }
                    }
                    tensor.external.push((key, value));
                }
                14 => tensor.is_external = field.value.number() == 1,
                _ => {}
            }
        }
        Ok(tensor)
    }

    /// Its floating-point numbers; those outside the file are looked for in its folder alone.
    ///
    /// # Errors
    /// If there are more or fewer than its shape says, or they are not where they should be.
    pub fn floats(&self, folder: &Path) -> Result<NamedTensor, Flaw> {
        let Self { name, shape, .. } = self;
        let element = match self.kind {
            FLOAT => Element::F32,
            DOUBLE => Element::F64,
            FLOAT16 => Element::F16,
            BFLOAT16 => Element::Bf16,
            _ => {
                return Err(Flaw(format!(
                    "{name} has no floating-point numbers, as weights must have: export the network in float32"
                )));
            }
        };
        let size = count(name, shape)?
            .checked_mul(element.size())
            .ok_or_else(|| Flaw::damaged(format!("{name} would be larger than can be")))?;
        if self.is_external || !self.external.is_empty() {
            let bytes = self.outside(folder, size)?;
            return NamedTensor::new(name, shape.clone(), element.decode(&bytes, Endian::Little));
        }
        let halves: Vec<u8>;
        let bytes = match (self.raw, element) {
            (Some(raw), _) => raw,
            (None, Element::F32) => &self.floats,
            (None, Element::F64) => &self.doubles,
            (None, Element::F16 | Element::Bf16) => {
                halves = self.halves.iter().flat_map(|half| half.to_le_bytes()).collect();
                &halves
            }
        };
        if bytes.len() != size {
            return Err(Flaw::damaged(format!("{name} has another length than its shape says")));
        }
        NamedTensor::new(name, shape.clone(), element.decode(bytes, Endian::Little))
    }

    fn outside(&self, folder: &Path, size: usize) -> Result<Vec<u8>, Flaw> {
        let value = |key: &str| self.external.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
        let name = value("location").ok_or_else(|| Flaw::damaged(format!("{} is in no file", self.name)))?;
        let leaves =
            || Flaw(format!("it keeps weights in {name}, outside its folder: put that file beside it, and name it so"));
        let parts: Vec<_> = Path::new(name).components().filter(|part| *part != Component::CurDir).collect();
        let [Component::Normal(own)] = parts[..] else { return Err(leaves()) };
        let path = folder.join(own);
        let unreadable = |error: std::io::Error| {
            Flaw(format!("it keeps weights in {name}, which cannot be read ({error}): put that file beside it"))
        };
        if std::fs::symlink_metadata(&path).map_err(unreadable)?.is_symlink() {
            let (real, home) = (path.canonicalize().map_err(unreadable)?, folder.canonicalize().map_err(unreadable)?);
            if real.parent() != Some(&home) {
                return Err(leaves());
            }
        }
        let mut file = regular_file::open(&path).map_err(unreadable)?;
        let metadata = file.metadata().map_err(unreadable)?;
        let number = |key: &str| value(key).map_or(Some(0), |number| number.parse::<u64>().ok());
        let damaged = || Flaw::damaged(format!("{} lies beyond the end of {name}", self.name));
        let offset = number("offset").ok_or_else(damaged)?;
        let stated = number("length").ok_or_else(damaged)?;
        if stated != 0 && stated != size as u64 {
            return Err(Flaw::damaged(format!("{} has another length than its shape says", self.name)));
        }
        if offset.checked_add(size as u64).is_none_or(|end| end > metadata.len()) {
            return Err(damaged());
        }
        file.seek(SeekFrom::Start(offset)).map_err(unreadable)?;
        let mut bytes = Vec::with_capacity(size);
        file.take(size as u64).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() == size { Ok(bytes) } else { Err(damaged()) }
    }
}

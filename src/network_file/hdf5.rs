//! HDF5: groups with attributes, and arrays in them. Links out of the file are not followed.

use std::collections::HashSet;

use hdf5_reader::group::Group;
use hdf5_reader::messages::datatype::Datatype;
use hdf5_reader::{ByteOrder, Hdf5File, OpenOptions};

use super::element::{Element, Endian, length};
use super::error::Flaw;
use super::named_tensor::NamedTensor;

/// How such a file begins.
const MAGIC: &[u8] = b"\x89HDF\r\n\x1a\n";
/// What its arrays may unpack to, beside four times its length (64 MiB).
const ROOM: usize = 64 << 20;
/// Groups and arrays that are looked at.
const MOST_OBJECTS: usize = 20_000;
/// Groups in groups.
const DEEPEST: usize = 12;

/// Whether the bytes begin as such a file does.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// A file in memory.
pub(super) struct Hdf5 {
    file: Hdf5File,
    /// Bytes that may still be unpacked.
    room: usize,
}

fn damaged(error: impl std::fmt::Display) -> Flaw {
    let sentence = error.to_string();
    Flaw::damaged(sentence.trim_end_matches('.'))
}

impl Hdf5 {
    /// # Errors
    /// If it is none.
    pub fn new(bytes: Vec<u8>) -> Result<Self, Flaw> {
        let room = ROOM + 4 * bytes.len();
        let options = OpenOptions::default()
            .with_chunk_cache_bytes(0)
            .with_max_chunk_bytes(ROOM)
            .with_max_read_bytes(room)
            .with_max_object_header_bytes(16 << 20);
        let file = Hdf5File::from_vec_with_options(bytes, options).map_err(damaged)?;
        Ok(Self { file, room })
    }

    /// The group at a path of names, if it is there.
    pub fn group(&self, path: &str) -> Option<Group> {
        self.file.group(path).ok()
    }

    /// A text of an attribute; one in several pieces (`name0`, `name1`, ...), too.
    pub fn text(group: &Group, name: &str) -> Option<String> {
        group.attribute(name).ok()?.read_string().ok()
    }

    /// Texts of an attribute, in several pieces where they were too long for one.
    pub fn texts(group: &Group, name: &str) -> Option<Vec<String>> {
        if let Ok(attribute) = group.attribute(name) {
            // Of no texts it has another type.
            return Some(attribute.read_strings().unwrap_or_default());
        }
        let mut texts = Vec::new();
        for piece in 0..1000 {
            let Ok(attribute) = group.attribute(&format!("{name}{piece}")) else { break };
            texts.extend(attribute.read_strings().ok()?);
        }
        (!texts.is_empty()).then_some(texts)
    }

    /// An array under a group by its path, under another name; `None` if it is not there, or no array of floating-point numbers.
    ///
    /// # Errors
    /// If it is damaged, or larger than the file allows for.
    pub fn array(&mut self, group: &Group, path: &str, name: &str) -> Result<Option<NamedTensor>, Flaw> {
        let mut parts: Vec<_> = path.split('/').filter(|part| !part.is_empty()).collect();
        let Some(last) = parts.pop() else { return Ok(None) };
        let mut inner = None;
        for part in parts {
            let Ok(next) = inner.as_ref().unwrap_or(group).group(part) else { return Ok(None) };
            inner = Some(next);
        }
        let Ok(dataset) = inner.as_ref().unwrap_or(group).dataset(last) else { return Ok(None) };
        let (element, endian) = match dataset.dtype() {
            Datatype::FloatingPoint { size, byte_order } => {
                let element = match size {
                    2 => Element::F16,
                    4 => Element::F32,
                    8 => Element::F64,
                    _ => return Ok(None),
                };
                (element, if *byte_order == ByteOrder::BigEndian { Endian::Big } else { Endian::Little })
            }
            _ => return Ok(None),
        };
        let shape = dataset.shape().iter().map(|&size| length("a shape", size)).collect::<Result<Vec<_>, _>>()?;
        let size = dataset.raw_byte_len().map_err(damaged)?;
        self.room = self.room.checked_sub(size).ok_or_else(|| {
            Flaw(format!("{name} is far larger than the file's length allows for: save it uncompressed"))
        })?;
        let bytes = dataset.read_raw_bytes().map_err(damaged)?;
        NamedTensor::new(name, shape, element.decode(&bytes, endian)).map(Some)
    }

    /// All arrays of floating-point numbers under a group, by their paths; of groups in a circle each once.
    ///
    /// # Errors
    /// If there are more than anybody could look at, or one is damaged.
    pub fn arrays(&mut self, group: &Group) -> Result<Vec<NamedTensor>, Flaw> {
        let mut found = Vec::new();
        let mut paths = Vec::new();
        let mut seen = HashSet::new();
        list(group, "", DEEPEST, &mut seen, &mut paths)?;
        for path in paths {
            found.extend(self.array(group, &path, &path)?);
        }
        Ok(found)
    }
}

fn list(group: &Group, path: &str, depth: usize, seen: &mut HashSet<u64>, paths: &mut Vec<String>) -> Result<(), Flaw> {
    let Some(depth) = depth.checked_sub(1) else { return Err(Flaw::damaged("its groups are in one another too deep")) };
    if !seen.insert(group.address()) {
        return Ok(());
    }
    let (groups, datasets) = group.member_names().map_err(damaged)?;
    if seen.len() + paths.len() + datasets.len() > MOST_OBJECTS {
        return Err(Flaw("it has more groups and arrays than a network has".to_owned()));
    }
    paths.extend(datasets.iter().map(|name| format!("{path}{name}")));
    for name in groups {
        let inner = group.group(&name).map_err(damaged)?;
        list(&inner, &format!("{path}{name}/"), depth, seen, paths)?;
    }
    Ok(())
}

//! Sets of NumPy's arrays: an .npz with images and labels, or a .npy with images alone.

use std::io::{BufReader, Read};
use std::path::Path;

use flate2::CrcReader;
use flate2::read::DeflateDecoder;
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::labels::{self, ClassLabels};
use super::made_set::{quoted, set_of, square};
use super::npy_array::{self, NpyArray, NpyFlaw, NpyNumbers};
use super::watch::ReadWatch;
use super::{DataFileError, packed};
use crate::image_set::{ImageSet, PartCode, ReadingCode, SetParts, SetValues};
use crate::number;
use crate::regular_file;

/// What arrays of images are called, and of labels, in the order that they are looked for.
const IMAGES: [&str; 6] = ["x", "X", "images", "data", "arr_0", "features"];
const LABELS: [&str; 8] = ["y", "Y", "labels", "label", "target", "targets", "arr_1", "classes"];
/// What arrays are called that name the classes.
const CLASS_NAMES: [&str; 4] = ["target_names", "class_names", "label_names", "classes"];
/// What says which of two sets they are of, before the name or behind it.
const TRAIN: [&str; 2] = ["train", "training"];
const TEST: [&str; 5] = ["test", "val", "valid", "validation", "testing"];

/// The names of the arrays of one part.
struct PartNames {
    images: String,
    labels: Option<String>,
}

/// Reads a .npy, which has images and no labels.
///
/// # Errors
/// If it is damaged, or no set.
pub(super) fn of_npy(path: &Path, watch: &ReadWatch<'_>) -> Result<ImageSet, DataFileError> {
    let mut content = packed::open(path, watch)?;
    let images = npy_array::read(&mut content).map_err(|flaw| wrong(flaw, "the array", path))?;
    let part = PartCode::Each { images: format!("np.load({})", quoted(path)), labels: None };
    assemble(vec![(images, None)], None, path, ReadingCode { parts: vec![part], ..ReadingCode::default() })
}

/// Reads an .npz.
///
/// # Errors
/// If it is damaged, or has no arrays of such names.
pub(super) fn of_npz(path: &Path, watch: &ReadWatch<'_>) -> Result<ImageSet, DataFileError> {
    let file = regular_file::open(path).map_err(|error| DataFileError::of_io(error, path))?;
    let damaged = |error: ZipError| {
        DataFileError::content(format!("the file is damaged or cut short ({error}): get it again"), path)
    };
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
    let names: Vec<String> =
        archive.file_names().filter_map(|name| name.strip_suffix(".npy")).map(str::to_owned).collect();
    let parts = parts_of(&names, path)?;
    for name in parts.iter().flat_map(|part| [Some(&part.images), part.labels.as_ref()]).flatten() {
        let entry = archive.index_for_name(&format!("{name}.npy")).and_then(|index| archive.by_index_raw(index).ok());
        watch.expect(entry.map_or(0, |entry| entry.compressed_size()));
    }
    let mut array = |name: &str| -> Result<NpyArray, DataFileError> {
        let index = archive.index_for_name(&format!("{name}.npy")).unwrap_or(usize::MAX);
        let entry = archive.by_index_raw(index).map_err(damaged)?;
        let (method, crc) = (entry.compression(), entry.crc32());
        let counted = watch.count(entry);
        let content: Box<dyn Read> = match method {
            CompressionMethod::Stored => Box::new(counted),
            CompressionMethod::DEFLATE => Box::new(DeflateDecoder::new(counted)),
            _ => {
                let problem = format!("{name} is compressed in a way that cannot be read: save it with numpy.savez");
                return Err(DataFileError::content(problem, path));
            }
        };
        let mut content = CrcReader::new(content);
        let read = npy_array::read(&mut content).map_err(|flaw| wrong(flaw, name, path))?;
        if content.crc().sum() != crc {
            return Err(DataFileError::content(
                format!("{name} is damaged, its checksum is wrong: get the file again"),
                path,
            ));
        }
        Ok(read)
    };
    let mut found = Vec::new();
    for part in &parts {
        found.push((array(&part.images)?, part.labels.as_deref().map(&mut array).transpose()?));
    }
    let of_classes = CLASS_NAMES.iter().find_map(|wanted| names.iter().find(|name| name.eq_ignore_ascii_case(wanted)));
    let of_classes = of_classes.filter(|name| parts.iter().all(|part| part.labels.as_ref() != Some(*name)));
    // Whatever else is called so is no matter.
    let class_names = of_classes.and_then(|name| match array(name).ok()? {
        NpyArray { shape, numbers: NpyNumbers::Texts(texts) } if shape.len() == 1 => Some((name.as_str(), texts)),
        _ => None,
    });
    let shared = vec![format!("arrays = np.load({})", quoted(path))];
    let parts = parts.iter().map(part_code).collect();
    assemble(found, class_names, path, ReadingCode { shared, parts, ..ReadingCode::default() })
}

/// Whether a file is an archive with arrays of images, and not of a network, which may have some beside its weights.
pub(super) fn is_one(path: &Path) -> bool {
    let Ok(archive) = regular_file::open(path).map_err(ZipError::from).and_then(ZipArchive::new) else { return false };
    let names: Vec<String> =
        archive.file_names().filter_map(|name| name.strip_suffix(".npy")).map(str::to_owned).collect();
    parts_of(&names, path).is_ok() && !names.iter().any(|name| name == "W1")
}

fn part_code(part: &PartNames) -> PartCode {
    let labels = part.labels.as_ref().map(|name| format!("arrays[\"{name}\"].reshape(-1)"));
    PartCode::Each { images: format!("arrays[\"{}\"]", part.images), labels }
}

fn wrong(flaw: NpyFlaw, name: &str, path: &Path) -> DataFileError {
    match flaw {
        NpyFlaw::Wrong(what) => DataFileError::content(format!("{name} {what}"), path),
        NpyFlaw::Io(error) => DataFileError::of_io(error, path),
    }
}

/// Which arrays are images and which are labels: `x_train` and `y_train`, or `x` and `labels`.
fn parts_of(names: &[String], path: &Path) -> Result<Vec<PartNames>, DataFileError> {
    let find = |of: &[&str], words: Option<&[&str]>| {
        let spelled = |name: &&str| match words {
            None => vec![(*name).to_owned()],
            Some(words) => {
                let both = |word: &&str| [format!("{name}_{word}"), format!("{word}_{name}"), format!("{name}{word}")];
                words.iter().flat_map(both).collect()
            }
        };
        let mut wanted = of.iter().flat_map(spelled);
        wanted.find_map(|wanted| names.iter().find(|name| name.eq_ignore_ascii_case(&wanted)).cloned())
    };
    let part =
        |words: Option<&[&str]>| find(&IMAGES, words).map(|images| PartNames { images, labels: find(&LABELS, words) });
    let parts = match (part(Some(&TRAIN)), part(Some(&TEST)), part(None)) {
        (Some(train), Some(test), _) => vec![train, test],
        (Some(one), None, _) | (None, Some(one), None) | (None, _, Some(one)) => vec![one],
        (None, None, None) => {
            let has = if names.is_empty() { "none".to_owned() } else { list(names) };
            return Err(DataFileError::content(
                format!(
                    "there are no images: name the arrays x and labels, or x_train, y_train, x_test and y_test (it has {has})"
                ),
                path,
            ));
        }
    };
    if let [train, test] = &parts[..]
        && train.labels.is_some() != test.labels.is_some()
    {
        let without = if train.labels.is_none() { &train.images } else { &test.images };
        let problem = format!("the labels of {without} are missing: save them, too, or leave out those of the others");
        return Err(DataFileError::content(problem, path));
    }
    Ok(parts)
}

fn list(names: &[String]) -> String {
    let shown: Vec<_> = names.iter().take(6).map(String::as_str).collect();
    let more = if names.len() > shown.len() { ", ..." } else { "" };
    shown.join(", ") + more
}

fn assemble(
    found: Vec<(NpyArray, Option<NpyArray>)>,
    class_names: Option<(&str, Vec<String>)>,
    path: &Path,
    mut reading: ReadingCode,
) -> Result<ImageSet, DataFileError> {
    let wrong = |problem: String| DataFileError::content(problem, path);
    let train = (found.len() > 1).then(|| found[0].0.shape.first().copied().unwrap_or(0));
    let shape = found.first().and_then(|(images, _)| images.shape.get(1..)).unwrap_or_default().to_vec();
    let mut values: Option<SetValues> = None;
    let mut labels: Option<FoundLabels> = None;
    for (images, own) in found {
        if images.shape.len() < 2 || images.shape[1..] != shape {
            let has = images.shape.iter().map(usize::to_string).collect::<Vec<_>>().join(" × ");
            return Err(wrong(format!(
                "images must be arrays of at least two lengths, and of the same for training and testing, but one is {has}: change it"
            )));
        }
        let count = images.shape[0];
        let more = images
            .numbers
            .values()
            .ok_or_else(|| wrong("images must be numbers, but these are texts: change it".to_owned()))?;
        values = Some(match (values, more) {
            (None, more) => more,
            (Some(SetValues::Bytes(one)), SetValues::Bytes(other)) => SetValues::Bytes([one, other].concat().into()),
            (Some(SetValues::Floats(one)), SetValues::Floats(other)) => SetValues::Floats([one, other].concat().into()),
            _ => return Err(wrong("training and test images are of different types: save both as one".to_owned())),
        });
        let Some(own) = own else { continue };
        let of: usize = own.shape.iter().product();
        if of != count {
            let one_hot = own.shape.len() == 2 && own.shape[0] == count;
            let [of, count] = [of, count].map(|count| number::count(count as u64));
            return Err(wrong(if one_hot {
                "labels must be one number per image, but these are a row of numbers each: save their argmax(axis=1)"
                    .to_owned()
            } else {
                format!("there are {of} labels for {count} images: these numbers must be equal")
            }));
        }
        let more = FoundLabels::of(own.numbers).ok_or_else(|| {
            wrong(
                "labels must be whole numbers or texts, but these are decimals: there are no classes to tell apart"
                    .to_owned(),
            )
        })?;
        labels = Some(match (labels, more) {
            (None, more) => more,
            (Some(FoundLabels::Numbers(one)), FoundLabels::Numbers(other)) => {
                FoundLabels::Numbers([one, other].concat())
            }
            (Some(FoundLabels::Texts(one)), FoundLabels::Texts(other)) => FoundLabels::Texts([one, other].concat()),
            _ => return Err(wrong("training and test labels are of different types: save both as one".to_owned())),
        });
    }
    let values = values.unwrap_or_default();
    let mut notes = Vec::new();
    let are_texts = matches!(labels, Some(FoundLabels::Texts(_)));
    let mut labels = labels
        .map(FoundLabels::classes)
        .transpose()
        .map_err(|problem| DataFileError::Set { problem, path: path.to_owned() })?;
    match &labels {
        None => notes.push("There is no array of labels: there is no loss, and there are no gradients.".to_owned()),
        Some(found) if !found.is_plain => {
            let place = found.python(train.is_some(), are_texts);
            reading.parts.iter_mut().for_each(|part| part.map_labels(&place));
        }
        Some(_) => {}
    }
    if let (Some((array, names)), Some(found), false) = (class_names, &mut labels, are_texts) {
        if names.len() == found.classes.len() {
            found.classes = names;
        } else {
            let [has, classes] = [names.len(), found.classes.len()].map(|count| number::count(count as u64));
            notes.push(format!("{array} has {has} names for {classes} classes, which are called by their numbers."));
        }
    }
    let (labels, classes) = labels.map_or((None, Vec::new()), |found| (Some(found.labels), found.classes));
    let shape = square(shape, &values, &mut notes);
    let path = path.to_owned();
    set_of(SetParts {
        path,
        format: "NumPy",
        shape,
        values,
        labels,
        classes,
        train,
        notes,
        reading,
        ..SetParts::default()
    })
}

/// Labels of all parts.
enum FoundLabels {
    Numbers(Vec<i64>),
    Texts(Vec<String>),
}

impl FoundLabels {
    fn of(numbers: NpyNumbers) -> Option<Self> {
        match numbers {
            NpyNumbers::Bytes(bytes) => Some(Self::Numbers(bytes.into_iter().map(i64::from).collect())),
            NpyNumbers::Integers(integers) => Some(Self::Numbers(integers)),
            NpyNumbers::Floats(floats) => {
                let whole = |&value: &f32| (value.fract() == 0.0 && value.abs() < 1e9).then_some(value as i64);
                floats.iter().map(whole).collect::<Option<_>>().map(Self::Numbers)
            }
            NpyNumbers::Texts(texts) => Some(Self::Texts(texts)),
        }
    }

    fn classes(self) -> Result<ClassLabels, crate::image_set::SetError> {
        match self {
            Self::Numbers(numbers) => labels::of_numbers(&numbers),
            Self::Texts(texts) => {
                let mut words = texts.clone();
                words.sort();
                words.dedup();
                let place = |text: &String| {
                    words.binary_search(text).map_or(u16::MAX, |place| place.min(usize::from(u16::MAX)) as u16)
                };
                labels::of_words(&texts.iter().map(place).collect::<Vec<_>>(), &words)
            }
        }
    }
}

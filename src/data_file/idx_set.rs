//! Sets of IDX files: images and labels, for training and testing or in one piece.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::idx_array::{self, IdxArray, IdxNumbers};
use super::idx_name::{IdxName, IdxSplit};
use super::made_set::{quoted, set_of};
use super::watch::ReadWatch;
use super::{DataFileError, known_classes, labels};
use crate::dataset::{DataError, Dataset};
use crate::image_set::{ImageSet, PartCode, ReadingCode, SetParts, SetValues};
use crate::number;
use crate::regular_file;

/// Where in a folder torchvision keeps the files of its sets.
const INNER: [&str; 6] = ["raw", "MNIST/raw", "FashionMNIST/raw", "KMNIST/raw", "QMNIST/raw", "EMNIST/raw"];

/// The IDX files of a folder, by what their names say; of two for the same the plain one.
type IdxFiles = BTreeMap<IdxName, PathBuf>;

/// The IDX files of a folder, or of the one in it where torchvision has put them; none if there are none.
///
/// # Errors
/// If several such folders have some.
pub(super) fn find(folder: &Path) -> Result<Option<PathBuf>, DataFileError> {
    if !files_in(folder).is_empty() {
        return Ok(Some(folder.to_owned()));
    }
    let mut found = INNER.map(|inner| folder.join(inner)).into_iter().filter(|inner| !files_in(inner).is_empty());
    match (found.next(), found.next()) {
        (Some(one), Some(other)) => Err(DataError::Several { one, other, path: folder.to_owned() }.into()),
        (one, _) => Ok(one),
    }
}

fn files_in(folder: &Path) -> IdxFiles {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    // Plain before compressed, and a dash before a dot.
    paths.sort_by_key(|path| (path.extension().is_some_and(|extension| extension == "gz"), path.clone()));
    let mut files = IdxFiles::new();
    for path in paths {
        if let Some(name) = path.file_name().and_then(|name| IdxName::of(&name.to_string_lossy())) {
            files.entry(name).or_insert(path);
        }
    }
    files
}

/// Reads the set of a folder with IDX files.
///
/// # Errors
/// If there are several sets, or files are not as they must be.
pub(super) fn of_folder(folder: &Path, named: &Path, watch: &ReadWatch<'_>) -> Result<ImageSet, DataFileError> {
    let files = files_in(folder);
    let sets: BTreeSet<&str> = files.keys().map(|name| name.set.as_str()).collect();
    if let (Some(one), Some(other)) = (sets.iter().next(), sets.iter().nth(1)) {
        let problem = format!(
            "the folder holds IDX files of {} sets, such as {} and {}: name a file of the one you mean",
            sets.len(),
            if one.is_empty() { "MNIST" } else { one },
            other
        );
        return Err(DataFileError::content(problem, folder));
    }
    read(&files, folder, named, watch)
}

/// Reads the set that an IDX file belongs to: the files beside it whose names say that they are of the same.
///
/// # Errors
/// If files are not as they must be.
pub(super) fn of_file(file: &Path, watch: &ReadWatch<'_>) -> Result<ImageSet, DataFileError> {
    let name = file.file_name().and_then(|name| IdxName::of(&name.to_string_lossy()));
    let folder = file.parent().unwrap_or(Path::new(""));
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut files = match &name {
        Some(name) => files_in(folder).into_iter().filter(|(other, _)| other.set == name.set).collect(),
        None => IdxFiles::new(),
    };
    let name = name.unwrap_or(IdxName { set: String::new(), split: None, has_images: true });
    files.insert(name, file.to_owned());
    read(&files, folder, file, watch)
}

/// Images and labels of a split, as they stand in the files.
struct SplitArrays {
    images: IdxArray,
    labels: Option<Vec<i64>>,
    code: PartCode,
}

fn read(files: &IdxFiles, folder: &Path, named: &Path, watch: &ReadWatch<'_>) -> Result<ImageSet, DataFileError> {
    if let Some(set) = of_mnist(files, folder, named)? {
        return Ok(set);
    }
    let set = files.keys().next().map(|name| name.set.clone()).unwrap_or_default();
    let splits: BTreeSet<Option<IdxSplit>> = files.keys().map(|name| name.split).collect();
    let mut found = Vec::new();
    for split in splits {
        let file = |has_images| files.get(&IdxName { set: set.clone(), split, has_images });
        let Some(images) = file(true) else {
            let Some(labels) = file(false) else { continue };
            return Err(DataFileError::content(
                "these are labels, but their images are missing: put them beside",
                labels,
            ));
        };
        found.push((split, arrays(images, file(false).map(PathBuf::as_path), watch)?, images));
    }
    // Labels for all or for none.
    if let (Some((_, without, path)), true) = (
        found.iter().find(|(_, arrays, _)| arrays.labels.is_none()),
        found.iter().any(|(_, arrays, _)| arrays.labels.is_some()),
    ) {
        let count = number::count(without.images.shape[0] as u64);
        return Err(DataFileError::content(
            format!("the labels of these {count} images are missing: put them beside"),
            path,
        ));
    }
    let is_train = |split: &Option<IdxSplit>| *split == Some(IdxSplit::Train);
    found.sort_by_key(|(split, ..)| !is_train(split));
    let train = match &found[..] {
        [(split, arrays, _), _, ..] if is_train(split) => Some(arrays.images.shape[0]),
        _ => None,
    };
    assemble(found.into_iter().map(|(_, arrays, _)| arrays).collect(), train, (&set, folder, named))
}

/// A set of four files of MNIST's own shape, which are not read here.
fn of_mnist(files: &IdxFiles, folder: &Path, named: &Path) -> Result<Option<ImageSet>, DataFileError> {
    let file = |split, has_images| files.get(&IdxName { set: String::new(), split: Some(split), has_images });
    let shape = |split, has_images| {
        let begin = super::packed::beginning(file(split, has_images)?, 16);
        let (words, _) = begin.as_chunks::<4>();
        Some(words.iter().map(|&word| u32::from_be_bytes(word)).collect::<Vec<_>>())
    };
    let is = |split: IdxSplit| {
        let count = split.split().images() as u32;
        shape(split, true).is_some_and(|words| words == [0x803, count, 28, 28])
            && shape(split, false).is_some_and(|words| words.starts_with(&[0x801, count]))
    };
    if !is(IdxSplit::Test) || !is(IdxSplit::Train) {
        return Ok(None);
    }
    let sets = Dataset::load_both(folder)?;
    let names =
        known_classes::of_set("", folder, 0).unwrap_or_else(|| (0..10).map(|class| class.to_string()).collect());
    let [test, train] = &sets;
    let mut values = train.pixels(0..train.len()).to_vec();
    values.extend_from_slice(test.pixels(0..test.len()));
    let part = |split| {
        let path = |has_images| file(split, has_images).map(PathBuf::as_path);
        part_code(path(true).unwrap_or(folder), path(false), false, 1)
    };
    let parts = SetParts {
        path: named.to_owned(),
        format: "IDX",
        shape: vec![28, 28],
        values: SetValues::Bytes(values.into()),
        labels: Some([train.labels(), test.labels()].concat()),
        classes: names,
        train: Some(train.len()),
        notes: Vec::new(),
        reading: reading_code(vec![part(IdxSplit::Train), part(IdxSplit::Test)]),
        ..SetParts::default()
    };
    set_of(parts).map(Some)
}

fn arrays(images: &Path, labels: Option<&Path>, watch: &ReadWatch<'_>) -> Result<SplitArrays, DataFileError> {
    let array = idx_array::read(images, watch)?;
    if array.shape.len() < 2 {
        let problem =
            "the images must have at least two lengths, but this file has one, as labels have: name the images";
        return Err(DataFileError::content(problem, images));
    }
    let mut row = 1;
    let found = match labels {
        None => None,
        Some(path) => {
            let array = idx_array::read(path, watch)?;
            row = array.shape[1..].iter().product::<usize>();
            let numbers = (row > 0).then(|| array.numbers.labels(row)).flatten();
            Some(
                numbers
                    .ok_or_else(|| DataFileError::content("the labels must be whole numbers: name other data", path))?,
            )
        }
    };
    if let (Some(found), Some(path)) = (&found, labels)
        && found.len() != array.shape[0]
    {
        let [of, images] = [found.len(), array.shape[0]].map(|count| number::count(count as u64));
        return Err(DataFileError::content(
            format!("there are {of} labels for {images} images: these numbers must be equal"),
            path,
        ));
    }
    let set = images.file_name().and_then(|name| IdxName::of(&name.to_string_lossy())).map(|name| name.set);
    let is_mirrored = set.is_some_and(|set| is_mirrored(&set, &array));
    Ok(SplitArrays { code: part_code(images, labels, is_mirrored, row), images: array, labels: found })
}

fn assemble(
    found: Vec<SplitArrays>,
    train: Option<usize>,
    (set, folder, named): (&str, &Path, &Path),
) -> Result<ImageSet, DataFileError> {
    let wrong = |problem: String| DataFileError::content(problem, named);
    let shape = found.first().map(|arrays| arrays.images.shape[1..].to_vec()).unwrap_or_default();
    let mut codes: Vec<_> = found.iter().map(|arrays| arrays.code.clone()).collect();
    let is_mirrored = found.iter().any(|arrays| is_mirrored(set, &arrays.images));
    let (mut bytes, mut floats, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
    let mut has_labels = true;
    for SplitArrays { images, labels, .. } in found {
        if images.shape[1..] != shape {
            let [one, other] = [&shape[..], &images.shape[1..]]
                .map(|lengths| lengths.iter().map(usize::to_string).collect::<Vec<_>>().join(" × "));
            return Err(wrong(format!(
                "the training images are {one} but the test images {other}: use images of one size"
            )));
        }
        match images.numbers {
            IdxNumbers::Bytes(more) if floats.is_empty() => bytes.extend(more),
            numbers if bytes.is_empty() => match numbers.values() {
                SetValues::Floats(more) => floats.extend(more),
                SetValues::Bytes(_) => return Err(mixed(named)),
            },
            _ => return Err(mixed(named)),
        }
        match labels {
            Some(labels) => numbers.extend(labels),
            None => has_labels = false,
        }
    }
    let mut notes = Vec::new();
    if is_mirrored {
        bytes.chunks_exact_mut(shape[0] * shape[1]).for_each(|image| transpose(image, shape[0]));
        notes.push("EMNIST's files hold every image mirrored at its diagonal: it was set upright.".to_owned());
    }
    let (mut labels, mut classes) = (None, Vec::new());
    if has_labels {
        let found =
            labels::of_numbers(&numbers).map_err(|problem| DataFileError::Set { problem, path: named.to_owned() })?;
        let first = numbers.iter().copied().min().unwrap_or(0);
        if first > 0 {
            notes.push(format!("Labels are numbered from {first}: the first output stands for that class."));
        }
        let known = mapped(set, folder, &found.classes)
            .or_else(|| known_classes::of_set(set, folder, first))
            .filter(|names| names.len() == found.classes.len());
        if !found.is_plain {
            let place = found.python(codes.len() > 1, false);
            codes.iter_mut().for_each(|code| code.map_labels(&place));
        }
        (labels, classes) = (Some(found.labels), known.unwrap_or(found.classes));
    } else {
        notes.push(
            "There is no file of labels beside the images: there is no loss, and there are no gradients.".to_owned(),
        );
    }
    let values = if floats.is_empty() { SetValues::Bytes(bytes.into()) } else { SetValues::Floats(floats.into()) };
    set_of(SetParts {
        path: named.to_owned(),
        format: "IDX",
        shape,
        values,
        labels,
        classes,
        train,
        notes,
        reading: reading_code(codes),
        ..SetParts::default()
    })
}

/// Whether a file holds every image mirrored at its diagonal, as EMNIST's do: of another form it is none of these, whatever it is called.
fn is_mirrored(set: &str, images: &IdxArray) -> bool {
    let is_square = matches!(images.shape[..], [_, rows, columns] if rows == columns);
    set.starts_with("emnist") && is_square && matches!(images.numbers, IdxNumbers::Bytes(_))
}

fn mixed(named: &Path) -> DataFileError {
    DataFileError::content("the training images and the test images are numbers of different types: use one", named)
}

fn transpose(image: &mut [u8], side: usize) {
    for row in 0..side {
        for column in row + 1..side {
            image.swap(row * side + column, column * side + row);
        }
    }
}

/// Names of the classes as EMNIST's own table beside the files has them: a label and the numbers of its characters in each line.
fn mapped(set: &str, folder: &Path, classes: &[String]) -> Option<Vec<String>> {
    let mut text = String::new();
    let file = regular_file::open(&folder.join(format!("{set}-mapping.txt"))).ok()?;
    file.take(1 << 16).read_to_string(&mut text).ok()?;
    let mut names = BTreeMap::new();
    for line in text.lines() {
        let mut numbers = line.split_whitespace();
        let label = numbers.next()?.to_owned();
        let characters: String = numbers.filter_map(|code| char::from_u32(code.parse().ok()?)).collect();
        names.insert(label, characters);
    }
    classes.iter().map(|class| names.get(class).cloned().filter(|name| !name.is_empty())).collect()
}

/// What reads the images and labels of a split.
fn part_code(images: &Path, labels: Option<&Path>, is_mirrored: bool, row: usize) -> PartCode {
    let turned = if is_mirrored { ".transpose(0, 2, 1)" } else { "" };
    // The class is the first of each image's numbers.
    let first = if row > 1 { "[:, 0]" } else { "" };
    PartCode::Each {
        images: format!("idx({}){turned}", quoted(images)),
        labels: labels.map(|labels| format!("idx({}){first}.astype(\"int64\")", quoted(labels))),
    }
}

/// A program that reads the files.
fn reading_code(parts: Vec<PartCode>) -> ReadingCode {
    let shared = [
        "def idx(path):",
        "    with open(path, \"rb\") as file:",
        "        data = file.read()",
        "    while data[:2] == b\"\\x1f\\x8b\":",
        "        data = gzip.decompress(data)",
        "    kind = {8: \">u1\", 9: \">i1\", 11: \">i2\", 12: \">i4\", 13: \">f4\", 14: \">f8\"}[data[2]]",
        "    shape = np.frombuffer(data, \">u4\", data[3], 4)",
        "    return np.frombuffer(data, kind, offset=4 + 4 * data[3]).reshape(shape)",
        "",
        "",
    ];
    ReadingCode {
        own_imports: vec!["import gzip"],
        shared: shared.map(str::to_owned).into(),
        parts,
        ..ReadingCode::default()
    }
}

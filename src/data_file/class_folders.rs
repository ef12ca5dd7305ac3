//! Folders of pictures, one for each class: where they are, and what is in them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use image::ImageFormat;

use crate::number;

/// Folders of a set that comes in two.
const TRAIN: [&str; 3] = ["train", "training", "Train"];
const TEST: [&str; 5] = ["test", "testing", "val", "validation", "Test"];

/// Whether a folder, or one of the two that a set may come in, holds folders of pictures.
pub(super) fn is_one(folder: &Path) -> bool {
    divided(folder).map_or_else(|| has_classes(folder), |[train, test]| has_classes(&train) && has_classes(&test))
}

fn has_classes(folder: &Path) -> bool {
    folders(folder).iter().any(|class| has_pictures(class))
}

/// Whether a folder holds pictures that are read.
pub(super) fn has_pictures(folder: &Path) -> bool {
    files(folder).iter().any(|file| format(file).is_some())
}

/// The folders of training and test images, if there are such.
fn divided(folder: &Path) -> Option<[PathBuf; 2]> {
    let find = |names: &[&str]| names.iter().map(|name| folder.join(name)).find(|path| path.is_dir());
    Some([find(&TRAIN)?, find(&TEST)?])
}

/// The folder that holds those of the classes, or the two in it that a set comes in.
pub(super) fn roots(folder: &Path) -> Vec<PathBuf> {
    let parts = divided(folder).filter(|[train, test]| has_classes(train) && has_classes(test));
    parts.map_or_else(|| vec![folder.to_owned()], Vec::from)
}

/// The format that a name says, if it is one that is read.
pub(super) fn format(path: &Path) -> Option<ImageFormat> {
    match ImageFormat::from_path(path) {
        Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg)) => Some(format),
        _ => None,
    }
}

/// What pictures there are where no classes are found, in a sentence; `None` if there are none.
pub(super) fn misplaced(folder: &Path) -> Option<String> {
    let needed = "each class needs a folder of its own with PNG or JPEG pictures";
    if let Some(found) = counted(&files(folder)) {
        return Some(format!(
            "{needed}, but here {found} in the folder itself: put them into one folder for each class"
        ));
    }
    let inner = |outer: &[PathBuf]| outer.iter().flat_map(|path| folders(path)).collect::<Vec<_>>();
    let classes = inner(&[folder.to_owned()]);
    let all = classes.iter().chain(&inner(&classes)).flat_map(|class| files(class)).collect::<Vec<_>>();
    let found = counted(&all)?;
    let is_read = all.iter().any(|file| format(file).is_some());
    let what = if is_read { "name the folder that holds those of the classes" } else { "save them as PNG" };
    Some(format!("{needed}, but here {found} in the folders: {what}"))
}

/// `are 6 GIF and 2 BMP pictures`, of the files that are pictures by their names.
fn counted(files: &[PathBuf]) -> Option<String> {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for kind in files.iter().filter_map(|file| ImageFormat::from_path(file).ok()) {
        *kinds.entry(format!("{kind:?}").to_uppercase()).or_default() += 1;
    }
    let all: usize = kinds.values().sum();
    let counts: Vec<_> = kinds.iter().map(|(kind, &count)| format!("{} {kind}", number::count(count as u64))).collect();
    let (verb, noun) = if all == 1 { ("is", "picture") } else { ("are", "pictures") };
    let (last, rest) = counts.split_last()?;
    let list = if rest.is_empty() { last.clone() } else { format!("{} and {last}", rest.join(", ")) };
    Some(format!("{verb} {list} {noun}"))
}

/// Folders in a folder, by name.
pub(super) fn folders(folder: &Path) -> Vec<PathBuf> {
    entries(folder, Path::is_dir)
}

/// Files in a folder, by name.
pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    entries(folder, Path::is_file)
}

fn entries(folder: &Path, is: impl Fn(&Path) -> bool) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_hidden = |path: &Path| path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).filter(|path| !is_hidden(path) && is(path)).collect();
    paths.sort();
    paths
}

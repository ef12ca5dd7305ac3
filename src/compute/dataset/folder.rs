//! Four IDX files of MNIST's own shape. Where they are as the `mnist` crate wants them, uncompressed under their original names
//! and a UTF-8 path, it reads them where they are: it panics where a file is not as it expects, so all are checked before. All
//! others are read by our own reader. Files are only ever read.

use std::{
    fs::{self, File},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use mnist::{Mnist, MnistBuilder};

use super::{
    DataError, Dataset,
    idx::Idx,
    part::{Part, PartKind},
};
use crate::caught::caught;
use crate::experiment::{PIXELS, Split};
use crate::image_set::Standard;

/// Pixels and labels of a split.
type Both = (Box<[u8]>, Box<[u8]>);

/// Checks all four files, then reads the split. What costs least to find out is found out first.
pub(super) fn load(folder: &Path, split: Split) -> Result<Dataset, DataError> {
    let (test, train) = load_both(folder)?;
    let standard = Standard::of(&train.0);
    let (pixels, labels) = if split == Split::Train { train } else { test };
    Ok(Dataset { pixels, labels, standard })
}

/// Test images and training images.
pub(super) fn load_both(folder: &Path) -> Result<(Both, Both), DataError> {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let read = caught(|| checked(&folder));
    read.unwrap_or_else(|reason| Err(DataError::Reader { reason, path: folder }))
}

fn checked(folder: &Path) -> Result<(Both, Both), DataError> {
    check_is_folder(folder)?;
    let folder = with_files(folder)?;
    let mut located = Vec::new();
    for part in Part::ALL {
        located.push((part, locate(&folder, part)?));
    }
    let mut opened = Vec::new();
    for (part, path) in located {
        opened.push((part, open(part, path)?));
    }
    match folder.to_str().filter(|_| opened.iter().all(|(part, idx)| idx.is_plain(part.file_name()))) {
        Some(base_path) => {
            for (_, idx) in opened {
                // Nobody is to be asked to read what is not as it says.
                idx.copy_body(&mut io::sink())?.map_err(|error| unreadable(error, &folder))?;
            }
            read_in_place(base_path, &folder)
        }
        None => read_ourselves(opened, &folder),
    }
}

fn unreadable(error: io::Error, folder: &Path) -> DataError {
    DataError::Unreadable { part: "data files", error, path: folder.to_owned() }
}

fn read_ourselves(opened: Vec<(Part, Idx<'static>)>, folder: &Path) -> Result<(Both, Both), DataError> {
    let (mut test, mut train) = (Both::default(), Both::default());
    for (part, idx) in opened {
        let mut body = Vec::with_capacity(part.body_len());
        idx.copy_body(&mut body)?.map_err(|error| unreadable(error, folder))?;
        let of = if part.split == Split::Train { &mut train } else { &mut test };
        match part.kind {
            PartKind::Images => of.0 = body.into(),
            PartKind::Labels => of.1 = body.into(),
        }
    }
    Ok((test, train))
}

fn check_is_folder(folder: &Path) -> Result<(), DataError> {
    let path = folder.to_owned();
    match fs::metadata(folder) {
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Ok(_) => Err(DataError::NotAFolder { path }),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(DataError::NoFolder { path }),
        Err(error) => Err(DataError::Unreadable { part: "data files", error, path }),
    }
}

/// Where in a folder torchvision keeps the files of its sets.
const TORCHVISION: [&str; 5] = ["raw", "MNIST/raw", "FashionMNIST/raw", "KMNIST/raw", "QMNIST/raw"];

/// The folder itself, or if none of the files is there, the one in it where torchvision has put them.
fn with_files(folder: &Path) -> Result<PathBuf, DataError> {
    let has_files = |folder: &Path| {
        Part::ALL.into_iter().any(|part| !matches!(locate(folder, part), Err(DataError::Missing { .. })))
    };
    if has_files(folder) {
        return Ok(folder.to_owned());
    }
    let mut found =
        TORCHVISION.map(|inner| folder.join(inner)).into_iter().filter(|inner| inner.is_dir() && has_files(inner));
    match (found.next(), found.next()) {
        (Some(one), Some(other)) => Err(DataError::Several { one, other, path: folder.to_owned() }),
        (Some(one), None) => Ok(one),
        (None, _) => Ok(folder.to_owned()),
    }
}

/// The file of a part: plain before compressed, the original spelling before the common one with a dot. A folder of that
/// name counts only if there is no file: some downloads unpack to `train-images.idx3-ubyte` beside a folder.
fn locate(folder: &Path, part: Part) -> Result<PathBuf, DataError> {
    let original = part.file_name();
    let dotted = original.replace("-idx", ".idx");
    let mut not_a_file = None;
    for name in [original, &dotted, &format!("{original}.gz"), &format!("{dotted}.gz")] {
        let path = folder.join(name);
        match fs::metadata(&path) {
            Ok(metadata) if metadata.is_file() => return Ok(path),
            Ok(metadata) => {
                let found = if metadata.is_dir() { "a folder" } else { "a device or pipe" };
                not_a_file.get_or_insert(DataError::NotAFile { part: part.name(), found, path });
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(DataError::Unreadable { part: part.name(), error, path }),
        }
    }
    Err(not_a_file.unwrap_or(DataError::Missing { part: part.name(), path: folder.join(original) }))
}

fn open(part: Part, path: PathBuf) -> Result<Idx<'static>, DataError> {
    match File::open(&path) {
        Ok(file) => Idx::open(part, path, file),
        Err(error) => Err(DataError::Unreadable { part: part.name(), error, path }),
    }
}

/// Lets the `mnist` crate read. It reads all four files whatever it is asked for, and its splits are slices of train followed by
/// test: only 60,000 + 0 + 10,000 keeps them what they are.
fn read_in_place(base_path: &str, folder: &Path) -> Result<(Both, Both), DataError> {
    let read = || {
        MnistBuilder::new()
            .base_path(base_path)
            .label_format_digit()
            .training_set_length(60_000)
            .validation_set_length(0)
            .test_set_length(10_000)
            .finalize()
    };
    let failed = |reason: String| DataError::Reader { reason, path: folder.to_owned() };
    let Mnist { trn_img, trn_lbl, tst_img, tst_lbl, .. } = caught(read).map_err(failed)?;
    let (test, train): (Both, Both) = ((tst_img.into(), tst_lbl.into()), (trn_img.into(), trn_lbl.into()));
    for (split, (pixels, labels)) in [(Split::Test, &test), (Split::Train, &train)] {
        // A file may have changed since it was checked.
        if labels.len() != split.images()
            || pixels.len() != split.images() * PIXELS
            || labels.iter().any(|&label| label > 9)
        {
            return Err(failed("the files changed meanwhile".to_owned()));
        }
    }
    Ok((test, train))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_the_reader_becomes_a_sentence() {
        let sentence = read_in_place("/nowhere/", Path::new("/nowhere")).map_err(|error| error.to_string());
        let expected = "the data passed all checks, but its reader failed (Unable to find path to images at ";
        assert!(sentence.is_err_and(|text| text.starts_with(expected) && text.ends_with("): try again: /nowhere")));
    }
}

//! The `mnist` crate reads the folder. It wants the four files uncompressed under a UTF-8 path and panics where they
//! are not as it expects, so it gets a copy, checked while it is made, in a temporary folder of its own. What was
//! checked is then what is read, whatever happens to the user's files meanwhile, and these are only ever read.

use std::{
    fs::{self, File},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

use mnist::{Mnist, MnistBuilder};

use super::{DataError, Dataset, Standard, idx::Idx, part::Part};
use crate::caught::caught;
use crate::experiment::{PIXELS, Split};
use crate::leftovers::Folder;

/// Checks all four files, then reads the split. What costs least to find out is found out first.
pub(super) fn load(folder: &Path, split: Split) -> Result<Dataset, DataError> {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let read = caught(|| checked(&folder, split));
    read.unwrap_or_else(|reason| Err(DataError::Reader { reason, path: folder }))
}

fn checked(folder: &Path, split: Split) -> Result<Dataset, DataError> {
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
    let copy = temporary_folder()?;
    for (part, idx) in opened {
        write_copy(part, idx, &copy)?;
    }
    read_copy(&copy, &folder, split)
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

/// Removed with the value. Only the kind of an error is kept: its text would name a second path.
fn temporary_folder() -> Result<Folder, DataError> {
    Folder::create().map_err(|error| DataError::Temporary { error: error.kind().into(), path: std::env::temp_dir() })
}

fn write_copy(part: Part, idx: Idx<'_>, copy: &Folder) -> Result<(), DataError> {
    let temporary = |error: io::Error| DataError::Temporary { error, path: copy.path().to_owned() };
    let mut file = File::create(copy.path().join(part.file_name())).map_err(temporary)?;
    for number in part.header() {
        file.write_all(&number.to_be_bytes()).map_err(temporary)?;
    }
    idx.copy_body(&mut file)?.map_err(temporary)
}

/// Lets the `mnist` crate read the copy. It reads all four files whatever it is asked for, and its splits are slices of
/// train followed by test: only 60,000 + 0 + 10,000 keeps them what they are.
fn read_copy(copy: &Folder, folder: &Path, split: Split) -> Result<Dataset, DataError> {
    let Some(base_path) = copy.path().to_str() else {
        let error = io::Error::new(ErrorKind::InvalidInput, "its name is not UTF-8");
        return Err(DataError::Temporary { error, path: copy.path().to_owned() });
    };
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
    let standard = Standard::of(&trn_img);
    let (pixels, labels) = match split {
        Split::Test => (tst_img, tst_lbl),
        Split::Train => (trn_img, trn_lbl),
    };
    if labels.len() != split.images() || pixels.len() != split.images() * PIXELS {
        return Err(failed("it lost some images".to_owned()));
    }
    Ok(Dataset { pixels: pixels.into_boxed_slice(), labels: labels.into_boxed_slice(), standard })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_the_reader_becomes_a_sentence() -> Result<(), DataError> {
        let nothing = temporary_folder()?;
        let sentence = read_copy(&nothing, Path::new("/folder"), Split::Test).map_err(|error| error.to_string());
        let expected = "the data passed all checks, but its reader failed (Unable to find path to images at ";
        assert!(sentence.is_err_and(|text| text.starts_with(expected) && text.ends_with("): try again: /folder")));
        Ok(())
    }
}

use std::path::Path;

use super::watch::ReadWatch;
use super::{DataFileError, class_folders, csv_set, idx_array, idx_set, npz_set, packed, picture_folder};
use crate::caught::caught;
use crate::image_set::{ImageSet, LabelColumn};

/// Bytes by which it is told what a file is.
const BEGINNING: usize = 64;

/// Reads the images of a file or a folder, whatever they are: what its content says is what it is.
///
/// ```
/// use initscope::data_file::{ReadWatch, read};
///
/// let folder = std::path::Path::new("/there/is/no/such/folder");
/// let sentence = read(folder, &ReadWatch::new(&|_| true)).unwrap_err().to_string();
/// assert!(sentence.starts_with("the data do not exist"));
/// ```
///
/// # Errors
/// If there are none that a network can be shown, or whoever watches stops it.
pub fn read(path: &Path, watch: &ReadWatch<'_>) -> Result<ImageSet, DataFileError> {
    read_with(path, None, watch)
}

/// The same, with the labels of a table in the column that is named, if one is.
///
/// # Errors
/// As [`read`]; and if it is no table, or has no such column.
pub fn read_with(
    path: &Path,
    label_column: Option<&LabelColumn>,
    watch: &ReadWatch<'_>,
) -> Result<ImageSet, DataFileError> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let read = caught(|| {
        let set = of_path(&path, label_column, watch)?;
        match label_column {
            Some(_) if set.columns().is_empty() => {
                let problem = "these data have no columns, as only a table has (.csv): leave out --label-column";
                Err(DataFileError::content(problem, &path))
            }
            _ => Ok(set),
        }
    });
    read.unwrap_or_else(|_| {
        Err(DataFileError::content("the data are damaged and cannot be read: get them again", &path))
    })
}

fn of_path(path: &Path, label_column: Option<&LabelColumn>, watch: &ReadWatch<'_>) -> Result<ImageSet, DataFileError> {
    let metadata = std::fs::metadata(path).map_err(|error| DataFileError::of_io(error, path))?;
    if !metadata.is_dir() {
        return of_file(path, label_column, watch);
    }
    std::fs::read_dir(path).map_err(|error| DataFileError::of_io(error, path))?;
    if let Some(folder) = idx_set::find(path)? {
        return idx_set::of_folder(&folder, path, watch);
    }
    if class_folders::is_one(path) {
        return picture_folder::read(path, watch);
    }
    let problem = "the folder has no images: it must hold IDX files such as train-images-idx3-ubyte.gz, or a folder of PNG or JPEG \
                   pictures for each class";
    Err(DataFileError::content(class_folders::misplaced(path).unwrap_or_else(|| problem.to_owned()), path))
}

fn of_file(path: &Path, label_column: Option<&LabelColumn>, watch: &ReadWatch<'_>) -> Result<ImageSet, DataFileError> {
    let begin = packed::beginning(path, BEGINNING);
    let other = |what: &str, instead: &str| Err(DataFileError::content(format!("this is {what}: {instead}"), path));
    match begin[..] {
        _ if idx_array::is_idx(&begin) => idx_set::of_file(path, watch),
        [b'P', b'K', 3 | 5, ..] => npz_set::of_npz(path, watch),
        [0x93, b'N', b'U', b'M', b'P', b'Y', ..] => npz_set::of_npy(path, watch),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, ..] => {
            other("a single picture", "name a folder that holds a folder of pictures for each class")
        }
        [0x89, b'H', b'D', b'F', ..] => other("an HDF5 file", "save the arrays with numpy.savez, and name that file"),
        [0x80, 2..=5, ..] => other("a pickle", "save the arrays with numpy.savez, and name that file"),
        [b'P', b'A', b'R', b'1', ..] => other("a Parquet file", "save the table as CSV, and name that file"),
        [] => {
            // What cannot be opened says so itself.
            drop(packed::open(path, watch)?);
            other("an empty file, or damaged", "get it again")
        }
        _ => csv_set::read(path, label_column, watch),
    }
}

/// Whether a file or folder is rather data than a scene or a network, by its name and how it begins, and of archives by what they hold.
pub fn is_data(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("npz") => npz_set::is_one(path),
        Some("npy" | "csv" | "tsv" | "gz") => true,
        _ => path.is_dir() || idx_array::is_idx(&packed::beginning(path, BEGINNING)),
    }
}

//! Images of the user's own, read once from the files people have: IDX of any size, NumPy's .npz and .npy, CSV, and a folder of
//! pictures for each class. What is read becomes an [`ImageSet`](crate::image_set::ImageSet). Files are only ever read, none is
//! trusted, and memory stays bounded whatever a file says of itself.

mod class_folders;
mod csv_columns;
mod csv_dialect;
mod csv_preamble;
mod csv_rows;
mod csv_set;
mod data_file_error;
mod idx_array;
mod idx_name;
mod idx_set;
mod known_classes;
mod labels;
mod made_set;
mod npy_array;
mod npz_set;
mod packed;
mod picture_code;
mod picture_folder;
mod read;
mod read_once;
mod resolve;
mod set_wish;
mod watch;

pub use data_file_error::DataFileError;
pub use read::{is_data, read, read_with};
pub use read_once::read_once;
pub use resolve::{Unresolved, resolve};
pub use set_wish::{SetWish, unread};
pub use watch::ReadWatch;

/// Bytes that the values of a set may take (1 GiB).
const MOST_BYTES: usize = 1 << 30;

use std::path::Path;
use std::sync::Arc;

use super::{DataError, Dataset, Standard, embedded, folder};
use crate::experiment::{Data, Split};

impl Dataset {
    /// Reads all images and labels of one split. Blocks for some 10 ms to 1 s: not for the thread that paints.
    ///
    /// # Errors
    /// If the folder, or one of its four files (also those of the other split), is not as a set of MNIST's shape must be;
    /// or if the data are draws, which have no pixels.
    pub fn load(data: &Data, split: Split) -> Result<Self, DataError> {
        match data {
            Data::Mnist => embedded::load(split, usize::MAX),
            Data::Folder(folder) => folder::load(folder, split),
            Data::Gaussian { .. } => Err(DataError::NoPixels),
            Data::Set(set) => Err(DataError::Read { path: set.path().to_owned() }),
        }
    }

    /// Test and training images of a folder of four IDX files of MNIST's own shape, all read at once.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn load_both(folder: &Path) -> Result<[Self; 2], DataError> {
        let (test, train) = folder::load_both(folder)?;
        let standard = Standard::of(&train.0);
        Ok([test, train].map(|(pixels, labels)| Self { pixels, labels, standard }))
    }

    /// The same, once for all who ask while somebody has it: those inside the program never change, and of their training images
    /// no more than the first `images` need be there.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn shared(data: &Data, split: Split, images: usize) -> Result<Arc<Self>, DataError> {
        match data {
            Data::Mnist => embedded::shared(split, images),
            Data::Folder(_) | Data::Set(_) | Data::Gaussian { .. } => Ok(Arc::new(Self::load(data, split)?)),
        }
    }
}

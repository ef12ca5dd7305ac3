//! The images and labels a network is shown: the MNIST inside the program, a folder of the user's, or draws.

mod embedded;
mod error;
mod folder;
mod gaussian;
mod idx;
mod load;
mod part;
mod source;

use std::ops::Range;

pub use crate::image_set::Standard;
pub use error::DataError;
pub use source::Source;

use crate::experiment::PIXELS;

/// One split of an MNIST-like data set, with pixels as the bytes they are stored as. Share it in an [`Arc`](std::sync::Arc).
pub struct Dataset {
    /// [`PIXELS`] values per label.
    pixels: Box<[u8]>,
    /// 0 to 9.
    labels: Box<[u8]>,
    /// Mean and deviation of the training images, whichever split this is.
    standard: Standard,
}

impl Dataset {
    /// Number of images.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Never true of a loaded set.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// Pixels of these images, one image after the other: [`PIXELS`] values of 0 to 255 each, row by row.
    ///
    /// # Panics
    /// If the range reaches beyond [`len`](Self::len).
    pub fn pixels(&self, images: Range<usize>) -> &[u8] {
        &self.pixels[images.start * PIXELS..images.end * PIXELS]
    }

    /// The digit (or class) of every image, 0 to 9.
    pub fn labels(&self) -> &[u8] {
        &self.labels
    }

    /// Mean and standard deviation of all pixels of the training images.
    pub fn standard(&self) -> Standard {
        self.standard
    }
}

impl std::fmt::Debug for Dataset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dataset").field("images", &self.len()).finish_non_exhaustive()
    }
}

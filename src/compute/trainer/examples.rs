use std::ops::Range;

use ndarray::Array2;

use crate::dataset::Source;

/// Images that are trained on, or that judge, with their labels.
#[derive(Clone)]
pub enum Examples {
    /// Some of a source's.
    Source(Source, Range<usize>),
    /// An array's [images, inputs].
    Arrays(Array2<f32>, Vec<u32>),
}

impl Examples {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Source(_, range) => range.len(),
            Self::Arrays(_, labels) => labels.len(),
        }
    }

    /// Never true of what can be trained on.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Values of an image.
    pub fn dim(&self) -> usize {
        match self {
            Self::Source(source, _) => source.dim(),
            Self::Arrays(images, _) => images.ncols(),
        }
    }

    /// Fills in an image.
    ///
    /// # Panics
    /// If there is no such one.
    pub fn fill(&self, image: usize, into: &mut [f32]) {
        match self {
            Self::Source(source, range) => {
                let image = range.start + image;
                source.fill(image..image + 1, into);
            }
            Self::Arrays(images, _) => {
                into.iter_mut().zip(images.row(image)).for_each(|(into, value)| *into = *value);
            }
        }
    }

    /// An image's class.
    ///
    /// # Panics
    /// If there is no such image.
    pub fn label(&self, image: usize) -> u32 {
        match self {
            Self::Source(source, range) => u32::from(source.labels()[range.start + image]),
            Self::Arrays(_, labels) => labels[image],
        }
    }
}

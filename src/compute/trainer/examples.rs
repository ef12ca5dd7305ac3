use std::collections::BTreeMap;
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

    /// What each byte of an image becomes, where images are bytes, and 0 of them is 0 and nothing else is.
    pub fn shades(&self) -> Option<&[f32; 256]> {
        let Self::Source(source, _) = self else { return None };
        source.shades().filter(|shades| shades[0] == 0.0 && shades[1..].iter().all(|&shade| shade != 0.0))
    }

    /// An image's bytes, where it has any.
    ///
    /// # Panics
    /// If there is no such image.
    pub fn bytes(&self, image: usize) -> Option<&[u8]> {
        match self {
            Self::Source(source, range) => source.bytes(range.start + image),
            Self::Arrays(..) => None,
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

    /// The entropy of the labels: what a network loses that knows how frequent each class is, and nothing else.
    pub fn entropy(&self) -> f64 {
        let mut counts = BTreeMap::new();
        (0..self.len()).for_each(|image| *counts.entry(self.label(image)).or_insert(0_usize) += 1);
        let share = |count: usize| count as f64 / self.len().max(1) as f64;
        counts.into_values().map(|count| -share(count) * share(count).ln()).sum()
    }
}

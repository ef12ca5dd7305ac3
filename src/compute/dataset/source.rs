use std::ops::Range;
use std::sync::Arc;

use ndarray::{Array2, ArrayView2, s};

use super::{DataError, Dataset, Standard, gaussian};
use crate::experiment::{CLASSES, Data, Experiment, InputScale, PIXELS, SIDE};

/// All images an experiment can choose from, as a network is shown them, with their labels.
#[derive(Clone)]
pub struct Source {
    dim: usize,
    kind: SourceKind,
}

#[derive(Clone)]
enum SourceKind {
    Pixels {
        dataset: Arc<Dataset>,
        /// What each pixel becomes.
        values: Box<[f32; 256]>,
        /// Whether rows and columns are exchanged.
        transposed: bool,
    },
    Gaussian {
        seed: u32,
        classes: usize,
        labels: Arc<[u8]>,
    },
}

impl Source {
    /// An experiment's; `pixels` loads those of its data, and is not called for draws.
    ///
    /// # Errors
    /// `pixels`'s.
    pub fn of(
        experiment: &Experiment,
        pixels: impl FnOnce() -> Result<Arc<Dataset>, DataError>,
    ) -> Result<Self, DataError> {
        let inputs = &experiment.inputs;
        let kind = match inputs.data {
            Data::Gaussian { .. } => SourceKind::Gaussian {
                seed: experiment.seed,
                classes: CLASSES,
                labels: gaussian::labels(experiment.seed, inputs.available(), CLASSES).into(),
            },
            Data::Mnist | Data::Folder(_) => {
                let dataset = pixels()?;
                let values =
                    Box::new(std::array::from_fn(|pixel| value(pixel as u8, inputs.scale, dataset.standard())));
                SourceKind::Pixels { dataset, values, transposed: inputs.transposed }
            }
        };
        Ok(Self { dim: inputs.dim(), kind })
    }

    /// The same, with draws of so many classes: what they are is what the network tells apart.
    #[must_use]
    pub fn with_classes(mut self, wanted: usize) -> Self {
        if let SourceKind::Gaussian { seed, classes, labels } = &mut self.kind
            && *classes != wanted
        {
            (*classes, *labels) = (wanted, gaussian::labels(*seed, labels.len(), wanted).into());
        }
        self
    }

    /// Loads what an experiment needs.
    ///
    /// # Errors
    /// As [`Dataset::load`].
    pub fn load(experiment: &Experiment) -> Result<Self, DataError> {
        Self::of(experiment, || Dataset::shared(&experiment.inputs.data, experiment.inputs.split))
    }

    /// Images there are.
    pub fn len(&self) -> usize {
        match &self.kind {
            SourceKind::Pixels { dataset, .. } => dataset.len(),
            SourceKind::Gaussian { labels, .. } => labels.len(),
        }
    }

    /// Never true of a loaded set.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Values of an image.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// Fills in these images [images, dim], row after row.
    ///
    /// # Panics
    /// If the range reaches beyond [`len`](Self::len).
    pub fn fill(&self, images: Range<usize>, into: &mut [f32]) {
        match &self.kind {
            SourceKind::Pixels { dataset, values, transposed: true } => {
                for (image, pixels) in into.chunks_exact_mut(PIXELS).zip(dataset.pixels(images).chunks_exact(PIXELS)) {
                    for (at, value) in image.iter_mut().enumerate() {
                        *value = values[usize::from(pixels[at % SIDE * SIDE + at / SIDE])];
                    }
                }
            }
            SourceKind::Pixels { dataset, values, transposed: false } => {
                into.iter_mut().zip(dataset.pixels(images)).for_each(|(value, &pixel)| {
                    *value = values[usize::from(pixel)];
                });
            }
            SourceKind::Gaussian { seed, .. } => gaussian::fill(*seed, self.dim, images, into),
        }
    }

    /// These images [images, dim].
    ///
    /// # Panics
    /// If the range reaches beyond [`len`](Self::len).
    pub fn images(&self, images: Range<usize>) -> Array2<f32> {
        let mut values = Array2::zeros((images.len(), self.dim));
        self.fill(images, values.as_slice_mut().unwrap_or_default());
        values
    }

    /// These images [images, dim], in an array of as many or more.
    ///
    /// # Panics
    /// If the range reaches beyond [`len`](Self::len).
    pub fn view<'i>(&self, images: Range<usize>, into: &'i mut Array2<f32>) -> ArrayView2<'i, f32> {
        let count = images.len();
        self.fill(images, into.slice_mut(s![..count, ..]).into_slice().unwrap_or_default());
        into.slice(s![..count, ..])
    }

    /// Whether all images are the same, for being made of the same.
    pub fn is_same(&self, other: &Self) -> bool {
        let same_kind = match (&self.kind, &other.kind) {
            (
                SourceKind::Pixels { dataset: one, values, transposed },
                SourceKind::Pixels { dataset: other, values: others, transposed: of_other },
            ) => Arc::ptr_eq(one, other) && values == others && transposed == of_other,
            (
                SourceKind::Gaussian { seed: one, classes, labels },
                SourceKind::Gaussian { seed: other, classes: of_other, labels: others },
            ) => one == other && classes == of_other && labels.len() == others.len(),
            _ => false,
        };
        self.dim == other.dim && same_kind
    }

    /// The class of each image, 0 to 9.
    pub fn labels(&self) -> &[u8] {
        match &self.kind {
            SourceKind::Pixels { dataset, .. } => dataset.labels(),
            SourceKind::Gaussian { labels, .. } => labels,
        }
    }

    /// An image's [`PIXELS`](crate::experiment::PIXELS) pixels as they are stored, row by row; `None` of draws.
    ///
    /// # Panics
    /// If there is no such image.
    pub fn pixels(&self, image: usize) -> Option<&[u8]> {
        match &self.kind {
            SourceKind::Pixels { dataset, .. } => Some(dataset.pixels(image..image + 1)),
            SourceKind::Gaussian { .. } => None,
        }
    }

    /// Mean and standard deviation of the training images' pixels; `None` of draws.
    pub fn standard(&self) -> Option<Standard> {
        match &self.kind {
            SourceKind::Pixels { dataset, .. } => Some(dataset.standard()),
            SourceKind::Gaussian { .. } => None,
        }
    }
}

/// In f32 throughout, as PyTorch's `ToTensor` and `Normalize` do it.
fn value(pixel: u8, scale: InputScale, standard: Standard) -> f32 {
    let unit = f32::from(pixel) / 255.0;
    match scale {
        InputScale::Unit => unit,
        InputScale::Standardized => (unit - standard.mean as f32) / standard.std as f32,
        InputScale::Centered => unit - 0.5,
        InputScale::Bytes => f32::from(pixel),
    }
}

use std::ops::Range;
use std::sync::Arc;

use ndarray::{Array2, ArrayView2, s};

use super::{DataError, Dataset, Standard, gaussian};
use crate::experiment::{CLASSES, Data, Experiment, InputScale, PIXELS, SIDE};
use crate::image_set::{ImageSet, PictureForm, SetPart, SetValues};

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
    Set {
        set: Arc<ImageSet>,
        part: SetPart,
        labels: Arc<[u8]>,
        /// What each byte becomes.
        values: Box<[f32; 256]>,
        /// What is taken from other numbers, and what they are then divided by: the same for all, or for each column its own.
        changes: Arc<[(f32, f32)]>,
        /// The form of images whose rows and columns are exchanged.
        turned: Option<PictureForm>,
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
        let kind = match &inputs.data {
            Data::Set(set) => {
                let (part, standard) = (inputs.split.of_set(), set.standard());
                SourceKind::Set {
                    set: Arc::clone(set),
                    part,
                    labels: set.labels(part).into(),
                    values: Box::new(std::array::from_fn(|pixel| value(pixel as u8, inputs.scale, standard))),
                    turned: inputs.form().filter(|_| inputs.transposed),
                    changes: changes(set, inputs.scale),
                }
            }
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
        Self::of(experiment, || Dataset::shared(&experiment.inputs.data, experiment.inputs.split, usize::MAX))
    }

    /// Images there are.
    pub fn len(&self) -> usize {
        match &self.kind {
            SourceKind::Pixels { dataset, .. } => dataset.len(),
            SourceKind::Set { labels, .. } | SourceKind::Gaussian { labels, .. } => labels.len(),
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
            SourceKind::Set { set, part, values, changes, turned, .. } => {
                for (image, into) in images.zip(into.chunks_exact_mut(self.dim)) {
                    let range = set.range(*part, image);
                    match set.values() {
                        SetValues::Bytes(bytes) => {
                            place(&bytes[range], into, *turned, |byte| values[usize::from(byte)]);
                        }
                        SetValues::Floats(floats) => match **changes {
                            [(from, by)] => place(&floats[range], into, *turned, |float| (float - from) / by),
                            _ => {
                                let columns = floats[range].iter().zip(changes.iter());
                                let values = columns.map(|(float, (from, by))| (float - from) / by);
                                into.iter_mut().zip(values).for_each(|(into, value)| *into = value);
                            }
                        },
                    }
                }
            }
            SourceKind::Gaussian { seed, .. } => gaussian::fill(*seed, self.dim, images, into),
        }
    }

    /// What each byte of an image becomes, where images are bytes that a network is shown in their order.
    pub fn shades(&self) -> Option<&[f32; 256]> {
        match &self.kind {
            SourceKind::Pixels { values, transposed: false, .. } => Some(values),
            SourceKind::Set { set, values, turned: None, .. } => {
                matches!(set.values(), SetValues::Bytes(_)).then_some(values)
            }
            _ => None,
        }
    }

    /// An image's bytes as they are stored, where it has any.
    ///
    /// # Panics
    /// If there is no such image.
    pub fn bytes(&self, image: usize) -> Option<&[u8]> {
        match &self.kind {
            SourceKind::Pixels { dataset, .. } => Some(dataset.pixels(image..image + 1)),
            SourceKind::Set { set, part, .. } => match set.values() {
                SetValues::Bytes(bytes) => Some(&bytes[set.range(*part, image)]),
                SetValues::Floats(_) => None,
            },
            SourceKind::Gaussian { .. } => None,
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
                SourceKind::Set { set: one, part, values, changes, turned, .. },
                SourceKind::Set {
                    set: other,
                    part: of_other,
                    values: others,
                    changes: other_changes,
                    turned: other_turned,
                    ..
                },
            ) => {
                let same_values = values == others && changes == other_changes && turned == other_turned;
                one == other && part == of_other && same_values
            }
            (
                SourceKind::Gaussian { seed: one, classes, labels },
                SourceKind::Gaussian { seed: other, classes: of_other, labels: others },
            ) => one == other && classes == of_other && labels.len() == others.len(),
            _ => false,
        };
        self.dim == other.dim && same_kind
    }

    /// The class of each image, from 0; all 0 where there are no labels.
    pub fn labels(&self) -> &[u8] {
        match &self.kind {
            SourceKind::Pixels { dataset, .. } => dataset.labels(),
            SourceKind::Set { labels, .. } | SourceKind::Gaussian { labels, .. } => labels,
        }
    }

    /// An image's pixels as they are stored, row by row; of other numbers shades from the least to the greatest of the training
    /// images; `None` of draws.
    ///
    /// # Panics
    /// If there is no such image.
    pub fn pixels(&self, image: usize) -> Option<Box<[u8]>> {
        if let Some(bytes) = self.bytes(image) {
            return Some(bytes.into());
        }
        let SourceKind::Set { set, part, .. } = &self.kind else { return None };
        let SetValues::Floats(floats) = set.values() else { return None };
        let (least, reach) = set.unit();
        let shade = |value: &f32| ((value - least) / reach * 255.0).round() as u8;
        Some(floats[set.range(*part, image)].iter().map(shade).collect())
    }

    /// Mean and standard deviation of the training images' pixels; `None` of draws, and of tables, each of whose columns has its own.
    pub fn standard(&self) -> Option<Standard> {
        match &self.kind {
            SourceKind::Pixels { dataset, .. } => Some(dataset.standard()),
            SourceKind::Set { set, .. } => set.column_scales().is_none().then(|| set.standard()),
            SourceKind::Gaussian { .. } => None,
        }
    }
}

/// What is taken from numbers that are no pixels, and what they are then divided by.
fn changes(set: &ImageSet, scale: InputScale) -> Arc<[(f32, f32)]> {
    let standard = |standard: &Standard| (standard.mean as f32, standard.std as f32);
    let centered = |&(least, range): &(f32, f32)| (least + range / 2.0, range);
    match (scale, set.column_scales()) {
        (InputScale::Bytes, _) => [(0.0, 1.0)].into(),
        (InputScale::Unit, None) => [set.unit()].into(),
        (InputScale::Unit, Some(scales)) => scales.units.as_slice().into(),
        (InputScale::Standardized, None) => [standard(&set.standard())].into(),
        (InputScale::Standardized, Some(scales)) => scales.standards.iter().map(standard).collect(),
        (InputScale::Centered, None) => [centered(&set.unit())].into(),
        (InputScale::Centered, Some(scales)) => scales.units.iter().map(centered).collect(),
    }
}

/// Fills in an image's values as they lie, or with its rows and columns exchanged.
fn place<T: Copy>(from: &[T], into: &mut [f32], turned: Option<PictureForm>, value: impl Fn(T) -> f32) {
    let Some(form) = turned else {
        into.iter_mut().zip(from).for_each(|(into, &from)| *into = value(from));
        return;
    };
    for (at, into) in into.iter_mut().enumerate() {
        *into = value(from[form.before_turning(at)]);
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

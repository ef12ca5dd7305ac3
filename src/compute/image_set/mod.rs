//! Images of the user's own with their labels, as they were read: of any size and with any classes. Who reads them is another.

mod columns;
mod label_column;
mod limits;
mod picture_form;
mod reading_code;
mod set_error;
mod set_values;
mod standard;

use std::fmt;
use std::path::{Path, PathBuf};

pub use columns::ColumnScales;
pub use label_column::LabelColumn;
pub use limits::{LEAST_IMAGES, MOST_CLASSES, MOST_VALUES};
pub use picture_form::PictureForm;
pub use reading_code::{PartCode, ReadingCode, after, import_lines};
pub use set_error::SetError;
pub use set_values::SetValues;
pub use standard::Standard;

use crate::digest::Digest;

/// Where a set comes in one piece, every so many-th image is a test image.
const EVERY: usize = 5;

/// What is read of files, before it is checked.
#[derive(Debug, Default)]
pub struct SetParts {
    /// Where it was read from: a file or a folder.
    pub path: PathBuf,
    /// What it was read as: `IDX`, `NumPy`.
    pub format: &'static str,
    /// Lengths of an image as its file has them: rows, columns and perhaps colours, or the number of its values.
    pub shape: Vec<usize>,
    /// Images behind one another; training images before test images.
    pub values: SetValues,
    /// The place of each image's class among the classes; `None` where there are no labels.
    pub labels: Option<Vec<u8>>,
    /// What the classes are called.
    pub classes: Vec<String>,
    /// How many of the images are training images, where files say which those are.
    pub train: Option<usize>,
    /// What there is to know about how it was read, in sentences.
    pub notes: Vec<String>,
    /// Names of a table's columns as they stand in its file, or what they are called where it names none.
    pub columns: Vec<String>,
    /// Places of the columns whose values are those of an image, in their order.
    pub value_columns: Vec<usize>,
    /// Which column of a table was asked for as that of the labels; `None` where that was found.
    pub label_column: Option<LabelColumn>,
    /// A program in Python that reads it.
    pub reading: ReadingCode,
}

/// Images of the user's own, with labels or without. Immutable; shared by all who look at them, and told apart by a digest.
pub struct ImageSet {
    parts: SetParts,
    count: usize,
    standard: Standard,
    unit: (f32, f32),
    /// What scales the columns of a table.
    scales: Option<ColumnScales>,
    digest: String,
}

/// Which of a set's images.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetPart {
    /// Those that a network is trained on.
    Train,
    /// Those that judge it.
    Test,
    /// All there are.
    Whole,
}

impl ImageSet {
    /// Checks what was read.
    ///
    /// # Errors
    /// If images and labels are not those of a set that a network can be shown.
    pub fn new(parts: SetParts) -> Result<Self, SetError> {
        let dim = parts.shape.iter().try_fold(1_usize, |product, &length| product.checked_mul(length)).unwrap_or(0);
        if !(1..=MOST_VALUES).contains(&dim) {
            return Err(SetError::Values { shape: parts.shape });
        }
        let count = parts.values.len() / dim;
        if count * dim != parts.values.len() {
            return Err(SetError::Ragged { values: parts.values.len(), dim });
        }
        if count < LEAST_IMAGES || parts.train.is_some_and(|train| train == 0 || train >= count) {
            return Err(SetError::Few { count });
        }
        if let Some(at) = parts.values.not_finite() {
            return Err(SetError::NotFinite { image: at / dim, value: at % dim });
        }
        if let Some(labels) = &parts.labels {
            check_labels(labels, count, parts.classes.len())?;
        }
        let train = parts.train;
        let is_trained_on = |image: usize| train.map_or(image % EVERY != EVERY - 1, |train| image < train);
        let (standard, unit) = (parts.values.standard(dim, is_trained_on), parts.values.unit(dim, is_trained_on));
        let is_table = parts.shape.len() == 1;
        let scales = if is_table { ColumnScales::of(&parts.values, dim, is_trained_on) } else { None };
        let digest = digest(&parts);
        Ok(Self { parts, count, standard, unit, scales, digest })
    }

    /// Where it was read from: a file or a folder.
    pub fn path(&self) -> &Path {
        &self.parts.path
    }

    /// What it was read as: `IDX`, `NumPy`.
    pub fn format(&self) -> &'static str {
        self.parts.format
    }

    /// Lengths of an image as its file has them: rows, columns and perhaps colours, or the number of its values.
    pub fn shape(&self) -> &[usize] {
        &self.parts.shape
    }

    /// Which of these are rows, columns and colours, if an image has such.
    pub fn form(&self) -> Option<PictureForm> {
        PictureForm::of(&self.parts.shape)
    }

    /// Values of an image.
    pub fn dim(&self) -> usize {
        self.parts.values.len() / self.count
    }

    /// What the classes are called; none where there are no labels.
    pub fn classes(&self) -> &[String] {
        if self.has_labels() { &self.parts.classes } else { &[] }
    }

    /// Whether it has labels.
    pub fn has_labels(&self) -> bool {
        self.parts.labels.is_some()
    }

    /// Whether files say which images are for training.
    pub fn is_divided(&self) -> bool {
        self.parts.train.is_some()
    }

    /// What there is to know about how it was read, in sentences.
    pub fn notes(&self) -> &[String] {
        &self.parts.notes
    }

    /// Names of a table's columns as they stand in its file, that of the labels among them; none of what is no table.
    pub fn columns(&self) -> &[String] {
        &self.parts.columns
    }

    /// What the values of an image are called, if they are the columns of a table: one name for each, or none.
    pub fn names_of_values(&self) -> Vec<String> {
        self.parts.value_columns.iter().filter_map(|&column| self.parts.columns.get(column)).cloned().collect()
    }

    /// Which column of a table was asked for as that of the labels; `None` where that was found.
    pub fn label_column(&self) -> Option<&LabelColumn> {
        self.parts.label_column.as_ref()
    }

    /// What scales the columns of a table, each by itself; `None` of pictures and of pixels, whose values have all one unit.
    pub fn column_scales(&self) -> Option<&ColumnScales> {
        self.scales.as_ref()
    }

    /// A program in Python that reads it.
    pub fn reading(&self) -> &ReadingCode {
        &self.parts.reading
    }

    /// A digest of all values, labels, classes and shapes, the same in every version.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// How many images a part has.
    pub fn len(&self, part: SetPart) -> usize {
        let test = self.parts.train.map_or(self.count / EVERY, |train| self.count - train);
        match part {
            SetPart::Whole => self.count,
            SetPart::Test => test,
            SetPart::Train => self.count - test,
        }
    }

    /// Where a part's image is among all.
    fn place(&self, part: SetPart, image: usize) -> usize {
        match (part, self.parts.train) {
            (SetPart::Whole, _) | (SetPart::Train, Some(_)) => image,
            (SetPart::Test, Some(train)) => train + image,
            (SetPart::Test, None) => EVERY * image + EVERY - 1,
            (SetPart::Train, None) => image + image / (EVERY - 1),
        }
    }

    /// The classes of a part's images; all 0 where there are no labels.
    pub fn labels(&self, part: SetPart) -> Box<[u8]> {
        let labels = self.parts.labels.as_deref();
        (0..self.len(part)).map(|image| labels.map_or(0, |labels| labels[self.place(part, image)])).collect()
    }

    /// Its values.
    pub fn values(&self) -> &SetValues {
        &self.parts.values
    }

    /// Where the values of a part's image are.
    ///
    /// # Panics
    /// If there is no such image.
    pub fn range(&self, part: SetPart, image: usize) -> std::ops::Range<usize> {
        assert!(image < self.len(part), "image {image} of {}", self.len(part));
        let (place, dim) = (self.place(part, image), self.dim());
        place * dim..(place + 1) * dim
    }

    /// Mean and standard deviation of all values of the training images: of bytes / 255, of other numbers as they are.
    pub fn standard(&self) -> Standard {
        self.standard
    }

    /// What becomes 0, and the distance from there to what becomes 1, where values are to lie between these: 0 and 255 of bytes,
    /// the least and the greatest of the training images of other numbers.
    pub fn unit(&self) -> (f32, f32) {
        self.unit
    }
}

fn check_labels(labels: &[u8], count: usize, classes: usize) -> Result<(), SetError> {
    if labels.len() != count {
        return Err(SetError::Labels { images: count, labels: labels.len() });
    }
    if classes > MOST_CLASSES {
        return Err(SetError::ManyClasses { classes });
    }
    let first = labels.first().copied().unwrap_or_default();
    if classes < 2 || labels.iter().all(|&label| label == first) {
        return Err(SetError::OneClass);
    }
    match labels.iter().find(|&&label| usize::from(label) >= classes) {
        Some(&label) => Err(SetError::NoClass { label, classes }),
        None => Ok(()),
    }
}

fn digest(parts: &SetParts) -> String {
    let mut digest = Digest::default();
    let words = format!("{:?} {:?} {:?}", parts.shape, parts.train, parts.classes);
    digest.add(words.as_bytes());
    parts.values.digest(&mut digest);
    digest.add(parts.labels.as_deref().unwrap_or_default());
    digest.finish()
}

/// By their digest: every frame of the window asks.
impl PartialEq for ImageSet {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || (self.digest == other.digest && self.parts.path == other.parts.path)
    }
}

impl Eq for ImageSet {}

impl std::hash::Hash for ImageSet {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.digest.hash(state);
    }
}

/// Without the values, which are millions.
impl fmt::Debug for ImageSet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = formatter.debug_struct("ImageSet");
        debug.field("path", &self.parts.path).field("shape", &self.parts.shape).field("images", &self.count);
        debug.field("digest", &self.digest).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(images: usize, train: Option<usize>) -> SetParts {
        let values = SetValues::Bytes((0..images as u8).collect());
        let labels = Some((0..images).map(|image| (image % 2) as u8).collect());
        SetParts { shape: vec![1], values, labels, classes: vec!["a".into(), "b".into()], train, ..SetParts::default() }
    }

    fn firsts(set: &ImageSet, part: SetPart) -> Vec<usize> {
        (0..set.len(part)).map(|image| set.range(part, image).start).collect()
    }

    #[test]
    fn every_fifth_image_of_one_piece_is_a_test_image() {
        let set = ImageSet::new(parts(12, None)).unwrap_or_else(|error| unreachable!("{error}"));
        assert_eq!(firsts(&set, SetPart::Test), [4, 9]);
        assert_eq!(firsts(&set, SetPart::Train), [0, 1, 2, 3, 5, 6, 7, 8, 10, 11]);
        assert_eq!(firsts(&set, SetPart::Whole), (0..12).collect::<Vec<_>>());
        assert_eq!(*set.labels(SetPart::Test), [0, 1]);
    }

    #[test]
    fn files_that_say_which_images_train_are_believed() {
        let set = ImageSet::new(parts(12, Some(9))).unwrap_or_else(|error| unreachable!("{error}"));
        assert_eq!(firsts(&set, SetPart::Test), [9, 10, 11]);
        assert_eq!(set.len(SetPart::Train), 9);
    }
}

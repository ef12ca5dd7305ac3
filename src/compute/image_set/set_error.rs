use super::limits::{LEAST_IMAGES, MOST_CLASSES, MOST_VALUES};
use crate::number;

/// Why images and labels are no set that a network can be shown; each what is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetError {
    /// An image has no values, or too many.
    #[error(
        "an image has {} values, but at least 1 and at most {} can be shown: make the images smaller",
        lengths(.shape), number::count(MOST_VALUES as u64)
    )]
    Values {
        /// Its lengths.
        shape: Vec<usize>,
    },
    /// The values are not those of whole images.
    #[error("{values} values are not whole images of {dim} values: get the data again")]
    Ragged {
        /// All values.
        values: usize,
        /// Values of an image.
        dim: usize,
    },
    /// Too few images.
    #[error(
        "there are too few images ({count}): a set needs at least {LEAST_IMAGES}, and some of them for training and for testing"
    )]
    Few {
        /// How many.
        count: usize,
    },
    /// A value is missing or infinite.
    #[error(
        "value {} of image {} is no finite number: leave such images out, or put numbers in place of what is missing",
        value + 1, number::count(*image as u64 + 1)
    )]
    NotFinite {
        /// The image, from 0.
        image: usize,
        /// Which of its values, from 0.
        value: usize,
    },
    /// Labels of some images only, or of more.
    #[error(
        "there are {} images but {} labels: these numbers must be equal",
        number::count(*images as u64), number::count(*labels as u64)
    )]
    Labels {
        /// Images.
        images: usize,
        /// Labels.
        labels: usize,
    },
    /// All images are of one class.
    #[error("all images have the same label: a network can learn nothing from one class, add images of another")]
    OneClass,
    /// More classes than there can be.
    #[error("the labels have more than {MOST_CLASSES} classes ({}): use data with fewer", number::count(*classes as u64))]
    ManyClasses {
        /// How many, or at least.
        classes: usize,
    },
    /// A label that is none of the classes.
    #[error("there is a label {label}, but only {classes} classes: get the data again")]
    NoClass {
        /// The label.
        label: u8,
        /// Classes.
        classes: usize,
    },
}

/// `28 × 28`
fn lengths(shape: &[usize]) -> String {
    let lengths: Vec<_> = shape.iter().map(|&length| number::count(length as u64)).collect();
    if lengths.is_empty() { "no".to_owned() } else { lengths.join(" × ") }
}

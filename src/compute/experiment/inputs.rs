use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{SettingError, names, setting_values::within};
use crate::image_set::{ImageSet, LabelColumn, PictureForm, SetPart};

/// Units of the output layer where the data do not say it: one per digit.
pub const CLASSES: usize = 10;
/// Values a drawn input may have.
pub const INPUT_DIMS: std::ops::RangeInclusive<usize> = 1..=10_000;
/// Pixels in a row and in a column of an image.
pub const SIDE: usize = 28;
/// Values an image with pixels has.
pub const PIXELS: usize = SIDE * SIDE;

/// What a network is shown: the first `images` of a split in their original order, or draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inputs {
    /// Where the images come from.
    pub data: Data,
    /// Which of the two sets of it; without effect on draws.
    pub split: Split,
    /// How many of its first images.
    pub images: usize,
    /// What becomes of a pixel; without effect on draws.
    pub scale: InputScale,
    /// Whether an image's rows are its columns, as programs have it that count columns first; without effect on draws.
    pub transposed: bool,
    /// Which column of a table has the labels; where it is not said, the table says it.
    pub label_column: Option<LabelColumn>,
}

/// Where images come from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Data {
    /// The MNIST set inside the program.
    Mnist,
    /// A file or a folder that is named. Until it is [read](Data::Set) it is taken for the folder of an MNIST-like set, with four
    /// IDX files of MNIST's own shape.
    Folder(PathBuf),
    /// Files that were read, of whatever size and classes.
    Set(Arc<ImageSet>),
    /// Vectors of independent standard normal values, with labels of ten equally likely classes, drawn from the seed.
    Gaussian {
        /// Values in a vector.
        dim: usize,
    },
}

/// Which images of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Split {
    /// Those that judge: MNIST's 10,000, or every fifth of a set that comes in one piece.
    Test,
    /// Those that are trained on: MNIST's 60,000, or the others of a set that comes in one piece.
    Train,
    /// All of a set that comes in one piece; of one that comes in two, the test images.
    Whole,
}

/// What becomes of a pixel of 0 to 255, or of another number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum InputScale {
    /// pixel / 255; other numbers so that those of the training images lie from 0 to 1.
    #[default]
    Unit,
    /// (pixel / 255 - mean) / std, with mean and std of all pixels of the set's training images; other numbers without the 255.
    Standardized,
    /// pixel / 255 - 0.5; other numbers as from 0 to 1, and then less 0.5.
    Centered,
    /// As it is in the file: the pixel as it is stored.
    Bytes,
}

/// Images a set of draws may have.
const MOST_DRAWN: usize = 60_000;

impl Inputs {
    /// Images there are to choose from.
    pub fn available(&self) -> usize {
        match &self.data {
            Data::Gaussian { .. } => MOST_DRAWN,
            Data::Mnist | Data::Folder(_) => self.split.images(),
            Data::Set(set) => set.len(self.split.of_set()),
        }
    }

    /// Values in an image.
    pub fn dim(&self) -> usize {
        match &self.data {
            Data::Gaussian { dim } => *dim,
            Data::Mnist | Data::Folder(_) => PIXELS,
            Data::Set(set) => set.dim(),
        }
    }

    /// How the values of an image lie, where it has rows and columns.
    pub fn form(&self) -> Option<PictureForm> {
        match &self.data {
            Data::Gaussian { .. } => None,
            Data::Mnist | Data::Folder(_) => PictureForm::of(&[SIDE, SIDE]),
            Data::Set(set) => set.form(),
        }
    }

    /// Classes that the labels tell apart; without labels as many as digits.
    pub fn classes(&self) -> usize {
        match &self.data {
            Data::Set(set) if set.has_labels() => set.classes().len(),
            _ => CLASSES,
        }
    }

    /// What a class is called.
    pub fn class_name(&self, class: usize) -> Cow<'_, str> {
        match &self.data {
            Data::Set(set) if class < set.classes().len() => Cow::Borrowed(&set.classes()[class]),
            _ => Cow::Owned(class.to_string()),
        }
    }

    /// Whether images have labels.
    pub fn has_labels(&self) -> bool {
        !matches!(&self.data, Data::Set(set) if !set.has_labels())
    }

    /// The same images of files that were read; as many of them as there are.
    ///
    /// # Errors
    /// If images have more values than can be shown.
    pub fn of_set(&self, set: Arc<ImageSet>) -> Result<Self, SettingError> {
        within("--data: number of values per image", set.dim(), &INPUT_DIMS)?;
        let split = match self.split {
            Split::Whole if set.is_divided() => Split::Test,
            split => split,
        };
        let images = self.images.min(set.len(split.of_set()));
        Ok(Self { data: Data::Set(set), split, images, ..self.clone() })
    }
}

impl Data {
    /// The word `mnist` or `gaussian`, if that is meant and no folder of such a name, looked for from `from`.
    pub fn word(text: &Path, from: &Path) -> Option<&'static str> {
        let given = text.to_str()?;
        let is_word = |word: &str| {
            let is_spelled =
                names::is_same(given, word) && given.chars().all(|letter| !matches!(letter, '/' | '\\' | '.'));
            given == word || is_spelled && !from.join(text).exists()
        };
        ["mnist", "gaussian"].into_iter().find(|word| is_word(word))
    }

    /// The file or folder of the user's that it is of, read or not.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Folder(path) => Some(path),
            Self::Set(set) => Some(set.path()),
            Self::Mnist | Self::Gaussian { .. } => None,
        }
    }

    /// Whether it has pixels, which come in two splits and can be scaled.
    pub fn has_pixels(&self) -> bool {
        !matches!(self, Self::Gaussian { .. })
    }
}

/// The end of a folder's path that says whose images these are: its name, and before one that only says that they are raw,
/// as in torchvision, or where more `parts` are asked for, that of the folder it is in.
pub fn folder_name(folder: &Path, parts: usize) -> String {
    let names: Vec<_> = folder
        .iter()
        .filter(|name| *name != std::path::MAIN_SEPARATOR_STR)
        .map(|name| name.to_string_lossy())
        .collect();
    let says_nothing = names.last().is_some_and(|name| name.eq_ignore_ascii_case("raw"));
    let parts = parts.max(1 + usize::from(says_nothing)).min(names.len());
    match names[names.len() - parts..].join("/") {
        name if name.is_empty() => folder.to_string_lossy().into_owned(),
        name => name,
    }
}

impl Split {
    /// All, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Test, Self::Train, Self::Whole];

    /// The part of a set that was read.
    pub fn of_set(self) -> SetPart {
        match self {
            Self::Test => SetPart::Test,
            Self::Train => SetPart::Train,
            Self::Whole => SetPart::Whole,
        }
    }

    /// The name on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Train => "train",
            Self::Whole => "whole",
        }
    }

    /// Images in this split of an MNIST-like data set.
    pub fn images(self) -> usize {
        match self {
            Self::Test | Self::Whole => 10_000,
            Self::Train => 60_000,
        }
    }
}

impl InputScale {
    /// All, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Unit, Self::Standardized, Self::Centered, Self::Bytes];

    /// The name on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Standardized => "standardized",
            Self::Centered => "centered",
            Self::Bytes => "bytes",
        }
    }
}

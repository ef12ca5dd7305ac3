use std::path::{Path, PathBuf};

use super::names;

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
}

/// Where images come from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Data {
    /// The MNIST set inside the program.
    Mnist,
    /// A folder with the four IDX files of an MNIST-like set.
    Folder(PathBuf),
    /// Vectors of independent standard normal values, with labels of ten equally likely classes, drawn from the seed.
    Gaussian {
        /// Values in a vector.
        dim: usize,
    },
}

/// The two sets of an MNIST-like data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Split {
    /// 10,000 images.
    Test,
    /// 60,000 images.
    Train,
}

/// What becomes of a pixel of 0 to 255.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum InputScale {
    /// pixel / 255
    #[default]
    Unit,
    /// (pixel / 255 - mean) / std, with mean and std of all pixels of the set's training images.
    Standardized,
    /// pixel / 255 - 0.5
    Centered,
    /// The pixel as it is stored.
    Bytes,
}

/// Images a set of draws may have.
const MOST_DRAWN: usize = 60_000;

impl Inputs {
    /// Images there are to choose from.
    pub fn available(&self) -> usize {
        match self.data {
            Data::Gaussian { .. } => MOST_DRAWN,
            Data::Mnist | Data::Folder(_) => self.split.images(),
        }
    }

    /// Values in an image.
    pub fn dim(&self) -> usize {
        match self.data {
            Data::Gaussian { dim } => dim,
            Data::Mnist | Data::Folder(_) => PIXELS,
        }
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
    /// Both, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Test, Self::Train];

    /// The name on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Train => "train",
        }
    }

    /// Images in this split of an MNIST-like data set.
    pub fn images(self) -> usize {
        match self {
            Self::Test => 10_000,
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

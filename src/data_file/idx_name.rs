//! What the name of an IDX file says: `emnist-letters-train-images-idx3-ubyte.gz`.

use crate::experiment::Split;

/// What a name says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct IdxName {
    /// What comes before: `emnist-letters`, or nothing.
    pub set: String,
    /// Whether the images train; `None` where the name does not say it.
    pub split: Option<IdxSplit>,
    pub has_images: bool,
}

/// Which of the two sets a file is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum IdxSplit {
    Train,
    Test,
}

impl IdxSplit {
    /// As elsewhere.
    pub fn split(self) -> Split {
        match self {
            Self::Train => Split::Train,
            Self::Test => Split::Test,
        }
    }
}

impl IdxName {
    /// Of a file of this name, if it is one of images or labels in IDX.
    pub fn of(name: &str) -> Option<Self> {
        let lower = name.to_lowercase();
        let mut stem = lower.as_str();
        while let Some(rest) = stem.strip_suffix(".gz") {
            stem = rest;
        }
        // `-idx3-ubyte`, `.idx3-ubyte`, `-idx2-int`
        let at = stem.rfind("idx").filter(|&at| at > 0 && matches!(stem.as_bytes()[at - 1], b'-' | b'.'))?;
        let (before, kind) = (&stem[..at - 1], &stem.as_bytes()[at + 3..]);
        if !matches!(kind, [b'1'..=b'4', b'-' | b'.', ..]) {
            return None;
        }
        let (before, has_images) = match before.strip_suffix("images") {
            Some(before) => (before, true),
            None => (before.strip_suffix("labels")?, false),
        };
        let before = before.trim_end_matches(['-', '.', '_']);
        let splits = [
            ("train", IdxSplit::Train),
            ("test10k", IdxSplit::Test),
            ("t10k", IdxSplit::Test),
            ("test", IdxSplit::Test),
        ];
        let found = splits.into_iter().find_map(|(word, split)| Some((before.strip_suffix(word)?, Some(split))));
        let (set, split) = found.unwrap_or((before, None));
        Some(Self { set: set.trim_end_matches(['-', '.', '_']).to_owned(), split, has_images })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_known_sets_are_understood() {
        let of = |name: &str| {
            let IdxName { set, split, has_images } = IdxName::of(name)?;
            Some((set, split, has_images))
        };
        let (train, test) = (Some(IdxSplit::Train), Some(IdxSplit::Test));
        let expected = [
            ("train-images-idx3-ubyte", ("", train, true)),
            ("t10k-labels.idx1-ubyte.gz", ("", test, false)),
            ("emnist-letters-train-images-idx3-ubyte.gz", ("emnist-letters", train, true)),
            ("emnist-byclass-test-labels-idx1-ubyte", ("emnist-byclass", test, false)),
            ("qmnist-test-labels-idx2-int.gz", ("qmnist", test, false)),
            ("xnist-images-idx3-ubyte.xz.gz", ("xnist", None, true)),
        ];
        for (name, (set, split, has_images)) in expected {
            assert_eq!(of(name), Some((set.to_owned(), split, has_images)), "{name}");
        }
        for name in ["notes.txt", "train-images.png", "idx3-ubyte", "train-images-idx9-ubyte", "images"] {
            assert_eq!(of(name), None, "{name}");
        }
    }
}

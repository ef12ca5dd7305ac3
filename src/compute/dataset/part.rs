use crate::experiment::{PIXELS, Split};

/// One of the four files of an MNIST-like data set, and what must be in it.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub split: Split,
    pub kind: PartKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PartKind {
    Labels,
    Images,
}

impl Part {
    /// All four, the smallest first, so that what is wrong with a small one is said at once.
    pub const ALL: [Self; 4] = [
        Self { split: Split::Test, kind: PartKind::Labels },
        Self { split: Split::Train, kind: PartKind::Labels },
        Self { split: Split::Test, kind: PartKind::Images },
        Self { split: Split::Train, kind: PartKind::Images },
    ];

    /// What a sentence calls it.
    pub fn name(self) -> &'static str {
        match (self.split, self.kind) {
            (Split::Test | Split::Whole, PartKind::Labels) => "test labels",
            (Split::Train, PartKind::Labels) => "train labels",
            (Split::Test | Split::Whole, PartKind::Images) => "test images",
            (Split::Train, PartKind::Images) => "train images",
        }
    }

    /// The name of its file in the original set; the `mnist` crate looks for it.
    pub fn file_name(self) -> &'static str {
        match (self.split, self.kind) {
            (Split::Test | Split::Whole, PartKind::Labels) => "t10k-labels-idx1-ubyte",
            (Split::Train, PartKind::Labels) => "train-labels-idx1-ubyte",
            (Split::Test | Split::Whole, PartKind::Images) => "t10k-images-idx3-ubyte",
            (Split::Train, PartKind::Images) => "train-images-idx3-ubyte",
        }
    }

    /// The header as big-endian numbers: magic, count and, for images, rows and columns.
    pub fn header(self) -> &'static [u32] {
        match (self.split, self.kind) {
            (Split::Test | Split::Whole, PartKind::Labels) => &[0x801, 10_000],
            (Split::Train, PartKind::Labels) => &[0x801, 60_000],
            (Split::Test | Split::Whole, PartKind::Images) => &[0x803, 10_000, 28, 28],
            (Split::Train, PartKind::Images) => &[0x803, 60_000, 28, 28],
        }
    }

    /// Bytes of the header.
    pub fn header_len(self) -> usize {
        4 * self.header().len()
    }

    /// Bytes after the header.
    pub fn body_len(self) -> usize {
        match self.kind {
            PartKind::Labels => self.split.images(),
            PartKind::Images => self.split.images() * PIXELS,
        }
    }
}

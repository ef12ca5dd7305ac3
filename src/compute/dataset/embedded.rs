use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::{
    DataError, Dataset, Standard,
    idx::Idx,
    part::{Part, PartKind},
};
use crate::experiment::{PIXELS, Split};

/// Decompresses the first `images` of a split, or all where there are no more.
pub(super) fn load(split: Split, images: usize) -> Result<Dataset, DataError> {
    Ok(Dataset {
        pixels: read(Part { split, kind: PartKind::Images }, images.saturating_mul(PIXELS))?,
        labels: read(Part { split, kind: PartKind::Labels }, images)?,
        standard: Standard::MNIST,
    })
}

/// The test images are looked at all the time, and kept; the training images are six times as many, and kept while they are.
struct Shared {
    test: Option<Arc<Dataset>>,
    train: Weak<Dataset>,
}

static SHARED: Mutex<Shared> = Mutex::new(Shared { test: None, train: Weak::new() });

/// Decompresses the first `images`, or all test images, where nobody has them. Who asks meanwhile waits for that.
pub(super) fn shared(split: Split, images: usize) -> Result<Arc<Dataset>, DataError> {
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    let (known, images) = match split {
        Split::Test | Split::Whole => (shared.test.clone(), usize::MAX),
        Split::Train => (shared.train.upgrade().filter(|known| known.len() >= images.min(split.images())), images),
    };
    if let Some(known) = known {
        return Ok(known);
    }
    let loaded = Arc::new(load(split, images)?);
    match split {
        Split::Test | Split::Whole => shared.test = Some(Arc::clone(&loaded)),
        Split::Train => shared.train = Arc::downgrade(&loaded),
    }
    Ok(loaded)
}

fn read(part: Part, bytes: usize) -> Result<Box<[u8]>, DataError> {
    Idx::open(part, PathBuf::from(format!("data/{}.gz", part.file_name())), file(part))?.beginning(bytes)
}

fn file(part: Part) -> &'static [u8] {
    match (part.split, part.kind) {
        (Split::Test | Split::Whole, PartKind::Labels) => include_bytes!("../../../data/t10k-labels-idx1-ubyte.gz"),
        (Split::Train, PartKind::Labels) => include_bytes!("../../../data/train-labels-idx1-ubyte.gz"),
        (Split::Test | Split::Whole, PartKind::Images) => include_bytes!("../../../data/t10k-images-idx3-ubyte.gz"),
        (Split::Train, PartKind::Images) => include_bytes!("../../../data/train-images-idx3-ubyte.gz"),
    }
}

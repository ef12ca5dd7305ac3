use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::{
    DataError, Dataset, Standard,
    idx::Idx,
    part::{Part, PartKind},
};
use crate::experiment::Split;

/// Decompresses the two files of a split.
pub(super) fn load(split: Split) -> Result<Dataset, DataError> {
    Ok(Dataset {
        pixels: read(Part { split, kind: PartKind::Images })?,
        labels: read(Part { split, kind: PartKind::Labels })?,
        standard: Standard::MNIST,
    })
}

/// The test images are looked at all the time, and kept; the training images are six times as many, and kept while they are.
struct Shared {
    test: Option<Arc<Dataset>>,
    train: Weak<Dataset>,
}

static SHARED: Mutex<Shared> = Mutex::new(Shared { test: None, train: Weak::new() });

/// Decompresses them where nobody has them. Who asks meanwhile waits for that.
pub(super) fn shared(split: Split) -> Result<Arc<Dataset>, DataError> {
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    let known = match split {
        Split::Test | Split::Whole => shared.test.clone(),
        Split::Train => shared.train.upgrade(),
    };
    if let Some(known) = known {
        return Ok(known);
    }
    let loaded = Arc::new(load(split)?);
    match split {
        Split::Test | Split::Whole => shared.test = Some(Arc::clone(&loaded)),
        Split::Train => shared.train = Arc::downgrade(&loaded),
    }
    Ok(loaded)
}

fn read(part: Part) -> Result<Box<[u8]>, DataError> {
    let path = PathBuf::from(format!("data/{}.gz", part.file_name()));
    let idx = Idx::open(part, path.clone(), file(part))?;
    let mut body = Vec::with_capacity(part.body_len());
    idx.copy_body(&mut body)?.map_err(|error| DataError::Unreadable { part: part.name(), error, path })?;
    Ok(body.into_boxed_slice())
}

fn file(part: Part) -> &'static [u8] {
    match (part.split, part.kind) {
        (Split::Test | Split::Whole, PartKind::Labels) => include_bytes!("../../../data/t10k-labels-idx1-ubyte.gz"),
        (Split::Train, PartKind::Labels) => include_bytes!("../../../data/train-labels-idx1-ubyte.gz"),
        (Split::Test | Split::Whole, PartKind::Images) => include_bytes!("../../../data/t10k-images-idx3-ubyte.gz"),
        (Split::Train, PartKind::Images) => include_bytes!("../../../data/train-images-idx3-ubyte.gz"),
    }
}

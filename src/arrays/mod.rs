//! All arrays of a subject's network in one .npz file, so that anyone can check them with NumPy; or the values of one layer as
//! a table.
//!
//! `x` `[images, inputs]` and `labels` `[images]`; kernels `W1..` `[inputs, units]` and biases `b1..` `[units]`, the output layer's
//! last; pre-activations `z1..` and outputs `h1..` `[images, units]` of the hidden layers; `logits` `[images, 10]`; `dz1..`, the
//! gradients of the mean cross-entropy over these images with respect to pre-activations, the logits' last. A linear first
//! layer is `W0`, `b0`, `z0`, `dz0`. All are float32 in C order, the labels uint8.

mod fails_once;
mod inventory;
mod npz;
mod optimizer_arrays;
mod push;
mod spill;
mod training_file;
mod training_start;
mod values;

pub use training_file::{TrainingEnd, TrainingFile, UnwrittenTraining};
pub use training_start::{OwnImages, ResumedTraining, StartError, TrainingStart};

use std::io;
use std::path::{Path, PathBuf};

use crate::engine::{Failure, Measurer};
use crate::number;
use crate::subject::{NoLoss, ToSubject};
use crate::whole_file::{WholeFile, folder};

pub use values::LayerValues;

use inventory::Inventory;
use spill::Spill;

/// What a file may take on the disk unless more is allowed: 2 GiB.
pub const LIMIT: u64 = 2 << 30;

/// Why there is no file of arrays; each a sentence.
#[derive(Debug, thiserror::Error)]
pub enum ArraysError {
    /// It would be large.
    #[error("the arrays would take {} GiB, more than 2 GiB: choose fewer images, layers or units, or allow it with --force", gibibytes(*.bytes))]
    TooLarge {
        /// Bytes of the file.
        bytes: u64,
    },
    /// The network has fewer layers.
    #[error("--layer {layer} does not exist in this network: use 1 to {layers}")]
    NoLayer {
        /// From 1.
        layer: usize,
        /// How many there are.
        layers: usize,
    },
    /// What a step changes is no array of a network.
    #[error(
        "the updates of a layer are not written value by value: export its weights before and after the step, and subtract"
    )]
    Updates,
    /// It has no gradients.
    #[error("{0} Choose another --quantity.")]
    NoLoss(NoLoss),
    /// The images cannot be had.
    #[error(transparent)]
    Failed(#[from] Failure),
    /// The operating system refuses.
    #[error("the arrays cannot be written ({error}): choose a folder that exists, that you may write to and that has \
         room for twice {} GiB: {path}", gibibytes(*.bytes))]
    Unwritable {
        /// What the system says.
        error: io::Error,
        /// Bytes of the file.
        bytes: u64,
        /// The file.
        path: PathBuf,
    },
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenArrays {
    /// Inventory in the file.
    pub arrays: usize,
    /// Bytes of the file.
    pub bytes: u64,
}

/// Bytes of the file that a subject's arrays would make.
pub fn size(subject: &impl ToSubject) -> u64 {
    Inventory::of(&subject.to_subject()).bytes()
}

/// Whether a subject's arrays may be written.
///
/// # Errors
/// If they take more than [`LIMIT`], unless `large` ones are allowed.
pub fn check_size(subject: &impl ToSubject, large: bool) -> Result<(), ArraysError> {
    let bytes = size(subject);
    if bytes > LIMIT && !large { Err(ArraysError::TooLarge { bytes }) } else { Ok(()) }
}

/// Writes a subject's arrays, whole or not at all; more than [`LIMIT`] only if `large` are allowed. What was at the path
/// is replaced at the end.
///
/// Memory does not grow with the images: each block goes through the network once, and what it gives to a nameless file in
/// the folder of the target, from which the arrays are put together.
///
/// # Errors
/// If it would be too large, the images cannot be read, or the file cannot be written.
pub fn write(subject: &impl ToSubject, path: &Path, large: bool) -> Result<WrittenArrays, ArraysError> {
    let subject = subject.to_subject();
    let experiment = subject.experiment();
    let arrays = Inventory::of(&subject);
    let bytes = arrays.bytes();
    check_size(&subject, large)?;
    let unwritable = |error| ArraysError::Unwritable { error, bytes, path: path.to_owned() };
    // Before the long work, so that what is wrong with the path is said at once.
    let file = WholeFile::create(path).map_err(unwritable)?;
    let (network, source) = Measurer::new()?.network_and_source(&subject)?;
    let spill = Spill::create(folder(path), &arrays).map_err(unwritable)?;
    push::weights(&network, &spill).map_err(unwritable)?;
    push::images(&network, &source, experiment.inputs.images, &spill).map_err(unwritable)?;
    npz::assemble(&arrays, spill, file).map_err(unwritable)?;
    Ok(WrittenArrays { arrays: arrays.0.len(), bytes })
}

fn gibibytes(bytes: u64) -> String {
    number::plain(bytes as f64 / (1_u64 << 30) as f64)
}

use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use ndarray::{Array1, Array2, ArrayRef, Dimension, arr0};
use ndarray_npy::{WritableElement, WriteNpyError, WriteNpyExt as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::fails_once::FailsOnce;
use super::optimizer_arrays::{names_of, numbered};
use crate::trainer::{EpochOrder, Examples, Racer};
use crate::training::{BatchOrder, Optimizer};
use crate::whole_file::WholeFile;

/// What is written after a training: its weights, and what is needed to go on.
pub struct TrainingEnd<'a> {
    /// The network as it is now.
    pub racer: &'a Racer,
    /// What trained it.
    pub optimizer: Optimizer,
    /// Whether the first layer is linear.
    pub linear_first: bool,
    /// The losses of all steps.
    pub losses: &'a [f64],
    /// In which order images came.
    pub order: &'a EpochOrder,
    /// The images, where they came from a file.
    pub examples: Option<&'a Examples>,
    /// The kernels that the training started from.
    pub first: &'a [Array2<f32>],
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
#[error(
    "the arrays cannot be written ({error}): choose a folder that exists, that you may write to and that has room: {path}"
)]
pub struct UnwrittenTraining {
    error: io::Error,
    path: PathBuf,
}

/// A file that a training's end is written to. It is opened before the training, so that what is wrong with the path is said at once.
pub struct TrainingFile {
    file: WholeFile,
    path: PathBuf,
}

impl TrainingFile {
    /// Opens it; what was at the path is replaced at the end.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn create(path: &Path) -> Result<Self, UnwrittenTraining> {
        let refused = |error| UnwrittenTraining { error, path: path.to_owned() };
        Ok(Self { file: WholeFile::create(path).map_err(refused)?, path: path.to_owned() })
    }

    /// Writes it, whole or not at all, and returns how many arrays there are.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn write(self, end: &TrainingEnd<'_>) -> Result<usize, UnwrittenTraining> {
        let Self { file, path } = self;
        written(file, end).map_err(|error| UnwrittenTraining { error, path })
    }
}

fn written(file: WholeFile, end: &TrainingEnd<'_>) -> io::Result<usize> {
    let mut arrays =
        Arrays { archive: ZipWriter::new(BufWriter::with_capacity(1 << 20, FailsOnce::new(file))), count: 0 };
    let (kernels, biases) = end.racer.weights();
    let kept = end.racer.kept();
    for (layer, (kernel, biases)) in kernels.iter().zip(&biases).enumerate() {
        let [of_kernel, of_biases] = ["W", "b"].map(|letter| numbered(letter, layer, end.linear_first));
        arrays.add(&of_kernel, kernel)?;
        arrays.add(&of_biases, biases)?;
        arrays.add(&format!("start_{of_kernel}"), &end.first[layer])?;
        for (name, (one, other)) in names_of(end.optimizer).iter().zip(&kept[layer]) {
            arrays.add(&format!("optimizer_{name}_{of_kernel}"), one)?;
            arrays.add(&format!("optimizer_{name}_{of_biases}"), other)?;
        }
    }
    arrays.add("losses", &Array1::from(end.losses.to_vec()))?;
    arrays.add("step", &arr0(end.racer.step() as i64))?;
    match end.order {
        EpochOrder::Of(BatchOrder::Shuffled(seed), _) => arrays.add("order_seed", &arr0(i64::from(*seed)))?,
        EpochOrder::Of(BatchOrder::AsTheyAre, _) => arrays.add("order_seed", &arr0(-1_i64))?,
        EpochOrder::Given(rows) => {
            let length = rows.first().map_or(0, Vec::len);
            let order = Array2::from_shape_fn((rows.len(), length), |(epoch, place)| rows[epoch][place] as i32);
            arrays.add("order", &order)?;
        }
    }
    if let Some(Examples::Arrays(images, labels)) = end.examples {
        arrays.add("x", images)?;
        arrays.add("labels", &labels.iter().map(|&label| i64::from(label)).collect::<Array1<_>>())?;
    }
    let Arrays { archive, count } = arrays;
    let mut written = archive.finish()?;
    written.flush()?;
    written.into_inner().map_err(io::IntoInnerError::into_error)?.into_inner().finish()?;
    Ok(count)
}

/// An archive of arrays that grows.
struct Arrays {
    archive: ZipWriter<BufWriter<FailsOnce<WholeFile>>>,
    count: usize,
}

impl Arrays {
    fn add<T: WritableElement, D: Dimension>(&mut self, name: &str, array: &ArrayRef<T, D>) -> io::Result<()> {
        let large = array.len() as u64 * 8 >= u64::from(u32::MAX);
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(large);
        self.archive.start_file(format!("{name}.npy"), options)?;
        self.count += 1;
        array.write_npy(&mut self.archive).map_err(|error| match error {
            WriteNpyError::Io(error) => error,
            error => io::Error::other(error),
        })
    }
}

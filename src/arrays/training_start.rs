use std::fs::File;
use std::io::{self, Cursor, Read as _};
use std::path::{Path, PathBuf};

use flate2::read::DeflateDecoder;
use ndarray::{Array, Array1, Array2, Dimension};
use ndarray_npy::{ReadNpyError, ReadNpyExt as _, ReadableElement};
use zip::{CompressionMethod, ZipArchive};

use super::optimizer_arrays::{names_of, numbered};
use crate::experiment::Activation;
use crate::regular_file;
use crate::trainer::{EpochOrder, Examples, KeptArrays, Start};
use crate::training::{BatchOrder, Optimizer};

/// What a file has to start a training from: weights, perhaps what it is trained on, and what is needed to go on.
#[derive(Clone, Debug)]
pub struct TrainingStart {
    /// Kernels [fan_in, fan_out], the output layer's last.
    pub kernels: Vec<Array2<f32>>,
    /// Their biases.
    pub biases: Vec<Array1<f32>>,
    /// Whether the first layer is linear.
    pub linear_first: bool,
    /// Images [images, inputs] and their labels.
    pub examples: Option<OwnImages>,
    /// The order of the images, an epoch a row.
    pub order: Option<Vec<Vec<u32>>>,
    /// What a training left that was to go on.
    pub resumed: Option<ResumedTraining>,
    path: PathBuf,
}

/// Images [images, inputs] of a file, and their labels.
pub type OwnImages = (Array2<f32>, Vec<u32>);

/// Where a training goes on.
#[derive(Clone, Debug)]
pub struct ResumedTraining {
    /// Steps that are done.
    pub step: u64,
    /// Their losses.
    pub losses: Vec<f64>,
    /// The order in which the images came, if it was drawn or is as they are.
    pub order: Option<BatchOrder>,
    /// The weights that the training started from, from which distances are counted.
    pub first: Option<Vec<Array2<f32>>>,
}

/// Why a file is no start of a training; each a sentence.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The operating system refuses.
    #[error("the arrays cannot be read ({error}): check that the file exists and that you may read it: {path}")]
    Unreadable {
        /// What the system says.
        error: io::Error,
        /// The file.
        path: PathBuf,
    },
    /// It is not a file of arrays.
    #[error("the file has no arrays ({problem}): write it with numpy.savez, or with --out: {path}")]
    NoArrays {
        /// What is wrong with it.
        problem: String,
        /// The file.
        path: PathBuf,
    },
    /// An array is not as it must be.
    #[error("{problem}: {path}")]
    Unfit {
        /// What is wrong, and what would be right.
        problem: String,
        /// The file.
        path: PathBuf,
    },
}

/// A file's arrays.
struct ArrayFile {
    archive: ZipArchive<File>,
    path: PathBuf,
}

impl TrainingStart {
    /// Reads W1, b1, W2, ...; W0 and b0 of a linear first layer; `x` with `labels`; `order`; and what `--out` leaves.
    ///
    /// # Errors
    /// If it cannot be read, or shapes do not fit one another.
    pub fn read(path: &Path) -> Result<Self, StartError> {
        let unreadable = |error: io::Error| StartError::Unreadable { error, path: path.to_owned() };
        let file = regular_file::open(path).map_err(unreadable)?;
        let archive = ZipArchive::new(file)
            .map_err(|error| StartError::NoArrays { problem: error.to_string(), path: path.to_owned() })?;
        let mut file = ArrayFile { archive, path: path.to_owned() };
        let linear_first = file.has("W0");
        let first = usize::from(!linear_first);
        let (mut kernels, mut biases) = (Vec::new(), Vec::new());
        for number in first.. {
            let Some(kernel) = file.floats::<ndarray::Ix2>(&format!("W{number}"))? else { break };
            let (fan_in, units) = kernel.dim();
            if kernel.is_empty() {
                return Err(file.unfit(format!("W{number} is empty: it has {fan_in} inputs and {units} units")));
            }
            if let Some(before) = kernels.last().map(Array2::ncols).filter(|before| *before != fan_in) {
                return Err(file.unfit(format!(
                    "W{number} has {fan_in} rows, but W{} has {before} columns: these numbers must be equal",
                    number - 1
                )));
            }
            let bias = file.floats::<ndarray::Ix1>(&format!("b{number}"))?.unwrap_or_else(|| Array1::zeros(units));
            if bias.len() != units {
                let found = bias.len();
                return Err(file.unfit(format!(
                    "b{number} has {found} numbers, but W{number} has {units} columns: these numbers must be equal"
                )));
            }
            kernels.push(kernel);
            biases.push(bias);
        }
        let least = 2 + usize::from(linear_first);
        if kernels.len() < least {
            return Err(file.unfit(format!(
                "a network needs at least {least} kernels (W{first}, W{}, ...), including that of the logits, but there are {}",
                first + 1,
                kernels.len()
            )));
        }
        let classes = kernels.last().map_or(0, Array2::ncols);
        let examples = file.examples(kernels[0].nrows(), classes)?;
        let images = examples.as_ref().map(|(_, labels)| labels.len());
        let order = file.order(images)?;
        let resumed = file.resumed(&kernels, first)?;
        Ok(Self { kernels, biases, linear_first, examples, order, resumed, path: path.to_owned() })
    }

    /// What its network is trained from, with this activation.
    pub fn start(&self, activation: Activation) -> Start {
        let (kernels, biases) = (self.kernels.clone(), self.biases.clone());
        let linear_layers = usize::from(self.linear_first);
        let activations = vec![activation; kernels.len().saturating_sub(linear_layers + 1)];
        Start { activations, linear_layers, kernels, biases }
    }

    /// What it is trained on, if the file has it.
    pub fn own_examples(&self) -> Option<Examples> {
        self.examples.as_ref().map(|(images, labels)| Examples::Arrays(images.clone(), labels.clone()))
    }

    /// The order in which they come, if the file has it.
    pub fn own_order(&self) -> Option<EpochOrder> {
        self.order.clone().map(EpochOrder::Given)
    }

    /// What an optimizer kept of each layer, if the file says how many steps are done.
    ///
    /// # Errors
    /// If another optimizer's is there, or none.
    pub fn kept(&self, optimizer: Optimizer) -> Result<Vec<KeptArrays>, StartError> {
        let unreadable = |error: io::Error| StartError::Unreadable { error, path: self.path.clone() };
        let archive = ZipArchive::new(regular_file::open(&self.path).map_err(unreadable)?)
            .map_err(|error| StartError::NoArrays { problem: error.to_string(), path: self.path.clone() })?;
        let mut file = ArrayFile { archive, path: self.path.clone() };
        let mut all = Vec::new();
        let wanted = names_of(optimizer);
        let strange = file.archive.file_names().find(|name| {
            name.strip_prefix("optimizer_").is_some_and(|rest| !wanted.iter().any(|known| rest.starts_with(known)))
        });
        if let Some(name) = strange.map(|name| name.trim_end_matches(".npy").to_owned()) {
            let problem = format!(
                "{name} belongs to another optimizer than {}: give the one that the file was written with",
                optimizer.name()
            );
            return Err(file.unfit(problem));
        }
        for (layer, (kernel, biases)) in self.kernels.iter().zip(&self.biases).enumerate() {
            let mut kept = Vec::new();
            for name in wanted {
                let [of_kernel, of_biases] =
                    ["W", "b"].map(|letter| format!("optimizer_{name}_{}", numbered(letter, layer, self.linear_first)));
                let missing = |name: &str| format!("{name} is missing, which {} goes on from", optimizer.name());
                let one = file.floats::<ndarray::Ix2>(&of_kernel)?;
                let other = file.floats::<ndarray::Ix1>(&of_biases)?;
                let one = one.ok_or_else(|| file.unfit(missing(&of_kernel)))?;
                let other = other.ok_or_else(|| file.unfit(missing(&of_biases)))?;
                if one.dim() != kernel.dim() || other.len() != biases.len() {
                    return Err(file.unfit(format!("{of_kernel} and {of_biases} have other shapes than the weights")));
                }
                kept.push((one, other));
            }
            all.push(kept);
        }
        Ok(all)
    }
}

impl ArrayFile {
    fn unfit(&self, problem: String) -> StartError {
        StartError::Unfit { problem, path: self.path.clone() }
    }

    fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(&format!("{name}.npy")).is_some()
    }

    /// An array's bytes as a .npy file, if it is there.
    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, StartError> {
        let Some(index) = self.archive.index_for_name(&format!("{name}.npy")) else { return Ok(None) };
        let wrong = |problem: String| format!("{name} cannot be read ({problem}): write the file again");
        let mut bytes = Vec::new();
        let read = match self.archive.by_index_raw(index) {
            Ok(mut entry) => match entry.compression() {
                CompressionMethod::Stored => entry.read_to_end(&mut bytes).map_err(|error| error.to_string()),
                CompressionMethod::DEFLATE => {
                    DeflateDecoder::new(entry).read_to_end(&mut bytes).map_err(|error| error.to_string())
                }
                _ => Err("it is compressed in a way that NumPy does not".to_owned()),
            },
            Err(error) => Err(error.to_string()),
        };
        read.map_err(|problem| self.unfit(wrong(problem)))?;
        Ok(Some(bytes))
    }

    /// An array of f32, or of f64, which is rounded.
    fn floats<D: Dimension>(&mut self, name: &str) -> Result<Option<Array<f32, D>>, StartError> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let read = match parsed::<f32, D>(&bytes) {
            Err(ReadNpyError::WrongDescriptor(_)) => {
                parsed::<f64, D>(&bytes).map(|array| array.mapv(|value| value as f32))
            }
            read => read,
        };
        let dimensions = D::NDIM.unwrap_or_default();
        let array = read.map_err(|error| {
            self.unfit(format!(
                "{name} must be an array of float32 with {dimensions} dimensions, but it is not ({error})"
            ))
        })?;
        // Whatever the order in memory was, it is C's from now on.
        Ok(Some(array.as_standard_layout().into_owned()))
    }

    /// An array of whole numbers of any kind, none below 0.
    fn whole<D: Dimension>(&mut self, name: &str) -> Result<Option<Array<i64, D>>, StartError> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let read = parsed::<i64, D>(&bytes)
            .or_else(|_| parsed::<i32, D>(&bytes).map(|array| array.mapv(i64::from)))
            .or_else(|_| parsed::<u8, D>(&bytes).map(|array| array.mapv(i64::from)))
            .or_else(|_| parsed::<u32, D>(&bytes).map(|array| array.mapv(i64::from)))
            .or_else(|_| parsed::<i16, D>(&bytes).map(|array| array.mapv(i64::from)))
            .or_else(|_| parsed::<u16, D>(&bytes).map(|array| array.mapv(i64::from)));
        let dimensions = D::NDIM.unwrap_or_default();
        let array = read.map_err(|error| {
            self.unfit(format!(
                "{name} must be an array of whole numbers with {dimensions} dimensions, but it is not ({error})"
            ))
        })?;
        Ok(Some(array))
    }

    fn examples(&mut self, inputs: usize, classes: usize) -> Result<Option<OwnImages>, StartError> {
        let (images, labels) = match (self.floats::<ndarray::Ix2>("x")?, self.whole::<ndarray::Ix1>("labels")?) {
            (None, None) => return Ok(None),
            (Some(images), Some(labels)) => (images, labels),
            (Some(_), None) => return Err(self.unfit("x is there without labels: add them".to_owned())),
            (None, Some(_)) => return Err(self.unfit("labels are there without x: add it".to_owned())),
        };
        let (count, dim) = images.dim();
        if count == 0 || labels.len() != count {
            let found = labels.len();
            return Err(
                self.unfit(format!("x has {count} images and labels {found}: there must be as many, and one at least"))
            );
        }
        if dim != inputs {
            return Err(self.unfit(format!(
                "x has {dim} values an image, but the first kernel {inputs} rows: these numbers must be equal"
            )));
        }
        let most = usize::from(u16::MAX);
        if dim > most {
            return Err(self.unfit(format!("x has {dim} values an image, but at most {most} can be trained on")));
        }
        if let Some(label) = labels.iter().find(|label| !(0..classes as i64).contains(*label)) {
            return Err(self.unfit(format!(
                "labels has a {label}, but the last kernel has {classes} units: use 0 to {}",
                classes - 1
            )));
        }
        Ok(Some((images, labels.iter().map(|&label| label as u32).collect())))
    }

    fn order(&mut self, images: Option<usize>) -> Result<Option<Vec<Vec<u32>>>, StartError> {
        let Some(order) = self.whole::<ndarray::Ix2>("order")? else { return Ok(None) };
        let Some(images) = images else {
            return Err(self.unfit("order is there without x and labels: add what it is the order of".to_owned()));
        };
        let (epochs, length) = order.dim();
        if epochs == 0 || length == 0 {
            return Err(self.unfit("order is empty: it needs an epoch a row, with the images in it".to_owned()));
        }
        if let Some(image) = order.iter().find(|image| !(0..images as i64).contains(*image)) {
            return Err(self.unfit(format!("order has image {image}, but x has {images}: use 0 to {}", images - 1)));
        }
        let rows = order.outer_iter().map(|row| row.iter().map(|&image| image as u32).collect());
        Ok(Some(rows.collect()))
    }

    fn resumed(&mut self, kernels: &[Array2<f32>], first: usize) -> Result<Option<ResumedTraining>, StartError> {
        let Some(step) = self.whole::<ndarray::Ix0>("step")? else { return Ok(None) };
        let step = step.into_scalar();
        let Ok(step) = u64::try_from(step) else {
            return Err(self.unfit(format!("step is {step}: it must be 0 or more")));
        };
        let losses = match self.bytes("losses")? {
            None => Vec::new(),
            Some(bytes) => parsed::<f64, ndarray::Ix1>(&bytes)
                .map_err(|error| self.unfit(format!("losses must be an array of float64 ({error})")))?
                .to_vec(),
        };
        let order = self.whole::<ndarray::Ix0>("order_seed")?.map(|seed| match u32::try_from(seed.into_scalar()) {
            Ok(seed) => BatchOrder::Shuffled(seed),
            Err(_) => BatchOrder::AsTheyAre,
        });
        let mut starts = Vec::new();
        for (number, kernel) in (first..).zip(kernels) {
            match self.floats::<ndarray::Ix2>(&format!("start_W{number}"))? {
                Some(start) if start.dim() == kernel.dim() => starts.push(start),
                _ => break,
            }
        }
        let first = (starts.len() == kernels.len()).then_some(starts);
        Ok(Some(ResumedTraining { step, losses, order, first }))
    }
}

fn parsed<T: ReadableElement, D: Dimension>(bytes: &[u8]) -> Result<Array<T, D>, ReadNpyError> {
    Array::read_npy(Cursor::new(bytes))
}

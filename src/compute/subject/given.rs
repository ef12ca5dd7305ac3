use std::fmt;
use std::hash::{DefaultHasher, Hasher};

use ndarray::{ArcArray2, Array1, Array2};

use super::LayerFunctions;
use crate::experiment::{Experiment, LAYERS};

/// Weights and biases of a network that were not drawn here. Immutable; shared by all who look at them, and copies share the numbers
/// of the kernels.
#[derive(Clone)]
pub struct GivenWeights {
    label: String,
    kernels: Vec<ArcArray2<f32>>,
    biases: Option<Vec<Array1<f32>>>,
    functions: Option<LayerFunctions>,
    digest: [u64; 2],
}

/// Why weights are not those of a network that can be looked at; each a sentence. Layers are counted from 1, that of the logits is the last.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnfitWeights {
    /// Not even one hidden layer.
    #[error("a network needs at least {least} layers, including that of the logits, but this one has {found}", least = least(*.linear_first))]
    TooFew {
        /// Kernels.
        found: usize,
        /// Whether one of them is that of a linear first layer.
        linear_first: bool,
    },
    /// More layers than an experiment may have.
    #[error("there are {found} hidden layers, but at most {most} can be shown", found = .0, most = LAYERS.end())]
    TooDeep(usize),
    /// More units than an experiment's layers may have.
    #[error("layer {kernel} has {units} units, but at most {WIDEST} can be shown")]
    TooWide {
        /// Its place.
        kernel: usize,
        /// Its columns.
        units: usize,
    },
    /// No weights.
    #[error("layer {kernel} is empty: it has {inputs} inputs and {units} units")]
    Empty {
        /// Its place.
        kernel: usize,
        /// Its rows.
        inputs: usize,
        /// Its columns.
        units: usize,
    },
    /// One layer's outputs are not the next one's inputs.
    #[error("layer {kernel} takes {inputs} inputs, but layer {before} has {units} units: these numbers must be equal", before = .kernel - 1)]
    Broken {
        /// The place of the later.
        kernel: usize,
        /// The rows of the later.
        inputs: usize,
        /// The columns of the earlier.
        units: usize,
    },
    /// Biases of some layers only, or of more.
    #[error("either every layer has biases or none has: there are {kernels} layers, but biases for {biases}")]
    BiasArrays {
        /// Kernels.
        kernels: usize,
        /// Arrays of biases.
        biases: usize,
    },
    /// Biases of other units.
    #[error("layer {kernel} has {units} units but {biases} biases: these numbers must be equal")]
    Biases {
        /// Its place.
        kernel: usize,
        /// Its columns.
        units: usize,
        /// Its biases.
        biases: usize,
    },
    /// The first kernel is for other inputs.
    #[error("layer 1 takes {inputs} inputs, but these inputs have {dim} values")]
    Inputs {
        /// Its rows.
        inputs: usize,
        /// Values of an input.
        dim: usize,
    },
    /// Activations or normalisations of some layers only, or of more.
    #[error("there are {hidden} hidden layers, but activations for {activations}: these numbers must be equal")]
    Functions {
        /// Hidden layers.
        hidden: usize,
        /// Activations or normalisations.
        activations: usize,
    },
    /// An experiment's linear first layer is as wide as its first hidden layer.
    #[error(
        "the linear first layer has {linear} units but the first hidden layer {hidden}: these numbers must be \
         equal"
    )]
    Linear {
        /// Units of the linear layer.
        linear: usize,
        /// Units of hidden layer 1.
        hidden: usize,
    },
}

/// Units that a given layer may have.
pub const WIDEST: usize = 65_536;

/// Kernels a network has at least.
fn least(linear_first: bool) -> usize {
    if linear_first { 3 } else { 2 }
}

impl GivenWeights {
    /// Kernels [fan_in, units] from the first layer to the logits', and biases for each of them or none at all; the label is
    /// what they are called, such as a file's name. Numbers that are not finite are taken as they are, and count as such.
    ///
    /// # Errors
    /// If the layers do not follow from one another, or there are more or larger ones than an experiment may have.
    pub fn new(
        label: impl Into<String>,
        kernels: Vec<Array2<f32>>,
        biases: Option<Vec<Array1<f32>>>,
    ) -> Result<Self, UnfitWeights> {
        Self::shared(label, kernels.into_iter().map(Array2::into_shared).collect(), biases)
    }

    /// The same of kernels that others have, too.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn shared(
        label: impl Into<String>,
        kernels: Vec<ArcArray2<f32>>,
        biases: Option<Vec<Array1<f32>>>,
    ) -> Result<Self, UnfitWeights> {
        check(&kernels, biases.as_deref())?;
        let in_order = |kernel: ArcArray2<f32>| {
            if kernel.is_standard_layout() { kernel } else { kernel.as_standard_layout().into_owned().into_shared() }
        };
        let kernels: Vec<_> = kernels.into_iter().map(in_order).collect();
        let digest = digest(&kernels, biases.as_deref());
        Ok(Self { label: label.into(), kernels, biases, functions: None, digest })
    }

    /// The same, with what the layers do beside their products.
    ///
    /// # Errors
    /// If there are more or fewer activations or normalisations than hidden layers, or these have other units.
    pub fn with_functions(self, functions: LayerFunctions) -> Result<Self, UnfitWeights> {
        let hidden = self.kernels.len() - 1;
        for activations in [functions.activations.len(), functions.norms.len()] {
            if activations != hidden {
                return Err(UnfitWeights::Functions { hidden, activations });
            }
        }
        for (number, (kernel, norm)) in (1..).zip(self.kernels.iter().zip(&functions.norms)) {
            let (units, Some(norm)) = (kernel.ncols(), norm) else { continue };
            for biases in [norm.scale.len(), norm.shift.len()] {
                if biases != units {
                    return Err(UnfitWeights::Biases { kernel: number, units, biases });
                }
            }
        }
        let mut hashers = self.digest.map(|_| DefaultHasher::new());
        let words = format!("{functions:?}");
        for (hasher, of) in hashers.iter_mut().zip(self.digest) {
            hasher.write_u64(of);
            hasher.write(words.as_bytes());
        }
        Ok(Self { functions: Some(functions), digest: hashers.map(|hasher| hasher.finish()), ..self })
    }

    /// What the layers do beside their products, where that is not the experiment's activation.
    pub fn functions(&self) -> Option<&LayerFunctions> {
        self.functions.as_ref()
    }

    /// What they are called.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Kernels [fan_in, units], the logits' last, row after row.
    pub fn kernels(&self) -> &[ArcArray2<f32>] {
        &self.kernels
    }

    /// A bias per unit, layer by layer like the kernels; `None` for none at all.
    pub fn biases(&self) -> Option<&[Array1<f32>]> {
        self.biases.as_deref()
    }

    /// The widths of an experiment's hidden layers with these weights.
    pub(super) fn widths_for(&self, experiment: &Experiment) -> Result<Vec<usize>, UnfitWeights> {
        let linear = experiment.linear_layers();
        let units: Vec<_> = self.kernels.iter().map(ArcArray2::ncols).collect();
        let [hidden @ .., _] = &units[..] else {
            return Err(UnfitWeights::TooFew { found: 0, linear_first: false });
        };
        if hidden.len() <= linear {
            return Err(UnfitWeights::TooFew { found: units.len(), linear_first: experiment.linear_first });
        }
        let (inputs, dim) = (self.kernels[0].nrows(), experiment.inputs.dim());
        if inputs != dim {
            return Err(UnfitWeights::Inputs { inputs, dim });
        }
        if experiment.linear_first && hidden[0] != hidden[1] {
            return Err(UnfitWeights::Linear { linear: hidden[0], hidden: hidden[1] });
        }
        let widths = &hidden[linear..];
        if widths.len() > *LAYERS.end() {
            return Err(UnfitWeights::TooDeep(widths.len()));
        }
        Ok(widths.to_vec())
    }
}

/// What is to be said of the arrays alone.
fn check(kernels: &[ArcArray2<f32>], biases: Option<&[Array1<f32>]>) -> Result<(), UnfitWeights> {
    if kernels.len() < least(false) {
        return Err(UnfitWeights::TooFew { found: kernels.len(), linear_first: false });
    }
    for (number, kernel) in (1..).zip(kernels) {
        let (inputs, units) = kernel.dim();
        if kernel.is_empty() {
            return Err(UnfitWeights::Empty { kernel: number, inputs, units });
        }
        if units > WIDEST {
            return Err(UnfitWeights::TooWide { kernel: number, units });
        }
    }
    for (number, pair) in (2..).zip(kernels.windows(2)) {
        let (units, inputs) = (pair[0].ncols(), pair[1].nrows());
        if inputs != units {
            return Err(UnfitWeights::Broken { kernel: number, inputs, units });
        }
    }
    let Some(biases) = biases else { return Ok(()) };
    if biases.len() != kernels.len() {
        return Err(UnfitWeights::BiasArrays { kernels: kernels.len(), biases: biases.len() });
    }
    for (number, (kernel, biases)) in (1..).zip(kernels.iter().zip(biases)) {
        let (units, biases) = (kernel.ncols(), biases.len());
        if biases != units {
            return Err(UnfitWeights::Biases { kernel: number, units, biases });
        }
    }
    Ok(())
}

/// Digest of all numbers, bit by bit, and of the shapes: 128 bits, so that no two networks are ever confused.
fn digest(kernels: &[ArcArray2<f32>], biases: Option<&[Array1<f32>]>) -> [u64; 2] {
    let mut hashers = [DefaultHasher::new(), DefaultHasher::new()];
    hashers[1].write_u8(1);
    let mut bytes = Vec::with_capacity(4 * CHUNK);
    let mut add = |shape: [usize; 2], values: &[f32]| {
        hashers.iter_mut().for_each(|hasher| shape.into_iter().for_each(|length| hasher.write_usize(length)));
        for values in values.chunks(CHUNK) {
            bytes.clear();
            bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
            hashers.iter_mut().for_each(|hasher| hasher.write(&bytes));
        }
    };
    for kernel in kernels {
        add(kernel.dim().into(), kernel.as_slice().unwrap_or_default());
    }
    for biases in biases.iter().copied().flatten() {
        add([1, biases.len()], &biases.to_vec());
    }
    hashers.map(|hasher| hasher.finish())
}

/// Values that are hashed together.
const CHUNK: usize = 1024;

/// By their digest: every frame of the window asks.
impl PartialEq for GivenWeights {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || (self.digest == other.digest && self.label == other.label)
    }
}

impl Eq for GivenWeights {}

/// Without the numbers, which are millions.
impl fmt::Debug for GivenWeights {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shapes: Vec<_> = self.kernels.iter().map(ArcArray2::dim).collect();
        let Self { label, biases, digest, .. } = self;
        let mut debug = formatter.debug_struct("GivenWeights");
        debug.field("label", label).field("kernels", &shapes).field("has_biases", &biases.is_some());
        debug.field("digest", digest).finish_non_exhaustive()
    }
}

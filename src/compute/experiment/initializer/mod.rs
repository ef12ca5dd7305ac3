//! The laws weights are drawn from, under their names in Keras and PyTorch, with their parameters.

mod choices;
mod code;
mod parameters;
mod text;

pub use choices::{Choice, Distribution, Mode, Nonlinearity};
pub use parameters::{Meaning, Parameter, Range, Value};
pub use text::UnreadableInitializer;

/// The law a weight matrix is drawn from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Initializer {
    /// W ~ N(mean, sigma²). Keras: `RandomNormal(mean, stddev)`.
    RandomNormal {
        /// Mean of a weight.
        mean: f64,
        /// Standard deviation of a weight.
        sigma: f64,
    },
    /// W ~ U(minval, maxval). Keras: `RandomUniform(minval, maxval)`.
    RandomUniform {
        /// Lower limit.
        minval: f64,
        /// Upper limit.
        maxval: f64,
    },
    /// W ~ N(mean, sigma²), values beyond two sigma drawn again, the variance not corrected for it.
    /// Keras: `TruncatedNormal(mean, stddev)`.
    TruncatedNormal {
        /// Mean of a weight.
        mean: f64,
        /// Standard deviation before the cut.
        sigma: f64,
    },
    /// All weights 0.
    Zeros,
    /// All weights 1.
    Ones,
    /// All weights the same.
    Constant {
        /// Their value.
        value: f64,
    },
    /// The gain on the diagonal, 0 elsewhere.
    Identity {
        /// The diagonal's value.
        gain: f64,
    },
    /// Orthonormal rows or columns, whichever are fewer, times the gain (Saxe et al. 2013).
    Orthogonal {
        /// Factor on every weight.
        gain: f64,
    },
    /// Variance scale / n. Keras: `VarianceScaling(scale, mode, distribution)`.
    VarianceScaling {
        /// The numerator of the variance.
        scale: f64,
        /// What n counts.
        mode: Mode,
        /// The shape of the law.
        distribution: Distribution,
    },
    /// Truncated normal of variance 2 / (fan_in + fan_out) (Glorot and Bengio 2010). Keras: `GlorotNormal()`.
    GlorotNormal {
        /// Factor on every weight; Keras has 1.
        gain: f64,
    },
    /// Uniform of variance 2 / (fan_in + fan_out) (Glorot and Bengio 2010). Keras: `GlorotUniform()`, Dense's default.
    GlorotUniform {
        /// Factor on every weight; Keras has 1.
        gain: f64,
    },
    /// Truncated normal of variance 2 / fan_in (He et al. 2015). Keras: `HeNormal()`.
    HeNormal {
        /// Factor on every weight; Keras has 1.
        gain: f64,
    },
    /// Uniform of variance 2 / fan_in (He et al. 2015). Keras: `HeUniform()`.
    HeUniform {
        /// Factor on every weight; Keras has 1.
        gain: f64,
    },
    /// Truncated normal of variance 1 / fan_in (LeCun et al. 1998). Keras: `LecunNormal()`.
    LecunNormal {
        /// Factor on every weight; Keras has 1.
        gain: f64,
    },
    /// Uniform of variance 1 / fan_in (LeCun et al. 1998). Keras: `LecunUniform()`.
    LecunUniform {
        /// Factor on every weight; Keras has 1.
        gain: f64,
    },
    /// Normal, not truncated, of variance gain² 2 / (fan_in + fan_out). PyTorch: `xavier_normal_`.
    XavierNormal {
        /// Factor on every weight.
        gain: f64,
    },
    /// Uniform of variance gain² 2 / (fan_in + fan_out). PyTorch: `xavier_uniform_`.
    XavierUniform {
        /// Factor on every weight.
        gain: f64,
    },
    /// Normal, not truncated, of variance gain² / fan. PyTorch: `kaiming_normal_`.
    KaimingNormal {
        /// Slope of the leaky relu that the gain is for; no other nonlinearity has one.
        a: f64,
        /// What fan counts.
        mode: Mode,
        /// What the gain is for.
        nonlinearity: Nonlinearity,
    },
    /// Uniform of variance gain² / fan. PyTorch: `kaiming_uniform_`.
    KaimingUniform {
        /// Slope of the leaky relu that the gain is for; no other nonlinearity has one.
        a: f64,
        /// What fan counts.
        mode: Mode,
        /// What the gain is for.
        nonlinearity: Nonlinearity,
    },
    /// W ~ N(mean, sigma²) between absolute bounds, the variance not corrected. PyTorch: `trunc_normal_`.
    TruncNormal {
        /// Mean before the cut.
        mean: f64,
        /// Standard deviation before the cut.
        sigma: f64,
        /// Lower bound.
        a: f64,
        /// Upper bound.
        b: f64,
    },
    /// W ~ N(0, sigma²), and for every input unit a share of its outgoing weights, rounded up, set to 0 (Martens 2010).
    /// PyTorch: `sparse_`, whose columns are our rows: its matrices are [out, in].
    Sparse {
        /// The share of zeros.
        sparsity: f64,
        /// Standard deviation of the others.
        sigma: f64,
    },
    /// Weights and biases ~ U(±1 / sqrt(fan_in)). PyTorch: what `nn.Linear` does by itself.
    TorchLinearDefault,
    /// Randomized asymmetric initialization (Lu, Shin, Su and Karniadakis 2019, arXiv 1903.06733): a unit's weights and its
    /// bias ~ N(0, 0.6007² / fan_in), and one of these fan_in + 1, chosen at random, ~ Beta(2, 1).
    Rai,
    /// Layer-sequential unit-variance initialization (Mishkin and Matas 2015, arXiv 1511.06422): orthonormal kernels, each
    /// divided by the standard deviation of its pre-activations on the first 1,000 images.
    Lsuv,
}

/// Whose an initializer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In `keras.initializers`.
    Keras,
    /// In `torch.nn.init`, or what `torch.nn.Linear` does.
    PyTorch,
    /// In neither.
    Beyond,
}

impl Origin {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Keras, Self::PyTorch, Self::Beyond];

    /// A heading.
    pub fn name(self) -> &'static str {
        match self {
            Self::Keras => "Keras",
            Self::PyTorch => "PyTorch",
            Self::Beyond => "Beyond",
        }
    }
}

impl Initializer {
    /// Each initializer with its framework's defaults, in the order they are offered.
    pub const ALL: [Self; 24] = [
        Self::RandomNormal { mean: 0.0, sigma: 0.05 },
        Self::RandomUniform { minval: -0.05, maxval: 0.05 },
        Self::TruncatedNormal { mean: 0.0, sigma: 0.05 },
        Self::GlorotNormal { gain: 1.0 },
        Self::GlorotUniform { gain: 1.0 },
        Self::HeNormal { gain: 1.0 },
        Self::HeUniform { gain: 1.0 },
        Self::LecunNormal { gain: 1.0 },
        Self::LecunUniform { gain: 1.0 },
        Self::VarianceScaling { scale: 1.0, mode: Mode::FanIn, distribution: Distribution::TruncatedNormal },
        Self::Orthogonal { gain: 1.0 },
        Self::Identity { gain: 1.0 },
        Self::Zeros,
        Self::Ones,
        Self::Constant { value: 0.0 },
        Self::XavierNormal { gain: 1.0 },
        Self::XavierUniform { gain: 1.0 },
        Self::KaimingNormal { a: 0.0, mode: Mode::FanIn, nonlinearity: Nonlinearity::LeakyRelu },
        Self::KaimingUniform { a: 0.0, mode: Mode::FanIn, nonlinearity: Nonlinearity::LeakyRelu },
        Self::TruncNormal { mean: 0.0, sigma: 1.0, a: -2.0, b: 2.0 },
        Self::Sparse { sparsity: 0.1, sigma: 0.01 },
        Self::TorchLinearDefault,
        Self::Rai,
        Self::Lsuv,
    ];

    /// The name on the command line, in files and in the window.
    pub fn name(self) -> &'static str {
        match self {
            Self::RandomNormal { .. } => "random_normal",
            Self::RandomUniform { .. } => "random_uniform",
            Self::TruncatedNormal { .. } => "truncated_normal",
            Self::Zeros => "zeros",
            Self::Ones => "ones",
            Self::Constant { .. } => "constant",
            Self::Identity { .. } => "identity",
            Self::Orthogonal { .. } => "orthogonal",
            Self::VarianceScaling { .. } => "variance_scaling",
            Self::GlorotNormal { .. } => "glorot_normal",
            Self::GlorotUniform { .. } => "glorot_uniform",
            Self::HeNormal { .. } => "he_normal",
            Self::HeUniform { .. } => "he_uniform",
            Self::LecunNormal { .. } => "lecun_normal",
            Self::LecunUniform { .. } => "lecun_uniform",
            Self::XavierNormal { .. } => "xavier_normal",
            Self::XavierUniform { .. } => "xavier_uniform",
            Self::KaimingNormal { .. } => "kaiming_normal",
            Self::KaimingUniform { .. } => "kaiming_uniform",
            Self::TruncNormal { .. } => "trunc_normal",
            Self::Sparse { .. } => "sparse",
            Self::TorchLinearDefault => "torch_linear_default",
            Self::Rai => "rai",
            Self::Lsuv => "lsuv",
        }
    }

    /// Whose it is; what both frameworks have is listed as Keras's.
    pub fn origin(self) -> Origin {
        match self {
            Self::XavierNormal { .. }
            | Self::XavierUniform { .. }
            | Self::KaimingNormal { .. }
            | Self::KaimingUniform { .. }
            | Self::TruncNormal { .. }
            | Self::Sparse { .. }
            | Self::TorchLinearDefault => Origin::PyTorch,
            Self::Rai | Self::Lsuv => Origin::Beyond,
            Self::RandomNormal { .. }
            | Self::RandomUniform { .. }
            | Self::TruncatedNormal { .. }
            | Self::Zeros
            | Self::Ones
            | Self::Constant { .. }
            | Self::Identity { .. }
            | Self::Orthogonal { .. }
            | Self::VarianceScaling { .. }
            | Self::GlorotNormal { .. }
            | Self::GlorotUniform { .. }
            | Self::HeNormal { .. }
            | Self::HeUniform { .. }
            | Self::LecunNormal { .. }
            | Self::LecunUniform { .. } => Origin::Keras,
        }
    }

    /// Whether it sets the biases too, so that the experiment's own do not apply.
    pub fn sets_biases(self) -> bool {
        matches!(self, Self::TorchLinearDefault | Self::Rai)
    }

    /// Whether the weights depend on the images, by their first 1,000.
    pub fn looks_at_data(self) -> bool {
        matches!(self, Self::Lsuv)
    }

    /// The same law with the framework's defaults.
    #[must_use]
    pub fn with_defaults(self) -> Self {
        Self::ALL.into_iter().find(|known| known.name() == self.name()).unwrap_or(self)
    }
}

use crate::experiment::{Activation, SELU_DEPTH};

impl Activation {
    /// The greatest |phi'(z)| of all z: no layer multiplies a gradient by more, but for its weights.
    pub fn steepest(self) -> f64 {
        match self {
            Self::Sigmoid => 0.25,
            Self::HardSigmoid => 1.0 / 6.0,
            Self::Linear
            | Self::Tanh
            | Self::HardTanh
            | Self::Softsign
            | Self::Relu
            | Self::Relu6
            | Self::Celu { .. }
            | Self::Softplus => 1.0,
            Self::LeakyRelu { slope: below } | Self::Elu { alpha: below } => below.max(1.0),
            // Just below 0.
            Self::Selu { .. } => SELU_DEPTH,
            // At z = sqrt(2): Phi(z) + z exp(-z^2 / 2) / sqrt(2 pi).
            Self::Gelu => 1.128_904_145_185_155,
            // The others by golden section: at 1.4185, 2.3994, 1.4906.
            Self::GeluTanh => 1.128_993_068_658_772,
            Self::Silu => 1.099_839_320_128_867,
            Self::Mish => 1.088_498_161_251_728,
            // At 3, before it is z itself.
            Self::HardSwish => 1.5,
        }
    }
}

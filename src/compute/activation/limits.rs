use crate::experiment::{Activation, SELU_DEPTH};

/// The bounds an activation's output cannot leave. A value exactly at a bound is one that saturated in f32, or was cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Greatest lower bound, if there is one. Where it is a minimum at which the function turns, it is the f32 just below:
    /// outputs near a minimum are many, but they are no point mass.
    pub lower: Option<f32>,
    /// Least upper bound, if there is one.
    pub upper: Option<f32>,
}

impl Limits {
    /// Both limits, of an activation that saturates on both sides.
    pub fn bounded(self) -> Option<(f32, f32)> {
        self.lower.zip(self.upper)
    }
}

impl Activation {
    /// The bounds of the output.
    pub fn limits(self) -> Limits {
        let between = |lower, upper| Limits { lower: Some(lower), upper: Some(upper) };
        let above = |lower| Limits { lower: Some(lower), upper: None };
        let turning = |minimum: f64| above((minimum as f32).next_down());
        match self {
            Self::Linear => Limits { lower: None, upper: None },
            Self::LeakyRelu { slope } if slope > 0.0 => Limits { lower: None, upper: None },
            Self::Sigmoid | Self::HardSigmoid => between(0.0, 1.0),
            Self::Tanh | Self::HardTanh | Self::Softsign => between(-1.0, 1.0),
            Self::Relu6 => between(0.0, 6.0),
            Self::Relu | Self::LeakyRelu { .. } | Self::Softplus => above(0.0),
            // Not -0.
            Self::Elu { alpha } | Self::Celu { alpha } => above((0.0 - alpha) as f32),
            Self::Selu { .. } => above(-SELU_DEPTH as f32),
            Self::Gelu => turning(-0.169_971_207_479_903_66),
            Self::GeluTanh => turning(-0.170_040_750_571_254_05),
            Self::Silu => turning(-0.278_464_542_761_073_8),
            Self::HardSwish => turning(-0.375),
            Self::Mish => turning(-0.308_843_413_017_250_4),
        }
    }

    /// Whether it falls to zero like an exponential, so that moderate pre-activations have subnormal outputs.
    pub(crate) fn fades(self) -> bool {
        matches!(self, Self::Sigmoid | Self::Gelu | Self::GeluTanh | Self::Silu | Self::Mish | Self::Softplus)
    }

    /// Outputs between the [limits](Self::limits) at which their density jumps, from the least: where phi has a kink, and zero
    /// where far pre-activations end up near it on one side. elu and celu bend so sharply where alpha is small that it is
    /// the same.
    pub fn jumps(self) -> &'static [f32] {
        // relu by another name, and the identity.
        if matches!(self, Self::LeakyRelu { slope: 0.0 | 1.0 } | Self::Elu { alpha: 0.0 }) {
            return &[];
        }
        match self {
            Self::LeakyRelu { .. }
            | Self::Elu { .. }
            | Self::Selu { .. }
            | Self::Celu { .. }
            | Self::Gelu
            | Self::GeluTanh
            | Self::Silu
            | Self::Mish => &[0.0],
            Self::HardSwish => &[0.0, 3.0],
            Self::Linear
            | Self::Sigmoid
            | Self::HardSigmoid
            | Self::Tanh
            | Self::HardTanh
            | Self::Softsign
            | Self::Relu
            | Self::Relu6
            | Self::Softplus => &[],
        }
    }
}

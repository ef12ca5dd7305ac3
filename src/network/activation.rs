use super::smooth;
use crate::experiment::{Activation, AtZero, SELU_DEPTH, SELU_SCALE};

/// How near to a limit an output of a bounded activation counts as saturated: |tanh| > 0.97, sigmoid outside 0.03 to 0.97.
pub const SATURATION_MARGIN: f32 = 0.03;

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

    /// Replaces pre-activations z by outputs phi(z). An infinite z gives the limit, NaN stays NaN.
    pub fn apply(self, values: &mut [f32]) {
        match self {
            Self::Linear => {}
            Self::Sigmoid => values.iter_mut().for_each(|value| {
                // Further down exp(-z) overflows where the output is not yet zero, and 1 + exp(z) is 1.
                *value = if *value > -80.0 { 1.0 / (1.0 + (-*value).exp()) } else { value.exp() };
            }),
            Self::HardSigmoid => replace(values, |z| (z + 3.0).clamp(0.0, 6.0) / 6.0),
            Self::Tanh => values.iter_mut().for_each(|value| *value = value.tanh()),
            Self::HardTanh => values.iter_mut().for_each(|value| *value = value.clamp(-1.0, 1.0)),
            Self::Softsign => replace(values, |z| {
                let z = z.clamp(f64::MIN, f64::MAX);
                z / (1.0 + z.abs())
            }),
            // Without a slope, too: 0 x infinity is no number.
            Self::Relu | Self::LeakyRelu { slope: 0.0 } | Self::Elu { alpha: 0.0 } => relu(values),
            Self::Relu6 => values.iter_mut().for_each(|value| *value = value.clamp(0.0, 6.0)),
            Self::LeakyRelu { slope } => replace(values, |z| if z > 0.0 { z } else { slope * z }),
            Self::Elu { alpha } => replace(values, |z| if z > 0.0 { z } else { alpha * z.exp_m1() }),
            Self::Selu { .. } => replace(values, |z| if z > 0.0 { SELU_SCALE * z } else { SELU_DEPTH * z.exp_m1() }),
            Self::Celu { alpha } => replace(values, |z| if z > 0.0 { z } else { alpha * (z / alpha).exp_m1() }),
            Self::Gelu => replace(values, smooth::gelu),
            Self::GeluTanh => replace(values, smooth::gelu_tanh),
            Self::Silu => replace(values, smooth::silu),
            Self::HardSwish => replace(values, |z| if z <= -3.0 { 0.0 } else { z * (z + 3.0).min(6.0) / 6.0 }),
            Self::Mish => replace(values, smooth::mish),
            Self::Softplus => replace(values, smooth::softplus),
        }
    }

    /// The derivatives phi'(z) of pre-activations; NaN stays NaN. At kinks as [`Activation`] says.
    pub fn derivative(self, z: &[f32], slopes: &mut [f32]) {
        match self {
            Self::Linear => map(z, slopes, |z| if z.is_nan() { z } else { 1.0 }),
            Self::Sigmoid => map(z, slopes, smooth::sigmoid_slope),
            Self::HardSigmoid => map(z, slopes, |z| step(z, z > -3.0 && z < 3.0, 1.0 / 6.0)),
            Self::Tanh => map(z, slopes, |z| 4.0 * smooth::sigmoid_slope(2.0 * z)),
            Self::HardTanh => map(z, slopes, |z| step(z, z > -1.0 && z < 1.0, 1.0)),
            Self::Softsign => map(z, slopes, |z| (1.0 + z.abs()).powi(-2)),
            Self::Relu | Self::LeakyRelu { slope: 0.0 } | Self::Elu { alpha: 0.0 } => {
                map(z, slopes, |z| step(z, z > 0.0, 1.0));
            }
            Self::Relu6 => map(z, slopes, |z| step(z, z > 0.0 && z < 6.0, 1.0)),
            Self::LeakyRelu { slope } => map(z, slopes, |z| if z <= 0.0 { slope } else { step(z, z > 0.0, 1.0) }),
            Self::Elu { alpha } => map(z, slopes, |z| if z > 0.0 { 1.0 } else { alpha * z.exp() }),
            Self::Selu { at_zero } => map(z, slopes, |z| {
                let above = z > 0.0 || (z == 0.0 && at_zero == AtZero::Above);
                if above { SELU_SCALE } else { SELU_DEPTH * z.exp() }
            }),
            Self::Celu { alpha } => map(z, slopes, |z| if z > 0.0 { 1.0 } else { (z / alpha).exp() }),
            Self::Gelu => map(z, slopes, smooth::gelu_slope),
            Self::GeluTanh => map(z, slopes, smooth::gelu_tanh_slope),
            Self::Silu => map(z, slopes, smooth::silu_slope),
            Self::HardSwish => map(z, slopes, |z| match z {
                z if z <= -3.0 => 0.0,
                z if z >= 3.0 => 1.0,
                z => z / 3.0 + 0.5,
            }),
            Self::Mish => map(z, slopes, smooth::mish_slope),
            Self::Softplus => map(z, slopes, smooth::sigmoid),
        }
    }
}

fn relu(values: &mut [f32]) {
    // `f32::max` would turn NaN into 0.
    values.iter_mut().for_each(|value| *value = if *value <= 0.0 { 0.0 } else { *value });
}

/// In f64, where f32 would cancel or underflow too early.
fn replace(values: &mut [f32], f: impl Fn(f64) -> f64) {
    values.iter_mut().for_each(|value| *value = f(f64::from(*value)) as f32);
}

fn map(z: &[f32], slopes: &mut [f32], f: impl Fn(f64) -> f64) {
    slopes.iter_mut().zip(z).for_each(|(slope, &z)| *slope = f(f64::from(z)) as f32);
}

/// `height` where `inside`, else 0; NaN where z is.
fn step(z: f64, inside: bool, height: f64) -> f64 {
    if inside {
        height
    } else if z.is_nan() {
        z
    } else {
        0.0
    }
}

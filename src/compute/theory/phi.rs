//! Activations in f64, with their derivative: each a function z -> (phi(z), phi'(z)). They are finite for finite z and
//! accurate to a few units in the last place; at a kink the derivative is that of the left side, which no expectation
//! sees.

use super::ramps::{self, PairMeans};
use crate::activation::smooth;
use crate::experiment::{Activation, AtZero, SELU_SCALE};
use crate::numeric::Plain;

/// An activation as the theory needs it.
pub trait Phi {
    /// (phi(z), phi'(z)).
    fn at(&self, z: f64) -> (f64, f64);

    /// Where phi or its derivatives jump, or turn within less than 1; 0 need not be named. Integrals are split there.
    fn kinks(&self) -> Vec<f64> {
        Vec::new()
    }

    /// Means over u, v ~ N(0, variance) of a correlation, where they are known in closed form.
    fn pair_means(&self, _variance: f64, _correlation: f64) -> Option<PairMeans> {
        None
    }
}

impl Phi for Activation {
    fn at(&self, z: f64) -> (f64, f64) {
        match self {
            Self::Linear => linear(z),
            Self::Sigmoid => sigmoid(z),
            Self::HardSigmoid => hard_sigmoid(z),
            Self::Tanh => tanh(z),
            Self::HardTanh => hard_tanh(z),
            Self::Softsign => softsign(z),
            Self::Relu => relu(z),
            Self::Relu6 => relu6(z),
            Self::LeakyRelu { slope } => leaky_relu(z, *slope),
            Self::Elu { alpha } => elu(z, *alpha),
            Self::Selu { at_zero: AtZero::Above } if z == 0.0 => (0.0, SELU_SCALE),
            Self::Selu { .. } => selu(z),
            Self::Celu { alpha } => celu(z, *alpha),
            Self::Gelu => gelu(z),
            Self::GeluTanh => gelu_tanh(z),
            Self::Silu => silu(z),
            Self::HardSwish => hard_swish(z),
            Self::Mish => mish(z),
            Self::Softplus => softplus(z),
        }
    }

    fn kinks(&self) -> Vec<f64> {
        match self {
            Self::HardSigmoid | Self::HardSwish => HARD_SIGMOID_KINKS.to_vec(),
            Self::HardTanh => HARD_TANH_KINKS.to_vec(),
            Self::Relu6 => RELU6_KINKS.to_vec(),
            Self::Celu { alpha } => celu_kinks(*alpha),
            Self::Linear
            | Self::Sigmoid
            | Self::Tanh
            | Self::Softsign
            | Self::Relu
            | Self::LeakyRelu { .. }
            | Self::Elu { .. }
            | Self::Selu { .. }
            | Self::Gelu
            | Self::GeluTanh
            | Self::Silu
            | Self::Mish
            | Self::Softplus => Vec::new(),
        }
    }

    fn pair_means(&self, variance: f64, correlation: f64) -> Option<PairMeans> {
        let slope = match self {
            Self::Linear => 1.0,
            Self::Relu => 0.0,
            Self::LeakyRelu { slope } => *slope,
            _ => return None,
        };
        Some(ramps::of_ramp(slope, variance, correlation))
    }
}

/// Any function z -> (phi(z), phi'(z)) with its kinks.
pub struct Function<F> {
    /// z -> (phi(z), phi'(z)).
    pub at: F,
    /// See [`Phi::kinks`].
    pub kinks: Vec<f64>,
}

impl<F: Fn(f64) -> (f64, f64)> Phi for Function<F> {
    fn at(&self, z: f64) -> (f64, f64) {
        (self.at)(z)
    }

    fn kinks(&self) -> Vec<f64> {
        self.kinks.clone()
    }
}

/// z
pub fn linear(z: f64) -> (f64, f64) {
    (z, 1.0)
}

/// 1 / (1 + exp(-z))
pub fn sigmoid(z: f64) -> (f64, f64) {
    (smooth::sigmoid::<Plain>(z), smooth::sigmoid_slope::<Plain>(z))
}

/// max(0, min(1, z / 6 + 1 / 2)), as Keras 3 and PyTorch have it; kinks at [`HARD_SIGMOID_KINKS`].
pub fn hard_sigmoid(z: f64) -> (f64, f64) {
    ((z / 6.0 + 0.5).clamp(0.0, 1.0), inside(z, -3.0, 3.0) / 6.0)
}

/// Kinks of [`hard_sigmoid`] and [`hard_swish`].
pub const HARD_SIGMOID_KINKS: [f64; 2] = [-3.0, 3.0];

/// tanh(z)
pub fn tanh(z: f64) -> (f64, f64) {
    let small = (-2.0 * z.abs()).exp();
    (z.tanh(), 4.0 * small / (1.0 + small).powi(2))
}

/// max(-1, min(1, z)); kinks at [`HARD_TANH_KINKS`].
pub fn hard_tanh(z: f64) -> (f64, f64) {
    (z.clamp(-1.0, 1.0), inside(z, -1.0, 1.0))
}

/// Kinks of [`hard_tanh`].
pub const HARD_TANH_KINKS: [f64; 2] = [-1.0, 1.0];

/// z / (1 + |z|)
pub fn softsign(z: f64) -> (f64, f64) {
    let over = 1.0 / (1.0 + z.abs());
    (z * over, over * over)
}

/// max(z, 0)
pub fn relu(z: f64) -> (f64, f64) {
    leaky_relu(z, 0.0)
}

/// min(max(z, 0), 6); kinks at [`RELU6_KINKS`].
pub fn relu6(z: f64) -> (f64, f64) {
    (z.clamp(0.0, 6.0), inside(z, 0.0, 6.0))
}

/// Kinks of [`relu6`], beside 0.
pub const RELU6_KINKS: [f64; 1] = [6.0];

/// z for z > 0, slope z otherwise
pub fn leaky_relu(z: f64, slope: f64) -> (f64, f64) {
    if z > 0.0 { (z, 1.0) } else { (slope * z, slope) }
}

/// z for z > 0, alpha (exp(z) - 1) otherwise
pub fn elu(z: f64, alpha: f64) -> (f64, f64) {
    if z > 0.0 { (z, 1.0) } else { (alpha * z.exp_m1(), alpha * z.exp()) }
}

/// scale elu(z, alpha) with the two constants of Klambauer et al. 2017
pub fn selu(z: f64) -> (f64, f64) {
    const SCALE: f64 = 1.050_700_987_355_480_5;
    const ALPHA: f64 = 1.673_263_242_354_377_2;
    let (value, slope) = elu(z, ALPHA);
    (SCALE * value, SCALE * slope)
}

/// z for z > 0, alpha (exp(z / alpha) - 1) otherwise; turns at [`celu_kinks`].
pub fn celu(z: f64, alpha: f64) -> (f64, f64) {
    if z > 0.0 { (z, 1.0) } else { (alpha * (z / alpha).exp_m1(), (z / alpha).exp()) }
}

/// Where [`celu`] turns: its left side decays within alpha.
pub fn celu_kinks(alpha: f64) -> Vec<f64> {
    [2.0, 4.0, 8.0, 16.0, 32.0].iter().map(|times| -times * alpha).collect()
}

/// z Phi(z), Phi the distribution function of N(0, 1)
pub fn gelu(z: f64) -> (f64, f64) {
    smooth::gelu_and_slope::<Plain>(z)
}

/// z (1 + tanh(sqrt(2 / pi) (z + 0.044715 z^3))) / 2
pub fn gelu_tanh(z: f64) -> (f64, f64) {
    (smooth::gelu_tanh::<Plain>(z), smooth::gelu_tanh_slope::<Plain>(z))
}

/// z sigmoid(z)
pub fn silu(z: f64) -> (f64, f64) {
    (smooth::silu::<Plain>(z), smooth::silu_slope::<Plain>(z))
}

/// z hard_sigmoid(z); kinks at [`HARD_SIGMOID_KINKS`].
pub fn hard_swish(z: f64) -> (f64, f64) {
    let (share, slope) = hard_sigmoid(z);
    (z * share, share + z * slope)
}

/// z tanh(softplus(z))
pub fn mish(z: f64) -> (f64, f64) {
    (smooth::mish::<Plain>(z), smooth::mish_slope::<Plain>(z))
}

/// ln(1 + exp(z))
pub fn softplus(z: f64) -> (f64, f64) {
    (smooth::softplus::<Plain>(z), smooth::sigmoid::<Plain>(z))
}

/// 1 within the bounds, 0 outside.
fn inside(z: f64, lower: f64, upper: f64) -> f64 {
    if z > lower && z <= upper { 1.0 } else { 0.0 }
}

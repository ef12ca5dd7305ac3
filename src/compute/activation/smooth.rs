//! Activations without kinks and their derivatives, in f64, and so that nothing cancels or overflows for any f32.

use std::f64::consts::{FRAC_2_SQRT_PI, PI, SQRT_2};

use crate::numeric::Arithmetic;
use crate::numeric::elementary::{exp, ln_1p, normal_cdf};

/// Beyond this every one of these functions is its limit, exactly; a product of zero and infinity is not met within.
const FAR: f64 = 1e3;

/// 1 / (1 + exp(-z))
#[inline(always)]
pub fn sigmoid<A: Arithmetic>(z: f64) -> f64 {
    let decay = exp::<A>(-z.abs());
    let above = if z < 0.0 { decay } else { 1.0 };
    above / (1.0 + decay)
}

/// sigmoid(z) (1 - sigmoid(z))
#[inline(always)]
pub fn sigmoid_slope<A: Arithmetic>(z: f64) -> f64 {
    let decay = exp::<A>(-z.abs());
    decay / ((1.0 + decay) * (1.0 + decay))
}

/// z Phi(z)
#[inline(always)]
pub fn gelu<A: Arithmetic>(z: f64) -> f64 {
    let z = from_far(z);
    z * normal_cdf::<A>(z)
}

/// Phi(z) + z Phi'(z)
#[inline(always)]
pub fn gelu_slope<A: Arithmetic>(z: f64) -> f64 {
    gelu_and_slope::<A>(z).1
}

/// Both, at once.
#[inline(always)]
pub fn gelu_and_slope<A: Arithmetic>(z: f64) -> (f64, f64) {
    let near = z.clamp(-FAR, FAR);
    let share = normal_cdf::<A>(near);
    (from_far(z) * share, share + near * exp::<A>(-0.5 * near * near) / (2.0 * PI).sqrt())
}

/// z sigmoid(2 u(z)), which is z (1 + tanh(u)) / 2 without its cancellation.
#[inline(always)]
pub fn gelu_tanh<A: Arithmetic>(z: f64) -> f64 {
    let z = from_far(z);
    z * sigmoid::<A>(2.0 * cubic(z).0)
}

/// By the chain rule.
#[inline(always)]
pub fn gelu_tanh_slope<A: Arithmetic>(z: f64) -> f64 {
    let z = z.clamp(-FAR, FAR);
    let (u, slope) = cubic(z);
    sigmoid::<A>(2.0 * u) + z * 2.0 * slope * sigmoid_slope::<A>(2.0 * u)
}

/// z sigmoid(z)
#[inline(always)]
pub fn silu<A: Arithmetic>(z: f64) -> f64 {
    let z = from_far(z);
    z * sigmoid::<A>(z)
}

/// sigmoid(z) + z sigmoid'(z)
#[inline(always)]
pub fn silu_slope<A: Arithmetic>(z: f64) -> f64 {
    let z = z.clamp(-FAR, FAR);
    sigmoid::<A>(z) + z * sigmoid_slope::<A>(z)
}

/// z tanh(ln(1 + exp(z))), which is z times a quotient of exponentials.
#[inline(always)]
pub fn mish<A: Arithmetic>(z: f64) -> f64 {
    let z = from_far(z);
    z * tanh_of_softplus::<A>(z).0
}

/// By the product rule.
#[inline(always)]
pub fn mish_slope<A: Arithmetic>(z: f64) -> f64 {
    let z = z.clamp(-FAR, FAR);
    let (value, slope) = tanh_of_softplus::<A>(z);
    value + z * slope
}

/// ln(1 + exp(z))
#[inline(always)]
pub fn softplus<A: Arithmetic>(z: f64) -> f64 {
    // Written so that NaN stays NaN.
    let linear = if z < 0.0 { 0.0 } else { z };
    linear + ln_1p::<A>(exp::<A>(-z.abs()))
}

/// sqrt(2 / pi) (z + 0.044715 z^3) and its derivative.
#[inline(always)]
fn cubic(z: f64) -> (f64, f64) {
    const FACTOR: f64 = FRAC_2_SQRT_PI / SQRT_2;
    const CUBIC: f64 = 0.044_715;
    (FACTOR * (z + CUBIC * z * z * z), FACTOR * (1.0 + 3.0 * CUBIC * z * z))
}

/// tanh(softplus(z)) and its derivative: with w = exp(z), ((1 + w)^2 - 1) / ((1 + w)^2 + 1).
#[inline(always)]
fn tanh_of_softplus<A: Arithmetic>(z: f64) -> (f64, f64) {
    let decay = exp::<A>(-z.abs());
    if z < 0.0 {
        let above = decay * (decay + 2.0);
        let below = above + 2.0;
        (above / below, 4.0 * decay * (decay + 1.0) / (below * below))
    } else {
        let above = 1.0 + 2.0 * decay;
        let below = above + 2.0 * decay * decay;
        (above / below, 4.0 * decay * decay * (decay + 1.0) / (below * below))
    }
}

/// Minus infinity would be multiplied by zero.
#[inline(always)]
fn from_far(z: f64) -> f64 {
    z.clamp(-FAR, f64::INFINITY)
}

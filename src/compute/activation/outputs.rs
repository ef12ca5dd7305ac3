use super::smooth;
use crate::experiment::{Activation, AtZero, SELU_DEPTH, SELU_SCALE};
use crate::numeric::elementary::{exp, exp_m1, exp_m1_f32, exp_of_negative, exp_of_negative_times};
use crate::numeric::{Arithmetic, Level, Work};

impl Activation {
    /// Replaces pre-activations z by outputs phi(z). An infinite z gives the limit, NaN stays NaN.
    pub fn apply(self, values: &mut [f32]) {
        self.apply_at(Level::best(), values);
    }

    /// The derivatives phi'(z) of pre-activations; NaN stays NaN. At kinks as [`Activation`] says.
    pub fn derivative(self, z: &[f32], slopes: &mut [f32]) {
        self.derivative_at(Level::best(), z, slopes);
    }

    /// [`apply`](Self::apply) as compiled for a level.
    pub fn apply_at(self, level: Level, values: &mut [f32]) {
        level.run(Outputs(self, values));
    }

    /// [`derivative`](Self::derivative) as compiled for a level.
    pub fn derivative_at(self, level: Level, z: &[f32], slopes: &mut [f32]) {
        let count = z.len().min(slopes.len());
        slopes[..count].copy_from_slice(&z[..count]);
        level.run(Slopes(self, slopes));
    }
}

/// Values that become phi of them.
struct Outputs<'a>(Activation, &'a mut [f32]);

/// Values that become phi' of them.
struct Slopes<'a>(Activation, &'a mut [f32]);

impl Work for Outputs<'_> {
    type Output = ();

    #[inline(always)]
    fn run<A: Arithmetic>(self) {
        let Self(activation, values) = self;
        match activation {
            Activation::Linear => {}
            Activation::Sigmoid => replace(
                values,
                #[inline(always)]
                |z| sigmoid::<A>(z),
            ),
            Activation::HardSigmoid => replace(
                values,
                #[inline(always)]
                |z| (z + 3.0).clamp(0.0, 6.0) / 6.0,
            ),
            Activation::Tanh => replace(
                values,
                #[inline(always)]
                |z| tanh::<A>(z),
            ),
            Activation::HardTanh => replace(
                values,
                #[inline(always)]
                |z| z.clamp(-1.0, 1.0),
            ),
            Activation::Softsign => replace(
                values,
                #[inline(always)]
                |z| {
                    let z = z.clamp(f32::MIN, f32::MAX);
                    z / (1.0 + z.abs())
                },
            ),
            // Without a slope, too: 0 x infinity is no number. `f32::max` would turn NaN into 0.
            Activation::Relu
            | Activation::LeakyRelu { slope: 0.0 }
            | Activation::Elu { alpha: 0.0 }
            | Activation::Celu { alpha: 0.0 } => {
                replace(
                    values,
                    #[inline(always)]
                    |z| if z <= 0.0 { 0.0 } else { z },
                );
            }
            Activation::Relu6 => replace(
                values,
                #[inline(always)]
                |z| z.clamp(0.0, 6.0),
            ),
            Activation::LeakyRelu { slope } => {
                replace_in_f64(
                    values,
                    #[inline(always)]
                    |z| if z > 0.0 { z } else { slope * z },
                );
            }
            Activation::Elu { alpha } => {
                replace_in_f64(
                    values,
                    #[inline(always)]
                    |z| if z > 0.0 { z } else { alpha * exp_m1::<A>(z) },
                );
            }
            Activation::Selu { .. } => replace_in_f64(
                values,
                #[inline(always)]
                |z| {
                    if z > 0.0 { SELU_SCALE * z } else { SELU_DEPTH * exp_m1::<A>(z) }
                },
            ),
            Activation::Celu { alpha } => replace_in_f64(
                values,
                #[inline(always)]
                |z| {
                    if z > 0.0 { z } else { alpha * exp_m1::<A>(z / alpha) }
                },
            ),
            Activation::Gelu => replace_in_f64(
                values,
                #[inline(always)]
                |z| smooth::gelu::<A>(z),
            ),
            Activation::GeluTanh => replace_in_f64(
                values,
                #[inline(always)]
                |z| smooth::gelu_tanh::<A>(z),
            ),
            Activation::Silu => replace_in_f64(
                values,
                #[inline(always)]
                |z| smooth::silu::<A>(z),
            ),
            // -0 only where it is off, so that this can be told from zero.
            Activation::HardSwish => replace(
                values,
                #[inline(always)]
                |z| {
                    let inside = f64::from(z).clamp(-3.0, f64::INFINITY);
                    let output = (inside * (inside + 3.0).clamp(0.0, 6.0) / 6.0) as f32;
                    if z <= -3.0 { -0.0 } else { output + 0.0 }
                },
            ),
            Activation::Mish => replace_in_f64(
                values,
                #[inline(always)]
                |z| smooth::mish::<A>(z),
            ),
            Activation::Softplus => replace_in_f64(
                values,
                #[inline(always)]
                |z| smooth::softplus::<A>(z),
            ),
        }
    }
}

impl Work for Slopes<'_> {
    type Output = ();

    #[inline(always)]
    fn run<A: Arithmetic>(self) {
        let Self(activation, values) = self;
        match activation {
            Activation::Linear => replace(
                values,
                #[inline(always)]
                |z| step(z, true, 1.0),
            ),
            Activation::Sigmoid => replace(
                values,
                #[inline(always)]
                |z| sigmoid_slope::<A>(1.0, z),
            ),
            Activation::HardSigmoid => {
                replace(
                    values,
                    #[inline(always)]
                    |z| step(z, z > -3.0 && z < 3.0, 1.0 / 6.0),
                );
            }
            Activation::Tanh => {
                replace(
                    values,
                    #[inline(always)]
                    |z| sigmoid_slope::<A>(4.0, 2.0 * z),
                );
            }
            Activation::HardTanh => replace(
                values,
                #[inline(always)]
                |z| step(z, z > -1.0 && z < 1.0, 1.0),
            ),
            Activation::Softsign => replace(
                values,
                #[inline(always)]
                |z| {
                    let share = 1.0 / (1.0 + z.abs());
                    share * share
                },
            ),
            Activation::Relu
            | Activation::LeakyRelu { slope: 0.0 }
            | Activation::Elu { alpha: 0.0 }
            | Activation::Celu { alpha: 0.0 } => {
                replace(
                    values,
                    #[inline(always)]
                    |z| step(z, z > 0.0, 1.0),
                );
            }
            Activation::Relu6 => replace(
                values,
                #[inline(always)]
                |z| step(z, z > 0.0 && z < 6.0, 1.0),
            ),
            Activation::LeakyRelu { slope } => {
                let slope = slope as f32;
                replace(
                    values,
                    #[inline(always)]
                    |z| if z <= 0.0 { slope } else { step(z, true, 1.0) },
                );
            }
            Activation::Elu { alpha } => {
                replace_in_f64(
                    values,
                    #[inline(always)]
                    |z| if z > 0.0 { 1.0 } else { alpha * exp::<A>(z) },
                );
            }
            Activation::Selu { at_zero } => {
                let at_zero = match at_zero {
                    AtZero::Above => SELU_SCALE,
                    AtZero::Below => SELU_DEPTH,
                };
                replace_in_f64(
                    values,
                    #[inline(always)]
                    |z| {
                        let below = if z < 0.0 { SELU_DEPTH * exp::<A>(z) } else { at_zero + z };
                        if z > 0.0 { SELU_SCALE } else { below }
                    },
                );
            }
            Activation::Celu { alpha } => {
                replace_in_f64(
                    values,
                    #[inline(always)]
                    |z| if z > 0.0 { 1.0 } else { exp::<A>(z / alpha) },
                );
            }
            Activation::Gelu => replace_in_f64(
                values,
                #[inline(always)]
                |z| smooth::gelu_slope::<A>(z),
            ),
            Activation::GeluTanh => replace_in_f64(
                values,
                #[inline(always)]
                |z| smooth::gelu_tanh_slope::<A>(z),
            ),
            Activation::Silu => replace_in_f64(
                values,
                #[inline(always)]
                |z| smooth::silu_slope::<A>(z),
            ),
            Activation::HardSwish => replace_in_f64(
                values,
                #[inline(always)]
                |z| {
                    let inside = if z <= -3.0 { 0.0 } else { z / 3.0 + 0.5 };
                    if z >= 3.0 { 1.0 } else { inside }
                },
            ),
            Activation::Mish => replace_in_f64(
                values,
                #[inline(always)]
                |z| smooth::mish_slope::<A>(z),
            ),
            Activation::Softplus => replace_in_f64(
                values,
                #[inline(always)]
                |z| smooth::sigmoid::<A>(z),
            ),
        }
    }
}

/// In f32: no underflow before the output's own.
#[inline(always)]
fn sigmoid<A: Arithmetic>(z: f32) -> f32 {
    let decay = exp_of_negative::<A>(-z.abs());
    let above = if z < 0.0 { decay } else { 1.0 };
    above / (1.0 + decay)
}

/// In f32, likewise: factor sigmoid(z) (1 - sigmoid(z)).
#[inline(always)]
fn sigmoid_slope<A: Arithmetic>(factor: f32, z: f32) -> f32 {
    let above = 1.0 + exp_of_negative::<A>(-z.abs());
    exp_of_negative_times::<A>(factor, -z.abs()) / (above * above)
}

/// In f32, from exp(-2|z|) - 1, which does not cancel near zero.
#[inline(always)]
fn tanh<A: Arithmetic>(z: f32) -> f32 {
    // Further out it is 1.
    let below = exp_m1_f32::<A>(-2.0 * z.abs().clamp(0.0, 10.0));
    (-below / (2.0 + below)).copysign(z)
}

/// Numbers that become vectors together. In an array of their own, or the compiler would not dare.
const TOGETHER: usize = 64;

/// The rest goes the same way, so that a value's place among the others does not matter.
#[inline(always)]
fn replace(values: &mut [f32], f: impl Fn(f32) -> f32) {
    for values in values.chunks_mut(TOGETHER) {
        let mut together = [0.0; TOGETHER];
        together[..values.len()].copy_from_slice(values);
        for value in &mut together {
            *value = f(*value);
        }
        values.copy_from_slice(&together[..values.len()]);
    }
}

/// In f64, where f32 would cancel or underflow too early.
#[inline(always)]
fn replace_in_f64(values: &mut [f32], f: impl Fn(f64) -> f64) {
    replace(
        values,
        #[inline(always)]
        |value| f(f64::from(value)) as f32,
    );
}

/// `height` where `inside`, else 0; NaN where z is.
#[inline(always)]
fn step(z: f32, inside: bool, height: f32) -> f32 {
    let height = if inside { height } else { 0.0 };
    if z.is_nan() { z } else { height }
}

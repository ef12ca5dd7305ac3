use super::gaussian::{expect, expect_product};
use super::{Kernel, Phi};
use crate::experiment::FlatPieces;

/// What theory expects of a layer's units over some images.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StatesPrediction {
    /// Share of the units whose pre-activations all lie where phi is flat.
    pub dead: f64,
    /// Share of those that are positive for each, and not dead.
    pub always_on: f64,
}

impl StatesPrediction {
    /// No shares: for activations that are nowhere flat, whose units are never called either.
    pub const NONE: Self = Self { dead: 0.0, always_on: 0.0 };
}

/// Where an activation is positive, and where it is flat.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Regions {
    /// The pre-activation above which its output is positive.
    pub threshold: f64,
    /// Where its derivative is 0.
    pub flat: FlatPieces,
}

/// What the theory needs to know of images together: means over inputs of an image, over images and pairs of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Together {
    /// How many there are.
    pub images: usize,
    /// ||x||^2 / fan_in, its mean over images.
    pub mean_square: f64,
    /// x . y / fan_in, its mean over pairs of images: the square of the mean image.
    pub mean_product: f64,
}

/// Shares of dead and always-on units of every activated layer, for infinitely wide layers of independent weights of mean zero,
/// without biases.
///
/// The covariance of two images' pre-activations follows the same way as their variance (Poole et al. 2016): q' = sigma_w^2
/// E[phi(u)^2] and q' c' = sigma_w^2 E[phi(u) phi(v)] for u, v ~ N(0, q) with correlation c. Over the images a unit's
/// pre-activations are then N(m, q (1 - c)), where m ~ N(0, q c) is the unit's own. Taken as n independent draws, all of them are
/// at most t, where phi is flat up to t, with probability E_m[Phi((t - m) / sqrt(q (1 - c)))^n]; likewise with an upper flat
/// piece, and for all of them beyond where phi turns positive.
///
/// Approximate: images are not independent, nor equally bright; q and c are those of their means. n hardly matters, as the
/// greatest of n draws grows with sqrt(2 ln n). On MNIST, with He's normal and relu, means over seeds lie within 0.01 at width
/// 500 and depth 10, and within 0.06 at width 100 and depth 50, where single seeds spread by as much. Biases that shut layers
/// down leave the brightest images alone, which these means do not see: they are not covered.
pub fn predict_states(
    phi: &impl Phi,
    regions: Regions,
    kernels: &[Kernel],
    together: Together,
) -> Vec<StatesPrediction> {
    let Together { images, mut mean_square, mut mean_product } = together;
    let kinks = phi.kinks();
    let mut predictions = Vec::new();
    for kernel in kernels {
        let factor = kernel.weight_std.powi(2) * kernel.fan_in as f64;
        let (q, shared) = (factor * mean_square, factor * mean_product);
        if !kernel.activated {
            (mean_square, mean_product) = (q, shared);
            continue;
        }
        let correlation = if q > 0.0 { (shared / q).clamp(0.0, 1.0) } else { 1.0 };
        predictions.push(states(q, correlation, regions, images));
        let [square] = expect(0.0, q.sqrt(), &kinks, |z| [phi.at(z).0.powi(2)]);
        let product = expect_product(phi, q, correlation);
        (mean_square, mean_product) = (square, product.min(square));
    }
    predictions
}

/// Steps of the integral over units' means, in standard deviations, and its ends.
const STEP: f64 = 0.01;
const END: i32 = 800;

fn states(q: f64, correlation: f64, Regions { threshold, flat }: Regions, images: usize) -> StatesPrediction {
    let (own, within) = ((q * correlation).sqrt(), (q * (1.0 - correlation)).sqrt());
    let from = flat.from.unwrap_or(f64::INFINITY);
    let (mut dead, mut always_on, mut all) = (0.0, 0.0, 0.0);
    for step in -END..=END {
        let u = f64::from(step) * STEP;
        let weight = (-0.5 * u * u).exp();
        let mean = own * u;
        let (all_flat, all_on) = if within > 0.0 {
            let above = |z: f64| upper_tail((z - mean) / within);
            let below = |z: f64| upper_tail((mean - z) / within);
            let all_flat = unless(above(flat.up_to) - above(from), images);
            // Those that are positive and dead lie in the upper flat piece, all of them.
            (all_flat, unless(below(threshold), images) - unless(below(from), images))
        } else {
            // All images are one; what lies at the threshold is not above it.
            let is_flat = flat.contain(mean);
            (f64::from(u8::from(is_flat)), f64::from(u8::from(!is_flat && mean > threshold)))
        };
        all += weight;
        dead += weight * all_flat;
        always_on += weight * all_on;
    }
    StatesPrediction { dead: dead / all, always_on: always_on / all }
}

/// 1 - Phi(x)
fn upper_tail(x: f64) -> f64 {
    0.5 * libm::erfc(x / std::f64::consts::SQRT_2)
}

/// The probability that something of this probability happens not once in so many draws.
fn unless(probability: f64, count: usize) -> f64 {
    (count as f64 * (-probability).ln_1p()).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELU: Regions = Regions { threshold: 0.0, flat: FlatPieces { up_to: 0.0, from: None } };

    /// P(two standard normals of correlation c are both negative) = 1/4 + asin(c) / (2 pi) (Sheppard 1899).
    #[test]
    fn two_images_are_off_together_as_sheppard_has_it() {
        for correlation in [0.0, 0.3, 0.8, 0.99] {
            let found = states(2.5, correlation, RELU, 2);
            let expected = 0.25 + f64::asin(correlation) / std::f64::consts::TAU;
            assert!((found.dead - expected).abs() < 1e-6, "{correlation}: {} {expected}", found.dead);
            assert!((found.always_on - expected).abs() < 1e-6);
        }
    }

    #[test]
    fn one_image_is_off_half_the_time_and_equal_images_are_one() {
        assert!((states(1.0, 0.4, RELU, 1).dead - 0.5).abs() < 1e-9);
        assert!((states(1.0, 1.0, RELU, 1000).dead - 0.5).abs() < 5e-3);
        assert_eq!(states(0.0, 1.0, RELU, 10), StatesPrediction { dead: 1.0, always_on: 0.0 });
    }

    /// One image, z ~ N(0, 1): P(|z| >= 1) = 0.3173, P(0 < z < 1) = 0.3413.
    #[test]
    fn an_upper_flat_piece_makes_units_dead_that_would_be_on() {
        let hard_tanh = Regions { threshold: 0.0, flat: FlatPieces { up_to: -1.0, from: Some(1.0) } };
        for correlation in [0.0, 0.5, 1.0] {
            let found = states(1.0, correlation, hard_tanh, 1);
            let within = if correlation == 1.0 { 5e-3 } else { 1e-4 };
            assert!((found.dead - 0.317_311).abs() < within, "{correlation}: {found:?}");
            assert!((found.always_on - 0.341_345).abs() < within, "{correlation}: {found:?}");
        }
    }
}

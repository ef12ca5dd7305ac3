//! The normal between absolute bounds, wherever they are.

use super::normal::{below, density, quantile};
use crate::numeric::quadrature::points;

/// The normal of this mean and standard deviation between absolute bounds: what turns a uniform share into a value.
pub struct Between {
    mean: f64,
    sigma: f64,
    a: f64,
    b: f64,
    shape: Shape,
}

/// A cut normal as its shares are best turned into values.
enum Shape {
    /// All values are the same.
    One(f64),
    /// By the shares of the whole normal below the bounds, on its left: -1 where it is mirrored, for tails are exact there only.
    Whole { side: f64, from: f64, to: f64 },
    /// By the distance from a bound, which way from it is -1 or 1.
    FromBound { bound: f64, way: f64, beyond: Beyond },
}

impl Between {
    pub fn new(mean: f64, sigma: f64, a: f64, b: f64) -> Self {
        let shape = match Beyond::of(mean, sigma, a, b) {
            _ if sigma == 0.0 || a == b => Shape::One(mean.clamp(a, b)),
            (bound, way, beyond) if beyond.is_far_or_narrow() => Shape::FromBound { bound, way, beyond },
            _ => {
                let (low, high) = ((a - mean) / sigma, (b - mean) / sigma);
                let side = if low > 0.0 { -1.0 } else { 1.0 };
                Shape::Whole { side, from: below(side * low), to: below(side * high) }
            }
        };
        Self { mean, sigma, a, b, shape }
    }

    /// The value below which this share of the cut law lies.
    pub fn value(&self, share: f64) -> f64 {
        let value = match self.shape {
            Shape::One(value) => value,
            Shape::Whole { side, from, to } => self.mean + self.sigma * side * quantile(from + share * (to - from)),
            Shape::FromBound { bound, way, beyond } => {
                let within = if way > 0.0 { share } else { 1.0 - share };
                bound + way * self.sigma * beyond.distance(within)
            }
        };
        value.clamp(self.a, self.b)
    }
}

/// Mean and standard deviation of a normal between absolute bounds.
pub fn moments_between(mean: f64, sigma: f64, a: f64, b: f64) -> (f64, f64) {
    if sigma == 0.0 || a == b {
        return (mean.clamp(a, b), 0.0);
    }
    let (bound, way, beyond) = Beyond::of(mean, sigma, a, b);
    if beyond.low >= TAIL || beyond.width <= WIDE {
        let (distance, std) = beyond.moments();
        // Nothing is rounded where both bounds are as far from it.
        let middle = if mean - a == b - mean { mean } else { bound + way * sigma * distance };
        return (middle, sigma * std);
    }
    let (low, high) = ((a - mean) / sigma, (b - mean) / sigma);
    // On the side where the tail is exact.
    let (low, high, side) = if low > 0.0 { (-high, -low, -1.0) } else { (low, high, 1.0) };
    let inside = below(high) - below(low);
    let edge = |z: f64| if z.is_infinite() { 0.0 } else { z * density(z) };
    let shift = (density(low) - density(high)) / inside;
    let variance = 1.0 + (edge(low) - edge(high)) / inside - shift * shift;
    (mean + sigma * side * shift, sigma * variance.max(0.0).sqrt())
}

/// The standard normal from `low` on, up to `width` further, as distances from there: their density goes with
/// exp(-low x - x^2 / 2). Far out, where the distribution function underflows, and where its values at both ends are nearly the
/// same, distances are as exact as anywhere.
#[derive(Clone, Copy)]
struct Beyond {
    /// From the mean; negative if that is between the bounds.
    low: f64,
    width: f64,
}

/// A tail from here on is followed by its distances; up to there both ways are exact to more than f32 holds.
const TAIL: f64 = 10.0;
/// So narrow a part of a normal is an exponential law to a part in 10^8.
const NARROW: f64 = 1e-4;
/// A part of a normal whose density is integrated as it is; a closed form's differences would cancel where it is narrow.
const WIDE: f64 = 16.0;
/// Where exp(-x) is less than f64 can add to 1.
const END: f64 = 40.0;

impl Beyond {
    /// From the bound that is nearer to the mean, or the lower one if the mean is between them; with that bound, and the way from
    /// it to the other, 1 or -1.
    fn of(mean: f64, sigma: f64, a: f64, b: f64) -> (f64, f64, Self) {
        let width = (b - a) / sigma;
        if b < mean {
            (b, -1.0, Self { low: (mean - b) / sigma, width })
        } else {
            (a, 1.0, Self { low: (a - mean) / sigma, width })
        }
    }

    fn is_far_or_narrow(self) -> bool {
        self.low >= TAIL || self.width <= NARROW
    }

    /// The distance below which this share of them lies.
    fn distance(self, share: f64) -> f64 {
        let Self { low, width } = self;
        if low.is_infinite() {
            return 0.0;
        }
        if width <= NARROW {
            // An exponential law, whose rate may be negative.
            let rate = low + 0.5 * width;
            if (rate * width).abs() < 1e-12 {
                return share * width;
            }
            return -libm::log1p(share * libm::expm1(-rate * width)) / rate;
        }
        // ln of the share of the whole tail beyond a distance x is -(low x + x^2 / 2) and the logarithm of Mills's ratio there
        // over that at 0. Newton's steps, from where the ratio does not change: they converge from below.
        let start = mills(low);
        let log_beyond = |x: f64| -x * (low + 0.5 * x) + libm::log(mills(low + x) / start);
        let whole = if width * low > END { -1.0 } else { libm::expm1(log_beyond(width)) };
        let wanted = -libm::log1p(share * whole);
        let mut x = 2.0 * wanted / (low + (low * low + 2.0 * wanted).sqrt());
        for _ in 0..4 {
            x += (log_beyond(x) + wanted) * mills(low + x);
        }
        x.clamp(0.0, width)
    }

    /// Mean and standard deviation of the distances.
    fn moments(self) -> (f64, f64) {
        let Self { low, width } = self;
        if low.is_infinite() {
            return (0.0, 0.0);
        }
        const PANELS: u32 = 16;
        let length = if low > 0.0 { width.min(END / low) } else { width };
        let (mut whole, mut first, mut second) = (0.0, 0.0, 0.0);
        for panel in 0..PANELS {
            let [from, to] = [panel, panel + 1].map(|end| f64::from(end) / f64::from(PANELS));
            // In parts of the length: squares of tiny distances would vanish.
            for (part, weight) in points(from, to) {
                let x = part * length;
                let weight = weight * libm::exp(-x * (low + 0.5 * x));
                whole += weight;
                first += weight * part;
                second += weight * part * part;
            }
        }
        let mean = first / whole;
        (mean * length, (second / whole - mean * mean).max(0.0).sqrt() * length)
    }
}

/// Mills's ratio, P(Z > z) over the density at z, for z >= [`TAIL`]: Laplace's continued fraction.
fn mills(z: f64) -> f64 {
    const TERMS: u32 = 24;
    1.0 / (1..=TERMS).rev().fold(z, |rest, term| z + f64::from(term) / rest)
}

//! Laws that initializers draw from, and whether weights still follow one.

use libm::erf;
use ndarray::{ArrayView1, ArrayView2, Axis};

/// A law of weights around 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum WeightLaw {
    /// Uniform between minus and plus this.
    Uniform(f64),
    /// Normal with this standard deviation.
    Normal(f64),
    /// Normal with this standard deviation, cut off at twice that.
    Truncated(f64),
}

/// Beyond this, a Kolmogorov-Smirnov statistic times the root of the count is met by a thousandth of all draws.
const CRITICAL: f64 = 1.95;

/// The standard deviation of a standard normal that is cut off at two, by which Keras divides.
const CUT: f64 = 0.879_625_661_034_239_8;
/// Rounding to bfloat16, relative to the number.
const ROUNDING: f64 = 1.0 / 256.0;
/// So many standard errors are no chance.
const FAR: f64 = 4.0;
/// Weights of units that are compared with one another, at most.
const COMPARED: usize = 64;

impl WeightLaw {
    fn below(self, value: f64) -> f64 {
        let normal = |z: f64| 0.5 * (1.0 + erf(z / std::f64::consts::SQRT_2));
        match self {
            Self::Uniform(limit) => ((value + limit) / (2.0 * limit)).clamp(0.0, 1.0),
            Self::Normal(std) => normal(value / std),
            Self::Truncated(std) => {
                let (low, high) = (normal(-2.0), normal(2.0));
                ((normal(value / std) - low) / (high - low)).clamp(0.0, 1.0)
            }
        }
    }

    /// Beyond what no draw from it lies, if there is such a bound.
    fn bound(self) -> Option<f64> {
        match self {
            Self::Uniform(limit) => Some(limit),
            Self::Truncated(std) => Some(2.0 * std),
            Self::Normal(_) => None,
        }
    }

    /// Its standard deviation.
    fn std(self) -> f64 {
        match self {
            Self::Uniform(limit) => limit / 3.0_f64.sqrt(),
            Self::Truncated(std) => std * CUT,
            Self::Normal(std) => std,
        }
    }

    /// Whether no value is beyond what it can draw, but for the rounding of numbers of 16 bits.
    pub fn allows<'a>(self, values: impl IntoIterator<Item = &'a f32>) -> bool {
        let Some(bound) = self.bound() else { return true };
        values.into_iter().all(|&value| f64::from(value).abs() <= bound * (1.0 + ROUNDING))
    }

    /// Whether the weights of a layer are as far from one another as independent draws: the sums of rows and those of columns scatter as
    /// those of draws do. A training moves the weights into a unit, or out of one, together.
    pub fn is_independent(self, kernel: &ArrayView2<'_, f32>) -> bool {
        [Axis(0), Axis(1)].into_iter().all(|axis| {
            let length = kernel.len_of(axis) as f64;
            let count = kernel.len() as f64 / length;
            let sums = kernel.lanes(axis).into_iter().map(|lane| lane.iter().copied().map(f64::from).sum::<f64>());
            let squares = sums.map(|sum| sum * sum).sum::<f64>() / (length * self.std().powi(2));
            // Nearly normal by the cube root (Wilson and Hilferty 1931).
            let spread = 2.0 / (9.0 * count);
            (((squares / count).cbrt() - (1.0 - spread)) / spread.sqrt()).abs() < FAR
        })
    }

    /// Whether values, the least first, could be draws from it: the greatest distance of the two distribution functions
    /// (Kolmogorov 1933, Smirnov 1948).
    pub fn fits(self, sorted: &[f32]) -> bool {
        let count = sorted.len() as f64;
        let mut greatest = 0.0_f64;
        for (index, &value) in sorted.iter().enumerate() {
            let below = self.below(f64::from(value));
            let (before, after) = (index as f64 / count, (index + 1) as f64 / count);
            greatest = greatest.max((below - before).abs()).max((after - below).abs());
        }
        greatest * count.sqrt() < CRITICAL
    }
}

/// The laws that frameworks draw weights of a layer from, with their names.
pub(super) fn known(inputs: usize, units: usize) -> Vec<(&'static str, WeightLaw)> {
    let (fan_in, fan_out) = (inputs as f64, units as f64);
    let mean = 0.5 * (fan_in + fan_out);
    vec![
        ("torch_linear_default", WeightLaw::Uniform((1.0 / fan_in).sqrt())),
        ("glorot_uniform", WeightLaw::Uniform((3.0 / mean).sqrt())),
        ("he_uniform", WeightLaw::Uniform((6.0 / fan_in).sqrt())),
        ("lecun_uniform", WeightLaw::Uniform((3.0 / fan_in).sqrt())),
        ("glorot_normal", WeightLaw::Truncated((1.0 / mean).sqrt() / CUT)),
        ("he_normal", WeightLaw::Truncated((2.0 / fan_in).sqrt() / CUT)),
        ("lecun_normal", WeightLaw::Truncated((1.0 / fan_in).sqrt() / CUT)),
        ("xavier_normal", WeightLaw::Normal((1.0 / mean).sqrt())),
        ("kaiming_normal", WeightLaw::Normal((2.0 / fan_in).sqrt())),
        ("lecun_normal of PyTorch", WeightLaw::Normal((1.0 / fan_in).sqrt())),
        ("random_uniform (0.05)", WeightLaw::Uniform(0.05)),
        ("truncated_normal (0.05)", WeightLaw::Truncated(0.05)),
    ]
}

/// The length of the weights into each unit, if they are at right angles to one another and all as long; of those out of each input,
/// where there are fewer of these.
pub(super) fn orthogonal(kernel: &ArrayView2<'_, f32>) -> Option<f64> {
    let (inputs, units) = kernel.dim();
    let axis = if units <= inputs { Axis(0) } else { Axis(1) };
    let product = |one: &ArrayView1<'_, f32>, other: &ArrayView1<'_, f32>| -> f64 {
        one.iter().zip(other).map(|(&one, &other)| f64::from(one) * f64::from(other)).sum()
    };
    let lanes: Vec<_> = kernel.lanes(axis).into_iter().take(COMPARED).collect();
    let square = lanes.first().map(|first| product(first, first)).filter(|square| *square > 0.0 && lanes.len() > 1)?;
    let is_right = lanes.iter().enumerate().all(|(place, one)| {
        let expected = |other: usize| if other == place { square } else { 0.0 };
        let off = |(other, lane)| (product(one, lane) - expected(other)).abs();
        lanes.iter().enumerate().take(place + 1).map(off).all(|off| off < ROUNDING * square)
    });
    is_right.then(|| square.sqrt())
}

/// A normal whose standard deviation is a round number, as people choose it: of two digits, and as near as draws come to it.
pub(super) fn round_normal(values: &[f32]) -> Option<WeightLaw> {
    let count = values.len() as f64;
    let mean_square = values.iter().map(|&value| f64::from(value) * f64::from(value)).sum::<f64>() / count;
    let std = mean_square.sqrt();
    if !(1e-6..1e3).contains(&std) {
        return None;
    }
    let unit = 10_f64.powf(std.log10().floor() - 1.0);
    let round = (std / unit).round() * unit;
    ((std / round - 1.0).abs() < 3.0 / (2.0 * count).sqrt()).then_some(WeightLaw::Normal(round))
}

#[cfg(test)]
mod tests {
    use ndarray::{Array2, s};

    use super::*;

    /// Places at which a law's distribution function goes up evenly are draws that fit it like none.
    #[test]
    fn a_law_with_bounds_allows_no_weight_beyond_them_but_for_rounding() {
        let laws = [WeightLaw::Uniform(1.0), WeightLaw::Truncated(0.5)];
        assert!(laws.iter().all(|law| law.allows(&[0.2, -1.003]) && !law.allows(&[0.2, -1.1])));
        assert!(WeightLaw::Normal(1.0).allows(&[7.0]));
    }

    /// A reflection is orthogonal: 1 - 2 v v^T for a v of length 1; here with all of v alike, and three times as long.
    #[test]
    fn right_angles_are_found_with_the_length_of_the_weights() {
        let reflection =
            Array2::from_shape_fn((40, 40), |(row, column)| 3.0 * (f32::from(u8::from(row == column)) - 2.0 / 40.0));
        for kernel in &[reflection.slice(s![.., ..30]), reflection.slice(s![..30, ..])] {
            assert!((orthogonal(kernel).unwrap_or_default() - 3.0).abs() < 1e-5);
        }
        let mut other = reflection;
        other[[0, 1]] += 0.1;
        assert_eq!(orthogonal(&other.view()), None);
    }

    /// Halves of 1 and -1 in a chessboard's squares sum up to 0 in every row, which independent draws do not; all moved by a little
    /// sum up to more.
    #[test]
    fn weights_that_moved_together_are_no_independent_draws() {
        // A linear congruential generator's signs.
        let mut state = 1_u64;
        let mut sign = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            if state >> 63 == 0 { 1.0 } else { -1.0 }
        };
        let drawn = Array2::from_shape_fn((60, 50), |_| sign());
        let law = WeightLaw::Normal(1.0);
        assert!(law.is_independent(&drawn.view()));
        assert!(!law.is_independent(&(&drawn + 0.2).view()));
        let even = Array2::from_shape_fn((60, 50), |(row, column)| if (row + column) % 2 == 0 { 1.0 } else { -1.0 });
        assert!(!law.is_independent(&even.view()));
    }

    #[test]
    fn a_law_fits_its_own_quantiles_and_no_other() {
        let even: Vec<f32> = (0..4000).map(|index| ((f64::from(index) + 0.5) / 2000.0 - 1.0) as f32).collect();
        assert!(WeightLaw::Uniform(1.0).fits(&even));
        assert!(!WeightLaw::Uniform(1.1).fits(&even));
        assert!(!WeightLaw::Normal((1.0_f64 / 3.0).sqrt()).fits(&even));
        assert!(!WeightLaw::Truncated((1.0_f64 / 3.0).sqrt()).fits(&even));
    }
}

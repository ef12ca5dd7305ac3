//! Laws that initializers draw from, and whether weights still follow one.

use libm::erf;

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
    // Keras divides by the standard deviation of a normal that is cut off at two.
    let cut = 0.879_625_661_034_239_8;
    vec![
        ("torch_linear_default", WeightLaw::Uniform((1.0 / fan_in).sqrt())),
        ("glorot_uniform", WeightLaw::Uniform((3.0 / mean).sqrt())),
        ("he_uniform", WeightLaw::Uniform((6.0 / fan_in).sqrt())),
        ("lecun_uniform", WeightLaw::Uniform((3.0 / fan_in).sqrt())),
        ("glorot_normal", WeightLaw::Truncated((1.0 / mean).sqrt() / cut)),
        ("he_normal", WeightLaw::Truncated((2.0 / fan_in).sqrt() / cut)),
        ("lecun_normal", WeightLaw::Truncated((1.0 / fan_in).sqrt() / cut)),
        ("xavier_normal", WeightLaw::Normal((1.0 / mean).sqrt())),
        ("kaiming_normal", WeightLaw::Normal((2.0 / fan_in).sqrt())),
        ("lecun_normal of PyTorch", WeightLaw::Normal((1.0 / fan_in).sqrt())),
        ("random_uniform (0.05)", WeightLaw::Uniform(0.05)),
        ("truncated_normal (0.05)", WeightLaw::Truncated(0.05)),
    ]
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
    use super::*;

    /// Places at which a law's distribution function goes up evenly are draws that fit it like none.
    #[test]
    fn a_law_fits_its_own_quantiles_and_no_other() {
        let even: Vec<f32> = (0..4000).map(|index| ((f64::from(index) + 0.5) / 2000.0 - 1.0) as f32).collect();
        assert!(WeightLaw::Uniform(1.0).fits(&even));
        assert!(!WeightLaw::Uniform(1.1).fits(&even));
        assert!(!WeightLaw::Normal((1.0_f64 / 3.0).sqrt()).fits(&even));
        assert!(!WeightLaw::Truncated((1.0_f64 / 3.0).sqrt()).fits(&even));
    }
}

use crate::engine::Measurement;
use crate::number;

/// The gradient's norm in every layer, on one logarithmic axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Norms {
    /// Decades at the axis's ends, as exponents of ten; the second is the greater.
    pub decades: (i32, i32),
    /// Of every layer the height from 0 at the bottom to 1 at the top, measured; `None` where the norm is zero or no number.
    pub measured: Vec<Option<f64>>,
    /// The same of mean-field theory.
    pub theory: Vec<Option<f64>>,
}

/// In decades.
const AIR: f64 = 0.1;

impl Norms {
    /// Of a measurement; `None` if it has no gradients.
    pub fn of(measurement: &Measurement) -> Option<Self> {
        let layers = &measurement.layers;
        let measured: Vec<f64> =
            layers.iter().map(|layer| layer.gradient.as_ref().map(|gradient| gradient.l2)).collect::<Option<_>>()?;
        let theory = layers.iter().map(|layer| layer.theory.and_then(|theory| theory.gradient_l2));
        let exponent = |norm: f64| (norm > 0.0 && norm.is_finite()).then(|| norm.log10());
        let measured: Vec<_> = measured.into_iter().map(exponent).collect();
        let theory: Vec<_> = theory.map(|norm| norm.and_then(exponent)).collect();
        let all = measured.iter().chain(&theory).flatten();
        let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &at| (low.min(at), high.max(at)));
        // With some air, so that no point lies on an edge.
        let decades = if low <= high { ((low - AIR).floor() as i32, (high + AIR).floor() as i32 + 1) } else { (-1, 0) };
        let height = |exponent: f64| (exponent - f64::from(decades.0)) / f64::from(decades.1 - decades.0);
        let heights = |exponents: Vec<Option<f64>>| exponents.into_iter().map(|at| at.map(height)).collect();
        Some(Self { decades, measured: heights(measured), theory: heights(theory) })
    }

    /// Powers of ten with their heights, at most `most` of them; always the lowest.
    pub fn ticks(&self, most: usize) -> Vec<(f64, String)> {
        let (low, high) = self.decades;
        let stride = ((high - low) as usize).div_ceil(most.saturating_sub(1).max(1)).max(1);
        (low..=high)
            .step_by(stride)
            .map(|decade| {
                let height = f64::from(decade - low) / f64::from(high - low);
                let label = number::scientific(10_f64.powi(decade), 1);
                (height, label.strip_prefix("1×").map_or(label.clone(), str::to_owned))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_powers_of_ten_from_the_lowest() {
        let norms = Norms { decades: (-3, -1), measured: Vec::new(), theory: Vec::new() };
        let written = |most| norms.ticks(most).into_iter().map(|(_, label)| label).collect::<Vec<_>>();
        assert_eq!(written(5), ["10⁻³", "10⁻²", "10⁻¹"]);
        assert_eq!(written(2), ["10⁻³", "10⁻¹"]);
    }
}

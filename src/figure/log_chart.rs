use crate::engine::{Band, Measurement, Seeds};
use crate::number;

/// A number of every layer, on one logarithmic axis.
#[derive(Clone, Debug, PartialEq)]
pub struct LogChart {
    /// Decades at the axis's ends, as exponents of ten; the second is the greater.
    pub decades: (i32, i32),
    /// Every layer's measured height, from 0 at the bottom to 1 at the top; `None` where it is zero or not a number.
    pub measured: Vec<Option<f64>>,
    /// The same of mean-field theory.
    pub theory: Vec<Option<f64>>,
    /// The least, the median and the greatest over seeds, where they are known.
    pub bands: Vec<Option<[f64; 3]>>,
}

/// In decades.
const AIR: f64 = 0.1;

impl LogChart {
    /// ||dL/dz||, with what theory expects and other seeds have; `None` without gradients.
    pub fn gradients(measurement: &Measurement, seeds: Option<&Seeds>) -> Option<Self> {
        let layers = &measurement.layers;
        let measured: Vec<f64> =
            layers.iter().map(|layer| layer.gradient.as_ref().map(|gradient| gradient.l2)).collect::<Option<_>>()?;
        let theory = layers.iter().map(|layer| layer.theory.and_then(|theory| theory.gradient_l2)).collect();
        let band = |layer| seeds.and_then(|seeds| seeds.gradient_l2(layer, measurement.images));
        Some(Self::of(measured, theory, (0..layers.len()).map(band).collect()))
    }

    /// The outputs' standard deviation, with what theory expects and other seeds have.
    pub fn output_stds(measurement: &Measurement, seeds: Option<&Seeds>) -> Self {
        let layers = &measurement.layers;
        let measured = layers.iter().map(|layer| layer.output.std).collect();
        let theory = layers.iter().map(|layer| layer.theory.map(|theory| theory.output_std)).collect();
        let band = |layer: usize| seeds.and_then(|seeds| Some(seeds.layers.get(layer)?.output_std));
        Self::of(measured, theory, (0..layers.len()).map(band).collect())
    }

    fn of(measured: Vec<f64>, theory: Vec<Option<f64>>, bands: Vec<Option<Band>>) -> Self {
        let exponent = |number: f64| (number > 0.0 && number.is_finite()).then(|| number.log10());
        let measured: Vec<_> = measured.into_iter().map(exponent).collect();
        let theory: Vec<_> = theory.into_iter().map(|number| number.and_then(exponent)).collect();
        let bands: Vec<Option<[f64; 3]>> = bands
            .into_iter()
            .map(|band| {
                let Band { least, median, greatest } = band?;
                Some([exponent(least)?, exponent(median)?, exponent(greatest)?])
            })
            .collect();
        let all = measured.iter().chain(&theory).flatten().chain(bands.iter().flatten().flatten());
        let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &at| (low.min(at), high.max(at)));
        // With some air, so that no point lies on an edge.
        let decades = if low <= high { ((low - AIR).floor() as i32, (high + AIR).floor() as i32 + 1) } else { (-1, 0) };
        let height = |exponent: f64| (exponent - f64::from(decades.0)) / f64::from(decades.1 - decades.0);
        let heights = |exponents: Vec<Option<f64>>| exponents.into_iter().map(|at| at.map(height)).collect();
        let bands = bands.into_iter().map(|band| band.map(|band| band.map(height))).collect();
        Self { decades, measured: heights(measured), theory: heights(theory), bands }
    }

    /// Several on one axis.
    #[must_use]
    pub fn together(charts: Vec<Self>) -> Vec<Self> {
        let ends = charts.iter().map(|chart| chart.decades);
        let Some(decades) = ends.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1))) else { return charts };
        charts.into_iter().map(|chart| chart.on(decades)).collect()
    }

    /// The same on another axis.
    fn on(self, decades: (i32, i32)) -> Self {
        let (from, to) = (self.decades, decades);
        let length = |(low, high): (i32, i32)| f64::from(high - low);
        let moved = |height: f64| (f64::from(from.0 - to.0) + height * length(from)) / length(to);
        let heights = |heights: Vec<Option<f64>>| heights.into_iter().map(|height| height.map(moved)).collect();
        let bands = self.bands.into_iter().map(|band| band.map(|band| band.map(moved))).collect();
        Self { decades, measured: heights(self.measured), theory: heights(self.theory), bands }
    }

    /// The number at a height.
    pub fn value(&self, height: f64) -> f64 {
        let (low, high) = self.decades;
        10_f64.powf(f64::from(low) + height * f64::from(high - low))
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
    fn charts_on_one_axis_keep_their_values() {
        let chart = |decades, measured| LogChart { decades, measured, theory: Vec::new(), bands: Vec::new() };
        let both = LogChart::together(vec![chart((-3, -1), vec![Some(0.5)]), chart((-1, 1), vec![Some(0.25), None])]);
        assert_eq!(both[0], chart((-3, 1), vec![Some(0.25)]), "10^-2");
        assert_eq!(both[1], chart((-3, 1), vec![Some(0.625), None]), "10^-0.5");
        assert!((both[0].value(0.25) - 0.01).abs() < 1e-12);
    }

    #[test]
    fn ticks_are_powers_of_ten_from_the_lowest() {
        let chart = LogChart { decades: (-3, -1), measured: Vec::new(), theory: Vec::new(), bands: Vec::new() };
        let written = |most| chart.ticks(most).into_iter().map(|(_, label)| label).collect::<Vec<_>>();
        assert_eq!(written(5), ["10⁻³", "10⁻²", "10⁻¹"]);
        assert_eq!(written(2), ["10⁻³", "10⁻¹"]);
    }
}

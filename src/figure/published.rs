use super::{AxisMap, Bend, Headline, Shape, ValueAxis};
use crate::engine::{Failure, Measurer};
use crate::subject::{Subject, ToSubject};

/// Outputs as the article's program drew them: seaborn's violins of every 20th value.
///
/// seaborn's `violinplot(bw="scott", cut=2, gridsize=100, scale="count", inner=None)`: a Gaussian kernel of Scott's bandwidth,
/// n^(-1/5) times the standard deviation (ddof 1), at 100 points from two bandwidths below the least value to two above the
/// greatest, so that it spills over a limit of the activation and smears exact zeros; widths go with the count of values. Every
/// figure has an axis of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// What was measured.
    pub subject: Subject,
    /// The line that names it.
    pub headline: Headline,
    /// One for each hidden layer.
    pub layers: Vec<Smear>,
    axes: AxisMap,
}

/// A layer's density at evenly spaced values.
#[derive(Clone, Debug, PartialEq)]
pub struct Smear {
    /// Finite values it was made of.
    pub count: usize,
    /// The value of the first point.
    pub from: f64,
    /// The value of the last.
    pub to: f64,
    /// The density at each; a single point without a density, if all values are equal.
    pub density: Vec<f64>,
}

/// Every so many of a layer's values are drawn.
pub const EVERY: usize = 20;
/// Points of a density.
const GRID: usize = 100;
/// Bandwidths beyond the outermost values.
const CUT: f64 = 2.0;
/// Bandwidths beyond which a kernel is nothing (1e-14 of its peak).
const NOTHING: f64 = 8.0;

impl Published {
    /// Draws so, measuring what it needs.
    ///
    /// # Errors
    /// If the images cannot be read.
    pub fn measure(measurer: &mut Measurer, subject: &impl ToSubject) -> Result<Self, Failure> {
        let subject = subject.to_subject();
        let values = measurer.every(&subject, EVERY)?;
        let layers: Vec<_> = values.iter().map(|values| Smear::of(values)).collect();
        let ends = layers.iter().filter(|layer| layer.count > 0).map(|layer| (layer.from, layer.to));
        let range = ends.reduce(|(low, high), (from, to)| (low.min(from), high.max(to)));
        let axes = AxisMap::shared(ValueAxis::around(Bend::Linear, range, (true, true)));
        Ok(Self { headline: Headline::of(&subject), subject, layers, axes })
    }

    /// Where values are.
    pub fn axes(&self) -> &AxisMap {
        &self.axes
    }

    /// The violins on that axis.
    pub fn shapes(&self) -> Vec<Shape> {
        let most = self.layers.iter().map(|layer| layer.count).max().unwrap_or(0).max(1) as f64;
        let axis = self.axes.axis(0);
        let shape = |layer: &Smear| {
            let widest = layer.count as f64 / most;
            let peak = layer.density.iter().copied().fold(0.0, f64::max);
            let width = |density: f64| if peak > 0.0 { widest * density / peak } else { widest };
            let points = layer.density.iter().enumerate();
            let mut points: Vec<_> =
                points.map(|(point, &density)| (axis.height(layer.value(point)), width(density))).collect();
            if let [only] = points[..] {
                points.push(only);
            }
            Shape::Violin(points)
        };
        self.layers.iter().map(shape).collect()
    }
}

impl Smear {
    /// Smears sorted values.
    fn of(sorted: &[f32]) -> Self {
        let values: Vec<f64> = sorted.iter().filter(|value| value.is_finite()).map(|&value| f64::from(value)).collect();
        let (Some(&least), Some(&greatest)) = (values.first(), values.last()) else {
            return Self { count: 0, from: 0.0, to: 0.0, density: Vec::new() };
        };
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        let bandwidth = count.powf(-0.2) * (squares / (count - 1.0).max(1.0)).sqrt();
        if bandwidth <= 0.0 || !bandwidth.is_finite() {
            return Self { count: values.len(), from: least, to: greatest, density: vec![0.0] };
        }
        let (from, to) = (least - CUT * bandwidth, greatest + CUT * bandwidth);
        let height = 1.0 / (count * bandwidth * std::f64::consts::TAU.sqrt());
        let density = |point: usize| {
            let at = from + (to - from) * point as f64 / (GRID - 1) as f64;
            let first = values.partition_point(|&value| value < at - NOTHING * bandwidth);
            let near = values[first..].iter().take_while(|value| **value <= at + NOTHING * bandwidth);
            near.map(|value| (-0.5 * ((value - at) / bandwidth).powi(2)).exp()).sum::<f64>() * height
        };
        Self { count: values.len(), from, to, density: (0..GRID).map(density).collect() }
    }

    /// The value of a point.
    pub fn value(&self, point: usize) -> f64 {
        self.from + (self.to - self.from) * point as f64 / (self.density.len().max(2) - 1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_density_is_scipys() {
        // scipy.stats.gaussian_kde([0, 0, 0, 1, 2.5], bw_method="scott") at its ends and in the middle of the grid.
        let smear = Smear::of(&[0.0, 0.0, 0.0, 1.0, 2.5]);
        let bandwidth = 0.793_956;
        assert!((smear.from + 2.0 * bandwidth).abs() < 2e-3, "{}", smear.from);
        let kernel = |at: f64, value: f64| (-0.5 * ((value - at) / bandwidth).powi(2)).exp();
        let exact = |at: f64| {
            [0.0, 0.0, 0.0, 1.0, 2.5].map(|value| kernel(at, value)).iter().sum::<f64>() / (5.0 * bandwidth * 2.506_628)
        };
        for point in [0, 37, 99] {
            let (found, expected) = (smear.density[point], exact(smear.value(point)));
            assert!((found / expected - 1.0).abs() < 3e-3, "{found} {expected}");
        }
        let area: f64 = smear.density.iter().sum::<f64>() * (smear.to - smear.from) / 99.0;
        assert!((0.95..1.0).contains(&area), "two bandwidths beyond, a little is missing: {area}");
    }

    #[test]
    fn equal_values_are_a_line_and_none_is_nothing() {
        assert_eq!(Smear::of(&[2.0; 7]).density, [0.0]);
        assert_eq!(Smear::of(&[f32::NAN, f32::INFINITY]).count, 0);
    }
}

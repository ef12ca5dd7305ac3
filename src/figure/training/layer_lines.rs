use super::off_axis::OffAxis;
use super::polyline::thinned;
use super::smoothing::RunningMean;
use super::{LayerScale, LayerSeries};

/// A racer's layers as lines, layer by layer; places are shares of a plot.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerLines {
    /// A line of each layer, broken where it has no place.
    pub layers: Vec<Vec<Vec<(f64, f64)>>>,
    /// Numbers that leave the axis or are not finite.
    pub off: OffAxis,
    /// Numbers that are 0, which has no place on a logarithmic axis.
    pub zeros: usize,
}

impl LayerLines {
    /// In so many columns. `together` numbers after one another are drawn as their mean on the axis.
    pub fn new(series: &LayerSeries, scale: &LayerScale, together: usize, columns: usize) -> Self {
        let (mut off, mut zeros) = (OffAxis::default(), 0);
        let layers = series.layers.iter().zip(&series.wholes).map(|(numbers, whole)| {
            let heights: Vec<f64> = numbers.iter().map(|number| scale.share(number / whole)).collect();
            for (number, &height) in numbers.iter().zip(&heights) {
                if *number == 0.0 && height == f64::NEG_INFINITY {
                    zeros += 1;
                } else {
                    off.note(number.is_finite(), height, height, false);
                }
            }
            // A mean of what has no place has none.
            let there = heights.iter().map(|&height| if height.is_finite() { height } else { f64::NAN });
            let smooth: Vec<f64> =
                if together > 1 { RunningMean::of(there, together).collect() } else { there.collect() };
            thinned(series.shares.iter().copied().zip(smooth), columns)
        });
        Self { layers: layers.collect(), off, zeros }
    }
}

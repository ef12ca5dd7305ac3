use super::polyline::thinned;
use super::smoothing::RunningMean;
use super::{LayerScale, LayerSeries};

/// A racer's layers as lines, layer by layer; places are shares of a plot.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerLines {
    /// A line of each layer, broken where it has no place.
    pub layers: Vec<Vec<Vec<(f64, f64)>>>,
    /// Numbers that leave the axis, have no place on it, or are not finite.
    pub off: usize,
}

impl LayerLines {
    /// In so many columns. `together` numbers after one another are drawn as their mean on the axis.
    pub fn new(series: &LayerSeries, scale: &LayerScale, together: usize, columns: usize) -> Self {
        let mut off = 0;
        let layers = series.layers.iter().zip(&series.wholes).map(|(numbers, whole)| {
            let heights: Vec<f64> = numbers.iter().map(|number| scale.share(number / whole)).collect();
            let seen = |height: &f64| (0.0..=1.0).contains(height);
            off += heights.iter().filter(|height| !seen(height)).count();
            // A mean of what has no place has none.
            let there = heights.iter().map(|&height| if height.is_finite() { height } else { f64::NAN });
            let smooth: Vec<f64> =
                if together > 1 { RunningMean::of(there, together).collect() } else { there.collect() };
            thinned(series.shares.iter().copied().zip(smooth), columns)
        });
        Self { layers: layers.collect(), off }
    }
}

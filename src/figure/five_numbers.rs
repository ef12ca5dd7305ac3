use super::Bend;
use super::counts::Counts;
use crate::stats::Distribution;

/// What a box says of a layer's finite values, or on an axis of sizes of these.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FiveNumbers {
    /// The 1st percentile.
    pub low: f64,
    /// The first quartile.
    pub first: f64,
    /// The median.
    pub median: f64,
    /// The third quartile.
    pub third: f64,
    /// The 99th percentile.
    pub high: f64,
    /// Least and greatest value.
    pub ends: (f64, f64),
    /// Whether they are quantiles as NumPy has them (linear); else they are read off the bins.
    pub is_exact: bool,
}

impl FiveNumbers {
    /// Of a layer's values on an axis that bends so; `None` if none is finite.
    pub fn of(values: &Distribution, bend: Bend) -> Option<Self> {
        let ends = values.finite_range?;
        if let Some([low, _, first, median, third, _, high]) = values.quantiles
            && bend != Bend::LogSize
            && [low, first, median, third, high].iter().all(|quantile| quantile.is_finite())
        {
            return Some(Self { low, first, median, third, high, ends, is_exact: true });
        }
        let counts = Counts::of(values, bend);
        let [low, first, median, third, high] = [0.01, 0.25, 0.5, 0.75, 0.99].map(|level| counts.quantile(level, ends));
        let sizes = (ends.0.abs().min(ends.1.abs()), ends.0.abs().max(ends.1.abs()));
        let ends = match bend {
            Bend::LogSize if ends.0 < 0.0 && ends.1 > 0.0 => (0.0, sizes.1),
            Bend::LogSize => sizes,
            _ => ends,
        };
        Some(Self { low, first, median, third, high, ends, is_exact: false })
    }
}

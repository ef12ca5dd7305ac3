use super::Bend;
use super::breadth::{breadth, placed_masses};
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
    /// How broad the box is drawn, of 1: narrower where nearly all values are exactly one of a few.
    pub breadth: f64,
}

impl FiveNumbers {
    /// Finds the five numbers of a layer's values on an axis that bends so; `None` if no value is finite.
    pub fn of(values: &Distribution, bend: Bend) -> Option<Self> {
        let range = values.finite_range?;
        let breadth = breadth(values.density.spread_share(), placed_masses(values, bend));
        let of_sizes = bend == Bend::LogSize && range.0 < 0.0;
        let known = match &values.sizes {
            Some(sizes) if of_sizes => sizes.quantiles,
            None if of_sizes => None,
            _ => values.quantiles,
        };
        let ends = if of_sizes { ends_of_sizes(values, range) } else { range };
        if let Some([low, _, first, median, third, _, high]) = known
            && [low, first, median, third, high].iter().all(|quantile| quantile.is_finite())
        {
            return Some(Self { low, first, median, third, high, ends, is_exact: true, breadth });
        }
        let counts = Counts::of(values, bend);
        let [low, first, median, third, high] =
            [0.01, 0.25, 0.5, 0.75, 0.99].map(|level| counts.quantile(level, range));
        Some(Self { low, first, median, third, high, ends, is_exact: false, breadth })
    }
}

/// The least and the greatest size of values some of which are negative.
fn ends_of_sizes(values: &Distribution, (low, high): (f64, f64)) -> (f64, f64) {
    let (one, other) = (low.abs(), high.abs());
    let has_zeros = values.density.masses.iter().any(|mass| mass.at == 0.0);
    let least = match &values.sizes {
        _ if has_zeros => 0.0,
        Some(sizes) => sizes.least,
        None if high > 0.0 => 0.0,
        None => one.min(other),
    };
    (least, one.max(other))
}

use super::{Bins, Cells, Density, Edges, LEVELS, Octaves, Quantiles, Sizes, Tally};
use crate::activation::Limits;

/// What all values of one quantity in one layer look like.
///
/// The figures follow NumPy where values are not finite: a NaN makes every figure NaN; an infinity makes the mean infinite
/// and the standard deviation NaN. Bins and density speak of the finite values.
#[derive(Clone, Debug)]
pub struct Distribution {
    /// Values, finite or not.
    pub count: u64,
    /// Arithmetic mean.
    pub mean: f64,
    /// Population standard deviation (ddof 0).
    pub std: f64,
    /// Least value.
    pub min: f64,
    /// Greatest value.
    pub max: f64,
    /// Quantiles at [`LEVELS`], NumPy's method "linear", exact; `None` while nobody has asked for them.
    pub quantiles: Option<[f64; LEVELS.len()]>,
    /// Share of exact zeros among all values.
    pub zero_fraction: f64,
    /// NaN values.
    pub nan: u64,
    /// Infinite values.
    pub infinite: u64,
    /// Least and greatest finite value; `None` if there is none.
    pub finite_range: Option<(f64, f64)>,
    /// Counts of the continuous part.
    pub bins: Bins,
    /// Density of the continuous part, and point masses.
    pub density: Density,
    /// Where that is known to end or to jump.
    pub edges: Edges,
    /// Counts of the continuous part by size; `None` while nobody has asked for them.
    pub sizes: Option<Sizes>,
}

impl Distribution {
    /// From a finished tally, given the limits it was made with, where the density ends.
    pub fn of(tally: &Tally, limits: Limits) -> Self {
        Self::within(tally, limits, limits.into())
    }

    /// From a finished tally, given the limits it was made with, and where the density ends and jumps.
    pub fn within(tally: &Tally, limits: Limits, edges: Edges) -> Self {
        let bins = tally.grid.bins(&tally.continuous);
        let finite = tally.finite(limits);
        let count = finite.count + tally.non_finite();
        let (mut mean, mut std, mut min, mut max) = (finite.mean, finite.std(), finite.min, finite.max);
        if tally.non_finite() > 0 {
            std = f64::NAN;
            mean = match (tally.nan, tally.minus_infinity, tally.plus_infinity) {
                (0, 0, _) => f64::INFINITY,
                (0, _, 0) => f64::NEG_INFINITY,
                _ => f64::NAN,
            };
            min = if tally.minus_infinity > 0 { f64::NEG_INFINITY } else { min };
            max = if tally.plus_infinity > 0 { f64::INFINITY } else { max };
        }
        let without_nan = |figure: f64| if tally.nan > 0 || count == 0 { f64::NAN } else { figure };
        Self {
            count,
            mean,
            std,
            min: without_nan(min),
            max: without_nan(max),
            quantiles: None,
            zero_fraction: tally.zeros as f64 / count as f64,
            nan: tally.nan,
            infinite: tally.plus_infinity + tally.minus_infinity,
            finite_range: (finite.count > 0).then_some((finite.min, finite.max)),
            density: Density::of(&bins, &tally.continuous, &tally.masses(limits), &edges),
            bins,
            edges,
            sizes: None,
        }
    }

    /// Distribution of these values, which pile up nowhere but at zero, with their quantiles and sizes.
    pub fn of_values(values: &[f32], edges: Edges) -> Self {
        let free = Limits { lower: None, upper: None };
        let tally = Tally::of(values, 1, free);
        let known = |mut quantiles: Quantiles| loop {
            if let Some(known) = quantiles.known() {
                break known;
            }
            quantiles.add(values);
            quantiles = quantiles.next();
        };
        let quantiles = known(Quantiles::of(&tally, free));
        let mut octaves = Octaves::default();
        octaves.add(values);
        let of_sizes = if tally.has_negative(free) { known(Quantiles::of_sizes(&tally, free)) } else { quantiles };
        let sizes = Sizes { quantiles: Some(of_sizes), ..octaves.sizes(&tally, free) };
        Self { quantiles: Some(quantiles), sizes: Some(sizes), ..Self::within(&tally, free, edges) }
    }

    /// Distribution of the same values times a factor greater than 0.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        if factor == 1.0 {
            return self;
        }
        let Bins { from, to, counts } = self.bins;
        Self {
            mean: self.mean * factor,
            std: self.std * factor,
            min: self.min * factor,
            max: self.max * factor,
            quantiles: self.quantiles.map(|quantiles| quantiles.map(|quantile| quantile * factor)),
            finite_range: self.finite_range.map(|(low, high)| (low * factor, high * factor)),
            bins: Bins { from: from * factor, to: to * factor, counts },
            density: self.density.scaled(factor),
            edges: self.edges.scaled(factor),
            sizes: self.sizes.map(|sizes| sizes.scaled(factor)),
            ..self
        }
    }

    /// Counts of the continuous part, near zero as finely as they are known.
    pub fn cells(&self) -> Cells {
        Cells::of(&self.bins, self.sizes.as_ref())
    }

    /// The least size of the continuous part; where that goes through zero and was not counted by size, the width of a bin.
    pub fn least_size(&self) -> f64 {
        let Density { from, to, .. } = self.density;
        if from > 0.0 || to < 0.0 {
            return from.abs().min(to.abs());
        }
        self.sizes.as_ref().map_or(self.bins.width(), |sizes| sizes.least)
    }

    /// Values that are NaN or infinite.
    pub fn non_finite(&self) -> u64 {
        self.nan + self.infinite
    }
}

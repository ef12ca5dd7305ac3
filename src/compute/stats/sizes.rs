use std::sync::Arc;

use super::{Bins, LEVELS};

/// Bins of an octave, as wide as one another.
pub(super) const PARTS: i32 = 1 << PART_BITS;
pub(super) const PART_BITS: u32 = 6;

/// Counts of the continuous part by size, for axes on which it matters how small values are.
///
/// A bin is a 64th of an octave; those of a number n that is not negative begin at (1 + (n mod 64) / 64) 2^(n div 64).
#[derive(Clone, Debug, PartialEq)]
pub struct Sizes {
    /// What the values were multiplied by since they were counted.
    pub(super) factor: f64,
    /// Numbers of bins and their counts, of values greater than 0, from the least size; bins without any are left out.
    pub(super) positive: Arc<[(i32, u64)]>,
    /// The same of values less than 0.
    pub(super) negative: Arc<[(i32, u64)]>,
    /// The least size that is not 0.
    pub least: f64,
    /// Exact quantiles of all sizes at [`LEVELS`], NumPy's method "linear", if they were asked for.
    pub quantiles: Option<[f64; LEVELS.len()]>,
}

impl Sizes {
    /// Sizes of the same values times a factor greater than 0.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Self {
            factor: self.factor * factor,
            least: self.least * factor,
            quantiles: self.quantiles.map(|quantiles| quantiles.map(|quantile| quantile * factor)),
            ..self
        }
    }

    /// Where a bin begins.
    fn edge(&self, number: i32) -> f64 {
        let part = f64::from(number.rem_euclid(PARTS)) / f64::from(PARTS);
        self.factor * (1.0 + part) * 2.0_f64.powi(number.div_euclid(PARTS))
    }
}

/// Counts of the continuous part in bins, each as narrow as is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Cells {
    /// Where bins begin, and last where the last one ends.
    pub edges: Vec<f64>,
    /// Values in each.
    pub counts: Vec<u64>,
}

impl Cells {
    /// Equal bins where they are no wider than the 64th of an octave, and these nearer to zero, if values were counted by
    /// size.
    pub(super) fn of(bins: &Bins, sizes: Option<&Sizes>) -> Self {
        let width = bins.width();
        let mut cells = Self { edges: vec![], counts: vec![] };
        let Some(sizes) = sizes.filter(|_| width > 0.0) else {
            cells.edges = (0..=bins.counts.len()).map(|bin| bins.from + width * bin as f64).collect();
            cells.counts = bins.counts.to_vec();
            return cells;
        };
        // Both begin bins at so many widths, which is a power of two but for the factor.
        let from = PARTS * (((width / sizes.factor).log2().round() as i32) + PARTS.ilog2() as i32);
        let first = (bins.from / width).round() as i64;
        let even = |of: fn(i64) -> bool| {
            let bins = bins.counts.iter().enumerate().map(move |(bin, &count)| (first + bin as i64, count));
            bins.filter(move |&(bin, count)| count > 0 && of(bin))
                .map(move |(bin, count)| (bin as f64 * width, (bin + 1) as f64 * width, count))
        };
        even(|bin| bin < -i64::from(PARTS)).for_each(|cell| cells.push(cell));
        let small = |of: &Arc<[(i32, u64)]>| of.iter().copied().take_while(|cell| cell.0 < from).collect::<Vec<_>>();
        let mut negative = small(&sizes.negative);
        // A bin that is not negative begins at its least size, one that is ends before its greatest: what is exactly at the seam
        // belongs to these.
        let even_ones = even(|bin| (-i64::from(PARTS)..0).contains(&bin)).map(|cell| cell.2).sum::<u64>();
        let at_seam = even_ones.saturating_sub(negative.iter().map(|cell| cell.1).sum());
        match negative.last_mut() {
            _ if at_seam == 0 => {}
            Some((number, count)) if *number == from - 1 => *count += at_seam,
            _ => negative.push((from - 1, at_seam)),
        }
        for (number, count) in negative.into_iter().rev() {
            cells.push((-sizes.edge(number + 1), -sizes.edge(number), count));
        }
        for (number, count) in small(&sizes.positive) {
            cells.push((sizes.edge(number), sizes.edge(number + 1), count));
        }
        even(|bin| bin >= i64::from(PARTS)).for_each(|cell| cells.push(cell));
        cells
    }

    /// Adds a bin after the others; between it and these there is an empty one.
    fn push(&mut self, (from, to, count): (f64, f64, u64)) {
        match self.edges.last() {
            None => self.edges.push(from),
            // Rounding apart they are the same.
            Some(&last) if from > last * (1.0 + 1e-12 * last.signum()) => {
                self.edges.push(from);
                self.counts.push(0);
            }
            Some(_) => {}
        }
        self.edges.push(to);
        self.counts.push(count);
    }

    /// Those with values, from the least: (from, to, count).
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (f64, f64, u64)> {
        let cells = self.edges.windows(2).zip(&self.counts).map(|(edges, &count)| (edges[0], edges[1], count));
        cells.filter(|cell| cell.2 > 0)
    }
}

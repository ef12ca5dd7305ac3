//! Exact quantiles without keeping the values. Bins say in which of them a quantile lies, and one more pass collects the
//! values of just these bins. Where those would be many, since nearly all values share a bin, it takes three passes of
//! [counting over bits](super::radix).

use super::Tally;
use super::grid::Grid;
use super::levels::{LEVELS, between};
use super::radix::{OrderCounts, RankCounts};
use super::tally::is_continuous;
use super::together::{LANES, TOGETHER, together};
use crate::activation::Limits;
use crate::numeric::{Arithmetic, Level, Work};

/// Quantiles at [`LEVELS`], NumPy's method "linear", on their way: another pass over all values, and another step, until they
/// are known.
pub struct Quantiles(Step);

enum Step {
    Collect(Collected),
    Order(OrderCounts),
    Rank(RankCounts),
    Known([f64; LEVELS.len()]),
}

impl Quantiles {
    /// Quantiles of the values of a tally, given the limits it was made with.
    pub fn of(tally: &Tally, limits: Limits) -> Self {
        if tally.nan > 0 || tally.finite(limits).count + tally.non_finite() == 0 {
            return Self(Step::Known([f64::NAN; LEVELS.len()]));
        }
        let collected = Collected::of(tally, limits);
        let (wanted, all) = (collected.wanted, tally.continuous.count);
        if wanted == 0 {
            return Self(Step::Known(collected.quantiles()));
        }
        Self(if wanted <= FEW + all / 16 { Step::Collect(collected) } else { Step::Order(OrderCounts::default()) })
    }

    /// Quantiles of the sizes of a tally's values, given the limits it was made with.
    pub fn of_sizes(tally: &Tally, limits: Limits) -> Self {
        if tally.nan > 0 || tally.finite(limits).count + tally.non_finite() == 0 {
            return Self(Step::Known([f64::NAN; LEVELS.len()]));
        }
        Self(Step::Order(OrderCounts::of_sizes()))
    }

    /// That are known from elsewhere.
    pub fn already(known: [f64; LEVELS.len()]) -> Self {
        Self(Step::Known(known))
    }

    /// Once they are known.
    pub fn known(&self) -> Option<[f64; LEVELS.len()]> {
        if let Step::Known(quantiles) = &self.0 { Some(*quantiles) } else { None }
    }

    /// For another thread's share of the values.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self(match &self.0 {
            Step::Collect(collected) => Step::Collect(collected.fork()),
            Step::Order(order) => Step::Order(order.fork()),
            Step::Rank(ranks) => Step::Rank(ranks.fork()),
            Step::Known(quantiles) => Step::Known(*quantiles),
        })
    }

    /// Shows it values in this pass.
    pub fn add(&mut self, values: &[f32]) {
        match &mut self.0 {
            Step::Collect(collected) => Level::best().run(Collect(collected, values)),
            Step::Order(order) => order.add(values),
            Step::Rank(ranks) => ranks.add(values),
            Step::Known(_) => {}
        }
    }

    /// Adds a [fork](Self::fork).
    pub fn merge(&mut self, fork: Self) {
        match (&mut self.0, fork.0) {
            (Step::Collect(collected), Step::Collect(more)) => collected.merge(more),
            (Step::Order(order), Step::Order(more)) => order.merge(&more),
            (Step::Rank(ranks), Step::Rank(more)) => ranks.merge(&more),
            _ => {}
        }
    }

    /// After a pass.
    #[must_use]
    pub fn next(self) -> Self {
        Self(match self.0 {
            Step::Collect(collected) => Step::Known(collected.quantiles()),
            Step::Order(order) => Step::Rank(RankCounts::around(&order)),
            Step::Rank(ranks) if ranks.is_last() => Step::Known(ranks.quantiles()),
            Step::Rank(ranks) => Step::Rank(ranks.closer()),
            Step::Known(quantiles) => Step::Known(quantiles),
        })
    }
}

/// So many values may be collected, however few there are.
const FEW: u64 = 4096;

/// The values of the bins in which quantiles lie.
struct Collected {
    limits: Limits,
    /// The bins in which quantiles lie.
    cells: Vec<BinEnds>,
    ranks: Vec<BinRank>,
    /// For each of them, what was found.
    values: Vec<Vec<f32>>,
    /// How many there will be.
    wanted: u64,
}

/// A bin: from its least value to just before the next bin's.
#[derive(Clone, Copy)]
struct BinEnds {
    bin: usize,
    from: f32,
    before: f32,
}

/// A quantile between two neighbouring order statistics.
struct BinRank {
    fraction: f64,
    lower: Statistic,
    upper: Statistic,
}

/// An order statistic.
enum Statistic {
    /// An infinity or a value that occurs exactly.
    Known(f64),
    /// The `within`-th, from 0, of the values of a cell and these exact ones.
    Within { cell: usize, within: u64, exact: Vec<(f64, u64)> },
}

/// Values that come one after the other in order.
struct QuantileGroup {
    /// The bin they are in.
    bin: Option<usize>,
    /// Values of the continuous part.
    spread: u64,
    /// Values that occur exactly, each with its count, in order.
    exact: Vec<(f64, u64)>,
}

impl QuantileGroup {
    fn size(&self) -> u64 {
        self.spread + self.exact.iter().map(|(_, count)| count).sum::<u64>()
    }
}

impl Collected {
    fn of(tally: &Tally, limits: Limits) -> Self {
        let grid = &tally.grid;
        let mut masses = tally.masses(limits);
        masses.sort_by(|one, other| one.0.total_cmp(&other.0));
        // In the order of their values: infinities, then every bin with the exact values in it, or one of these alone.
        let mut groups = Vec::new();
        let alone = |exact| QuantileGroup { bin: None, spread: 0, exact };
        let range = grid.range();
        let outside = |side: fn(f64, (f64, f64)) -> bool| {
            masses.iter().filter(move |mass| range.is_none_or(|range| side(mass.0, range))).copied().collect::<Vec<_>>()
        };
        groups.push(alone(vec![(f64::NEG_INFINITY, tally.minus_infinity)]));
        groups.push(alone(outside(|at, (low, _)| at < low)));
        if let Some((low, high)) = range {
            let mut inside = masses.iter().filter(|mass| mass.0 >= low && mass.0 <= high).peekable();
            for (bin, &count) in grid.counts().iter().enumerate().take(grid.bin(high) + 1).skip(grid.bin(low)) {
                let mut exact = Vec::new();
                while let Some(&&mass) = inside.peek().filter(|mass| grid.bin(mass.0) == bin) {
                    exact.push(mass);
                    inside.next();
                }
                if count > 0 || !exact.is_empty() {
                    groups.push(QuantileGroup { bin: Some(bin), spread: u64::from(count), exact });
                }
            }
            groups.push(alone(outside(|at, (_, high)| at > high)));
        }
        groups.push(alone(vec![(f64::INFINITY, tally.plus_infinity)]));
        let mut collected = Self { limits, cells: Vec::new(), ranks: Vec::new(), values: Vec::new(), wanted: 0 };
        // Values up to and with each group.
        let ends: Vec<u64> = groups
            .iter()
            .scan(0, |end, group| {
                *end += group.size();
                Some(*end)
            })
            .collect();
        let total = ends.last().copied().unwrap_or(0);
        let statistic = |collected: &mut Self, rank: u64| {
            let at = ends.partition_point(|&end| end <= rank);
            let group = &groups[at];
            let QuantileGroup { bin, spread, exact } = group;
            let within = rank - (ends[at] - group.size());
            match bin {
                Some(bin) if *spread > 0 => {
                    Statistic::Within { cell: collected.cell(grid, *bin, *spread), within, exact: exact.clone() }
                }
                _ => Statistic::Known(nth(&mut [], exact, within)),
            }
        };
        for level in LEVELS {
            let position = level * (total - 1) as f64;
            let lower = position.floor() as u64;
            let fraction = position - position.floor();
            let lower_statistic = statistic(&mut collected, lower);
            let upper = if fraction > 0.0 { lower + 1 } else { lower };
            let upper = statistic(&mut collected, upper.min(total - 1));
            collected.ranks.push(BinRank { fraction, lower: lower_statistic, upper });
        }
        collected
    }

    /// The cell of a bin of so many values, made if there is none.
    fn cell(&mut self, grid: &Grid, bin: usize, count: u64) -> usize {
        if let Some(at) = self.cells.iter().position(|cell| cell.bin == bin) {
            return at;
        }
        let [from, before] = [bin, bin + 1].map(|bin| least_from(grid.edge(bin)));
        // An exact value at the edge need not be looked at every time it occurs.
        let exact = from == 0.0 || Some(from) == self.limits.lower || Some(from) == self.limits.upper;
        self.cells.push(BinEnds { bin, from: if exact { from.next_up() } else { from }, before });
        self.values.push(Vec::new());
        self.wanted += count;
        self.cells.len() - 1
    }

    fn fork(&self) -> Self {
        let Self { limits, wanted, .. } = *self;
        let values = vec![Vec::new(); self.values.len()];
        Self { limits, cells: self.cells.clone(), ranks: Vec::new(), values, wanted }
    }

    fn merge(&mut self, more: Self) {
        for (values, mut more) in self.values.iter_mut().zip(more.values) {
            values.append(&mut more);
        }
    }

    fn quantiles(mut self) -> [f64; LEVELS.len()] {
        let mut quantiles = [f64::NAN; LEVELS.len()];
        for (quantile, BinRank { fraction, lower, upper }) in quantiles.iter_mut().zip(&self.ranks) {
            let mut value = |statistic: &Statistic| match statistic {
                Statistic::Known(value) => *value,
                Statistic::Within { cell, within, exact } => nth(&mut self.values[*cell], exact, *within),
            };
            *quantile = between(value(lower), value(upper), *fraction);
        }
        quantiles
    }
}

/// The `rank`-th, from 0, of values and exact ones with their counts, which come in order.
fn nth(values: &mut [f32], exact: &[(f64, u64)], mut rank: u64) -> f64 {
    let mut passed = 0;
    for &(at, count) in exact {
        let below = values.iter().filter(|&&value| f64::from(value) < at).count() as u64;
        if rank < passed + below {
            break;
        }
        if rank < passed + below + count {
            return at;
        }
        passed += count;
    }
    rank -= passed;
    if rank as usize >= values.len() {
        return f64::NAN;
    }
    f64::from(*values.select_nth_unstable_by(rank as usize, f32::total_cmp).1)
}

/// Values that are looked through.
struct Collect<'a>(&'a mut Collected, &'a [f32]);

impl Work for Collect<'_> {
    type Output = ();

    #[inline(always)]
    fn run<A: Arithmetic>(self) {
        let Self(collected, values) = self;
        let Collected { limits, cells, values: found, .. } = collected;
        for values in values.chunks(TOGETHER) {
            let together = together(values);
            let mut inside = [0_u32; TOGETHER];
            for cell in cells.iter() {
                for (inside, &value) in inside.iter_mut().zip(&together) {
                    *inside |= u32::from((value >= cell.from) & (value < cell.before));
                }
            }
            for (values, inside) in together.chunks_exact(LANES).zip(inside.chunks_exact(LANES)) {
                // Few are.
                if inside.iter().fold(0, |any, inside| any | inside) != 0 {
                    let hits = values
                        .iter()
                        .zip(inside)
                        .filter(|&(&value, &inside)| inside != 0 && is_continuous(value, *limits));
                    for (&value, _) in hits {
                        let cell = cells.iter().position(|cell| value >= cell.from && value < cell.before);
                        if let Some(values) = cell.and_then(|cell| found.get_mut(cell)) {
                            values.push(value);
                        }
                    }
                }
            }
        }
    }
}

/// The least f32 that is no less.
fn least_from(edge: f64) -> f32 {
    let nearest = edge as f32;
    if f64::from(nearest) < edge { nearest.next_up() } else { nearest }
}

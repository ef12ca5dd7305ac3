use super::Moments;
use super::grid::Grid;
use crate::network::{Arithmetic, Level, Limits, SATURATION_MARGIN, Work};

/// What one pass over a layer's values counts.
#[derive(Clone, Debug)]
pub struct Tally {
    /// The finite values that are neither exactly zero nor exactly a limit of the activation.
    pub continuous: Moments,
    /// Exact zeros.
    pub zeros: u64,
    /// Values exactly at the lower limit, where that is not zero.
    pub at_lower: u64,
    /// Values exactly at the upper limit, where that is not zero.
    pub at_upper: u64,
    /// Values within [`SATURATION_MARGIN`] of a limit, or beyond; of bounded activations only.
    pub saturated: u64,
    /// NaN values.
    pub nan: u64,
    /// +infinity values.
    pub plus_infinity: u64,
    /// -infinity values.
    pub minus_infinity: u64,
    /// For each unit, the images for which its output was positive.
    pub fired: Vec<u32>,
    /// For each unit, whether its output was NaN for any image.
    pub undefined: Vec<bool>,
    /// The continuous part in bins.
    pub(super) grid: Grid,
}

impl Tally {
    /// Of no images, for a layer of `units` units.
    pub fn none(units: usize) -> Self {
        Self {
            continuous: Moments::NONE,
            zeros: 0,
            at_lower: 0,
            at_upper: 0,
            saturated: 0,
            nan: 0,
            plus_infinity: 0,
            minus_infinity: 0,
            fired: vec![0; units],
            undefined: vec![false; units],
            grid: Grid::empty(),
        }
    }

    /// Of a block of values [images, units], unit after unit.
    pub fn of(values: &[f32], units: usize, limits: Limits) -> Self {
        let mut tally = Self::none(units);
        tally.add(values, limits);
        tally
    }

    /// Adds a block of values [images, units], unit after unit.
    pub fn add(&mut self, values: &[f32], limits: Limits) {
        let moments = self.count(values, limits);
        self.continuous = self.continuous.merge(moments);
    }

    /// Adds a block of values but for the moments of its continuous part, which are returned: unlike counts, sums depend on
    /// the order of the blocks.
    pub fn count(&mut self, values: &[f32], limits: Limits) -> Moments {
        Level::best().run(Count { tally: self, values, limits })
    }

    /// Adds another thread's tally of later blocks, or of any blocks without their moments.
    pub fn merge(&mut self, next: &Self) {
        self.continuous = self.continuous.merge(next.continuous);
        self.zeros += next.zeros;
        self.at_lower += next.at_lower;
        self.at_upper += next.at_upper;
        self.saturated += next.saturated;
        self.nan += next.nan;
        self.plus_infinity += next.plus_infinity;
        self.minus_infinity += next.minus_infinity;
        for (fired, more) in self.fired.iter_mut().zip(&next.fired) {
            *fired += more;
        }
        for (undefined, more) in self.undefined.iter_mut().zip(&next.undefined) {
            *undefined |= more;
        }
        self.grid.merge(&next.grid);
    }

    /// Values that are NaN or infinite.
    pub fn non_finite(&self) -> u64 {
        self.nan + self.plus_infinity + self.minus_infinity
    }

    /// All finite values, point masses included.
    pub fn finite(&self, limits: Limits) -> Moments {
        self.masses(limits)
            .into_iter()
            .map(|(at, count)| Moments::repeated(at, count))
            .fold(self.continuous, Moments::merge)
    }

    /// Values that occur exactly, each with its count: zero and the activation's limits, where there are any.
    pub fn masses(&self, limits: Limits) -> Vec<(f64, u64)> {
        let mut masses = vec![
            (f64::from(limits.lower.unwrap_or(0.0)), self.at_lower),
            (0.0, self.zeros),
            (f64::from(limits.upper.unwrap_or(0.0)), self.at_upper),
        ];
        masses.retain(|&(_, count)| count > 0);
        masses
    }
}

/// See [`Tally::count`].
struct Count<'a> {
    tally: &'a mut Tally,
    values: &'a [f32],
    limits: Limits,
}

/// Values that become vectors together. In arrays of their own, or the compiler would not dare.
pub(super) const TOGETHER: usize = 64;
/// Sums side by side, each of every so manieth value.
const LANES: usize = 16;

/// What values add up to, lane by lane.
struct Lanes {
    sums: [f64; LANES],
    squares: [f64; LANES],
    min: [f32; LANES],
    max: [f32; LANES],
}

impl Lanes {
    #[inline(always)]
    fn add(&mut self, values: &[f64; TOGETHER]) {
        for values in values.chunks_exact(LANES) {
            for ((value, sum), square) in values.iter().zip(&mut self.sums).zip(&mut self.squares) {
                *sum += value;
                *square += value * value;
            }
        }
    }

    #[inline(always)]
    fn widen(&mut self, values: &[f32; TOGETHER], taken: &[bool; TOGETHER]) {
        for (values, taken) in values.chunks_exact(LANES).zip(taken.chunks_exact(LANES)) {
            for (((&value, &taken), min), max) in values.iter().zip(taken).zip(&mut self.min).zip(&mut self.max) {
                let (low, high) = if taken { (value, value) } else { (f32::INFINITY, f32::NEG_INFINITY) };
                *min = if low < *min { low } else { *min };
                *max = if high > *max { high } else { *max };
            }
        }
    }
}

/// A limit that no value is at.
const NONE: f32 = f32::NAN;

impl Work for Count<'_> {
    type Output = Moments;

    #[inline(always)]
    fn run<A: Arithmetic>(self) -> Moments {
        let Self { tally, values, limits } = self;
        let units = tally.fired.len();
        if values.is_empty() || units == 0 {
            return Moments::NONE;
        }
        let (lower, upper) = (limits.lower.unwrap_or(NONE), limits.upper.unwrap_or(NONE));
        let (low, high) = limits.bounded().map_or((f32::NEG_INFINITY, f32::INFINITY), |(lower, upper)| {
            (lower + SATURATION_MARGIN, upper - SATURATION_MARGIN)
        });
        // Squares of what is left of a value near the mean lose nothing.
        let near = values.iter().copied().find(|&value| is_continuous(value, limits)).map_or(0.0, f64::from);
        let mut lanes = Lanes {
            sums: [0.0; LANES],
            squares: [0.0; LANES],
            min: [f32::INFINITY; LANES],
            max: [f32::NEG_INFINITY; LANES],
        };
        let (mut continuous, mut zeros, mut at_lower, mut at_upper, mut saturated) = (0, 0, 0, 0, 0);
        let images = values.len() / units;
        for (unit, fired) in values.chunks_exact(images).zip(&mut tally.fired) {
            for values in unit.chunks(TOGETHER) {
                let together = together(values);
                let mut taken = [false; TOGETHER];
                for (taken, &value) in taken.iter_mut().zip(&together) {
                    *taken = is_continuous(value, limits);
                }
                let mut from_near = [0.0; TOGETHER];
                for ((from_near, &value), &taken) in from_near.iter_mut().zip(&together).zip(&taken) {
                    *from_near = if taken { f64::from(value) - near } else { 0.0 };
                }
                lanes.add(&from_near);
                lanes.widen(&together, &taken);
                let mut counts = [0_u32; 6];
                for (&value, &taken) in together.iter().zip(&taken) {
                    counts[0] += u32::from(taken);
                    counts[1] += u32::from(value == 0.0);
                    counts[2] += u32::from(value == lower);
                    counts[3] += u32::from(value == upper);
                    counts[4] += u32::from((value < low) | (value > high));
                    counts[5] += u32::from(value > 0.0);
                }
                continuous += u64::from(counts[0]);
                zeros += u64::from(counts[1]);
                at_lower += u64::from(counts[2]);
                at_upper += u64::from(counts[3]);
                saturated += u64::from(counts[4]);
                *fired += counts[5];
            }
        }
        // A limit at zero is among the zeros.
        let at_lower = if lower == 0.0 { 0 } else { at_lower };
        let at_upper = if upper == 0.0 { 0 } else { at_upper };
        tally.zeros += zeros;
        tally.at_lower += at_lower;
        tally.at_upper += at_upper;
        if limits.bounded().is_some() {
            tally.saturated += saturated;
        }
        if continuous + zeros + at_lower + at_upper < values.len() as u64 {
            name(tally, values, images);
        }
        if continuous == 0 {
            return Moments::NONE;
        }
        let count = continuous as f64;
        let (sum, squares) = (lanes.sums.iter().sum::<f64>(), lanes.squares.iter().sum::<f64>());
        let min = f64::from(lanes.min.iter().copied().fold(f32::INFINITY, f32::min));
        let max = f64::from(lanes.max.iter().copied().fold(f32::NEG_INFINITY, f32::max));
        let moments = if min == max {
            Moments::repeated(min, continuous)
        } else {
            let squares = (squares - sum * sum / count).max(0.0);
            Moments { count: continuous, mean: near + sum / count, squares, min, max }
        };
        tally.grid.cover(min, max);
        tally.grid.add(
            values,
            #[inline(always)]
            |value| is_continuous(value, limits),
        );
        moments
    }
}

/// Values in an array of their own, filled up with NaN, which counts as nothing.
#[inline(always)]
pub(super) fn together(values: &[f32]) -> [f32; TOGETHER] {
    // A copy of unknown length would be waited for.
    if let Some(full) = values.first_chunk() {
        return *full;
    }
    let mut together = [f32::NAN; TOGETHER];
    together[..values.len()].copy_from_slice(values);
    together
}

/// Counts what is no finite number.
fn name(tally: &mut Tally, values: &[f32], images: usize) {
    let count = |is: &dyn Fn(f32) -> bool| values.iter().filter(|&&value| is(value)).count() as u64;
    tally.nan += count(&f32::is_nan);
    tally.plus_infinity += count(&|value| value == f32::INFINITY);
    tally.minus_infinity += count(&|value| value == f32::NEG_INFINITY);
    for (undefined, outputs) in tally.undefined.iter_mut().zip(values.chunks_exact(images)) {
        *undefined |= outputs.iter().any(|output| output.is_nan());
    }
}

/// Whether a value belongs to the continuous part: finite, not exactly zero, not exactly at a limit.
#[inline(always)]
pub(super) fn is_continuous(value: f32, limits: Limits) -> bool {
    let lower = limits.lower.unwrap_or(NONE);
    let upper = limits.upper.unwrap_or(NONE);
    (value.abs() < f32::INFINITY) & (value != 0.0) & (value != lower) & (value != upper)
}

use super::Moments;
use super::grid::{Grid, SIZE};
use super::together::{LANES, TOGETHER, together};
use crate::activation::{Flat, Limits, NEGATIVE_ZERO, Plateaus};
use crate::numeric::{Arithmetic, Level, Work};

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
    /// Values that are saturated; of activations that saturate only.
    pub saturated: u64,
    /// NaN values.
    pub nan: u64,
    /// +infinity values.
    pub plus_infinity: u64,
    /// -infinity values.
    pub minus_infinity: u64,
    /// For each unit, the images for which its output was positive.
    pub fired: Vec<u32>,
    /// For each unit, the images for which its output was one of a flat piece, where that is not said by `fired`.
    pub flat: Vec<u32>,
    /// Which outputs are flat, and which saturated.
    pub plateaus: Plateaus,
    /// For each unit, whether its output was NaN for any image.
    pub undefined: Vec<bool>,
    /// The continuous part in bins.
    pub(super) grid: Grid,
}

impl Tally {
    /// A tally of no images, for a layer of `units` units.
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
            flat: vec![0; units],
            plateaus: Plateaus::NONE,
            undefined: vec![false; units],
            grid: Grid::empty(),
        }
    }

    /// The same, of an activation's outputs.
    #[must_use]
    pub fn of_outputs(self, plateaus: Plateaus) -> Self {
        Self { plateaus, ..self }
    }

    /// Tallies a block of values [images, units], unit after unit.
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
        let units = self.fired.len();
        if values.is_empty() || units == 0 {
            return Moments::NONE;
        }
        let near = values.iter().copied().find(|&value| is_continuous(value, limits));
        let range = near.map(|near| Level::best().run(Extremes { values, limits, near }));
        if let Some((min, max)) = range {
            self.grid.cover(f64::from(min), f64::from(max));
        }
        // Squares of what is left of a value near the mean lose nothing.
        let near = near.unwrap_or(0.0);
        let mut lanes = Lanes::default();
        match self.plateaus.flat {
            // Units that are never positive are flat for every image, and `fired` says it.
            Flat::Nowhere | Flat::NotPositive => self.run((values, limits, near), &mut lanes, |_| false),
            Flat::At(low, high) => {
                self.run(
                    (values, limits, near),
                    &mut lanes,
                    #[inline(always)]
                    |value| (value == low) | (value == high),
                );
            }
            Flat::NegativeZero => self.run(
                (values, limits, near),
                &mut lanes,
                #[inline(always)]
                |value| value.to_bits() == NEGATIVE_ZERO,
            ),
        }
        let total = |lanes: [u32; LANES]| lanes.iter().copied().map(u64::from).sum::<u64>();
        let (continuous, zeros) = (total(lanes.continuous), total(lanes.zeros));
        // A limit at zero is among the zeros.
        let at_lower = if limits.lower == Some(0.0) { 0 } else { total(lanes.at_lower) };
        let at_upper = if limits.upper == Some(0.0) { 0 } else { total(lanes.at_upper) };
        self.zeros += zeros;
        self.at_lower += at_lower;
        self.at_upper += at_upper;
        self.saturated += total(lanes.saturated);
        if continuous + zeros + at_lower + at_upper < values.len() as u64 {
            name(self, values, values.len() / units);
        }
        range.map_or(Moments::NONE, |range| lanes.moments(near, continuous, range))
    }

    /// Counts what is counted alike for all, and which values are flat.
    fn run(&mut self, (values, limits, near): (&[f32], Limits, f32), lanes: &mut Lanes, is_flat: impl Fn(f32) -> bool) {
        Level::best().run(Count { tally: self, values, limits, near, lanes, is_flat });
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
        for (flat, more) in self.flat.iter_mut().zip(&next.flat) {
            *flat += more;
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

    /// Whether any finite value is less than 0, or any at all is -infinity.
    pub fn has_negative(&self, limits: Limits) -> bool {
        self.minus_infinity > 0 || self.finite(limits).min < 0.0
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

/// A limit that no value is at.
const NONE: f32 = f32::NAN;

/// What values add up to, lane by lane.
#[derive(Default)]
struct Lanes {
    /// Sums of the continuous part's distances from a value near its mean.
    sums: [f64; LANES],
    /// Sums of their squares.
    squares: [f64; LANES],
    continuous: [u32; LANES],
    zeros: [u32; LANES],
    at_lower: [u32; LANES],
    at_upper: [u32; LANES],
    saturated: [u32; LANES],
}

impl Lanes {
    /// Moments of the continuous part: so many values in this range.
    fn moments(&self, near: f32, count: u64, (min, max): (f32, f32)) -> Moments {
        let (min, max) = (f64::from(min), f64::from(max));
        if min == max {
            return Moments::repeated(min, count);
        }
        let (sum, squares) = (self.sums.iter().sum::<f64>(), self.squares.iter().sum::<f64>());
        let mean = sum / count as f64;
        let squares = (squares - sum * mean).max(0.0);
        Moments { count, mean: f64::from(near) + mean, squares, min, max }
    }
}

/// Least and greatest value of the continuous part.
struct Extremes<'a> {
    values: &'a [f32],
    limits: Limits,
    /// One of them.
    near: f32,
}

impl Work for Extremes<'_> {
    type Output = (f32, f32);

    #[inline(always)]
    fn run<A: Arithmetic>(self) -> (f32, f32) {
        let Self { values, limits, near } = self;
        let (mut min, mut max) = ([near; TOGETHER], [near; TOGETHER]);
        let (groups, rest) = values.as_chunks::<TOGETHER>();
        for group in groups.iter().chain([&together(rest)]) {
            for ((&value, min), max) in group.iter().zip(&mut min).zip(&mut max) {
                let value = if is_continuous(value, limits) { value } else { near };
                *min = if value < *min { value } else { *min };
                *max = if value > *max { value } else { *max };
            }
        }
        (min.into_iter().fold(near, f32::min), max.into_iter().fold(near, f32::max))
    }
}

/// See [`Tally::count`].
struct Count<'a, F> {
    tally: &'a mut Tally,
    values: &'a [f32],
    limits: Limits,
    /// A value of the continuous part, if there is any.
    near: f32,
    lanes: &'a mut Lanes,
    /// Whether an output is one of a flat piece.
    is_flat: F,
}

impl<F: Fn(f32) -> bool> Work for Count<'_, F> {
    type Output = ();

    #[inline(always)]
    fn run<A: Arithmetic>(self) {
        let Self { tally, values, limits, near, lanes: total, is_flat } = self;
        let images = values.len() / tally.fired.len();
        let (lower, upper) = (limits.lower.unwrap_or(NONE), limits.upper.unwrap_or(NONE));
        let (low, high) = tally.plateaus.saturated.unwrap_or((f32::NEG_INFINITY, f32::INFINITY));
        // In registers until the end, when all are stored side by side: that is what makes them vectors.
        // In arrays of their own until the end, when all are stored side by side: that is what makes vectors of them.
        let Lanes { mut sums, mut squares, mut continuous, .. } = Lanes::default();
        let Lanes { mut zeros, mut at_lower, mut at_upper, mut saturated, .. } = Lanes::default();
        let place = tally.grid.place();
        let counts = tally.fired.iter_mut().zip(&mut tally.flat);
        for (unit, (fired, flat)) in values.chunks_exact(images).zip(counts) {
            let (mut fires, mut flats) = ([0_u32; LANES], [0_u32; LANES]);
            for values in unit.chunks(TOGETHER) {
                let together = together(values);
                let mut bins = [0_u32; TOGETHER];
                for group in 0..TOGETHER / LANES {
                    let first = group * LANES;
                    let mut values = [0.0; LANES];
                    values.copy_from_slice(&together[first..][..LANES]);
                    // What is not of the continuous part is replaced by a value that is: no sum need ask again.
                    let mut taken = [near; LANES];
                    for lane in 0..LANES {
                        let value = values[lane];
                        let take = is_at_neither(value, lower, upper);
                        taken[lane] = if take { value } else { near };
                        let nowhere = (SIZE + first + lane) as u32;
                        bins[first + lane] = if take { place.bin(taken[lane]) } else { nowhere };
                        continuous[lane] = and(continuous[lane], take);
                    }
                    for lane in 0..LANES {
                        let value = values[lane];
                        zeros[lane] = and(zeros[lane], value == 0.0);
                        at_lower[lane] = and(at_lower[lane], value == lower);
                        at_upper[lane] = and(at_upper[lane], value == upper);
                        saturated[lane] = and(saturated[lane], (value < low) | (value > high));
                        fires[lane] = and(fires[lane], value > 0.0);
                        flats[lane] = and(flats[lane], is_flat(value));
                    }
                    // Squares of what is left of a value near the mean lose nothing.
                    for lane in 0..LANES {
                        let left = f64::from(taken[lane]) - f64::from(near);
                        sums[lane] += left;
                        squares[lane] = A::mul_add_f64(left, left, squares[lane]);
                    }
                }
                tally.grid.count(&bins);
            }
            *fired += fires.iter().sum::<u32>();
            *flat += flats.iter().sum::<u32>();
        }
        *total = Lanes { sums, squares, continuous, zeros, at_lower, at_upper, saturated };
    }
}

/// A count, and one more where that is so. There are fewer values than a count can hold, and where that is asked at every one,
/// in builds that are checked, they are no vectors.
#[inline(always)]
fn and(count: u32, is_so: bool) -> u32 {
    count.wrapping_add(u32::from(is_so))
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
    is_at_neither(value, limits.lower.unwrap_or(NONE), limits.upper.unwrap_or(NONE))
}

/// The same, where a limit there is none of is NaN.
#[inline(always)]
fn is_at_neither(value: f32, lower: f32, upper: f32) -> bool {
    (value.abs() < f32::INFINITY) & (value != 0.0) & (value != lower) & (value != upper)
}

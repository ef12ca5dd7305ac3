use super::tally::{TOGETHER, together};
use super::{Bins, Moments};

/// Counts in equal bins whose width is a power of two, and which begin at multiples of it.
///
/// The range need not be known: as it grows, pairs of bins become one. What is counted in narrow bins and merged is what
/// would have been counted in wide ones, so that counts depend neither on the order of the values nor on threads.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// A bin is 2^`exponent` wide.
    exponent: i32,
    /// The first bin begins at `first` widths.
    first: i64,
    /// Least and greatest value so far.
    range: Option<(f64, f64)>,
    /// One per bin; after [`SIZE`] of them, places for values that are not to be counted: to count those is faster than
    /// to ask, and several places are faster than one.
    counts: Vec<u32>,
}

/// Bins there is room for; more than half of them are used. A bandwidth spans tens of them.
pub(super) const SIZE: usize = 8192;
/// Beyond that many halvings every bin is the one at 0 or the one before it.
const MOST: i32 = 63;

impl Grid {
    /// Of no values.
    pub fn empty() -> Self {
        Self { exponent: 0, first: 0, range: None, counts: Vec::new() }
    }

    /// Makes room for values in this range.
    pub fn cover(&mut self, min: f64, max: f64) {
        let (low, high) = self.range.map_or((min, max), |(low, high)| (min.min(low), max.max(high)));
        if self.range == Some((low, high)) {
            return;
        }
        let exponent = exponent_for(low, high);
        if self.counts.is_empty() {
            self.counts = vec![0; SIZE + TOGETHER];
            self.exponent = exponent;
            self.first = index(low, exponent);
        } else {
            self.widen(exponent, index(low, exponent));
        }
        self.range = Some((low, high));
    }

    fn widen(&mut self, exponent: i32, first: i64) {
        if (exponent, first) == (self.exponent, self.first) {
            return;
        }
        let by = (exponent - self.exponent).min(MOST);
        let mut counts = vec![0; SIZE + TOGETHER];
        for (bin, &count) in self.counts[..SIZE].iter().enumerate().filter(|(_, count)| **count > 0) {
            counts[(((self.first + bin as i64) >> by) - first) as usize] += count;
        }
        (self.counts, self.exponent, self.first) = (counts, exponent, first);
    }

    /// Counts those that are `wanted`, all of which must lie in the range that is covered.
    #[inline(always)]
    pub fn add(&mut self, values: &[f32], wanted: impl Fn(f32) -> bool) {
        let place = self.place();
        let counts = self.counts.as_mut_slice();
        for values in values.chunks(TOGETHER) {
            let (_, bins) = place.of(values, &wanted);
            for bin in bins {
                counts[bin as usize] += 1;
            }
        }
    }

    /// Where values are counted.
    #[inline(always)]
    pub fn place(&self) -> Place {
        Place { scale: power_of_two(-self.exponent), first: self.first as f64 }
    }

    /// Adds another thread's counts.
    pub fn merge(&mut self, other: &Self) {
        let Some((min, max)) = other.range else { return };
        self.cover(min, max);
        let by = (self.exponent - other.exponent).min(MOST);
        for (bin, &count) in other.counts[..SIZE].iter().enumerate().filter(|(_, count)| **count > 0) {
            self.counts[(((other.first + bin as i64) >> by) - self.first) as usize] += count;
        }
    }

    /// The bin of a value in the range.
    pub fn bin(&self, value: f64) -> usize {
        (index(value, self.exponent) - self.first) as usize
    }

    /// The counts, bin after bin.
    pub fn counts(&self) -> &[u32] {
        &self.counts[..SIZE.min(self.counts.len())]
    }

    /// Least and greatest value.
    pub fn range(&self) -> Option<(f64, f64)> {
        self.range
    }

    /// The bins from the least value's to the greatest's.
    pub fn bins(&self, values: &Moments) -> Bins {
        if values.count == 0 || values.min == values.max {
            let at = if values.count == 0 { 0.0 } else { values.min };
            return Bins { from: at, to: at, counts: [values.count].into() };
        }
        let width = power_of_two(self.exponent);
        let used = self.bin(values.max) + 1;
        Bins {
            from: self.first as f64 * width,
            to: (self.first + used as i64) as f64 * width,
            counts: self.counts[..used].iter().copied().map(u64::from).collect(),
        }
    }
}

/// How values find their bins.
#[derive(Clone, Copy)]
pub(super) struct Place {
    scale: f64,
    first: f64,
}

impl Place {
    /// Up to [`TOGETHER`] values, filled up with NaN, and for each its bin, or from [`SIZE`] on if it is not `wanted`.
    #[inline(always)]
    pub fn of(self, values: &[f32], wanted: impl Fn(f32) -> bool) -> ([f32; TOGETHER], [u32; TOGETHER]) {
        // Added to an integer below 2^51, it leaves it in the low bits.
        const INTEGER: f64 = (1_u64 << 52) as f64;
        let together = together(values);
        let mut bins = [0_u32; TOGETHER];
        for ((lane, bin), &value) in (0_u32..).zip(&mut bins).zip(&together) {
            let position = (f64::from(value) * self.scale).floor() - self.first;
            let inside = (position + INTEGER).to_bits() as u32;
            *bin = if wanted(value) { inside } else { SIZE as u32 + lane };
        }
        (together, bins)
    }
}

/// The least at which [`SIZE`] bins hold the range. Not so little that positions in bins would not be exact in f64.
fn exponent_for(low: f64, high: f64) -> i32 {
    let furthest = low.abs().max(high.abs());
    let mut exponent = (exponent_of(high - low) - SIZE.ilog2() as i32).max(exponent_of(furthest) - 40);
    while index(high, exponent) - index(low, exponent) >= SIZE as i64 {
        exponent += 1;
    }
    exponent
}

/// The greatest power of two that is no more than a number of f32's size; 2^-200 for 0.
fn exponent_of(value: f64) -> i32 {
    if value == 0.0 { -200 } else { ((value.to_bits() >> 52) & 0x7ff) as i32 - 1023 }
}

fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(((1023 + exponent) as u64) << 52)
}

fn index(value: f64, exponent: i32) -> i64 {
    (value * power_of_two(-exponent)).floor() as i64
}

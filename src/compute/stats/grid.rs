use super::together::TOGETHER;
use super::{Bins, Moments};

/// Counts in equal bins whose width is a power of two, and which begin at multiples of it.
///
/// The range need not be known: as it grows, pairs of bins become one. What is counted in narrow bins and merged is what
/// would have been counted in wide ones, so that counts depend neither on the order of the values nor on threads.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// A bin is 2^`exponent` wide. The range alone decides, once all of it is covered.
    exponent: i32,
    /// The first bin begins at `first` widths. There are empty ones on both sides of the range, for it to grow.
    first: i32,
    /// Least and greatest value so far.
    range: Option<(f64, f64)>,
    /// One per bin; after [`SIZE`] of them, places for values that are not to be counted: to count those is faster than
    /// to ask, and several places are faster than one.
    counts: Vec<u32>,
}

/// Bins there is room for, a power of two; more than half of them are used. A bandwidth spans tens of them.
pub(super) const SIZE: usize = 8192;
/// Binary digits of the furthest position, less one: f32 holds where a bin begins, and has no steps much narrower.
const FINEST: i32 = 22;
/// The exponent of f32's smallest step.
const LEAST: i32 = -149;
/// As many bins from zero, values are so near to one another that f32 holds their distances.
const FAR: i32 = 1 << 15;
/// Beyond that many halvings every bin is the one at 0 or the one before it.
const MOST: i32 = 31;

impl Grid {
    /// A grid without values.
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
        let (lowest, highest) = (index(low, exponent), index(high, exponent));
        let room = SIZE as i32 - (highest - lowest + 1);
        if self.counts.is_empty() {
            self.counts = vec![0; SIZE + TOGETHER];
            (self.exponent, self.first) = (exponent, lowest - room / 2);
        } else if exponent > self.exponent || lowest < self.first || highest - self.first >= SIZE as i32 {
            self.move_to(exponent, lowest - room / 2);
        }
        self.range = Some((low, high));
    }

    fn move_to(&mut self, exponent: i32, first: i32) {
        let mut counts = vec![0; SIZE + TOGETHER];
        self.put(&mut counts, exponent, first);
        (self.counts, self.exponent, self.first) = (counts, exponent, first);
    }

    /// Adds its counts to those of wider bins, or of bins that begin elsewhere.
    fn put(&self, counts: &mut [u32], exponent: i32, first: i32) {
        let Some(used) = self.used() else { return };
        let by = (exponent - self.exponent).min(MOST);
        for (&count, bin) in self.counts[used.clone()].iter().zip(self.first + *used.start() as i32..) {
            counts[((bin >> by) - first) as usize] += count;
        }
    }

    /// The bins from the least value's to the greatest's.
    pub fn used(&self) -> Option<std::ops::RangeInclusive<usize>> {
        self.range.map(|(low, high)| self.bin(low)..=self.bin(high))
    }

    /// Adds one to each of these bins.
    #[inline(always)]
    pub fn count(&mut self, bins: &[u32; TOGETHER]) {
        let counts = self.counts.as_mut_slice();
        if counts.is_empty() {
            return;
        }
        for &bin in bins {
            counts[bin as usize] += 1;
        }
    }

    /// Where values are counted.
    #[inline(always)]
    pub fn place(&self) -> BinFinder {
        // Some powers are no f32, but products of two.
        let power = (-self.exponent).clamp(-126, 127);
        let scales = [power, -self.exponent - power].map(|power| power_of_two(power) as f32);
        if self.first.abs() < FAR {
            return BinFinder { anchor: 0.0, scales, shift: INTEGER - self.first as f32 };
        }
        // The end that is nearer to zero: the other may lie beyond f32.
        let anchor = if self.first > 0 { 0 } else { SIZE };
        BinFinder { anchor: self.edge(anchor) as f32, scales, shift: INTEGER + anchor as f32 }
    }

    /// Adds another thread's counts.
    pub fn merge(&mut self, other: &Self) {
        let Some((min, max)) = other.range else { return };
        self.cover(min, max);
        let mut counts = std::mem::take(&mut self.counts);
        other.put(&mut counts, self.exponent, self.first);
        self.counts = counts;
    }

    /// The bin of a value in the range.
    pub fn bin(&self, value: f64) -> usize {
        (index(value, self.exponent) - self.first) as usize
    }

    /// Where a bin begins.
    pub fn edge(&self, bin: usize) -> f64 {
        f64::from(self.first + bin as i32) * power_of_two(self.exponent)
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
        let (first, used) = (self.bin(values.min), self.bin(values.max) + 1);
        Bins {
            from: self.edge(first),
            to: self.edge(used),
            counts: self.counts[first..used].iter().copied().map(u64::from).collect(),
        }
    }
}

/// How values find their bins.
#[derive(Clone, Copy)]
pub(super) struct BinFinder {
    /// What is taken away from a value at first: nothing, or nearly all.
    anchor: f32,
    /// What the rest is multiplied by, one after the other: together the inverse of a bin's width.
    scales: [f32; 2],
    /// [`INTEGER`], less the position of the first bin from there.
    shift: f32,
}

/// Added to an integer below it, it leaves it in the low bits.
const INTEGER: f32 = (1_u32 << 23) as f32;

impl BinFinder {
    /// The bin of a finite value; some other number beyond the range. Exact, since positions are integers that f32 holds.
    #[inline(always)]
    pub fn bin(self, value: f32) -> u32 {
        // Powers of two round nothing, but for a value so near to zero that it becomes zero. It is above the bin it belongs to
        // if that zero is negative.
        let position = (value - self.anchor) * self.scales[0] * self.scales[1];
        let vanished = u32::from(position.to_bits() == 1 << 31);
        let bin = (position.floor() + self.shift).to_bits().wrapping_sub(vanished);
        bin.wrapping_sub(INTEGER.to_bits())
    }
}

/// The least at which [`SIZE`] bins hold the range.
fn exponent_for(low: f64, high: f64) -> i32 {
    let furthest = low.abs().max(high.abs());
    let mut exponent = (exponent_of(high - low) - SIZE.ilog2() as i32).max(exponent_of(furthest) - FINEST).max(LEAST);
    while index(high, exponent) - index(low, exponent) >= SIZE as i32 {
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

fn index(value: f64, exponent: i32) -> i32 {
    (value * power_of_two(-exponent)).floor() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers of all sizes and both signs, f32's ends among them, zero left out.
    fn sizes() -> Vec<f32> {
        let sizes = (0..=277).map(|size| f32::from_bits(1) * 2_f64.powi(size) as f32 * 1.37);
        let ends = [f32::MAX, f32::MAX.next_down(), f32::MIN_POSITIVE, f32::MIN_POSITIVE.next_down()];
        let finite: Vec<f32> = sizes.chain(ends).filter(|size| size.is_finite()).collect();
        finite
            .iter()
            .flat_map(|&size| [size, -size, size * 1.001, -size * 1.001])
            .filter(|size| size.is_finite())
            .collect()
    }

    /// Bins are multiples of their width: one begins at each of these, at either end of the range and within.
    #[test]
    fn a_value_at_an_edge_is_of_the_bin_that_begins_there() {
        for exponent in (-149..=127).step_by(3) {
            let power = (f64::from(exponent)).exp2();
            for (low, high) in [(1.0, 1.0), (1.0, 1.5), (-1.5, -1.0), (-1.0, 1.0), (-1.0, -1.0), (1.5, 1.75)] {
                let mut grid = Grid::empty();
                grid.cover(low * power, high * power);
                let place = grid.place();
                let used = grid.used().into_iter().flatten().step_by(61);
                for (bin, edge) in used.map(|bin| (bin, grid.edge(bin))) {
                    let value = edge as f32;
                    if f64::from(value) == edge && value != 0.0 && (low * power..=high * power).contains(&edge) {
                        assert_eq!(place.bin(value) as usize, bin, "{value} of {low}..{high} times 2^{exponent}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_value_finds_the_bin_it_lies_in() {
        for low in sizes() {
            for high in sizes().into_iter().filter(|&high| high >= low) {
                let mut grid = Grid::empty();
                grid.cover(f64::from(low), f64::from(high));
                let place = grid.place();
                let middle = (0.5 * (f64::from(low) + f64::from(high))) as f32;
                for value in [low, high, middle, low.next_up(), high.next_down(), f32::from_bits(1), -f32::from_bits(1)]
                {
                    if (low..=high).contains(&value) && value != 0.0 {
                        let bin = place.bin(value) as usize;
                        assert!(bin < SIZE);
                        let (edge, next, value) = (grid.edge(bin), grid.edge(bin + 1), f64::from(value));
                        assert!(edge <= value && value < next, "{value} of {low}..{high}: bin from {edge} to {next}");
                    }
                }
            }
        }
    }

    #[test]
    fn counts_do_not_depend_on_how_the_range_grew() {
        let values: Vec<f32> = (0..4096).map(|at| (at as f32 * 0.37).sin() * (at as f32 * 0.011).exp2()).collect();
        let of = |values: &[f32], together: usize| {
            let mut grid = Grid::empty();
            for values in values.chunks(together) {
                let ends = values.iter().map(|&value| f64::from(value));
                grid.cover(ends.clone().fold(f64::INFINITY, f64::min), ends.fold(f64::NEG_INFINITY, f64::max));
                let place = grid.place();
                values.iter().for_each(|&value| grid.counts[place.bin(value) as usize] += 1);
            }
            (grid.exponent, grid.used().map(|used| grid.counts[used].to_vec()))
        };
        let whole = of(&values, values.len());
        let reversed: Vec<_> = values.iter().rev().copied().collect();
        for together in [1, 7, 64] {
            assert_eq!(of(&values, together), whole);
            assert_eq!(of(&reversed, together), whole);
        }
    }
}

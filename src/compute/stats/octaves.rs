//! Counts of values by size, straight from the bits of f32: bins that grow with the values, as a logarithmic axis needs them.

use super::sizes::{PART_BITS, PARTS};
use super::{Sizes, Tally};
use crate::activation::Limits;

/// Bits of the mantissa that tell no bins apart.
const REST: u32 = 23 - PART_BITS;
/// Signs and exponents of f32.
const GROUPS: usize = 1 << 9;
const EXPONENT_BIAS: i32 = 127;
const SIGN: u32 = 1 << 31;
/// Makes the least f32 a number of all its digits.
const NORMAL_BY: i32 = 64;

/// How often values of either sign occur in each 64th of each octave. All counts are integers, so that they depend neither on
/// the order of the values nor on threads.
#[derive(Clone, Debug)]
pub struct Octaves {
    /// For each sign and exponent, where its counts begin: 0 if there are none. After those of normal numbers come those of
    /// numbers that are less, which are counted as what they are times 2^[`NORMAL_BY`].
    groups: Vec<u32>,
    counts: Vec<u32>,
    /// Bits of the least size that is not 0, less 1.
    least: u32,
}

impl Default for Octaves {
    fn default() -> Self {
        Self { groups: vec![0; 2 * GROUPS], counts: vec![0; PARTS as usize], least: f32::INFINITY.to_bits() - 1 }
    }
}

impl Octaves {
    /// Counts values; what is zero or not finite is told apart later.
    pub fn add(&mut self, values: &[f32]) {
        let mut least = self.least;
        for &value in values {
            let bits = value.to_bits();
            self.count((bits >> 23) as usize, bits, 1);
            let size = bits & !SIGN;
            // A zero is passed over: less 1 it is the greatest there is.
            let below = size.wrapping_sub(1);
            least = if below < least { below } else { least };
            if below < f32::MIN_POSITIVE.to_bits() - 1 {
                let normal = (value * 2.0_f32.powi(NORMAL_BY)).to_bits();
                self.count(GROUPS + (normal >> 23) as usize, normal, 1);
            }
        }
        self.least = least;
    }

    #[inline(always)]
    fn count(&mut self, group: usize, bits: u32, count: u32) {
        let mut at = self.groups[group];
        if at == 0 {
            at = self.counts.len() as u32;
            self.groups[group] = at;
            self.counts.resize(self.counts.len() + PARTS as usize, 0);
        }
        self.counts[at as usize + (bits >> REST) as usize % PARTS as usize] += count;
    }

    /// Adds those of other values.
    pub fn merge(&mut self, other: &Self) {
        for (group, &at) in other.groups.iter().enumerate().filter(|(_, at)| **at > 0) {
            for part in 0..PARTS as usize {
                self.count(group, (part as u32) << REST, other.counts[at as usize + part]);
            }
        }
        self.least = self.least.min(other.least);
    }

    /// What is spread of the values of a tally, all of which were counted, given the limits it was made with.
    pub fn sizes(&self, tally: &Tally, limits: Limits) -> Sizes {
        let mut exact = Self::default();
        for (at, count) in tally.masses(limits).into_iter().filter(|(at, _)| *at != 0.0) {
            let bits = (at as f32).to_bits();
            // A mass is of no more values than a layer has.
            exact.count((bits >> 23) as usize, bits, u32::try_from(count).unwrap_or(u32::MAX));
        }
        // From the least size to the greatest: numbers that are not normal come first.
        let of = |sign: usize| {
            let first = sign << 8;
            let small = (GROUPS + first + 1..GROUPS + first + 255).map(|group| (group, EXPONENT_BIAS + NORMAL_BY));
            let normal = (first + 1..first + 255).map(|group| (group, EXPONENT_BIAS));
            // Most sizes do not occur.
            let there = small.chain(normal).filter(|(group, _)| self.groups[*group] > 0);
            let cells = there.flat_map(|(group, bias)| {
                let octave = (group % (1 << 8)) as i32 - bias;
                let exact = &exact;
                (0..PARTS).filter_map(move |part| {
                    let count = self.of(group, part) - exact.of(group, part).min(self.of(group, part));
                    (count > 0).then_some((octave * PARTS + part, u64::from(count)))
                })
            });
            cells.collect()
        };
        let least = f32::from_bits(self.least.wrapping_add(1));
        Sizes { factor: 1.0, positive: of(0), negative: of(1), least: f64::from(least), quantiles: None }
    }

    fn of(&self, group: usize, part: i32) -> u32 {
        match self.groups[group] {
            0 => 0,
            at => self.counts[at as usize + part as usize],
        }
    }
}

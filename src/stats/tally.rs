use super::Moments;
use crate::network::{Limits, SATURATION_MARGIN};

/// What one pass over a layer's outputs counts, before their range is known.
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
        }
    }

    /// Of a block of outputs [images, units], unit after unit.
    pub fn of(values: &[f32], units: usize, limits: Limits) -> Self {
        let mut tally = Self::none(units);
        tally.continuous = Moments::of(values, |value| is_continuous(value, limits));
        let outputs_of_units = || values.chunks_exact(values.len() / units);
        for (fired, outputs) in tally.fired.iter_mut().zip(outputs_of_units()) {
            *fired = outputs.iter().map(|&output| u32::from(output > 0.0)).sum();
        }
        tally.zeros = count(values, |value| value == 0.0);
        let at = |limit: Option<f32>| {
            let limit = limit.filter(|&limit| limit != 0.0);
            limit.map_or(0, |limit| count(values, |value| value == limit))
        };
        (tally.at_lower, tally.at_upper) = (at(limits.lower), at(limits.upper));
        if let Some((lower, upper)) = limits.bounded() {
            let (low, high) = (lower + SATURATION_MARGIN, upper - SATURATION_MARGIN);
            tally.saturated = count(values, |value| value < low || value > high);
        }
        let named = tally.continuous.count + tally.zeros + tally.at_lower + tally.at_upper;
        if named < values.len() as u64 {
            tally.nan = count(values, f32::is_nan);
            tally.plus_infinity = count(values, |value| value == f32::INFINITY);
            tally.minus_infinity = count(values, |value| value == f32::NEG_INFINITY);
            for (undefined, outputs) in tally.undefined.iter_mut().zip(outputs_of_units()) {
                *undefined = outputs.iter().any(|output| output.is_nan());
            }
        }
        tally
    }

    /// Adds the next block's tally. Blocks are merged in their order, so that sums do not depend on threads.
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

/// Whether a value belongs to the continuous part: finite, not exactly zero, not exactly at a limit.
pub(super) fn is_continuous(value: f32, limits: Limits) -> bool {
    let lower = limits.lower.unwrap_or(f32::NAN);
    let upper = limits.upper.unwrap_or(f32::NAN);
    value.is_finite() & (value != 0.0) & (value != lower) & (value != upper)
}

fn count(values: &[f32], is: impl Fn(f32) -> bool) -> u64 {
    values.iter().map(|&value| u32::from(is(value))).sum::<u32>().into()
}

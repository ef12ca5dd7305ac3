use crate::number;

/// A range of values an axis shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The value at the bottom.
    pub low: f64,
    /// The value at the top; greater than `low`.
    pub high: f64,
}

/// A labelled value on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// The value.
    pub at: f64,
    /// How it is written.
    pub label: String,
}

/// Air above and below the values, as a share of their span.
const AIR: f64 = 0.05;

impl Range {
    /// A range that shows these values with some air; something sensible where they have no span.
    pub fn around(values: Option<(f64, f64)>) -> Self {
        let (low, high) = values.unwrap_or((0.0, 1.0));
        let span = high - low;
        if span > 0.0 && span.is_finite() {
            return Self { low: low - AIR * span, high: high + AIR * span };
        }
        let half = if low == 0.0 { 1.0 } else { low.abs() * 0.5 };
        Self { low: low - half, high: high + half }
    }

    /// Height of a value: 0 at the bottom of the range, 1 at its top.
    pub fn height(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }

    /// The value at a height.
    pub fn value(&self, height: f64) -> f64 {
        self.low + (self.high - self.low) * height
    }

    /// Part of the way to another range.
    pub fn towards(&self, other: Self, part: f64) -> Self {
        Self { low: self.low + (other.low - self.low) * part, high: self.high + (other.high - self.high) * part }
    }

    /// At most `most` round values in the range, a step of 1, 2 or 5 times a power of ten apart.
    pub fn ticks(&self, most: usize) -> Vec<Tick> {
        let rough = (self.high - self.low) / most.max(1) as f64;
        let power = 10_f64.powf(rough.log10().floor());
        let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * power >= rough).unwrap_or(10.0);
        let step = factor * power;
        if step <= 0.0 || !step.is_finite() {
            return Vec::new();
        }
        let (first, last) = ((self.low / step).ceil(), (self.high / step).floor());
        let count = (last - first) as usize + 1;
        // Far from zero the step can vanish in the value's own precision.
        if !(last >= first && count <= 2 * most.max(1)) {
            return Vec::new();
        }
        let largest = self.low.abs().max(self.high.abs());
        let label = |at: f64| {
            if at == 0.0 {
                return "0".to_owned();
            }
            if !(1e-4..1e6).contains(&largest) {
                let digits = (at.abs().log10().floor() - step.log10().floor()).max(0.0) as usize + 1;
                return number::scientific(at, digits.min(9));
            }
            let decimals = (-step.log10().floor()).clamp(0.0, 12.0) as usize;
            format!("{at:.decimals$}").replace('-', "−")
        };
        let values = (0..count).map(|index| (first + index as f64) * step);
        values.map(|at| Tick { at, label: label(at) }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(low: f64, high: f64) -> Vec<String> {
        Range { low, high }.ticks(6).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn ticks_are_round_and_equally_written() {
        assert_eq!(labels(-0.17, 3.6), ["0", "1", "2", "3"]);
        assert_eq!(labels(0.37, 0.63), ["0.40", "0.45", "0.50", "0.55", "0.60"]);
    }

    #[test]
    fn extreme_ranges_have_ticks_or_none_but_never_too_many() {
        for (low, high) in [(-1e38, 3e38), (1e-30, 2e-30), (0.5, 0.5 + 1e-12), (-1.0, 1.0)] {
            assert!(Range { low, high }.ticks(6).len() <= 12);
        }
        assert_eq!(labels(0.0, 5e8)[1], "1×10⁸");
    }

    #[test]
    fn values_without_span_are_in_the_middle() {
        for value in [0.0, 0.5, -3.0, 1e30] {
            let range = Range::around(Some((value, value)));
            assert!((range.height(value) - 0.5).abs() < 1e-12);
        }
    }
}

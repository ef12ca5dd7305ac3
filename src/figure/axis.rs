use super::ticks::{Room, Tick, round_ticks};

/// A range of values an axis shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The value at the bottom.
    pub low: f64,
    /// The value at the top; greater than `low`.
    pub high: f64,
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

    /// Round values in the range, a step of 1, 2 or 5 times a power of ten apart: about as many as there is room for, and two
    /// at least.
    pub fn ticks(&self, room: &Room<'_>) -> Vec<Tick> {
        round_ticks((self.low, self.high), false, room, &|value| self.height(value))
    }

    /// The same of things that are counted: whole numbers.
    pub fn whole_ticks(&self, room: &Room<'_>) -> Vec<Tick> {
        round_ticks((self.low, self.high), true, room, &|value| self.height(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Room for six lines.
    fn six() -> Room<'static> {
        Room::upright(276.0, 15.0, 46.0)
    }

    fn labels(low: f64, high: f64) -> Vec<String> {
        Range { low, high }.ticks(&six()).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn ticks_are_round_and_equally_written() {
        assert_eq!(labels(-0.17, 3.6), ["0", "1", "2", "3"]);
        assert_eq!(labels(0.37, 0.63), ["0.40", "0.45", "0.50", "0.55", "0.60"]);
    }

    #[test]
    fn extreme_ranges_have_ticks_or_none_but_never_too_many() {
        for (low, high) in [(-1e38, 3e38), (1e-30, 2e-30), (0.5, 0.5 + 1e-12), (-1.0, 1.0)] {
            assert!(Range { low, high }.ticks(&six()).len() <= 12);
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

use super::Moments;
use super::tally::is_continuous;
use crate::network::Limits;

/// Counts of the continuous part in equal bins over its exact range.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    /// Left edge of the first bin: the least value.
    pub from: f64,
    /// Right edge of the last bin, which it includes: the greatest value.
    pub to: f64,
    /// Values in each bin; always [`Bins::COUNT`] of them.
    pub counts: Vec<u64>,
}

impl Bins {
    /// Enough that a density from bin centres is one from the values: a bandwidth spans tens of bins.
    pub const COUNT: usize = 4096;

    /// Empty bins over the range of these values.
    pub fn over(values: &Moments) -> Self {
        let (from, to) = if values.count == 0 { (0.0, 0.0) } else { (values.min, values.max) };
        Self { from, to, counts: vec![0; Self::COUNT] }
    }

    /// An empty copy for another thread.
    pub fn fork(&self) -> Self {
        Self { counts: vec![0; Self::COUNT], ..*self }
    }

    /// Counts the values of the continuous part, all of which must lie in the range.
    pub fn add(&mut self, values: &[f32], limits: Limits) {
        let scale = if self.to > self.from { Self::COUNT as f64 / (self.to - self.from) } else { 0.0 };
        // One more for the other values: to count them is faster than to ask.
        let mut counts = [0_u32; Self::COUNT + 1];
        for &value in values {
            let bin = (((f64::from(value) - self.from) * scale) as usize).min(Self::COUNT - 1);
            counts[if is_continuous(value, limits) { bin } else { Self::COUNT }] += 1;
        }
        for (count, more) in self.counts.iter_mut().zip(counts) {
            *count += u64::from(more);
        }
    }

    /// Adds another thread's counts over the same range.
    pub fn merge(&mut self, other: &Self) {
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
    }

    /// Width of a bin.
    pub fn width(&self) -> f64 {
        (self.to - self.from) / Self::COUNT as f64
    }

    /// Values counted.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The same counts in `count` wider bins; `count` divides [`Bins::COUNT`].
    pub fn coarse(&self, count: usize) -> Vec<u64> {
        self.counts.chunks(Self::COUNT / count).map(|bins| bins.iter().sum()).collect()
    }

    /// What is asked of them often, made once.
    pub fn cumulative(&self) -> Cumulative {
        let below = self.counts.iter().scan(0, |sum, &count| Some(std::mem::replace(sum, *sum + count)));
        let below = below.chain(std::iter::once(self.total())).collect();
        Cumulative { from: self.from, to: self.to, below }
    }
}

/// How many values lie below the edges of bins.
#[derive(Clone, Debug, PartialEq)]
pub struct Cumulative {
    from: f64,
    to: f64,
    /// For each left edge, and last for the right edge of the last bin.
    below: Vec<u64>,
}

impl Cumulative {
    /// All values.
    pub fn total(&self) -> u64 {
        self.below.last().copied().unwrap_or(0)
    }

    /// About how many of the values lie below `low` and above `high`: bins that are cut count in proportion.
    pub fn outside(&self, low: f64, high: f64) -> (f64, f64) {
        let total = self.total() as f64;
        if self.to <= self.from {
            return (if self.from < low { total } else { 0.0 }, if self.from > high { total } else { 0.0 });
        }
        (self.below(low), total - self.below(high))
    }

    fn below(&self, value: f64) -> f64 {
        let (total, bins) = (self.total() as f64, self.below.len() - 1);
        let position = (value - self.from) / (self.to - self.from) * bins as f64;
        if position.is_nan() || position <= 0.0 {
            return 0.0;
        }
        let bin = position as usize;
        if bin >= bins {
            return total;
        }
        let (left, right) = (self.below[bin] as f64, self.below[bin + 1] as f64);
        left + (right - left) * (position - bin as f64)
    }
}

use std::sync::Arc;

use super::Cells;

/// Counts of the continuous part in equal bins. Their width is a power of two, at multiples of which they begin, unless
/// they were scaled; there are 4,096 to 8,192 of them where so many different values are possible.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    /// Left edge of the first bin, which holds the least value.
    pub from: f64,
    /// Right edge of the last bin, which holds the greatest value; `from` where all values are the same.
    pub to: f64,
    /// Values in each bin.
    pub counts: Arc<[u64]>,
}

impl Bins {
    /// Width of a bin.
    pub fn width(&self) -> f64 {
        (self.to - self.from) / self.counts.len() as f64
    }

    /// Values counted.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The same counts in bins that are wider by powers of two, at multiples of their width: as many as there can be of them
    /// up to `most`, more than half of it.
    pub fn coarse(&self, most: usize) -> Self {
        let width = self.width();
        // Edges in widths.
        let first = (self.from / width).round() as i64;
        let last = first + self.counts.len() as i64 - 1;
        let mut by = 0;
        while (last >> by) - (first >> by) >= most as i64 {
            by += 1;
        }
        let (start, end) = (first >> by, (last >> by) + 1);
        let mut counts = vec![0; (end - start) as usize];
        for (bin, &count) in self.counts.iter().enumerate() {
            counts[(((first + bin as i64) >> by) - start) as usize] += count;
        }
        let wide = width * (1_u64 << by) as f64;
        Self { from: start as f64 * wide, to: end as f64 * wide, counts: counts.into() }
    }

    /// What is asked of them often, made once.
    pub fn cumulative(&self) -> Cumulative {
        let below = self.counts.iter().scan(0, |sum, &count| Some(std::mem::replace(sum, *sum + count)));
        let below = below.chain(std::iter::once(self.total())).collect();
        Cumulative { from: self.from, to: self.to, edges: None, below }
    }
}

impl Cells {
    /// What is asked of them often, made once.
    pub fn cumulative(self) -> Cumulative {
        let total = self.counts.iter().sum();
        let below = self.counts.iter().scan(0, |sum, &count| Some(std::mem::replace(sum, *sum + count)));
        let below = below.chain(std::iter::once(total)).collect();
        let [from, to] = [self.edges.first(), self.edges.last()].map(|edge| edge.copied().unwrap_or(0.0));
        Cumulative { from, to, edges: Some(self.edges), below }
    }
}

/// How many values lie below the edges of bins.
#[derive(Clone, Debug, PartialEq)]
pub struct Cumulative {
    from: f64,
    to: f64,
    /// Where bins begin, and last where the last one ends, if they are not equal.
    edges: Option<Vec<f64>>,
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
        let position = match &self.edges {
            None => (value - self.from) / (self.to - self.from) * bins as f64,
            Some(edges) => {
                let bin = edges.partition_point(|edge| *edge <= value);
                match (edges.get(bin.wrapping_sub(1)), edges.get(bin)) {
                    (Some(from), Some(to)) => (bin - 1) as f64 + (value - from) / (to - from),
                    _ => bin as f64,
                }
            }
        };
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

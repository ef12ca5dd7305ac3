use super::{Bins, Cells};

impl Bins {
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

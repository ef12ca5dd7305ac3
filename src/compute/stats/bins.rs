use std::sync::Arc;

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
}

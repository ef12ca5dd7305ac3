/// How many values are no finite numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NonFinite {
    /// Values beyond f32, of either sign.
    pub infinite: u64,
    /// NaN values.
    pub nan: u64,
    /// All values that were looked at.
    pub of: u64,
}

impl NonFinite {
    /// Counts among these values.
    pub fn of(values: &[f32]) -> Self {
        let of = values.len() as u64;
        // 0 times a finite number is 0, and anything else is NaN: one sum tells that there is nothing to count.
        let mut sums = [0.0_f32; 16];
        let (groups, rest) = values.as_chunks::<16>();
        for lanes in groups {
            sums.iter_mut().zip(lanes).for_each(|(sum, value)| *sum += value * 0.0);
        }
        sums.iter_mut().zip(rest).for_each(|(sum, value)| *sum += value * 0.0);
        if sums.iter().all(|&sum| sum == 0.0) {
            return Self { of, ..Self::default() };
        }
        let count = |is: fn(f32) -> bool| values.iter().filter(|&&value| is(value)).count() as u64;
        Self { infinite: count(f32::is_infinite), nan: count(f32::is_nan), of }
    }

    /// Adds those of other values.
    pub fn merge(&mut self, other: Self) {
        self.infinite += other.infinite;
        self.nan += other.nan;
        self.of += other.of;
    }

    /// Infinite and NaN values.
    pub fn total(&self) -> u64 {
        self.infinite + self.nan
    }
}

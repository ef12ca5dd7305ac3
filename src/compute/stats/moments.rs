/// Count, mean, spread and range of finite values, accumulated in f64.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// How many values.
    pub count: u64,
    /// Their mean; 0 of none.
    pub mean: f64,
    /// Sum of squared deviations from the mean.
    pub squares: f64,
    /// Least value; +infinity of none.
    pub min: f64,
    /// Greatest value; -infinity of none.
    pub max: f64,
}

impl Moments {
    /// Moments of no values.
    pub const NONE: Self = Self { count: 0, mean: 0.0, squares: 0.0, min: f64::INFINITY, max: f64::NEG_INFINITY };

    /// Moments of one value that occurs `count` times.
    pub fn repeated(value: f64, count: u64) -> Self {
        if count == 0 { Self::NONE } else { Self { count, mean: value, squares: 0.0, min: value, max: value } }
    }

    /// Moments of the `wanted` values, in two passes (Chan, Golub and LeVeque 1983): exact where mean >> spread.
    pub fn of(values: &[f32], wanted: impl Fn(f32) -> bool) -> Self {
        const LANES: usize = 8;
        let (mut count, mut sum) = ([0_u64; LANES], [0.0_f64; LANES]);
        let (mut min, mut max) = ([f32::INFINITY; LANES], [f32::NEG_INFINITY; LANES]);
        for lanes in values.chunks(LANES) {
            for (lane, &value) in lanes.iter().enumerate() {
                let take = wanted(value);
                count[lane] += u64::from(take);
                sum[lane] += if take { f64::from(value) } else { 0.0 };
                min[lane] = if take && value < min[lane] { value } else { min[lane] };
                max[lane] = if take && value > max[lane] { value } else { max[lane] };
            }
        }
        let count: u64 = count.iter().sum();
        if count == 0 {
            return Self::NONE;
        }
        let min = f64::from(min.iter().copied().fold(f32::INFINITY, f32::min));
        let max = f64::from(max.iter().copied().fold(f32::NEG_INFINITY, f32::max));
        if min == max {
            return Self::repeated(min, count);
        }
        let mean = sum.iter().sum::<f64>() / count as f64;
        let mut squares = [0.0_f64; LANES];
        for lanes in values.chunks(LANES) {
            for (lane, &value) in lanes.iter().enumerate() {
                let deviation = f64::from(value) - mean;
                squares[lane] += if wanted(value) { deviation * deviation } else { 0.0 };
            }
        }
        Self { count, mean, squares: squares.iter().sum(), min, max }
    }

    /// Moments of both sets of values together.
    pub fn merge(self, other: Self) -> Self {
        if self.count == 0 {
            return other;
        }
        if other.count == 0 {
            return self;
        }
        let count = self.count + other.count;
        let apart = other.mean - self.mean;
        let share = other.count as f64 / count as f64;
        Self {
            count,
            mean: self.mean + apart * share,
            squares: self.squares + other.squares + apart * apart * share * self.count as f64,
            min: self.min.min(other.min),
            max: self.max.max(other.max),
        }
    }

    /// Moments of offset + factor x each value.
    #[must_use]
    pub fn scaled(self, factor: f64, offset: f64) -> Self {
        if self.count == 0 {
            return self;
        }
        let ends = [self.min, self.max].map(|end| offset + factor * end);
        Self {
            mean: offset + factor * self.mean,
            squares: factor * factor * self.squares,
            min: ends[0].min(ends[1]),
            max: ends[0].max(ends[1]),
            ..self
        }
    }

    /// Population standard deviation (ddof 0); NaN of none.
    pub fn std(&self) -> f64 {
        if self.count == 0 { f64::NAN } else { (self.squares / self.count as f64).sqrt() }
    }
}

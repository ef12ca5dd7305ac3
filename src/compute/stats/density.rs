use super::smooth::Smoothed;
use super::{Bins, Edges, Moments};

/// A kernel density of the continuous part and the point masses beside it. They integrate to 1 together.
#[derive(Clone, Debug, PartialEq)]
pub struct Density {
    /// The least value of the continuous part: where the density begins.
    pub from: f64,
    /// The greatest value of the continuous part: where it ends.
    pub to: f64,
    /// Values between them where it jumps: on either side of each it is estimated from the values there alone.
    pub jumps: Vec<f64>,
    /// Density at evenly spaced points, the first at `from`, the last at `to`, as many between every two jumps, at which it has
    /// two; empty if there is no continuous part.
    pub values: Vec<f64>,
    /// Standard deviation of the Gaussian kernel, in the units of the values: Scott's rule, but no less than a bin. Between every
    /// two jumps it has one of its own; this is where most of the values are.
    pub bandwidth: f64,
    /// Values that occur exactly, from the least.
    pub masses: Vec<PointMass>,
}

/// A value that occurs exactly, and by far too often for a density.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PointMass {
    /// The value.
    pub at: f64,
    /// Its share of all finite values.
    pub share: f64,
}

impl Density {
    /// Points the density is evaluated at.
    pub const POINTS: usize = 512;

    /// The density of the values counted in `bins`, whose moments are `continuous`, beside exact values with their counts.
    ///
    /// A Gaussian kernel with Scott's bandwidth, std (ddof 1) x n^(-1/5) (Scott 1992; SciPy's `gaussian_kde`), reflected
    /// where it is known to end or to jump, cut at the least and greatest value, then scaled to the share of the values.
    /// A continuous part without spread is a point mass.
    pub fn of(bins: &Bins, continuous: &Moments, masses: &[(f64, u64)], edges: &Edges) -> Self {
        let finite = continuous.count + masses.iter().map(|&(_, count)| count).sum::<u64>();
        let share = |count: u64| count as f64 / finite as f64;
        let mut masses: Vec<_> = masses.iter().map(|&(at, count)| PointMass { at, share: share(count) }).collect();
        let (from, to) = (continuous.min, continuous.max);
        let spread = continuous.count > 1 && from < to;
        if continuous.count > 0 && !spread {
            masses.push(PointMass { at: from, share: share(continuous.count) });
        }
        masses.sort_by(|one, other| one.at.total_cmp(&other.at));
        if !spread {
            return Self { from, to, jumps: Vec::new(), values: Vec::new(), bandwidth: 0.0, masses };
        }
        // A jump within a bin is not seen.
        let bin = |value: f64| (value - bins.from) / bins.width();
        let is_seen = |jump: &f64| from < *jump && *jump < to && bin(*jump).fract() == 0.0;
        let jumps: Vec<f64> = edges.jumps.iter().copied().filter(is_seen).collect();
        let ends: Vec<f64> = [from].into_iter().chain(jumps.iter().copied()).chain([to]).collect();
        let points = Self::POINTS / (jumps.len() + 1);
        let (mut values, mut bandwidth, mut most) = (Vec::with_capacity(Self::POINTS), 0.0, 0);
        for (part, pair) in ends.windows(2).enumerate() {
            let first = if part == 0 { 0 } else { bin(pair[0]) as usize };
            let last = if part == jumps.len() { bins.counts.len() } else { bin(pair[1]) as usize };
            let counts = &bins.counts[first..last];
            let count: u64 = counts.iter().sum();
            let start = bins.from + bins.width() * first as f64;
            let squares = if jumps.is_empty() { continuous.squares } else { squares((start, bins.width()), counts) };
            let number = count as f64;
            // A kernel narrower than the bins could fall between their centres.
            let scott = (squares / (number - 1.0)).sqrt() * number.powf(-0.2);
            let kernel = scott.max(bins.width());
            if count > most {
                (bandwidth, most) = (kernel, count);
            }
            let smoothed = Smoothed::of((start, bins.width()), counts.iter().map(|&count| count as f64), kernel);
            let walls = [
                if part == 0 { edges.lower } else { Some(pair[0]) },
                if part == jumps.len() { edges.upper } else { Some(pair[1]) },
            ];
            let step = (pair[1] - pair[0]) / (points - 1) as f64;
            let position = |point: usize| pair[0] + (pair[1] - pair[0]) * point as f64 / (points - 1) as f64;
            let part = (0..points).map(|point| smoothed.reflected(position(point), walls));
            let before = values.len();
            values.extend(part);
            let part = &mut values[before..];
            let area = part.windows(2).map(|pair| (pair[0] + pair[1]) * 0.5 * step).sum::<f64>();
            let scale = if count == 0 { 0.0 } else { share(count) / area };
            part.iter_mut().for_each(|value| *value *= scale);
        }
        Self { from, to, jumps, values, bandwidth, masses }
    }

    /// From where to where it does not jump, from the least value.
    pub fn parts(&self) -> impl Iterator<Item = (f64, f64)> {
        let froms = [self.from].into_iter().chain(self.jumps.iter().copied());
        froms.zip(self.jumps.iter().copied().chain([self.to]))
    }

    /// Points between every two jumps.
    pub fn points_of_a_part(&self) -> usize {
        self.values.len() / (self.jumps.len() + 1)
    }

    /// The share of all finite values that lies in such a part.
    pub fn share_of(&self, part: usize) -> f64 {
        let points = self.points_of_a_part();
        let values = &self.values[part * points..][..points];
        let step = self.position(part * points + 1) - self.position(part * points);
        values.windows(2).map(|pair| (pair[0] + pair[1]) * 0.5 * step).sum()
    }

    /// The value of a point of the density.
    pub fn position(&self, point: usize) -> f64 {
        let points = self.points_of_a_part().max(2);
        let (part, point) = (point / points, point % points);
        let from = if part == 0 { self.from } else { self.jumps[part - 1] };
        let to = self.jumps.get(part).copied().unwrap_or(self.to);
        if point + 1 == points {
            return to;
        }
        from + (to - from) * point as f64 / (points - 1) as f64
    }

    /// The density at a value, on straight lines between its points; 0 beyond them. Where it jumps, that above.
    pub fn at(&self, value: f64) -> f64 {
        if !(self.from..=self.to).contains(&value) || self.values.is_empty() {
            return 0.0;
        }
        let part = self.jumps.iter().filter(|jump| **jump <= value).count();
        let points = self.points_of_a_part();
        let first = part * points;
        let (from, to) = (self.position(first), self.position(first + points - 1));
        let position = (value - from) / (to - from) * (points - 1) as f64;
        let left = (position as usize).min(points - 2);
        let (one, other) = (self.values[first + left], self.values[first + left + 1]);
        one + (other - one) * (position - left as f64)
    }

    /// The greatest density; 0 without a continuous part.
    pub fn peak(&self) -> f64 {
        self.values.iter().copied().fold(0.0, f64::max)
    }

    /// The share of the values that are spread.
    pub fn spread_share(&self) -> f64 {
        if self.values.is_empty() { 0.0 } else { 1.0 - self.masses.iter().map(|mass| mass.share).sum::<f64>() }
    }

    /// Density of the same values times a factor greater than 0.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        let scaled = |value: f64| value * factor;
        Self {
            from: self.from * factor,
            to: self.to * factor,
            jumps: self.jumps.into_iter().map(scaled).collect(),
            values: self.values.into_iter().map(|value| value / factor).collect(),
            bandwidth: self.bandwidth * factor,
            masses: self.masses.into_iter().map(|mass| PointMass { at: mass.at * factor, ..mass }).collect(),
        }
    }
}

/// The sum of squared deviations from the mean of values in bins, less what bins add to it (Sheppard 1898).
fn squares((from, width): (f64, f64), counts: &[u64]) -> f64 {
    let number = counts.iter().sum::<u64>() as f64;
    let center = |bin: usize| from + width * (bin as f64 + 0.5);
    let sum = |of: &dyn Fn(f64) -> f64| {
        counts.iter().enumerate().map(|(bin, &count)| count as f64 * of(center(bin))).sum::<f64>()
    };
    let mean = sum(&|at| at) / number;
    (sum(&|at| (at - mean).powi(2)) - number * width * width / 12.0).max(0.0)
}

use super::{Bins, Moments};
use crate::network::{Arithmetic, Level, Limits, Work};

/// A kernel density of the continuous part and the point masses beside it. They integrate to 1 together.
#[derive(Clone, Debug, PartialEq)]
pub struct Density {
    /// The least value of the continuous part: where the density begins.
    pub from: f64,
    /// The greatest value of the continuous part: where it ends.
    pub to: f64,
    /// Density at evenly spaced points, the first at `from`, the last at `to`; empty if there is no continuous part.
    pub values: Vec<f64>,
    /// Standard deviation of the Gaussian kernel, in the units of the values: Scott's rule, but no less than a bin.
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
    /// at the activation's limits, cut at the least and greatest value, then scaled to the continuous part's share.
    /// A continuous part without spread is a point mass.
    pub fn of(bins: &Bins, continuous: &Moments, masses: &[(f64, u64)], limits: Limits) -> Self {
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
            return Self { from, to, values: Vec::new(), bandwidth: 0.0, masses };
        }
        let count = continuous.count as f64;
        // A kernel narrower than the bins could fall between their centres.
        let scott = (continuous.squares / (count - 1.0)).sqrt() * count.powf(-0.2);
        let bandwidth = scott.max(bins.width());
        let mut values = smooth(bins, from, to, bandwidth, limits);
        let step = (to - from) / (Self::POINTS - 1) as f64;
        let area = values.windows(2).map(|pair| (pair[0] + pair[1]) * 0.5 * step).sum::<f64>();
        values.iter_mut().for_each(|value| *value *= share(continuous.count) / area);
        Self { from, to, values, bandwidth, masses }
    }

    /// The value of a point of the density.
    pub fn position(&self, point: usize) -> f64 {
        if point + 1 == Self::POINTS {
            return self.to;
        }
        self.from + (self.to - self.from) * point as f64 / (Self::POINTS - 1) as f64
    }

    /// The density at a value, on straight lines between its points; 0 beyond them.
    pub fn at(&self, value: f64) -> f64 {
        if !(self.from..=self.to).contains(&value) || self.values.is_empty() {
            return 0.0;
        }
        let position = (value - self.from) / (self.to - self.from) * (Self::POINTS - 1) as f64;
        let left = (position as usize).min(Self::POINTS - 2);
        let (one, other) = (self.values[left], self.values[left + 1]);
        one + (other - one) * (position - left as f64)
    }

    /// The greatest density; 0 without a continuous part.
    pub fn peak(&self) -> f64 {
        self.values.iter().copied().fold(0.0, f64::max)
    }
}

/// Sum of kernels over bin centres and their mirror images, at the density's points; not yet normalised.
fn smooth(bins: &Bins, from: f64, to: f64, bandwidth: f64, limits: Limits) -> Vec<f64> {
    // Bins narrower than need be cost nothing but time. The counts of narrow ones are shared out between the two nearest centres
    // of wide ones, so that their mean stays where it is (linear binning; Jones and Lotwick 1984).
    let mut by = 0;
    while 2 << by <= bins.counts.len() && bins.width() * (2 << by) as f64 <= bandwidth / FINENESS {
        by += 1;
    }
    let (narrow, parts) = (bins.width(), 1 << by);
    let width = narrow * parts as f64;
    let mut counts = vec![0.0; bins.counts.len() / parts + 2];
    for (bin, &count) in bins.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let share = count as f64 * (bin % parts) as f64 / parts as f64;
        counts[bin / parts] += count as f64 - share;
        counts[bin / parts + 1] += share;
    }
    // Bins spread values by a variance of their own (Sheppard 1898), and so does sharing out.
    let spread = narrow * narrow / 12.0 + width * width * (1.0 - 0.25_f64.powi(by)) / 6.0;
    let std = (bandwidth * bandwidth - spread).sqrt() / width;
    let reach = (CUT * std).ceil() as usize + 2;
    let kernel: Vec<f64> =
        (0..=2 * reach).map(|at| (-0.5 * ((at as f64 - reach as f64) / std).powi(2)).exp()).collect();
    // The density at centres of bins, from `reach` bins before the first to `reach` after the last.
    let mut padded = vec![0.0; 2 * reach];
    padded.extend(&counts);
    padded.resize(padded.len() + 2 * reach + TILE, 0.0);
    let mut smoothed = vec![0.0; (counts.len() + 2 * reach).next_multiple_of(TILE)];
    Level::best().run(Convolution { padded: &padded, kernel: &kernel, smoothed: &mut smoothed });
    let at = |position: f64| -> f64 {
        let place = (position - bins.from - 0.5 * narrow) / width + reach as f64;
        if place < 1.0 || place + 2.0 >= (smoothed.len() - 1) as f64 {
            return 0.0;
        }
        let (left, t) = (place as usize, place.fract());
        // Lagrange's cubic through the four nearest.
        let [a, b, c, d] = [-1, 0, 1, 2].map(|step: isize| smoothed[left.saturating_add_signed(step)]);
        -t * (t - 1.0) * (t - 2.0) / 6.0 * a + (t + 1.0) * (t - 1.0) * (t - 2.0) / 2.0 * b
            - (t + 1.0) * t * (t - 2.0) / 2.0 * c
            + (t + 1.0) * t * (t - 1.0) / 6.0 * d
    };
    (0..Density::POINTS)
        .map(|point| {
            let position = from + (to - from) * point as f64 / (Density::POINTS - 1) as f64;
            let mirrored =
                [limits.lower, limits.upper].into_iter().flatten().map(|limit| 2.0 * f64::from(limit) - position);
            (at(position) + mirrored.map(at).sum::<f64>()).max(0.0)
        })
        .collect()
}

/// Sums of shifted kernels.
struct Convolution<'a> {
    padded: &'a [f64],
    /// Symmetric.
    kernel: &'a [f64],
    /// A multiple of [`TILE`] long.
    smoothed: &'a mut [f64],
}

/// Points whose sums stay in registers.
const TILE: usize = 32;

impl Work for Convolution<'_> {
    type Output = ();

    #[inline(always)]
    fn run<A: Arithmetic>(self) {
        for (tile, points) in self.smoothed.chunks_exact_mut(TILE).enumerate() {
            let mut sums = [0.0; TILE];
            // The last points may be of the rounding up alone.
            let counts = &self.padded[(tile * TILE).min(self.padded.len())..];
            for (weight, counts) in self.kernel.iter().zip(counts.windows(TILE)) {
                for (sum, count) in sums.iter_mut().zip(counts) {
                    *sum = A::mul_add_f64(*weight, *count, *sum);
                }
            }
            points.copy_from_slice(&sums);
        }
    }
}

/// Bandwidths after which a Gaussian kernel is left out (3e-6 of its peak).
const CUT: f64 = 5.0;
/// Bins of a bandwidth, at least, where there are as many.
const FINENESS: f64 = 8.0;

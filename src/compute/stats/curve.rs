use super::smooth::{FINENESS, Smoothed};

/// A kernel density of some of a layer's values along an axis, without a jump in it. Its area is their share of all finite ones.
#[derive(Clone, Debug)]
pub struct Curve {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// Its area.
    pub share: f64,
    /// Standard deviation of the Gaussian kernel.
    pub bandwidth: f64,
    walls: [Option<f64>; 2],
    smoothed: Smoothed,
    scale: f64,
}

/// How many values are where on an axis, and what is known of them beforehand.
#[derive(Clone, Debug)]
pub struct Along {
    /// (from, to, count), in any order.
    pub counts: Vec<(f64, f64, u64)>,
    /// The least and the greatest place there is a value at.
    pub ends: (f64, f64),
    /// Where the density is known to end below and above, so that kernels are reflected.
    pub walls: [Option<f64>; 2],
    /// The greatest standard deviation that the bandwidth follows from.
    pub most: f64,
}

/// A bandwidth is at least this part of the whole: less is not seen.
const LEAST: f64 = 1.0 / 512.0;
/// Steps that the area is summed up in.
const STEPS: std::ops::RangeInclusive<f64> = 64.0..=2048.0;

impl Curve {
    /// Smooths the values along an axis, of which so many are finite in all; `None` if these have no spread.
    ///
    /// Scott's bandwidth, std (ddof 1) x n^(-1/5), of the places, but of no more than is said, nor less than a bin.
    pub fn of(along: &Along, finite: f64) -> Option<Self> {
        let &Along { ref counts, ends: (from, to), walls, most } = along;
        let count: u64 = counts.iter().map(|cell| cell.2).sum();
        if count == 0 || from >= to || !(to - from).is_finite() {
            return None;
        }
        let within = |&(low, high, count): &(f64, f64, u64)| {
            let (low, high) = (low.clamp(from, to), high.clamp(from, to));
            (low, high, count as f64)
        };
        let cells = || counts.iter().map(within);
        let number = count as f64;
        let sum = |of: &dyn Fn(f64, f64) -> f64| cells().map(|(low, high, count)| count * of(low, high)).sum::<f64>();
        let mean = sum(&|low, high| f64::midpoint(low, high)) / number;
        let squares = sum(&|low, high| (f64::midpoint(low, high) - mean).powi(2));
        let bin = sum(&|low, high| high - low) / number;
        let scott = (squares / (number - 1.0)).sqrt().min(most) * number.powf(-0.2);
        let bandwidth = scott.max(bin).max(LEAST * (to - from));
        let width = bandwidth / FINENESS;
        let mut bins = vec![0.0; ((to - from) / width).ceil() as usize + 1];
        for (low, high, count) in cells() {
            share_out(&mut bins, ((low - from) / width, (high - from) / width), count);
        }
        let smoothed = Smoothed::of((from, width), bins.into_iter(), bandwidth);
        let share = number / finite;
        let steps = ((to - from) / bandwidth * 4.0).clamp(*STEPS.start(), *STEPS.end()) as usize;
        let place = |step: usize| from + (to - from) * step as f64 / steps as f64;
        let half = |step: usize| if step == 0 || step == steps { 0.5 } else { 1.0 };
        let sum: f64 = (0..=steps).map(|step| half(step) * smoothed.reflected(place(step), walls)).sum();
        let scale = share / (sum * (to - from) / steps as f64);
        scale.is_finite().then_some(Self { from, to, share, bandwidth, walls, smoothed, scale })
    }

    /// The density at a place between its ends.
    pub fn at(&self, place: f64) -> f64 {
        self.scale * self.smoothed.reflected(place, self.walls)
    }
}

/// Adds a count to the bins that it lies in, to each its part.
fn share_out(bins: &mut [f64], (low, high): (f64, f64), count: f64) {
    let last = bins.len() - 1;
    let (first, end) = ((low as usize).min(last), (high as usize).min(last));
    if first == end {
        bins[first] += count;
        return;
    }
    for (bin, at) in bins[first..=end].iter_mut().zip(first..) {
        let inside = high.min((at + 1) as f64) - low.max(at as f64);
        *bin += count * inside / (high - low);
    }
}

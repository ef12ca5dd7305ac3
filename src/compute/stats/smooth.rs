use crate::numeric::{Arithmetic, Level, Work};

/// A sum of Gaussian kernels over counts in equal bins; not normalised.
#[derive(Clone, Debug)]
pub(super) struct Smoothed {
    /// Where the first bin begins, and the width of those that were counted in.
    from: f64,
    narrow: f64,
    /// The distance of the sums from one another, and how many there are before the first bin.
    width: f64,
    reach: usize,
    sums: Vec<f64>,
}

/// Bandwidths after which a Gaussian kernel is left out (3e-6 of its peak).
const CUT: f64 = 5.0;
/// Bins of a bandwidth, at least, where there are as many.
pub(super) const FINENESS: f64 = 8.0;

impl Smoothed {
    /// Smooths counts in bins of this width, the first of which begins at `from`; a bandwidth is at least a bin.
    pub fn of((from, narrow): (f64, f64), bins: impl ExactSizeIterator<Item = f64>, bandwidth: f64) -> Self {
        // Bins narrower than need be cost nothing but time. The counts of narrow ones are shared out between the two nearest centres
        // of wide ones, so that their mean stays where it is (linear binning; Jones and Lotwick 1984).
        let mut by = 0;
        while 2 << by <= bins.len() && narrow * (2 << by) as f64 <= bandwidth / FINENESS {
            by += 1;
        }
        let parts = 1 << by;
        let width = narrow * parts as f64;
        let mut counts = vec![0.0; bins.len() / parts + 2];
        for (bin, count) in bins.enumerate().filter(|(_, count)| *count > 0.0) {
            let share = count * (bin % parts) as f64 / parts as f64;
            counts[bin / parts] += count - share;
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
        let mut sums = vec![0.0; (counts.len() + 2 * reach).next_multiple_of(TILE)];
        Level::best().run(Convolution { padded: &padded, kernel: &kernel, smoothed: &mut sums });
        Self { from, narrow, width, reach, sums }
    }

    /// The sum at a position.
    pub fn at(&self, position: f64) -> f64 {
        let Self { from, narrow, width, reach, sums } = self;
        let place = (position - from - 0.5 * narrow) / width + *reach as f64;
        if place < 1.0 || place + 2.0 >= (sums.len() - 1) as f64 {
            return 0.0;
        }
        let (left, t) = (place as usize, place.fract());
        // Lagrange's cubic through the four nearest.
        let [a, b, c, d] = [-1, 0, 1, 2].map(|step: isize| sums[left.saturating_add_signed(step)]);
        -t * (t - 1.0) * (t - 2.0) / 6.0 * a + (t + 1.0) * (t - 1.0) * (t - 2.0) / 2.0 * b
            - (t + 1.0) * t * (t - 2.0) / 2.0 * c
            + (t + 1.0) * t * (t - 1.0) / 6.0 * d
    }

    /// The sum at a position with what is reflected at these walls.
    pub fn reflected(&self, position: f64, walls: [Option<f64>; 2]) -> f64 {
        let mirrored = walls.into_iter().flatten().map(|wall| 2.0 * wall - position);
        (self.at(position) + mirrored.map(|mirrored| self.at(mirrored)).sum::<f64>()).max(0.0)
    }
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

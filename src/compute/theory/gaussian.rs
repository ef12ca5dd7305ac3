use super::Phi;
use crate::numeric::quadrature::points;

/// Where the normal density is cut: 4e-33 of the mass lies beyond.
const TAIL: f64 = 12.0;

/// Where that of a pair is cut, as far from the middle in any direction: 2e-22 of the mass lies beyond.
const PAIR_TAIL: f64 = 10.0;

/// E[g(mean + std z)] for z ~ N(0, 1), for K functions at once.
///
/// A composite Gauss-Legendre rule over |z| <= 12 with panels of at most 2 in z, split where g has kinks, at g = 0, and
/// at 2, 4, 8, 16, 32, then every fourfold distance from 0 in g's own argument, so that a transition of width 1 near 0
/// is resolved whatever the std. For piecewise analytic g that turn on a scale of 1 or more (all activations here,
/// their products and derivatives) the error is below 1e-10 E|g|, for std from 1e-150 to 1e150 while E|g| is in f64's
/// range; g that live only beyond 12 std count as what they are within. With std 0 it is g(mean).
pub fn expect<const K: usize>(mean: f64, std: f64, kinks: &[f64], g: impl FnMut(f64) -> [f64; K]) -> [f64; K] {
    over_panels((mean, std), &breaks((mean, std, TAIL), kinks, distances), g)
}

/// The rule of [`expect`] over panels between these ends.
fn over_panels<const K: usize>(
    (mean, std): (f64, f64),
    breaks: &[f64],
    mut g: impl FnMut(f64) -> [f64; K],
) -> [f64; K] {
    if std == 0.0 {
        return g(mean);
    }
    let mut sums = [0.0; K];
    for panel in breaks.windows(2) {
        for (z, weight) in points(panel[0], panel[1]) {
            let weight = weight * (-0.5 * z * z).exp();
            for (sum, value) in sums.iter_mut().zip(g(mean + std * z)) {
                *sum += weight * value;
            }
        }
    }
    sums.map(|sum| sum / (2.0 * std::f64::consts::PI).sqrt())
}

/// Ends of the panels in z, in order; g's argument is split at these distances from 0.
fn breaks<D: Iterator<Item = f64>>(
    (mean, std, tail): (f64, f64, f64),
    kinks: &[f64],
    distances: fn(f64, f64) -> D,
) -> Vec<f64> {
    let panels = tail.ceil();
    let mut breaks: Vec<f64> = (0..=panels as u32).map(|end| tail * (2.0 * f64::from(end) / panels - 1.0)).collect();
    let mut split = |argument: f64| {
        let z = (argument - mean) / std;
        if z.abs() < tail {
            breaks.push(z);
        }
    };
    split(0.0);
    kinks.iter().for_each(|&kink| split(kink));
    for distance in distances(std, mean.abs() + tail * std) {
        split(-distance);
        split(distance);
    }
    breaks.sort_by(f64::total_cmp);
    breaks.dedup();
    breaks
}

/// Up to the farthest argument.
fn distances(_: f64, farthest: f64) -> impl Iterator<Item = f64> {
    let next = |&distance: &f64| Some(distance * if distance < 32.0 { 2.0 } else { 4.0 });
    std::iter::successors(Some(2.0), next).take_while(move |distance| *distance < farthest && distance.is_finite())
}

/// Those of them that a pair's expectation needs, which takes the square of their number: few, whatever the std. What happens
/// nearer to 0 than 1e-13 std has no share in it, and beyond 2^21 an activation goes on as it came.
fn few_distances(std: f64, farthest: f64) -> impl Iterator<Item = f64> {
    const SETTLED: f64 = (1_u32 << 21) as f64;
    let next = |&distance: &f64| Some(distance * if distance < SETTLED { 4.0 } else { 64.0 });
    let near = distances(0.0, SETTLED.min(farthest));
    let far = std::iter::successors(Some(SETTLED), next).take_while(move |distance| *distance < farthest);
    near.chain(far).skip_while(move |distance| *distance < 1e-13 * std)
}

/// Moments of an activation over z ~ N(mean, variance).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// `E[phi]`
    pub mean: f64,
    /// `E[phi^2] - E[phi]^2`, without cancellation where phi varies little.
    pub variance: f64,
    /// `E[phi^2]`
    pub square: f64,
    /// `E[phi']`
    pub slope_mean: f64,
    /// `E[phi'^2]`
    pub slope_square: f64,
}

/// Moments of phi over z ~ N(mean, variance), to 1e-10 relative (see [`expect`]).
pub fn moments(phi: &impl Phi, mean: f64, variance: f64) -> Moments {
    let (middle, _) = phi.at(mean);
    let [off, off_square, square, slope_mean, slope_square] = expect(mean, variance.sqrt(), &phi.kinks(), |z| {
        let (value, slope) = phi.at(z);
        let off = value - middle;
        [off, off * off, value * value, slope, slope * slope]
    });
    Moments { mean: middle + off, variance: (off_square - off * off).max(0.0), square, slope_mean, slope_square }
}

/// E[g(u) g(v)] for u, v ~ N(0, variance) with correlation c in -1..=1.
///
/// Nested: the mean of g(v) given u has no kinks, but turns around the kinks of g within sqrt(variance (1 - c^2)); the
/// outer integral is split there too. Error below 1e-10 E[g^2]; of a std beyond 1e6 for g that are about linear, or constant,
/// far from 0 on either side, as activations are and the slopes of bounded ones are not. Costs some 10^5 to 5 x 10^5 values of
/// g, whatever the std.
pub fn expect_pair(variance: f64, correlation: f64, kinks: &[f64], g: impl Fn(f64) -> f64) -> f64 {
    let std = variance.sqrt();
    let apart = std * ((1.0 - correlation) * (1.0 + correlation)).max(0.0).sqrt();
    let mut outer = kinks.to_vec();
    if correlation != 0.0 && apart > 0.0 {
        for &kink in kinks.iter().chain(&[0.0]) {
            outer.push(kink / correlation);
            for times in [1.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0] {
                outer.extend([-times, times].map(|times| (kink + times * apart) / correlation));
            }
        }
    }
    let few = |mean: f64, std: f64, tail: f64, kinks: &[f64]| breaks((mean, std, tail), kinks, few_distances);
    let [sum] = over_panels((0.0, std), &few(0.0, std, PAIR_TAIL, &outer), |u| {
        let mean = correlation * u;
        let z = u / std;
        let tail = ((PAIR_TAIL - z) * (PAIR_TAIL + z)).max(1.0).sqrt();
        let [given] = over_panels((mean, apart), &few(mean, apart, tail, kinks), |v| [g(v)]);
        [g(u) * given]
    });
    sum
}

/// E[phi(u) phi(v)] for u, v ~ N(0, variance) with correlation c in -1..=1: the closed form, or else [`expect_pair`].
pub fn expect_product(phi: &impl Phi, variance: f64, correlation: f64) -> f64 {
    match phi.pair_means(variance, correlation) {
        Some(means) => means.values,
        None => expect_pair(variance, correlation, &phi.kinks(), |z| phi.at(z).0),
    }
}

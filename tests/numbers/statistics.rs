//! Summaries are exact, and a density with its point masses is one: it integrates to 1 and stays where the values are.

use initscope::activation::Limits;
use initscope::experiment::Activation;
use initscope::stats::{Density, Distribution, LEVELS, Quantiles, Tally, UnitStates};
use proptest::prelude::*;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution as _, StandardNormal};

const NONE: Limits = Limits { lower: None, upper: None };
const RELU: Limits = Limits { lower: Some(0.0), upper: None };
const TANH: Limits = Limits { lower: Some(-1.0), upper: Some(1.0) };
const SIGMOID: Limits = Limits { lower: Some(0.0), upper: Some(1.0) };

proptest! {
    #[test]
    fn quantiles_are_those_of_a_sort(values in prop::collection::vec(any_value(), 1..400), block in 1_usize..50) {
        let expected = LEVELS.map(|level| quantile_of_sorted(&values, level));
        for (found, expected) in quantiles(&values, block).into_iter().zip(expected) {
            prop_assert!(found == expected || found.is_nan() && expected.is_nan(), "{found}, sorted {expected}");
        }
    }

    #[test]
    fn moments_are_those_of_two_passes(values in prop::collection::vec(-1e3_f32..1e3, 1..400), block in 1_usize..50) {
        let count = values.len() as f64;
        let mean = values.iter().map(|&value| f64::from(value)).sum::<f64>() / count;
        let variance = values.iter().map(|&value| (f64::from(value) - mean).powi(2)).sum::<f64>() / count;
        let found = tally(&values, NONE, block).finite(NONE);
        prop_assert_eq!(found.count, values.len() as u64);
        prop_assert!((found.mean - mean).abs() <= 1e-11);
        prop_assert!((found.std() - variance.sqrt()).abs() <= 1e-11);
        prop_assert_eq!(found.min, f64::from(values.iter().copied().fold(f32::INFINITY, f32::min)));
        prop_assert_eq!(found.max, f64::from(values.iter().copied().fold(f32::NEG_INFINITY, f32::max)));
    }

    #[test]
    fn densities_of_anything_are_densities(values in prop::collection::vec(any_value(), 1..400)) {
        is_a_density(&values, NONE);
        let positive: Vec<_> = values.iter().map(|value| value.max(0.0)).collect();
        is_a_density(&positive, RELU);
        let bounded: Vec<_> = values.iter().map(|value| value.tanh()).collect();
        is_a_density(&bounded, TANH);
    }
}

#[test]
fn std_is_exact_where_the_mean_is_far_from_zero() {
    for (mean, spread) in [(1e6_f32, 0.0625_f32), (-3e7, 4.0), (0.5, 6e-8), (1.0, 1.2e-7)] {
        let values: Vec<_> = (0..10_000).map(|index| if index % 2 == 0 { mean } else { mean + spread }).collect();
        let spread = f64::from(values[1]) - f64::from(values[0]);
        let found = distribution(&values, NONE);
        assert!(spread > 0.0 && (found.std / (spread / 2.0) - 1.0).abs() < 1e-9, "{}, not {spread} / 2", found.std);
        assert!((found.mean - (f64::from(mean) + spread / 2.0)).abs() <= 1e-9 * spread);
    }
}

#[test]
fn a_constant_has_no_spread() {
    let found = distribution(&[0.1; 1000], NONE);
    assert_eq!((found.mean, found.std), (f64::from(0.1_f32), 0.0));
    assert_eq!(quantiles(&[0.1; 1000], 64), [f64::from(0.1_f32); 7]);
    assert!(found.density.values.is_empty());
    assert_eq!(found.density.masses.len(), 1);
    assert_eq!((found.density.masses[0].at, found.density.masses[0].share), (f64::from(0.1_f32), 1.0));
}

#[test]
fn a_nan_makes_every_figure_nan() {
    let found = distribution(&[1.0, f32::NAN, 3.0, f32::INFINITY], NONE);
    assert_eq!((found.count, found.nan, found.infinite, found.non_finite()), (4, 1, 1, 2));
    assert!([found.mean, found.std, found.min, found.max].iter().all(|figure| figure.is_nan()));
    assert!(quantiles(&[1.0, f32::NAN, 3.0, f32::INFINITY], 2).iter().all(|quantile| quantile.is_nan()));
    assert_eq!(found.finite_range, Some((1.0, 3.0)));
}

#[test]
fn an_infinity_makes_the_mean_infinite_and_the_std_nan() {
    let found = distribution(&[1.0, f32::INFINITY, 3.0], NONE);
    assert_eq!((found.mean, found.min, found.max), (f64::INFINITY, 1.0, f64::INFINITY));
    assert!(found.std.is_nan());
    let found = distribution(&[1.0, f32::NEG_INFINITY, 3.0], NONE);
    assert_eq!((found.mean, found.min, found.max), (f64::NEG_INFINITY, f64::NEG_INFINITY, 3.0));
    let found = distribution(&[f32::NEG_INFINITY, f32::INFINITY], NONE);
    assert!(found.mean.is_nan());
    assert_eq!((found.min, found.max, found.finite_range), (f64::NEG_INFINITY, f64::INFINITY, None));
}

#[test]
fn bins_and_masses_speak_of_the_finite_values() {
    let found = distribution(&[0.0, 1.0, 2.0, f32::INFINITY, f32::NAN, f32::NEG_INFINITY], NONE);
    assert_eq!(found.bins.total(), 2);
    assert_eq!(found.density.masses[0].share, 1.0 / 3.0);
    assert_eq!(found.zero_fraction, 1.0 / 6.0, "of all values");
}

#[test]
fn units_are_dead_mixed_or_always_on() {
    // Units by images: always on, dead, mixed, dead by negative values, NaN for one image.
    let outputs = [[1.0, 2.0, 0.1], [0.0, 0.0, 0.0], [0.0, 3.0, 0.0], [-1.0, -0.5, 0.0], [f32::NAN, 0.0, 0.0]];
    let states = |activation: Activation| {
        let mut tally = Tally::none(5).of_outputs(activation.plateaus());
        tally.add(outputs.as_flattened(), NONE);
        UnitStates::of(&tally, 3)
    };
    assert_eq!(states(Activation::Relu), UnitStates { dead: 2, mixed: 2, always_on: 1, never_positive: 0 });
    // A tanh has a slope everywhere, so that none is dead, and none always on.
    assert_eq!(states(Activation::Tanh), UnitStates { dead: 0, mixed: 5, always_on: 0, never_positive: 2 });
}

#[test]
fn saturated_values_lie_within_the_margin_of_a_limit() {
    let values = [-1.0, -0.98, -0.97, -0.96, 0.0, 0.96, 0.98, 1.0];
    // 0.97 itself is not beyond 0.97.
    let saturated = |activation: Activation, values: &[f32]| {
        let mut tally = Tally::none(1).of_outputs(activation.plateaus());
        tally.add(values, activation.limits());
        tally.saturated
    };
    assert_eq!(saturated(Activation::Tanh, &values), 4);
    assert_eq!(saturated(Activation::HardTanh, &values), 2, "exactly at a limit");
    let values = [0.0, 0.02, 0.04, 0.5, 0.96, 0.98, 1.0, f32::NAN];
    assert_eq!(saturated(Activation::Sigmoid, &values), 4);
    assert_eq!(saturated(Activation::HardSigmoid, &values), 2);
    assert_eq!(saturated(Activation::Relu6, &[0.0, 0.0, 3.0, 6.0]), 1, "off is not saturated");
}

#[test]
fn densities_of_layers_are_densities() {
    let normal = normal_draws(20_000, 1);
    let relu: Vec<_> = normal.iter().map(|z| z.max(0.0)).collect();
    let tanh: Vec<_> = normal.iter().map(|z| (10.0 * z).tanh()).collect();
    let sigmoid: Vec<_> = normal.iter().map(|z| 1.0 / (1.0 + (-60.0 * z).exp())).collect();
    let heavy: Vec<_> = normal.iter().map(|z| z.powi(9)).collect();
    assert!(tanh.contains(&1.0) && tanh.contains(&-1.0) && sigmoid.contains(&1.0) && sigmoid.contains(&0.0));
    is_a_density(&normal, NONE);
    is_a_density(&relu, RELU);
    is_a_density(&tanh, TANH);
    is_a_density(&sigmoid, SIGMOID);
    is_a_density(&heavy, NONE);
}

#[test]
fn densities_of_nonsense_are_densities() {
    let cases: [(&str, Vec<f32>); 11] = [
        ("all zeros", vec![0.0; 500]),
        ("one value", vec![0.3]),
        ("two values", vec![0.3, 0.7]),
        ("two limits", vec![1.0, 0.0]),
        ("two neighbours in f32", vec![0.5, 0.5_f32.next_up()]),
        ("constant", vec![0.25; 500]),
        ("constant but for one", (0..500).map(|index| if index == 0 { 1.0 } else { 0.25 }).collect()),
        ("tiny range", (0..500).map(|index| 0.5 + 1e-7 * (index as f32 - 250.0) / 250.0).collect()),
        ("subnormal", (0..500).map(f32::from_bits).collect()),
        ("huge range", (0..500).map(|index| 10_f32.powf(index as f32 / 500.0 * 68.0 - 30.0)).collect()),
        ("largest numbers", vec![f32::MAX, f32::MIN, 1.0, f32::MIN_POSITIVE]),
    ];
    for (name, values) in cases {
        let _said_if_it_fails = Said(name);
        is_a_density(&values, NONE);
        is_a_density(&values, RELU);
        let bounded: Vec<_> = values.iter().map(|value| value.clamp(0.0, 1.0)).collect();
        is_a_density(&bounded, TANH);
        is_a_density(&bounded, SIGMOID);
    }
}

#[test]
fn nothing_finite_has_no_density() {
    for values in [&[f32::NAN; 3][..], &[f32::INFINITY, f32::NEG_INFINITY]] {
        let density = distribution(values, NONE).density;
        assert!(density.values.is_empty() && density.masses.is_empty() && density.peak() == 0.0);
    }
}

#[test]
fn masses_are_the_shares_of_exact_values() {
    let values: Vec<f32> = [[-1.0; 10].as_slice(), &[0.0; 20], &[1.0; 30], &[0.2, 0.3, 0.4, -0.6]].concat();
    let masses: Vec<_> = distribution(&values, TANH).density.masses.iter().map(|mass| (mass.at, mass.share)).collect();
    assert_eq!(masses, [(-1.0, 10.0 / 64.0), (0.0, 20.0 / 64.0), (1.0, 30.0 / 64.0)]);
    let masses = distribution(&values, NONE).density.masses;
    assert_eq!(masses.len(), 1, "without limits only zero is exact by nature");
}

#[test]
fn the_density_of_a_normal_sample_is_that_normal_smoothed() {
    let density = distribution(&normal_draws(1_000_000, 2), NONE).density;
    let scott = 1_000_000_f64.powf(-0.2);
    assert!((density.bandwidth / scott - 1.0).abs() < 0.005, "{}, Scott's rule {scott}", density.bandwidth);
    // A normal convolved with a normal kernel; the estimate's standard error is at most 0.0014.
    let std = (1.0 + scott * scott).sqrt();
    for (point, value) in density.values.iter().enumerate() {
        let x = density.position(point);
        let expected = normal_density(x / std) / std;
        assert!(x.abs() > 4.0 || (value - expected).abs() < 0.006, "{value} at {x}, expected {expected}");
    }
}

#[test]
fn densities_are_within_a_hundredth_of_the_peak_of_those_without_bins() {
    let normal = normal_draws(20_000, 6);
    let of = |f: &dyn Fn(f32) -> f32| normal.iter().map(|&z| f(z)).collect::<Vec<_>>();
    for (name, values, limits) in [
        ("normal", of(&|z| z), NONE),
        ("heavy tails", of(&|z| (2.0 * z).exp()), NONE),
        ("outliers", of(&|z| if z > 3.0 { 300.0 * z } else { z }), NONE),
        ("near a half", of(&|z| 0.5 + 1e-5 * z), SIGMOID),
        ("below minus a hundred", of(&|z| -100.0 - 0.01 * z), NONE),
        ("nearly nothing", of(&|z| 1e-38 * z), NONE),
        ("enormous", of(&|z| 1e37 * z), NONE),
        ("relu", of(&|z| z.max(0.0)), RELU),
        ("saturated", of(&|z| (8.0 * z).tanh()), TANH),
        ("clusters", normal.iter().enumerate().map(|(at, z)| normal[at % 100] + 1e-3 * z).collect(), NONE),
    ] {
        let density = distribution(&values, limits).density;
        let exact = density_without_bins(&values, limits, |point| density.position(point));
        let peak = exact.iter().copied().fold(0.0, f64::max);
        for (point, (found, expected)) in density.values.iter().zip(exact).enumerate() {
            let off = (found - expected).abs() / peak;
            assert!(off < 0.01, "{name}: off by {off} of the peak at {}", density.position(point));
        }
    }
}

/// A Gaussian kernel at every value of the continuous part, Scott's bandwidth, reflected and cut: the definition.
fn density_without_bins(values: &[f32], limits: Limits, position: impl Fn(usize) -> f64) -> Vec<f64> {
    let limits = [limits.lower, limits.upper].map(|limit| limit.filter(|limit| limit.is_finite()));
    let spread: Vec<f64> = values
        .iter()
        .filter(|&&value| value != 0.0 && !limits.contains(&Some(value)))
        .map(|&value| value.into())
        .collect();
    let count = spread.len() as f64;
    let mean = spread.iter().sum::<f64>() / count;
    let variance = spread.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0);
    let bandwidth = variance.sqrt() * count.powf(-0.2);
    let at = |x: f64| spread.iter().map(|value| (-0.5 * ((x - value) / bandwidth).powi(2)).exp()).sum::<f64>();
    let points = || (0..Density::POINTS).map(&position);
    let reflected = |x: f64| limits.iter().flatten().map(|&limit| at(2.0 * f64::from(limit) - x)).sum::<f64>();
    let density: Vec<f64> = points().map(|x| at(x) + reflected(x)).collect();
    let step = position(1) - position(0);
    let area: f64 = density.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0 * step).sum();
    density.iter().map(|value| value / area * count / values.len() as f64).collect()
}

#[test]
fn the_density_is_reflected_at_a_limit() {
    let half: Vec<_> = normal_draws(200_000, 3).into_iter().map(f32::abs).collect();
    let reflected = distribution(&half, RELU).density.values[0];
    let expected = 2.0 * normal_density(0.0);
    assert!((reflected - expected).abs() < 0.03, "{reflected}, expected {expected}");
    let spilled = distribution(&half, NONE).density.values[0];
    assert!((spilled - expected / 2.0).abs() < 0.03, "{spilled} without a limit");
}

#[test]
fn a_uniform_sample_between_limits_is_flat() {
    let uniform: Vec<_> = (0..100_000).map(|index| (index as f32 + 0.5) / 100_000.0).collect();
    let density = distribution(&uniform, SIGMOID).density;
    assert!(density.values.iter().all(|value| (value - 1.0).abs() < 0.002), "{:?}", density.values);
}

#[test]
fn bins_count_every_value_of_the_continuous_part() {
    let values: Vec<_> = normal_draws(10_000, 4).iter().map(|z| z.max(0.0)).collect();
    let positive = values.iter().filter(|&&value| value > 0.0).count() as u64;
    let bins = distribution(&values, RELU).bins;
    assert_eq!(bins.total(), positive);
    for bins in [bins.coarse(4), bins.coarse(64), bins] {
        assert_eq!(bins.total(), positive);
        let edge = |index: usize| bins.from + bins.width() * index as f64;
        for (index, &count) in bins.counts.iter().enumerate() {
            let inside = |value: f64| value >= edge(index) && value < edge(index + 1);
            let expected = values.iter().filter(|&&value| value > 0.0 && inside(f64::from(value))).count() as u64;
            assert_eq!(count, expected, "bin {index} of {}", bins.counts.len());
        }
    }
}

#[test]
fn what_lies_outside_an_axis_is_counted_to_within_a_bin() {
    let values = normal_draws(10_000, 5);
    let cumulative = distribution(&values, NONE).bins.cumulative();
    for (low, high) in [(-1.0, 0.5), (-9.0, 9.0), (2.0, 3.0), (-0.3, -0.2)] {
        let (below, above) = cumulative.outside(low, high);
        let count = |is: &dyn Fn(f64) -> bool| values.iter().filter(|&&value| is(f64::from(value))).count() as f64;
        // A bin is a 4096th of some 8 standard deviations: no more than 20 of the values.
        assert!((below - count(&|value| value < low)).abs() <= 20.0, "below {low}: {below}");
        assert!((above - count(&|value| value > high)).abs() <= 20.0, "above {high}: {above}");
    }
}

/// Density and masses integrate to 1, nothing is negative, and the density ends at the least and greatest value.
/// Says its name if the test fails while it lives.
struct Said(&'static str);

impl Drop for Said {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // The lint is about output nobody asked for; this is a failing test's.
            #[expect(clippy::print_stderr)]
            {
                eprintln!("of {}", self.0);
            }
        }
    }
}

fn is_a_density(values: &[f32], limits: Limits) {
    let Distribution { density, bins, .. } = distribution(values, limits);
    let exact = |value: f32| value == 0.0 || Some(value) == limits.lower || Some(value) == limits.upper;
    let continuous =
        || values.iter().filter(|value| value.is_finite() && !exact(**value)).map(|&value| f64::from(value));
    let finite = values.iter().filter(|value| value.is_finite()).count();
    if finite == 0 {
        assert!(density.values.is_empty() && density.masses.is_empty());
        return;
    }
    assert_eq!(bins.total(), continuous().count() as u64);
    let masses: f64 = density.masses.iter().map(|mass| mass.share).sum();
    let area: f64 = (1..density.values.len())
        .map(|point| {
            let step = density.position(point) - density.position(point - 1);
            step * (density.values[point - 1] + density.values[point]) / 2.0
        })
        .sum();
    assert!((area + masses - 1.0).abs() < 1e-6, "{area} + {masses}");
    assert!(density.values.iter().all(|value| value.is_finite() && *value >= 0.0), "{:?}", density.values);
    assert!(density.masses.iter().all(|mass| mass.share > 0.0));
    assert!(density.masses.windows(2).all(|pair| pair[0].at < pair[1].at));
    if !density.values.is_empty() {
        assert_eq!(density.values.len(), Density::POINTS);
        assert_eq!(density.position(0), continuous().fold(f64::INFINITY, f64::min));
        assert_eq!(density.position(Density::POINTS - 1), continuous().fold(f64::NEG_INFINITY, f64::max));
        assert!(density.bandwidth > 0.0);
    }
}

fn distribution(values: &[f32], limits: Limits) -> Distribution {
    Distribution::of(&tally(values, limits, 64), limits)
}

fn tally(values: &[f32], limits: Limits, block: usize) -> Tally {
    let mut tally = Tally::none(1);
    values.chunks(block).for_each(|block| tally.merge(&Tally::of(block, 1, limits)));
    assert_eq!(tally.finite(limits).count + tally.non_finite(), values.len() as u64);
    tally
}

/// In passes by blocks, each as two threads that take turns.
fn quantiles(values: &[f32], block: usize) -> [f64; LEVELS.len()] {
    let mut quantiles = Quantiles::of(&tally(values, NONE, block), NONE);
    for _ in 0..3 {
        let mut forks = [quantiles.fork(), quantiles.fork()];
        values.chunks(block).enumerate().for_each(|(turn, block)| forks[turn % 2].add(block));
        forks.into_iter().for_each(|fork| quantiles.merge(fork));
        quantiles = quantiles.next();
    }
    quantiles.known().unwrap()
}

/// NumPy's default: linear between the neighbours of position level x (n - 1), from the nearer of them.
fn quantile_of_sorted(values: &[f32], level: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f32::total_cmp);
    let position = level * (sorted.len() - 1) as f64;
    let below = position as usize;
    let above = (below + 1).min(sorted.len() - 1);
    let (a, b, gamma) = (f64::from(sorted[below]), f64::from(sorted[above]), position - below as f64);
    match gamma {
        // Neighbours that are equal or without weight need no arithmetic, which infinities would not survive.
        gamma if gamma == 0.0 || a == b => a,
        gamma if gamma < 0.5 => a + (b - a) * gamma,
        gamma => b - (b - a) * (1.0 - gamma),
    }
}

/// Ordinary numbers, repeated ones, any bits that are a number, and infinities.
fn any_value() -> impl Strategy<Value = f32> {
    prop_oneof![
        8 => -3.0_f32..3.0,
        4 => (-3_i8..4).prop_map(f32::from),
        2 => any::<f32>().prop_filter("a number", |value| !value.is_nan()),
        1 => prop_oneof![Just(f32::INFINITY), Just(f32::NEG_INFINITY), Just(-0.0)],
    ]
}

fn normal_draws(count: usize, seed: u64) -> Vec<f32> {
    StandardNormal.sample_iter(ChaCha8Rng::seed_from_u64(seed)).take(count).collect()
}

fn normal_density(x: f64) -> f64 {
    (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

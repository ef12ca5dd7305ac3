//! What the weights look like: figures of the very kernels, however sigma was reached.

use initscope::engine::{Measurer, Quantities};
use initscope::experiment::{Experiment, Initializer, Inputs};
use initscope::network::{DrawCache, Network, Scratch, Stage};
use initscope::stats::LEVELS;

const WANTED: Quantities = Quantities { weights: true, ..Quantities::GLANCE };

fn with(initializer: Initializer) -> Experiment {
    let article = Experiment::article();
    Experiment { inputs: Inputs { images: 20, ..article.inputs.clone() }, initializer, ..article }
}

/// NumPy's method "linear", of values in order.
fn numpy(values: &[f64], level: f64) -> f64 {
    let position = level * (values.len() - 1) as f64;
    let (at, part) = (position as usize, position.fract());
    values[at] + (values[(at + 1).min(values.len() - 1)] - values[at]) * part
}

#[test]
fn figures_are_those_of_the_kernels() {
    let mut measurer = Measurer::new().unwrap();
    for initializer in [
        Initializer::RandomNormal { mean: 0.0, sigma: 0.1 },
        Initializer::RandomNormal { mean: 0.0, sigma: 0.28 },
        Initializer::RandomNormal { mean: 0.5, sigma: 0.28 },
        Initializer::HeNormal { gain: 1.0 },
        Initializer::read("zeros").unwrap(),
        Initializer::read("ones").unwrap(),
    ] {
        let experiment = with(initializer);
        let measured = measurer.measure_all(&experiment, WANTED).unwrap();
        let (network, _) = measurer.network_and_source(&experiment).unwrap();
        for (index, layer) in measured.layers.iter().enumerate() {
            let mut weights: Vec<f64> =
                network.hidden_kernel(index).weights().iter().map(|&weight| f64::from(weight)).collect();
            weights.sort_by(f64::total_cmp);
            let found = layer.weight_distribution.as_ref().unwrap();
            assert_eq!(found.count as usize, weights.len());
            let mean = weights.iter().sum::<f64>() / weights.len() as f64;
            let squares = weights.iter().map(|weight| (weight - mean).powi(2)).sum::<f64>();
            let std = (squares / weights.len() as f64).sqrt();
            // f32 rounds every weight.
            let near = |found: f64, expected: f64| (found - expected).abs() <= 2e-7 * (std + mean.abs());
            assert!(near(found.mean, mean) && near(found.std, std), "{initializer:?}: {} {mean}", found.mean);
            for (quantile, level) in found.quantiles.unwrap().into_iter().zip(LEVELS) {
                let expected = numpy(&weights, level);
                assert!(
                    near(quantile, expected) || (quantile - expected).abs() <= 1e-7 * expected.abs(),
                    "{initializer:?}: {quantile} {expected}"
                );
            }
            let is_spread = !found.density.values.is_empty();
            let spread: f64 = found.density.values.windows(2).map(|pair| pair[0] + pair[1]).sum::<f64>() / 2.0;
            let step = if is_spread { (found.density.to - found.density.from) / 511.0 } else { 0.0 };
            let masses: f64 = found.density.masses.iter().map(|mass| mass.share).sum();
            assert!((spread * step + masses - 1.0).abs() < 1e-6, "all of them are shown");
        }
    }
}

#[test]
fn a_dragged_sigma_and_a_cold_one_give_the_same_bits() {
    let dragged = {
        let mut measurer = Measurer::new().unwrap();
        measurer.measure_all(&with(Initializer::RandomNormal { mean: 0.0, sigma: 0.1 }), WANTED).unwrap();
        measurer.measure_all(&with(Initializer::RandomNormal { mean: 0.0, sigma: 0.3 }), WANTED).unwrap()
    };
    let cold = with(Initializer::RandomNormal { mean: 0.0, sigma: 0.3 });
    let cold = Measurer::new().unwrap().measure_all(&cold, WANTED).unwrap();
    for (one, other) in dragged.layers.iter().zip(&cold.layers) {
        let [one, other] = [one, other].map(|layer| layer.weight_distribution.as_ref().unwrap());
        assert_eq!((one.quantiles, &one.density, &one.bins), (other.quantiles, &other.density, &other.bins));
    }
}

/// Where f32 has few numbers, beside a mean or next to zero, its weights are others than the law's: those that the network has.
#[test]
fn figures_are_those_of_f32s_weights_where_these_are_few() {
    let mut measurer = Measurer::new().unwrap();
    for (mean, sigma) in [
        (1.0, 1e-8),
        (1.0, 1e-7),
        (-0.3, 1e-6),
        (1.0, 9e-3),
        (1.0, 1.1e-2),
        (0.0, 1e-42),
        (0.0, 3e-45),
        (1e-40, 1e-43),
        (3e34, 1e27),
    ] {
        let experiment = with(Initializer::RandomNormal { mean, sigma });
        let measured = measurer.measure_all(&experiment, WANTED).unwrap();
        let (network, source) = measurer.network_and_source(&experiment).unwrap();
        for (index, layer) in measured.layers.iter().enumerate() {
            let weights = network.hidden_kernel(index).weights();
            let mut sorted: Vec<f64> = weights.iter().map(|&weight| f64::from(weight)).collect();
            sorted.sort_by(f64::total_cmp);
            let count = sorted.len() as f64;
            let average = sorted.iter().sum::<f64>() / count;
            let std = (sorted.iter().map(|weight| (weight - average).powi(2)).sum::<f64>() / count).sqrt();
            let found = layer.weight_distribution.as_ref().unwrap();
            let what = format!("mean {mean}, sigma {sigma}, layer {}", index + 1);
            assert!((layer.weights.std() / std - 1.0).abs() < 1e-7, "{what}: {} {std}", layer.weights.std());
            assert_eq!((layer.weights.std(), layer.weights.mean), (found.std, found.mean), "{what}");
            assert!((found.mean - average).abs() <= 1e-7 * std + 1e-15 * average.abs(), "{what}: {}", found.mean);
            assert_eq!((found.min, found.max), (sorted[0], sorted[sorted.len() - 1]), "{what}");
            for (quantile, level) in found.quantiles.unwrap().into_iter().zip(LEVELS) {
                let expected = numpy(&sorted, level);
                assert!((quantile - expected).abs() <= 2e-7 * expected.abs(), "{what}: {quantile} {expected}");
            }
            let different = 1 + sorted.windows(2).filter(|pair| pair[0] != pair[1]).count();
            let bins = found.bins.counts.iter().filter(|&&count| count > 0).count();
            assert!(bins + found.density.masses.len() <= different, "{what}: {bins} bins of {different} weights");
            let total: u64 = found.bins.counts.iter().sum();
            let zeros = sorted.iter().filter(|&&weight| weight == 0.0).count() as u64;
            assert_eq!(total + zeros, sorted.len() as u64, "{what}");
        }
        // And they are those that images are multiplied with.
        let images = source.images(0..20);
        let mut scratch = Scratch::new(&network);
        let see = |kernel: usize, stage, values: ndarray::ArrayView2<'_, f32>| {
            if kernel == 0 && stage == Stage::PreActivation {
                let expected = images.mapv(f64::from).dot(&network.kernels[0].weights().mapv(f64::from));
                let largest = expected.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
                let off = (values.mapv(f64::from) - &expected).iter().fold(0.0, |off: f64, value| off.max(value.abs()));
                assert!(off <= 2e-6 * largest + 1.5e-45, "mean {mean}, sigma {sigma}: {off}, {largest}");
            }
            Ok(())
        };
        network.forward(images.view(), &mut scratch, see).unwrap();
    }
}

/// N(1, 1e-16) in f32: half of the step below 1 is 2^-25, which draws below -2.98 pass; the step above 1 is twice as wide.
#[test]
fn a_spread_below_f32s_steps_leaves_two_weights() {
    let experiment = with(Initializer::RandomNormal { mean: 1.0, sigma: 1e-8 });
    let measured = Measurer::new().unwrap().measure_all(&experiment, WANTED).unwrap();
    let layer = &measured.layers[0];
    let below = 0.5_f64.powi(24);
    assert_eq!((layer.weights.min, layer.weights.max), (1.0 - below, 1.0));
    // P(Z < -2.980232) = 0.0014401; of 78,400 weights.
    let share = 0.001_440_1;
    let expected = below * f64::sqrt(share * (1.0 - share));
    assert!(
        (layer.weights.std() / expected - 1.0).abs() < 4.0 * 0.5 / f64::sqrt(78_400.0 * share),
        "{}",
        layer.weights.std()
    );
}

#[test]
fn kernels_that_are_no_scaled_draws_are_known_again() {
    for initializer in [
        Initializer::RandomNormal { mean: 1.0, sigma: 1e-8 },
        Initializer::TruncNormal { mean: 0.0, sigma: 1.0, a: -1.0, b: 0.5 },
    ] {
        let mut draws = DrawCache::default();
        let [one, other] = [0, 1].map(|_| Network::draw(&with(initializer), &mut draws));
        assert!(one.is_same(&other), "{initializer}: nothing need be measured again");
    }
}

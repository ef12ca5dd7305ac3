//! What the weights look like: figures of the very kernels, however sigma was reached.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use initscope::engine::{Measurer, Quantities};
use initscope::experiment::{Experiment, Initializer, Inputs};
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

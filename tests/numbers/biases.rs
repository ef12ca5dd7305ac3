//! Biases: where they come from, and what dies of them. What they do to a pass is in `forward_reference`.

use initscope::engine::{Measurer, Quantities};
use initscope::experiment::{Draws, Experiment, Initializer, Inputs};
use initscope::network::{DrawCache, Network};
use ndarray::Array1;

#[test]
fn there_are_none_unless_asked_for() {
    for initializer in Initializer::ALL {
        let network = draw(&Experiment { initializer, ..Experiment::article() });
        assert_eq!(network.biases.is_some(), initializer.sets_biases(), "{initializer}");
    }
}

#[test]
fn a_constant_bias_is_everywhere() {
    let biases = draw(&Experiment { bias: -0.1, ..Experiment::article() }).biases.unwrap();
    assert_eq!(biases.iter().map(Array1::len).collect::<Vec<_>>(), [100, 100, 100, 100, 100, 10]);
    assert!(biases.iter().flatten().all(|&bias| bias == -0.1));
}

#[test]
fn random_biases_are_normal_and_keep_their_draws() {
    let at = |bias, bias_std, layers| {
        draw(&Experiment { bias, bias_std, widths: vec![500; layers], ..Experiment::article() }).biases.unwrap()
    };
    let standard = at(0.0, 1.0, 8);
    for (index, biases) in standard[..8].iter().enumerate() {
        let biases = biases.mapv(f64::from);
        assert!(biases.mean().unwrap().abs() < 4.5 / 500.0_f64.sqrt());
        assert!((biases.std(0.0) - 1.0).abs() < 4.5 / 1000.0_f64.sqrt());
        for other in &standard[..index] {
            let product = (&biases * &other.mapv(f64::from)).mean().unwrap();
            assert!(product.abs() < 4.5 / 500.0_f64.sqrt(), "layers are independent");
        }
    }
    for (moved, standard) in at(0.25, 0.5, 8).iter().zip(&standard) {
        assert_eq!(moved, &(standard * 0.5 + 0.25));
    }
    let shallow = at(0.0, 1.0, 3);
    assert_eq!((&shallow[..3], &shallow[3]), (&standard[..3], &standard[8]));
}

#[test]
fn biases_change_no_kernel() {
    let without = draw(&Experiment::article());
    let with = draw(&Experiment { bias: 0.5, bias_std: 0.1, ..Experiment::article() });
    assert_eq!(without.weights(), with.weights());
}

#[test]
fn pytorchs_default_is_uniform_within_one_over_the_root_of_fan_in() {
    let initializer = Initializer::TorchLinearDefault;
    let network = draw(&Experiment { initializer, widths: vec![1024, 900, 1000], ..Experiment::article() });
    for (kernel, biases) in network.weights().iter().zip(network.biases.as_ref().unwrap()) {
        let limit = 1.0 / (kernel.nrows() as f64).sqrt();
        let largest = biases.iter().fold(0.0, |largest: f64, bias| largest.max(f64::from(bias.abs())));
        // Of n none is in the outer 10 / n once in e^10.
        let reached = 1.0 - 10.0 / biases.len() as f64;
        assert!(largest <= limit * (1.0 + 1e-6) && largest > reached * limit, "{largest} of {limit}");
        let square = biases.iter().map(|&bias| f64::from(bias).powi(2)).sum::<f64>() / biases.len() as f64;
        let error = limit * limit * (4.0 / 45.0 / biases.len() as f64).sqrt();
        assert!((square - limit * limit / 3.0).abs() < 4.5 * error);
    }
}

#[test]
fn where_kernels_share_biases_do_not() {
    let initializer = Initializer::TorchLinearDefault;
    let network = draw(&Experiment { initializer, draws: Draws::Shared, ..Experiment::article() });
    assert_eq!(network.kernels[1].weights(), network.kernels[2].weights());
    let biases = network.biases.unwrap();
    assert_ne!(biases[1], biases[2]);
}

/// The reference: constant bias -.1, sigma .05, five layers of 100.
#[test]
fn a_negative_bias_kills_relu_units() {
    let initializer = Initializer::RandomNormal { mean: 0.0, sigma: 0.05 };
    let experiment = Experiment { initializer, bias: -0.1, ..of(5, 100) };
    dead_shares_are(&experiment, &[0.0, 0.031, 0.804, 1.0, 1.0]);
}

/// The reference: `nn.Linear` as it is, relu, six layers of 80.
#[test]
fn pytorchs_default_lets_half_the_relu_units_die() {
    let experiment = Experiment { initializer: Initializer::TorchLinearDefault, ..of(6, 80) };
    dead_shares_are(&experiment, &[0.0, 0.03, 0.23, 0.39, 0.45, 0.51]);
}

fn of(layers: usize, width: usize) -> Experiment {
    let article = Experiment::article();
    Experiment { widths: vec![width; layers], inputs: Inputs { images: 1000, ..article.inputs }, ..article }
}

/// Within four standard errors of ten seeds', of the reference's 20, and of its last digit.
fn dead_shares_are(experiment: &Experiment, expected: &[f64]) {
    const SEEDS: usize = 10;
    let mut measurer = Measurer::new().unwrap();
    let shares: Vec<Vec<f64>> = (1..=SEEDS as u32)
        .map(|seed| {
            let measurement =
                measurer.measure_all(&Experiment { seed, ..experiment.clone() }, Quantities::OUTPUTS).unwrap();
            measurement.layers.iter().map(|layer| layer.states.dead as f64 / layer.units as f64).collect()
        })
        .collect();
    for (layer, &expected) in expected.iter().enumerate() {
        let found: Array1<f64> = shares.iter().map(|shares| shares[layer]).collect();
        let mean = found.mean().unwrap();
        let error = found.std(1.0) * (1.0 / SEEDS as f64 + 1.0 / 20.0).sqrt();
        assert!((mean - expected).abs() <= 4.0 * error + 0.005, "layer {}: {mean}, not {expected}", layer + 1);
    }
}

fn draw(experiment: &Experiment) -> Network {
    Network::draw(experiment, &mut DrawCache::default())
}

//! How many units mean-field theory expects dead and always on, against networks that are measured.

use initscope::engine::{Measurer, Quantities};
use initscope::experiment::{Activation, Experiment, Initializer};

/// Of every layer the shares of dead units, expected and measured, and those of always-on ones, as means over seeds.
fn shares(base: &Experiment, seeds: u32) -> Vec<([f64; 2], [f64; 2])> {
    let mut measurer = Measurer::new().unwrap();
    let mut all = vec![([0.0; 2], [0.0; 2]); base.widths.len()];
    let quantities = Quantities { outlook: true, ..Quantities::OUTPUTS };
    for seed in 1..=seeds {
        let measurement = measurer.measure_all(&Experiment { seed, ..base.clone() }, quantities).unwrap();
        for (shares, layer) in all.iter_mut().zip(&measurement.layers) {
            let theory = layer.theory_of_states.unwrap();
            let part = 1.0 / f64::from(seeds);
            let units = layer.units as f64;
            shares.0[0] += theory.dead * part;
            shares.0[1] += layer.states.dead as f64 / units * part;
            shares.1[0] += theory.always_on * part;
            shares.1[1] += layer.states.always_on as f64 / units * part;
        }
    }
    all
}

fn experiment(widths: Vec<usize>, activation: Activation, images: usize) -> Experiment {
    let initializer = Initializer::HeNormal { gain: 1.0 };
    let mut experiment = Experiment { widths, activation, initializer, ..Experiment::article() };
    experiment.inputs.images = images;
    experiment
}

#[test]
fn wide_relu_layers_have_as_many_dead_units_as_theory_expects() {
    for (layer, (dead, on)) in shares(&experiment(vec![500; 8], Activation::Relu, 1000), 4).iter().enumerate() {
        assert!(
            (dead[0] - dead[1]).abs() < 0.015 && (on[0] - on[1]).abs() < 0.015,
            "layer {}: {dead:?} {on:?}",
            layer + 1
        );
    }
}

#[test]
fn narrow_deep_ones_lie_near() {
    let layers = shares(&experiment(vec![100; 30], Activation::Relu, 1000), 6);
    for (layer, (dead, on)) in layers.iter().enumerate() {
        assert!(
            (dead[0] - dead[1]).abs() < 0.08 && (on[0] - on[1]).abs() < 0.08,
            "layer {}: {dead:?} {on:?}",
            layer + 1
        );
    }
    assert!(layers[29].0[0] > 0.2, "a third of them: {:?}", layers[29].0);
}

#[test]
fn tanh_layers_have_none() {
    for (dead, on) in shares(&experiment(vec![100; 5], Activation::Tanh, 500), 2) {
        assert!(dead[0] < 0.002 && dead[1] < 0.01 && on[0] < 0.002 && on[1] < 0.01, "{dead:?} {on:?}");
    }
}

#[test]
fn nothing_is_said_of_networks_with_biases_or_of_outputs_that_are_always_positive() {
    let relu = experiment(vec![20; 2], Activation::Relu, 50);
    for other in [
        Experiment { bias: -0.1, ..relu.clone() },
        Experiment { bias_std: 0.1, ..relu.clone() },
        Experiment { activation: Activation::Sigmoid, ..relu.clone() },
        Experiment { initializer: Initializer::Ones, ..relu },
    ] {
        let quantities = Quantities { outlook: true, ..Quantities::OUTPUTS };
        let measurement = Measurer::new().unwrap().measure_all(&other, quantities).unwrap();
        assert!(measurement.layers.iter().all(|layer| layer.theory_of_states.is_none()), "{other:?}");
    }
}

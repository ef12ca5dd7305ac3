//! What of a layer is shown: outputs, pre-activations, gradients, their norms, and what theory says.

use std::time::{Duration, Instant};

use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use initscope::app::App;
use initscope::engine::{Measurement, Measurer, Quantities};
use initscope::experiment::Experiment;
use initscope::figure::Quantity;
use initscope::number;

use crate::harness::{choose, experiment, press, set_slider, settle, step_on_news, type_number, window};

#[test]
fn pre_activations_and_gradients_are_measured_when_they_are_looked_at() {
    let mut harness = window();
    assert!(!harness.state().figure().unwrap().measurement.has(Quantities::ALL), "outputs alone are cheaper");
    let expected = Measurer::new().unwrap().measure_all(experiment(&harness), Quantities::ALL).unwrap();
    for (button, quantity) in [("Pre-activations", Quantity::PreActivations), ("Gradients", Quantity::Gradients)] {
        harness.get_by_label(button).click();
        harness.step();
        settle(&mut harness);
        let figure = harness.state().figure().unwrap();
        assert_eq!(figure.view.quantity, quantity);
        for (index, layer) in expected.layers.iter().enumerate() {
            let values = quantity.of(layer).unwrap();
            assert_eq!((figure.shown(index).min, figure.shown(index).max), (values.min, values.max));
            let (min, max) = (number::value(values.min), number::value(values.max));
            harness.get_by_label_contains(&format!("layer {}: {} from {min} to {max}", index + 1, quantity.name()));
        }
    }
}

#[test]
fn a_moved_slider_moves_the_gradients_too() {
    let mut harness = window();
    press(&mut harness, Key::G);
    settle(&mut harness);
    set_slider(&mut harness, "σ", 0.2);
    settle(&mut harness);
    let expected = Measurer::new().unwrap().measure_all(experiment(&harness), Quantities::ALL).unwrap();
    let shown = harness.state().figure().unwrap().shown(0).std;
    assert_eq!(shown, expected.layers[0].gradient.as_ref().unwrap().distribution.std);
}

#[test]
fn norms_are_shown_with_their_theory() {
    let mut harness = window();
    assert!(harness.query_by_label_contains("Layer 1: ||∂L/∂z||").is_none());
    press(&mut harness, Key::N);
    settle(&mut harness);
    let expected = Measurer::new().unwrap().measure_all(experiment(&harness), Quantities::ALL).unwrap();
    for layer in &expected.layers {
        let l2 = number::significant(layer.gradient.as_ref().unwrap().l2);
        let theory = number::significant(layer.theory.unwrap().gradient_l2.unwrap());
        harness.get_by_label_contains(&format!("Layer {}: ||∂L/∂z|| = {l2}, theory {theory}.", layer.layer));
    }
    press(&mut harness, Key::N);
    assert!(harness.query_by_label_contains("Layer 1: ||∂L/∂z||").is_none());
}

#[test]
fn the_outputs_std_stands_under_the_gradients_with_its_theory() {
    let mut harness = window();
    press(&mut harness, Key::N);
    settle(&mut harness);
    for layer in &harness.state().figure().unwrap().measurement.layers {
        let [std, theory] = [layer.output.std, layer.theory.unwrap().output_std].map(number::significant);
        harness.get_by_label(&format!("Layer {}: std of h = {std}, theory {theory}.", layer.layer));
    }
}

/// `least to greatest, median m` of one number of twenty measurements.
fn band(measurements: &[Measurement], number: impl Fn(&Measurement) -> f64) -> String {
    let mut numbers: Vec<f64> = measurements.iter().map(number).collect();
    numbers.sort_by(f64::total_cmp);
    let median = f64::midpoint(numbers[9], numbers[10]);
    let [least, median, greatest] = [numbers[0], median, numbers[19]].map(number::significant);
    format!("20 seeds: {least} to {greatest}, median {median}.")
}

#[test]
fn the_band_is_that_of_the_seeds_1_to_20_and_stays_while_the_view_changes() {
    let mut harness = window();
    press(&mut harness, Key::K);
    settle(&mut harness);
    let mut measurer = Measurer::new().unwrap();
    let drawn = |seed| Experiment { seed, ..experiment(&harness).clone() };
    let quantities = Quantities { gradients: true, ..Quantities::GLANCE };
    let of: Vec<_> = (1..=20).map(|seed| measurer.measure_all(&drawn(seed), quantities).unwrap()).collect();
    let stds = band(&of, |measurement| measurement.layers[4].output.std);
    let gradients = band(&of, |measurement| measurement.layers[0].gradient.as_ref().unwrap().l2);
    let is_there = |harness: &Harness<'static, App>| {
        harness.query_by_label_contains(&stds).is_some() && harness.query_by_label_contains(&gradients).is_some()
    };
    let start = Instant::now();
    while !is_there(&harness) {
        assert!(start.elapsed() < Duration::from_secs(60), "no band {stds}");
        step_on_news(&mut harness);
    }
    press(&mut harness, Key::E);
    assert!(is_there(&harness));
    press(&mut harness, Key::K);
    assert!(!is_there(&harness));
    // It is kept, and of no other experiment.
    press(&mut harness, Key::K);
    assert!(is_there(&harness));
    press(&mut harness, Key::ArrowUp);
    settle(&mut harness);
    assert!(!is_there(&harness));
}

#[test]
fn a_view_of_what_is_known_measures_nothing() {
    let mut harness = window();
    press(&mut harness, Key::G);
    settle(&mut harness);
    let measurement = harness.state().figure().unwrap().measurement.clone();
    for key in [Key::O, Key::N, Key::G, Key::H] {
        press(&mut harness, key);
        settle(&mut harness);
        assert!(std::sync::Arc::ptr_eq(&measurement, &harness.state().figure().unwrap().measurement));
    }
}

#[test]
fn theory_says_how_far_it_holds_and_where_depth_leads() {
    let mut harness = window();
    press(&mut harness, Key::T);
    settle(&mut harness);
    harness.get_by_label_contains("Exact as layers grow wide");
    // He's variance is 2 / fan_in; this has 1 / fan_in, so that chi1 is 1/2 (He et al. 2015).
    harness.get_by_label_contains("multiplied by 0.707 per layer on its way back: it vanishes");
    choose(&mut harness, "Weights", "he_normal");
    settle(&mut harness);
    harness.get_by_label_contains("Pre-activations keep their size; the gradient keeps its size");
    choose(&mut harness, "Weights", "orthogonal");
    settle(&mut harness);
    harness.get_by_label_contains("Approximate. Orthogonal weights");
    choose(&mut harness, "Weights", "ones");
    settle(&mut harness);
    // Said of the std, and of the network as a whole.
    assert!(harness.query_all_by_label_contains("All units of a layer do the same").count() >= 1);
}

#[test]
fn infinities_are_named_with_their_reason() {
    let mut harness = window();
    choose(&mut harness, "Activation", "tanh");
    type_number(&mut harness, "σ", "3e38");
    settle(&mut harness);
    let said = harness.query_all_by_label_contains("weights exceed f32 (∞)").count();
    assert_eq!(said, 2, "in the status bar, and in words");
}

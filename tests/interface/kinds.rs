//! How the layers are drawn: kinds, axes, ranges, by mouse and key, and what is said of them.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use initscope::app::Session;
use initscope::engine::{Measurer, Quantities};
use initscope::figure::{AxisRange, Bend, PlotShape, Quantity, Scale};
use initscope::number;

use crate::harness::{choose, chosen, experiment, press, set_slider, settle, type_number, window};

#[test]
fn kinds_and_axes_are_chosen_by_mouse_and_key() {
    let mut harness = window();
    harness.get_by_role_and_label(Role::ComboBox, "Shape").click();
    harness.run_steps(2);
    harness.get_by_label("Ridgeline").click();
    harness.run_steps(2);
    harness.get_by_role_and_label(Role::ComboBox, "Axis").click();
    harness.run_steps(2);
    harness.get_by_label("Symlog").click();
    harness.run_steps(2);
    let view = |harness: &egui_kittest::Harness<'_, initscope::app::App>| harness.state().figure().unwrap().view;
    assert_eq!((view(&harness).shape, view(&harness).scale), (PlotShape::Ridgeline, Scale::Symlog));
    for key in [Key::P, Key::M, Key::Minus] {
        press(&mut harness, key);
    }
    assert_eq!(chosen(&harness, "Axis"), "Log, shared, robust");
    assert_eq!(chosen(&harness, "Shape"), "Box");
    assert_eq!((view(&harness).shape, view(&harness).scale), (PlotShape::Box, Scale::Log));
    assert_eq!(view(&harness).range, AxisRange::Robust);
    for key in [Key::J, Key::Num5, Key::Minus] {
        press(&mut harness, key);
    }
    assert_eq!(chosen(&harness, "Shape"), "Ridgeline");
    assert_eq!(chosen(&harness, "Axis"), "Linear, shared");
}

#[test]
fn a_box_says_its_quartiles_as_the_table_of_stats_has_them() {
    let mut harness = window();
    press(&mut harness, Key::P);
    settle(&mut harness);
    let expected = Measurer::new().unwrap().measure_all(experiment(&harness), Quantities::OUTPUTS).unwrap();
    for layer in &expected.layers {
        let [.., first, median, third, _, _] = layer.output.quantiles.unwrap();
        let [first, median, third] = [first, median, third].map(number::value);
        let [least, greatest, mean] = [layer.output.min, layer.output.max, layer.output.mean].map(number::value);
        let std = number::value(layer.output.std);
        harness.get_by_label_contains(&format!(
            "layer {}: outputs from {least} to {greatest}, mean {mean}, std {std}, median {median}, half of them from {first} to \
             {third}, ",
            layer.layer
        ));
    }
}

#[test]
fn what_a_robust_axis_leaves_out_is_little_and_counted() {
    let mut harness = window();
    press(&mut harness, Key::Z);
    press(&mut harness, Key::Minus);
    settle(&mut harness);
    let figure = harness.state().figure().unwrap();
    let outside: f64 = figure.outside(figure.axes()).iter().map(|(below, above)| below + above).sum();
    let all: u64 = (0..5).map(|index| figure.shown(index).count).sum();
    assert!((outside / all as f64 - 0.01).abs() < 1e-3, "{outside} of {all}");
}

#[test]
fn every_quantity_kind_and_axis_has_a_picture_in_every_bad_state() {
    let mut harness = window();
    set_slider(&mut harness, "Hidden layers", 3.0);
    set_slider(&mut harness, "Images", 30.0);
    for (weights, sigma, activation) in [
        ("zeros", "", "relu"),
        ("ones", "", "tanh"),
        ("random_normal", "1e30", "linear"),
        ("random_normal", "0.2", "tanh"),
    ] {
        choose(&mut harness, "Weights", weights);
        choose(&mut harness, "Activation", activation);
        if !sigma.is_empty() {
            type_number(&mut harness, "σ", sigma);
        }
        for quantity in [Key::O, Key::Z, Key::G, Key::Equals] {
            press(&mut harness, quantity);
            settle(&mut harness);
            for axis in [Key::Num5, Key::Num6, Key::M] {
                press(&mut harness, axis);
                for kind in [Key::V, Key::H, Key::J, Key::P, Key::E, Key::Minus, Key::S, Key::Minus] {
                    press(&mut harness, kind);
                    let figure = harness.state().figure().unwrap();
                    let axes = figure.axes();
                    for index in 0..3 {
                        assert!(axes.axis(index).low() < axes.axis(index).high(), "{:?}", figure.view);
                    }
                }
            }
        }
    }
}

#[test]
fn a_session_keeps_how_things_are_drawn() {
    let mut session = Session::default();
    session.experiment.images = Some(50);
    session.shown.layers.quantity = Quantity::PreActivations;
    session.shown.layers.shape = PlotShape::Box;
    session.shown.layers.scale = Scale::Symlog;
    session.shown.layers.range = AxisRange::Robust;
    let text = serde_json::to_string(&session).unwrap();
    assert_eq!(serde_json::from_str::<Session>(&text).unwrap(), session);
}

#[test]
fn symlog_is_linear_as_far_as_the_smallest_layers_std_rounded_up() {
    let mut harness = window();
    press(&mut harness, Key::Num6);
    settle(&mut harness);
    let figure = harness.state().figure().unwrap();
    let least = (0..5).map(|index| figure.shown(index).std).fold(f64::INFINITY, f64::min);
    let Bend::Symlog { linear } = figure.axes().axis(0).bend else { panic!("it is symlog") };
    assert!(linear >= least && linear <= 2.5 * least, "{linear} for {least}");
}

#[test]
fn weights_are_shown_as_stats_has_them() {
    let mut harness = window();
    harness.get_by_role_and_label(Role::Button, "Weights").click();
    harness.step();
    settle(&mut harness);
    let expected = Measurer::new().unwrap().measure_all(experiment(&harness), Quantities::ALL).unwrap();
    let figure = harness.state().figure().unwrap();
    assert_eq!(figure.view.quantity, Quantity::Weights);
    for (index, layer) in expected.layers.iter().enumerate() {
        let shown = figure.shown(index);
        assert_eq!((shown.mean, shown.std), (layer.weights.mean, layer.weights.std()));
        assert_eq!(shown.quantiles, layer.weight_distribution.as_ref().unwrap().quantiles);
        let [min, max] = [layer.weights.min, layer.weights.max].map(number::value);
        harness.get_by_label_contains(&format!("layer {}: weights from {min} to {max}", index + 1));
    }
}

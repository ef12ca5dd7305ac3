//! The activation with a layer's pre-activations, and what the gradient loses on its way back.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::app::App;
use initscope::engine::{Measurement, Measurer, Quantities};
use initscope::number;

use crate::harness::{choose, experiment, press, set_slider, settle, type_number, window};

/// A window with the activation open.
fn open() -> Harness<'static, App> {
    let mut harness = window();
    press(&mut harness, Key::A);
    settle(&mut harness);
    harness
}

/// All there is to know of what is set.
fn all_of(harness: &Harness<'static, App>) -> Measurement {
    Measurer::new().unwrap().measure_all(experiment(harness), Quantities::ALL).unwrap()
}

fn assert_chosen(harness: &Harness<'static, App>, layer: usize) {
    let measurement = all_of(harness);
    let z = measurement.layers[layer - 1].pre_activation.as_ref().unwrap();
    let (mean, std) = (number::value(z.mean), number::value(z.std));
    assert!(harness.query_all_by_label_contains(&format!("z of layer {layer}: mean {mean}, std {std}")).count() > 0);
}

fn is_said(harness: &Harness<'static, App>, text: &str) -> bool {
    harness.query_all_by_label(text).count() > 0
}

#[test]
fn a_second_click_on_a_layer_and_escape_leave_it() {
    let mut harness = window();
    let is_open = |harness: &Harness<'static, App>| harness.state().scene().shown.unwrap().panels.activation;
    let layer = |harness: &mut Harness<'static, App>, number: usize| {
        harness.get_by_label_contains(&format!("layer {number}: outputs from")).click();
        harness.run_steps(3);
    };
    layer(&mut harness, 2);
    assert!(is_open(&harness));
    layer(&mut harness, 4);
    assert!(is_open(&harness), "another one is chosen");
    layer(&mut harness, 4);
    assert!(!is_open(&harness), "the same is left");
    layer(&mut harness, 2);
    settle(&mut harness);
    harness.hover_at(egui::pos2(700.0, 5.0));
    harness.run_steps(3);
    // What is still measured is stopped first.
    for _ in 0..2 {
        press(&mut harness, Key::Escape);
    }
    assert!(!is_open(&harness));
    // Without a layer that was chosen the panel stays, as it was switched on.
    press(&mut harness, Key::A);
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::Escape);
    assert!(is_open(&harness));
}

#[test]
fn pre_activations_gradients_and_norms_are_measured_only_while_it_is_open() {
    let mut harness = open();
    assert!(harness.state().figure().unwrap().measurement.has(Quantities {
        outlook: false,
        weights: false,
        sizes: false,
        updates: false,
        ..Quantities::ALL
    }));
    press(&mut harness, Key::A);
    set_slider(&mut harness, "σ", 0.2);
    settle(&mut harness);
    assert!(harness.state().figure().unwrap().measurement.layers[0].pre_activation.is_none());
    assert!(harness.query_by_label_contains("and its derivative").is_none());
}

#[test]
fn a_layer_is_chosen_by_its_violin_or_by_keys() {
    let mut harness = open();
    assert_chosen(&harness, 5);
    harness.get_by_label_contains("layer 2: outputs").click();
    harness.run_steps(2);
    assert_chosen(&harness, 2);
    press(&mut harness, Key::CloseBracket);
    assert_chosen(&harness, 3);
    press(&mut harness, Key::OpenBracket);
    press(&mut harness, Key::OpenBracket);
    press(&mut harness, Key::OpenBracket);
    assert_chosen(&harness, 1);
    harness.get_by_label_contains("layer 4: outputs").focus();
    harness.run_steps(2);
    press(&mut harness, Key::Enter);
    assert_chosen(&harness, 4);
    // Of fewer layers it is the last.
    set_slider(&mut harness, "Hidden layers", 2.0);
    settle(&mut harness);
    assert_chosen(&harness, 2);
}

#[test]
fn a_clicked_violin_opens_it() {
    let mut harness = window();
    harness.get_by_label_contains("layer 3: outputs").click();
    harness.run_steps(2);
    settle(&mut harness);
    harness.get_by_label("relu and its derivative");
    assert_chosen(&harness, 3);
}

#[test]
fn what_the_activation_lets_through_is_what_the_table_says() {
    let mut harness = open();
    // A percent sign stays at its number.
    let percent = |share: f64| number::percent(share).replace(' ', "\u{a0}");
    let off = percent(all_of(&harness).layers[4].output.zero_fraction);
    assert!(harness.query_all_by_label_contains(&format!("relu is off for {off} of them")).count() > 0);
    choose(&mut harness, "Activation", "tanh");
    set_slider(&mut harness, "σ", 0.3);
    settle(&mut harness);
    let saturated = percent(all_of(&harness).layers[4].saturated_fraction.unwrap());
    assert!(harness.query_all_by_label_contains(&format!("{saturated} of them saturate")).count() > 0);
}

#[test]
fn the_sigmoids_bounds_stand_beside_what_was_measured() {
    let mut harness = open();
    choose(&mut harness, "Activation", "sigmoid");
    settle(&mut harness);
    let layers = all_of(&harness).layers;
    let l2 = |index: usize| layers[index].gradient.as_ref().unwrap().l2;
    let norm = |index: usize| layers[index].spectral_norm.unwrap();
    let bound: f64 = (1..5).map(|index| 0.25 * norm(index)).product();
    for figure in [l2(0) / l2(4), bound, 0.25_f64.powi(4)] {
        assert!(is_said(&harness, &number::significant(figure)), "{figure}");
    }
    harness.get_by_label("slopes alone, 0.25⁴");
    for index in 1..5 {
        harness.get_by_label(&format!("{} → {index}", index + 1));
        for figure in [norm(index), 0.25 * norm(index), l2(index - 1) / l2(index)] {
            assert!(is_said(&harness, &number::significant(figure)), "{figure}");
        }
    }
}

#[test]
fn a_moved_sigma_moves_it_all() {
    let mut harness = open();
    set_slider(&mut harness, "σ", 0.2);
    settle(&mut harness);
    assert_chosen(&harness, 5);
    assert!(is_said(&harness, &number::significant(all_of(&harness).layers[4].spectral_norm.unwrap())));
}

#[test]
fn all_of_it_is_seen_without_scrolling() {
    let harness = open();
    let last = harness.get_by_label("2 → 1").rect();
    assert!(last.bottom() < 760.0, "{last:?}");
}

#[test]
fn deep_networks_list_the_steps_around_the_chosen_layer() {
    let mut harness = open();
    set_slider(&mut harness, "Hidden layers", 20.0);
    settle(&mut harness);
    harness.get_by_label_contains("layer 10: outputs").click();
    harness.run_steps(2);
    for (step, shown) in [("10 → 9", true), ("13 → 12", true), ("7 → 6", true), ("14 → 13", false), ("6 → 5", false)]
    {
        assert_eq!(is_said(&harness, step), shown, "{step}");
    }
}

/// The picture's name where there is one pre-activation.
fn said_of_the_only_value(harness: &Harness<'static, App>) -> String {
    let z = all_of(harness).layers[0].pre_activation.as_ref().unwrap().mean;
    let said = format!("Pre-activations z of layer 1: mean {}, std 0", number::value(z));
    let name = |node: egui_kittest::Node<'_>| node.accesskit_node().label().unwrap_or_default();
    let mut names = harness.query_all_by_label_contains(&said).map(name);
    names.find(|name| name.starts_with("relu")).unwrap()
}

#[test]
fn bad_states_are_named() {
    let mut harness = open();
    choose(&mut harness, "Weights", "zeros");
    settle(&mut harness);
    assert!(harness.query_all_by_label_contains("z of layer 5: mean 0, std 0").count() > 0);
    // 0 over 0.
    assert!(is_said(&harness, "–"));
    choose(&mut harness, "Weights", "random_normal");
    type_number(&mut harness, "σ", "1e30");
    settle(&mut harness);
    assert!(harness.query_all_by_label_contains("layer 5: none is finite").count() > 0);
    set_slider(&mut harness, "Hidden layers", 1.0);
    settle(&mut harness);
    assert!(harness.query_by_label_contains("Gradient from layer").is_none(), "there is no way back");
    set_slider(&mut harness, "Units per layer", 1.0);
    type_number(&mut harness, "Images", "1");
    settle(&mut harness);
    harness.get_by_role_and_label(Role::Image, &said_of_the_only_value(&harness));
}

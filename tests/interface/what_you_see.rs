//! What is said in words of what is drawn.

use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::app::App;
use initscope::engine::{Measurer, Quantities};
use initscope::figure::Quantity;
use initscope::insight::{Seen, what_you_see};

use crate::harness::{choose, experiment, press, set_slider, settle, step_on_news, type_number, window, window_of};

/// All that is said.
fn said(harness: &Harness<'static, App>) -> String {
    let node = harness.get_by_label_contains("What you see: ");
    node.accesskit_node().value().or(node.accesskit_node().label()).unwrap()
}

#[test]
fn it_says_what_the_library_says_of_the_same_experiment() {
    let mut harness = window();
    for activation in ["relu", "sigmoid", "tanh"] {
        if activation != "relu" {
            choose(&mut harness, "Activation", activation);
        }
        settle(&mut harness);
        let expected = Measurer::new().unwrap().measure_all(experiment(&harness), Quantities::ALL).unwrap();
        let sentences = what_you_see(&Seen { axis: Some(Quantity::Outputs), ..Seen::from(&expected) });
        assert_eq!(said(&harness), format!("What you see: {}", sentences.join(" ")));
    }
}

#[test]
fn a_moved_sigma_is_compared_with_where_it_was() {
    let mut harness = window();
    set_slider(&mut harness, "σ", 0.14);
    settle(&mut harness);
    assert!(said(&harness).contains("σ went from 0.100 to 0.140 and the same units are off"));
    set_slider(&mut harness, "σ", 0.28);
    settle(&mut harness);
    assert!(said(&harness).contains("σ went from 0.140 to 0.280"), "another change by itself");
    type_number(&mut harness, "Bias", "-0.1");
    settle(&mut harness);
    assert!(!said(&harness).contains("σ went"), "something else moved");
    set_slider(&mut harness, "σ", 0.14);
    settle(&mut harness);
    assert!(!said(&harness).contains("σ went"), "with biases other units are off");
}

#[test]
fn a_drag_of_sigma_is_compared_with_where_it_began() {
    let mut harness = window();
    let slider = harness.get_by_role_and_label(egui::accesskit::Role::Slider, "σ").rect();
    let at = |part: f32| egui::pos2(slider.left() + part * slider.width(), slider.center().y);
    harness.drag_at(at(0.5));
    harness.step();
    for part in [0.55, 0.6, 0.65, 0.7] {
        harness.hover_at(at(part));
        harness.step();
        let set = experiment(&harness).clone();
        while harness.state().figure().unwrap().measurement.experiment() != &set {
            harness.step();
        }
        assert!(said(&harness).contains("σ went from 0.100 to "), "{}", said(&harness));
    }
    harness.drop_at(at(0.7));
    settle(&mut harness);
    assert!(said(&harness).contains("σ went from 0.100 to "), "{}", said(&harness));
}

#[test]
fn the_plot_stands_still_whatever_is_said() {
    let mut harness = window();
    let plot = |harness: &Harness<'static, App>| harness.get_by_label_contains("layer 1: outputs").rect().top();
    let before = (plot(&harness), said(&harness));
    choose(&mut harness, "Weights", "zeros");
    settle(&mut harness);
    assert_ne!(said(&harness), before.1);
    assert_eq!(plot(&harness), before.0);
}

#[test]
fn it_can_be_hidden() {
    let mut harness = window();
    let top = harness.get_by_label_contains("layer 1: outputs").rect().top();
    press(&mut harness, Key::I);
    settle(&mut harness);
    assert!(harness.query_by_label_contains("What you see: ").is_none());
    assert!(harness.get_by_label_contains("layer 1: outputs").rect().top() < top, "its place is the plot's");
}

#[test]
fn there_is_room_for_it_with_everything_open() {
    let mut harness = window_of(1280.0, 800.0);
    press(&mut harness, Key::N);
    press(&mut harness, Key::T);
    choose(&mut harness, "Activation", "sigmoid");
    settle(&mut harness);
    let words = harness.get_by_label_contains("What you see: ").rect();
    let plot = harness.get_by_label_contains("layer 1: outputs").rect();
    assert!(words.bottom() <= plot.top() + 1.0 && words.top() > 0.0, "{words:?} {plot:?}");
}

#[test]
fn layers_that_the_axis_makes_flat_are_named_with_what_shows_them_and_no_others_are() {
    let mut harness = window_of(1280.0, 720.0);
    let said = "too narrow to see on this axis:";
    let is_said = |harness: &Harness<'static, App>| harness.query_by_label_contains(said).is_some();
    assert!(!is_said(&harness), "all of the article's layers are seen");
    choose(&mut harness, "Activation", "tanh");
    type_number(&mut harness, "σ", "0.01");
    settle(&mut harness);
    // Each layer's outputs are a tenth of those before.
    harness.get_by_label("Layers 3–5 are too narrow to see on this axis:");
    for name in ["Log", "Own axes"] {
        harness.get_by_label(&format!("{name}, to see what is too narrow")).click();
        harness.run_steps(2);
        settle(&mut harness);
        assert!(!is_said(&harness), "{name} shows them");
        // Back again.
        press(&mut harness, Key::Num5);
        press(&mut harness, Key::S);
        settle(&mut harness);
        assert!(is_said(&harness), "{name}");
    }
    // In Compare the small network is named by its letter, and its own axes would be as wide as the other's.
    press(&mut harness, Key::F6);
    type_number(&mut harness, "σ", "0.3");
    settle(&mut harness);
    let start = std::time::Instant::now();
    while !harness.state().is_comparison_settled() || !is_said(&harness) {
        assert!(start.elapsed() < std::time::Duration::from_secs(60), "nothing is said");
        step_on_news(&mut harness);
    }
    harness.get_by_label("Layers of A are too narrow to see on this axis:");
    harness.get_by_label("Log, to see what is too narrow").click();
    harness.run_steps(2);
    while !harness.state().is_comparison_settled() || is_said(&harness) {
        assert!(start.elapsed() < std::time::Duration::from_secs(60), "it is still said");
        step_on_news(&mut harness);
    }
}

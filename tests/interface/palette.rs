//! The palette finds actions, presets, activations, initializers and settings by their names.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::app::App;
use initscope::experiment::{Activation, Initializer, Preset};
use initscope::figure::PlotShape;

use crate::harness::{experiment, opened, press, settle, window};

/// Opens the palette by Ctrl+P and types into it.
fn look_for(harness: &mut Harness<'static, App>, text: &str) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
    harness.run_steps(3);
    if !text.is_empty() {
        harness.get_by_role_and_label(Role::TextInput, "Look for").type_text(text);
    }
    harness.run_steps(2);
}

fn find(harness: &mut Harness<'static, App>, text: &str) {
    look_for(harness, text);
    press(harness, Key::Enter);
    harness.run_steps(2);
    assert!(harness.query_by_role_and_label(Role::TextInput, "Look for").is_none(), "it is closed after {text}");
}

#[test]
fn an_activation_an_initializer_and_a_preset_are_set_by_their_names() {
    let mut harness = opened(1280.0, 800.0, 5);
    find(&mut harness, "softplus");
    assert_eq!(experiment(&harness).activation, Activation::Softplus);
    find(&mut harness, "he_normal");
    assert_eq!(experiment(&harness).initializer, Initializer::HeNormal { gain: 1.0 });
    find(&mut harness, "article_tanh");
    assert_eq!(*experiment(&harness), Preset::named("article_tanh").unwrap().experiments[0]);
}

#[test]
fn an_action_is_done_by_its_words() {
    let mut harness = window();
    find(&mut harness, "histograms");
    settle(&mut harness);
    assert_eq!(harness.state().figure().unwrap().view.shape, PlotShape::Histogram);
}

#[test]
fn arrow_keys_choose_what_enter_does() {
    let mut harness = opened(1280.0, 800.0, 5);
    look_for(&mut harness, "article_");
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::ArrowUp);
    press(&mut harness, Key::Enter);
    let named: Vec<_> = Preset::all().into_iter().filter(|preset| preset.name.starts_with("article_")).collect();
    assert_eq!(*experiment(&harness), named[1].experiments[0]);
}

#[test]
fn enter_alone_does_nothing() {
    let mut harness = opened(1280.0, 800.0, 5);
    find(&mut harness, "tanh");
    let set = experiment(&harness).clone();
    // What stands first is to undo.
    look_for(&mut harness, "");
    press(&mut harness, Key::Enter);
    press(&mut harness, Key::Escape);
    assert_eq!(*experiment(&harness), set);
}

#[test]
fn a_click_does_what_it_is_on() {
    let mut harness = opened(1280.0, 800.0, 5);
    look_for(&mut harness, "hard_");
    harness.get_by_label_contains("hard_sigmoid (").click();
    harness.run_steps(3);
    assert_eq!(experiment(&harness).activation.name(), "hard_sigmoid");
}

/// Labels of the settings that the palette finds.
const SETTINGS: [&str; 16] = [
    "Preset",
    "Data",
    "Images",
    "Pixels",
    "Hidden layers",
    "Units per layer",
    "Units of each layer",
    "Linear first layer",
    "Activation",
    "Weights",
    "σ",
    "Bias",
    "Spread of the biases",
    "Seed",
    "Draws of the layers",
    "Random numbers",
];

#[test]
fn a_setting_s_control_gets_the_focus() {
    let mut harness = opened(1280.0, 800.0, 5);
    for label in SETTINGS {
        // An action may be called the same.
        find(&mut harness, &format!("{label} setting"));
        harness.run_steps(2);
        let has_focus = harness.query_all_by_label(label).any(|node| node.accesskit_node().is_focused());
        assert!(has_focus, "{label}");
        press(&mut harness, Key::Escape);
    }
}

#[test]
fn what_is_typed_into_a_setting_that_was_looked_for_takes_the_place_of_what_is_there() {
    let mut harness = opened(1280.0, 800.0, 5);
    for label in ["Seed", "Units per layer"] {
        find(&mut harness, &format!("{label} setting"));
        harness.run_steps(2);
        harness.get_by_role_and_label(Role::SpinButton, label).type_text("77");
        harness.step();
        press(&mut harness, Key::Enter);
        press(&mut harness, Key::Escape);
    }
    assert_eq!((experiment(&harness).seed, &experiment(&harness).widths[..]), (77, &[77; 5][..]));
}

#[test]
fn a_setting_without_a_control_is_said() {
    let mut harness = opened(1280.0, 800.0, 5);
    find(&mut harness, "Gain on σ");
    harness.run_steps(2);
    harness.get_by_label_contains("“Gain on σ” cannot be set with relu and random_normal");
}

#[test]
fn what_is_called_nothing_does_nothing() {
    let mut harness = opened(1280.0, 800.0, 5);
    let before = experiment(&harness).clone();
    look_for(&mut harness, "no such thing");
    harness.get_by_label("Nothing here is called that.");
    press(&mut harness, Key::Enter);
    press(&mut harness, Key::Escape);
    assert_eq!(*experiment(&harness), before);
}

#[test]
fn every_control_of_a_setting_is_found_by_its_label() {
    let mut harness = opened(1280.0, 1600.0, 5);
    press(&mut harness, Key::D);
    harness.run_steps(2);
    let roles = [Role::SpinButton, Role::ComboBox, Role::CheckBox];
    let nodes = harness.root().children_recursive();
    let controls = nodes.filter(|node| roles.contains(&node.accesskit_node().role()) && node.rect().right() < 240.0);
    let labels: Vec<String> = controls.filter_map(|node| node.accesskit_node().label()).collect();
    assert!(labels.len() > 10, "{labels:?}");
    for label in labels {
        // A parameter of one initializer comes and goes with that.
        if label == "Weight mean μ" {
            continue;
        }
        find(&mut harness, &format!("{label} setting"));
        harness.run_steps(2);
        let has_focus = harness.query_all_by_label(&label).any(|node| node.accesskit_node().is_focused());
        assert!(has_focus, "{label}");
        press(&mut harness, Key::Escape);
    }
}

//! What keys do: steps of sigma, undo and redo, and the list of them all.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::experiment::{Experiment, Initializer, Preset};
use initscope::figure::Kind;

use crate::harness::{choose, experiment, opened, press, set_slider, settle, window};
use crate::sigma;

#[test]
fn arrow_keys_move_sigma_and_with_shift_further() {
    let mut harness = window();
    press(&mut harness, Key::ArrowUp);
    assert_eq!(sigma(experiment(&harness)), 0.11);
    press(&mut harness, Key::ArrowLeft);
    assert_eq!(sigma(experiment(&harness)), 0.10);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    harness.run_steps(2);
    assert_eq!(sigma(experiment(&harness)), 0.20);
}

#[test]
fn arrow_keys_move_the_gain_where_there_is_no_sigma() {
    let mut harness = window();
    choose(&mut harness, "Weights", "he_normal");
    press(&mut harness, Key::ArrowUp);
    assert_eq!(experiment(&harness).initializer, Initializer::HeNormal { gain: 1.1 });
}

#[test]
fn arrow_keys_belong_to_the_slider_that_has_the_focus() {
    let mut harness = window();
    harness.get_by_role_and_label(Role::Slider, "Bias").focus();
    harness.step();
    press(&mut harness, Key::ArrowRight);
    assert_eq!(sigma(experiment(&harness)), 0.10);
    assert!(experiment(&harness).bias > 0.0);
}

#[test]
fn undo_and_redo_go_over_the_experiment_and_leave_the_view() {
    let mut harness = window();
    let start = experiment(&harness).clone();
    set_slider(&mut harness, "σ", 0.28);
    harness.step();
    choose(&mut harness, "Activation", "tanh");
    let end = experiment(&harness).clone();
    press(&mut harness, Key::H);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(2);
    assert_eq!(*experiment(&harness), Experiment { activation: start.activation, ..end.clone() });
    harness.get_by_role_and_label(Role::Button, "Undo").click();
    harness.run_steps(2);
    assert_eq!(*experiment(&harness), start);
    assert!(harness.get_by_role_and_label(Role::Button, "Undo").accesskit_node().is_disabled());
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    harness.run_steps(2);
    assert_eq!(*experiment(&harness), end);
    settle(&mut harness);
    assert_eq!(harness.state().figure().unwrap().view.kind, Kind::Histogram);
}

#[test]
fn a_drag_is_one_step() {
    let mut harness = window();
    let slider = harness.get_by_role_and_label(Role::Slider, "σ").rect();
    harness.drag_at(slider.center());
    harness.run_steps(2);
    for x in [10.0, 20.0, 30.0] {
        harness.hover_at(slider.center() + egui::vec2(x, 0.0));
        harness.run_steps(2);
    }
    harness.drop_at(slider.center() + egui::vec2(30.0, 0.0));
    harness.run_steps(3);
    assert_ne!(sigma(experiment(&harness)), 0.10);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(2);
    assert_eq!(sigma(experiment(&harness)), 0.10);
}

#[test]
fn a_preset_is_undone_with_its_cases() {
    let mut harness = window();
    let before = harness.state().scene();
    choose(&mut harness, "Preset", "article_tanh");
    let cases = Preset::named("article_tanh").unwrap().experiments;
    press(&mut harness, Key::Period);
    assert_eq!(*experiment(&harness), cases[1]);
    for _ in 0..2 {
        harness.get_by_role_and_label(Role::Button, "Undo").click();
        harness.run_steps(2);
    }
    assert_eq!(harness.state().scene(), before);
}

#[test]
fn no_letter_or_digit_alone_wipes_what_is_set() {
    let mut harness = opened(1280.0, 800.0, 5);
    set_slider(&mut harness, "σ", 0.28);
    choose(&mut harness, "Activation", "tanh");
    let set = experiment(&harness).clone();
    for digit in
        [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9]
    {
        press(&mut harness, digit);
        assert_eq!(*experiment(&harness), set, "{digit:?}");
    }
    press(&mut harness, Key::N);
    assert_eq!(*experiment(&harness), set);
}

#[test]
fn starting_over_can_be_undone() {
    let mut harness = opened(1280.0, 800.0, 5);
    set_slider(&mut harness, "σ", 0.28);
    choose(&mut harness, "Activation", "tanh");
    let set = experiment(&harness).clone();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::N);
    harness.run_steps(2);
    assert_eq!(*experiment(&harness), Experiment::article());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(2);
    assert_eq!(*experiment(&harness), set);
}

#[test]
fn the_list_of_keys_is_opened_searched_and_left_by_keys() {
    let mut harness = window();
    press(&mut harness, Key::Questionmark);
    harness.run_steps(2);
    harness.get_by_label("Draw another network");
    harness.get_by_role_and_label(Role::TextInput, "Look for").type_text("histogram");
    harness.run_steps(2);
    harness.get_by_label("Histograms");
    assert!(harness.query_by_label("Draw another network").is_none());
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_role_and_label(Role::TextInput, "Look for").is_none());
    // What was typed was typed, and did nothing else.
    settle(&mut harness);
    assert_eq!(harness.state().figure().unwrap().view.kind, Kind::Violin);
}

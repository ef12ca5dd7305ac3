//! What the window says of itself: what went wrong until something else is done, where a list begins, which layer's units are
//! shown, and how many cases stand side by side.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::app::App;
use initscope::experiment::{Experiment, Initializer};

use crate::harness::{choose, opened, press, settle, step_on_news, type_number, window};

const REFUSED: &str = "“abc” cannot be used: σ takes a number, 0 or more";

fn is_said(harness: &Harness<'static, App>) -> bool {
    harness.query_by_label_contains(REFUSED).is_some()
}

#[test]
fn an_error_goes_when_the_next_thing_is_done() {
    let mut harness = window();
    for next in [Key::H, Key::Num3, Key::CloseBracket, Key::R, Key::Num9, Key::Num1] {
        type_number(&mut harness, "σ", "abc");
        harness.run_steps(2);
        assert!(is_said(&harness), "before {next:?}");
        press(&mut harness, Key::Escape);
        assert!(is_said(&harness), "nothing else is done yet");
        press(&mut harness, next);
        settle(&mut harness);
        assert!(!is_said(&harness), "after {next:?}");
    }
    // A click on a layer is no action, and shows something else all the same.
    type_number(&mut harness, "σ", "abc");
    harness.run_steps(2);
    press(&mut harness, Key::Escape);
    assert!(is_said(&harness));
    harness.get_by_label_contains("layer 2: outputs from").click();
    harness.run_steps(3);
    assert!(!is_said(&harness));
}

#[test]
fn an_error_stays_while_a_race_or_a_slider_moves_on_by_itself() {
    // A race that is looked at live shows other weights whenever these are measured.
    let mut harness = opened(1280.0, 800.0, 60);
    settle(&mut harness);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::Space);
    harness.run_steps(2);
    let shown = |harness: &Harness<'static, App>| harness.state().shown_step();
    let moved = |harness: &mut Harness<'static, App>, what: &dyn Fn(&Harness<'static, App>) -> u64| {
        let (start, mut seen) = (Instant::now(), BTreeSet::new());
        while seen.len() < 4 {
            assert!(start.elapsed() < Duration::from_secs(60), "nothing moves");
            step_on_news(harness);
            seen.insert(what(harness));
        }
    };
    moved(&mut harness, &shown);
    type_number(&mut harness, "σ", "abc");
    harness.run_steps(2);
    assert!(is_said(&harness));
    moved(&mut harness, &shown);
    assert!(is_said(&harness), "nobody did anything else");
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::R);
    assert!(!is_said(&harness), "another seed is another thing");
    // A slider that plays sets another experiment with every step.
    let mut harness = opened(1280.0, 800.0, 5);
    harness.get_by_role_and_label(Role::Button, "Play Bias").click();
    harness.run_steps(2);
    type_number(&mut harness, "σ", "abc");
    harness.run_steps(2);
    assert!(is_said(&harness));
    let bias = |harness: &Harness<'static, App>| harness.state().experiment().bias.to_bits();
    moved(&mut harness, &bias);
    assert!(is_said(&harness) && harness.state().played().is_some());
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::R);
    assert!(!is_said(&harness));
}

#[test]
fn a_list_begins_at_what_is_chosen() {
    let mut harness = opened(1280.0, 800.0, 5);
    for (list, choice) in [("Weights", "lsuv"), ("Weights", "zeros"), ("Activation", "softplus")] {
        choose(&mut harness, list, choice);
        harness.run_steps(3);
        harness.get_by_role_and_label(Role::ComboBox, list).click();
        harness.run_steps(4);
        let entry = harness.get_by_role_and_label(Role::Button, choice).rect();
        for at in [entry.left_top(), entry.left_bottom()] {
            let over = harness.ctx.layer_id_at(at).map(|layer| layer.order);
            assert_eq!(over, Some(egui::Order::Foreground), "{list}: {choice} is not in sight at {entry:?}");
        }
        press(&mut harness, Key::Escape);
    }
}

#[test]
fn units_say_which_layer_s_they_are() {
    let mut harness = window();
    for view in [Key::Num3, Key::Num4] {
        press(&mut harness, view);
        harness.get_by_label("Layer 5 of 5");
        press(&mut harness, Key::OpenBracket);
        harness.get_by_label("Layer 4 of 5");
        press(&mut harness, Key::CloseBracket);
    }
}

#[test]
fn of_many_cases_it_is_said_how_many_are_shown() {
    for (count, is_said) in [(14_u32, true), (8, false)] {
        for (width, height) in [(1280.0, 720.0), (640.0, 480.0)] {
            let mut harness = opened(width, height, 5);
            let case = |number: u32| {
                let sigma = 0.05 * f64::from(number);
                let mut experiment =
                    Experiment { initializer: Initializer::RandomNormal { mean: 0.0, sigma }, ..Experiment::article() };
                experiment.inputs.images = 5;
                experiment
            };
            harness.state_mut().set_cases((1..=count).map(case).collect());
            harness.key_press_modifiers(Modifiers::SHIFT, Key::F6);
            harness.run_steps(3);
            let said = harness.query_by_label("The first 8 of 14 cases are shown.");
            assert_eq!(said.is_some(), is_said, "{count} cases, {width} × {height}");
            if let Some(said) = said {
                assert!(said.rect().right() <= width && said.rect().left() > 240.0, "{:?}", said.rect());
                assert!(said.accesskit_node().bounding_box().is_some());
            }
        }
    }
}

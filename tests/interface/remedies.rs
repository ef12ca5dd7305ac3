//! What helps, under what you see: measured before it is shown, taken or put beside with one click.

use std::time::{Duration, Instant};

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::app::App;
use initscope::experiment::{Activation, Experiment, Initializer};
use initscope::figure::ViewName;

use crate::harness::{
    choose, choose_preset, experiment, measured, press, set_slider, settle, step_on_news, type_number, window,
    window_of,
};

/// Steps until all that may help is tried.
fn tried(harness: &mut Harness<'static, App>) {
    settle(harness);
    let start = Instant::now();
    while !harness.state().is_help_known() {
        assert!(start.elapsed() < Duration::from_secs(60), "it takes too long");
        step_on_news(harness);
    }
    harness.run_steps(3);
}

/// Names of the buttons that take a remedy.
fn offered(harness: &Harness<'static, App>) -> Vec<String> {
    let buttons = harness.query_all_by_label_contains("Take ");
    buttons.filter_map(|node| node.accesskit_node().label()).collect()
}

/// ReLUs that a bias switches off.
fn dying() -> Harness<'static, App> {
    let mut harness = window_of(1366.0, 800.0);
    type_number(&mut harness, "Bias", "-0.1");
    set_slider(&mut harness, "σ", 0.05);
    tried(&mut harness);
    harness
}

fn dead(experiment: &Experiment) -> usize {
    measured(experiment).layers.iter().map(|layer| layer.states.dead).sum()
}

#[test]
fn what_helps_is_said_with_its_measured_effect_and_one_click_takes_it() {
    let mut harness = dying();
    let set = experiment(&harness).clone();
    let (before, after) = (dead(&set), dead(&Experiment { bias: 0.0, ..set.clone() }));
    let left = if after == 0 { "none".to_owned() } else { after.to_string() };
    let expected = format!("Take bias 0: {before} dead → {left}");
    assert!(offered(&harness).contains(&expected), "{expected}: {:?}", offered(&harness));
    harness.get_by_role_and_label(Role::Button, &expected).click();
    harness.run_steps(2);
    assert_eq!(*experiment(&harness), Experiment { bias: 0.0, ..set.clone() });
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    harness.run_steps(2);
    assert_eq!(*experiment(&harness), set, "it is a step like any other");
}

#[test]
fn one_click_puts_it_beside_as_the_next_letter() {
    let mut harness = dying();
    let set = experiment(&harness).clone();
    harness.get_by_label("Put leaky_relu(slope=0.2) beside this").click();
    harness.run_steps(3);
    let all = harness.state().compared();
    let remedied = Experiment { activation: Activation::LeakyRelu { slope: 0.2 }, ..set.clone() };
    assert_eq!(all.iter().map(|subject| subject.experiment().clone()).collect::<Vec<_>>(), [set.clone(), remedied]);
    assert_eq!((harness.state().scene().shown.unwrap().view, experiment(&harness)), (ViewName::Compare, &set));
}

#[test]
fn nothing_is_offered_before_it_is_measured_nor_of_what_was_set_before() {
    let mut harness = dying();
    assert!(!offered(&harness).is_empty());
    type_number(&mut harness, "Bias", "-0.09");
    let start = Instant::now();
    while !harness.state().is_help_known() {
        assert_eq!(offered(&harness), [""; 0], "nothing is known of this bias yet");
        assert!(start.elapsed() < Duration::from_secs(60), "it takes too long");
        step_on_news(&mut harness);
    }
    harness.run_steps(2);
    assert!(!offered(&harness).is_empty());
}

#[test]
fn nothing_is_offered_where_all_is_well_or_words_are_hidden() {
    let mut harness = window();
    choose(&mut harness, "Weights", "he_normal");
    tried(&mut harness);
    assert_eq!(offered(&harness), [""; 0]);
    assert!(harness.query_by_label_contains("What helps: ").is_none());
    let mut harness = dying();
    harness.get_by_label_contains("What helps: ");
    press(&mut harness, Key::I);
    assert_eq!(offered(&harness), [""; 0]);
}

#[test]
fn the_images_of_the_trials_are_said() {
    let mut harness = dying();
    let button = harness.query_all_by_label_contains("Take bias 0: ").next().unwrap().rect();
    harness.hover_at(button.center());
    std::thread::sleep(Duration::from_millis(400));
    harness.run_steps(4);
    harness.get_by_label_contains("Measured on all 300 images.");
}

#[test]
fn what_shrinks_is_mended_by_the_initializer_for_it() {
    let mut harness = window_of(1366.0, 800.0);
    tried(&mut harness);
    // The article's first case shrinks (He et al. 2015).
    let he = offered(&harness).into_iter().find(|name| name.starts_with("Take he_normal: std ratio 0.")).unwrap();
    harness.get_by_role_and_label(Role::Button, &he).click();
    harness.run_steps(2);
    assert_eq!(experiment(&harness).initializer, Initializer::HeNormal { gain: 1.0 });
}

#[test]
fn there_is_room_under_the_words_and_the_plot_stands_still() {
    for (width, height) in [(1280.0, 720.0), (1366.0, 768.0)] {
        let mut harness = window_of(width, height);
        let plot = |harness: &Harness<'static, App>| harness.get_by_label_contains("layer 1: outputs").rect().top();
        let before = plot(&harness);
        choose_preset(&mut harness, "dying_relu_bias");
        press(&mut harness, Key::Num1);
        tried(&mut harness);
        let line = harness.get_by_label_contains("What helps: ").rect();
        let words = harness.get_by_label_contains("What you see: ").rect();
        assert!(line.top() >= words.bottom() - 1.0 && line.bottom() <= plot(&harness) + 1.0, "{line:?} {words:?}");
        assert_eq!(plot(&harness), before);
        for name in offered(&harness) {
            let button = harness.get_by_role_and_label(Role::Button, &name).rect();
            assert!(button.right() <= width && button.left() > 240.0, "{name}: {button:?}");
        }
    }
}

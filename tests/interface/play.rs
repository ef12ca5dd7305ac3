//! Settings that move by themselves.

use std::time::{Duration, Instant};

use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::app::App;
use initscope::experiment::{Experiment, Initializer};
use initscope::sweep::SweptSetting;

use crate::harness::{choose, experiment, measured, opened, press, set_slider, settle, step_on_news, window};
use crate::sigma;

/// Steps until the experiment is another one so many times; returns all that were set.
fn played(harness: &mut Harness<'static, App>, steps: usize) -> Vec<Experiment> {
    let start = Instant::now();
    let mut seen = vec![experiment(harness).clone()];
    while seen.len() <= steps {
        assert!(start.elapsed() < Duration::from_secs(60), "nothing moves after {} steps", seen.len());
        step_on_news(harness);
        if seen.last() != Some(experiment(harness)) {
            seen.push(experiment(harness).clone());
        }
    }
    seen
}

fn play(harness: &mut Harness<'static, App>, name: &str) {
    harness.get_by_role_and_label(Role::Button, name).click();
    harness.run_steps(2);
}

#[test]
fn sigma_moves_up_and_turns_on_an_axis_that_shows_all_of_it_and_stands_still() {
    let mut harness = window();
    let before = harness.state().shown_axis().unwrap().axis(0).high();
    play(&mut harness, "Play σ");
    harness.get_by_label_contains("Playing σ from 0.050 to 0.200.");
    let greatest = |sigma: f64| {
        let initializer = Initializer::RandomNormal { mean: 0.0, sigma };
        let end = Experiment { initializer, ..experiment(&harness).clone() };
        measured(&end).layers.iter().map(|layer| layer.output.max).fold(0.0, f64::max)
    };
    let top = greatest(0.2);
    assert!(top > 4.0 * before, "the axis of the start would not do: {before} and {top}");
    // The ends are measured before they are reached, though time is not the window's here.
    let high = |harness: &Harness<'static, App>| harness.state().shown_axis().unwrap().axis(0).high();
    while (high(&harness) / top - 1.0).abs() > 0.06 {
        let now = sigma(experiment(&harness));
        assert!(now < 0.19, "{} and {top} at {now}", high(&harness));
        std::thread::sleep(Duration::from_millis(60));
        harness.step();
    }
    harness.run_steps(3);
    let axis = harness.state().shown_axis().unwrap().clone();
    let sigmas: Vec<_> = played(&mut harness, 26).iter().map(sigma).collect();
    assert_eq!(harness.state().shown_axis(), Some(&axis));
    let top = sigmas.iter().position(|sigma| *sigma == 0.2).expect("it goes to the double");
    assert!(sigmas[..=top].windows(2).all(|pair| pair[0] < pair[1]), "{sigmas:?}");
    assert!(sigmas[top..].windows(2).all(|pair| pair[0] > pair[1]), "{sigmas:?}");
    // The picture is of what is set, and its axis shows that.
    press(&mut harness, Key::Escape);
    let last = sigma(experiment(&harness));
    settle(&mut harness);
    let figure = harness.state().figure().unwrap();
    assert_eq!(sigma(figure.measurement.experiment()), last);
    assert_eq!(harness.state().shown_axis(), Some(figure.axes()));
}

#[test]
fn the_axis_stands_from_the_first_step_to_the_last_whatever_is_played_and_shown() {
    // More images than the axis is found with at first.
    let mut harness = opened(1280.0, 800.0, 1500);
    settle(&mut harness);
    let views = [("Bias", [Key::O, Key::V], 24), ("Seed", [Key::Z, Key::H], 6), ("σ", [Key::G, Key::V], 6)];
    for (setting, looks, steps) in views {
        for key in looks {
            press(&mut harness, key);
        }
        settle(&mut harness);
        play(&mut harness, &format!("Play {setting}"));
        played(&mut harness, 1);
        let axis = harness.state().shown_axis().unwrap().clone();
        for step in 0..steps {
            played(&mut harness, 1);
            assert_eq!(harness.state().shown_axis(), Some(&axis), "{setting}, step {step}");
        }
        press(&mut harness, Key::Escape);
    }
}

#[test]
fn space_and_escape_stop_it_and_then_nothing_moves_or_repaints() {
    let mut harness = window();
    for key in [Key::Escape, Key::Space] {
        play(&mut harness, "Play σ");
        played(&mut harness, 2);
        press(&mut harness, key);
        assert_eq!(harness.state().played(), None, "{key:?}");
        let stopped = experiment(&harness).clone();
        settle(&mut harness);
        harness.run();
        assert_eq!(*experiment(&harness), stopped, "{key:?}");
    }
    // Space begins with what was played last.
    play(&mut harness, "Play Bias");
    played(&mut harness, 1);
    press(&mut harness, Key::Space);
    harness.ctx.memory_mut(egui::Memory::stop_text_input);
    for played in [Some(SweptSetting::Bias), None] {
        press(&mut harness, Key::Space);
        assert_eq!(harness.state().played(), played);
    }
}

#[test]
fn any_change_by_hand_stops_it_and_stays() {
    let mut harness = window();
    play(&mut harness, "Play σ");
    let last = played(&mut harness, 3).last().cloned().unwrap();
    set_slider(&mut harness, "Bias", -0.25);
    harness.run_steps(2);
    assert_eq!(harness.state().played(), None);
    assert_eq!(experiment(&harness).bias, -0.25);
    assert!(sigma(experiment(&harness)) >= sigma(&last));
    // To look at it in another way is no change.
    play(&mut harness, "Play σ");
    press(&mut harness, Key::Z);
    assert_eq!(harness.state().played(), Some(SweptSetting::Sigma));
    press(&mut harness, Key::Escape);
}

#[test]
fn all_of_it_is_one_step_to_undo() {
    let mut harness = window();
    set_slider(&mut harness, "σ", 0.14);
    harness.run_steps(2);
    let before = experiment(&harness).clone();
    play(&mut harness, "Play σ");
    played(&mut harness, 4);
    press(&mut harness, Key::Escape);
    let after = experiment(&harness).clone();
    set_slider(&mut harness, "Bias", 0.5);
    harness.run_steps(2);
    for expected in [&after, &before] {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        harness.run_steps(2);
        assert_eq!(experiment(&harness), expected);
    }
    // While it is played, undo goes back to before it, too.
    play(&mut harness, "Play σ");
    played(&mut harness, 3);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(2);
    assert_eq!((experiment(&harness), harness.state().played()), (&before, None));
}

#[test]
fn depth_seed_bias_and_gain_are_played_where_there_are_such() {
    let mut harness = window();
    let axis = harness.state().shown_axis().unwrap().clone();
    play(&mut harness, "Play Hidden layers");
    let depths: Vec<_> = played(&mut harness, 2).iter().map(|experiment| experiment.widths.len()).collect();
    assert_eq!(depths, [5, 6, 7]);
    assert_eq!(harness.state().shown_axis(), Some(&axis), "it stands still while layers come");
    play(&mut harness, "Stop playing Hidden layers");
    assert_eq!(harness.state().played(), None);
    play(&mut harness, "Play Seed");
    let seeds: Vec<_> = played(&mut harness, 2).iter().map(|experiment| experiment.seed).collect();
    assert_eq!(seeds, [10, 11, 12]);
    // Another takes its place.
    play(&mut harness, "Play Bias");
    let biases: Vec<_> = played(&mut harness, 2).iter().map(|experiment| experiment.bias).collect();
    assert_eq!(biases, [0.0, 0.025, 0.05]);
    press(&mut harness, Key::Escape);
    choose(&mut harness, "Weights", "he_normal");
    assert!(harness.query_by_role_and_label(Role::Button, "Play σ").is_none());
    play(&mut harness, "Play Gain on σ");
    assert_eq!(harness.state().played(), Some(SweptSetting::Sigma));
    press(&mut harness, Key::Escape);
    choose(&mut harness, "Weights", "torch_linear_default");
    assert!(harness.query_by_role_and_label(Role::Button, "Play Bias").is_none(), "it sets the biases");
}

#[test]
fn the_button_is_reached_and_used_by_keys() {
    let mut harness = window();
    harness.get_by_role_and_label(Role::Button, "Play σ").focus();
    harness.step();
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().played(), Some(SweptSetting::Sigma));
    let button = harness.get_by_role_and_label(Role::Button, "Stop playing σ");
    assert_eq!(button.accesskit_node().toggled(), Some(Toggled::True));
    press(&mut harness, Key::Space);
    assert_eq!(harness.state().played(), None, "the key that stops it does not begin it again");
}

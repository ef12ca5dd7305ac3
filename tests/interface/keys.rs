//! What keys do: steps of sigma, undo and redo, and the list of them all.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::experiment::{Experiment, Initializer, Preset};
use initscope::figure::PlotShape;

use crate::harness::{choose, choose_preset, experiment, opened, press, set_slider, settle, window, window_of};
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
    assert_eq!(harness.state().figure().unwrap().view.shape, PlotShape::Histogram);
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
fn a_preset_with_cases_takes_the_place_of_what_was_pinned_and_one_without_stands_beside_it() {
    let mut harness = window();
    press(&mut harness, Key::F6);
    let before = harness.state().scene();
    assert_eq!(before.experiments.len(), 2);
    choose_preset(&mut harness, "article_tanh");
    let cases = Preset::named("article_tanh").unwrap().experiments;
    assert_eq!(harness.state().scene().experiments, cases, "its cases and nothing else");
    harness.get_by_label_contains("What was pinned made way for the cases of this preset");
    harness.get_by_role_and_label(Role::Button, "Undo").click();
    harness.run_steps(2);
    assert_eq!(harness.state().scene(), before, "one step brings all back");
    let single = Preset::all().into_iter().find(|preset| preset.experiments.len() == 1).unwrap();
    choose_preset(&mut harness, single.name);
    let now = harness.state().scene().experiments;
    let preset = single.experiments;
    assert_eq!((now.len(), &now[0]), (2, &before.experiments[0]));
    assert_eq!(now[1..], preset);
}

#[test]
fn a_preset_is_undone_with_its_cases() {
    let mut harness = window();
    let before = harness.state().scene();
    choose_preset(&mut harness, "article_tanh");
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
    assert_eq!(harness.state().figure().unwrap().view.shape, PlotShape::Violin);
}

#[test]
fn the_list_of_keys_is_within_the_window_and_none_of_its_texts_lies_over_another() {
    for (width, height) in [
        (640.0, 480.0),
        (800.0, 500.0),
        (1200.0, 760.0),
        (1280.0, 720.0),
        (1280.0, 800.0),
        (1366.0, 768.0),
        (1920.0, 1080.0),
        (3840.0, 2160.0),
    ] {
        let mut harness = window_of(width, height);
        harness.step();
        let labels = |harness: &egui_kittest::Harness<'static, initscope::app::App>| -> Vec<(String, egui::Rect)> {
            let nodes = harness.root().children_recursive();
            let labels = nodes.filter(|node| node.accesskit_node().role() == Role::Label);
            // What the status bar says may change meanwhile.
            let is_listed =
                |text: &String| !["images", "picture", "loss", "measuring"].iter().any(|word| text.contains(word));
            let placed = labels.filter(|node| node.accesskit_node().bounding_box().is_some());
            let named = placed.filter_map(|node| Some((node.value().or(node.accesskit_node().label())?, node.rect())));
            named.filter(|(text, _)| is_listed(text)).collect()
        };
        let behind = labels(&harness);
        press(&mut harness, Key::Questionmark);
        harness.run_steps(4);
        let list: Vec<_> = labels(&harness).into_iter().filter(|label| !behind.contains(label)).collect();
        assert!(list.len() > 120, "{width} × {height}: {} texts", list.len());
        let texts = ["Linear around zero, then logarithmic", "Ctrl+Shift+C", "F8", "Window"];
        for text in texts {
            assert!(list.iter().any(|(label, _)| label == text), "{width} × {height}: {text}");
        }
        for (index, (text, rect)) in list.iter().enumerate() {
            // It may have to be scrolled to.
            let inside = rect.left() >= 0.0 && rect.right() <= width && rect.top() >= 0.0;
            assert!(inside, "{width} × {height}: {text} leaves the window: {rect:?}");
            let over = list[..index].iter().find(|(_, other)| rect.shrink(0.5).intersects(*other));
            assert!(over.is_none(), "{width} × {height}: {text} {rect:?} lies over {over:?}");
        }
        let field = harness.get_by_role_and_label(Role::TextInput, "Look for").rect();
        assert!(field.left() > 0.0 && field.right() < width && field.top() > 0.0, "{width} × {height}: {field:?}");
    }
}

#[test]
fn keys_that_need_altgr_elsewhere_have_others() {
    let mut harness = opened(1280.0, 800.0, 60);
    settle(&mut harness);
    let chosen =
        |harness: &egui_kittest::Harness<'static, initscope::app::App>| harness.state().scene().shown.unwrap().layer;
    press(&mut harness, Key::CloseBracket);
    press(&mut harness, Key::OpenBracket);
    let before = chosen(&harness);
    let sigma_before = sigma(experiment(&harness));
    harness.key_press_modifiers(Modifiers::ALT, Key::ArrowLeft);
    harness.run_steps(2);
    assert_ne!(chosen(&harness), before);
    assert_eq!(sigma(experiment(&harness)), sigma_before, "with Alt it is no step of sigma");
    choose_preset(&mut harness, "article_relu");
    let cases = Preset::named("article_relu").unwrap().experiments;
    harness.key_press_modifiers(Modifiers::COMMAND, Key::PageDown);
    harness.run_steps(2);
    assert!(cases[1..].iter().any(|case| case.initializer == experiment(&harness).initializer));
}

#[test]
fn without_motion_nothing_glides_and_play_goes_a_step_at_a_time() {
    let mut harness = opened(1280.0, 800.0, 60);
    settle(&mut harness);
    let toggled = |harness: &mut egui_kittest::Harness<'static, initscope::app::App>| {
        harness.key_press_modifiers(Modifiers::SHIFT, Key::M);
        harness.run_steps(2);
        harness.ctx.global_style().animation_time
    };
    assert_eq!(toggled(&mut harness), 0.0);
    assert!(toggled(&mut harness) > 0.0);
    assert_eq!(toggled(&mut harness), 0.0);
    // The axis is there with the next picture.
    set_slider(&mut harness, "σ", 0.3);
    let start = std::time::Instant::now();
    while harness.state().figure().unwrap().measurement.experiment() != harness.state().experiment() {
        assert!(start.elapsed().as_secs() < 60);
        crate::harness::step_on_news(&mut harness);
    }
    harness.step();
    let figure = harness.state().figure().unwrap();
    assert_eq!(harness.state().shown_axis(), Some(figure.axes()));
    harness.get_by_role_and_label(Role::Button, "Play σ").click();
    // By the window's clock.
    let time = |harness: &egui_kittest::Harness<'static, initscope::app::App>| harness.ctx.input(|input| input.time);
    let (begun, mut seen) = (time(&harness), vec![sigma(experiment(&harness))]);
    while seen.len() < 4 {
        assert!(start.elapsed().as_secs() < 60, "{seen:?}");
        crate::harness::step_on_news(&mut harness);
        if seen.last() != Some(&sigma(experiment(&harness))) {
            seen.push(sigma(experiment(&harness)));
        }
    }
    assert!(time(&harness) - begun >= 2.0, "a step a second: {seen:?}");
}

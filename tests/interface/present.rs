//! Presentations: what a presenter's remote does, and that nothing of what is set is lost.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::app::App;
use initscope::experiment::Preset;
use initscope::lesson::{BuiltIn, Lesson, LessonSource};

use crate::harness::{choose_preset, experiment, press, settle, window_of};

/// A window of the size in points that every screen of 16:9 has in a presentation, which has begun there.
fn presented(preset: &str) -> Harness<'static, App> {
    let mut harness = window_of(640.0, 360.0);
    choose_preset(&mut harness, preset);
    harness.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::P);
    harness.run_steps(3);
    settle(&mut harness);
    harness
}

fn lesson() -> Lesson {
    BuiltIn::all()[0].lesson().unwrap().clone()
}

fn is_presented(harness: &Harness<'static, App>) -> bool {
    harness.query_by_role_and_label(Role::Button, "View").is_none()
}

#[test]
fn page_keys_lead_through_the_cases_and_f5_to_the_first() {
    let mut harness = presented("article_relu");
    let cases = Preset::named("article_relu").unwrap().experiments;
    press(&mut harness, Key::F5);
    assert_eq!(*experiment(&harness), cases[0]);
    for case in &cases[1..] {
        press(&mut harness, Key::PageDown);
        assert_eq!(experiment(&harness), case);
    }
    press(&mut harness, Key::PageDown);
    assert_eq!(experiment(&harness), cases.last().unwrap(), "behind the last there is nothing");
    press(&mut harness, Key::PageUp);
    assert_eq!(*experiment(&harness), cases[cases.len() - 2]);
    press(&mut harness, Key::F5);
    assert_eq!(*experiment(&harness), cases[0]);
}

#[test]
fn a_full_stop_makes_the_screen_black_and_going_on_shows_the_same_case_again() {
    let mut harness = presented("article_relu");
    press(&mut harness, Key::F5);
    let case = experiment(&harness).clone();
    press(&mut harness, Key::Period);
    assert!(harness.query_by_label("The screen is black.").is_some());
    press(&mut harness, Key::PageDown);
    assert!(harness.query_by_label("The screen is black.").is_none());
    assert_eq!(*experiment(&harness), case);
}

#[test]
fn escape_takes_back_what_lies_over_the_picture_before_it_ends_the_presentation() {
    let mut harness = presented("article_relu");
    let zoom = harness.ctx.zoom_factor();
    // One layer can be highlighted where layers are.
    press(&mut harness, Key::Num1);
    for cover in [Key::H, Key::S, Key::Period] {
        press(&mut harness, cover);
    }
    for _ in 0..3 {
        assert!(is_presented(&harness));
        press(&mut harness, Key::Escape);
    }
    assert!(is_presented(&harness));
    press(&mut harness, Key::Escape);
    assert!(!is_presented(&harness));
    assert_eq!(harness.ctx.zoom_factor(), zoom);
}

#[test]
fn a_presentation_changes_nothing_of_what_is_set_and_shown() {
    let mut harness = window_of(640.0, 360.0);
    let before = harness.state().scene();
    harness.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::P);
    harness.run_steps(3);
    // The layer that is highlighted is the chosen one, which is no part of what a figure shows.
    for key in [Key::H, Key::ArrowRight, Key::S, Key::N, Key::C, Key::PageDown, Key::F5] {
        press(&mut harness, key);
    }
    harness.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::P);
    harness.run_steps(3);
    assert!(!is_presented(&harness));
    let after = harness.state().scene();
    let looks = [&before, &after].map(|scene| scene.shown.map(|shown| (shown.view, shown.layers, shown.panels)));
    assert_eq!(after.experiments, before.experiments);
    assert_eq!(looks[1], looks[0]);
}

#[test]
fn the_few_controls_move_what_they_move_elsewhere_and_all_of_them_come_with_their_key() {
    let mut harness = presented("article_relu");
    assert!(harness.query_by_role_and_label(Role::Slider, "Bias").is_none());
    harness.get_by_role_and_label(Role::Slider, "σ").set_value_accesskit(0.5);
    harness.step();
    assert_eq!(crate::sigma(experiment(&harness)), 0.5);
    press(&mut harness, Key::C);
    assert!(harness.query_by_role_and_label(Role::Slider, "Bias").is_some());
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_role_and_label(Role::Slider, "Bias").is_none());
    assert!(is_presented(&harness));
}

#[test]
fn the_speaker_s_window_says_what_comes_next() {
    let mut harness = presented("article_relu");
    press(&mut harness, Key::F5);
    press(&mut harness, Key::N);
    harness.run_steps(2);
    let next = &Preset::named("article_relu").unwrap().experiments[1];
    let headline = initscope::figure::Headline::of(&next.into()).to_string();
    harness.get_by_label(&headline);
    harness.get_by_label_contains("since the beginning");
    press(&mut harness, Key::N);
    harness.run_steps(2);
    assert!(harness.query_by_label_contains("since the beginning").is_none());
}

#[test]
fn a_remote_leads_through_a_lesson_from_f5_on() {
    let mut harness = window_of(640.0, 360.0);
    let ctx = harness.ctx.clone();
    harness.state_mut().open_lesson(&ctx, lesson(), LessonSource::BuiltIn(BuiltIn::all()[0].name.to_owned()));
    settle(&mut harness);
    press(&mut harness, Key::F5);
    harness.run_steps(2);
    assert!(is_presented(&harness));
    let place = |harness: &Harness<'static, App>| {
        let nodes = harness.query_all_by_label_contains(" of ");
        let labels = nodes.filter_map(|node| node.value().or(node.accesskit_node().label())).collect::<Vec<_>>();
        let is_number = |text: &str| text.parse::<usize>().is_ok();
        labels.into_iter().find(|label: &String| label.split(" of ").all(is_number))
    };
    let first = place(&harness);
    press(&mut harness, Key::PageDown);
    harness.run_steps(2);
    press(&mut harness, Key::PageDown);
    harness.run_steps(2);
    let later = place(&harness);
    assert_ne!(later, first);
    press(&mut harness, Key::F5);
    harness.run_steps(2);
    assert_eq!(place(&harness), later, "a second press does not begin again");
    for _ in 0..2 {
        press(&mut harness, Key::PageUp);
        harness.run_steps(2);
    }
    assert_eq!(place(&harness), first);
}

#[test]
fn arrows_of_a_remote_lead_through_a_lesson_and_never_move_sigma() {
    let mut harness = window_of(640.0, 360.0);
    let ctx = harness.ctx.clone();
    harness.state_mut().open_lesson(&ctx, lesson(), LessonSource::BuiltIn(BuiltIn::all()[0].name.to_owned()));
    press(&mut harness, Key::F5);
    harness.run_steps(2);
    let steps = BuiltIn::all()[0].lesson().unwrap().steps.len();
    let at = |step: usize| format!("{step} of {steps}");
    let before = experiment(&harness).clone();
    press(&mut harness, Key::ArrowLeft);
    harness.get_by_label(&at(1));
    assert_eq!(*experiment(&harness), before, "there is nothing before the first step");
    press(&mut harness, Key::ArrowRight);
    harness.get_by_label(&at(2));
    press(&mut harness, Key::ArrowLeft);
    harness.get_by_label(&at(1));
    // While a layer is highlighted, they choose it.
    press(&mut harness, Key::H);
    press(&mut harness, Key::ArrowRight);
    harness.get_by_label(&at(1));
    press(&mut harness, Key::H);
    // On a slider that has the focus they move it.
    press(&mut harness, Key::ArrowRight);
    harness.get_by_role_and_label(Role::Slider, "σ").focus();
    harness.step();
    let before = crate::sigma(experiment(&harness));
    press(&mut harness, Key::ArrowRight);
    harness.get_by_label(&at(2));
    assert!(crate::sigma(experiment(&harness)) > before);
}

#[test]
fn one_layer_is_highlighted_in_every_view_that_has_some_and_the_others_say_why_not() {
    let mut harness = presented("article_relu");
    let chosen = |harness: &Harness<'static, App>| harness.state().scene().shown.unwrap().layer;
    for (view, said) in
        [(Key::Num1, "← and → choose the layer"), (Key::Num3, "This view shows one layer: ← and → choose it")]
    {
        press(&mut harness, view);
        press(&mut harness, Key::H);
        harness.get_by_label(said);
        press(&mut harness, Key::ArrowLeft);
        let before = chosen(&harness);
        press(&mut harness, Key::ArrowRight);
        assert_ne!(chosen(&harness), before, "{said}");
        press(&mut harness, Key::H);
    }
    press(&mut harness, Key::Num2);
    press(&mut harness, Key::H);
    harness.get_by_label_contains("Every cell of the landscape is a whole network");
    // Side by side the columns of the other layers step back.
    press(&mut harness, Key::F9);
    settle(&mut harness);
    let veils = |harness: &Harness<'static, App>| {
        let shapes = harness.output().shapes.iter();
        shapes
            .filter(|clipped| matches!(&clipped.shape, egui::Shape::Rect(rect) if (1..255).contains(&rect.fill.a())))
            .count()
    };
    let before = veils(&harness);
    press(&mut harness, Key::H);
    assert!(veils(&harness) >= before + 4, "four layers of five step back");
}

#[test]
fn what_hovers_costs_no_press_of_escape_in_a_presentation() {
    let mut harness = presented("article_relu");
    let slider = harness.get_by_role_and_label(Role::Slider, "σ").rect().center();
    harness.event(egui::Event::PointerMoved(slider));
    for _ in 0..40 {
        harness.step();
        std::thread::sleep(std::time::Duration::from_millis(15));
    }
    let hovers = |harness: &Harness<'static, App>| {
        harness
            .ctx
            .memory(|memory| memory.areas().visible_layer_ids().iter().any(|layer| layer.order == egui::Order::Tooltip))
    };
    assert!(hovers(&harness));
    press(&mut harness, Key::Escape);
    assert!(!is_presented(&harness));
}

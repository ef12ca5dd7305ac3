//! What comes by itself takes the focus from nothing: whatever can have the focus is the same before and after.

use std::time::{Duration, Instant};

use egui::Key;
use egui::accesskit::Action;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::app::{App, Session};

use crate::harness::{opened, press, set_slider, settle, step_on_news, type_number};

/// What can have the focus: what it is known by, and its name, without what is measured.
fn places(harness: &Harness<'static, App>) -> Vec<(String, String)> {
    let nodes = harness.root().children_recursive();
    let nodes = nodes.map(|node| node.accesskit_node());
    let can_have_it = nodes.filter(|node| node.data().supports_action(Action::Focus));
    can_have_it.map(|node| (format!("{:?}", node.id()), name(node.label()))).collect()
}

fn name(label: Option<String>) -> String {
    let label = label.unwrap_or_default();
    label.split_once(": ").map_or(label.clone(), |(name, _)| name.to_owned())
}

fn assert_still_there(harness: &Harness<'static, App>, before: &[(String, String)], what: &str) {
    let after = places(harness);
    let gone: Vec<_> = before.iter().filter(|place| !after.contains(place)).collect();
    assert!(gone.is_empty(), "{what}: {gone:?}");
}

fn step_until(harness: &mut Harness<'static, App>, is_there: impl Fn(&Harness<'static, App>) -> bool) {
    let start = Instant::now();
    while !is_there(harness) {
        assert!(start.elapsed() < Duration::from_secs(60), "it does not come");
        step_on_news(harness);
    }
}

#[test]
fn where_remedies_come() {
    let mut harness = opened(1366.0, 800.0, 50);
    type_number(&mut harness, "Bias", "-0.1");
    set_slider(&mut harness, "σ", 0.05);
    step_until(&mut harness, |harness| harness.state().is_settled());
    let is_offered = |harness: &Harness<'static, App>| harness.query_all_by_label_contains("Take ").count() > 0;
    assert!(!is_offered(&harness), "nothing is tried before all is measured");
    let before = places(&harness);
    step_until(&mut harness, is_offered);
    assert_still_there(&harness, &before, "remedies");
}

#[test]
fn where_something_is_said_in_the_footer() {
    for view in [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::F6, Key::F9] {
        let mut harness = opened(1280.0, 800.0, 5);
        press(&mut harness, view);
        settle(&mut harness);
        harness.run_steps(3);
        let before = places(&harness);
        type_number(&mut harness, "σ", "abc");
        press(&mut harness, Key::Escape);
        harness.get_by_label("Dismiss");
        assert_still_there(&harness, &before, &format!("{view:?}"));
    }
}

#[test]
fn where_a_measurement_takes_long() {
    let mut session = Session::default();
    session.experiment.layers = Some(100);
    session.experiment.width = Some(500);
    let build = |cc: &mut eframe::CreationContext<'_>| App::new(&cc.egui_ctx, &session, None).unwrap();
    let mut harness = Harness::builder().with_size([1280.0, 800.0]).build_eframe(build);
    step_until(&mut harness, |harness| harness.state().figure().is_some());
    harness.run_steps(2);
    let before: Vec<_> = places(&harness).into_iter().filter(|(_, name)| name != "Stop").collect();
    step_until(&mut harness, |harness| harness.query_by_label("Stop").is_some());
    assert_still_there(&harness, &before, "Stop");
}

#[test]
fn where_somebody_begins() {
    let mut harness = opened(1280.0, 720.0, 5);
    step_until(&mut harness, |harness| harness.state().is_settled());
    harness.get_by_label("Two-minute tour");
    let before = places(&harness);
    step_until(&mut harness, |harness| harness.state().is_help_known());
    harness.run_steps(3);
    assert!(harness.query_all_by_label_contains("Take ").count() > 0);
    assert_still_there(&harness, &before, "remedies");
}

//! What takes long says how far it is, and can be stopped.

use std::time::{Duration, Instant};

use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use initscope::app::{App, Session};
use initscope::number;

use crate::harness::{press, set_slider, step_on_news};

/// A window on what takes some seconds.
fn slow_window() -> Harness<'static, App> {
    let mut session = Session::default();
    session.experiment.activation = Some("tanh".to_owned());
    session.experiment.layers = Some(100);
    session.experiment.width = Some(500);
    let build = |cc: &mut eframe::CreationContext<'_>| App::new(&cc.egui_ctx, &session, None).unwrap();
    Harness::builder().with_size([1280.0, 800.0]).build_eframe(build)
}

fn wait_for(harness: &mut Harness<'static, App>, text: &str) {
    let start = Instant::now();
    while harness.query_by_label_contains(text).is_none() {
        assert!(start.elapsed() < Duration::from_secs(60), "no {text}");
        step_on_news(harness);
    }
}

fn images(harness: &Harness<'static, App>) -> usize {
    harness.state().figure().unwrap().measurement.images
}

#[test]
fn a_long_measurement_says_how_long_it_takes_stops_and_goes_on() {
    let mut harness = slow_window();
    wait_for(&mut harness, "of 10,000 images so far · about");
    harness.get_by_label("Stop");
    press(&mut harness, Key::Escape);
    wait_for(&mut harness, "of 10,000 images so far · stopped");
    let seen = images(&harness);
    assert!(seen < 10_000);
    assert!(harness.query_by_label("Stop").is_none());
    let so_far = format!("(so far, {} images)", number::count(seen as u64));
    assert_eq!(harness.query_all_by_label_contains(&so_far).count(), 100, "as many layers");
    // Nothing moves until it is told to.
    for _ in 0..30 {
        std::thread::sleep(Duration::from_millis(10));
        harness.step();
    }
    assert_eq!(images(&harness), seen);
    harness.get_by_label("Go on").click();
    harness.run_steps(2);
    assert!(harness.query_by_label_contains("stopped").is_none());
    wait_for(&mut harness, "about");
    // Another setting is another measurement.
    press(&mut harness, Key::Escape);
    set_slider(&mut harness, "σ", 0.05);
    harness.step();
    assert!(harness.query_by_label_contains("stopped").is_none());
    wait_for(&mut harness, "of 10,000 images so far · about");
}

//! The units of a layer: the map of them, one of them closer, and images x units.

use std::time::{Duration, Instant};

use egui::{Key, pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use initscope::app::{App, Session};
use initscope::engine::units::{LayerUnits, Wanted};
use initscope::experiment::Experiment;
use initscope::figure::{unit_reason, unit_words, units_summary};

use crate::harness::{click, experiment, measured, press, set_slider, settle, step_on_news};

/// A window on this network, with this in the centre.
fn window_on(network: &str, centre: &str) -> Harness<'static, App> {
    window_on_images(300, network, centre)
}

fn window_on_images(images: usize, network: &str, centre: &str) -> Harness<'static, App> {
    let text = format!(r#"{{"version": 1, "centre": "{centre}", "experiment": {{"images": {images}, {network}}}}}"#);
    window_of(&text)
}

/// The window of a session.
fn window_of(text: &str) -> Harness<'static, App> {
    let session: Session = serde_json::from_str(text).unwrap();
    let build = |cc: &mut eframe::CreationContext<'_>| App::new(&cc.egui_ctx, &session, None).unwrap();
    let mut harness = Harness::builder().with_size([1280.0, 800.0]).build_eframe(build);
    inspected(&mut harness);
    harness
}

/// Steps until all that was asked for of the units is drawn.
fn inspected(harness: &mut Harness<'static, App>) {
    let start = Instant::now();
    harness.step();
    while !(harness.state().is_inspected() && harness.state().is_settled()) {
        assert!(start.elapsed() < Duration::from_secs(60), "it takes too long");
        step_on_news(harness);
    }
    harness.run_steps(3);
}

/// What the engine finds of a layer, from 0, asked directly.
fn found(experiment: &Experiment, layer: usize, unit: Option<usize>) -> LayerUnits {
    let wanted = Wanted { subject: experiment.into(), layer, sorted: false, unit, matrix: None };
    LayerUnits::measure_all(&wanted, 0).unwrap()
}

fn shown<'h>(harness: &'h Harness<'static, App>) -> &'h LayerUnits {
    harness.state().units().unwrap()
}

#[test]
fn the_map_counts_what_the_measurement_counts() {
    let mut harness = window_on(r#""bias": -0.5"#, "firing");
    press(&mut harness, Key::Num1);
    settle(&mut harness);
    press(&mut harness, Key::Num3);
    inspected(&mut harness);
    let states = measured(experiment(&harness)).layers[4].states;
    assert_eq!(shown(&harness).states(), states);
    let summary = units_summary(&found(experiment(&harness), 4, None));
    assert!(summary.starts_with(&format!("{} of 100 units of layer 5 never", states.dead)), "{summary}");
    harness.get_by_label_contains(&format!("Units: {summary}"));
    for label in ["dead", "mixed, from seldom to often", "always on"] {
        harness.get_by_label(label);
    }
    // Other layers are a key away.
    press(&mut harness, Key::OpenBracket);
    inspected(&mut harness);
    assert_eq!((shown(&harness).layer, shown(&harness).states()), (3, measured(experiment(&harness)).layers[3].states));
    harness.get_by_label_contains("Units: 100 of 100 units of layer 4 never");
    harness.run();
    // Or a click with Shift.
    press(&mut harness, Key::Num1);
    harness.get_by_label_contains("layer 2: outputs from").click_modifiers(egui::Modifiers::SHIFT);
    harness.run_steps(2);
    inspected(&mut harness);
    assert_eq!((shown(&harness).layer, shown(&harness).states()), (1, measured(experiment(&harness)).layers[1].states));
}

#[test]
fn a_unit_is_looked_at_closer() {
    let mut harness = window_on(r#""layers": 1, "bias": -0.9"#, "units");
    let map = harness.get_by_label_contains("Units: ").rect();
    click(&mut harness, map.min + egui::vec2(4.0, 4.0));
    inspected(&mut harness);
    let expected = found(experiment(&harness), 0, Some(0));
    let unit = expected.unit.as_ref().unwrap();
    harness.get_by_label("Unit 0 of layer 1");
    harness.get_by_label(&unit_reason(&expected, unit));
    harness.get_by_label_contains("Pre-activations of 300 images: from ");
    harness.get_by_label_contains("784 incoming weights from ");
    assert_eq!(harness.query_all_by_label_contains("Image ").count(), 10);
    harness.get_by_label_contains(&format!(
        "Image {}, labelled {}: ",
        unit.most[0].image,
        unit.most[0].label.as_deref().unwrap()
    ));
    // Arrow keys go on from there.
    press(&mut harness, Key::ArrowRight);
    inspected(&mut harness);
    harness.get_by_label("Unit 1 of layer 1");
    let words = unit_words(&expected, 1);
    assert!(harness.query_all_by_label_contains(&words).next().is_some(), "{words}");
    harness.run();
}

#[test]
fn units_stand_in_order_or_by_firing_and_follow_every_change() {
    let mut harness = window_on(r#""bias": -0.5"#, "units");
    press(&mut harness, Key::F);
    inspected(&mut harness);
    let fired: Vec<_> = shown(&harness).order.iter().map(|&unit| shown(&harness).fired[unit]).collect();
    assert!(fired.is_sorted());
    press(&mut harness, Key::U);
    inspected(&mut harness);
    assert!(shown(&harness).order.is_sorted());
    set_slider(&mut harness, "σ", 0.3);
    settle(&mut harness);
    inspected(&mut harness);
    assert_eq!(shown(&harness).states(), measured(experiment(&harness)).layers[4].states);
    press(&mut harness, Key::Num1);
    harness.get_by_label_contains("layer 5: outputs from");
    harness.run();
}

#[test]
fn images_by_units_say_the_same_and_lead_to_a_unit() {
    let mut harness = window_on(r#""bias": -0.5"#, "units");
    press(&mut harness, Key::Num4);
    inspected(&mut harness);
    let summary = units_summary(&found(experiment(&harness), 4, None));
    let picture = harness.get_by_label_contains(&format!("Images × units, 300 × 100: {summary}")).rect();
    let matrix = shown(&harness).matrix.clone().unwrap();
    assert_eq!((matrix.size.columns, matrix.size.rows), (100, 300));
    // The seventeenth of a hundred columns.
    click(&mut harness, pos2(picture.left() + picture.width() * 0.165, picture.center().y));
    inspected(&mut harness);
    harness.get_by_label("Unit 16 of layer 5");
    harness.run();
}

#[test]
fn bad_states_have_their_picture_and_their_sentence() {
    for (network, said) in [
        (r#""bias": -1e9"#, "Only what is the same for every image reaches the next layer."),
        (r#""bias": 3e38"#, "Every unit of layer 5 has outputs that are NaN"),
        (r#""layers": 1, "width": 1"#, "The only unit of layer 1: "),
        (r#""init": "ones""#, "On these images this relu is the identity."),
        (r#""init": "zeros""#, "100 of 100 units of layer 5 never fire"),
        (
            r#""activation": "sigmoid""#,
            "0 of 100 units of layer 5 are never positive on these 300 images, 100 always, 0 on some.",
        ),
    ] {
        let mut harness = window_on(network, "units");
        assert!(harness.query_all_by_label_contains(said).next().is_some(), "{network}: {said}");
        press(&mut harness, Key::ArrowRight);
        inspected(&mut harness);
        assert!(harness.query_all_by_label_contains("Unit 0 of layer ").next().is_some(), "{network}");
        press(&mut harness, Key::Num4);
        inspected(&mut harness);
        harness.get_by_label_contains("Images × units, 300 × ");
        harness.run();
    }
    let mut harness = window_on_images(1, r#""layers": 2"#, "units");
    assert!(harness.query_all_by_label_contains(" on this image").next().is_some());
    press(&mut harness, Key::Num4);
    inspected(&mut harness);
    harness.run();
}

#[test]
fn every_window_has_its_map_and_comes_to_rest() {
    for size in [[300.0, 200.0], [640.0, 480.0], [1920.0, 1080.0]] {
        let mut harness = window_on(r#""bias": -0.5"#, "units");
        harness.set_size(size.into());
        for key in [Key::ArrowRight, Key::Num4] {
            press(&mut harness, key);
            inspected(&mut harness);
            harness.run();
        }
        if size[0] == 640.0 {
            // Without room beside the map, the unit's sentence stands under it.
            press(&mut harness, Key::Num3);
            inspected(&mut harness);
            let reason = unit_reason(shown(&harness), shown(&harness).unit.as_ref().unwrap());
            harness.get_by_label(&reason);
        }
    }
}

#[test]
fn looking_stops_and_goes_on() {
    // Words would have gradients measured, too.
    let network = r#"{"images": 10000, "layers": 20, "width": 256, "bias": -0.5}"#;
    let mut harness =
        window_of(&format!(r#"{{"version": 1, "centre": "units", "words": false, "experiment": {network}}}"#));
    // A layer of which nothing is known; where the processor is given to the others, all of it may be known before it can be stopped.
    let is_stopped = (0..19).rev().any(|layer| {
        press(&mut harness, Key::OpenBracket);
        let start = Instant::now();
        while shown(&harness).layer != layer {
            assert!(start.elapsed() < Duration::from_secs(60), "it takes too long");
            step_on_news(&mut harness);
        }
        press(&mut harness, Key::Escape);
        harness.query_by_label("Go on").is_some()
    });
    assert!(is_stopped, "none of them could be stopped");
    // An answer that was under way may still come.
    std::thread::sleep(Duration::from_millis(100));
    harness.run_steps(2);
    let images = shown(&harness).images;
    assert!(images < 10_000);
    std::thread::sleep(Duration::from_millis(200));
    harness.run_steps(2);
    assert_eq!(shown(&harness).images, images);
    press(&mut harness, Key::Enter);
    inspected(&mut harness);
    assert_eq!(shown(&harness).images, 10_000);
    assert!(harness.query_by_label("Stop").is_none());
}

#[test]
fn the_map_fills_its_room() {
    for size in [[1280.0, 720.0], [1366.0, 768.0], [1920.0, 1080.0]] {
        let mut harness = window_on_images(60, r#""bias": -0.5"#, "units");
        harness.set_size(size.into());
        harness.run_steps(3);
        inspected(&mut harness);
        let map = harness.get_by_label_contains("Units: ").rect();
        let legend = harness.get_by_label("mixed, from seldom to often").rect();
        assert!((map.right() - (size[0] - 20.0)).abs() < 1.5, "{size:?}: {map:?}");
        assert!((0.0..30.0).contains(&(legend.top() - map.bottom())), "{size:?}: {map:?} {legend:?}");
        assert!(map.left() < 240.0 + 100.0 && map.top() < 120.0, "{size:?}: {map:?}");
        // The last unit is at the end of the last row, or near it.
        let (columns, rows) = initscope::figure::geometry::cells(100, (map.width().into(), map.height().into()));
        let last =
            pos2(map.left() + map.width() * (((99 % columns) as f32 + 0.5) / columns as f32), map.bottom() - 3.0);
        assert!(rows > 1 && (99 % columns) * 2 > columns, "{columns} × {rows}");
        click(&mut harness, last);
        inspected(&mut harness);
        harness.get_by_label("Unit 99 of layer 5");
    }
}

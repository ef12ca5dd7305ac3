//! What the window looks like: a picture of each view, pixel by pixel, drawn on the CPU.
//!
//! `UPDATE_SNAPSHOTS=true cargo test --test pictures` draws them anew in tests/pictures/expected.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod rasteriser;
mod training;

use std::time::{Duration, Instant};

use egui::Theme;
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, SnapshotOptions, try_image_snapshot_options};
use image::RgbaImage;
use initscope::app::{App, Session};

use rasteriser::Rasteriser;

/// Steps after a moment in which those it waits for have the processor: a frame takes as long as many cells of a map.
fn step_after_a_moment(harness: &mut Harness<'static, App>) {
    std::thread::sleep(Duration::from_millis(20));
    harness.step();
}

/// A window whose session has these settings beside the default ones, once it `is_ready`.
fn window(theme: Theme, settings: &str, is_ready: impl Fn(&App) -> bool) -> Harness<'static, App> {
    let session: Session = serde_json::from_str(&format!(r#"{{"version": 1, {settings}}}"#)).unwrap();
    let build = |cc: &mut eframe::CreationContext<'_>| App::new(&cc.egui_ctx, &session, None).unwrap();
    let builder = Harness::builder().with_size([1280.0, 800.0]).with_theme(theme).renderer(Rasteriser::default());
    let mut harness = builder.build_eframe(build);
    let start = Instant::now();
    harness.step();
    // The axis comes to rest, and what is measured at leisure may have what is in sight made anew.
    for _ in 0..2 {
        while !(is_ready(harness.state()) && harness.state().is_settled()) {
            assert!(start.elapsed() < Duration::from_secs(120), "it takes too long");
            step_after_a_moment(&mut harness);
        }
        std::thread::sleep(Duration::from_millis(100));
        harness.run_steps(4);
    }
    harness
}

/// The centre of the window: the line under it says how long things took, which no picture can pin.
fn centre(harness: &mut Harness<'static, App>) -> RgbaImage {
    let whole = harness.render().unwrap();
    image::imageops::crop_imm(&whole, 240, 40, whole.width() - 240, whole.height() - 40 - 34).to_image()
}

fn assert_looks_as_expected(picture: &RgbaImage, name: &str) {
    // Another CPU's last bits may move a colour by one.
    let options = SnapshotOptions::new().output_path("tests/pictures/expected").threshold(0.6).max_failed_pixels(20);
    try_image_snapshot_options(picture, name, &options).unwrap_or_else(|difference| panic!("{difference}"));
}

#[test]
fn the_landscape_of_a_deep_tanh_network() {
    let network = r#""experiment": {"images": 64, "activation": "tanh", "layers": 12, "width": 30, "sigma": 0.3}"#;
    let view = r#""centre": "landscape", "mapped": "gradient_ratio""#;
    for (theme, name) in [(Theme::Light, "landscape_light"), (Theme::Dark, "landscape_dark")] {
        let mut harness = window(theme, &format!("{network}, {view}"), App::is_surveyed);
        assert_looks_as_expected(&centre(&mut harness), name);
    }
}

#[test]
fn a_landscape_with_cells_that_have_no_number() {
    let network = r#""experiment": {"images": 64, "activation": "relu", "width": 8, "bias": -0.1}"#;
    let view = r#""centre": "landscape", "mapped": "gradient_ratio", "plane": "depth""#;
    let mut harness = window(Theme::Light, &format!("{network}, {view}"), App::is_surveyed);
    assert_looks_as_expected(&centre(&mut harness), "landscape_without_numbers");
}

#[test]
fn experiments_side_by_side_and_behind_one_another() {
    let pinned = r#""pinned": [{"images": 200, "sigma": 0.1}, {"images": 200, "sigma": 0.28}], "place": 1"#;
    let present = r#""experiment": {"images": 200, "sigma": 0.14}, "centre": "compare""#;
    for (theme, more, name) in [
        (Theme::Light, r#""arrange": "side_by_side", "view": {"axis": "symlog"}"#, "compare_light"),
        (Theme::Dark, r#""arrange": "ghost", "view": {"axis": "symlog"}"#, "compare_ghost_dark"),
    ] {
        let mut harness = window(theme, &format!("{present}, {pinned}, {more}"), App::is_comparison_settled);
        assert_looks_as_expected(&centre(&mut harness), name);
    }
}

/// Of a window with a panel at the right, that.
fn side(harness: &mut Harness<'static, App>) -> RgbaImage {
    let whole = harness.render().unwrap();
    image::imageops::crop_imm(&whole, whole.width() - 264, 40, 264, whole.height() - 40 - 34).to_image()
}

#[test]
fn a_saturating_tanh_and_a_relu_over_their_pre_activations() {
    let open = r#""activation": true, "words": false"#;
    for (theme, network, name) in [
        (Theme::Light, r#""activation": "tanh", "sigma": 0.4"#, "activation_tanh_light"),
        (Theme::Dark, r#""activation": "relu", "bias": -0.1"#, "activation_relu_dark"),
    ] {
        let settings = format!(r#""experiment": {{"images": 200, {network}}}, {open}"#);
        let mut harness = window(theme, &settings, |_| true);
        assert_looks_as_expected(&side(&mut harness), name);
    }
}

/// With a unit beside the map, chosen by a key.
fn with_first_unit(mut harness: Harness<'static, App>) -> Harness<'static, App> {
    harness.key_press(egui::Key::ArrowRight);
    harness.step();
    let start = Instant::now();
    while !harness.state().is_inspected() {
        assert!(start.elapsed() < Duration::from_secs(60), "it takes too long");
        step_after_a_moment(&mut harness);
    }
    harness.run_steps(4);
    harness
}

#[test]
fn presets_in_a_grid() {
    let mut harness = window(Theme::Light, r#""experiment": {"images": 5, "layers": 1, "width": 5}"#, |_| true);
    for (key, name) in [(egui::Key::Num8, "presets_light"), (egui::Key::Num9, "presets_dark")] {
        harness.key_press(key);
        harness.run_steps(2);
        harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
        harness.run_steps(3);
        let start = Instant::now();
        while !harness.state().is_settled() {
            assert!(start.elapsed() < Duration::from_secs(120), "it takes too long");
            step_after_a_moment(&mut harness);
        }
        harness.run_steps(4);
        let whole = harness.render().unwrap();
        // Without what stands behind it.
        let grid = image::imageops::crop_imm(&whole, 32, 118, 1216, 564).to_image();
        assert_looks_as_expected(&grid, name);
        harness.key_press(egui::Key::Escape);
        harness.run_steps(2);
    }
}

#[test]
fn units_one_by_one() {
    let network = r#""experiment": {"images": 300, "layers": 1, "width": 100, "bias": -0.9}"#;
    for (theme, name) in [(Theme::Light, "units_light"), (Theme::Dark, "units_dark")] {
        let harness = window(theme, &format!(r#"{network}, "centre": "units", "sorted": true"#), App::is_inspected);
        assert_looks_as_expected(&centre(&mut with_first_unit(harness)), name);
    }
}

#[test]
fn images_by_units() {
    let network = r#""experiment": {"images": 400, "layers": 2, "width": 100, "bias": -0.5}"#;
    for (theme, name) in [(Theme::Light, "firing_light"), (Theme::Dark, "firing_dark")] {
        let mut harness = window(theme, &format!(r#"{network}, "centre": "firing""#), App::is_inspected);
        assert_looks_as_expected(&centre(&mut harness), name);
    }
}

#[test]
fn layers_on_other_axes_and_as_other_shapes() {
    for (theme, network, view, name) in [
        (Theme::Light, r#""sigma": 0.1"#, r#""kind": "box", "axis": "symlog""#, "box_light"),
        (
            Theme::Dark,
            r#""sigma": 0.28"#,
            r#""kind": "ridgeline", "axis": "symlog", "quantity": "pre_activations""#,
            "ridgeline_dark",
        ),
        (Theme::Light, r#""sigma": 0.28"#, r#""axis": "log", "reach": "robust""#, "log_violin_light"),
    ] {
        let settings = format!(r#""experiment": {{"images": 200, {network}}}, "view": {{{view}}}, "words": false"#);
        let mut harness = window(theme, &settings, |_| true);
        assert_looks_as_expected(&centre(&mut harness), name);
    }
}

/// The preview of the export dialog.
fn preview(harness: &mut Harness<'static, App>) -> RgbaImage {
    let start = Instant::now();
    harness.run_steps(2);
    while harness.query_by_label_contains("Preview: ").is_none() || !harness.state().is_settled() {
        assert!(start.elapsed() < Duration::from_secs(60), "it takes too long");
        step_after_a_moment(harness);
    }
    let place = harness.get_by_label_contains("Preview: ").rect();
    let whole = harness.render().unwrap();
    let [left, top, right, bottom] =
        [place.left(), place.top(), place.right(), place.bottom()].map(|edge| edge.round() as u32);
    image::imageops::crop_imm(&whole, left, top, right - left, bottom - top).to_image()
}

#[test]
fn a_figure_without_a_ground_stands_on_a_chequerboard() {
    let network = r#""experiment": {"images": 100, "layers": 2, "width": 20}"#;
    let mut harness = window(Theme::Light, network, |_| true);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::E);
    harness.run_steps(3);
    harness.get_by_label("Transparent").click_accesskit();
    assert_looks_as_expected(&preview(&mut harness), "transparent_light");
    harness.get_by_role_and_label(egui::accesskit::Role::ComboBox, "Colours").click_accesskit();
    harness.run_steps(2);
    // A button of the window behind the dialog has the same name.
    let entries = harness.query_all_by_role_and_label(egui::accesskit::Role::Button, "Dark");
    entries.last().unwrap().click_accesskit();
    harness.run_steps(2);
    assert_looks_as_expected(&preview(&mut harness), "transparent_dark");
}

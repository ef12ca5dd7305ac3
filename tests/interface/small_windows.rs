//! Small windows, and everything at twice its size: the plot keeps half of the height, what has no room is named, and no legend is cut.

use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Key, Rect, Shape};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use initscope::app::{App, Session};
use initscope::experiment::Preset;

use crate::harness::{drop_file, opened, press, settle, step_on_news};

/// Sizes of windows in points; the first three are of everything at twice its size.
const SIZES: [(f32, f32); 6] =
    [(640.0, 360.0), (683.0, 384.0), (960.0, 540.0), (640.0, 480.0), (1280.0, 720.0), (1920.0, 1080.0)];
/// Height of the bar at the bottom.
const STATUS: f32 = 30.0;
/// Heights of the bars at the top and at the bottom.
const BARS: f32 = 74.0;

fn small_window((width, height): (f32, f32), settings: &str) -> Harness<'static, App> {
    let text = format!(r#"{{"version": 2, "experiment": {{"images": 60, "width": 12}}, "shown": {{{settings}}}}}"#);
    let session: Session = serde_json::from_str(&text).unwrap();
    let build = |cc: &mut eframe::CreationContext<'_>| App::new(&cc.egui_ctx, &session, None).unwrap();
    let mut harness = Harness::builder().with_size([width, height]).build_eframe(build);
    settle(&mut harness);
    harness
}

/// All texts that are painted, with where they can be seen.
fn texts(harness: &Harness<'static, App>) -> Vec<(String, Rect, Rect)> {
    fn collect(shape: &Shape, clip: Rect, into: &mut Vec<(String, Rect, Rect)>) {
        match shape {
            Shape::Text(text) => into.push((text.galley.text().to_owned(), text.visual_bounding_rect(), clip)),
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, clip, into)),
            _ => {}
        }
    }
    let mut texts = Vec::new();
    harness.output().shapes.iter().for_each(|clipped| collect(&clipped.shape, clipped.clip_rect, &mut texts));
    texts
}

#[test]
fn the_plot_has_half_of_the_height_whatever_stands_around_it() {
    for size in SIZES {
        for settings in ["", r#""panels": {"norms": true, "activation": true, "theory": true}"#] {
            let mut harness = small_window(size, settings);
            for quantity in [Key::O, Key::G] {
                press(&mut harness, quantity);
                settle(&mut harness);
                let named = harness.get_by_label_contains("layer 1: ").rect();
                // The column ends under its last number: what the axis spans is the plot.
                let axis = texts(&harness).into_iter().filter(|(text, ..)| text.starts_with("layer 1") || text == "1");
                let names = axis.map(|(_, rect, _)| rect).filter(|rect| named.contains(rect.center()));
                let plot = names.map(|rect| rect.top()).fold(f32::INFINITY, f32::min) - named.top();
                let half = (size.1 - BARS) / 2.0;
                assert!(plot >= half, "{size:?}, {settings}, {quantity:?}: {plot} of {half}");
            }
        }
    }
}

fn settle_comparison(harness: &mut Harness<'static, App>) {
    let start = Instant::now();
    while !harness.state().is_comparison_settled() {
        assert!(start.elapsed() < Duration::from_secs(60), "it takes too long");
        step_on_news(harness);
    }
    harness.run_steps(3);
}

#[test]
fn each_plot_that_is_compared_has_half_of_the_height_and_what_gives_way_is_named() {
    for size in SIZES {
        let mut harness = small_window(size, "");
        for key in [Key::F6, Key::ArrowUp] {
            press(&mut harness, key);
        }
        settle_comparison(&mut harness);
        let half = (size.1 - BARS) / 2.0;
        let said = |part: &str| harness.query_by_label_contains(part).is_some();
        for panel in ["Panel A: ", "Panel B: "] {
            let plot = harness.get_by_label_contains(panel).rect().height();
            // Where letters and buttons take two lines of few, all numbers have given way.
            let is_least = said("No room for the legend, ") && said("mean and std.");
            assert!(plot >= half - 1.0 || is_least, "{size:?}, {panel}: {plot} of {half}");
        }
        assert!(size.1 < 1000.0 || !said("No room"), "{size:?}");
    }
}

#[test]
fn of_five_the_present_one_has_a_panel_in_any_window_and_those_without_are_named() {
    for size in [(640.0, 360.0), (640.0, 480.0), (1280.0, 720.0), (1920.0, 1080.0)] {
        let mut harness = small_window(size, "");
        for key in [Key::F6, Key::ArrowUp].repeat(4) {
            press(&mut harness, key);
        }
        settle_comparison(&mut harness);
        let said = |part: &str| harness.query_by_label_contains(part).is_some();
        for letter in ["A", "B", "C", "D", "E"] {
            let panel = harness.query_by_label_contains(&format!("Panel {letter}: ")).map(|panel| panel.rect());
            match panel {
                Some(plot) => assert!(plot.height() >= 80.0, "{size:?}, {letter}: {plot:?}"),
                None => assert!(letter != "E" && said("No room for A"), "{size:?}, {letter}"),
            }
        }
        // No text is cut.
        let cut: Vec<_> = texts(&harness)
            .into_iter()
            .filter(|(text, ..)| text.starts_with("No room") && text.contains('…'))
            .collect();
        assert!(cut.is_empty(), "{size:?}: {cut:?}");
        assert!(size.1 < 1000.0 || !said("No room"), "{size:?}: there is room for numbers");
    }
}

#[test]
fn what_is_switched_on_and_has_no_room_is_named() {
    let harness = small_window((640.0, 360.0), r#""panels": {"norms": true, "theory": true}"#);
    let line = harness.get_by_label_contains("No room for ");
    let said = egui_kittest::kittest::NodeT::accesskit_node(&line);
    let said = said.label().or(said.value()).unwrap();
    for name in ["Theory", "Words", "Norms", "the chart of output std"] {
        assert!(said.contains(name), "{name}: {said}");
    }
    // In a view without charts, what stands beside it.
    let mut harness = small_window((640.0, 480.0), r#""panels": {"activation": true}"#);
    press(&mut harness, Key::Num3);
    settle(&mut harness);
    harness.get_by_label("No room for Activation.");
    let harness = small_window((1280.0, 720.0), "");
    assert!(harness.query_by_label_contains("No room").is_none(), "all of it has room");
    let harness = small_window((320.0, 240.0), "");
    harness.get_by_label_contains("No room beside the controls.");
    // Where there is no line for it, the status bar says it, of legends, too.
    let mut harness = small_window((320.0, 240.0), r#""panels": {"controls": false}"#);
    for (view, said) in [(Key::Num1, "No room for std"), (Key::F9, "No room for the legend")] {
        press(&mut harness, view);
        harness.run_steps(2);
        let line = harness.get_by_label_contains(said).rect();
        assert!(line.top() > 200.0 && line.right() <= 320.0, "{view:?}: {line:?}");
    }
}

#[test]
fn sentences_are_said_where_there_is_room_for_one() {
    // 1280 × 720 with everything at 130 %, at the first start, which says something in the plot.
    let mut session = Session::default();
    (session.experiment.images, session.experiment.width) = (Some(60), Some(12));
    let build = |cc: &mut eframe::CreationContext<'_>| App::new(&cc.egui_ctx, &session, None).unwrap();
    let mut harness = Harness::builder().with_size([984.0, 554.0]).build_eframe(build);
    settle(&mut harness);
    harness.get_by_label_contains("← Drag σ");
    let said = harness.get_by_label_contains("What you see: ").rect();
    assert!(said.bottom() < harness.get_by_label_contains("layer 1: ").rect().top() + 1.0, "{said:?}");
    let lacks = harness.get_by_label_contains("No room for ");
    let lacks = egui_kittest::kittest::NodeT::accesskit_node(&lacks);
    let lacks = lacks.label().or(lacks.value()).unwrap();
    assert!(lacks.contains("zeros") && !lacks.contains("Words"), "{lacks}");
}

#[test]
fn what_comes_into_the_bar_at_the_bottom_moves_nothing_over_it() {
    for size in [(1280.0, 720.0), (984.0, 554.0)] {
        let mut harness = small_window(size, "");
        let standing = |harness: &Harness<'static, App>| {
            let layer = harness.get_by_label_contains("layer 1: ").rect();
            let mut rows: Vec<_> = texts(harness).into_iter().map(|(text, rect, _)| (text, rect.top())).collect();
            rows.retain(|(_, top)| (layer.bottom() - 80.0..layer.bottom()).contains(top));
            (layer, rows)
        };
        let before = standing(&harness);
        drop_file(&mut harness, std::path::Path::new("/there/is/no/such.npz"));
        // It is read beside the window.
        let start = Instant::now();
        while harness.query_by_label("Dismiss").is_none() {
            assert!(start.elapsed() < Duration::from_secs(60), "it is said");
            std::thread::sleep(Duration::from_millis(2));
            harness.step();
        }
        harness.run_steps(2);
        let dismiss = harness.get_by_label("Dismiss").rect();
        assert!(dismiss.top() > size.1 - STATUS, "{size:?}: {dismiss:?}");
        assert_eq!(standing(&harness), before, "{size:?}");
        harness.get_by_label("Dismiss").click();
        harness.run_steps(2);
        assert!(harness.query_by_label("Dismiss").is_none());
        assert_eq!(standing(&harness), before, "{size:?}");
    }
}

#[test]
fn no_legend_is_cut() {
    let entries = |view: Key| match view {
        Key::Num2 => vec!["you are here, with your hidden layers", "edge of chaos, χ₁ = 1", "exactly 0"],
        _ => vec!["dead", "always on"],
    };
    for size in SIZES {
        let mut harness = small_window(size, r#""plane": "biases""#);
        for view in [Key::Num2, Key::Num3, Key::Num4] {
            press(&mut harness, view);
            let start = Instant::now();
            while !harness.state().is_settled() {
                assert!(start.elapsed() < Duration::from_secs(60), "it takes too long");
                step_on_news(&mut harness);
            }
            let window = Rect::from_min_size(egui::Pos2::ZERO, size.into());
            let texts = texts(&harness);
            let shown: Vec<_> = texts.iter().filter(|(text, ..)| entries(view).contains(&text.as_str())).collect();
            for (text, rect, clip) in &shown {
                let is_whole = clip.expand(1.0).contains_rect(*rect) && window.contains_rect(*rect);
                assert!(is_whole, "{size:?}, {view:?}: {text} {rect:?} in {clip:?}");
            }
            assert!(size.1 < 480.0 || !shown.is_empty(), "{size:?}, {view:?}: there is a legend: {texts:?}");
        }
    }
}

#[test]
fn what_is_moved_most_is_in_reach_in_every_preset() {
    let mut harness = opened(1280.0, 720.0, 60);
    let mut out_of_reach = Vec::new();
    for preset in Preset::all() {
        for case in preset.experiments.clone() {
            harness.state_mut().set_cases(preset.experiments.clone());
            harness.state_mut().set_experiment(case);
            harness.run_steps(3);
            let rect = |role, name| harness.query_by_role_and_label(role, name).map(|node| node.rect());
            let moved = ["σ", "gain", "Bias"].into_iter().filter_map(|name| rect(Role::Slider, name));
            let seed = [rect(Role::SpinButton, "Seed"), rect(Role::Button, "Reseed")].map(Option::unwrap);
            let all = moved.chain(seed).reduce(Rect::union).unwrap();
            if all.top() < 0.0 || all.bottom() > 720.0 - STATUS {
                out_of_reach.push((preset.name, all));
            }
        }
    }
    assert!(out_of_reach.is_empty(), "{out_of_reach:#?}");
}

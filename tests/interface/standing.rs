//! What stands in the window stands still: from view to view, while something is dragged, when a preset is changed; and from
//! 1280 × 720 on nothing of it is cut.

use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect, Shape, epaint::TextShape};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::app::{App, Session};
use initscope::experiment::{Data, Experiment, InputScale, Preset};
use initscope::figure::Scene;

use crate::harness::{choose, choose_preset, press, set_slider, settle, step_on_news, type_number};

/// Sizes at which all is to be seen.
const SIZES: [(f32, f32); 4] = [(1280.0, 720.0), (1280.0, 800.0), (1366.0, 768.0), (1920.0, 1080.0)];
/// Smaller ones that people have.
const SMALL: [(f32, f32); 3] = [(640.0, 480.0), (800.0, 500.0), (1200.0, 760.0)];
/// What can be in the centre, by key and by tab.
const VIEWS: [(Key, &str); 5] = [
    (Key::Num1, "Layers"),
    (Key::Num2, "Landscape"),
    (Key::Num3, "Units"),
    (Key::Num4, "Images × units"),
    (Key::F9, "Compare"),
];
/// Buttons of the top bar that every view has.
const BAR: [&str; 5] = ["Undo", "Redo", "View", "Export", "?"];

/// A window on a small network, settled.
fn small_window(width: f32, height: f32) -> Harness<'static, App> {
    let mut session = Session::default();
    (session.experiment.images, session.experiment.width) = (Some(60), Some(12));
    let build = |cc: &mut eframe::CreationContext<'_>| App::new(&cc.egui_ctx, &session, None).unwrap();
    let mut harness = Harness::builder().with_size([width, height]).build_eframe(build);
    settle(&mut harness);
    harness
}

fn button(harness: &Harness<'static, App>, label: &str) -> Rect {
    harness.get_by_role_and_label(Role::Button, label).rect()
}

/// What a node is called; a text is called what it says.
fn name(node: &egui_kittest::Node<'_>) -> Option<String> {
    node.accesskit_node().label().or(node.value())
}

/// Steps until there is a headline.
fn with_headline(harness: &mut Harness<'static, App>) -> Rect {
    let start = Instant::now();
    harness.step();
    loop {
        let is_line = |node: &egui_kittest::Node<'_>| name(node).is_some_and(|name| name.starts_with("784 → "));
        if let Some(line) = harness.query_all_by_label_contains("784 → ").find(is_line) {
            return line.rect();
        }
        assert!(start.elapsed() < Duration::from_secs(60), "no headline");
        step_on_news(harness);
    }
}

/// Everything in the controls that has a name, with its place.
fn controls(harness: &Harness<'static, App>) -> Vec<(Role, String, Rect)> {
    let of = |node: egui_kittest::Node<'_>| {
        // What is empty has no place.
        node.accesskit_node().bounding_box()?;
        let (role, label, rect) = (node.accesskit_node().role(), name(&node)?, node.rect());
        (rect.right() <= 240.0).then_some((role, label, rect))
    };
    harness.root().children_recursive().filter_map(of).collect()
}

/// What is there before and after is at the same place.
fn assert_unmoved(before: &[(Role, String, Rect)], after: &[(Role, String, Rect)], what: &str) {
    assert!(!before.is_empty());
    let mut seen = 0;
    for (role, label, rect) in before {
        let same = |(other, name, _): &&(Role, String, Rect)| (other, name) == (role, label);
        if before.iter().filter(same).count() == 1
            && let Some((.., now)) = after.iter().find(same)
        {
            assert_eq!(rect.y_range(), now.y_range(), "{what}: {role:?} {label} has moved");
            // Numbers stand at the right edge, and are of any length.
            let is_number = *role == Role::SpinButton;
            let (before, after) = if is_number { (rect.right(), now.right()) } else { (rect.left(), now.left()) };
            assert!((before - after).abs() < 0.5, "{what}: {role:?} {label} has moved: {rect:?} {now:?}");
            seen += 1;
        }
    }
    assert!(2 * seen > before.len(), "{what}: {seen} of {} are still there", before.len());
}

fn assert_apart(rects: &[(String, Rect)], within: Rect, what: &str) {
    for (index, (label, rect)) in rects.iter().enumerate() {
        assert!(within.expand(0.5).contains_rect(*rect), "{what}: {label} is cut: {rect:?}");
        for (other, beside) in &rects[..index] {
            assert!(!rect.shrink(0.5).intersects(*beside), "{what}: {label} and {other}: {rect:?} {beside:?}");
        }
    }
}

fn text_shapes(harness: &Harness<'static, App>) -> Vec<TextShape> {
    fn collect(shape: &Shape, into: &mut Vec<TextShape>) {
        match shape {
            Shape::Text(text) => into.push(text.clone()),
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, into)),
            _ => {}
        }
    }
    let mut texts = Vec::new();
    harness.output().shapes.iter().for_each(|clipped| collect(&clipped.shape, &mut texts));
    texts
}

#[test]
fn tabs_bar_and_headline_are_at_the_same_place_in_every_view() {
    for ((width, height), with_side) in [(SIZES[0], false), (SIZES[0], true), (SIZES[2], false), (SIZES[3], false)] {
        let mut harness = small_window(width, height);
        if with_side {
            press(&mut harness, Key::A);
        }
        let what = format!("{width} × {height}, side {with_side}");
        let mut first: Option<(Vec<Rect>, f32, f32)> = None;
        for (key, view) in VIEWS {
            press(&mut harness, key);
            let headline = with_headline(&mut harness);
            let tabs = VIEWS.map(|(_, tab)| button(&harness, tab));
            let rects: Vec<_> = tabs.into_iter().chain(BAR.map(|label| button(&harness, label))).collect();
            let here = (rects, headline.left(), headline.center().y);
            assert_eq!(*first.get_or_insert_with(|| here.clone()), here, "{what}: {view}");
        }
    }
}

/// What stands at the right of a line has the room that it took before: a frame is made again only where that is another.
#[test]
fn frames_at_rest_are_made_once_in_every_view() {
    for (width, height) in [SMALL[0], SIZES[0]] {
        let mut harness = small_window(width, height);
        for (key, view) in VIEWS {
            press(&mut harness, key);
            settle(&mut harness);
            for _ in 0..3 {
                harness.step();
                let passes = harness.output().platform_output.num_completed_passes;
                assert_eq!(passes, 1, "{width} × {height}: {view}");
            }
        }
    }
}

#[test]
fn nothing_of_the_bar_and_the_headline_is_cut() {
    for ((width, height), is_long) in SIZES.into_iter().flat_map(|size| [(size, false), (size, true)]) {
        let mut harness = small_window(width, height);
        set_slider(&mut harness, "Images", 1_000.0);
        if is_long {
            choose(&mut harness, "Activation", "leaky_relu");
            choose(&mut harness, "Weights", "variance_scaling");
            choose(&mut harness, "distribution", "uniform");
            set_slider(&mut harness, "Bias", 0.1);
            settle(&mut harness);
        }
        // The longest names there are.
        for key in [Key::J, Key::Num6, Key::Minus, Key::L] {
            press(&mut harness, key);
        }
        let what = format!("{width} × {height}, long {is_long}");
        let window = Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(width, height));
        let segments = ["Outputs", "Pre-activations", "Gradients", "Weights"];
        let buttons = BAR.into_iter().chain(segments).chain(VIEWS.map(|(_, tab)| tab));
        let mut rects: Vec<_> = buttons.map(|label| (label.to_owned(), button(&harness, label))).collect();
        let lists = harness.root().children_recursive().filter(|node| node.accesskit_node().role() == Role::ComboBox);
        rects.extend(lists.filter(|list| list.rect().left() > 240.0).map(|list| (format!("{list:?}"), list.rect())));
        let headline = with_headline(&mut harness);
        rects.push(("headline".to_owned(), headline));
        assert_apart(&rects, window, &what);
        let texts = text_shapes(&harness);
        let line = texts.iter().find(|text| text.galley.text().starts_with("784 →")).expect("the headline is painted");
        assert!(!line.galley.elided, "{what}: the headline is cut");
    }
}

#[test]
fn all_that_can_be_done_with_four_experiments_is_seen() {
    for (width, height) in SIZES.into_iter().chain(SMALL) {
        let mut harness = small_window(width, height);
        let few = |sigma: f64| {
            let mut experiment = Experiment::article();
            experiment.inputs.images = 50;
            experiment.initializer = initscope::experiment::Initializer::RandomNormal { mean: 0.0, sigma };
            experiment
        };
        let experiments = [0.1, 0.14, 0.28, 0.4].map(few).to_vec();
        harness.state_mut().set_cases(experiments);
        harness.key_press_modifiers(Modifiers::SHIFT, Key::F6);
        harness.run_steps(4);
        let names = ["Swap", "Drop", "Copy B", "Copy C", "Copy D", "Ghost"].map(str::to_owned);
        let mut rects: Vec<_> = names.into_iter().map(|name| (name.clone(), button(&harness, &name))).collect();
        for letter in 'A'..='D' {
            let named = format!("Slot {letter}: ");
            rects.push((letter.to_string(), harness.get_by_label_contains(&named).rect()));
        }
        if width >= 1280.0 {
            rects.extend(VIEWS.map(|(_, tab)| (tab.to_owned(), button(&harness, tab))));
        }
        let centre = Rect::from_min_max(egui::pos2(240.0, 0.0), egui::pos2(width, height));
        assert_apart(&rects, centre, &format!("{width} × {height}"));
    }
}

#[test]
fn controls_stand_still_when_a_preset_is_changed() {
    let mut harness = small_window(1280.0, 800.0);
    press(&mut harness, Key::D);
    for preset in Preset::all() {
        choose_preset(&mut harness, preset.name);
        harness.run_steps(2);
        let before = controls(&harness);
        set_slider(&mut harness, "Images", 77.0);
        harness.run_steps(2);
        harness.get_by_label("changed");
        assert_unmoved(&before, &controls(&harness), preset.name);
    }
}

#[test]
fn controls_stand_still_while_a_slider_moves() {
    let mut harness = small_window(1280.0, 800.0);
    press(&mut harness, Key::D);
    for (list, choice) in [("Pixels", "standardized"), ("Weights", "lsuv"), ("Weights", "he_normal")] {
        choose(&mut harness, list, choice);
        settle(&mut harness);
        let before = controls(&harness);
        for (slider, value) in [("Images", 77.0), ("Bias", -0.5), ("Spread of the biases", 0.25), ("Images", 310.0)] {
            set_slider(&mut harness, slider, value);
            harness.step();
            assert_unmoved(&before, &controls(&harness), &format!("{choice}, {slider} {value}"));
        }
        settle(&mut harness);
    }
    assert_eq!(harness.state().experiment().inputs.scale, InputScale::Standardized);
    assert_eq!(harness.state().experiment().inputs.data, Data::Mnist);
}

#[test]
fn a_button_that_says_copied_moves_no_other() {
    let mut harness = small_window(1280.0, 800.0);
    let names = ["Copy for Keras", "Copy for PyTorch", "Network"];
    let places = |harness: &Harness<'static, App>| names.map(|name| button(harness, name));
    let before = places(&harness);
    for name in &names[..2] {
        harness.get_by_role_and_label(Role::Button, name).click();
        harness.run_steps(2);
        assert_eq!(places(&harness), before, "{name}");
    }
}

/// A number as an axis writes it.
fn is_number(text: &str) -> bool {
    text.chars().all(|letter| letter.is_ascii_digit() || "−.×⁻⁰¹²³⁴⁵⁶⁷⁸⁹".contains(letter))
}

#[test]
fn the_axis_has_two_labels_in_the_smallest_windows() {
    for (width, height) in SMALL.into_iter().chain(SIZES) {
        let mut harness = small_window(width, height);
        let scene = |experiment: &Experiment| Scene {
            experiments: vec![experiment.clone()],
            shown: None,
            view: None,
            figure: None,
            training: None,
            networks: Vec::new(),
            data: Vec::new(),
        };
        let mut tanh = harness.state().experiment().clone();
        tanh.activation = initscope::experiment::Activation::Tanh;
        harness.state_mut().set_scene(scene(&tanh));
        settle(&mut harness);
        for quantity in [Key::O, Key::Z, Key::G, Key::Equals] {
            press(&mut harness, quantity);
            settle(&mut harness);
            for axis in [Key::Num5, Key::Num6, Key::M] {
                press(&mut harness, axis);
                settle(&mut harness);
                let plot = harness.get_by_label_contains("layer 1: ").rect();
                let figure = harness.state().figure().unwrap();
                let labels: Vec<_> = text_shapes(&harness)
                    .into_iter()
                    .filter(|text| is_number(text.galley.text()) && text.angle == 0.0)
                    .map(|text| (text.galley.text().to_owned(), Rect::from_min_size(text.pos, text.galley.size())))
                    .filter(|(_, rect)| {
                        rect.left() > 240.0 && rect.right() <= plot.left() && rect.center().y < plot.bottom()
                    })
                    .collect();
                let what = format!("{width} × {height}, {:?}", figure.view);
                assert!(labels.len() >= 2, "{what}: {labels:?}");
                for (index, (label, rect)) in labels.iter().enumerate() {
                    let over = labels[..index].iter().find(|(_, other)| rect.shrink(1.0).intersects(*other));
                    assert!(over.is_none(), "{what}: {label} lies over {over:?}");
                }
            }
        }
    }
}

#[test]
fn a_typed_sigma_moves_nothing_but_its_mark() {
    let mut harness = small_window(1280.0, 800.0);
    let before = controls(&harness);
    let headline = with_headline(&mut harness);
    for text in ["0.123456", "1e-9", "2"] {
        type_number(&mut harness, "σ", text);
        settle(&mut harness);
        let now = with_headline(&mut harness);
        assert_eq!((now.left(), now.center().y), (headline.left(), headline.center().y), "{text}");
        let marks = |label: &str| label.starts_with("Glorot ") || label.starts_with("He ");
        let before: Vec<_> = before.iter().filter(|(_, label, _)| !marks(label)).cloned().collect();
        assert_unmoved(&before, &controls(&harness), text);
    }
}

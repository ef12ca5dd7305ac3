//! Whatever is done in whatever order: at rest, what stands on the screen is of what it names. What it is compared with is
//! measured afresh, by a measurer that knows nothing of the window.

use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::app::{App, Session};
use initscope::engine::units::{LayerUnits, Wanted};
use initscope::engine::{Measurement, Measurer, Quantities};
use initscope::experiment::Experiment;
use initscope::figure::{Arrange, View, units_summary};
use initscope::number;

use crate::harness::step_on_news;

/// SplitMix64.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % count as u64) as usize
    }

    pub fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// What experiments measure, asked of a measurer of its own.
struct Afresh {
    measurer: Measurer,
    known: Vec<Measurement>,
}

impl Afresh {
    fn new() -> Self {
        Self { measurer: Measurer::with_threads(1).unwrap(), known: Vec::new() }
    }

    fn of(&mut self, experiment: &Experiment) -> &Measurement {
        let known = self.known.iter().position(|known| *known.experiment() == *experiment);
        let at = known.unwrap_or_else(|| {
            let all = Quantities { pre_activations: true, gradients: true, weights: true, ..Quantities::OUTPUTS };
            self.known.push(self.measurer.measure_all(experiment, all).unwrap());
            self.known.len() - 1
        });
        &self.known[at]
    }

    /// What is said of every layer, as far as it follows from no more than the values.
    fn said(&mut self, experiment: &Experiment, view: View) -> Vec<String> {
        let values = view.quantity.name();
        let layers = self.of(experiment).layers.iter();
        let said = layers.map(|layer| {
            let shown = view.quantity.of(layer).unwrap();
            let range = match shown.finite_range {
                Some((low, high)) => format!("{values} from {} to {}", number::value(low), number::value(high)),
                None => format!("no finite {values}"),
            };
            format!("layer {}: {range}, mean {}", layer.layer, number::value(shown.mean))
        });
        said.collect()
    }
}

/// A window on a small network, with experiments side by side.
fn window() -> Harness<'static, App> {
    let text = r#"{"version": 1, "centre": "compare", "experiment": {"images": 100, "layers": 3, "width": 12}}"#;
    let session: Session = serde_json::from_str(text).unwrap();
    let build = |cc: &mut eframe::CreationContext<'_>| App::new(&cc.egui_ctx, &session, None).unwrap();
    Harness::builder().with_size([1000.0, 640.0]).build_eframe(build)
}

/// Steps until all that is in sight is the answer to what is set.
fn at_rest(harness: &mut Harness<'static, App>, is_so: impl Fn(&App) -> bool, done: &[String]) {
    let start = Instant::now();
    harness.step();
    if harness.state().played().is_some() {
        harness.key_press(Key::Space);
    }
    while !(is_so(harness.state()) && harness.state().is_settled()) {
        assert!(start.elapsed() < Duration::from_secs(60), "no rest after {done:?}");
        if let Some(button) = harness.query_by_label("Go on") {
            button.click_accesskit();
        }
        step_on_news(harness);
    }
}

fn labels(harness: &Harness<'static, App>, beginning: &str) -> Vec<String> {
    let nodes = harness.query_all_by_label_contains(beginning);
    let labels = nodes.filter_map(|node| node.accesskit_node().label());
    labels.filter(|label| label.starts_with(beginning)).collect()
}

/// Every panel has its letter, and says what its experiment measures.
fn assert_panels(harness: &Harness<'static, App>, afresh: &mut Afresh, done: &[String]) {
    let scene = harness.state().scene();
    let (compared, view) = (harness.state().compared(), scene.layers_view().unwrap());
    let is_ghost = scene.figure.and_then(|figure| figure.arrange) == Some(Arrange::Ghost) && compared.len() > 1;
    let said = labels(harness, "Panel ");
    assert_eq!(said.len(), compared.len() - usize::from(is_ghost), "{said:#?} of {compared:#?} after {done:?}");
    for (place, subject) in compared.iter().enumerate().skip(usize::from(is_ghost)) {
        let letter = format!("Panel {}: ", char::from(b'A' + place as u8));
        let panel =
            said.iter().find_map(|said| said.strip_prefix(&letter)).unwrap_or_else(|| panic!("{letter}: {said:#?}"));
        assert_layers(panel.split("; "), &afresh.said(subject.experiment(), view), &letter, done);
    }
}

fn assert_layers<'s>(said: impl Iterator<Item = &'s str>, expected: &[String], whose: &str, done: &[String]) {
    let said: Vec<_> = said.collect();
    assert_eq!(said.len(), expected.len(), "{whose}{said:#?} after {done:?}");
    for (said, expected) in said.iter().zip(expected) {
        let is_exact = !said.contains("so far");
        assert!(said.starts_with(expected.as_str()) && is_exact, "{whose}“{said}” is “{expected}” after {done:#?}");
    }
}

/// What is set, one way or another.
fn act(harness: &mut Harness<'static, App>, random: &mut Random) -> String {
    const KEYS: [(Key, Modifiers); 42] = {
        const NONE: Modifiers = Modifiers::NONE;
        const SHIFT: Modifiers = Modifiers::SHIFT;
        const COMMAND: Modifiers = Modifiers::COMMAND;
        [
            (Key::F2, NONE),
            (Key::F3, NONE),
            (Key::F4, NONE),
            (Key::F5, NONE),
            (Key::F2, NONE),
            (Key::F3, NONE),
            (Key::F2, SHIFT),
            (Key::F3, SHIFT),
            (Key::F4, SHIFT),
            (Key::F6, NONE),
            (Key::F6, NONE),
            (Key::F6, NONE),
            (Key::F7, NONE),
            (Key::F8, NONE),
            (Key::F8, NONE),
            (Key::F10, NONE),
            (Key::R, NONE),
            (Key::R, NONE),
            (Key::ArrowUp, NONE),
            (Key::ArrowDown, NONE),
            (Key::ArrowUp, SHIFT),
            (Key::Z, COMMAND),
            (Key::Z, COMMAND),
            (Key::Y, COMMAND),
            (Key::O, NONE),
            (Key::Z, NONE),
            (Key::G, NONE),
            (Key::Equals, NONE),
            (Key::O, NONE),
            (Key::H, NONE),
            (Key::P, NONE),
            (Key::V, NONE),
            (Key::S, NONE),
            (Key::E, NONE),
            (Key::Num5, NONE),
            (Key::Num6, NONE),
            (Key::Num8, NONE),
            (Key::Num9, NONE),
            (Key::Space, NONE),
            (Key::Space, NONE),
            (Key::Escape, NONE),
            (Key::T, NONE),
        ]
    };
    match random.below(10) {
        0 => {
            let (label, values): (&str, &[f64]) = random.of(&[
                ("Images", &[40.0, 100.0, 130.0, 300.0]),
                ("Hidden layers", &[1.0, 2.0, 3.0]),
                ("Units per layer", &[7.0, 12.0, 40.0]),
                ("Bias", &[-0.5, 0.0, 0.25]),
            ]);
            let value = random.of(values);
            if let Some(slider) = harness.query_by_role_and_label(Role::Slider, label) {
                slider.set_value_accesskit(value);
            }
            format!("{label} {value}")
        }
        1 => {
            let (width, height) = random.of(&[(1000.0, 640.0), (1280.0, 800.0), (1000.0, 700.0)]);
            harness.set_size(egui::vec2(width, height));
            format!("{width} x {height}")
        }
        _ => {
            let (key, modifiers) = random.of(&KEYS);
            harness.key_press_modifiers(modifiers, key);
            format!("{modifiers:?}+{key:?}")
        }
    }
}

/// Some actions, sooner or later after one another.
fn some_actions(harness: &mut Harness<'static, App>, random: &mut Random, done: &mut Vec<String>) {
    for _ in 0..1 + random.below(6) {
        done.push(act(harness, random));
        for _ in 0..random.of(&[1, 1, 1, 2, 4]) {
            std::thread::sleep(Duration::from_millis(random.of(&[0, 0, 1, 3, 8])));
            harness.step();
        }
    }
}

fn walk(seed: u64, actions: usize) {
    let (mut harness, mut random, mut afresh) = (window(), Random(seed), Afresh::new());
    let mut done = Vec::new();
    while done.len() < actions {
        some_actions(&mut harness, &mut random, &mut done);
        harness.key_press(Key::F9);
        at_rest(&mut harness, App::is_comparison_settled, &done);
        assert_panels(&harness, &mut afresh, &done[done.len().saturating_sub(20)..]);
        // Nothing that comes later changes it.
        std::thread::sleep(Duration::from_millis(random.of(&[0, 0, 5])));
        harness.run_steps(3);
        assert_panels(&harness, &mut afresh, &done[done.len().saturating_sub(20)..]);
    }
}

#[test]
fn at_rest_every_panel_says_what_its_experiment_measures() {
    for seed in 1..=2 {
        walk(seed, 80);
    }
}

/// The layers, and the units of one of them, while what is compared changes as well.
#[test]
fn at_rest_layers_and_units_are_those_of_what_is_set() {
    let (mut harness, mut random, mut afresh) = (window(), Random(7), Afresh::new());
    let mut done = Vec::new();
    while done.len() < 80 {
        some_actions(&mut harness, &mut random, &mut done);
        let (key, name) = random.of(&[(Key::Num1, ""), (Key::Num3, "Units: "), (Key::Num4, "Images × units, ")]);
        harness.key_press(key);
        at_rest(&mut harness, |app| name.is_empty() || app.is_inspected(), &done);
        let last = &done[done.len().saturating_sub(20)..];
        let (experiment, view) = (harness.state().experiment().clone(), harness.state().scene().layers_view().unwrap());
        for _ in 0..2 {
            if name.is_empty() {
                let said: Vec<_> =
                    labels(&harness, "layer ").into_iter().filter(|label| label.contains(", mean ")).collect();
                let expected = afresh.said(&experiment, view);
                assert_layers(said.iter().map(String::as_str), &expected, "", last);
            } else {
                let layer = experiment.widths.len() - 1;
                let wanted = Wanted { subject: (&experiment).into(), layer, sorted: false, unit: None, matrix: None };
                let summary = units_summary(&LayerUnits::measure_all(&wanted, 1).unwrap());
                let said = labels(&harness, name);
                assert!(said.iter().any(|said| said.contains(&summary)), "{said:?}: “{summary}” after {last:#?}");
            }
            harness.run_steps(3);
        }
    }
}

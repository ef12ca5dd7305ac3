//! Experiments side by side.

use std::time::{Duration, Instant};

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::app::App;
use initscope::experiment::{Experiment, Initializer, Preset};
use initscope::figure::{Arrange, Scene};
use initscope::number;
use initscope::subject::Subject;

use crate::harness::{measured, press, set_slider, settle, step_on_news, window, window_of};

/// Steps until all that is compared is measured and drawn.
fn compared(harness: &mut Harness<'static, App>) {
    let start = Instant::now();
    harness.step();
    while !(harness.state().is_comparison_settled() && harness.state().is_settled()) {
        assert!(start.elapsed() < Duration::from_secs(60), "it takes too long");
        step_on_news(harness);
    }
    harness.run_steps(3);
}

fn with_shift(harness: &mut Harness<'static, App>, key: Key) {
    harness.key_press_modifiers(Modifiers::SHIFT, key);
    harness.run_steps(2);
}

fn sigma(experiment: &Experiment) -> f64 {
    let Initializer::RandomNormal { sigma, .. } = experiment.initializer else { panic!("{experiment:?}") };
    sigma
}

fn sigmas(harness: &Harness<'static, App>) -> Vec<f64> {
    harness.state().compared().iter().map(|subject| sigma(subject.experiment())).collect()
}

/// The panel of a letter says from where to where each layer's outputs go.
fn assert_panel(harness: &Harness<'static, App>, letter: char, experiment: &Experiment) {
    let layers = measured(experiment).layers;
    let said: Vec<_> = (layers.iter())
        .map(|layer| (layer.layer, number::value(layer.output.min), number::value(layer.output.max)))
        .collect();
    let (first, last) = (&said[0], &said[said.len() - 1]);
    harness
        .get_by_label_contains(&format!("Panel {letter}: layer {}: outputs from {} to {},", first.0, first.1, first.2));
    assert!(
        harness
            .query_all_by_label_contains(&format!("layer {}: outputs from {} to {},", last.0, last.1, last.2))
            .any(|node| format!("{node:?}").contains(&format!("Panel {letter}"))),
        "panel {letter} has layer {}",
        last.0
    );
}

#[test]
fn what_is_pinned_stays_while_the_controls_go_on_as_the_next_letter() {
    let mut harness = window();
    press(&mut harness, Key::F6);
    set_slider(&mut harness, "σ", 0.2);
    settle(&mut harness);
    compared(&mut harness);
    let all = harness.state().compared();
    assert_eq!(sigmas(&harness), [0.1, 0.2]);
    assert_panel(&harness, 'A', all[0].experiment());
    assert_panel(&harness, 'B', all[1].experiment());
}

#[test]
fn a_click_on_a_letter_makes_it_the_one_that_is_set() {
    let mut harness = window();
    press(&mut harness, Key::F6);
    set_slider(&mut harness, "σ", 0.2);
    compared(&mut harness);
    harness.get_by_label_contains("Slot A: σ 0.1").click();
    compared(&mut harness);
    assert_eq!(sigma(harness.state().experiment()), 0.1);
    set_slider(&mut harness, "σ", 0.3);
    compared(&mut harness);
    assert_eq!(sigmas(&harness), [0.3, 0.2], "A moves, B stays");
}

#[test]
fn neighbours_change_places_settings_are_copied_and_one_is_dropped() {
    let mut harness = window();
    press(&mut harness, Key::F6);
    set_slider(&mut harness, "σ", 0.2);
    press(&mut harness, Key::F6);
    set_slider(&mut harness, "σ", 0.3);
    compared(&mut harness);
    press(&mut harness, Key::F8);
    assert_eq!(sigmas(&harness), [0.1, 0.3, 0.2]);
    with_shift(&mut harness, Key::F2);
    assert_eq!(sigmas(&harness), [0.1, 0.1, 0.2], "B has the settings of A");
    press(&mut harness, Key::F7);
    compared(&mut harness);
    assert_eq!((sigmas(&harness), sigma(harness.state().experiment())), (vec![0.1, 0.2], 0.2));
    press(&mut harness, Key::F7);
    assert_eq!(sigmas(&harness), [0.1], "and one alone is compared with nothing");
    compared(&mut harness);
}

#[test]
fn there_are_eight_letters() {
    let mut harness = window();
    for _ in 0..10 {
        press(&mut harness, Key::F6);
    }
    compared(&mut harness);
    assert_eq!(harness.state().compared().len(), 8);
    assert!(harness.query_by_label("Pin").is_none(), "nothing is offered that is not possible");
}

#[test]
fn the_cases_of_a_preset_stand_side_by_side() {
    let mut harness = window();
    let few = |experiment: &Experiment| {
        let mut few = experiment.clone();
        few.inputs.images = 200;
        few
    };
    let cases: Vec<_> = Preset::named("article_relu").unwrap().experiments.iter().map(few).collect();
    harness.state_mut().set_cases(cases.clone());
    with_shift(&mut harness, Key::F6);
    compared(&mut harness);
    assert_eq!(harness.state().compared(), cases.iter().map(Subject::from).collect::<Vec<_>>());
    for (letter, case) in ['A', 'B', 'C'].into_iter().zip(&cases) {
        assert_panel(&harness, letter, case);
    }
    // Where networks are trained they are racers.
    let mut harness = window();
    press(&mut harness, Key::F12);
    harness.state_mut().set_cases(cases.clone());
    with_shift(&mut harness, Key::F6);
    harness.run_steps(3);
    assert_eq!(harness.state().compared(), cases.iter().map(Subject::from).collect::<Vec<_>>());
    assert!(harness.query_by_label("Curves").is_some(), "Training stays");
}

#[test]
fn a_scene_holds_what_is_compared_and_how() {
    let mut harness = window();
    press(&mut harness, Key::F6);
    set_slider(&mut harness, "σ", 0.2);
    press(&mut harness, Key::F10);
    compared(&mut harness);
    let scene = harness.state().scene();
    assert_eq!(scene.figure.as_ref().and_then(|figure| figure.arrange), Some(Arrange::Ghost));
    let text = scene.to_text();
    let read = Scene::parse(&text, std::path::Path::new("")).unwrap();
    let mut other = window();
    other.state_mut().set_scene(read);
    compared(&mut other);
    assert_eq!(other.state().compared(), scene.experiments.iter().map(Subject::from).collect::<Vec<_>>());
    other.get_by_label_contains("Panel B: layer 1");
    assert!(other.query_by_label_contains("Panel A: layer 1").is_none(), "A is behind B");
}

#[test]
fn undo_brings_back_what_was_compared() {
    let mut harness = window();
    press(&mut harness, Key::F6);
    set_slider(&mut harness, "σ", 0.2);
    compared(&mut harness);
    press(&mut harness, Key::F7);
    compared(&mut harness);
    assert_eq!(sigmas(&harness), [0.1]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    compared(&mut harness);
    assert_eq!(sigmas(&harness), [0.1, 0.2]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    compared(&mut harness);
    assert_eq!(sigmas(&harness), [0.1, 0.1]);
}

#[test]
fn bad_states_have_panels_too() {
    let mut harness = window_of(1000.0, 700.0);
    let article = harness.state().experiment().clone();
    let dead = Experiment { bias: -50.0, ..article.clone() };
    let infinite = Experiment { initializer: Initializer::RandomNormal { mean: 0.0, sigma: 1e38 }, ..article.clone() };
    let mut tiny = Experiment { widths: vec![1], ..article };
    tiny.inputs.images = 1;
    let scene = Scene {
        experiments: vec![tiny, dead, infinite],
        shown: None,
        view: None,
        figure: Some(initscope::figure::SheetSettings {
            arrange: Some(Arrange::SideBySide),
            ..initscope::figure::SheetSettings::default()
        }),
        training: None,
        networks: Vec::new(),
        data: Vec::new(),
    };
    harness.state_mut().set_scene(scene);
    compared(&mut harness);
    harness.get_by_label_contains("Panel A: layer 1");
    harness.get_by_label_contains("Panel B: layer 1: outputs from 0 to 0");
    harness.get_by_label_contains("Panel C: layer 1");
}

fn panels(harness: &Harness<'static, App>) -> Vec<String> {
    let panels = harness.query_all_by_label_contains("Panel ");
    panels.filter_map(|panel| panel.accesskit_node().label()).collect()
}

/// The picture before stays until the next is there.
#[test]
fn there_is_a_picture_at_all_times() {
    let mut harness = window();
    press(&mut harness, Key::F6);
    set_slider(&mut harness, "σ", 0.2);
    compared(&mut harness);
    for key in [Key::H, Key::F2, Key::F8, Key::Num9, Key::E, Key::F3, Key::V] {
        harness.key_press(key);
        for _ in 0..4 {
            harness.step();
            assert_eq!(panels(&harness).len(), 2, "{key:?}: {:#?}", panels(&harness));
            std::thread::sleep(Duration::from_millis(3));
        }
    }
    compared(&mut harness);
    for (letter, subject) in ['A', 'B'].into_iter().zip(harness.state().compared()) {
        assert_panel(&harness, letter, subject.experiment());
    }
}

/// What is known of it is shown, and not what the engine has of the one before, until it has answered.
#[test]
fn a_letter_that_is_gone_on_with_keeps_its_panel() {
    let mut harness = window();
    press(&mut harness, Key::F6);
    set_slider(&mut harness, "σ", 0.2);
    compared(&mut harness);
    let known = panels(&harness);
    for key in [Key::F2, Key::F3] {
        harness.key_press(key);
        let start = Instant::now();
        while start.elapsed() < Duration::from_millis(200) {
            harness.step();
            assert_eq!(panels(&harness), known, "{key:?}");
        }
    }
}

/// What `initscope stats` prints of the same scene stands on the screen.
#[test]
fn the_numbers_on_the_screen_are_those_of_stats() {
    let mut harness = window();
    set_slider(&mut harness, "σ", 0.2);
    settle(&mut harness);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scene.toml");
    harness.state().scene().write(&path).unwrap();
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_initscope"))
        .args(["stats", "--format", "json", "--scene"])
        .arg(&path)
        .output()
        .unwrap();
    let stats: serde_json::Value = serde_json::from_slice(&ran.stdout).unwrap();
    let layers = stats["layers"].as_array().unwrap();
    assert_eq!(layers.len(), 5);
    for (index, layer) in layers.iter().enumerate() {
        let of = |key: &str| number::value(layer["output"][key].as_f64().unwrap());
        let said = format!("layer {}: outputs from {} to {}, mean {}", index + 1, of("min"), of("max"), of("mean"));
        harness.get_by_label_contains(&said);
    }
}

#[test]
fn trained_networks_are_told_apart_by_what_differs() {
    let text = "
version = 2
[[experiments]]
images = 60
widths = [12, 10]
sigma = [0.1, 0.2]
[training]
train_images = 60
epochs = 1
";
    let mut harness = window();
    harness.state_mut().set_scene(Scene::parse(text, std::path::Path::new("scene.toml")).unwrap());
    compared(&mut harness);
    with_shift(&mut harness, Key::Space);
    compared(&mut harness);
    // Both are after as many steps, of the same law.
    let slot = |harness: &Harness<'static, App>, name: &str| harness.query_by_label(name).is_some();
    assert!(slot(&harness, "Slot A: σ 0.1") && slot(&harness, "Slot B: σ 0.2"));
    harness.key_press_modifiers(Modifiers::SHIFT, Key::F6);
    compared(&mut harness);
    assert!(slot(&harness, "Slot B: σ 0.2"));
}

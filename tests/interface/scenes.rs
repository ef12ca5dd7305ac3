//! Scenes in the window: what a file holds is shown, and what is shown is written to a file.

use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use initscope::app::App;
use initscope::experiment::{Experiment, Preset};
use initscope::figure::{Axes, AxisRange, PlotShape, Quantity, Scale, Scene, View, ViewName};

use crate::harness::{assert_drawn, choose, experiment, measured, press, set_slider, settle, window};

/// Asks for a path with a key, and types it.
fn type_path(harness: &mut Harness<'static, App>, key: Key, path: &Path) {
    harness.key_press_modifiers(Modifiers::COMMAND, key);
    harness.run_steps(3);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.step();
    harness.get_by_role_and_label(Role::TextInput, "Scene file").type_text(path.to_str().unwrap());
    harness.step();
    press(harness, Key::Enter);
}

fn few_images(name: &str) -> Vec<Experiment> {
    let mut experiments = Preset::named(name).unwrap().experiments;
    for experiment in &mut experiments {
        experiment.inputs.images = 200;
    }
    experiments
}

#[test]
fn a_scenes_view_and_cases_are_shown() {
    let mut harness = window();
    let (quantity, kind) = (Quantity::Gradients, PlotShape::Ridgeline);
    let view = View { quantity, shape: kind, axes: Axes::Own, scale: Scale::Symlog, range: AxisRange::Robust };
    let experiments = few_images("article_tanh");
    harness.state_mut().set_scene(Scene {
        experiments: experiments.clone(),
        shown: None,
        view: Some(view),
        figure: None,
        training: None,
        networks: Vec::new(),
        data: Vec::new(),
    });
    settle(&mut harness);
    assert_eq!((experiment(&harness), harness.state().cases()), (&experiments[0], &experiments[..]));
    assert_eq!(harness.state().figure().unwrap().view, view);
    harness.get_by_label("0.140").click();
    harness.step();
    assert_eq!(*experiment(&harness), experiments[1]);
    // One that says nothing of a view leaves it as it is.
    harness.state_mut().set_scene(Scene {
        experiments: vec![experiments[2].clone()],
        shown: None,
        view: None,
        figure: None,
        training: None,
        networks: Vec::new(),
        data: Vec::new(),
    });
    settle(&mut harness);
    assert_eq!(harness.state().figure().unwrap().view, view);
}

#[test]
fn a_scene_is_looked_at_as_it_was_when_it_was_saved() {
    let mut harness = window();
    let start = harness.state().scene();
    press(&mut harness, Key::Num3);
    press(&mut harness, Key::OpenBracket);
    press(&mut harness, Key::F);
    press(&mut harness, Key::T);
    let saved = harness.state().scene();
    let shown = saved.shown.unwrap();
    let at = (shown.view, shown.layer, shown.sorted, shown.panels.theory);
    assert_eq!(at, (ViewName::Units, Some(3), true, true));
    harness.state_mut().set_scene(start.clone());
    harness.run_steps(2);
    assert_eq!(harness.state().scene(), start);
    harness.state_mut().set_scene(saved.clone());
    settle(&mut harness);
    assert_eq!(harness.state().scene(), saved);
    assert!(harness.query_by_label_contains("Units: ").is_some(), "the units are in sight");
}

#[test]
fn a_saved_scene_opens_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lecture.toml");
    let mut harness = window();
    set_slider(&mut harness, "σ", 0.2);
    press(&mut harness, Key::H);
    settle(&mut harness);
    let saved = harness.state().scene();
    type_path(&mut harness, Key::S, &path);
    assert_eq!(Scene::read(&path).unwrap(), saved);
    assert!(harness.query_by_role_and_label(Role::TextInput, "Scene file").is_none(), "it is done");
    choose(&mut harness, "Activation", "tanh");
    press(&mut harness, Key::V);
    type_path(&mut harness, Key::O, &path);
    settle(&mut harness);
    assert_eq!(harness.state().scene(), saved);
    assert_drawn(&harness, &measured(experiment(&harness)));
}

#[test]
fn a_changed_case_is_saved_before_those_it_came_from() {
    let mut harness = window();
    let cases = few_images("article_relu");
    harness.state_mut().set_scene(Scene {
        experiments: cases.clone(),
        shown: None,
        view: None,
        figure: None,
        training: None,
        networks: Vec::new(),
        data: Vec::new(),
    });
    harness.step();
    assert_eq!(harness.state().scene().experiments, cases);
    set_slider(&mut harness, "σ", 0.2);
    let scene = harness.state().scene();
    assert_eq!((&scene.experiments[0], &scene.experiments[1..]), (experiment(&harness), &cases[..]));
}

#[test]
fn a_file_that_is_there_is_only_replaced_when_that_was_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("precious.toml");
    std::fs::write(&path, "precious").unwrap();
    let mut harness = window();
    type_path(&mut harness, Key::S, &path);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "precious");
    harness.get_by_label("This file already exists.");
    harness.get_by_label("Replace").click();
    harness.run_steps(2);
    assert_eq!(Scene::read(&path).unwrap(), harness.state().scene());
}

#[test]
fn what_is_no_scene_is_said_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scene.toml");
    std::fs::write(&path, "version = 3").unwrap();
    let mut harness = window();
    let before = harness.state().scene();
    type_path(&mut harness, Key::O, &path);
    harness.get_by_label_contains("The scene has version 3");
    assert_eq!(harness.state().scene(), before);
    // What was typed is there to be mended.
    let field = harness.get_by_role_and_label(Role::TextInput, "Scene file");
    assert_eq!(field.value().as_deref(), path.to_str());
}

#[test]
fn a_scene_that_cannot_be_written_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window();
    type_path(&mut harness, Key::S, &folder.path().join("missing/scene.toml"));
    harness.get_by_label_contains("The scene cannot be written");
    harness.get_by_role_and_label(Role::TextInput, "Scene file");
}

#[test]
fn after_a_failed_open_what_is_typed_goes_into_the_path() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window();
    let before = harness.state().scene();
    type_path(&mut harness, Key::O, &folder.path().join("missing.toml"));
    harness.get_by_label_contains("The scene cannot be read");
    // At once, and after a while: letters and digits that are shortcuts elsewhere.
    let field = |harness: &Harness<'static, App>| {
        let field = harness.get_by_role_and_label(Role::TextInput, "Scene file");
        assert!(field.is_focused());
        field.value().unwrap_or_default()
    };
    field(&harness);
    harness.get_by_role_and_label(Role::TextInput, "Scene file").type_text("h");
    for key in [Key::H, Key::E, Key::L, Key::R, Key::Num0] {
        harness.key_press(key);
        harness.step();
    }
    assert_eq!(field(&harness), "h", "the path was selected, and is replaced");
    assert_eq!(harness.state().scene(), before);
    // And a right one opens.
    let path = folder.path().join("right.toml");
    std::fs::write(&path, "version = 1\n[[experiments]]\nseed = 3\nimages = 20\n").unwrap();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.step();
    harness.get_by_role_and_label(Role::TextInput, "Scene file").type_text(path.to_str().unwrap());
    harness.step();
    press(&mut harness, Key::Enter);
    assert_eq!(experiment(&harness).seed, 3);
}

#[test]
fn a_folder_that_fails_stays_to_be_mended() {
    let mut harness = window();
    choose(&mut harness, "Data", "Your own data");
    let before = harness.state().scene();
    harness.get_by_role_and_label(Role::TextInput, "Path").focus();
    harness.step();
    harness.get_by_role_and_label(Role::TextInput, "Path").type_text("/no/such/folder");
    harness.step();
    press(&mut harness, Key::Enter);
    assert!(harness.get_by_role_and_label(Role::TextInput, "Path").is_focused(), "while it is being read");
    settle(&mut harness);
    harness.get_by_label_contains("The data do not exist");
    let field = harness.get_by_role_and_label(Role::TextInput, "Path");
    assert!(field.is_focused());
    field.type_text("h");
    harness.step();
    press(&mut harness, Key::H);
    assert_eq!(harness.get_by_role_and_label(Role::TextInput, "Path").value().as_deref(), Some("h"));
    assert_eq!(harness.state().scene(), before);
}

//! The figure as a file, from the window.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use initscope::app::App;
use initscope::experiment::{Activation, Experiment};
use initscope::figure::{Scene, SheetSettings, Show};

use crate::harness::{set_slider, settle, window};

/// Opens the settings of the figure.
fn open(harness: &mut Harness<'static, App>) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    harness.run_steps(3);
}

fn type_into(harness: &mut Harness<'static, App>, label: &str, text: &str) {
    harness.get_by_role_and_label(Role::TextInput, label).click();
    harness.run_steps(2);
    harness.key_combination_modifiers(Modifiers::COMMAND, &[Key::A]);
    harness.step();
    harness.get_by_role_and_label(Role::TextInput, label).type_text(text);
    harness.run_steps(2);
}

fn choose(harness: &mut Harness<'static, App>, from: &str, to: &str) {
    harness.get_by_role_and_label(Role::ComboBox, from).click();
    harness.run_steps(2);
    harness.get_by_role_and_label(Role::Button, to).click_accesskit();
    harness.run_steps(2);
}

/// Steps until a file is there and whole.
fn written(harness: &mut Harness<'static, App>, path: &Path) {
    let start = Instant::now();
    while !path.exists() {
        assert!(start.elapsed() < Duration::from_secs(60), "no file: {:?}", harness.query_by_label_contains("cannot"));
        std::thread::sleep(Duration::from_millis(5));
        harness.step();
    }
    harness.run_steps(3);
}

fn path(folder: &tempfile::TempDir, name: &str) -> (PathBuf, String) {
    let path = folder.path().join(name);
    let text = path.to_str().unwrap().to_owned();
    (path, text)
}

#[test]
fn a_figure_of_the_window_carries_its_experiment() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window();
    set_slider(&mut harness, "σ", 0.2);
    settle(&mut harness);
    open(&mut harness);
    harness.get_by_label_contains("Preview: Layers of");
    let (file, text) = path(&folder, "figure.svg");
    type_into(&mut harness, "File name", &text);
    harness.get_by_label("Export the figure");
    harness.get_by_role_and_label(Role::Button, "Export file").click_accesskit();
    written(&mut harness, &file);
    let scene = Scene::read(&file).unwrap();
    assert_eq!(scene.experiments, [harness.state().experiment().clone()]);
    // Once more only when it was said that a file is there.
    let before = std::fs::read(&file).unwrap();
    std::fs::write(&file, "mine").unwrap();
    harness.get_by_role_and_label(Role::Button, "Exported").click_accesskit();
    harness.run_steps(3);
    harness.get_by_label("This file is there already.");
    assert_eq!(std::fs::read(&file).unwrap(), b"mine");
    harness.get_by_role_and_label(Role::Button, "Replace").click_accesskit();
    let start = Instant::now();
    while std::fs::read(&file).unwrap() == b"mine" {
        assert!(start.elapsed() < Duration::from_secs(60));
        harness.step();
    }
    assert_eq!(std::fs::read(&file).unwrap(), before, "the same figure gives the same bytes");
}

#[test]
fn what_cannot_be_written_is_said_in_the_window() {
    let mut harness = window();
    open(&mut harness);
    for (name, said) in [
        ("/missing/folder/figure.svg", "The figure cannot be written"),
        ("/tmp/figure.xyz", "needs a name that ends in .svg"),
    ] {
        type_into(&mut harness, "File name", name);
        harness.get_by_role_and_label(Role::Button, "Export file").click_accesskit();
        let start = Instant::now();
        while harness.query_all_by_label_contains(said).next().is_none() {
            assert!(start.elapsed() < Duration::from_secs(30), "{name}");
            harness.step();
        }
    }
    type_into(&mut harness, "File name", "/tmp/figure.svg");
    type_into(&mut harness, "Font file", "/missing.ttf");
    harness.get_by_role_and_label(Role::Button, "Export file").click_accesskit();
    harness.run_steps(3);
    assert!(harness.query_all_by_label_contains("The font cannot be read").next().is_some());
}

#[test]
fn another_kind_of_file_has_another_ending() {
    let mut harness = window();
    open(&mut harness);
    type_into(&mut harness, "File name", "/tmp/some.svg");
    choose(&mut harness, "File: SVG", "PDF");
    let field = harness.get_by_role_and_label(Role::TextInput, "File name");
    assert_eq!(field.value().as_deref(), Some("/tmp/some.pdf"));
}

#[test]
fn a_film_is_written_with_its_progress() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window();
    open(&mut harness);
    choose(&mut harness, "File: SVG", "Animated GIF");
    let (file, text) = path(&folder, "film.gif");
    type_into(&mut harness, "File name", &text);
    harness.get_by_role_and_label(Role::SpinButton, "Pictures").click();
    harness.run_steps(2);
    harness.key_combination_modifiers(Modifiers::COMMAND, &[Key::A]);
    harness.get_by_role_and_label(Role::SpinButton, "Pictures").type_text("3");
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    harness.get_by_role_and_label(Role::Button, "Export file").click_accesskit();
    written(&mut harness, &file);
    let mut decoder = gif::DecodeOptions::new().read_info(std::fs::File::open(&file).unwrap()).unwrap();
    let mut pictures = 0;
    while decoder.read_next_frame().unwrap().is_some() {
        pictures += 1;
    }
    assert_eq!(pictures, 3);
    assert_eq!(Scene::read(&file).unwrap().experiments, [harness.state().experiment().clone()]);
}

/// A file as the system hands it over.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn a_scene_or_a_figure_that_is_dropped_is_opened_and_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let (file, _) = path(&folder, "scene.toml");
    let mut experiment = Experiment { activation: Activation::Tanh, ..Experiment::article() };
    experiment.inputs.images = 100;
    let figure = SheetSettings { show: Some(Show::Units), layer: Some(3), ..SheetSettings::default() };
    let scene = Scene { experiments: vec![experiment.clone()], view: None, figure: Some(figure) };
    scene.write(&file).unwrap();
    let mut harness = window();
    harness.input_mut().dropped_files.push(Arc::new(Dropped(file)));
    harness.run_steps(3);
    assert_eq!(*harness.state().experiment(), experiment);
    let start = Instant::now();
    while harness.query_all_by_label_contains("Units: ").next().is_none() {
        assert!(start.elapsed() < Duration::from_secs(60), "the units of layer 3 are shown");
        harness.step();
    }
    // What is no scene changes nothing, and says why.
    let (broken, _) = path(&folder, "broken.toml");
    std::fs::write(&broken, "version = 1\n[[experiments]]\nsigm = 1\n").unwrap();
    harness.input_mut().dropped_files.push(Arc::new(Dropped(broken)));
    harness.run_steps(3);
    assert_eq!(*harness.state().experiment(), experiment);
    assert!(harness.query_all_by_label_contains("line 3, column 1").next().is_some());
    // The scene that was opened is offered again.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    harness.run_steps(3);
    harness.get_by_label("Recent: scene.toml");
}

#[test]
fn the_network_is_copied_as_a_program() {
    let mut harness = window();
    harness.get_by_role_and_label(Role::Button, "Network").click();
    harness.run_steps(3);
    harness.get_by_label("Copy the network for PyTorch").click_accesskit();
    harness.step();
    let copied = harness.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    assert!(copied.is_some_and(|text| text.contains("torch.nn.Sequential(")));
}

//! The figure as a file, from the window.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::app::App;
use initscope::experiment::{Activation, Experiment};
use initscope::figure::{Scene, SheetSettings, ViewName};

use crate::harness::{chosen, drop_file, set_slider, settle, step_on_news, window};

/// Opens the settings of the figure.
fn open(harness: &mut Harness<'static, App>) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    harness.run_steps(3);
    settle(harness);
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
        step_on_news(harness);
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
    harness.get_by_label("This file already exists.");
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
    choose(&mut harness, "Font", "From a file …");
    type_into(&mut harness, "Font file", "/missing.ttf");
    harness.get_by_role_and_label(Role::Button, "Export file").click_accesskit();
    let start = Instant::now();
    while harness.query_all_by_label_contains("The font cannot be read").next().is_none() {
        assert!(start.elapsed() < Duration::from_secs(30));
        harness.step();
    }
}

#[test]
fn the_preview_is_of_what_is_chosen_and_never_of_what_was_there_before() {
    let mut harness = window();
    open(&mut harness);
    let preview = |harness: &Harness<'static, App>| {
        harness.get_by_label_contains("Preview: Layers of").accesskit_node().label().unwrap()
    };
    let before = preview(&harness);
    choose(&mut harness, "Size", "Half a slide, 600 × 560");
    settle(&mut harness);
    assert_ne!(preview(&harness), before, "it has another shape");
    // A font that is none is said by whoever reads it, and another is read.
    choose(&mut harness, "Font", "From a file …");
    type_into(&mut harness, "Font file", "/dev/zero");
    harness.get_by_role_and_label(Role::Button, "Export file").click_accesskit();
    let start = Instant::now();
    let is_said = |harness: &Harness<'static, App>| {
        harness.query_all_by_label_contains("it is not a file: /dev/zero").next().is_some()
    };
    // Whoever writes may find it before the preview does.
    while !is_said(&harness) || harness.query_by_label_contains("Preview: ").is_some() {
        assert!(start.elapsed() < Duration::from_secs(30));
        harness.step();
    }
    type_into(&mut harness, "Font file", " ");
    settle(&mut harness);
    preview(&harness);
}

#[test]
fn another_kind_of_file_has_another_ending() {
    let mut harness = window();
    open(&mut harness);
    type_into(&mut harness, "File name", "/tmp/some.svg");
    choose(&mut harness, "File", "PDF");
    let field = harness.get_by_role_and_label(Role::TextInput, "File name");
    assert_eq!(field.value().as_deref(), Some("/tmp/some.pdf"));
}

#[test]
fn a_film_is_written_with_its_progress() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window();
    open(&mut harness);
    choose(&mut harness, "File", "Animated GIF");
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

#[test]
fn a_scene_or_a_figure_that_is_dropped_is_opened_and_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let (file, _) = path(&folder, "scene.toml");
    let mut experiment = Experiment { activation: Activation::Tanh, ..Experiment::article() };
    experiment.inputs.images = 100;
    let figure = SheetSettings { show: Some(ViewName::Units), layer: Some(3), ..SheetSettings::default() };
    let scene = Scene {
        experiments: vec![experiment.clone()],
        shown: None,
        view: None,
        figure: Some(figure),
        training: None,
        networks: Vec::new(),
        data: Vec::new(),
    };
    scene.write(&file).unwrap();
    let mut harness = window();
    drop_file(&mut harness, &file);
    assert_eq!(*harness.state().experiment(), experiment);
    let start = Instant::now();
    while harness.query_all_by_label_contains("Units: ").next().is_none() {
        assert!(start.elapsed() < Duration::from_secs(60), "the units of layer 3 are shown");
        harness.step();
    }
    // What is no scene changes nothing, and says why.
    let (broken, _) = path(&folder, "broken.toml");
    std::fs::write(&broken, "version = 1\n[[experiments]]\nsigm = 1\n").unwrap();
    drop_file(&mut harness, &broken);
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

/// With the training where there is one: the view of trainings is open.
#[test]
fn a_network_that_is_trained_is_copied_with_its_training() {
    let mut harness = window();
    let copied = |harness: &mut Harness<'static, App>| {
        // What is copied is in the output of the frame with the press: its release has a frame of its own.
        let (key, modifiers) = (Key::Num4, Modifiers::COMMAND);
        let press = egui::Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
        harness.input_mut().events.push(press);
        harness.step();
        let text = harness.output().platform_output.commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        text.expect("it is copied")
    };
    assert!(!copied(&mut harness).contains("model.fit("));
    harness.key_press(Key::F12);
    harness.run_steps(3);
    let program = copied(&mut harness);
    let experiment = harness.state().experiment().clone();
    assert!(program.contains("model.fit(") && program.contains("keras.Sequential("), "{program}");
    let entrant = harness.state().entrants()[0].clone();
    assert_eq!(program, entrant.training.code(&experiment, initscope::experiment::NetworkFramework::Keras));
}

/// A press and its release in the same frame, as a touchpad gives them.
fn tap(harness: &mut Harness<'static, App>, at: egui::Pos2) {
    harness.hover_at(at);
    harness.step();
    let button = |pressed| egui::Event::PointerButton {
        pos: at,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    harness.input_mut().events.extend([button(true), button(false)]);
    harness.step();
    harness.run_steps(3);
}

/// The lists of the dialog, by their names, and where they are.
fn lists(harness: &Harness<'static, App>) -> Vec<(String, egui::Pos2)> {
    let dialog = harness.get_by_label("Export the figure").rect();
    let nodes = harness.query_all_by_role(Role::ComboBox);
    let of_dialog = nodes.filter(|node| node.rect().left() >= dialog.left() - 1.0 && node.rect().top() > dialog.top());
    of_dialog.filter_map(|node| Some((node.accesskit_node().label()?, node.rect().center()))).collect()
}

/// Whether what is at a place is a list, and not the dialog or what is behind it.
fn is_over_the_dialog(harness: &Harness<'static, App>, at: egui::Pos2) -> bool {
    let dialog = egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("export"));
    harness.ctx.layer_id_at(at).is_some_and(|layer| layer != dialog && layer.order == egui::Order::Foreground)
}

#[test]
fn lists_open_over_the_dialog_whatever_was_clicked_before() {
    let mut harness = window();
    open(&mut harness);
    for kind in ["SVG", "Animated GIF", "PNG"] {
        let file = lists(&harness).into_iter().find(|(name, _)| name == "File").unwrap().0;
        choose(&mut harness, &file, kind);
        for (name, at) in lists(&harness) {
            // Beside the dialog's title there is nothing but ground.
            let ground = harness.get_by_label("Export the figure").rect().right_center() + egui::vec2(40.0, 0.0);
            tap(&mut harness, ground);
            tap(&mut harness, at);
            assert!(egui::Popup::is_any_open(&harness.ctx), "{name} is open");
            let entry = at + egui::vec2(0.0, 24.0);
            let over = is_over_the_dialog(&harness, entry) || is_over_the_dialog(&harness, at - egui::vec2(0.0, 24.0));
            assert!(over, "{name} is seen");
            // A press on the ground that becomes a drag leaves it open, and seen.
            harness.drag_at(ground);
            harness.step();
            harness.hover_at(ground + egui::vec2(30.0, 2.0));
            harness.run_steps(2);
            harness.drop_at(ground + egui::vec2(30.0, 2.0));
            harness.run_steps(2);
            if egui::Popup::is_any_open(&harness.ctx) {
                let over =
                    is_over_the_dialog(&harness, entry) || is_over_the_dialog(&harness, at - egui::vec2(0.0, 24.0));
                assert!(over, "{name} is seen after a drag");
                harness.key_press(Key::Escape);
                harness.run_steps(3);
            }
            assert!(!egui::Popup::is_any_open(&harness.ctx), "{name} is closed");
            harness.get_by_label("Export the figure");
        }
    }
}

#[test]
fn lists_are_seen_and_taken_from_in_a_dialog_that_is_opened_again() {
    let mut harness = window();
    let outside = egui::pos2(3.0, 400.0);
    for (place, to) in ["Dark", "Print", "High contrast"].into_iter().enumerate() {
        open(&mut harness);
        let list = lists(&harness).into_iter().find(|(name, _)| name == "Colours").unwrap();
        tap(&mut harness, list.1);
        let entries = harness.query_all_by_role_and_label(Role::Button, to);
        let entry = entries.map(|entry| entry.rect().center()).find(|entry| is_over_the_dialog(&harness, *entry));
        tap(&mut harness, entry.expect("the list is seen"));
        assert_eq!(chosen(&harness, "Colours"), to);
        // Left by a click beside it, by Escape, and by its button.
        match place {
            0 => tap(&mut harness, outside),
            1 => {
                harness.key_press(Key::Escape);
                harness.run_steps(3);
            }
            _ => {
                harness.get_by_role_and_label(Role::Button, "Close").click();
                harness.run_steps(3);
            }
        }
        assert!(harness.query_by_label("Export the figure").is_none());
    }
}

#[test]
fn a_list_of_the_window_is_closed_by_a_dialog() {
    let mut harness = window();
    harness.get_by_role_and_label(Role::ComboBox, "Shape").click();
    harness.run_steps(2);
    assert!(egui::Popup::is_any_open(&harness.ctx));
    open(&mut harness);
    harness.get_by_label("Export the figure");
    assert!(!egui::Popup::is_any_open(&harness.ctx));
}

/// What was put on the clipboard in the last frame.
fn copied(harness: &Harness<'static, App>) -> String {
    let copied = harness.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    copied.expect("something was copied")
}

/// Clicks a button of the dialog, and returns what it copied.
fn copy_with(harness: &mut Harness<'static, App>, button: &str) -> String {
    harness.get_by_role_and_label(Role::Button, button).click_accesskit();
    harness.step();
    let copied = copied(harness);
    harness.run_steps(2);
    copied
}

/// An SVG without the text of the scene in it.
fn without_scene(svg: &str) -> String {
    let (before, rest) = svg.split_once("<metadata>").unwrap();
    format!("{before}{}", rest.split_once("</metadata>").unwrap().1)
}

#[test]
#[cfg(unix)]
fn the_command_that_is_copied_makes_this_very_figure() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window();
    set_slider(&mut harness, "σ", 0.2);
    crate::harness::press(&mut harness, Key::H);
    settle(&mut harness);
    open(&mut harness);
    choose(&mut harness, "Size", "Half a slide, 600 × 560");
    type_into(&mut harness, "Own title", "It's 5 o'clock");
    type_into(&mut harness, "Ground colour", "#fffbe6");
    let (file, text) = path(&folder, "my figure.svg");
    type_into(&mut harness, "File name", &text);
    let command = copy_with(&mut harness, "Copy command");
    harness.get_by_label("Copied the command");
    assert!(command.starts_with("initscope render --images 300 --sigma 0.2 --shape histogram "), "{command}");
    harness.get_by_role_and_label(Role::Button, "Export file").click_accesskit();
    written(&mut harness, &file);
    let ours = std::fs::read_to_string(&file).unwrap();
    assert!(ours.contains("<title>It's 5 o'clock</title>"));
    // A shell that knows the program runs it as it is.
    let bin = folder.path().join("initscope");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_initscope"), bin).unwrap();
    std::fs::remove_file(&file).unwrap();
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap_or_default());
    let ran = std::process::Command::new("sh").args(["-c", &command]).env("PATH", path).output().unwrap();
    assert!(ran.status.success(), "{command}: {}", String::from_utf8_lossy(&ran.stderr));
    assert_eq!(without_scene(&std::fs::read_to_string(&file).unwrap()), without_scene(&ours));
}

#[test]
fn what_was_copied_is_said_for_a_moment() {
    let mut harness = window();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    harness.run_steps(2);
    harness.get_by_label("Copied the line for Keras");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num5);
    harness.run_steps(2);
    harness.get_by_label("Copied the network for PyTorch");
    assert!(harness.query_by_label("Copied the line for Keras").is_none());
    std::thread::sleep(Duration::from_millis(2100));
    harness.run_steps(2);
    assert!(harness.query_by_label("Copied the network for PyTorch").is_none());
}

#[test]
fn a_word_of_confirmation_costs_no_press_of_escape() {
    let mut harness = window();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
    harness.run_steps(2);
    harness.get_by_label("Copied the command");
    harness.get_by_label("Export file");
    harness.key_press(Key::Escape);
    harness.run_steps(2);
    assert!(harness.query_by_label("Export file").is_none());
}

#[test]
fn all_values_of_a_layer_are_written_as_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window();
    open(&mut harness);
    choose(&mut harness, "File", "CSV");
    choose(&mut harness, "Numbers", "All values of layer 2");
    let (file, text) = path(&folder, "layer.csv");
    type_into(&mut harness, "File name", &text);
    let command = copy_with(&mut harness, "Copy command");
    assert!(command.starts_with("initscope export --images 300 --layer 2 --quantity outputs --out "), "{command}");
    harness.get_by_role_and_label(Role::Button, "Export file").click_accesskit();
    written(&mut harness, &file);
    let table = std::fs::read_to_string(&file).unwrap();
    assert!(table.starts_with("image,label,unit_0,unit_1,") && table.lines().count() == 301);
}

#[test]
fn own_words_and_colours_are_in_the_figure_and_its_scene() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window();
    open(&mut harness);
    type_into(&mut harness, "Own title", "Mine");
    type_into(&mut harness, "Own caption", "Yours");
    type_into(&mut harness, "Text colour", "#123456");
    choose(&mut harness, "Layers", "Own colours");
    type_into(&mut harness, "Layer colours", "#000 #f00");
    let (file, text) = path(&folder, "own.svg");
    type_into(&mut harness, "File name", &text);
    harness.get_by_role_and_label(Role::Button, "Export file").click_accesskit();
    written(&mut harness, &file);
    let figure = Scene::read(&file).unwrap().figure.unwrap();
    let text = |text: &str| Some(text.to_owned());
    assert_eq!((figure.title_text, figure.caption_text), (text("Mine"), text("Yours")));
    assert_eq!((figure.text_color, figure.layer_colors), (text("#123456"), text("#000 #f00")));
    let svg = std::fs::read_to_string(&file).unwrap();
    assert!(svg.contains("aria-label=\"Mine\"") && svg.contains("fill=\"#123456\""));
    assert!(svg.contains("fill=\"#000000\" fill-opacity") && svg.contains("fill=\"#ff0000\" fill-opacity"));
}

#[test]
fn the_norms_of_the_window_are_a_figure() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window();
    crate::harness::press(&mut harness, Key::N);
    settle(&mut harness);
    open(&mut harness);
    harness.get_by_role_and_label(Role::ComboBox, "View").click();
    harness.run_steps(2);
    // A button of the window behind the dialog has the same name.
    harness.query_all_by_role_and_label(Role::Button, "Norms").last().unwrap().click_accesskit();
    harness.run_steps(2);
    settle(&mut harness);
    harness.get_by_label_contains("Preview: Norms of");
    let (file, text) = path(&folder, "norms.svg");
    type_into(&mut harness, "File name", &text);
    harness.get_by_role_and_label(Role::Button, "Export file").click_accesskit();
    written(&mut harness, &file);
    assert!(std::fs::read_to_string(&file).unwrap().contains("aria-label=\"||∂L/∂z||\""));
    assert_eq!(Scene::read(&file).unwrap().figure.unwrap().show, Some(ViewName::Norms));
}

#[test]
fn a_colour_is_picked_by_sliders_that_have_names() {
    let mut harness = window();
    open(&mut harness);
    let name = "Pick: Ground colour";
    harness.get_by_role_and_label(Role::Button, name).focus();
    harness.step();
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    for (part, value) in [("Hue", 120.0), ("Saturation", 50.0), ("Brightness", 80.0)] {
        harness.get_by_role_and_label(Role::Slider, part).set_value_accesskit(value);
        harness.run_steps(2);
        assert_eq!(harness.get_by_role_and_label(Role::SpinButton, part).value(), Some(value.to_string()));
    }
    // 204 is 80 % of 255, and half of its saturation leaves 102.
    let field = harness.get_by_role_and_label(Role::TextInput, "Ground colour");
    assert_eq!(field.value().as_deref(), Some("#66cc66"));
    // Without any colour left, the hue is still what was set.
    harness.get_by_role_and_label(Role::Slider, "Saturation").set_value_accesskit(0.0);
    harness.run_steps(2);
    assert_eq!(harness.get_by_role_and_label(Role::SpinButton, "Hue").value().as_deref(), Some("120"));
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    assert!(harness.query_by_role_and_label(Role::Slider, "Hue").is_none());
    let button = harness.get_by_role_and_label(Role::Button, name);
    assert!(button.accesskit_node().is_focused(), "keys are where they were");
}

#[test]
fn the_command_has_a_key() {
    let mut harness = window();
    assert!(harness.query_by_label("Copied the command").is_none());
    harness.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::E);
    harness.run_steps(3);
    harness.get_by_label("Copied the command");
}

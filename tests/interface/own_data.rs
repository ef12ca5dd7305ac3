//! Data of the user's own in the window: read in the background, shown under their own names, and given up where they cannot be read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use initscope::app::{App, Session};
use initscope::experiment::{Data, Settings, Split};

use crate::harness::{Dropped, assert_drawn, choose, experiment, measured, press, settle, step_on_news, window};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/data").join(name)
}

fn type_path(harness: &mut Harness<'static, App>, path: &Path) {
    harness.get_by_role_and_label(Role::TextInput, "Path").focus();
    harness.step();
    harness.key_combination_modifiers(egui::Modifiers::COMMAND, &[egui::Key::A]);
    harness.step();
    harness.get_by_role_and_label(Role::TextInput, "Path").type_text(path.to_str().unwrap());
    harness.step();
    press(harness, egui::Key::Enter);
    settle(harness);
}

#[test]
fn a_file_whose_path_is_typed_is_shown_with_its_classes() {
    let mut harness = window();
    choose(&mut harness, "Data", "Your own data");
    type_path(&mut harness, &fixture("iris.csv"));
    harness.get_by_label("4 → 100 × 5 → 3, relu, N(0, 0.100²) on 150 images of iris.csv");
    harness.get_by_label("CSV: 150 images of 4 values, 3 classes (setosa, versicolor, virginica).");
    assert_drawn(&harness, &measured(experiment(&harness)));
    choose(&mut harness, "Shown", "training images");
    settle(&mut harness);
    harness.get_by_label("4 → 100 × 5 → 3, relu, N(0, 0.100²) on 120 training images of iris.csv");
    // Undone as one step, and done again without reading.
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    harness.run_steps(2);
    settle(&mut harness);
    assert_eq!(experiment(&harness).inputs.split, Split::Whole);
}

#[test]
fn a_file_that_is_wrong_is_said_and_the_data_before_stay() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ragged.csv");
    std::fs::write(&path, "1.5,2,a\n3,4,b\n5,c\n").unwrap();
    let mut harness = window();
    choose(&mut harness, "Data", "Your own data");
    type_path(&mut harness, &fixture("digits.npz"));
    let before = experiment(&harness).clone();
    type_path(&mut harness, &path);
    harness.get_by_label_contains("Row 3 has 2 columns, but the first row 3: make all rows as long");
    assert_eq!(*experiment(&harness), before);
}

#[test]
fn dropped_data_are_shown_and_offered_again() {
    let mut harness = window();
    harness.input_mut().dropped_files.push(Arc::new(Dropped(fixture("pictures"))));
    harness.run_steps(2);
    settle(&mut harness);
    harness.get_by_label("64 → 100 × 5 → 10, relu, N(0, 0.100²) on 60 images of pictures");
    assert_eq!(experiment(&harness).inputs.class_name(3), "digit 3");
    choose(&mut harness, "Data", "MNIST, test images");
    settle(&mut harness);
    assert_eq!(experiment(&harness).inputs.data, Data::Mnist);
    choose(&mut harness, "Data", "data/pictures");
    settle(&mut harness);
    assert!(matches!(experiment(&harness).inputs.data, Data::Set(_)));
}

#[test]
fn a_session_comes_back_to_its_data_and_notices_that_they_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("flowers.csv");
    let text = std::fs::read_to_string(fixture("iris.csv")).unwrap();
    std::fs::write(&path, &text).unwrap();
    let mut harness = window();
    choose(&mut harness, "Data", "Your own data");
    type_path(&mut harness, &path);
    let session = Session::of(harness.state(), &harness.ctx);
    std::fs::write(&path, text.replace("5.1,3.5", "5.2,3.5")).unwrap();
    let build = move |cc: &mut eframe::CreationContext<'_>| App::new(&cc.egui_ctx, &session, None).unwrap();
    let mut harness = Harness::builder().with_size([1280.0, 800.0]).build_eframe(build);
    harness.run_steps(3);
    settle(&mut harness);
    harness.get_by_label_contains("These data have changed since they were looked at last");
    // What was shown until they were read is no step that could be undone.
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    harness.run_steps(2);
    assert_eq!(Settings::from(experiment(&harness)).data, Some(path));
}

/// Steps until something is said.
fn until_said(harness: &mut Harness<'static, App>, text: &str) {
    let begun = std::time::Instant::now();
    while harness.query_by_label_contains(text).is_none() {
        assert!(begun.elapsed() < std::time::Duration::from_secs(20), "'{text}' is not said");
        step_on_news(harness);
    }
}

#[test]
fn a_file_that_changes_while_it_is_shown_is_read_again_at_a_click() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("flowers.csv");
    let text = std::fs::read_to_string(fixture("iris.csv")).unwrap();
    std::fs::write(&path, &text).unwrap();
    let mut harness = window();
    choose(&mut harness, "Data", "Your own data");
    type_path(&mut harness, &path);
    let digest = |harness: &Harness<'static, App>| match &experiment(harness).inputs.data {
        Data::Set(set) => set.digest().to_owned(),
        other => panic!("{other:?}"),
    };
    let first = digest(&harness);
    press(&mut harness, egui::Key::F6);
    settle(&mut harness);
    // Two flowers less, and another number.
    let shorter: String =
        text.replace("5.1,3.5", "5.2,3.5").lines().take(149).map(|line| format!("{line}\n")).collect();
    std::fs::write(&path, shorter).unwrap();
    until_said(&mut harness, "flowers.csv has changed: read it again?");
    assert_eq!(digest(&harness), first, "what is shown stays until somebody asks");
    harness.get_by_role_and_label(Role::Button, "Read again").click();
    harness.run_steps(2);
    settle(&mut harness);
    assert_ne!(digest(&harness), first);
    harness.get_by_label_contains("on 148 images of flowers.csv");
    assert!(harness.query_by_label_contains("has changed").is_none());
    let first = &measured(experiment(&harness)).layers[0].output;
    let drawn = format!("layer 1: outputs from 0 to {},", initscope::number::value(first.max));
    assert_eq!(harness.query_all_by_label_contains(&drawn).count(), 2, "what stands beside it was read again, too");
    let data: Vec<_> = Session::of(harness.state(), &harness.ctx).data;
    assert_eq!(data.len(), 1);
}

#[test]
fn the_column_of_the_labels_is_chosen_where_a_table_does_not_say_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.csv");
    std::fs::write(&path, "1,0.5,0\n0,0.1,1\n0,0.1,1\n0,0.2,1\n1,0.3,2\n").unwrap();
    let mut harness = window();
    choose(&mut harness, "Data", "Your own data");
    type_path(&mut harness, &path);
    harness.get_by_label_contains("It is not clear whether column 'first' or 'last' has the labels");
    choose(&mut harness, "Labels", "last column");
    settle(&mut harness);
    assert_eq!(experiment(&harness).inputs.classes(), 3);
    choose(&mut harness, "Labels", "1");
    settle(&mut harness);
    assert_eq!(experiment(&harness).inputs.classes(), 2);
    assert_eq!(Settings::from(experiment(&harness)).label_column.as_deref(), Some("1"));
}

#[test]
fn what_is_set_meanwhile_is_not_replaced_by_data_that_come_late() {
    let mut harness = window();
    harness.input_mut().dropped_files.push(Arc::new(Dropped(fixture("iris.csv"))));
    harness.step();
    harness.state_mut().set_experiment(initscope::experiment::Experiment::article());
    let begun = std::time::Instant::now();
    while begun.elapsed() < std::time::Duration::from_millis(400) {
        step_on_news(&mut harness);
    }
    settle(&mut harness);
    assert_eq!(experiment(&harness).inputs.data, Data::Mnist);
}

#[test]
fn without_labels_every_quantity_has_its_picture_or_says_why_not() {
    const WHY: &str = "There is no loss and no gradient: these images have no labels.";
    let mut harness = window();
    press(&mut harness, egui::Key::G);
    settle(&mut harness);
    choose(&mut harness, "Data", "Your own data");
    // The picture of the data before would be of something else.
    type_path(&mut harness, &fixture("iris.npy"));
    harness.get_by_label("4 → 100 × 5 → 10, relu, N(0, 0.100²) on 150 images of iris.npy");
    harness.get_by_label(WHY);
    harness.get_by_label_contains("layer 1: no gradients");
    press(&mut harness, egui::Key::F6);
    settle(&mut harness);
    press(&mut harness, egui::Key::Num1);
    press(&mut harness, egui::Key::O);
    settle(&mut harness);
    assert!(harness.query_by_label(WHY).is_none());
    assert_drawn(&harness, &measured(experiment(&harness)));
}

#[test]
fn a_preset_that_leaves_the_data_says_so() {
    let mut harness = window();
    choose(&mut harness, "Data", "Your own data");
    type_path(&mut harness, &fixture("iris.csv"));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::N);
    harness.run_steps(3);
    harness.get_by_label_contains("This shows MNIST; Ctrl+Z brings back iris.csv");
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    harness.run_steps(2);
    settle(&mut harness);
    assert!(matches!(experiment(&harness).inputs.data, Data::Set(_)));
}

#[test]
fn weights_of_a_table_are_called_as_its_columns() {
    let mut harness = window();
    choose(&mut harness, "Data", "Your own data");
    type_path(&mut harness, &fixture("iris.csv"));
    press(&mut harness, egui::Key::Num3);
    settle(&mut harness);
    for _ in 0..4 {
        press(&mut harness, egui::Key::OpenBracket);
    }
    settle(&mut harness);
    let map = harness.get_by_label_contains("Units: ").rect();
    crate::harness::click(&mut harness, map.min + egui::vec2(4.0, 4.0));
    settle(&mut harness);
    let bars = harness.get_by_label_contains("4 incoming weights").rect();
    harness.hover_at(bars.center());
    harness.run_steps(20);
    // As the first line of the file has them.
    let said = harness.query_all_by_label_contains("petal").count();
    assert!(said > 0, "the columns are named");
}

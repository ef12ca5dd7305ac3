//! Dialogs over the window, one at a time: keys of others open these in their place, and keys of what stands behind say why they mean
//! nothing.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use initscope::app::App;

use crate::harness::{opened, press};

fn command(harness: &mut Harness<'static, App>, key: Key) {
    harness.key_press_modifiers(Modifiers::COMMAND, key);
    harness.run_steps(3);
}

/// The dialog that is open, by what only it has.
#[track_caller]
fn dialog(harness: &Harness<'static, App>) -> Option<&'static str> {
    // The palette names the others.
    if harness.query_by_role_and_label(Role::TextInput, "Look for").is_some() {
        return Some("Palette");
    }
    let has = |label: &str| harness.query_by_label(label).is_some();
    let names = ["Choose an experiment", "Lessons", "Add step", "Export the figure"];
    let open: Vec<_> = names.into_iter().filter(|name| has(name)).collect();
    assert!(open.len() < 2, "{open:?}");
    open.first().copied()
}

#[test]
fn a_key_of_a_dialog_opens_it_in_place_of_another() {
    let mut harness = opened(1280.0, 800.0, 5);
    for (key, name) in [
        (Key::E, "Export the figure"),
        (Key::K, "Choose an experiment"),
        (Key::L, "Lessons"),
        (Key::E, "Export the figure"),
    ] {
        command(&mut harness, key);
        assert_eq!(dialog(&harness), Some(name));
    }
    press(&mut harness, Key::Escape);
    assert_eq!(dialog(&harness), None);
}

#[test]
fn the_palette_gives_its_place_back_to_the_dialog_that_was_open() {
    let mut harness = opened(1280.0, 800.0, 5);
    let add_step = Modifiers::COMMAND.plus(Modifiers::SHIFT);
    for (modifiers, key, name) in [
        (Modifiers::COMMAND, Key::E, "Export the figure"),
        (Modifiers::COMMAND, Key::K, "Choose an experiment"),
        (Modifiers::COMMAND, Key::L, "Lessons"),
        (add_step, Key::A, "Add step"),
    ] {
        harness.key_press_modifiers(modifiers, key);
        harness.run_steps(3);
        assert_eq!(dialog(&harness), Some(name));
        if name == "Add step" {
            harness.get_by_role_and_label(Role::TextInput, "Title").type_text("Mine");
            harness.run_steps(2);
        }
        // By its key again, and by Escape.
        command(&mut harness, Key::P);
        assert_eq!(dialog(&harness), Some("Palette"));
        command(&mut harness, Key::P);
        assert_eq!(dialog(&harness), Some(name));
        command(&mut harness, Key::P);
        press(&mut harness, Key::Escape);
        harness.run_steps(2);
        assert_eq!(dialog(&harness), Some(name));
        if name == "Add step" {
            let text = harness.get_by_role_and_label(Role::TextInput, "Title").value();
            assert_eq!(text.as_deref(), Some("Mine"));
        }
        press(&mut harness, Key::Escape);
        harness.run_steps(2);
        assert_eq!(dialog(&harness), None);
    }
    // What is chosen in it is done in the window.
    command(&mut harness, Key::E);
    command(&mut harness, Key::P);
    harness.get_by_role_and_label(Role::TextInput, "Look for").type_text("softplus");
    harness.run_steps(2);
    press(&mut harness, Key::Enter);
    assert_eq!((dialog(&harness), harness.state().experiment().activation.name()), (None, "softplus"));
}

#[test]
fn no_key_acts_behind_a_dialog_and_those_that_would_say_why_not() {
    let mut harness = opened(1280.0, 800.0, 5);
    press(&mut harness, Key::R);
    for (key, said) in
        [(Key::E, "Close the export first. Key: Escape"), (Key::L, "Close the list of lessons first. Key: Escape")]
    {
        command(&mut harness, key);
        let (name, before) = (dialog(&harness), harness.state().scene());
        for key in [Key::R, Key::H, Key::Num2, Key::B, Key::D, Key::Z, Key::N, Key::O, Key::S, Key::F9] {
            for modifiers in [Modifiers::NONE, Modifiers::COMMAND, Modifiers::SHIFT] {
                harness.key_press_modifiers(modifiers, key);
                harness.run_steps(2);
                assert!(harness.state().scene() == before, "{modifiers:?} {key:?} in {name:?}");
                assert_eq!(dialog(&harness), name, "{modifiers:?} {key:?}");
            }
        }
        harness.get_by_label(said);
        press(&mut harness, Key::Escape);
    }
}

#[test]
fn escape_leaves_a_field_of_a_step_of_one_s_own_before_the_step() {
    let mut harness = opened(1280.0, 800.0, 5);
    harness.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::A);
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::TextInput, "Title").type_text("Mine");
    harness.run_steps(2);
    press(&mut harness, Key::Escape);
    assert_eq!(dialog(&harness), Some("Add step"));
    assert_eq!(harness.get_by_role_and_label(Role::TextInput, "Title").value().as_deref(), Some("Mine"));
    press(&mut harness, Key::Escape);
    harness.run_steps(2);
    assert_eq!(dialog(&harness), None);
}

//! What screen readers read: the window, every control, what is chosen of a list, and what a layer is like.

use std::time::{Duration, Instant};

use egui::accesskit::{Action, Role};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::app::App;
use initscope::number;

use crate::harness::{choose, opened, press, step_on_news, window};

/// What can have the focus has a name.
fn assert_named(harness: &Harness<'static, App>, what: &str) {
    let mut count = 0;
    for node in harness.root().children_recursive() {
        let node = node.accesskit_node();
        if node.data().supports_action(Action::Focus) {
            count += 1;
            let name = node.label().unwrap_or_default();
            assert!(!name.trim().is_empty(), "{what}: {:?} at {:?} has no name", node.role(), node.bounding_box());
        }
    }
    assert!(count > 20, "{what}: {count} can have the focus");
}

/// Every list says what is chosen of it.
fn assert_lists_have_values(harness: &Harness<'static, App>, what: &str) {
    let lists: Vec<_> = harness.query_all_by_role(Role::ComboBox).collect();
    assert!(!lists.is_empty(), "{what}");
    for list in lists {
        let list = list.accesskit_node();
        let (name, value) = (list.label().unwrap_or_default(), list.value().unwrap_or_default());
        assert!(!name.is_empty() && !value.is_empty(), "{what}: {name}: {value}");
        assert!(!name.contains(&value), "{what}: the name of {name} is not what is chosen");
        if cfg!(target_os = "linux") {
            assert_eq!(list.description().as_deref(), Some(&*value), "{what}: {name}");
        }
    }
}

#[test]
fn the_window_has_a_name() {
    let harness = opened(1280.0, 800.0, 5);
    assert_eq!(harness.root().accesskit_node().label().as_deref(), Some("initscope"));
}

#[test]
fn in_every_view_all_is_named() {
    let mut harness = opened(1280.0, 800.0, 5);
    for key in [Key::A, Key::T, Key::K, Key::D] {
        press(&mut harness, key);
    }
    choose(&mut harness, "Weights", "variance_scaling");
    choose(&mut harness, "Activation", "leaky_relu");
    press(&mut harness, Key::F6);
    let views = [
        (Key::Num1, "layer 5: outputs"),
        (Key::Num2, "Landscape: "),
        (Key::Num3, "Units: "),
        (Key::ArrowRight, "Unit 0 of layer 5"),
        (Key::Num4, "Images × units, "),
        (Key::F9, "Panel B: "),
    ];
    for (key, said) in views {
        press(&mut harness, key);
        wait_for(&mut harness, said);
        assert_named(&harness, said);
        assert_lists_have_values(&harness, said);
    }
}

/// Steps until something is there.
fn wait_for(harness: &mut Harness<'static, App>, said: &str) {
    let start = Instant::now();
    while harness.query_all_by_label_contains(said).next().is_none() {
        assert!(start.elapsed() < Duration::from_secs(60), "{said}");
        step_on_news(harness);
    }
    harness.step();
}

#[test]
fn in_every_dialog_and_field_all_is_named() {
    let mut harness = opened(1280.0, 800.0, 5);
    choose(&mut harness, "Data", "Your own data");
    assert_named(&harness, "a folder");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    harness.run_steps(3);
    assert_named(&harness, "the path of a scene");
    press(&mut harness, Key::Escape);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
    harness.run_steps(3);
    assert_named(&harness, "the palette");
    press(&mut harness, Key::Escape);
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    harness.run_steps(3);
    choose(&mut harness, "File", "Animated GIF");
    assert_named(&harness, "the export");
    assert_lists_have_values(&harness, "the export");
}

#[test]
fn a_layer_s_name_says_its_mean_std_zeros_and_dead_units() {
    let harness = window();
    let figure = harness.state().figure().unwrap();
    for layer in &figure.measurement.layers {
        let [mean, std] = [layer.output.mean, layer.output.std].map(number::value);
        let zeros = number::percent(layer.output.zero_fraction);
        let expected = format!("mean {mean}, std {std}, {zeros} exactly zero, {} of 100 units dead", layer.states.dead);
        let start = format!("layer {}: outputs from", layer.layer);
        let found = harness.get_by_label_contains(&start);
        let name = found.accesskit_node().label().unwrap();
        assert!(name.contains(&expected), "{name}: {expected}");
    }
}

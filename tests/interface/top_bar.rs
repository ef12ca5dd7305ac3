//! The bar at the top: one line at any width, in which whatever was there is still found; and the menu View.

use std::collections::BTreeSet;

use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers, Rect, pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::app::App;
use initscope::experiment::Preset;
use initscope::figure::{Quantity, ViewName};

use crate::harness::{chosen, opened, press, settle, window_of};

/// Widths and heights in points, those with twice the size of everything among them.
const SIZES: [(f32, f32); 10] = [
    (300.0, 200.0),
    (320.0, 240.0),
    (640.0, 360.0),
    (640.0, 480.0),
    (683.0, 384.0),
    (800.0, 500.0),
    (960.0, 540.0),
    (1280.0, 720.0),
    (1366.0, 768.0),
    (1920.0, 1080.0),
];
/// Views by their keys.
const VIEWS: [Key; 5] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::F9];

/// Buttons and lists in the bar, in their order in the tree.
fn bar(harness: &Harness<'static, App>) -> Vec<(String, Rect)> {
    let of_bar = |node: egui_kittest::Node<'_>| {
        let role = node.accesskit_node().role();
        let is_control = matches!(role, Role::Button | Role::ComboBox);
        let rect = is_control.then(|| node.accesskit_node().bounding_box()).flatten().map(|_| node.rect())?;
        let name = node.accesskit_node().label().or(node.value())?;
        (rect.bottom() < 40.0).then_some((name, rect))
    };
    harness.root().children_recursive().filter_map(of_bar).collect()
}

#[test]
fn the_bar_is_one_line_of_which_nothing_is_cut_and_nothing_lies_over_another() {
    for (width, height) in SIZES {
        let mut harness = opened(width, height, 5);
        // The longest names there are.
        for key in [Key::Num1, Key::Z, Key::J, Key::Num6, Key::Minus, Key::L] {
            press(&mut harness, key);
        }
        for view in VIEWS {
            press(&mut harness, view);
            let what = format!("{width} × {height}, {view:?}");
            let bar = bar(&harness);
            assert!(bar.len() >= 3, "{what}: {bar:?}");
            let middle = bar[0].1.center().y;
            for (index, (name, rect)) in bar.iter().enumerate() {
                let is_inside = rect.left() >= 0.0 && rect.right() <= width;
                assert!(is_inside && (rect.center().y - middle).abs() < 3.0, "{what}: {name} {rect:?}");
                // In the order in which it is read, so that Tab goes from left to right.
                assert!(index == 0 || bar[index - 1].1.right() <= rect.left() + 0.5, "{what}: {name} {rect:?} {bar:?}");
            }
        }
    }
}

#[test]
fn what_has_no_room_as_buttons_is_a_list_that_says_what_is_chosen() {
    let mut harness = opened(640.0, 480.0, 5);
    assert!(harness.query_by_role_and_label(Role::Button, "Gradients").is_none());
    assert_eq!(chosen(&harness, "Quantity"), "Outputs");
    harness.get_by_role_and_label(Role::ComboBox, "Quantity").click();
    harness.run_steps(2);
    harness.get_by_role_and_label(Role::Button, "Gradients").click_accesskit();
    harness.run_steps(2);
    assert_eq!(chosen(&harness, "Quantity"), "Gradients");
    settle(&mut harness);
    assert_eq!(harness.state().figure().unwrap().view.quantity, Quantity::Gradients);
    harness.get_by_role_and_label(Role::ComboBox, "Tab").click();
    harness.run_steps(2);
    harness.get_by_role_and_label(Role::Button, "Landscape").click_accesskit();
    harness.run_steps(2);
    assert_eq!(chosen(&harness, "Tab"), "Landscape");
    assert_eq!(harness.state().scene().shown.map(|shown| shown.view), Some(ViewName::Landscape));
}

#[test]
fn the_menu_switches_several_things_and_says_what_is_on() {
    let mut harness = opened(1280.0, 720.0, 5);
    let entry = |harness: &Harness<'static, App>, name: &str| {
        let entry = harness.get_by_role_and_label(Role::Button, name);
        entry.accesskit_node().toggled().map(|toggled| toggled == Toggled::True)
    };
    assert!(harness.query_by_role_and_label(Role::Button, "Norms").is_none(), "it is closed");
    harness.get_by_role_and_label(Role::Button, "View").click();
    harness.run_steps(2);
    for (name, is_on) in [
        ("Controls", true),
        ("Words", true),
        ("Numbers", true),
        ("Norms", false),
        ("Activation", false),
        ("Theory", false),
    ] {
        assert_eq!(entry(&harness, name), Some(is_on), "{name}");
        harness.get_by_role_and_label(Role::Button, name).click();
        harness.run_steps(2);
        assert_eq!(entry(&harness, name), Some(!is_on), "{name}, and the menu is still open");
    }
    harness.get_by_role_and_label(Role::Button, "Dark").click();
    harness.run_steps(2);
    assert_eq!(entry(&harness, "Dark"), Some(true));
    assert!(harness.ctx.global_style().visuals.dark_mode);
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_role_and_label(Role::Button, "Norms").is_none(), "Escape closes it");
}

#[test]
fn the_menu_is_opened_gone_through_and_used_by_keys() {
    let mut harness = opened(1280.0, 720.0, 5);
    harness.get_by_role_and_label(Role::Button, "View").focus();
    harness.step();
    press(&mut harness, Key::Enter);
    let mut reached = BTreeSet::new();
    for _ in 0..40 {
        press(&mut harness, Key::Tab);
        let focused = harness.root().children_recursive().find(|node| node.accesskit_node().is_focused());
        let name = focused.and_then(|node| node.accesskit_node().label());
        if name.as_deref() == Some("Norms") {
            press(&mut harness, Key::Enter);
        }
        reached.extend(name);
    }
    for name in ["Controls", "Words", "Numbers", "Norms", "20 seeds", "Activation", "Theory", "Auto", "Light", "Dark"] {
        assert!(reached.contains(name), "{name}: {reached:?}");
    }
    assert!(harness.state().scene().shown.is_some_and(|shown| shown.panels.norms));
}

#[test]
fn a_narrow_menu_has_what_the_bar_has_no_room_for() {
    let mut harness = opened(320.0, 240.0, 5);
    harness.key_press_modifiers(Modifiers::NONE, Key::R);
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::Button, "View").click();
    harness.run_steps(2);
    for name in ["Undo", "Redo", "Export", "?"] {
        harness.get_by_role_and_label(Role::Button, name);
    }
}

#[test]
fn what_is_moved_most_is_in_reach_without_scrolling() {
    let mut harness = opened(1280.0, 720.0, 10_000);
    let reach = |harness: &Harness<'static, App>| {
        // The panel ends where the line at the bottom begins.
        let bottom = 720.0 - 33.0;
        for (role, label) in [
            (Role::Slider, "σ"),
            (Role::Slider, "Bias"),
            (Role::SpinButton, "Seed"),
            (Role::Button, "Reseed"),
            (Role::Button, "Play Seed"),
        ] {
            let rect = harness.get_by_role_and_label(role, label).rect();
            assert!(rect.bottom() <= bottom, "{label}: {rect:?}");
        }
    };
    reach(&harness);
    assert!(harness.query_by_role_and_label(Role::Slider, "Images").is_none());
    press(&mut harness, Key::D);
    harness.get_by_role_and_label(Role::Slider, "Images");
    press(&mut harness, Key::D);
    // With a line for the cases of a preset, too.
    harness.state_mut().set_cases(Preset::named("article_tanh").unwrap().experiments);
    harness.hover_at(pos2(700.0, 300.0));
    harness.run_steps(2);
    reach(&harness);
}

#[test]
fn numbers_can_be_hidden_and_the_plot_has_their_room() {
    let mut harness = window_of(1280.0, 800.0);
    let height = |harness: &Harness<'static, App>| harness.get_by_label_contains("layer 1: outputs").rect().height();
    let shown = || "exactly 0";
    let is_painted = |harness: &Harness<'static, App>, text: &str| {
        let shapes = &harness.output().shapes;
        shapes.iter().any(|clipped| matches!(&clipped.shape, egui::Shape::Text(shape) if shape.galley.text() == text))
    };
    assert!(is_painted(&harness, shown()));
    let before = height(&harness);
    press(&mut harness, Key::Num0);
    harness.run_steps(2);
    assert!(!is_painted(&harness, shown()) && is_painted(&harness, "layer 1"));
    assert!(height(&harness) >= before - 1.0);
    let scene = harness.state().scene();
    assert!(scene.shown.is_some_and(|shown| !shown.panels.numbers), "it is kept in scenes");
}

#[test]
fn all_of_the_menu_can_be_clicked_in_a_small_window() {
    for size in [(640.0, 480.0), (640.0, 360.0)] {
        let mut harness = opened(size.0, size.1, 5);
        harness.get_by_label("View").click();
        harness.run_steps(4);
        for _ in 0..40 {
            press(&mut harness, Key::ArrowDown);
            harness.run_steps(3);
            let focused = harness.root().children_recursive().find(|node| node.accesskit_node().is_focused());
            let Some(focused) = focused else { continue };
            assert!(focused.rect().bottom() <= size.1, "{size:?}: {:?}", focused.accesskit_node().label());
        }
    }
}

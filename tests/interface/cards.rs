//! What hovers stands beside what it is about, is gone at any key, and can be switched off.

use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Key, Pos2, Rect, pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::app::{App, Session, SessionFile};

use crate::harness::{opened, press, settle, step_on_news, window, window_of};

/// Width of the controls.
const CONTROLS: f32 = 240.0;

fn layer(harness: &Harness<'static, App>, number: usize) -> Rect {
    harness.get_by_label_contains(&format!("layer {number}: outputs from")).rect()
}

/// Rests the pointer somewhere until what hovers there is shown.
fn rest_at(harness: &mut Harness<'static, App>, at: Pos2) {
    harness.hover_at(at);
    harness.run_steps(6);
}

/// The card of a layer, from its title to its last line.
fn card(harness: &Harness<'static, App>, number: usize) -> Option<Rect> {
    let title = harness.query_by_label_contains(&format!("Layer {number}: 30,000 outputs"))?.rect();
    let end = harness.query_by_label("σ of W")?.rect();
    Some(title.union(end))
}

#[test]
fn a_layer_s_card_is_small_and_beside_its_violin_and_covers_neither_tabs_nor_words() {
    for (width, height) in [(1280.0, 720.0), (1920.0, 1080.0)] {
        let mut harness = window_of(width, height);
        for number in 1..=5 {
            let column = layer(&harness, number);
            // As far up as the plot goes.
            for y in [column.top() + 2.0, column.center().y] {
                rest_at(&mut harness, pos2(column.center().x + 0.2 * column.width(), y));
                let card = card(&harness, number).expect("there is a card");
                let violin = column.shrink2(egui::vec2(0.08 * column.width(), 0.0));
                assert!(!card.intersects(violin), "{width} × {height}: {card:?} covers {violin:?}");
                assert!(card.top() >= column.top(), "{width} × {height}: {card:?} leaves {column:?}");
                assert!(card.width() < 240.0 && card.height() < 170.0, "{card:?}");
            }
        }
    }
}

#[test]
fn a_card_covers_neither_its_violin_nor_the_one_that_the_pointer_goes_on_to() {
    let mut harness = window_of(1280.0, 720.0);
    for numbers in [[1, 2, 3, 4, 5], [5, 4, 3, 2, 1]] {
        let onward = numbers[1] > numbers[0];
        rest_at(&mut harness, pos2(700.0, 715.0));
        for (place, number) in numbers.into_iter().enumerate() {
            let column = layer(&harness, number);
            let part = if onward { -0.3 } else { 0.3 };
            rest_at(&mut harness, pos2(column.center().x + part * column.width(), column.center().y));
            // It stands still while the pointer stays in the column.
            rest_at(&mut harness, pos2(column.center().x - part * column.width(), column.center().y));
            let card = card(&harness, number).expect("there is a card");
            for kept in [Some(number), numbers.get(place + 1).copied()].into_iter().flatten() {
                let violin = layer(&harness, kept);
                let violin = violin.shrink2(egui::vec2(0.08 * violin.width(), 0.0));
                assert!(!card.intersects(violin), "{number} on to {numbers:?}: {card:?} covers {kept}");
            }
            assert!(card.left() >= 0.0 && card.right() <= 1280.0, "{card:?}");
        }
    }
}

#[test]
fn a_card_is_gone_at_any_key_until_the_pointer_moves() {
    let mut harness = window();
    let column = layer(&harness, 3);
    let at = pos2(column.center().x + 0.2 * column.width(), column.center().y);
    for key in [Key::Period, Key::ArrowUp, Key::Tab, Key::Escape] {
        rest_at(&mut harness, at);
        assert!(card(&harness, 3).is_some(), "before {key:?}");
        for _ in 0..3 {
            press(&mut harness, key);
            harness.run_steps(6);
            assert!(card(&harness, 3).is_none(), "{key:?}");
        }
        press(&mut harness, Key::ArrowDown);
        settle(&mut harness);
    }
}

#[test]
fn escape_closes_what_hovers_and_only_then_leaves_a_control() {
    let mut harness = window();
    harness.get_by_role_and_label(Role::Slider, "Bias").focus();
    harness.step();
    let column = layer(&harness, 3);
    rest_at(&mut harness, pos2(column.center().x + 0.2 * column.width(), column.center().y));
    assert!(card(&harness, 3).is_some());
    let has_focus = |harness: &Harness<'static, App>| {
        harness.get_by_role_and_label(Role::Slider, "Bias").accesskit_node().is_focused()
    };
    press(&mut harness, Key::Escape);
    assert!(card(&harness, 3).is_none() && has_focus(&harness));
    press(&mut harness, Key::Escape);
    assert!(!has_focus(&harness));
}

#[test]
fn cards_can_be_switched_off_for_good() {
    let mut harness = window();
    let column = layer(&harness, 3);
    let at = pos2(column.center().x + 0.2 * column.width(), column.center().y);
    harness.key_press_modifiers(egui::Modifiers::SHIFT, Key::C);
    harness.run_steps(2);
    rest_at(&mut harness, at);
    assert!(card(&harness, 3).is_none());
    harness.key_press_modifiers(egui::Modifiers::SHIFT, Key::C);
    harness.run_steps(2);
    rest_at(&mut harness, at + egui::vec2(1.0, 0.0));
    assert!(card(&harness, 3).is_some());
    // A session without them.
    let mut session = Session::default();
    session.cards = false;
    session.experiment.images = Some(300);
    let build = |cc: &mut eframe::CreationContext<'_>| App::new(&cc.egui_ctx, &session, None).unwrap();
    let mut harness = Harness::builder().with_size([1280.0, 800.0]).build_eframe(build);
    settle(&mut harness);
    rest_at(&mut harness, at);
    assert!(card(&harness, 3).is_none());
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::P);
    harness.run_steps(3);
    harness.get_by_label_contains("Cards at the pointer, in pictures (Shift+C)");
}

#[test]
fn a_session_keeps_that_there_are_no_cards_and_that_somebody_has_begun() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("session.json");
    let file = SessionFile::at(path.clone());
    let mut session = Session::default();
    session.experiment.images = Some(5);
    let build = |cc: &mut eframe::CreationContext<'_>| App::new(&cc.egui_ctx, &session, Some(file)).unwrap();
    let mut harness = Harness::builder().with_size([640.0, 480.0]).build_eframe(build);
    harness.key_press_modifiers(egui::Modifiers::SHIFT, Key::C);
    press(&mut harness, Key::ArrowUp);
    let start = Instant::now();
    let kept = |path: &std::path::Path| serde_json::from_str::<Session>(&std::fs::read_to_string(path).ok()?).ok();
    while !kept(&path).is_some_and(|session| !session.cards && session.begun) {
        assert!(start.elapsed() < Duration::from_secs(60), "nothing is kept");
        step_on_news(&mut harness);
    }
    // One from before there were such words is of somebody who has begun, and has cards.
    let before: Session = serde_json::from_str(r#"{"version": 2}"#).unwrap();
    assert!(before.cards && before.begun);
}

#[test]
fn what_is_said_of_a_slider_leaves_its_row_free() {
    for height in [800.0, 480.0] {
        let mut harness = opened(1280.0, height, 5);
        for (name, said) in [
            ("Images", "How many images (or drawn inputs)"),
            ("Hidden layers", "Layers with an activation between"),
            ("Units per layer", "Units of every hidden layer."),
            ("σ", "Standard deviation of the weights."),
        ] {
            harness.get_by_role_and_label(Role::Slider, name).scroll_to_me();
            harness.run_steps(4);
            let slider = harness.get_by_role_and_label(Role::Slider, name).rect();
            let number = harness.get_by_role_and_label(Role::SpinButton, name).rect();
            rest_at(&mut harness, slider.center());
            let tooltip = harness.get_by_label_contains(said).rect();
            let row = slider.union(number);
            assert!(!tooltip.intersects(row), "{height}, {name}: {tooltip:?} covers {row:?}");
            assert!(tooltip.width() > 100.0);
            harness.hover_at(pos2(700.0, 5.0));
            harness.run_steps(2);
        }
    }
}

#[test]
fn what_is_said_of_a_control_covers_none_of_them() {
    let mut harness = opened(1280.0, 720.0, 5);
    let of_controls = |harness: &Harness<'static, App>| -> Vec<Rect> {
        let rect = |role| harness.query_all_by_role(role).map(|node| node.rect()).collect::<Vec<_>>();
        let all = [Role::Slider, Role::SpinButton, Role::ComboBox].into_iter().flat_map(rect);
        all.filter(|rect| rect.right() < CONTROLS).collect()
    };
    for (role, name, said) in [
        (Role::Slider, "Hidden layers", "Layers with an activation between"),
        (Role::ComboBox, "Activation", "The nonlinearity φ"),
        (Role::ComboBox, "Weights", "The distribution the weights are drawn from"),
        (Role::Slider, "σ", "Standard deviation of the weights."),
        (Role::SpinButton, "Bias", "Click to type a number, or drag."),
        (Role::SpinButton, "Seed", "The same seed draws the same network"),
        (Role::Button, "Reseed", "Draw another network."),
    ] {
        let at = harness.get_by_role_and_label(role, name).rect().center();
        rest_at(&mut harness, at);
        let all = harness.query_all_by_label_contains(said).map(|node| node.rect());
        let tooltip = all.reduce(Rect::union).unwrap_or(Rect::NOTHING);
        assert!(tooltip.width() > 100.0, "{name}: {said}");
        for control in of_controls(&harness) {
            assert!(!tooltip.intersects(control), "{name}: {tooltip:?} covers {control:?}");
        }
        harness.hover_at(pos2(700.0, 5.0));
        harness.run_steps(2);
    }
}

#[test]
fn what_is_said_of_an_entry_of_a_menu_covers_no_other_entry() {
    let said_beside = |harness: &mut Harness<'static, App>, name: &str, said: &str, all: &[Rect]| {
        let at = harness.get_by_role_and_label(Role::Button, name).rect().center();
        rest_at(harness, at);
        let tooltip = harness.get_by_label_contains(said).rect();
        assert!(tooltip.width() > 60.0, "{name}: {tooltip:?}");
        for entry in all {
            assert!(!tooltip.intersects(*entry), "{name}: {tooltip:?} covers {entry:?}");
        }
    };
    // Where there is room to the right of the menu, and where there is none.
    for width in [1280.0, 700.0] {
        let mut harness = opened(width, 720.0, 5);
        harness.get_by_label("View").click();
        harness.run_steps(3);
        let entries = ["Words", "Norms", "Motion", "Cards", "Auto", "Dark", "Present"];
        let rect = |name: &&str| harness.get_by_role_and_label(Role::Button, name).rect();
        let all: Vec<_> = entries.iter().map(rect).collect();
        for (name, said) in [("Norms", "The size of every layer"), ("Motion", "Axes glide"), ("Dark", "Light on dark")]
        {
            said_beside(&mut harness, name, said, &all);
        }
    }
    // Lists behind a button, at the top and among the controls, and a menu there.
    let mut harness = opened(700.0, 720.0, 5);
    for (list, name, said, beside) in [
        ("Quantity", "Gradients", "∂L/∂z", ["Outputs", "Gradients", "Weights"].as_slice()),
        ("Activation", "elu", "alpha · (exp(z) − 1)", ["relu", "elu", "selu"].as_slice()),
        ("Network", "Copy the network for Keras", "Copy a program", ["Copy the network for PyTorch"].as_slice()),
    ] {
        let role = if list == "Network" { Role::Button } else { Role::ComboBox };
        harness.get_by_role_and_label(role, list).click();
        harness.run_steps(3);
        let rect = |name: &&str| harness.get_by_role_and_label(Role::Button, name).rect();
        let all: Vec<_> = beside.iter().map(rect).collect();
        said_beside(&mut harness, name, said, &all);
        press(&mut harness, Key::Escape);
    }
}

#[test]
fn the_first_start_says_where_to_begin_until_something_is_changed() {
    let hint = "← Drag σ, and see what every layer does";
    let mut harness = window();
    let said = harness.get_by_label(hint).rect();
    let last = layer(&harness, 5);
    assert!(said.top() >= last.top() && said.right() <= last.right() + 1.0, "in the corner of the plot: {said:?}");
    press(&mut harness, Key::H);
    harness.get_by_label(hint);
    let slider = harness.get_by_role_and_label(Role::Slider, "σ").rect();
    harness.drag_at(slider.center());
    harness.step();
    harness.hover_at(slider.center() + egui::vec2(20.0, 0.0));
    harness.run_steps(2);
    assert!(harness.query_by_label(hint).is_none(), "while it is dragged");
    harness.drop_at(slider.center() + egui::vec2(20.0, 0.0));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert!(harness.query_by_label(hint).is_none());
    assert!(harness.root().children_recursive().all(|node| node.accesskit_node().label().as_deref() != Some(hint)));
    let mut session = Session::default();
    session.begun = true;
    session.experiment.images = Some(60);
    let build = |cc: &mut eframe::CreationContext<'_>| App::new(&cc.egui_ctx, &session, None).unwrap();
    let mut harness = Harness::builder().with_size([1280.0, 800.0]).build_eframe(build);
    settle(&mut harness);
    assert!(harness.query_by_label(hint).is_none(), "in a later run");
}

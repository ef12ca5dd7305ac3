//! The keyboard alone: what has the focus is seen, Tab goes as people read, Enter keeps the place, sliders move by sensible steps,
//! and Escape closes what is open, the innermost first.

use egui::accesskit::Role;
use egui::{Color32, Key, Modifiers, Rect, Shape, Theme, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::app::App;
use initscope::experiment::{Activation, Initializer, Preset};
use initscope::figure::PlotShape;

use crate::harness::{experiment, opened, press, settle};
use crate::sigma;

/// Views by their keys.
const VIEWS: [Key; 5] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::F9];

/// What has the focus: its role, its name and its place.
fn focused(harness: &Harness<'static, App>) -> Option<(Role, String, Rect)> {
    let focused = harness.root().children_recursive().find(|node| node.accesskit_node().is_focused())?;
    let (node, rect) = (focused.accesskit_node(), focused.rect());
    Some((node.role(), node.label().unwrap_or_default(), rect))
}

fn name_in_focus(harness: &Harness<'static, App>) -> String {
    focused(harness).map(|(_, name, _)| name).unwrap_or_default()
}

/// Every stop of Tab, from the first to the last.
fn stops(harness: &mut Harness<'static, App>) -> Vec<(Role, String, Rect)> {
    let mut stops: Vec<(Role, String, Rect)> = Vec::new();
    loop {
        press(harness, Key::Tab);
        // It may have to be scrolled to.
        harness.step();
        let Some(stop) = focused(harness) else { panic!("Tab leads nowhere after {:?}", stops.last()) };
        if stops.first().is_some_and(|first| (first.0, &first.1) == (stop.0, &stop.1)) {
            return stops;
        }
        assert!(stops.len() < 200, "Tab never comes back to the first");
        stops.push(stop);
    }
}

/// Rectangles that are drawn as lines of a colour, with where they are cut.
fn outlines(harness: &Harness<'static, App>, color: Color32) -> Vec<(Rect, Rect)> {
    let drawn = harness.output().shapes.iter();
    let outline = |clipped: &egui::epaint::ClippedShape| match &clipped.shape {
        Shape::Rect(shape) if shape.stroke.color == color && shape.stroke.width >= 2.0 => {
            Some((shape.rect, clipped.clip_rect))
        }
        _ => None,
    };
    drawn.filter_map(outline).collect()
}

#[test]
fn whatever_has_the_focus_has_a_ring_in_both_themes() {
    for (theme, accent) in
        [(Theme::Light, Color32::from_rgb(0, 106, 168)), (Theme::Dark, Color32::from_rgb(86, 166, 232))]
    {
        let mut harness = opened(1280.0, 720.0, 5);
        harness.ctx.set_theme(theme);
        press(&mut harness, Key::D);
        let mut seen = 0;
        loop {
            press(&mut harness, Key::Tab);
            harness.run_steps(2);
            let (role, name, rect) = focused(&harness).unwrap();
            let is_around = |(ring, clip): &(Rect, Rect)| {
                let near = ring.expand(4.0).contains_rect(rect) && rect.expand(6.0).contains_rect(*ring);
                near && clip.expand(0.5).contains_rect(*ring)
            };
            assert!(
                outlines(&harness, accent).iter().any(is_around),
                "{theme:?}: no ring around {role:?} {name} {rect:?}"
            );
            seen += 1;
            // The layers are the last but the status bar.
            if name.starts_with("layer 5: ") {
                break;
            }
        }
        assert!(seen > 40, "{seen} stops");
    }
}

#[test]
fn nothing_has_a_ring_while_the_pointer_is_used() {
    let mut harness = opened(1280.0, 720.0, 5);
    harness.get_by_role_and_label(Role::Button, "Units").click();
    harness.run_steps(3);
    assert!(outlines(&harness, Color32::from_rgb(86, 166, 232)).is_empty());
    assert!(outlines(&harness, Color32::from_rgb(0, 106, 168)).is_empty());
}

#[test]
fn tab_goes_from_place_to_place_as_they_are_read() {
    let (width, height) = (1280.0, 720.0);
    let mut harness = opened(width, height, 5);
    for view in VIEWS {
        press(&mut harness, view);
        settle(&mut harness);
        press(&mut harness, Key::Escape);
        harness.run_steps(4);
        let stops = stops(&mut harness);
        // The bar at the top, the controls, the centre, the status bar.
        let part = |rect: &Rect| match rect {
            rect if rect.bottom() < 46.0 => 0,
            rect if rect.top() > height - 34.0 => 3,
            rect if rect.right() <= 240.0 && view == VIEWS[0] => 1,
            _ => 2,
        };
        let is_first = |at: &usize| {
            let before = &stops[(at + stops.len() - 1) % stops.len()];
            part(&stops[*at].2) == 0 && part(&before.2) != 0
        };
        let first = (0..stops.len()).find(is_first).unwrap();
        let around: Vec<_> = stops[first..].iter().chain(&stops[..first]).collect();
        for pair in around.windows(2) {
            let ((_, before, from), (_, after, to)) = (pair[0], pair[1]);
            let what = format!("{view:?}: {before} {from:?} comes before {after} {to:?}");
            let (left, right) = (part(from), part(to));
            let is_level = from.y_range().intersection(to.y_range()).span() > 4.0;
            // What was scrolled between the two is hardly on the very same line as before.
            let is_line = is_level && (left != 1 || (from.center().y - to.center().y).abs() < 2.0);
            if left == 0 && right == 0 || left == right && is_line {
                assert!(from.left() < to.left(), "{what}");
            } else if left != 1 || right != 1 {
                // What is scrolled to has moved meanwhile.
                assert!(left < right || left == right && from.top() < to.top(), "{what}");
            }
        }
        let is_in = |wanted: i32| around.iter().any(|(.., rect)| part(rect) == wanted);
        // Between the violins there is nothing to press: keys choose a layer.
        assert!(is_in(0) && (view == VIEWS[0] || is_in(2)), "{view:?}: {} stops", stops.len());
        if view == VIEWS[0] {
            assert!(is_in(1) && stops.len() > 45, "{} stops", stops.len());
            // The controls are the same in every view.
            press(&mut harness, Key::C);
        }
    }
}

#[test]
fn what_tab_leads_to_is_scrolled_into_sight() {
    let mut harness = opened(1280.0, 420.0, 5);
    for (_, name, _) in stops(&mut harness) {
        if name != "More settings" {
            continue;
        }
        harness.get_by_role_and_label(Role::Button, "More settings").focus();
        harness.run_steps(3);
        let (.., rect) = focused(&harness).unwrap();
        assert!(rect.top() > 40.0 && rect.bottom() < 400.0, "{rect:?}");
        return;
    }
    panic!("the last of the controls is not reached");
}

#[test]
fn enter_in_a_list_keeps_the_place() {
    let mut harness = opened(1280.0, 800.0, 5);
    harness.get_by_role_and_label(Role::ComboBox, "Activation").focus();
    harness.step();
    press(&mut harness, Key::Enter);
    harness.run_steps(2);
    assert_eq!(name_in_focus(&harness), "relu", "keys begin at what is chosen");
    press(&mut harness, Key::ArrowDown);
    let next = name_in_focus(&harness);
    press(&mut harness, Key::Enter);
    harness.run_steps(2);
    assert_eq!(experiment(&harness).activation.name(), next);
    assert_ne!(experiment(&harness).activation, Activation::Relu);
    assert_eq!(focused(&harness).map(|(role, name, _)| (role, name)), Some((Role::ComboBox, "Activation".to_owned())));
    // So does Escape, and what was set stays.
    press(&mut harness, Key::Enter);
    harness.run_steps(2);
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::Escape);
    harness.run_steps(2);
    assert_eq!((experiment(&harness).activation.name(), name_in_focus(&harness)), (&*next, "Activation".to_owned()));
}

#[test]
fn enter_in_a_number_keeps_the_place_and_leaves_letters_to_the_window() {
    let mut harness = opened(1280.0, 800.0, 5);
    for text in ["0.2", "0.3"] {
        if text == "0.2" {
            harness.get_by_role_and_label(Role::SpinButton, "σ").focus();
        } else {
            // Typed anew.
            press(&mut harness, Key::Enter);
        }
        harness.run_steps(2);
        harness.get_by_role_and_label(Role::SpinButton, "σ").type_text(text);
        harness.step();
        press(&mut harness, Key::Enter);
        assert_eq!(sigma(experiment(&harness)), text.parse::<f64>().unwrap());
        assert_eq!(focused(&harness).map(|(role, name, _)| (role, name)), Some((Role::SpinButton, "σ".to_owned())));
    }
    press(&mut harness, Key::ArrowUp);
    assert_eq!(sigma(experiment(&harness)), 0.31);
    press(&mut harness, Key::H);
    assert_eq!(harness.state().scene().shown.unwrap().layers.shape, PlotShape::Histogram);
    assert_eq!(harness.get_by_role_and_label(Role::SpinButton, "σ").value().as_deref(), Some("0.310"));
    press(&mut harness, Key::Tab);
    assert_eq!(focused(&harness).map(|(role, name, _)| (role, name)), Some((Role::Slider, "σ".to_owned())));
}

#[test]
fn tab_goes_on_from_where_the_focus_was_lost() {
    let mut harness = opened(1280.0, 800.0, 5);
    harness.get_by_role_and_label(Role::Slider, "Hidden layers").focus();
    harness.step();
    press(&mut harness, Key::Escape);
    assert_eq!(focused(&harness), None);
    press(&mut harness, Key::Tab);
    assert_eq!(
        focused(&harness).map(|(role, name, _)| (role, name)),
        Some((Role::SpinButton, "Units per layer".to_owned()))
    );
    harness.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
    harness.run_steps(2);
    assert_eq!(focused(&harness).map(|(role, name, _)| (role, name)), Some((Role::Slider, "Hidden layers".to_owned())));
}

#[test]
fn sliders_move_by_steps_that_people_would_make() {
    let mut harness = opened(1280.0, 800.0, 300);
    harness.get_by_role_and_label(Role::Slider, "Images").focus();
    harness.run_steps(2);
    let images = |harness: &Harness<'static, App>| experiment(harness).inputs.images;
    for (key, expected) in [
        (Key::ArrowRight, 310),
        (Key::ArrowLeft, 300),
        (Key::ArrowUp, 310),
        (Key::ArrowDown, 300),
        (Key::PageUp, 400),
        (Key::PageDown, 300),
        (Key::End, 10_000),
        (Key::ArrowLeft, 9_900),
        (Key::PageDown, 9_000),
        (Key::Home, 1),
        (Key::ArrowRight, 2),
        (Key::PageUp, 5),
    ] {
        press(&mut harness, key);
        assert_eq!(images(&harness), expected, "{key:?}");
    }
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    harness.run_steps(2);
    assert_eq!(images(&harness), 10);
    harness.get_by_role_and_label(Role::Slider, "Bias").focus();
    harness.run_steps(2);
    for (key, expected) in [(Key::ArrowLeft, -0.01), (Key::PageDown, -0.1), (Key::Home, -1.0), (Key::End, 1.0)] {
        press(&mut harness, key);
        assert_eq!(experiment(&harness).bias, expected, "{key:?}");
    }
    assert_eq!(
        experiment(&harness).initializer,
        Initializer::RandomNormal { mean: 0.0, sigma: 0.1 },
        "nothing else moves"
    );
}

#[test]
fn a_slider_that_was_clicked_is_moved_by_the_same_keys() {
    let mut harness = opened(1280.0, 800.0, 300);
    let track = harness.get_by_role_and_label(Role::Slider, "Bias").rect();
    // A click as short as a frame.
    harness.hover_at(track.left_center() + vec2(0.75 * track.width(), 0.0));
    harness.step();
    harness.drag_at(track.left_center() + vec2(0.75 * track.width(), 0.0));
    harness.drop_at(track.left_center() + vec2(0.75 * track.width(), 0.0));
    harness.run_steps(2);
    assert!((experiment(&harness).bias - 0.5).abs() < 0.05, "{}", experiment(&harness).bias);
    for (key, expected) in
        [(Key::End, 1.0), (Key::PageDown, 0.9), (Key::ArrowLeft, 0.89), (Key::Home, -1.0), (Key::PageUp, -0.9)]
    {
        press(&mut harness, key);
        assert_eq!(experiment(&harness).bias, expected, "{key:?}");
    }
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    harness.run_steps(2);
    assert_eq!(experiment(&harness).bias, -0.8);
}

#[test]
fn escape_closes_the_innermost_first() {
    let mut harness = opened(1280.0, 800.0, 5);
    harness.get_by_role_and_label(Role::Button, "Export").focus();
    harness.step();
    press(&mut harness, Key::Enter);
    harness.run_steps(3);
    let is_open = |harness: &Harness<'static, App>| harness.query_by_label("Export the figure").is_some();
    let list =
        |harness: &Harness<'static, App>| harness.query_by_role_and_label(Role::Button, "High contrast").is_some();
    harness.get_by_role_and_label(Role::ComboBox, "Colours").focus();
    harness.step();
    press(&mut harness, Key::Enter);
    harness.run_steps(2);
    assert!(list(&harness));
    press(&mut harness, Key::Escape);
    harness.run_steps(2);
    assert_eq!((list(&harness), is_open(&harness), name_in_focus(&harness)), (false, true, "Colours".to_owned()));
    harness.get_by_role_and_label(Role::TextInput, "File name").focus();
    harness.run_steps(2);
    press(&mut harness, Key::Escape);
    assert!(is_open(&harness), "a field is left first");
    press(&mut harness, Key::Escape);
    harness.run_steps(2);
    assert_eq!(
        (is_open(&harness), name_in_focus(&harness)),
        (false, "Export".to_owned()),
        "and keys are where they were"
    );
}

#[test]
fn escape_closes_the_palette_and_the_path_of_a_scene_and_gives_the_place_back() {
    let mut harness = opened(1280.0, 800.0, 5);
    harness.get_by_role_and_label(Role::Slider, "Bias").focus();
    harness.step();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
    harness.run_steps(3);
    assert_eq!(name_in_focus(&harness), "Look for");
    press(&mut harness, Key::Escape);
    harness.run_steps(2);
    assert_eq!(name_in_focus(&harness), "Bias");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    harness.run_steps(3);
    assert_eq!(name_in_focus(&harness), "Scene file");
    // From its field, and from elsewhere.
    harness.get_by_role_and_label(Role::Button, "Browse …").focus();
    harness.run_steps(2);
    press(&mut harness, Key::Escape);
    harness.run_steps(2);
    assert!(harness.query_by_role_and_label(Role::TextInput, "Scene file").is_none());
    assert_eq!(name_in_focus(&harness), "Bias");
}

fn type_letters(harness: &mut Harness<'static, App>, letters: &str) {
    for letter in letters.chars() {
        let key = Key::from_name(&letter.to_uppercase().to_string()).unwrap();
        harness.event(egui::Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        });
        harness.event(egui::Event::Text(letter.to_string()));
        harness.run_steps(2);
    }
}

#[test]
fn home_end_pages_and_letters_lead_through_an_open_list_and_mean_nothing_else() {
    let mut harness = opened(1280.0, 800.0, 5);
    let before = experiment(&harness).clone();
    let view = harness.state().scene().shown;
    harness.get_by_role_and_label(Role::ComboBox, "Activation").focus();
    harness.step();
    press(&mut harness, Key::Enter);
    harness.run_steps(2);
    let all = Activation::ALL.map(Activation::name);
    for (key, expected) in [(Key::End, all[all.len() - 1]), (Key::Home, all[0])] {
        press(&mut harness, key);
        harness.run_steps(2);
        assert_eq!(name_in_focus(&harness), expected, "{key:?}");
    }
    press(&mut harness, Key::PageDown);
    harness.run_steps(2);
    let far = all.iter().position(|name| *name == name_in_focus(&harness)).unwrap();
    assert!(far > 4, "a page is more than a few lines: {far}");
    press(&mut harness, Key::PageUp);
    harness.run_steps(2);
    assert_eq!(name_in_focus(&harness), all[0]);
    // What is typed begins the name, and the same letter again goes to the next.
    for (typed, expected) in [("se", "selu"), ("", ""), ("t", "tanh"), ("", ""), ("r", "relu"), ("r", "relu6")] {
        if typed.is_empty() {
            // After a while what is typed begins anew.
            harness.run_steps(90);
            continue;
        }
        type_letters(&mut harness, typed);
        assert_eq!(name_in_focus(&harness), expected, "{typed}");
    }
    let (.., rect) = focused(&harness).unwrap();
    assert!(rect.top() > 0.0 && rect.bottom() < 800.0, "it is in sight: {rect:?}");
    assert_eq!((experiment(&harness), harness.state().scene().shown), (&before, view), "R does not reseed meanwhile");
    press(&mut harness, Key::Enter);
    harness.run_steps(2);
    assert_eq!(experiment(&harness).activation.name(), "relu6");
    assert_eq!(name_in_focus(&harness), "Activation");
}

#[test]
fn home_and_end_lead_through_the_menu_and_the_presets_too() {
    let mut harness = opened(1280.0, 800.0, 5);
    harness.get_by_role_and_label(Role::Button, "View").focus();
    harness.step();
    press(&mut harness, Key::Enter);
    harness.run_steps(2);
    for (key, expected) in [(Key::End, "Present"), (Key::Home, "Lessons …")] {
        press(&mut harness, key);
        assert_eq!(name_in_focus(&harness), expected, "{key:?}");
    }
    press(&mut harness, Key::Escape);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run_steps(3);
    press(&mut harness, Key::End);
    harness.run_steps(2);
    let last = Preset::all().pop().unwrap().title;
    assert!(name_in_focus(&harness).starts_with(last), "{}", name_in_focus(&harness));
    type_letters(&mut harness, "van");
    assert!(name_in_focus(&harness).starts_with("Vanishing gradients"), "{}", name_in_focus(&harness));
}

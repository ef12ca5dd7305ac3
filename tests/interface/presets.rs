//! Presets in a grid: reached in every way, told in words, shown in small by measurement, and looked at so that they show what
//! they say.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use initscope::app::App;
use initscope::experiment::Preset;
use initscope::figure::{PlotShape, Quantity, Scale, ViewName};

use crate::harness::{choose_preset, experiment, opened, press, settle, type_number, window};

/// What the control of the presets says.
fn said(harness: &Harness<'static, App>) -> String {
    harness.get_by_role_and_label(Role::ComboBox, "Preset").value().unwrap()
}

fn is_open(harness: &Harness<'static, App>) -> bool {
    harness.query_by_label_contains("Vanishing gradients. ").is_some()
}

fn by_key(harness: &mut Harness<'static, App>) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run_steps(3);
}

#[test]
fn nothing_chosen_reads_as_an_invitation_and_a_preset_by_its_title() {
    let mut harness = opened(1280.0, 800.0, 5);
    assert_eq!(said(&harness), "Choose an experiment");
    choose_preset(&mut harness, "selu_lecun");
    assert_eq!(said(&harness), "SELU’s fixed point");
    type_number(&mut harness, "Images", "5");
    assert_eq!(said(&harness), "SELU’s fixed point");
    harness.get_by_label("changed");
}

#[test]
fn the_grid_has_a_card_with_title_and_sentence_for_every_preset() {
    for (width, height) in [(640.0, 480.0), (1280.0, 720.0), (1920.0, 1080.0)] {
        let mut harness = opened(width, height, 5);
        by_key(&mut harness);
        let mut cards = Vec::new();
        for preset in Preset::all() {
            let name = format!("{}. {}", preset.title, preset.summary);
            let card = harness.get_by_role_and_label(Role::Button, &name).rect();
            assert!(card.left() >= 0.0 && card.right() <= width, "{name}: {card:?}");
            assert!(cards.iter().all(|other: &egui::Rect| !other.shrink(1.0).intersects(card)), "{name}");
            cards.push(card);
        }
    }
}

#[test]
fn it_is_opened_by_its_control_by_a_key_and_from_the_palette_and_left_by_escape() {
    let mut harness = opened(1280.0, 800.0, 5);
    let before = experiment(&harness).clone();
    harness.get_by_role_and_label(Role::ComboBox, "Preset").click();
    harness.run_steps(3);
    assert!(is_open(&harness));
    press(&mut harness, Key::Escape);
    assert!(!is_open(&harness));
    by_key(&mut harness);
    assert!(is_open(&harness));
    by_key(&mut harness);
    assert!(!is_open(&harness));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::TextInput, "Look for").type_text("from the presets");
    harness.run_steps(2);
    press(&mut harness, Key::Enter);
    harness.run_steps(2);
    assert!(is_open(&harness));
    press(&mut harness, Key::Escape);
    assert!(!is_open(&harness));
    assert_eq!(*experiment(&harness), before, "nothing was chosen");
}

#[test]
fn arrow_keys_go_from_card_to_card_and_enter_takes_one() {
    let mut harness = opened(1280.0, 800.0, 5);
    by_key(&mut harness);
    let focused = |harness: &Harness<'static, App>| {
        let nodes = harness.root().children_recursive();
        let focused = nodes.into_iter().find(|node| node.accesskit_node().is_focused());
        focused.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
    };
    let presets = Preset::all();
    assert!(focused(&harness).starts_with(presets[0].title), "{}", focused(&harness));
    press(&mut harness, Key::ArrowRight);
    press(&mut harness, Key::ArrowRight);
    assert!(focused(&harness).starts_with(presets[2].title), "{}", focused(&harness));
    press(&mut harness, Key::ArrowLeft);
    press(&mut harness, Key::Enter);
    harness.run_steps(2);
    assert!(!is_open(&harness));
    assert_eq!(*experiment(&harness), presets[1].experiments[0], "σ did not move meanwhile");
}

#[test]
fn a_card_that_keys_go_to_comes_into_sight() {
    let mut harness = opened(640.0, 480.0, 5);
    by_key(&mut harness);
    for _ in 0..Preset::all().len() / 2 {
        press(&mut harness, Key::ArrowDown);
        harness.run_steps(20);
    }
    let nodes = harness.root().children_recursive();
    let card = nodes.into_iter().find(|node| node.accesskit_node().is_focused()).unwrap();
    let all = Preset::all();
    let last = &all[(all.len() - 1) / 2 * 2];
    assert!(card.accesskit_node().label().unwrap().starts_with(last.title), "two cards stand side by side");
    let note = harness.get_by_label_contains("Every picture is measured").rect();
    assert!(card.rect().bottom() <= note.top() + 1.0, "{:?} {note:?}", card.rect());
}

#[test]
fn vanishing_gradients_open_as_gradients_with_their_norms() {
    let mut harness = window();
    press(&mut harness, Key::H);
    let before = harness.state().scene();
    choose_preset(&mut harness, "vanishing_sigmoid");
    settle(&mut harness);
    let view = harness.state().figure().unwrap().view;
    assert_eq!((view.quantity, view.shape, view.scale), (Quantity::Gradients, PlotShape::Violin, Scale::Log));
    // One chart says the size of the gradient in every layer.
    harness.get_by_label_contains("layer 30: gradients from ");
    assert!(harness.state().scene().shown.unwrap().panels.norms);
    // What was looked at before comes back with what was set.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(2);
    assert_eq!(harness.state().scene(), before);
}

#[test]
fn a_preset_is_looked_at_in_its_own_view_whatever_was_there_before() {
    let mut harness = opened(1280.0, 800.0, 5);
    for key in [Key::G, Key::M, Key::L, Key::Num2] {
        press(&mut harness, key);
    }
    choose_preset(&mut harness, "article_relu_he");
    let shown = harness.state().scene().shown.unwrap();
    assert_eq!((shown.view, shown.locked), (ViewName::Layers, false));
    assert_eq!((shown.layers.quantity, shown.layers.scale), (Quantity::Outputs, Scale::Linear));
    // Side by side it becomes one of those that are compared.
    press(&mut harness, Key::F6);
    choose_preset(&mut harness, "article_tanh_glorot");
    assert_eq!(harness.state().scene().shown.unwrap().view, ViewName::Compare);
    assert_eq!(harness.state().compared().len(), 2);
}

#[test]
fn dying_by_bias_opens_where_units_are_dead_and_its_cases_are_named_by_their_biases() {
    let mut harness = window();
    choose_preset(&mut harness, "dying_relu_bias");
    assert_eq!(experiment(&harness).bias, -0.1);
    for (name, bias) in [("0", 0.0), ("−0.05", -0.05), ("−0.1", -0.1)] {
        harness.get_by_role_and_label(Role::Button, name).click();
        harness.step();
        assert_eq!(experiment(&harness).bias, bias);
    }
    press(&mut harness, Key::Comma);
    assert_eq!(experiment(&harness).bias, -0.05);
}

#[test]
fn pictures_are_measured_when_the_grid_is_opened_and_say_on_what() {
    let mut harness = opened(1280.0, 800.0, 5);
    by_key(&mut harness);
    // All are measured and painted.
    settle(&mut harness);
    harness.get_by_label_contains("Every picture is measured, on the first 256 images");
    let card = harness.get_by_label_contains("Vanishing gradients. ").rect();
    harness.hover_at(card.center());
    std::thread::sleep(std::time::Duration::from_millis(400));
    harness.run_steps(4);
    harness.get_by_label("The gradients of every layer, on a logarithmic axis, measured on the first 256 images.");
}

#[test]
fn a_preset_of_several_cases_opens_them_side_by_side_until_another_is_chosen() {
    let mut harness = opened(1280.0, 800.0, 5);
    let subjects = |name: &str| -> Vec<_> {
        Preset::named(name).unwrap().experiments.iter().map(initscope::subject::Subject::from).collect()
    };
    let view = |harness: &Harness<'static, App>| harness.state().scene().shown.unwrap().view;
    for name in ["article_tanh", "cs231n_tanh"] {
        choose_preset(&mut harness, name);
        assert_eq!((view(&harness), harness.state().compared()), (ViewName::Compare, subjects(name)));
    }
    // The next case is the next panel, and no panel changes.
    press(&mut harness, Key::Period);
    assert_eq!(*experiment(&harness), Preset::named("cs231n_tanh").unwrap().experiments[1]);
    assert_eq!(harness.state().compared(), subjects("cs231n_tanh"));
    // One of a single network is looked at alone, and so is the article's case.
    choose_preset(&mut harness, "article_relu_he");
    assert_eq!((view(&harness), harness.state().compared()), (ViewName::Layers, subjects("article_relu_he")));
    choose_preset(&mut harness, "article_relu");
    // On a linear axis, outputs that explode would leave nothing of the others.
    assert_eq!(harness.state().scene().shown.unwrap().layers.scale, Scale::Symlog);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::N);
    harness.run_steps(2);
    assert_eq!((view(&harness), harness.state().compared().len()), (ViewName::Layers, 1));
    // All of it is undone.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(2);
    assert_eq!((view(&harness), harness.state().compared()), (ViewName::Compare, subjects("article_relu")));
}

#[test]
fn a_preset_of_a_training_brings_it_and_begins_it() {
    let mut harness = opened(1280.0, 800.0, 5);
    choose_preset(&mut harness, "train_zeros");
    let scene = harness.state().scene();
    assert_eq!(scene.shown.unwrap().view, ViewName::Training);
    let training = scene.training.unwrap();
    assert_eq!((training.learning_rate, training.batch, training.epochs), (Some(vec![0.1]), Some(128), Some(3)));
    assert!(harness.state().is_racing());
    // A few networks side by side are racers.
    choose_preset(&mut harness, "keras_or_pytorch");
    assert_eq!(harness.state().entrants().len(), 2);
    assert_eq!(harness.state().scene().shown.unwrap().view, ViewName::Training);
    // One that is measured shows no training.
    choose_preset(&mut harness, "article_relu_he");
    assert_eq!(harness.state().scene().shown.unwrap().view, ViewName::Layers);
}

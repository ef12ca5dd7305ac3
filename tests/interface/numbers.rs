//! Numbers in the controls: typed, pasted, dragged, or moved with arrow keys or the wheel, they are the same.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use initscope::app::App;
use initscope::experiment::{Experiment, Meaning};
use initscope::figure::PlotShape;

use crate::harness::{choose, click, experiment, opened, press, type_number};

/// A number in the controls: its name, two texts and what they mean, and where it stands in the experiment.
struct Number {
    name: &'static str,
    texts: [(&'static str, f64); 2],
    of: fn(&Experiment) -> f64,
}

const NUMBERS: [Number; 8] = [
    Number { name: "Images", texts: [("1,000", 1000.0), ("20", 20.0)], of: |it| it.inputs.images as f64 },
    Number { name: "Hidden layers", texts: [("3", 3.0), ("2.0", 2.0)], of: |it| it.widths.len() as f64 },
    Number {
        name: "Units per layer",
        texts: [("25", 25.0), ("7", 7.0)],
        of: |it| it.uniform_width().unwrap_or(0) as f64,
    },
    Number { name: "σ", texts: [("0,28", 0.28), ("1.5e-1", 0.15)], of: |it| number(it, Meaning::Sigma) },
    Number {
        name: "Weight mean μ", texts: [("0,001", 0.001), ("−0.05", -0.05)], of: |it| number(it, Meaning::Mean)
    },
    Number { name: "Bias", texts: [("-0,005", -0.005), ("1.234,5", 1234.5)], of: |it| it.bias },
    Number { name: "Spread of the biases", texts: [("0,001", 0.001), (".5", 0.5)], of: |it| it.bias_std },
    Number {
        name: "Seed",
        texts: [("4.294.967.295", 4_294_967_295.0), ("1’234", 1234.0)],
        of: |it| f64::from(it.seed),
    },
];

fn number(experiment: &Experiment, meaning: Meaning) -> f64 {
    experiment.initializer.number(meaning).unwrap()
}

/// Tall enough for all controls.
fn window() -> Harness<'static, App> {
    let mut harness = opened(1280.0, 1400.0, 5);
    press(&mut harness, Key::D);
    harness
}

/// Begins to type into a number.
fn focus(harness: &mut Harness<'static, App>, name: &str) {
    harness.get_by_role_and_label(Role::SpinButton, name).click();
    harness.run_steps(2);
}

#[test]
fn every_number_can_be_typed_and_pasted() {
    let mut harness = window();
    for Number { name, texts, of } in NUMBERS {
        for (text, value) in texts {
            type_number(&mut harness, name, text);
            harness.step();
            assert_eq!(of(experiment(&harness)), value, "{name}: typed {text}");
        }
        let (text, value) = texts[0];
        focus(&mut harness, name);
        harness.event(Event::Paste(format!(" {text}\n")));
        harness.run_steps(2);
        press(&mut harness, Key::Enter);
        assert_eq!(of(experiment(&harness)), value, "{name}: pasted {text}");
    }
}

#[test]
fn every_number_moves_with_arrow_keys_and_with_the_wheel_while_it_is_typed() {
    let mut harness = window();
    for Number { name, texts, of } in NUMBERS {
        type_number(&mut harness, name, texts[1].0);
        focus(&mut harness, name);
        press(&mut harness, Key::ArrowDown);
        let down = of(experiment(&harness));
        assert!(down < texts[1].1, "{name}: {down}");
        press(&mut harness, Key::ArrowUp);
        let up = of(experiment(&harness));
        // Steps of fractions are hundredths of the value, rounded.
        assert!(up > down && (up - texts[1].1).abs() <= 0.02 * up.abs(), "{name}: {up}");
        let at = harness.get_by_role_and_label(Role::SpinButton, name).rect().center();
        harness.hover_at(at);
        harness.step();
        harness.event(wheel(1.0));
        harness.run_steps(3);
        let turned = of(experiment(&harness));
        assert!(turned > up, "{name}: {turned}");
        assert_eq!(harness.get_by_role_and_label(Role::SpinButton, name).rect().center().y, at.y, "nothing scrolls");
        press(&mut harness, Key::Escape);
        // Over a number that nobody types the wheel moves none.
        harness.hover_at(at);
        harness.event(wheel(1.0));
        harness.run_steps(3);
        assert_eq!(of(experiment(&harness)), turned, "{name}");
    }
}

fn wheel(lines: f32) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Line,
        delta: vec2(0.0, lines),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    }
}

#[test]
fn every_number_can_be_dragged() {
    let mut harness = window();
    for Number { name, texts, of } in NUMBERS {
        type_number(&mut harness, name, texts[1].0);
        harness.run_steps(2);
        let at = harness.get_by_role_and_label(Role::SpinButton, name).rect().center();
        harness.drag_at(at);
        harness.step();
        for x in [10.0, 20.0] {
            harness.hover_at(at + vec2(x, 0.0));
            harness.step();
        }
        harness.drop_at(at + vec2(20.0, 0.0));
        harness.run_steps(2);
        assert!(of(experiment(&harness)) > texts[1].1, "{name}");
    }
}

/// From zero a slider's arrow keys went nowhere where it stops at zero.
#[test]
fn arrow_keys_lead_a_slider_away_from_where_it_stops() {
    let mut harness = window();
    for (name, of) in NUMBERS[4..7].iter().map(|number| (number.name, number.of)) {
        type_number(&mut harness, name, "0");
        harness.get_by_role_and_label(Role::Slider, name).focus();
        harness.step();
        press(&mut harness, Key::ArrowRight);
        assert!(of(experiment(&harness)) > 0.0, "{name}");
    }
}

#[test]
fn parameters_of_initializers_and_activations_take_a_decimal_comma_too() {
    let mut harness = window();
    choose(&mut harness, "Weights", "he_normal");
    type_number(&mut harness, "Gain on σ", "1,005");
    assert_eq!(number(experiment(&harness), Meaning::Gain), 1.005);
    choose(&mut harness, "Weights", "random_uniform");
    type_number(&mut harness, "maxval", "0,5");
    choose(&mut harness, "Activation", "leaky_relu");
    type_number(&mut harness, "slope", "0,01");
    let experiment = experiment(&harness);
    assert_eq!(experiment.initializer.to_string(), "random_uniform(maxval=0.5)");
    assert_eq!(experiment.activation.to_string(), "leaky_relu(slope=0.01)");
}

#[test]
fn a_number_that_is_refused_is_said_and_stays_to_be_typed_over() {
    for (name, text, said) in [
        ("σ", "h1", "“h1” cannot be used: σ takes a number, 0 or more"),
        ("Images", "0,5", "“0,5” cannot be used: Images takes a whole number from 1 to 10,000"),
        ("Hidden layers", "101", "“101” cannot be used: Hidden layers takes a whole number from 1 to 100"),
    ] {
        let mut harness = window();
        let before = experiment(&harness).clone();
        type_number(&mut harness, name, text);
        harness.run_steps(2);
        assert_eq!(*experiment(&harness), before, "{name}");
        harness.get_by_label_contains(said);
        let field = harness.get_by_role_and_label(Role::SpinButton, name);
        assert!(field.is_focused(), "{name}");
        assert_eq!(field.value().as_deref(), Some(text), "{name}");
        // What is typed next replaces it, and is no shortcut.
        field.type_text("5");
        harness.step();
        press(&mut harness, Key::Num0);
        assert_eq!(harness.get_by_role_and_label(Role::SpinButton, name).value().as_deref(), Some("5"), "{name}");
        assert_eq!(*experiment(&harness), before, "{name}");
        assert_eq!(harness.state().scene().layers_view().unwrap().shape, PlotShape::Violin);
    }
}

/// The field reported what it was left with again, so that the sentence never went.
#[test]
fn what_was_refused_is_no_longer_said_when_something_else_is_clicked() {
    const SAID: &str = "“abc” cannot be used";
    let mut harness = window();
    type_number(&mut harness, "σ", "abc");
    harness.run_steps(2);
    harness.get_by_label_contains(SAID);
    let reseed = harness.get_by_role_and_label(Role::Button, "Reseed").rect().center();
    click(&mut harness, reseed);
    harness.run_steps(3);
    assert_ne!(experiment(&harness).seed, Experiment::article().seed, "it was clicked");
    assert!(harness.query_by_label_contains(SAID).is_none());
    // Typed anew it is refused anew.
    type_number(&mut harness, "σ", "abc");
    harness.run_steps(2);
    harness.get_by_label_contains(SAID);
}

/// 1,024 in a list of widths is 1 and 024, which nobody means.
#[test]
fn a_width_with_its_thousands_apart_is_refused() {
    let mut harness = window();
    let mut enter = |text: &str| {
        harness.get_by_role_and_label(Role::TextInput, "Units of each layer").focus();
        harness.step();
        harness.key_combination_modifiers(Modifiers::COMMAND, &[Key::A]);
        harness.step();
        harness.get_by_role_and_label(Role::TextInput, "Units of each layer").type_text(text);
        harness.step();
        press(&mut harness, Key::Enter);
        let field = harness.get_by_role_and_label(Role::TextInput, "Units of each layer");
        (experiment(&harness).widths.clone(), field.is_focused(), field.value())
    };
    assert_eq!(enter("12; 7, 5"), (vec![12, 7, 5], false, Some("12, 7, 5".to_owned())));
    assert_eq!(enter("1,024"), (vec![12, 7, 5], true, Some("1,024".to_owned())));
    // A click elsewhere leaves it.
    click(&mut harness, egui::pos2(800.0, 20.0));
    let field = harness.get_by_role_and_label(Role::TextInput, "Units of each layer");
    assert!(!field.is_focused());
    assert_eq!(field.value().as_deref(), Some("12, 7, 5"));
}

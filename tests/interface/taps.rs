//! Sliders that are tapped.

use egui::accesskit::Role;
use egui::{Event, Modifiers, PointerButton, vec2};
use egui_kittest::kittest::Queryable as _;
use initscope::experiment::Experiment;

use crate::harness::{experiment, opened};

/// Fast machines and touchpads send both at once.
#[test]
fn a_slider_is_set_where_it_is_pressed_and_let_go_in_one_frame() {
    let mut harness = opened(1280.0, 800.0, 300);
    for (name, part, of, expected) in [
        ("Bias", 0.75, (|it| it.bias) as fn(&Experiment) -> f64, 0.5),
        ("Hidden layers", 1.0, |it| it.widths.len() as f64, 100.0),
    ] {
        let track = harness.get_by_role_and_label(Role::Slider, name).rect();
        let pos = track.left_center() + vec2(part * track.width() - 1.0, 0.0);
        let events = &mut harness.input_mut().events;
        events.push(Event::PointerMoved(pos));
        for pressed in [true, false] {
            let modifiers = Modifiers::NONE;
            events.push(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers });
        }
        harness.run_steps(2);
        let value = of(experiment(&harness));
        assert!((value - expected).abs() < 0.05, "{name}: {value}");
        assert!(harness.get_by_role_and_label(Role::Slider, name).is_focused(), "{name}");
    }
}

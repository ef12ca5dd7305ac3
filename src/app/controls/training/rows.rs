use std::ops::RangeInclusive;

use egui::{Align, Layout, RichText, Ui};

use crate::app::controls::hover_beside::HoverBeside as _;
use crate::app::controls::number_field::NumberField;
use crate::app::controls::row::{SliderRow, bare};
use crate::app::controls::wanted;
use crate::app::lesson::lit;
use crate::app::theme::colors;
use crate::number;

/// Numbers of a training are computed with f32.
pub const LARGEST: f64 = f32::MAX as f64;

/// A whole number that a slider sets; more can be typed.
pub fn whole_row(ui: &mut Ui, (label, hover): (&str, &str), slider: RangeInclusive<u64>, most: u64, value: u64) -> u64 {
    let (least, end) = (*slider.start() as f64, *slider.end() as f64);
    let row = SliderRow {
        label,
        hover,
        range: least..=end,
        typed: least..=most as f64,
        logarithmic: true,
        whole: true,
        stop: None,
        written: |value| number::count(value as u64),
    };
    let mut number = value as f64;
    row.ui(ui, &mut number);
    number.round() as u64
}

/// A number that is only typed.
pub fn number_row(ui: &mut Ui, (name, hover): (&str, &str), typed: RangeInclusive<f64>, whole: bool, value: &mut f64) {
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new(name).color(colors(ui.visuals()).quiet)).hover_beside(ui, hover);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            bare(ui);
            let speed = if whole { 1.0 } else { (value.abs() * 0.01).max(1e-9) };
            let written: fn(f64) -> String = if whole { |value| number::count(value as u64) } else { number::plain };
            let field = NumberField { name, range: typed, whole, speed, written, around: ("", "") };
            let field = field.ui(ui, value).labelled_by(label.id);
            wanted::focus_text(name, &field, &written(*value));
            lit::ring_ui(ui, name, field.rect);
        });
    });
}

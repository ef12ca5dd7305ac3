use std::cell::RefCell;
use std::ops::RangeInclusive;

use egui::{DragValue, Event, Key, MouseWheelUnit, Response, Ui};

use super::hover_beside::HoverBeside as _;
use super::key_steps::KeySteps;
use super::number_rest::{rest, resting_ui, rests};
use super::refused::refuse;
use crate::number;

/// A number that is typed, pasted, dragged, or moved with arrow keys or the wheel while it is being typed: all of them set the
/// same value, within the same range.
pub struct NumberField<'a> {
    /// What it is called, where a typed text is refused.
    pub name: &'a str,
    /// What it may be.
    pub range: RangeInclusive<f64>,
    /// Only whole numbers.
    pub whole: bool,
    /// What a point of a drag, and a step of the arrow keys, adds to it; 1 or more of whole numbers.
    pub speed: f64,
    /// How it is written.
    pub written: fn(f64) -> String,
    /// What stands before and after it.
    pub around: (&'a str, &'a str),
}

impl NumberField<'_> {
    /// Shows it. A text that is no such number is said and, after Enter, stays to be mended.
    pub fn ui(self, ui: &mut Ui, value: &mut f64) -> Response {
        let hover = self.hover();
        self.edit_ui(ui, value).hover_beside(ui, hover)
    }

    /// The same without a hover.
    pub fn edit_ui(self, ui: &mut Ui, value: &mut f64) -> Response {
        let (exact, shown) = (*value, (self.written)(*value));
        if rests(ui, ui.next_auto_id()) {
            let steps = KeySteps { range: self.range.clone(), logarithmic: true, whole: self.whole };
            let field = resting_ui(ui, &shown, self.around, &steps, value);
            self.turn(ui, &field, value);
            return field;
        }
        let refused = RefCell::new(None);
        // What was shown and left as it was keeps its last digits.
        let parse = |text: &str| {
            if text == shown {
                return Some(exact);
            }
            let read = if self.whole { number::read_whole(text) } else { number::read(text) };
            let number = read.filter(|number| self.range.contains(number));
            if number.is_none() {
                *refused.borrow_mut() = Some(text.to_owned());
            }
            number
        };
        let mut field = DragValue::new(value)
            .range(self.range.clone())
            .speed(self.speed)
            .update_while_editing(false)
            .max_decimals(if self.whole { 0 } else { 12 })
            .custom_formatter(|value, _| (self.written)(value))
            .custom_parser(parse);
        if !self.around.0.is_empty() {
            field = field.prefix(self.around.0);
        }
        if !self.around.1.is_empty() {
            field = field.suffix(self.around.1);
        }
        let field = ui.add(field);
        if let Some(text) = refused.into_inner() {
            refuse(ui, &field, &text, self.refusal(&text));
        } else if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            rest(&field);
        }
        self.turn(ui, &field, value);
        if self.whole {
            *value = value.round();
        }
        field
    }

    /// The wheel over a number that is being typed moves it by steps, and leaves what is around it where it is.
    fn turn(&self, ui: &Ui, field: &Response, value: &mut f64) {
        if !field.has_focus() || !field.hovered() {
            return;
        }
        let lines: f32 = ui.input_mut(|input| {
            input.smooth_scroll_delta.y = 0.0;
            let turned = input.events.iter().map(|event| match event {
                Event::MouseWheel { unit: MouseWheelUnit::Point, delta, .. } => delta.y / POINTS_OF_A_LINE,
                Event::MouseWheel { delta, .. } => delta.y,
                _ => 0.0,
            });
            turned.sum()
        });
        if lines == 0.0 {
            return;
        }
        // Touchpads turn by parts of a line.
        let id = field.id.with("turned");
        let turned = lines + ui.data(|data| data.get_temp::<f32>(id)).unwrap_or_default();
        ui.data_mut(|data| data.insert_temp(id, turned.fract()));
        let there = (*value + self.speed * f64::from(turned.trunc())).clamp(*self.range.start(), *self.range.end());
        // Without the rounding of the sum.
        *value = if self.whole { there } else { format!("{there:.3e}").parse().unwrap_or(there) };
    }

    /// What can be done with it.
    pub fn hover(&self) -> String {
        let marks = if self.whole {
            "10,000 and 10.000 are ten thousand."
        } else {
            "A comma is a decimal comma: 0,28 is 0.28."
        };
        format!("Click to type a number, or drag. {marks}")
    }

    /// Why a typed text is not used.
    fn refusal(&self, text: &str) -> String {
        let (low, high) = (*self.range.start(), *self.range.end());
        let number = if self.whole { "a whole number" } else { "a number" };
        // Limits that are f32's are not worth a word.
        let huge = f64::from(f32::MAX);
        let range = match (low <= -huge, high >= huge) {
            (true, true) => number.to_owned(),
            _ if high == 1.0_f64.next_down() => format!("{number}, {} or more and below 1", number::plain(low)),
            (false, true) => format!("{number}, {} or more", number::plain(low)),
            _ => format!("{number} from {} to {}", (self.written)(low), (self.written)(high)),
        };
        format!("“{text}” cannot be used: {} takes {range}", self.name)
    }
}

/// How far a touchpad turns for a line of a wheel.
const POINTS_OF_A_LINE: f32 = 30.0;

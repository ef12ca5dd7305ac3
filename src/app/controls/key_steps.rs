use std::ops::RangeInclusive;

use egui::accesskit::Action;
use egui::{Context, EventFilter, Id, Key, Response, Ui};

use crate::app::commands::SigmaStep;

/// How keys move a number: arrow keys by a step, with Shift, Page Up and Page Down by a large one, Home and End to the ends.
#[derive(Clone, Debug)]
pub struct KeySteps {
    /// From where to where.
    pub range: RangeInclusive<f64>,
    /// Equal ratios are equal ways.
    pub logarithmic: bool,
    /// Only whole numbers.
    pub whole: bool,
}

/// A key's way.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Move {
    Step { up: bool, far: bool },
    Start,
    End,
}

impl KeySteps {
    /// Where the keys that were pressed move a number that has the focus, or a screen reader moves it; `None` of no such key.
    pub fn moved(&self, ui: &Ui, control: &Response, value: f64) -> Option<f64> {
        let moves = moves(ui, control);
        let there = moves.iter().fold(value, |value, key| self.after(value, *key));
        (!moves.is_empty()).then_some(there)
    }

    fn after(&self, value: f64, key: Move) -> f64 {
        let (low, high) = (*self.range.start(), *self.range.end());
        match key {
            Move::Start => low,
            Move::End => high,
            // What was typed may lie beyond.
            Move::Step { up: true, far } => self.next(value, true, far).min(high.max(value)),
            Move::Step { up: false, far } => self.next(value, false, far).max(low.min(value)),
        }
    }

    /// Numbers of either sign go through 0 where they are as small as this.
    fn near_zero(&self) -> f64 {
        if self.whole { 1.0 } else { 0.01 }
    }

    /// The next of numbers that may be below 0: by the digits of their size, and by ones or hundredths around 0.
    fn through_zero(&self, value: f64, up: bool, far: bool) -> f64 {
        let near = self.near_zero();
        if value > -near || value == -near && up {
            return multiple(value, near, up);
        }
        let mirrored = Self { range: 0.0..=-self.range.start(), ..self.clone() };
        -mirrored.next(-value, !up, far)
    }

    /// The next number in a direction that people would say.
    fn next(&self, value: f64, up: bool, far: bool) -> f64 {
        if !self.logarithmic {
            let (low, high) = (*self.range.start(), *self.range.end());
            let reach = low.abs().max(high.abs());
            return multiple(value, if far { reach / 10.0 } else { reach / 100.0 }, up);
        }
        let near = self.near_zero();
        if *self.range.start() < 0.0 && (value < near || value == near && !up) {
            return self.through_zero(value, up, far);
        }
        let step = match (up, far) {
            (true, false) => SigmaStep::Up,
            (false, false) => SigmaStep::Down,
            (true, true) => SigmaStep::FarUp,
            (false, true) => SigmaStep::FarDown,
        };
        let is_small = if up { value < 10.0 } else { value <= 10.0 };
        match (self.whole, far) {
            (true, true) if is_small => multiple(value, 5.0, up),
            (true, false) if up => step.from(value).round().max(value + 1.0),
            (true, false) => step.from(value).round().min(value - 1.0),
            _ => step.from(value),
        }
    }
}

/// The next multiple of a unit, without the rounding of the product.
fn multiple(value: f64, unit: f64, up: bool) -> f64 {
    let units = value / unit;
    let next = if up { (units + CLOSE).floor() + 1.0 } else { (units - CLOSE).ceil() - 1.0 };
    format!("{:.9e}", next * unit).parse().unwrap_or(value)
}

/// What is so near to a multiple is one.
const CLOSE: f64 = 1e-6;

/// Whether what has the focus is a control that Page Up, Page Down and Home move whatever else they mean.
pub fn takes_page_keys(ctx: &Context) -> bool {
    is_focused(ctx, key()) && !is_moved_by_hand(ctx)
}

/// Has keys move a slider that a hand has moved, as if keys had led there. Those that the window has a use for, such as the pages of
/// a lesson, do what they do with nothing in focus: nobody went there by keys.
pub fn take_keys(slider: &Response) {
    slider.request_focus();
    slider.ctx.data_mut(|data| data.insert_temp(by_hand(), slider.id));
}

/// Whether what has the focus is a slider that a hand has moved.
pub fn is_moved_by_hand(ctx: &Context) -> bool {
    is_focused(ctx, by_hand())
}

fn is_focused(ctx: &Context, which: Id) -> bool {
    let focused = ctx.memory(egui::Memory::focused);
    focused.is_some() && focused == ctx.data(|data| data.get_temp::<Id>(which))
}

fn by_hand() -> Id {
    Id::unique("slider that a hand has moved")
}

fn key() -> Id {
    Id::unique("control that page keys move")
}

fn moves(ui: &Ui, control: &Response) -> Vec<Move> {
    let mut moves = Vec::new();
    let mut add = |count: usize, key: Move| moves.extend(std::iter::repeat_n(key, count));
    let step = |up, far| Move::Step { up, far };
    if control.has_focus() {
        let arrows = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(control.id, arrows));
        ui.data_mut(|data| data.insert_temp(key(), control.id));
        ui.input(|input| {
            let far = input.modifiers.shift;
            let keys = [
                (Key::ArrowRight, step(true, far)),
                (Key::ArrowUp, step(true, far)),
                (Key::ArrowLeft, step(false, far)),
                (Key::ArrowDown, step(false, far)),
                (Key::PageUp, step(true, true)),
                (Key::PageDown, step(false, true)),
                (Key::Home, Move::Start),
                (Key::End, Move::End),
            ];
            for (key, key_move) in keys {
                add(input.num_presses(key), key_move);
            }
        });
    }
    for (action, up) in [(Action::Increment, true), (Action::Decrement, false)] {
        add(ui.input(|input| input.num_accesskit_action_requests(control.id, action)), step(up, false));
    }
    moves
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(steps: &KeySteps, from: f64, up: bool, far: bool, count: usize) -> Vec<f64> {
        let next = |value: &f64| Some(steps.after(*value, Move::Step { up, far }));
        std::iter::successors(Some(from), next).skip(1).take(count).collect()
    }

    #[test]
    fn whole_numbers_move_by_their_second_digit_and_far_by_their_first() {
        let images = KeySteps { range: 1.0..=10_000.0, logarithmic: true, whole: true };
        assert_eq!(walk(&images, 10_000.0, false, false, 2), [9_900.0, 9_800.0]);
        assert_eq!(walk(&images, 98.0, true, false, 4), [99.0, 100.0, 110.0, 120.0]);
        assert_eq!(walk(&images, 3.0, false, false, 4), [2.0, 1.0, 1.0, 1.0]);
        assert_eq!(walk(&images, 1.0, true, true, 5), [5.0, 10.0, 20.0, 30.0, 40.0]);
        assert_eq!(walk(&images, 20.0, false, true, 4), [10.0, 5.0, 1.0, 1.0]);
        assert_eq!(walk(&images, 9_500.0, true, true, 2), [10_000.0, 10_000.0]);
    }

    #[test]
    fn an_even_range_has_a_hundred_steps_on_each_side() {
        let bias = KeySteps { range: -1.0..=1.0, logarithmic: false, whole: false };
        assert_eq!(walk(&bias, 0.0, true, false, 2), [0.01, 0.02]);
        assert_eq!(walk(&bias, 0.013, false, false, 3), [0.01, 0.0, -0.01]);
        assert_eq!(walk(&bias, 0.07, true, true, 2), [0.1, 0.2]);
        assert_eq!(walk(&bias, -0.95, false, true, 2), [-1.0, -1.0]);
    }

    #[test]
    fn a_number_of_any_size_goes_through_zero() {
        let typed = KeySteps { range: -1e30..=1e30, logarithmic: true, whole: false };
        assert_eq!(walk(&typed, 0.02, false, false, 3), [0.019, 0.018, 0.017]);
        assert_eq!(walk(&typed, 0.01, false, false, 4), [0.0, -0.01, -0.011, -0.012]);
        assert_eq!(walk(&typed, -0.011, true, false, 4), [-0.01, 0.0, 0.01, 0.011]);
        assert_eq!(walk(&typed, -25.0, false, true, 2), [-30.0, -40.0]);
        let whole = KeySteps { whole: true, ..typed };
        assert_eq!(walk(&whole, 2.0, false, false, 4), [1.0, 0.0, -1.0, -2.0]);
    }

    #[test]
    fn a_number_that_was_typed_beyond_the_range_stays_until_it_moves_back() {
        let sigma = KeySteps { range: 0.01..=2.0, logarithmic: true, whole: false };
        assert_eq!(walk(&sigma, 5.0, true, false, 1), [5.0]);
        assert_eq!(walk(&sigma, 5.0, false, false, 1), [4.9]);
        assert_eq!([sigma.after(5.0, Move::Start), sigma.after(5.0, Move::End)], [0.01, 2.0]);
    }
}

use std::cell::RefCell;
use std::ops::RangeInclusive;

use egui::Tooltip;
use egui::{
    Align, Color32, ComboBox, DragValue, Layout, Pos2, Rect, RectAlign, Response, RichText, Sense, Slider,
    SliderClamping, Stroke, StrokeKind, TextEdit, Ui, lerp, pos2,
};

use crate::app::notice;
use crate::app::theme::{self, colors};
use crate::number;

/// A number that a slider and a typed value set.
pub struct SliderRow<'a> {
    /// What stands before it.
    pub label: &'a str,
    /// What it is, on hover.
    pub hover: &'a str,
    /// What the slider reaches.
    pub range: RangeInclusive<f64>,
    /// What can be typed.
    pub typed: RangeInclusive<f64>,
    /// Equal ratios are equal ways.
    pub logarithmic: bool,
    /// Only whole numbers.
    pub whole: bool,
    /// How the value is written.
    pub written: fn(f64) -> String,
}

impl SliderRow<'_> {
    /// Shows label and value in a line, and the slider under them; returns the slider.
    pub fn ui(self, ui: &mut Ui, value: &mut f64) -> Response {
        let label = ui
            .horizontal(|ui| {
                let label =
                    ui.label(RichText::new(self.label).color(colors(ui.visuals()).quiet)).on_hover_text(self.hover);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    bare(ui);
                    let speed = if self.whole { 1.0 } else { (value.abs() * 0.01).max(1e-4) };
                    let (exact, shown) = (*value, (self.written)(*value));
                    let refused = RefCell::new(None);
                    // What was shown and left as it was keeps its last digits.
                    let parse = |text: &str| {
                        if text == shown {
                            return Some(exact);
                        }
                        let number = parse(text).filter(|number| self.typed.contains(number));
                        if number.is_none() {
                            *refused.borrow_mut() = Some(self.refusal(text));
                        }
                        number
                    };
                    let typed = DragValue::new(value)
                        .range(self.typed.clone())
                        .speed(speed)
                        .update_while_editing(false)
                        .max_decimals(if self.whole { 0 } else { 12 })
                        .custom_formatter(|value, _| (self.written)(value))
                        .custom_parser(parse);
                    let typed = ui.add(typed).labelled_by(label.id).on_hover_text("Click to type a number, or drag.");
                    if let Some(sentence) = refused.into_inner() {
                        notice::say(ui, sentence);
                    }
                    // A short number is hit beside it, too.
                    let beside = typed.rect.with_min_x(typed.rect.right() - HIT_WIDTH).with_max_x(typed.rect.left());
                    if beside.is_positive() && ui.interact(beside, typed.id.with("beside"), Sense::click()).clicked() {
                        typed.request_focus();
                    }
                });
                label
            })
            .inner;
        let (range, logarithmic) = (self.range.clone(), self.logarithmic);
        let slider = ui.scope(|ui| {
            ui.spacing_mut().slider_width = ui.available_width();
            ui.spacing_mut().interact_size.y = SLIDER_HEIGHT;
            let mut slider = Slider::new(value, self.range)
                .logarithmic(self.logarithmic)
                .clamping(SliderClamping::Never)
                .smart_aim(self.whole)
                .show_value(false);
            if self.whole {
                slider = slider.integer();
            }
            ui.add(slider).labelled_by(label.id)
        });
        let slider = slider.inner;
        if slider.changed() && !self.whole {
            *value = three_digits(*value);
        }
        handle(ui, &slider, pos2(position(slider.rect, &range, logarithmic, *value), slider.rect.center().y));
        slider.on_hover_text(self.hover)
    }
}

impl SliderRow<'_> {
    /// Why a typed text is not used.
    fn refusal(&self, text: &str) -> String {
        let (low, high) = (*self.typed.start(), *self.typed.end());
        // Limits that are f32's are not worth a word.
        let huge = f64::from(f32::MAX);
        let range = match (low <= -huge, high >= huge) {
            (true, true) => "a number".to_owned(),
            (false, true) => format!("a number, {} or more", number::plain(low)),
            _ => format!("a number from {} to {}", (self.written)(low), (self.written)(high)),
        };
        format!("“{text}” is not used: {} takes {range}", self.label)
    }
}

/// Width of what can be clicked to type a number.
const HIT_WIDTH: f32 = 64.0;

/// What a hand can set is no finer than this.
fn three_digits(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}

const SLIDER_HEIGHT: f32 = 16.0;

/// Paints the slider's handle in the accent's colour, over egui's, which has the rail's.
fn handle(ui: &Ui, slider: &Response, center: Pos2) {
    let colors = colors(ui.visuals());
    let radius = SLIDER_HEIGHT / 2.5 + if slider.hovered() || slider.dragged() { 1.0 } else { 0.0 };
    let ring = if slider.has_focus() { colors.text } else { colors.panel };
    ui.painter().circle(center, radius, colors.accent, Stroke::new(2.0, ring));
}

/// Where a slider has a value on the screen; values beyond its range are at its ends.
pub fn position(slider: Rect, range: &RangeInclusive<f64>, logarithmic: bool, value: f64) -> f32 {
    let scaled = |value: f64| if logarithmic { value.ln() } else { value };
    let (low, high) = (scaled(*range.start()), scaled(*range.end()));
    let part = if high > low { ((scaled(value) - low) / (high - low)).clamp(0.0, 1.0) } else { 0.0 };
    // egui keeps the handle's radius free at both ends.
    let reach = slider.x_range().shrink(slider.height() / 2.5);
    lerp(reach.min..=reach.max, part as f32)
}

/// A whole number that a slider and a typed value set.
pub fn whole_ui(
    ui: &mut Ui,
    label: &str,
    hover: &str,
    range: &RangeInclusive<usize>,
    logarithmic: bool,
    value: &mut usize,
) -> Response {
    let range = *range.start() as f64..=*range.end() as f64;
    let written = |value: f64| number::count(value as u64);
    let row = SliderRow { label, hover, range: range.clone(), typed: range.clone(), logarithmic, whole: true, written };
    let mut number = *value as f64;
    let response = row.ui(ui, &mut number);
    *value = number.round().clamp(*range.start(), *range.end()) as usize;
    response
}

/// A number that is only typed.
pub fn number_ui(ui: &mut Ui, label: &str, hover: &str, typed: RangeInclusive<f64>, value: &mut f64) {
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new(label).color(colors(ui.visuals()).quiet)).on_hover_text(hover);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            bare(ui);
            let speed = (value.abs() * 0.01).max(1e-4);
            let typed = DragValue::new(value)
                .range(typed)
                .speed(speed)
                .update_while_editing(false)
                .max_decimals(12)
                .custom_formatter(|value, _| number::plain(value))
                .custom_parser(parse);
            ui.add(typed).labelled_by(label.id).on_hover_text("Click to type a number, or drag.");
        });
    });
}

/// One of several names; returns the one that was just picked.
pub fn choice_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    label: &str,
    hover: &str,
    chosen: (T, &str),
    choices: &[(T, &str, &str)],
) -> Option<T> {
    let names: Vec<_> = choices.iter().map(|&(choice, name, _)| (choice, name)).collect();
    let about = |picked: T| {
        let about = choices.iter().find(|(choice, ..)| *choice == picked);
        about.map_or_else(String::new, |(.., about)| (*about).to_owned())
    };
    grouped_choice_ui(ui, label, || hover.to_owned(), chosen, &[("", names)], about)
}

/// One of several names under headings (none where it is empty); returns the one that was just picked.
/// Hovers are only written when they are looked at.
pub fn grouped_choice_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    label: &str,
    hover: impl Fn() -> String,
    chosen: (T, &str),
    groups: &[(&str, Vec<(T, &str)>)],
    about: impl Fn(T) -> String,
) -> Option<T> {
    let label = ui.label(RichText::new(label).color(colors(ui.visuals()).quiet));
    combo_ui(ui, label, hover, chosen, groups, about)
}

/// The same under a label that is there already.
pub fn combo_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    label: Response,
    hover: impl Fn() -> String,
    chosen: (T, &str),
    groups: &[(&str, Vec<(T, &str)>)],
    about: impl Fn(T) -> String,
) -> Option<T> {
    let quiet = colors(ui.visuals()).quiet;
    let hover_ui = |ui: &mut Ui| drop(ui.label(hover()));
    let label = label.on_hover_ui(hover_ui);
    let mut picked = None;
    let combo =
        ComboBox::from_id_salt(label.id).width(ui.available_width()).height(LIST_HEIGHT).selected_text(chosen.1);
    let response = combo.show_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.spacing_mut().button_padding.y = 2.0;
        for (heading, choices) in groups {
            if !heading.is_empty() {
                ui.label(RichText::new(*heading).font(theme::semibold(11.0)).color(quiet));
            }
            for &(choice, name) in choices {
                let response = ui.selectable_label(choice == chosen.0, name);
                // Beside the list, not over its next entries.
                let mut tooltip = Tooltip::for_enabled(&response);
                tooltip.popup = tooltip.popup.align(RectAlign::RIGHT_START).gap(12.0);
                tooltip.show(|ui| ui.label(about(choice)));
                if response.clicked() {
                    picked = Some(choice);
                    // A pointer closes it by itself, a screen reader does not.
                    ui.close();
                }
            }
        }
    });
    response.response.labelled_by(label.id).on_hover_ui(hover_ui);
    picked
}

/// A list taller than this scrolls.
const LIST_HEIGHT: f32 = 360.0;

/// A line of text, framed in the accent's colour while somebody types.
pub fn field_ui(ui: &mut Ui, text: &mut String, hint: &str) -> Response {
    let field = ui.add(TextEdit::singleline(text).hint_text(hint).desired_width(f32::INFINITY));
    if field.has_focus() {
        let accent = Stroke::new(1.0, colors(ui.visuals()).accent);
        ui.painter().rect_stroke(field.rect, 5.0, accent, StrokeKind::Inside);
    }
    field
}

/// A typed value without a frame, in the heavier face.
pub fn bare(ui: &mut Ui) {
    let text = ui.visuals().widgets.inactive.fg_stroke.color;
    let style = ui.style_mut();
    style.drag_value_text_style = egui::TextStyle::Name("value".into());
    style.text_styles.insert(egui::TextStyle::Name("value".into()), theme::semibold(13.0));
    style.spacing.button_padding = egui::Vec2::ZERO;
    style.spacing.interact_size.x = 0.0;
    let inactive = &mut style.visuals.widgets.inactive;
    inactive.weak_bg_fill = Color32::TRANSPARENT;
    inactive.bg_stroke = Stroke::NONE;
    inactive.fg_stroke.color = text;
}

/// A number as people type it: `0.1`, `10,000`, `1e-3`, `1×10⁹`, with either minus sign; nothing else.
fn parse(text: &str) -> Option<f64> {
    const SUPERSCRIPTS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let plain: String = text
        .replace("×10", "e")
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != ',')
        .map(|letter| match letter {
            '−' | '⁻' => '-',
            letter => SUPERSCRIPTS
                .chars()
                .position(|superscript| superscript == letter)
                .and_then(|digit| char::from_digit(digit as u32, 10))
                .unwrap_or(letter),
        })
        .collect();
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn what_is_shown_can_be_typed() {
        assert_eq!(parse("10,000"), Some(10_000.0));
        assert_eq!(parse("−0.05"), Some(-0.05));
        assert_eq!(parse("1×10⁹"), Some(1e9));
        assert_eq!(parse("2.5×10⁻⁷"), Some(2.5e-7));
    }

    #[test]
    fn letters_are_no_number() {
        assert_eq!([parse("abc"), parse(""), parse("1.2.3"), parse("inf"), parse("nan")], [None; 5]);
    }
}

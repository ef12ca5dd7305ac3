use std::ops::RangeInclusive;

use egui::{
    Align, Button, Color32, ComboBox, Event, FontId, Layout, PointerButton, Pos2, Rangef, Rect, Response, RichText,
    Sense, Slider, SliderClamping, Stroke, TextEdit, TextStyle, Ui, lerp, pos2, vec2,
};

use super::hover_beside::{HoverBeside as _, row_hover};
use super::key_steps::{KeySteps, take_keys};
use super::number_field::NumberField;
use super::wanted;
use crate::app::lesson::lit;
use crate::app::lists::{entry_ui, keep_place};
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
    /// Where the slider stops when the pointer is so near, which arrow keys and typed numbers do not.
    pub stop: Option<(f64, f64)>,
    /// How the value is written.
    pub written: fn(f64) -> String,
}

impl SliderRow<'_> {
    /// Shows label and value in a line, and the slider under them; returns the slider.
    pub fn ui(self, ui: &mut Ui, value: &mut f64) -> Response {
        self.ui_with(ui, value, 0.0, |_| {})
    }

    /// The same over marks that are so high, which belong to the row, and with something more behind the label.
    pub fn ui_with(self, ui: &mut Ui, value: &mut f64, marks: f32, beside: impl FnOnce(&mut Ui)) -> Response {
        let between = ui.spacing().item_spacing.y;
        let line = ui.horizontal(|ui| {
            let label = ui.label(RichText::new(self.label).color(colors(ui.visuals()).quiet));
            beside(ui);
            let number = ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                bare(ui);
                let field = NumberField {
                    name: self.label,
                    range: self.typed.clone(),
                    whole: self.whole,
                    speed: if self.whole { 1.0 } else { (value.abs() * 0.01).max(1e-4) },
                    written: self.written,
                    around: ("", ""),
                };
                let hover = field.hover();
                let typed = field.edit_ui(ui, value).labelled_by(label.id);
                // A short number is hit beside it, too.
                let beside = typed.rect.with_min_x(typed.rect.right() - HIT_WIDTH).with_max_x(typed.rect.left());
                wanted::focus_text(self.label, &typed, &(self.written)(*value));
                if beside.is_positive() && ui.interact(beside, typed.id.with("beside"), Sense::CLICK).clicked() {
                    typed.request_focus();
                }
                (typed, hover)
            });
            (label, number.inner)
        });
        let (label, (number, number_hover)) = line.inner;
        let (range, logarithmic) = (self.range.clone(), self.logarithmic);
        let before = *value;
        let steps_back = lit::steps_back(ui, self.label);
        // A row is nearer to itself than to the next.
        ui.add_space(WITHIN_ROW - between);
        let slider = ui.scope(|ui| {
            ui.spacing_mut().slider_width = ui.available_width();
            ui.spacing_mut().interact_size.y = SLIDER_HEIGHT;
            if steps_back {
                ui.visuals_mut().selection.bg_fill = colors(ui.visuals()).quiet;
            }
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
        let mut slider = slider.inner;
        if slider.clicked() || slider.drag_stopped() {
            take_keys(&slider);
        }
        let steps = KeySteps { range: range.clone(), logarithmic, whole: self.whole };
        if let Some(there) = steps.moved(ui, &slider, before) {
            *value = there;
            slider.mark_changed();
        } else if let Some(at) = tapped_at(ui, &slider) {
            let there = value_at(slider.rect, &range, logarithmic, at);
            *value = if self.whole { there.round() } else { three_digits(there) };
            slider.mark_changed();
            take_keys(&slider);
        } else if slider.changed() && !self.whole {
            *value = three_digits(*value);
        }
        if let Some((stop, near)) = self.stop
            && slider.is_pointer_button_down_on()
            && (*value - stop).abs() < near
        {
            *value = stop;
        }
        let at = position(slider.rect, &range, logarithmic, *value);
        let color = if steps_back { colors(ui.visuals()).quiet } else { colors(ui.visuals()).accent };
        handle_in(ui, &slider, pos2(at, slider.rect.center().y), color);
        let row = line.response.rect.union(slider.rect);
        let row = row.with_max_y(row.bottom() + marks);
        lit::ring_ui(ui, self.label, row);
        for (part, hover) in [(&label, self.hover), (&number, &*number_hover), (&slider, self.hover)] {
            row_hover(ui, part, row, |ui| drop(ui.label(hover)));
        }
        slider
    }
}

/// Between label and slider.
const WITHIN_ROW: f32 = 2.0;

/// Width of what can be clicked to type a number.
const HIT_WIDTH: f32 = 64.0;

/// What a hand can set is no finer than this.
fn three_digits(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}

pub const SLIDER_HEIGHT: f32 = 16.0;

/// Paints the slider's handle in the accent's colour, over egui's, which has the rail's.
pub fn handle(ui: &Ui, slider: &Response, center: Pos2) {
    handle_in(ui, slider, center, colors(ui.visuals()).accent);
}

/// The same in another colour.
fn handle_in(ui: &Ui, slider: &Response, center: Pos2, color: Color32) {
    let radius = SLIDER_HEIGHT / 2.5 + if slider.hovered() || slider.dragged() { 1.0 } else { 0.0 };
    ui.painter().circle(center, radius, color, Stroke::new(2.0, colors(ui.visuals()).panel));
}

/// Where a slider has a value on the screen; values beyond its range are at its ends.
pub fn position(slider: Rect, range: &RangeInclusive<f64>, logarithmic: bool, value: f64) -> f32 {
    let scaled = |value: f64| if logarithmic { value.ln() } else { value };
    let (low, high) = (scaled(*range.start()), scaled(*range.end()));
    let part = if high > low { ((scaled(value) - low) / (high - low)).clamp(0.0, 1.0) } else { 0.0 };
    let reach = reach(slider);
    lerp(reach.min..=reach.max, part as f32)
}

/// Where a handle can be: egui keeps its radius free at both ends.
fn reach(slider: Rect) -> Rangef {
    slider.x_range().shrink(slider.height() / 2.5)
}

/// The value at a place of a slider: what [`position`] is of.
pub fn value_at(slider: Rect, range: &RangeInclusive<f64>, logarithmic: bool, at: f32) -> f64 {
    let reach = reach(slider);
    let part = f64::from(((at - reach.min) / (reach.max - reach.min)).clamp(0.0, 1.0));
    let (low, high) = (*range.start(), *range.end());
    let between = |low: f64, high: f64| (1.0 - part) * low + part * high;
    match part {
        0.0 => low,
        1.0 => high,
        _ if logarithmic => between(low.ln(), high.ln()).exp(),
        _ => between(low, high),
    }
}

/// Where a slider was tapped: pressed and let go within one frame, in which its own way of being dragged sees nothing.
pub fn tapped_at(ui: &Ui, slider: &Response) -> Option<f32> {
    if !slider.enabled() || !slider.contains_pointer() || slider.is_pointer_button_down_on() {
        return None;
    }
    ui.input(|input| {
        let at = |is_press: bool| {
            input.events.iter().find_map(|event| match event {
                Event::PointerButton { pos, button: PointerButton::Primary, pressed, .. } => {
                    (*pressed == is_press && slider.rect.contains(*pos)).then_some(pos.x)
                }
                _ => None,
            })
        };
        at(true).and(at(false))
    })
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
    whole_ui_with(ui, (label, hover), range, logarithmic, value, |_| {})
}

/// The same with something more behind the label.
pub fn whole_ui_with(
    ui: &mut Ui,
    (label, hover): (&str, &str),
    range: &RangeInclusive<usize>,
    logarithmic: bool,
    value: &mut usize,
    beside: impl FnOnce(&mut Ui),
) -> Response {
    let range = *range.start() as f64..=*range.end() as f64;
    let written = |value: f64| number::count(value as u64);
    let row = SliderRow {
        label,
        hover,
        range: range.clone(),
        typed: range.clone(),
        logarithmic,
        whole: true,
        stop: None,
        written,
    };
    let mut number = *value as f64;
    let response = row.ui_with(ui, &mut number, 0.0, beside);
    *value = number.round().clamp(*range.start(), *range.end()) as usize;
    response
}

/// A number that is only typed.
pub fn number_ui(ui: &mut Ui, name: &str, hover: &str, typed: RangeInclusive<f64>, value: &mut f64) {
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new(name).color(colors(ui.visuals()).quiet)).hover_beside(ui, hover);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            bare(ui);
            let speed = (value.abs() * 0.01).max(1e-4);
            let (whole, written, around) = (false, number::plain, ("", ""));
            NumberField { name, range: typed, whole, speed, written, around }.ui(ui, value).labelled_by(label.id);
        });
        lit::ring_ui(ui, name, ui.min_rect());
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
    let both_ui = |ui: &mut Ui| {
        let named = ui.label(RichText::new(label).color(colors(ui.visuals()).quiet));
        combo_ui(ui, (named, label), hover, chosen, groups, about)
    };
    ui.scope(|ui| {
        ui.spacing_mut().button_padding.x = COMBO_PADDING;
        let names = groups.iter().flat_map(|(_, choices)| choices.iter().map(|(_, name)| *name));
        if !stands_beside(ui, label, names) {
            return both_ui(ui);
        }
        // The label stands at the height of the list's text.
        ui.spacing_mut().interact_size.y =
            ui.text_style_height(&TextStyle::Button) + 2.0 * ui.spacing().button_padding.y;
        ui.horizontal(both_ui).inner
    })
    .inner
}

/// Beside the text of a list.
const COMBO_PADDING: f32 = 6.0;

/// Whether a list has room beside its label, whatever is chosen of it: what stands under it does not move.
fn stands_beside<'a>(ui: &Ui, label: &str, names: impl Iterator<Item = &'a str>) -> bool {
    let width = |text: &str, style: TextStyle| {
        let galley = ui.painter().layout_no_wrap(text.to_owned(), style.resolve(ui.style()), Color32::PLACEHOLDER);
        galley.size().x
    };
    let spacing = ui.spacing();
    let widest = names.map(|name| width(name, TextStyle::Button)).fold(0.0, f32::max);
    let list = widest + 2.0 * spacing.button_padding.x + spacing.icon_spacing + spacing.icon_width;
    width(label, TextStyle::Body) + spacing.item_spacing.x + list <= ui.available_width()
}

/// The same beside or under a label that is there already.
fn combo_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    (label, name): (Response, &str),
    hover: impl Fn() -> String,
    chosen: (T, &str),
    groups: &[(&str, Vec<(T, &str)>)],
    about: impl Fn(T) -> String,
) -> Option<T> {
    let quiet = colors(ui.visuals()).quiet;
    let mut picked = None;
    // A second line would move all that is under it.
    let combo = ComboBox::from_id_salt(label.id).truncate();
    let combo = combo.width(ui.available_width()).height(LIST_HEIGHT).selected_text(chosen.1);
    let response = combo.show_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.spacing_mut().button_padding.y = 2.0;
        for (heading, choices) in groups {
            if !heading.is_empty() {
                ui.label(RichText::new(*heading).font(theme::semibold(11.0)).color(quiet));
            }
            for &(choice, name) in choices {
                let response = entry_ui(ui, choice == chosen.0, name);
                row_hover(ui, &response, response.rect, |ui| drop(ui.label(about(choice))));
                if response.clicked() {
                    picked = Some(choice);
                    // A pointer closes it by itself, a screen reader does not.
                    ui.close();
                }
            }
        }
    });
    wanted::focus(name, &response.response);
    lit::ring_ui(ui, name, response.response.rect);
    keep_place(&response.response);
    let combo = response.response.labelled_by(label.id);
    for part in [&label, &combo] {
        row_hover(ui, part, label.rect.union(combo.rect), |ui| drop(ui.label(hover())));
    }
    picked
}

/// A list taller than this scrolls.
const LIST_HEIGHT: f32 = 360.0;

/// A line of text.
pub fn field_ui(ui: &mut Ui, text: &mut String, hint: &str) -> Response {
    ui.add(TextEdit::singleline(text).hint_text(hint).desired_width(f32::INFINITY))
}

/// A button that says one thing after another, as wide as the longest of them: what stands beside it does not move.
pub fn steady_button<'a>(ui: &Ui, said: &'a str, all: &[&str], font: FontId) -> Button<'a> {
    let width = |text: &&str| {
        let text = ui.painter().layout_no_wrap((*text).to_owned(), font.clone(), Color32::PLACEHOLDER);
        text.size().x + 2.0 * ui.spacing().button_padding.x
    };
    let widest = all.iter().map(width).fold(0.0, f32::max).ceil();
    Button::new(RichText::new(said).font(font)).min_size(vec2(widest, 0.0))
}

/// A typed value without a frame, in the heavier face.
pub fn bare(ui: &mut Ui) {
    let text = ui.visuals().widgets.inactive.fg_stroke.color;
    let style = ui.style_mut();
    style.drag_value_text_style = TextStyle::Name("value".into());
    style.text_styles.insert(TextStyle::Name("value".into()), theme::semibold(13.0));
    style.spacing.button_padding = egui::Vec2::ZERO;
    style.spacing.interact_size.x = 0.0;
    let inactive = &mut style.visuals.widgets.inactive;
    inactive.weak_bg_fill = Color32::TRANSPARENT;
    inactive.bg_stroke = Stroke::NONE;
    inactive.fg_stroke.color = text;
}

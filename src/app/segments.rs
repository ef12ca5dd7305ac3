//! Buttons in one frame, and lists behind a button: each offers actions and returns the one that was clicked.

use egui::{Button, Color32, ComboBox, CornerRadius, Frame, RichText, Stroke, Ui};

use super::at_right::at_right_ui;
use super::commands::Action;
use super::controls::hover_beside::HoverBeside as _;
use super::lesson::lit;
use super::lists::{entry_ui, keep_place};
use super::theme::colors;

/// A list taller than this scrolls.
const LIST_HEIGHT: f32 = 400.0;

/// Lists opened by a button with its name, what it says, what it says to those who hear it, and what it is about; returns what
/// was clicked.
pub fn menu_ui(
    ui: &mut Ui,
    (name, text, value, about): (&str, &str, &str, &str),
    lists: &[&[(&str, &str, Action)]],
    chosen: &[Action],
) -> Option<Action> {
    let text_color = colors(ui.visuals()).text;
    let mut clicked = None;
    let list = ComboBox::from_id_salt(name)
        .width(0.0)
        .height(LIST_HEIGHT)
        .selected_text(RichText::new(text).color(text_color));
    let shown = list.show_ui(ui, |ui| {
        for (place, list) in lists.iter().enumerate() {
            if place > 0 {
                ui.separator();
            }
            for &(label, hover, action) in *list {
                let entry = entry_ui(ui, chosen.contains(&action), label);
                if entry.hover_beside(ui, with_key(ui, hover, action)).clicked() {
                    clicked = Some(action);
                    // A pointer closes it by itself, a screen reader does not.
                    ui.close();
                }
            }
        }
    });
    keep_place(&shown.response);
    ui.ctx().accesskit_node_builder(shown.response.id, |node| node.set_value(value));
    shown.response.accessible_name(name).on_hover_text(about);
    clicked
}

/// What a hover text says of an action, with its key.
fn with_key(ui: &Ui, hover: &str, action: Action) -> String {
    action.key(ui).map_or_else(|| hover.to_owned(), |key| format!("{hover} Key: {key}"))
}

/// Buttons in one frame, the chosen ones filled; returns the one that was clicked.
pub fn segments_ui(ui: &mut Ui, segments: &[(&str, &str, Action)], chosen: &[Action]) -> Option<Action> {
    if ui.layout().prefer_right_to_left() {
        let name = segments.first().map_or("", |(name, ..)| name);
        return at_right_ui(ui, name, |ui| segments_ui(ui, segments, chosen));
    }
    let colors = *colors(ui.visuals());
    // A frame does not know beforehand how wide it will be.
    if ui.layout().main_wrap() && ui.available_size_before_wrap().x < width_of(ui, segments) {
        ui.end_row();
    }
    let mut clicked = None;
    let frame = Frame::new().fill(colors.paper).stroke((1.0, colors.line)).corner_radius(CornerRadius::same(6));
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for &(label, hover, action) in segments {
            let selected = chosen.contains(&action);
            let color = if selected { colors.on_accent } else { colors.quiet };
            let button = Button::new(RichText::new(label).color(color))
                .fill(if selected { colors.accent } else { Color32::TRANSPARENT })
                .stroke(Stroke::NONE)
                .corner_radius(CornerRadius::same(5))
                .selected(selected);
            let hover = with_key(ui, hover, action);
            let button = ui.add(button);
            lit::ring_of_action_ui(ui, action, button.rect);
            if button.on_hover_text(hover).clicked() {
                clicked = Some(action);
            }
        }
    });
    clicked
}

/// How wide buttons in one frame are.
pub fn width_of(ui: &Ui, segments: &[(&str, &str, Action)]) -> f32 {
    let font = egui::TextStyle::Button.resolve(ui.style());
    let button = |(label, ..): &(&str, &str, Action)| {
        let text = ui.painter().layout_no_wrap((*label).to_owned(), font.clone(), Color32::PLACEHOLDER);
        // Without a line around it, a button is narrower by that.
        text.size().x + 2.0 * (ui.spacing().button_padding.x - 1.0)
    };
    segments.iter().map(button).sum::<f32>() + 2.0
}

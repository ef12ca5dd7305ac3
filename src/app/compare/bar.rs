use egui::{Button, Rect, RichText, Ui, UiBuilder};

use super::{SLOTS, letter};
use crate::app::App;
use crate::app::action::Action;
use crate::app::theme::{self, colors};
use crate::figure::{Arrange, Headline};

impl App {
    /// The letters, what tells them apart, and what can be done with them.
    pub(super) fn slots_ui(&mut self, ui: &mut Ui, line: Rect) {
        let place = UiBuilder::new().max_rect(line).layout(egui::Layout::left_to_right(egui::Align::Min));
        let clicked = ui.scope_builder(place, |ui| {
            ui.set_clip_rect(ui.clip_rect().intersect(line.expand2(egui::vec2(0.0, 6.0))));
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.spacing_mut().button_padding = egui::vec2(7.0, 2.0);
            let letters = self.letters_ui(ui);
            letters.or(self.slot_buttons_ui(ui))
        });
        if let Some(action) = clicked.inner {
            self.act(ui, action);
        }
    }

    fn letters_ui(&self, ui: &mut Ui) -> Option<Action> {
        if !self.comparison.is_on() {
            return None;
        }
        let (all, told) = (self.compared(), self.told_apart());
        let mut clicked = None;
        for (place, (experiment, told)) in all.iter().zip(told).enumerate() {
            let letter = letter(place);
            let is_present = place == self.comparison.place();
            let (color, fill) = if is_present {
                (colors(ui.visuals()).on_accent, colors(ui.visuals()).accent)
            } else {
                (colors(ui.visuals()).text, colors(ui.visuals()).panel)
            };
            let short: String = told.chars().take(22).collect();
            let label = if short.is_empty() { letter.to_string() } else { format!("{letter}  {short}") };
            let text = RichText::new(label).font(theme::semibold(12.5)).color(color);
            let button = ui.add(Button::new(text).fill(fill).selected(is_present));
            let named = format!("Slot {letter}: {told}");
            button.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_present, &named));
            let key = Action::Slot(place).key(ui).unwrap_or_default();
            let what = if is_present { "This is what the controls set." } else { "Click to go on with it." };
            if button.on_hover_text(format!("{}\n{what} Key: {key}", Headline::of(experiment))).clicked() {
                clicked = Some(Action::Slot(place));
            }
        }
        clicked
    }

    fn slot_buttons_ui(&self, ui: &mut Ui) -> Option<Action> {
        let count = self.comparison.count();
        let mut clicked = None;
        let mut button = |ui: &mut Ui, label: &str, hover: &str, action: Action, is_chosen: bool| {
            let text = RichText::new(label).font(theme::regular(12.5));
            let key = action.key(ui).unwrap_or_default();
            let response = ui.add(Button::new(text).selected(is_chosen));
            if response.on_hover_text(format!("{hover} Key: {key}")).clicked() {
                clicked = Some(action);
            }
        };
        if self.comparison.is_on() {
            ui.add_space(10.0);
        }
        if count < SLOTS {
            let hover = format!(
                "Keeps the present state as {}, and goes on as {}.",
                letter(self.comparison.place()),
                letter(count)
            );
            button(ui, "Pin", &hover, Action::Pin, false);
        }
        if !self.comparison.is_on() {
            if self.cases().len() > 1 {
                let hover = "The cases of this preset or scene side by side, the first four of them.";
                button(ui, "Compare the cases", hover, Action::CompareCases, false);
            }
            return clicked;
        }
        let present = letter(self.comparison.place());
        button(ui, "Swap", &format!("{present} and its neighbour change places."), Action::Swap, false);
        button(ui, "Drop", &format!("Gives up {present}."), Action::Drop, false);
        for place in (0..count).filter(|&place| place != self.comparison.place()) {
            let from = letter(place);
            let hover = format!("Sets {present} to all that is set in {from}.");
            button(ui, &format!("Copy {from}"), &hover, Action::CopyFrom(place), false);
        }
        let is_ghost = self.comparison.arrange == Arrange::Ghost;
        button(ui, "Ghost", "A as an outline behind the others, or a panel of its own.", Action::Ghost, is_ghost);
        clicked
    }
}

use egui::scroll_area::ScrollBarVisibility;
use egui::{Frame, Margin, Panel, RichText, ScrollArea, Ui};

use super::App;
use super::at_right::at_right_ui;
use super::commands::Action;
use super::segments::segments_ui;
use super::theme::{self, ThemeChoice, colors};
use super::views::view;
use crate::figure::ViewName;

/// Below this width the bar goes on in further lines.
const NARROW: f32 = 1240.0;
/// Below this width the window's title is name enough.
const ROOM_FOR_NAME: f32 = 1330.0;
/// Below this width there is no room for lines: it scrolls.
const TINY: f32 = 600.0;

impl App {
    pub(super) fn top_bar_ui(&mut self, ui: &mut Ui) {
        let colors = *colors(ui.visuals());
        let frame = Frame::new().fill(colors.panel).inner_margin(Margin::symmetric(theme::MARGIN, 8));
        let action = Panel::top("top bar").frame(frame).resizable(false).show(ui, |ui| {
            // So that all of it stands in one line of a window of 1280 points, with the longest names of lists.
            ui.spacing_mut().button_padding.x = 8.0;
            if ui.available_width() < TINY {
                let bar = ScrollArea::horizontal().scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden);
                let shown = bar.show(ui, |ui| ui.horizontal(|ui| self.narrow_ui(ui)).inner);
                return shown.inner;
            }
            if ui.available_width() < NARROW {
                let groups = ui.horizontal_wrapped(|ui| {
                    let undo = self.undo_ui(ui);
                    let quantity = undo.or(view(self.shown.view).quantity_ui(self, ui));
                    let picture = view(self.shown.view).picture_ui(self, ui);
                    let panels = self.panels_ui(ui);
                    let theme = self.theme_ui(ui);
                    quantity.or(picture).or(panels).or(theme).or(self.last_buttons_ui(ui))
                });
                return groups.inner;
            }
            ui.horizontal(|ui| {
                if ui.available_width() > ROOM_FOR_NAME {
                    ui.label(RichText::new("initscope").font(theme::semibold(15.0)));
                }
                let undo = self.undo_ui(ui);
                let quantity = undo.or(view(self.shown.view).quantity_ui(self, ui));
                let picture = view(self.shown.view).picture_ui(self, ui);
                let window = at_right_ui(ui, "window", |ui| {
                    let window = self.window_ui(ui);
                    window.or(self.last_buttons_ui(ui))
                });
                quantity.or(picture).or(window)
            })
            .inner
        });
        if let Some(action) = action.inner {
            self.act(ui, action);
        }
    }

    /// In a narrow window what hides the controls comes first.
    fn narrow_ui(&self, ui: &mut Ui) -> Option<Action> {
        let controls = self.panels_ui(ui);
        let quantity = view(self.shown.view).quantity_ui(self, ui);
        let picture = view(self.shown.view).picture_ui(self, ui);
        let undo = self.undo_ui(ui);
        controls.or(quantity).or(picture).or(undo).or(self.theme_ui(ui)).or(self.last_buttons_ui(ui))
    }

    /// What is open, and in which colours.
    fn window_ui(&self, ui: &mut Ui) -> Option<Action> {
        let panels = self.panels_ui(ui);
        panels.or(self.theme_ui(ui))
    }

    fn last_buttons_ui(&self, ui: &mut Ui) -> Option<Action> {
        let buttons = [
            ("Export", "Write the figure in the centre to a file, or copy it to the clipboard.", Action::Export),
            ("?", "All actions with their keys, and whatever can be set, by name.", Action::Palette),
        ];
        let is_open = |action: &Action| match action {
            Action::Export => self.export.is_open(),
            _ => self.palette.is_open(),
        };
        let open: Vec<_> = buttons.iter().map(|(.., action)| *action).filter(is_open).collect();
        segments_ui(ui, &buttons, &open)
    }

    fn theme_ui(&self, ui: &mut Ui) -> Option<Action> {
        segments_ui(
            ui,
            &[
                ("Auto", "Light or dark, like the system.", Action::Theme(ThemeChoice::System)),
                ("Light", "Dark on light, for slides and bright rooms.", Action::Theme(ThemeChoice::Light)),
                ("Dark", "Light on dark.", Action::Theme(ThemeChoice::Dark)),
            ],
            &[Action::Theme(self.theme)],
        )
    }

    fn panels_ui(&self, ui: &mut Ui) -> Option<Action> {
        let panels = [
            ("Controls", "The controls: everything that can be set.", Action::Controls, self.shown.panels.controls),
            (
                "Norms",
                "The size of every layer's gradient, ||∂L/∂z||, by a backward pass, and of its outputs.",
                Action::Norms,
                self.shown.panels.norms,
            ),
            (
                "Activation",
                "The activation and its derivative over a layer's pre-activations, and what they do to the gradient.",
                Action::Activation,
                self.shown.panels.activation,
            ),
            ("Theory", "What mean-field theory says of this network.", Action::Theory, self.shown.panels.theory),
            ("Words", "What there is to see, in one or two sentences.", Action::Words, self.shown.panels.words),
        ];
        // What is beside the layers comes with them; its place is kept, or the others would move from view to view.
        let of_layers = |action| matches!(action, Action::Norms | Action::Words);
        let is_seen = |action| self.shown.view == ViewName::Layers || !of_layers(action);
        let open = panels.iter().filter(|&&(_, _, action, open)| open && is_seen(action));
        let open: Vec<_> = open.map(|(_, _, action, _)| *action).collect();
        segments_ui(ui, &panels.map(|(label, hover, action, _)| (label, hover, action)), &open)
    }
}

use egui::{CentralPanel, Frame, Label, Margin, Rect, Sense, Ui, vec2};

use super::App;
use super::commands::Action;
use super::views::view;
use crate::figure::ViewName;

/// Space left of a plot, for the names of the rows of numbers.
pub const GUTTER: f32 = 84.0;
/// Around what stands in the centre, so that the headline is at the same place in all views.
pub const AROUND: Margin = Margin { left: 8, right: 20, top: 14, bottom: 8 };
/// A narrower centre has no room for any view.
const NARROWEST: f32 = 160.0;
/// Height of the line with the headline.
const HEADLINE: f32 = 28.0;

impl App {
    pub(super) fn centre_ui(&mut self, ui: &mut Ui) {
        let paper = ui.visuals().panel_fill;
        if ui.available_width() < NARROWEST {
            let key = Action::Controls.key(ui).unwrap_or_default();
            let said = format!("No room beside the controls. Key {key} hides them.");
            let frame = Frame::new().fill(paper).inner_margin(8);
            CentralPanel::default().frame(frame).show(ui, |ui| ui.add(Label::new(said).wrap()));
            return;
        }
        // The layers know best where they have a line for that; a line under another view would take its room.
        if !self.presenting.is_on() && self.shown.view != ViewName::Layers {
            self.no_room.unnamed.extend(&self.no_room.beside);
        }
        view(self.shown.view).ui(self, ui);
    }

    /// Shows layers in the centre: those of all that is compared, if these are there.
    pub(super) fn show_layers(&mut self) {
        if self.shown.view != ViewName::Compare {
            self.show_in_centre(ViewName::Layers);
        }
    }

    /// Shows this in the centre; returns whether something else was there.
    pub(super) fn show_in_centre(&mut self, centre: ViewName) -> bool {
        let is_new = self.shown.view != centre;
        if is_new {
            view(centre).open(self);
        }
        self.shown.view = centre;
        is_new
    }

    /// The place of the headline, in the centre's first line: in line with the left edge of what is under it.
    pub(super) fn headline_place(ui: &mut Ui) -> Rect {
        let line = ui.allocate_exact_size(vec2(ui.available_width(), HEADLINE), Sense::hover()).0;
        line.with_min_x((line.left() + GUTTER).min(line.right()))
    }
}

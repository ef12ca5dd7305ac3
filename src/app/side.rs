use egui::{Frame, Margin, Panel, ScrollArea, Ui};

use super::App;
use super::theme::{self, colors};

/// A part of the panel.
type Section = fn(&mut App, &mut Ui);

const WIDTH: f32 = 264.0;
/// The centre is no narrower than this beside it.
const CENTRE: f32 = 280.0;

impl App {
    /// Whether something is in the panel at the right.
    pub(super) fn has_side(&self) -> bool {
        let panels = self.shown.panels;
        panels.activation || panels.theory || self.asks_for_activation() || self.has_verdict()
    }

    /// The panel at the right, if there is something in it: a question about a file, the activation, what theory says, and
    /// a verdict.
    ///
    /// Where it would leave too little to the centre, that says so instead.
    pub(super) fn side_ui(&mut self, ui: &mut Ui) {
        let (activation, theory) = (self.shown.panels.activation, self.shown.panels.theory);
        let (asks, verdict) = (self.asks_for_activation(), self.has_verdict());
        self.no_room.clear();
        if ui.available_width() < WIDTH + CENTRE {
            let panels = [
                (asks, "the choice of an activation"),
                (activation, "Activation"),
                (theory, "Theory"),
                (verdict, "Verdict"),
            ];
            self.no_room.beside.extend(panels.into_iter().filter(|(is_open, _)| *is_open).map(|(_, name)| name));
            return;
        }
        if !self.has_side() {
            return;
        }
        let fill = colors(ui.visuals()).panel;
        let frame = Frame::new().fill(fill).inner_margin(Margin { left: theme::MARGIN, right: 8, top: 14, bottom: 8 });
        Panel::right("side").frame(frame).resizable(false).exact_size(WIDTH).show(ui, |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                ui.set_max_width(WIDTH - 2.0 * f32::from(theme::MARGIN));
                let sections: [(bool, Section); 4] = [
                    (asks, Self::guesses_ui),
                    (activation, |app, ui| app.activation_ui(ui)),
                    (theory, |app, ui| app.theory_ui(ui)),
                    (verdict, Self::verdict_ui),
                ];
                let shown = sections.into_iter().filter(|(is_shown, _)| *is_shown);
                for (place, (_, section_ui)) in shown.enumerate() {
                    if place > 0 {
                        ui.add_space(18.0);
                    }
                    ui.scope(|ui| section_ui(self, ui));
                }
            });
        });
    }
}

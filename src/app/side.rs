use egui::{Frame, Margin, Panel, ScrollArea, Ui};

use super::App;
use super::theme::{self, colors};

const WIDTH: f32 = 264.0;

impl App {
    /// The panel at the right, if there is something in it: the activation, and what theory says.
    pub(super) fn side_ui(&self, ui: &mut Ui) {
        let (activation, theory) = (self.shown.panels.activation, self.shown.panels.theory);
        if !activation && !theory {
            return;
        }
        let fill = colors(ui.visuals()).panel;
        let frame = Frame::new().fill(fill).inner_margin(Margin { left: theme::MARGIN, right: 8, top: 14, bottom: 8 });
        Panel::right("side").frame(frame).resizable(false).exact_size(WIDTH).show(ui, |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                ui.set_max_width(WIDTH - 2.0 * f32::from(theme::MARGIN));
                if activation {
                    self.activation_ui(ui);
                }
                if activation && theory {
                    ui.add_space(18.0);
                }
                if theory {
                    self.theory_ui(ui);
                }
            });
        });
    }
}

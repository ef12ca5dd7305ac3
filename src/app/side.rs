use egui::{Frame, Margin, Panel, ScrollArea, Ui};

use super::App;
use super::theme::{self, colors};

const WIDTH: f32 = 264.0;
/// The centre is no narrower than this beside it.
const CENTRE: f32 = 280.0;

impl App {
    /// The panel at the right, if there is something in it: the activation, and what theory says.
    ///
    /// Where it would leave too little to the centre, that says so instead.
    pub(super) fn side_ui(&mut self, ui: &mut Ui) {
        let (activation, theory) = (self.shown.panels.activation, self.shown.panels.theory);
        self.no_room.clear();
        if ui.available_width() < WIDTH + CENTRE {
            let panels = [(activation, "Activation"), (theory, "Theory")];
            self.no_room.beside.extend(panels.into_iter().filter(|(is_open, _)| *is_open).map(|(_, name)| name));
            return;
        }
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

use egui::{Align, Grid, Id, Label, Layout, RichText, ScrollArea, Ui, vec2};

use crate::app::App;
use crate::app::modal::modal_ui;
use crate::app::sentence::sentence;
use crate::app::theme::{self, colors};
use crate::opened_network::HEADS;

/// Width of the dialog.
const WIDTH: f32 = 820.0;

impl App {
    /// What the weights of a file look like that is no network which could be looked at, layer by layer, over the window.
    pub(in crate::app) fn weights_ui(&mut self, ui: &Ui) {
        let Some(file) = self.given.weights.as_ref().filter(|_| self.given.shows_weights()) else { return };
        let room = ui.content_rect().size() - vec2(64.0, 64.0);
        let mut is_done = false;
        let shown = modal_ui(ui, Id::unique("weights of a file"), |ui| {
            ui.set_width(WIDTH.min(room.x));
            let quiet = colors(ui.visuals()).quiet;
            ui.label(RichText::new("Weights alone").font(theme::semibold(15.0)));
            ui.add(Label::new(RichText::new(sentence(&file.sentence)).color(quiet)).wrap());
            ui.add_space(6.0);
            let height = (room.y - 130.0).max(80.0);
            ScrollArea::both().max_height(height).show(ui, |ui| {
                Grid::new("weights").striped(true).spacing(vec2(14.0, 4.0)).show(ui, |ui| {
                    for (column, head) in HEADS.iter().enumerate() {
                        cell_ui(ui, column, RichText::new(*head).font(theme::semibold(12.0)));
                    }
                    ui.end_row();
                    for layer in &file.weights {
                        for (column, text) in layer.row().into_iter().enumerate() {
                            cell_ui(ui, column, RichText::new(text).font(theme::regular(12.0)));
                        }
                        ui.end_row();
                    }
                });
            });
            ui.add_space(6.0);
            is_done = ui.button("Close").clicked();
        });
        if is_done || shown.should_close() {
            self.given.weights = None;
        }
    }
}

/// Names begin, and numbers end, one under the other.
fn cell_ui(ui: &mut Ui, column: usize, text: RichText) {
    if column == 0 {
        ui.label(text);
    } else {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(text));
    }
}

use egui::Ui;

use super::rows::number_row;
use crate::app::App;
use crate::engine::TRAINED_SEEDS;

impl App {
    /// Over how many seeds a race is drawn.
    pub(super) fn race_seeds_ui(&mut self, ui: &mut Ui) {
        let hover = "Over how many seeds of the weights and of the order of the images the race is drawn: once it is at its end, it is \
                     run again with the others, curves become bands, and the table has means.";
        let set = self.shown.training.seeds.unwrap_or(1);
        let mut number = set as f64;
        number_row(ui, ("Seeds", hover), 1.0..=*TRAINED_SEEDS.end() as f64, true, &mut number);
        if number as usize != set {
            self.shown.training.seeds = Some(number as usize).filter(|seeds| *seeds > 1);
        }
    }
}

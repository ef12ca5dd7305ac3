use std::sync::Arc;

use egui::{Align, Button, Layout, Rect, RichText, Ui, vec2};

use super::App;
use super::commands::Action;
use super::steady::steady;
use super::theme;
use crate::engine::{OtherSeeds, SEEDS, Seeds, Wish as _};
use crate::figure::ViewName;
use crate::number;

impl App {
    /// Shows the band, with the charts it is in, or shows it no more.
    pub(super) fn toggle_seeds(&mut self) {
        let is_new = self.show_in_centre(ViewName::Layers) || !self.shown.panels.norms;
        self.shown.seeds = is_new || !self.shown.seeds;
        self.shown.panels.norms |= self.shown.seeds;
    }

    /// What other seeds make of the experiment, while that is shown.
    pub(super) fn seeds(&self) -> Option<Arc<Seeds>> {
        let known = self.jobs.seeds.known().filter(|_| self.shown.seeds)?;
        let figure = self.figure.as_ref()?;
        known.are_of(&figure.measurement.subject).then(|| Arc::clone(known))
    }

    /// Asks for the band, while it is shown: of given weights there is none.
    pub(super) fn want_seeds(&mut self) {
        let is_shown = self.shown.seeds && self.shown.panels.norms;
        match is_shown.then(|| OtherSeeds::of(&self.subject())).and_then(Result::ok) {
            Some(wish) if !self.jobs.seeds.known().is_some_and(|known| wish.is_met_by(known)) => {
                self.jobs.seeds.want(wish);
            }
            _ => self.jobs.seeds.give_up(),
        }
    }

    /// What shows the band, at the right end of a line.
    pub(super) fn seeds_button_ui(&mut self, ui: &mut Ui, line: Rect) {
        let seeds = self.seeds();
        let label = match &seeds {
            Some(seeds) if seeds.count < SEEDS => format!("{} of {SEEDS} seeds", seeds.count),
            _ => format!("{SEEDS} seeds"),
        };
        let images = seeds
            .map_or_else(String::new, |seeds| format!(" Measured on {} images.", number::count(seeds.images as u64)));
        let key = Action::Seeds.key(ui).unwrap_or_default();
        let hover = format!(
            "The same experiment with the seeds 1 to {SEEDS}: a grey band from the least to the greatest, with the \
             median in it; below the units, how many are dead and always on.{images} Key: {key}"
        );
        let place = steady("seeds").max_rect(line).layout(Layout::right_to_left(Align::Center));
        let button = ui.scope_builder(place, |ui| {
            ui.spacing_mut().button_padding = vec2(6.0, 1.0);
            ui.add(Button::new(RichText::new(label).font(theme::regular(11.5))).selected(self.shown.seeds))
        });
        if button.inner.on_hover_text(hover).clicked() {
            self.act(ui, Action::Seeds);
        }
    }
}

/// Width of the button that shows the band, at most.
pub const SEEDS_WIDTH: f32 = 96.0;

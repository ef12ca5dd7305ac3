//! The activation and its derivative, a layer's pre-activations under them, and what that does to the gradient.

mod curves;
mod gradient;
mod quiet;
mod slope;
mod strip;

use egui::{RichText, Ui};

use super::App;
use super::theme;
use crate::figure::Figure;

impl App {
    /// The layer whose pre-activations are shown, from 0: the last, until one is chosen.
    pub(super) fn chosen_layer(&self, figure: &Figure) -> usize {
        let last = figure.columns.len().saturating_sub(1);
        self.shown.layer.map_or(last, |layer| layer.min(last))
    }

    /// Shows a layer's pre-activations under the activation.
    pub(super) fn choose_layer(&mut self, layer: usize) {
        self.shown.layer = Some(layer);
        self.shown.panels.activation = true;
    }

    /// Whether a layer or a unit was chosen that can be left.
    pub(super) fn can_leave_chosen(&self) -> bool {
        if self.shown.view.is_of_units() {
            self.shown.unit.is_some()
        } else {
            self.shown.panels.activation && self.shown.layer.is_some()
        }
    }

    /// Leaves the unit that was chosen, or the layer with its panel.
    pub(super) fn leave_chosen(&mut self) {
        if self.shown.view.is_of_units() {
            self.shown.unit = None;
        } else {
            self.shown.layer = None;
            self.shown.panels.activation = false;
        }
    }

    /// Shows those of the layer before or after the chosen one.
    pub(super) fn step_to_layer(&mut self, step: isize) {
        if let Some(figure) = self.figure.clone() {
            let last = figure.columns.len().saturating_sub(1);
            // At first the one that is chosen is only shown.
            let is_seen = self.shown.panels.activation || self.shown.view.is_of_units() || self.presenting.highlights();
            let step = if is_seen { step } else { 0 };
            let layer = self.chosen_layer(&figure).saturating_add_signed(step).min(last);
            if self.shown.view.is_of_units() || self.presenting.highlights() {
                self.shown.layer = Some(layer);
            } else {
                self.choose_layer(layer);
            }
        }
    }

    /// The section of the panel at the right.
    pub(super) fn activation_ui(&self, ui: &mut Ui) {
        let Some(figure) = &self.figure else {
            ui.label(self.no_picture_yet());
            return;
        };
        let chosen = self.chosen_layer(figure);
        let activation = figure.measurement.subject.activation(chosen);
        let title = format!("{activation} and its derivative");
        ui.label(RichText::new(title).font(theme::semibold(14.0))).on_hover_text(format!(
            "{}. {}",
            activation.formula(),
            activation.convention()
        ));
        curves::curves_ui(ui, figure, chosen);
        ui.add_space(10.0);
        gradient::gradient_ui(ui, &figure.measurement, chosen);
    }
}

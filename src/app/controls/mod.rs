//! What can be set, grouped as it acts: presets, inputs, network, initializer, seed. One file per group.

mod about_initializer;
mod code;
pub(super) mod hover_beside;
mod initializer;
mod inputs;
pub(super) mod key_steps;
mod labels;
mod network;
pub(super) mod number_field;
pub(super) mod number_rest;
mod place;
mod play_button;
mod preset;
mod refused;
pub(super) mod row;
mod scene;
mod seed;
pub mod select_again;
mod sigma_marks;
mod sigma_slider;
mod sigmas;
mod training;
mod wanted;

pub use initializer::Remembered;
pub(super) use place::ControlsPlace;

use egui::{Frame, Margin, Panel, RichText, Ui};

use super::App;
use super::lesson::lit;
use super::theme::{self, colors};
use crate::figure::ViewName;

/// Between rows: so that the seed is in sight in a window of 720 points, whatever the initializer has to set.
const BETWEEN_ROWS: f32 = 3.5;

impl App {
    /// Whether the controls are shown: in a presentation only where they are asked for.
    pub(super) fn has_controls(&self) -> bool {
        if self.presenting.is_on() { self.presenting.has_controls() } else { self.shown.panels.controls }
    }

    /// Shows them.
    pub(super) fn show_controls(&mut self) {
        if self.presenting.is_on() {
            self.presenting.show_controls();
        } else {
            self.shown.panels.controls = true;
        }
    }

    pub(super) fn controls_ui(&mut self, ui: &mut Ui) {
        if !self.has_controls() {
            return;
        }
        let is_of_training = self.shown.view == ViewName::Training;
        let fill = colors(ui.visuals()).panel;
        let frame = Frame::new().fill(fill).inner_margin(Margin { left: theme::MARGIN, right: 4, top: 8, bottom: 0 });
        let panel = Panel::left("controls").frame(frame).resizable(false).exact_size(theme::CONTROLS_WIDTH);
        let shown = panel.show(ui, |ui| {
            let shown = self.controls_place.area(is_of_training).show(ui, |ui| {
                ui.set_max_width(theme::CONTROLS_WIDTH - 2.0 * f32::from(theme::MARGIN) - 2.0);
                ui.spacing_mut().item_spacing.y = BETWEEN_ROWS;
                self.preset_ui(ui);
                self.inputs_ui(ui);
                self.network_ui(ui);
                self.initializer_ui(ui);
                self.seed_ui(ui);
                self.training_ui(ui);
                self.say_what_was_not_found(ui);
            });
            self.controls_place.note(shown.state.clamped_offset().y);
        });
        lit::veil_ui(ui, shown.response.rect);
    }
}

/// The heading of a group.
fn heading_ui(ui: &mut Ui, text: &str) {
    ui.add_space(3.0);
    let color = colors(ui.visuals()).quiet;
    ui.label(RichText::new(text.to_uppercase()).font(theme::semibold(11.0)).extra_letter_spacing(0.8).color(color));
}

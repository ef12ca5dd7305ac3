use egui::{RichText, Ui};

use crate::app::theme::{self, colors};

/// The name of a row of settings.
pub(super) fn name_ui(ui: &mut Ui, name: &str, hover: &str) {
    let quiet = colors(ui.visuals()).quiet;
    ui.label(RichText::new(name).font(theme::regular(13.0)).color(quiet)).on_hover_text(hover);
}

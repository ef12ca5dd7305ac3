use egui::{Response, RichText, Ui};

use crate::app::theme::colors;

/// A line of explanation.
pub fn quiet_ui(ui: &mut Ui, text: impl Into<String>) -> Response {
    let quiet = colors(ui.visuals()).quiet;
    ui.label(RichText::new(text).color(quiet))
}

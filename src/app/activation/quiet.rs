use egui::{Response, RichText, Ui};

use crate::app::theme::colors;

/// A line of explanation.
pub fn quiet_ui(ui: &mut Ui, text: impl Into<String>) -> Response {
    let quiet = colors(ui.visuals()).quiet;
    // A percent sign stays at its number.
    let text = text.into().replace(" %", "\u{a0}%");
    ui.label(RichText::new(text).color(quiet))
}

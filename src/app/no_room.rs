//! What is switched on and has no room in this window says so.

use egui::{Label, Rect, RichText, Ui, UiBuilder};

use super::App;
use super::theme::{self, colors};

impl App {
    /// Says, in a line, what has no room: what stands beside the view, and these.
    pub(super) fn no_room_ui(&self, ui: &mut Ui, line: Rect, lacking: &[&'static str]) {
        let all: Vec<_> = self.no_room.iter().chain(lacking).copied().collect();
        if all.is_empty() {
            return;
        }
        let said = format!("No room for {}.", in_words(&all));
        let hover = format!("{said} A larger window has more, and so has smaller text: Ctrl and −.");
        let text = RichText::new(said).font(theme::regular(11.5)).color(colors(ui.visuals()).quiet);
        ui.scope_builder(UiBuilder::new().max_rect(line), |ui| {
            ui.add(Label::new(text).truncate()).on_hover_text(hover);
        });
    }
}

/// `words, mean and std`
fn in_words(all: &[&str]) -> String {
    match all {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

//! What is switched on and has no room in this window says so.

use egui::{Color32, Label, Rect, RichText, Role, Ui, UiBuilder, WidgetInfo};

use super::App;
use super::commands::keys::command_key;
use super::theme::{self, colors};

/// What is switched on and has no room in this frame, in words.
#[derive(Default)]
pub struct NoRoom {
    /// What stands beside the view: the layers name it in a line of theirs, if they have one.
    pub beside: Vec<&'static str>,
    /// What no line in the centre names: the status bar does.
    pub unnamed: Vec<&'static str>,
}

impl NoRoom {
    /// Begins with a frame.
    pub fn clear(&mut self) {
        self.beside.clear();
        self.unnamed.clear();
    }
}

impl App {
    /// Says, in a line, what has no room: what stands beside the view, and these.
    pub(super) fn no_room_ui(&self, ui: &mut Ui, line: Rect, lacking: &[&'static str]) {
        let all = whole(self.no_room.beside.iter().chain(lacking).copied());
        if all.is_empty() {
            return;
        }
        ui.scope_builder(UiBuilder::new().max_rect(line), |ui| no_room_for_ui(ui, &all, 11.5));
    }

    /// The same of what is named nowhere else; returns whether there is any.
    pub(super) fn unnamed_ui(&self, ui: &mut Ui) -> bool {
        let unnamed = whole(self.no_room.unnamed.iter().copied());
        if !unnamed.is_empty() {
            no_room_for_ui(ui, &unnamed, 13.0);
        }
        !unnamed.is_empty()
    }
}

/// What is named, without what is part of something else that is named.
fn whole<'a>(all: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut all: Vec<_> = all.collect();
    if all.contains(&"units") {
        all.retain(|name| *name == "units" || !name.contains("units"));
    }
    all
}

/// Says what has no room; where there is none for all the names, the first of them and how many more, and the names on hover.
pub(super) fn no_room_for_ui(ui: &mut Ui, all: &[&str], size: f32) {
    let said = format!("No room for {}.", in_words(all));
    let held = command_key(ui);
    let hover = format!("{said} A larger window has more, and so has smaller text: {held} and −.");
    let font = theme::regular(size);
    let width = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), font.clone(), Color32::PLACEHOLDER).size().x;
    let shown = shortened(all).find(|form| width(form) <= ui.available_width()).unwrap_or_else(|| NO_ROOM.to_owned());
    let text = RichText::new(shown).font(font.clone()).color(colors(ui.visuals()).quiet);
    let line = ui.add(Label::new(text).truncate().show_tooltip_when_elided(false));
    line.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
    line.on_hover_text(hover);
}

const NO_ROOM: &str = "No room.";

/// All the names, then ever fewer of them, then how many things that are, each a sentence.
fn shortened<'a>(all: &'a [&'a str]) -> impl Iterator<Item = String> + 'a {
    let fewer = (1..all.len()).rev().map(|named| {
        let more = format!("{} more", all.len() - named);
        let named: Vec<_> = all[..named].iter().copied().chain([more.as_str()]).collect();
        format!("No room for {}.", in_words(&named))
    });
    let number = if all.len() == 1 { "one thing".to_owned() } else { format!("{} things", all.len()) };
    std::iter::once(format!("No room for {}.", in_words(all)))
        .chain(fewer)
        .chain([format!("No room for {number}."), NO_ROOM.to_owned()])
}

/// `words, mean and std`
fn in_words(all: &[&str]) -> String {
    match all {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_names_are_said_where_there_is_no_room_for_all() {
        let forms: Vec<_> = shortened(&["Words", "Norms", "zeros"]).collect();
        assert_eq!(
            forms,
            [
                "No room for Words, Norms and zeros.",
                "No room for Words, Norms and 1 more.",
                "No room for Words and 2 more.",
                "No room for 3 things.",
                "No room.",
            ]
        );
        assert_eq!(shortened(&["Words"]).collect::<Vec<_>>()[..2], ["No room for Words.", "No room for one thing."]);
    }
}

//! What is switched on and has no room in this window says so.

use egui::{Color32, Label, Rect, RichText, Role, Ui, UiBuilder, WidgetInfo};

use super::App;
use super::commands::keys::command_key;
use super::theme::{self, colors};

/// What is switched on and has no room in this frame, in words.
#[derive(Default)]
pub struct NoRoom {
    /// What stands beside the view: a line in the centre names it.
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

/// Says what has no room; where there is none for all the names, how many things that are, and the names on hover.
pub(super) fn no_room_for_ui(ui: &mut Ui, all: &[&str], size: f32) {
    let said = format!("No room for {}.", in_words(all));
    let held = command_key(ui);
    let hover = format!("{said} A larger window has more, and so has smaller text: {held} and −.");
    let font = theme::regular(size);
    let width = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), font.clone(), Color32::PLACEHOLDER).size().x;
    let number = if all.len() == 1 { "one thing".to_owned() } else { format!("{} things", all.len()) };
    let fits = |text: &String| width(text) <= ui.available_width();
    let forms = [said.clone(), format!("No room for {number}."), "No room.".to_owned()];
    let shown = forms.iter().find(|form| fits(form)).unwrap_or(&forms[2]);
    let text = RichText::new(shown).font(font.clone()).color(colors(ui.visuals()).quiet);
    let line = ui.add(Label::new(text).truncate().show_tooltip_when_elided(false));
    line.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
    line.on_hover_text(hover);
}

/// `words, mean and std`
fn in_words(all: &[&str]) -> String {
    match all {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

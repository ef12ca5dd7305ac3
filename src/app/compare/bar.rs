use egui::{Button, Color32, Label, Layout, Rect, Response, RichText, Sense, Ui, UiBuilder, vec2};

use crate::app::App;
use crate::app::commands::{Action, SLOTS};
use crate::app::segments::menu_ui;
use crate::app::sentence::sentence;
use crate::app::theme::{self, colors};
use crate::figure::training::letter;
use crate::figure::{Arrange, Headline, ViewName, palette};

/// Height of a line.
const LINE: f32 = 26.0;
/// Between buttons, and between letters and what can be done with them.
const GAP: f32 = 4.0;
const APART: f32 = 14.0;
/// Beside a button's text.
const PADDING: f32 = 7.0;
/// With more letters, settings are copied from a list of them.
const BUTTONS: usize = 4;
/// A letter's button, at least.
const LEAST: f32 = 34.0;
/// Height of the line in a racer's colour.
const MARK: f32 = 3.0;
/// Letters with less room have a line of their own.
const ROOM: f32 = 300.0;

/// Something that can be done, as a button.
struct Offer {
    label: String,
    hover: String,
    action: Action,
    is_chosen: bool,
}

impl App {
    /// The letters, what tells them apart, and what can be done with them; in two lines where one is too short.
    pub(in crate::app) fn slots_ui(&mut self, ui: &mut Ui) {
        // A room does not see what can be done, but what is.
        let is_presented = self.presenting.is_on();
        let offers = if is_presented { Vec::new() } else { self.offers() };
        let copies = if is_presented { Vec::new() } else { self.copies() };
        let copies_width = if copies.is_empty() { 0.0 } else { menu_width(ui) + GAP };
        let note = self.note_of_cases();
        let note_width = note.as_ref().map_or(0.0, |note| text_width(ui, note) + APART);
        let needed: f32 = offers.iter().map(|offer| button_width(ui, &offer.label) + GAP).sum::<f32>();
        let needed = needed + copies_width + note_width;
        let letters = if self.comparison.is_on() { self.compared().len() } else { 0 };
        let beside = ui.available_width() - needed - APART;
        let is_broken = letters > 0 && beside < ROOM;
        // Beside many letters there is no room for a note, which then has a line of its own.
        let is_note_under = is_broken && ui.available_width() - note_width < letters as f32 * LEAST;
        let lines = 1.0 + f32::from(u8::from(is_broken)) + f32::from(u8::from(is_note_under && note.is_some()));
        let rect = ui.allocate_exact_size(vec2(ui.available_width(), lines * LINE), Sense::hover()).0;
        let place = UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(egui::Align::Min));
        let clicked = ui.scope_builder(place, |ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            ui.spacing_mut().button_padding = vec2(PADDING, 2.0);
            let beside_note = if is_note_under { 0.0 } else { note_width };
            let room = if is_broken { rect.width() - beside_note } else { beside };
            let letter = if letters > 0 { self.letters_ui(ui, room - GAP) } else { None };
            let note_ui = |ui: &mut Ui| {
                if let Some(note) = &note {
                    ui.add_space(APART - GAP);
                    // On the line of the buttons' texts.
                    let size = vec2(note_width - APART, ui.spacing().interact_size.y);
                    let middle = Layout::left_to_right(egui::Align::Center);
                    let quiet = text(note).color(colors(ui.visuals()).quiet);
                    ui.allocate_ui_with_layout(size, middle, |ui| ui.add(Label::new(quiet).extend()));
                }
            };
            if !is_broken {
                note_ui(ui);
                if letters > 0 {
                    ui.add_space(APART - GAP);
                }
                return letter.or(offers_ui(ui, offers)).or(copies_ui(ui, &copies));
            }
            if !is_note_under {
                note_ui(ui);
            }
            let line = |line: f32| {
                let place = UiBuilder::new().max_rect(rect.with_min_y(rect.top() + line * LINE));
                place.layout(Layout::left_to_right(egui::Align::Min))
            };
            let offered = |ui: &mut Ui| offers_ui(ui, offers).or(copies_ui(ui, &copies));
            let clicked = letter.or(ui.scope_builder(line(1.0), offered).inner);
            if is_note_under {
                ui.scope_builder(line(2.0), note_ui);
            }
            clicked
        });
        if let Some(action) = clicked.inner {
            self.act(ui, action);
        }
    }

    /// How many of the cases these are, where there are more than can stand side by side.
    fn note_of_cases(&self) -> Option<String> {
        let (cases, compared) = (self.cases(), self.slots());
        let is_of_cases = compared.iter().zip(cases).all(|(subject, case)| subject.experiment() == case);
        let is_all_there_is_room_for = cases.len() > SLOTS && compared.len() == SLOTS && is_of_cases;
        is_all_there_is_room_for.then(|| format!("The first {SLOTS} of {} cases are shown.", cases.len()))
    }

    /// A button for each, together no wider than this.
    fn letters_ui(&self, ui: &mut Ui, room: f32) -> Option<Action> {
        let (all, told) = (self.compared(), self.told_apart());
        let labels = labels(ui, &told, room);
        let mut clicked = None;
        for (place, ((subject, told), label)) in all.iter().zip(told).zip(labels).enumerate() {
            let letter = letter(place);
            let is_present = place == self.comparison.place();
            let (color, fill) = if is_present {
                (colors(ui.visuals()).on_accent, colors(ui.visuals()).accent)
            } else {
                (colors(ui.visuals()).text, colors(ui.visuals()).panel)
            };
            let text = RichText::new(label).font(theme::semibold(12.5)).color(color);
            let button = ui.add(Button::new(text).fill(fill).selected(is_present).truncate());
            self.racer_mark_ui(ui, place, button.rect);
            let named = format!("Slot {letter}: {told}");
            button.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_present, &named));
            let key = Action::Slot(place).key(ui).map_or_else(String::new, |key| format!(" Key: {key}"));
            let what = if is_present { "This is what the controls set." } else { "Click to go on with it." };
            let failure = self.comparison.known.failure(subject).map(|why| format!("\n{}", sentence(why)));
            let hover = format!("{}{}\n{what}{key}", Headline::of(subject), failure.unwrap_or_default());
            if button.on_hover_text(hover).clicked() {
                clicked = Some(Action::Slot(place));
            }
        }
        clicked
    }

    /// A line in the colour of the curves that the experiment at a place has in a race, where it has one racer.
    fn racer_mark_ui(&self, ui: &Ui, place: usize, button: Rect) {
        let has_one_each = self.plan.trainings_each() == 1;
        if has_one_each && (self.has_race() || self.shown.view == ViewName::Training) {
            let color = theme::color(palette::racer(place, theme::background(ui.visuals())));
            let line = button.with_min_y(button.bottom() - MARK).shrink2(vec2(2.0, 0.0));
            ui.painter().rect_filled(line, MARK / 2.0, color);
        }
    }

    /// Where settings can be copied from, where these are too many for a button each.
    fn copies(&self) -> Vec<usize> {
        let count = self.comparison.count();
        (0..count).filter(|&place| count > BUTTONS && place != self.comparison.place()).collect()
    }

    /// What can be done.
    fn offers(&self) -> Vec<Offer> {
        let count = self.comparison.count();
        let mut offers = Vec::new();
        let mut offer = |label: &str, hover: String, action: Action, is_chosen: bool| {
            offers.push(Offer { label: label.to_owned(), hover, action, is_chosen });
        };
        let present = letter(self.comparison.place());
        if count < SLOTS {
            let hover = format!("Keep the present state as {present} and go on as {}.", letter(count));
            offer("Pin", hover, Action::Pin, false);
        }
        if !self.comparison.is_on() {
            if self.cases().len() > 1 {
                let hover = format!("Show the cases of this preset or scene side by side, the first {SLOTS} at most.");
                offer("Compare the cases", hover, Action::CompareCases, false);
            }
            return offers;
        }
        offer("Swap", format!("Swap {present} with its neighbour."), Action::Swap, false);
        offer("Drop", format!("Remove {present}."), Action::Drop, false);
        for place in (0..count).filter(|&place| place != self.comparison.place() && count <= BUTTONS) {
            let from = letter(place);
            let hover = format!("Copy all settings of {from} to {present}.");
            offer(&format!("Copy {from}"), hover, Action::CopyFrom(place), false);
        }
        let is_ghost = self.shown.arrange == Arrange::Ghost;
        let hover = "Draw A as an outline behind the others, or in a panel of its own.".to_owned();
        offer("Ghost", hover, Action::Ghost, is_ghost);
        offers
    }
}

/// What the buttons say, the longest that together have room: where they have not, the broadest gives way first. What it has in common
/// with another is left out, then all but its letter; a part of a name is none, and its panel and the hover have all of it.
fn labels(ui: &Ui, names: &[String], room: f32) -> Vec<String> {
    let short = short_names(names);
    let forms = names.iter().zip(&short).enumerate().map(|(place, (name, short))| {
        let letter = letter(place);
        let label = |told: &str| if told.is_empty() { letter.to_string() } else { format!("{letter}  {told}") };
        [label(name), label(short), letter.to_string()]
    });
    let width = |label: &String| {
        let text = ui.painter().layout_no_wrap(label.clone(), theme::semibold(12.5), Color32::PLACEHOLDER);
        text.size().x + 2.0 * PADDING + GAP
    };
    let mut left: Vec<_> = forms.map(|forms| forms.map(|label| (width(&label), label)).to_vec()).collect();
    let first = |forms: &Vec<(f32, String)>| forms.first().map_or(0.0, |(width, _)| *width);
    while left.iter().map(first).sum::<f32>() > room {
        let broadest = left.iter_mut().filter(|forms| forms.len() > 1);
        let Some(broadest) = broadest.max_by(|one, other| first(one).total_cmp(&first(other))) else { break };
        broadest.remove(0);
    }
    left.into_iter().filter_map(|forms| Some(forms.into_iter().next()?.1)).collect()
}

/// Names without what they begin with, where another begins with the same: `σ 0.1` of `random_normal, σ 0.1`.
fn short_names(names: &[String]) -> Vec<String> {
    let first = |name: &str| name.split_once(", ").map(|(first, rest)| (first.to_owned(), rest.to_owned()));
    let short = |(place, name): (usize, &String)| {
        let (own, rest) = first(name)?;
        let others = names.iter().enumerate().filter(|(other, _)| *other != place);
        others.filter_map(|(_, other)| first(other)).any(|(other, _)| other == own).then_some(rest)
    };
    names.iter().enumerate().map(|named| short(named).unwrap_or_else(|| named.1.clone())).collect()
}

/// The list of those that settings can be copied from.
fn copies_ui(ui: &mut Ui, places: &[usize]) -> Option<Action> {
    if places.is_empty() {
        return None;
    }
    let names: Vec<_> = places.iter().map(|&place| letter(place).to_string()).collect();
    let hover = "Copy all settings of this one.";
    let list: Vec<_> =
        names.iter().zip(places).map(|(name, &place)| (name.as_str(), hover, Action::CopyFrom(place))).collect();
    menu_ui(ui, ("Copy from", "Copy", "Copy", "Copy all settings of another to the present one."), &[&list], &[])
}

fn menu_width(ui: &Ui) -> f32 {
    text_width(ui, "Copy") + ui.spacing().icon_spacing + ui.spacing().icon_width + 2.0 * PADDING
}

fn text(label: &str) -> RichText {
    RichText::new(label).font(theme::regular(12.5))
}

fn text_width(ui: &Ui, text: &str) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), theme::regular(12.5), Color32::PLACEHOLDER).size().x
}

fn button_width(ui: &Ui, label: &str) -> f32 {
    text_width(ui, label) + 2.0 * PADDING
}

fn offers_ui(ui: &mut Ui, offers: Vec<Offer>) -> Option<Action> {
    let mut clicked = None;
    for Offer { label, hover, action, is_chosen } in offers {
        let key = action.key(ui).map_or_else(String::new, |key| format!(" Key: {key}"));
        let button: Response = ui.add(Button::new(text(&label)).selected(is_chosen));
        if button.on_hover_text(format!("{hover}{key}")).clicked() {
            clicked = Some(action);
        }
    }
    clicked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_are_what_tells_those_apart_that_begin_alike() {
        let names = ["random_normal, σ 0.1", "random_normal, σ 0.28", "he_normal", "orthogonal, gain 1.414"];
        let short = short_names(&names.map(str::to_owned));
        assert_eq!(short, ["σ 0.1", "σ 0.28", "he_normal", "orthogonal, gain 1.414"]);
    }
}

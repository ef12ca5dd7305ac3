use egui::{Align, Id, Label, RichText, ScrollArea, Ui, vec2};

use super::card::{self, card_ui};
use super::pictures::{self, IMAGES, Pictured};
use crate::app::App;
use crate::app::commands::Action;
use crate::app::modal::modal_ui;
use crate::app::reach::note_entry;
use crate::app::sentence::sentence;
use crate::app::theme::{self, colors};
use crate::experiment::Preset;

/// Around the grid.
const AROUND: f32 = 64.0;
/// Between cards.
const GAP: f32 = 10.0;
/// Width of a card.
const NARROWEST: f32 = 200.0;
const BROADEST: f32 = 248.0;
/// Cards side by side, at most.
const COLUMNS: usize = 5;
/// Left to the bar that scrolls.
const BAR: f32 = 12.0;
/// Height of what stands over and under the cards.
const HEADING: f32 = 72.0;

impl App {
    /// The grid over the window, while it is open.
    pub(in crate::app) fn presets_ui(&mut self, ui: &Ui) {
        if !self.presets.is_open {
            return;
        }
        let room = (ui.content_rect().size() - vec2(AROUND, AROUND)).max(vec2(80.0, 120.0));
        let columns = (((room.x - BAR + GAP) / (NARROWEST + GAP)) as usize).clamp(1, COLUMNS);
        let width = ((room.x - BAR + GAP) / columns as f32 - GAP).min(BROADEST).floor();
        let mut picked = None;
        let shown = modal_ui(ui, Id::unique("presets"), |ui| {
            let height = (room.y - HEADING).max(60.0);
            let rows = Preset::all().len().div_ceil(columns) as f32;
            let needs_bar = rows * (card::size(width).y + GAP) - GAP > height;
            ui.set_width(columns as f32 * (width + GAP) - GAP + if needs_bar { BAR } else { 0.0 });
            let quiet = colors(ui.visuals()).quiet;
            ui.label(RichText::new("Choose an experiment").font(theme::semibold(15.0)));
            ui.add_space(4.0);
            ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| {
                picked = self.cards_ui(ui, columns, width);
            });
            ui.add_space(4.0);
            let note = match &self.presets.failure {
                Some(why) => sentence(why),
                None => format!(
                    "Every picture is measured, on the first {IMAGES} images; what it shows is said when you point at it."
                ),
            };
            ui.add(Label::new(RichText::new(note).font(theme::regular(11.5)).color(quiet)).wrap());
        });
        if let Some(name) = picked {
            self.presets.put(false);
            self.act(ui, Action::Preset(name));
        } else if shown.should_close() {
            self.presets.put(false);
        }
    }

    /// A card for every preset; returns the name of the one that was picked.
    fn cards_ui(&mut self, ui: &mut Ui, columns: usize, width: f32) -> Option<&'static str> {
        let presets = Preset::all();
        let chosen = Preset::of(self.cases()).map(|preset| preset.name);
        let scale = ui.pixels_per_point();
        let size = vec2(width - 2.0, card::PICTURE - 2.0);
        let pictured = Pictured::new(&self.presets.measured, ui.visuals().dark_mode, size, scale);
        let painted = self.presets.painting.of(pictured);
        let wants_focus = std::mem::take(&mut self.presets.is_new);
        let first = chosen.or(presets.first().map(|preset| preset.name));
        let mut picked = None;
        ui.spacing_mut().item_spacing = vec2(GAP, GAP);
        for (row, of_row) in presets.chunks(columns).enumerate() {
            ui.horizontal(|ui| {
                for (column, preset) in of_row.iter().enumerate() {
                    let picture = painted.as_ref().and_then(|painted| painted.picture[row * columns + column].as_ref());
                    let card = card_ui(ui, preset, picture, width, chosen == Some(preset.name));
                    note_entry(&card, Some(preset.title));
                    if wants_focus && first == Some(preset.name) {
                        card.request_focus();
                        card.scroll_to_me(Some(Align::Center));
                    } else if card.has_focus() && self.presets.focused != Some(preset.name) {
                        card.scroll_to_me(None);
                    }
                    if card.has_focus() {
                        self.presets.focused = Some(preset.name);
                    }
                    if card.on_hover_text(pictures::about(preset)).clicked() {
                        picked = Some(preset.name);
                    }
                }
            });
        }
        picked
    }
}

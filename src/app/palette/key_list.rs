use egui::{Color32, FontId, Label, RichText, TextStyle, Ui, vec2};

use super::choice::Choice;
use super::entries::Entry;
use crate::app::commands::keys::command_key;
use crate::app::theme::{self, colors};

/// Between columns, and between keys and what they do.
const GAP: f32 = 24.0;
const BESIDE: f32 = 12.0;
/// What keys do has no less room than this in several columns.
const NARROWEST: f32 = 200.0;
/// Size of the keys' names.
const KEYS_SIZE: f32 = 12.5;

/// Columns of keys and what they do.
#[derive(Clone, Copy)]
pub struct Columns {
    count: usize,
    /// How wide the keys are.
    keys: f32,
    /// How wide what they do is.
    name: f32,
}

impl Columns {
    /// As many columns as there are in so much room, at most three; what a column has no room for is broken.
    pub fn new(ui: &Ui, entries: &[Entry], room: f32) -> Self {
        let width = |text: &str, font: FontId| {
            ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x.ceil()
        };
        let (mut keys, mut name): (f32, f32) = (0.0, 0.0);
        for entry in entries {
            keys = keys.max(width(&entry.keys, theme::semibold(KEYS_SIZE)));
            name = name.max(width(&entry.name, TextStyle::Body.resolve(ui.style())));
        }
        let count = (((room + GAP) / (keys + BESIDE + NARROWEST + GAP)) as usize).clamp(1, 3);
        let column = (room + GAP) / count as f32 - GAP;
        Self { count, keys, name: name.min(column - BESIDE - keys).max(60.0) }
    }

    /// How wide all of them are.
    pub fn width(self) -> f32 {
        self.count as f32 * (self.column() + GAP) - GAP
    }

    fn column(self) -> f32 {
        self.keys + BESIDE + self.name
    }

    /// Shows groups of entries, one under the other in columns of about the same height; `can` says which are of use now.
    pub fn ui(self, ui: &mut Ui, entries: &[Entry], can: &[bool], choice: &mut Choice) {
        let quiet = colors(ui.visuals()).quiet;
        // With its name a group is two lines longer.
        let lines = |group: &[Entry]| group.len() + 2;
        let groups: Vec<&[Entry]> = entries.chunk_by(|one, next| one.group == next.group).collect();
        let total: usize = groups.iter().map(|group| lines(group)).sum();
        let mut columns = vec![Vec::new(); self.count];
        let (mut above, mut first) = (0, 0);
        for group in groups {
            let middle = above + lines(group) / 2;
            columns[(middle * self.count / total).min(self.count - 1)].push((first, group));
            above += lines(group);
            first += group.len();
        }
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            for groups in &columns {
                ui.vertical(|ui| {
                    ui.set_width(self.column());
                    ui.spacing_mut().item_spacing = vec2(BESIDE, 3.0);
                    for (first, group) in groups {
                        let name = group.first().map_or("", |entry| entry.group);
                        ui.label(RichText::new(name).font(theme::semibold(12.0)).color(quiet));
                        for (index, entry) in (*first..).zip(*group) {
                            self.entry_ui(ui, (index, entry), can[index], choice);
                        }
                        ui.add_space(10.0);
                    }
                });
            }
        });
        let held = command_key(ui);
        let note = format!("Tab goes from control to control; {held} + and {held} − change the size of everything.");
        ui.add(Label::new(RichText::new(note).color(quiet)).wrap());
    }

    /// A line of the list, or as many as it needs.
    fn entry_ui(self, ui: &mut Ui, (index, entry): (usize, &Entry), can: bool, choice: &mut Choice) {
        choice.row_ui(ui, (index, entry), |ui| {
            ui.horizontal_top(|ui| {
                let colors = *colors(ui.visuals());
                let color = if can { colors.text } else { colors.quiet };
                let keys = RichText::new(&entry.keys).font(theme::semibold(KEYS_SIZE)).color(color);
                for (text, width) in [(keys, self.keys), (RichText::new(&entry.name).color(color), self.name)] {
                    ui.vertical(|ui| {
                        ui.set_width(width);
                        ui.add(Label::new(text).selectable(false).wrap());
                    });
                }
            });
        });
    }
}

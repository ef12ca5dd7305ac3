//! The palette: all actions with their keys, and presets, activations, initializers and settings by their names. What is typed
//! finds them, arrow keys choose one, and Enter or a click does it.

mod choice;
mod entries;
mod key_list;
mod results;

use egui::{Id, Key, Modifiers, RichText, ScrollArea, Ui};

use super::App;
use super::commands::Action;
use super::controls::row::field_ui;
use super::in_front::Front;
use super::modal::modal_ui;
use super::theme;
use choice::Choice;
use entries::Entry;
use key_list::Columns;

/// What is looked for in the palette, while it is open.
#[derive(Default)]
pub struct Palette {
    open: bool,
    /// It has just been opened, and is to be typed in.
    is_new: bool,
    /// What is looked for.
    wanted: String,
    /// The entry that Enter does, from 0; none before something is typed or an arrow key pressed.
    chosen: Option<usize>,
    /// How high the list of keys is: what is found has the same room, so that the field stands still.
    height: f32,
    /// The dialog whose place it took, which comes back when nothing is chosen.
    pub over: Option<Front>,
}

impl Palette {
    /// Whether it is shown.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Shows it as new, or shows it no more.
    pub fn put(&mut self, is_open: bool) {
        *self = Self { open: is_open, is_new: is_open, over: self.over, ..Self::default() };
    }
}

/// Around the palette.
const AIR: f32 = 112.0;
/// Left to the bar that scrolls.
const BAR: f32 = 10.0;

impl App {
    /// The palette over the window, while it is open.
    pub(super) fn palette_ui(&mut self, ui: &Ui) {
        if !self.palette.open {
            return;
        }
        let room = ui.content_rect().size() - egui::Vec2::splat(AIR);
        let mut entered = None;
        let shown = modal_ui(ui, Id::unique("palette"), |ui| {
            let columns = Columns::new(ui, &entries::with_keys(ui), room.x - BAR);
            ui.set_width(columns.width() + BAR);
            let is_entered = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            let (mut choice, is_typed) = self.palette_field_ui(ui);
            let entries = if self.palette.wanted.trim().is_empty() {
                entries::with_keys(ui)
            } else {
                entries::found(ui, &self.palette.wanted)
            };
            if is_typed {
                choice.chosen = (!self.palette.wanted.trim().is_empty()).then_some(0);
            }
            choice.chosen = choice.chosen.map(|chosen| chosen.min(entries.len().saturating_sub(1)));
            ui.add_space(8.0);
            let can = |entry: &Entry| self.is_of_use(ui, entry.action);
            let can: Vec<bool> = entries.iter().map(can).collect();
            let height = (room.y - 60.0).max(80.0);
            let is_list = self.palette.wanted.trim().is_empty();
            let list = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
            let shown = list.show(ui, |ui| {
                if is_list {
                    columns.ui(ui, &entries, &can, &mut choice);
                } else {
                    ui.set_min_height(self.palette.height.min(height));
                    results::results_ui(ui, &entries, &can, &mut choice);
                }
            });
            if is_list {
                self.palette.height = shown.inner_rect.height();
            }
            self.palette.chosen = choice.chosen;
            let picked = choice.clicked.or(choice.chosen.filter(|_| is_entered));
            let picked = picked.filter(|&index| can.get(index) == Some(&true));
            entered = picked.and_then(|index| entries.get(index)).map(|entry| entry.action);
        });
        match entered {
            Some(action) if action != Action::Palette => {
                self.palette = Palette::default();
                self.act(ui, action);
            }
            Some(_) => self.close_palette(),
            None if shown.should_close() => self.close_palette(),
            None => {}
        }
    }

    /// The field that is typed in, whose arrow keys choose; returns what is chosen, and whether something was typed.
    fn palette_field_ui(&mut self, ui: &mut Ui) -> (Choice, bool) {
        let is_pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let (up, down) = (is_pressed(Key::ArrowUp), is_pressed(Key::ArrowDown));
        let chosen = match self.palette.chosen {
            Some(chosen) => Some(chosen.saturating_sub(usize::from(up)) + usize::from(down)),
            None => (up || down).then_some(0),
        };
        let typed = ui.horizontal(|ui| {
            ui.label(RichText::new("Palette").font(theme::semibold(15.0)));
            ui.add_space(12.0);
            let field = field_ui(ui, &mut self.palette.wanted, "An action, a key, a preset, a setting … by its name");
            field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Look for"));
            if std::mem::take(&mut self.palette.is_new) || up || down {
                field.request_focus();
            }
            field.changed()
        });
        (Choice { chosen, is_moved: up || down, clicked: None }, typed.inner)
    }
}

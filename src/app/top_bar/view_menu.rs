//! The menu of what stands beside the view and how the window looks: what is switched on or off stays in sight meanwhile.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Button, PopupCloseBehavior, RichText, ScrollArea, Ui, WidgetInfo, vec2};

use super::fit::{Fit, MENU};
use crate::app::App;
use crate::app::bar_group::opens;
use crate::app::commands::{Action, Presentation};
use crate::app::controls::hover_beside::HoverBeside as _;
use crate::app::reach::{motion, note_entry};
use crate::app::theme::{self, ThemeChoice, colors};

/// So wide is the menu: keys stand apart from names.
const WIDTH: f32 = 150.0;
/// Over the menu, and under it in a small window.
const AROUND: f32 = 76.0;

/// An entry: its name, what it is, and what it does.
type Entry = (&'static str, &'static str, Action);

/// What can be shown beside a view. A line here is an entry.
const BESIDE: &[Entry] = &[
    ("Controls", "The controls: everything that can be set.", Action::Controls),
    ("Words", "What there is to see, in one or two sentences.", Action::Words),
    ("Numbers", "The numbers under every layer; its name always stays.", Action::Numbers),
    ("Norms", "The size of every layer's gradient, ||∂L/∂z||, by a backward pass, and of its outputs.", Action::Norms),
    ("20 seeds", "What 20 other seeds make of the norms and the units.", Action::Seeds),
    (
        "Activation",
        "The activation and its derivative over a layer's pre-activations, and what they do to the gradient.",
        Action::Activation,
    ),
    ("Start", "What the layers were before their training, as outlines, while they are trained.", Action::Start),
    ("Theory", "What mean-field theory says about this network.", Action::Theory),
    ("Verdict", "What is wrong with a network of a file, layer by layer, and what would help.", Action::Verdict),
    (
        "Motion",
        "Axes glide, and lists fade. Without it they are there at once. As the system says, until you choose.",
        Action::Motion,
    ),
    ("Cards", "What the pointer is at in a picture, beside it.", Action::Cards),
];

/// What leads through the window.
const LESSONS: &[Entry] =
    &[("Lessons …", "Walk through what initialization does, step by step, with questions to guess.", Action::Lessons)];

/// Colours of the window.
const THEMES: &[Entry] = &[
    ("Auto", "Light or dark, like the system.", Action::Theme(ThemeChoice::System)),
    ("Light", "Dark on light, for slides and bright rooms.", Action::Theme(ThemeChoice::Light)),
    ("Dark", "Light on dark.", Action::Theme(ThemeChoice::Dark)),
];

/// How a room sees it.
const ROOM: &[Entry] = &[(
    "Present",
    "Full screen, type for the last row, and only the controls that are needed. Keys of a presenter's remote go on and back.",
    Action::Present(Presentation::Toggle),
)];

/// What has buttons of its own where there is room for them.
pub const UNDO: &[Entry] = &[
    ("Undo", "Go back to the experiment before the last change.", Action::Undo),
    ("Redo", "Go forward to what was undone.", Action::Redo),
];
pub const LAST: &[Entry] = &[
    ("Export", "Write the figure in the centre to a file, or copy it to the clipboard.", Action::Export),
    ("?", "All actions with their keys, and whatever can be set, by name.", Action::Palette),
];

impl App {
    /// The menu behind its button; returns what was clicked.
    pub(super) fn view_menu_ui(&self, ui: &mut Ui, fit: Fit) -> Option<Action> {
        let text = RichText::new(MENU).color(colors(ui.visuals()).text);
        // Several things are switched one after the other.
        let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        let button = MenuButton::from_button(Button::new((text, opens(ui)))).config(config);
        let (button, shown) = button.ui(ui, |ui| {
            let mut clicked = None;
            ui.spacing_mut().button_padding = vec2(8.0, 3.0);
            // In a small window it scrolls, and shows that.
            ui.spacing_mut().scroll.dormant_handle_opacity = 0.6;
            let room = ui.ctx().content_rect().height() - AROUND;
            ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| {
                ui.set_min_width(WIDTH);
                let groups = [
                    (!fit.has_undo).then_some(UNDO),
                    Some(LESSONS),
                    Some(BESIDE),
                    Some(THEMES),
                    Some(ROOM),
                    (!fit.has_last).then_some(LAST),
                ];
                for (place, group) in groups.into_iter().flatten().enumerate() {
                    if place > 0 {
                        ui.separator();
                    }
                    for entry in group {
                        clicked = self.entry_ui(ui, *entry).or(clicked);
                    }
                }
            });
            // What stands over all else is opened in place of the menu.
            if matches!(clicked, Some(Action::Export | Action::Palette | Action::Lessons | Action::Present(_))) {
                ui.close();
            }
            clicked
        });
        button.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, MENU));
        button.on_hover_text("What stands beside the view, and light or dark.");
        shown.and_then(|shown| shown.inner)
    }

    fn entry_ui(&self, ui: &mut Ui, (name, hover, action): Entry) -> Option<Action> {
        let is_on = if action == Action::Motion { motion::is_on(ui) } else { self.is_on(action) };
        let is_of_use = self.is_of_use(ui, action);
        let key = action.key(ui).unwrap_or_default();
        let colors = colors(ui.visuals());
        let color = if is_on { colors.on_accent } else { colors.quiet };
        let key = RichText::new(key).font(theme::regular(12.0)).color(color);
        // In words, where there is room for them.
        let text = if action == Action::Palette { "Keys and names" } else { name };
        let entry = ui.add_enabled(is_of_use, Button::selectable(is_on, text).right_text(key));
        entry.widget_info(|| WidgetInfo::selected(egui::Role::Button, is_of_use, is_on, name));
        // Letters are the keys of the entries.
        note_entry(&entry, None);
        entry.hover_beside(ui, hover).clicked().then_some(action)
    }
}

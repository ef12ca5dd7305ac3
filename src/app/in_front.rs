//! The dialog that stands over the window, one at a time: which keys mean something in it, what the others say, and which dialog takes
//! the place of which.

use egui::{Context, Key, Ui};

use super::App;
use super::commands::Action;
use super::commands::keys::{Binding, Keys};
use super::confirmation::confirm;

/// A dialog that stands over the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Front {
    Palette,
    Presets,
    Lessons,
    OwnStep,
    Weights,
    Export,
    LessonPages,
}

/// Keys by which whatever has the focus in a dialog is moved and used.
const OF_CONTROLS: [Key; 14] = [
    Key::Tab,
    Key::Enter,
    Key::Space,
    Key::Escape,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::Home,
    Key::End,
    Key::PageUp,
    Key::PageDown,
    Key::Delete,
    Key::Backspace,
];
/// Letters that mean something to a field of text, with the key for commands.
const OF_TEXT: [Key; 10] = [Key::A, Key::C, Key::H, Key::K, Key::U, Key::V, Key::W, Key::X, Key::Y, Key::Z];

impl Front {
    /// What opens it, and closes it again.
    fn of(action: Action) -> Option<Self> {
        match action {
            Action::Palette => Some(Self::Palette),
            Action::Presets => Some(Self::Presets),
            Action::Lessons => Some(Self::Lessons),
            Action::AddStep => Some(Self::OwnStep),
            Action::Export => Some(Self::Export),
            Action::LessonPages => Some(Self::LessonPages),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Palette => "the palette",
            Self::Presets => "the presets",
            Self::Lessons => "the list of lessons",
            Self::OwnStep => "the step",
            Self::Weights => "the weights",
            Self::Export => "the export",
            Self::LessonPages => "the handout",
        }
    }
}

impl App {
    /// The dialog that stands over the window.
    pub(super) fn in_front(&self) -> Option<Front> {
        let all = [
            (self.palette.is_open(), Front::Palette),
            (self.presets.is_open(), Front::Presets),
            (self.are_lessons_open(), Front::Lessons),
            (self.lesson.is_step_open(), Front::OwnStep),
            (self.given.shows_weights(), Front::Weights),
            (self.export.is_open(), Front::Export),
            (self.export.is_of_lesson(), Front::LessonPages),
        ];
        all.into_iter().find_map(|(is_open, front)| is_open.then_some(front))
    }

    /// Whether a key means something while a dialog stands over the window: what the dialog is about, or another dialog.
    pub(super) fn is_meant_in(&self, ctx: &Context, front: Front, action: Action) -> bool {
        let is_of_dialog = match action {
            Action::CopyFigure | Action::CopyCommand => front == Front::Export,
            Action::Dismiss => matches!(front, Front::Export | Front::LessonPages),
            Action::Palette => true,
            // What is written of a step would be lost.
            _ => Front::of(action).is_some() && front != Front::OwnStep,
        };
        is_of_dialog && self.is_of_use(ctx, action)
    }

    /// Says which dialog leaves keys without a meaning, if one was pressed that would mean something without it.
    pub(super) fn say_what_is_in_front(&self, ui: &Ui) {
        let Some(front) = self.in_front() else { return };
        let is_left = |binding: &Binding| {
            let key = binding.shortcut.logical_key;
            let is_typed = self.typing && (!binding.types_nothing() || OF_TEXT.contains(&key));
            !is_typed && !OF_CONTROLS.contains(&key) && self.is_of_use(ui, binding.action)
        };
        let keys = Keys::installed(ui).in_order(self.shown.view, self.presenting.is_on());
        let is_pressed = |binding: &Binding| ui.input_mut(|input| input.consume_shortcut(&binding.shortcut));
        if keys.iter().filter(|binding| is_left(binding)).any(is_pressed) {
            let escape = Action::Stop.key(ui).unwrap_or_default();
            confirm(ui, &format!("Close {} first. Key: {escape}", front.name()));
        }
    }

    /// Makes way for the dialog that an action opens; the palette gives its place back.
    pub(super) fn make_way_for(&mut self, action: Action) {
        let (Some(front), Some(next)) = (self.in_front(), Front::of(action)) else { return };
        if front == next {
            return;
        }
        self.put(front, false);
        if next == Front::Palette {
            self.palette.over = Some(front);
        }
    }

    /// Closes the palette, and shows what stood there before.
    pub(super) fn close_palette(&mut self) {
        self.put(Front::Palette, false);
        if let Some(front) = self.palette.over.take() {
            self.put(front, true);
        }
    }

    /// Shows a dialog as it was, or shows it no more.
    fn put(&mut self, front: Front, is_open: bool) {
        match front {
            Front::Palette => self.palette.put(is_open),
            Front::Presets => self.presets.put(is_open),
            Front::Lessons => self.lesson.put_list(is_open),
            Front::OwnStep => self.lesson.put_step(is_open),
            Front::Weights => self.given.put_weights(is_open),
            Front::Export => self.export.put(is_open),
            Front::LessonPages => self.export.put_lesson(is_open),
        }
    }
}

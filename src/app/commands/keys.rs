//! Keys of actions: some mean the same in the whole window, the others belong to a view. The window's and those of the view in
//! the centre come first; a key that only other views have brings the first of these to the front. So letters are free again in
//! every view.

use std::sync::Arc;

use egui::{Context, Id, Key, KeyboardShortcut, ModifierNames, Modifiers};

use super::{Action, Errand, Presentation, SigmaStep};
use crate::app::framework::Framework;
use crate::app::theme::ThemeChoice;
use crate::experiment::NetworkFramework;
use crate::figure::ViewName;

/// An action with one of its keys.
pub type KeyOf = (Action, KeyboardShortcut);

/// Keys that mean the same whatever stands in the centre. Of several keys the first is named.
pub const OF_WINDOW: &[KeyOf] = &[
    (Action::Palette, plain(Key::Questionmark)),
    (Action::Palette, plain(Key::F1)),
    (Action::Palette, command(Key::P)),
    (Action::Presets, command(Key::K)),
    (Action::Lessons, command(Key::L)),
    (Action::LessonNext, plain(Key::PageDown)),
    (Action::LessonBack, plain(Key::PageUp)),
    (Action::LessonReturn, plain(Key::Home)),
    (Action::LessonSkip, shift(Key::PageDown)),
    (Action::AddStep, KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::A)),
    (Action::LessonPages, KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::L)),
    (Action::Undo, command(Key::Z)),
    (Action::Redo, command(Key::Y)),
    (Action::Redo, KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z)),
    (Action::Nudge(SigmaStep::Up), plain(Key::ArrowUp)),
    (Action::Nudge(SigmaStep::Down), plain(Key::ArrowDown)),
    (Action::Nudge(SigmaStep::FarUp), shift(Key::ArrowUp)),
    (Action::Nudge(SigmaStep::FarDown), shift(Key::ArrowDown)),
    (Action::Reseed, plain(Key::R)),
    (Action::StartOver, command(Key::N)),
    (Action::CaseBefore, plain(Key::Comma)),
    (Action::CaseBefore, command(Key::PageUp)),
    (Action::CaseAfter, plain(Key::Period)),
    (Action::CaseAfter, command(Key::PageDown)),
    (Action::Scene(Errand::Open), command(Key::O)),
    (Action::Scene(Errand::Network), KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O)),
    (Action::Scene(Errand::Save), command(Key::S)),
    (Action::Export, command(Key::E)),
    (Action::CopyFigure, KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::C)),
    (Action::CopyCommand, KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::E)),
    (Action::Copy(Framework::Keras), command(Key::Num1)),
    (Action::Copy(Framework::PyTorch), command(Key::Num2)),
    (Action::Copy(Framework::NumPy), command(Key::Num3)),
    (Action::CopyNetwork(NetworkFramework::Keras), command(Key::Num4)),
    (Action::CopyNetwork(NetworkFramework::PyTorch), command(Key::Num5)),
    (Action::LayerBefore, plain(Key::OpenBracket)),
    (Action::LayerBefore, alt(Key::ArrowLeft)),
    (Action::LayerAfter, plain(Key::CloseBracket)),
    (Action::LayerAfter, alt(Key::ArrowRight)),
    (Action::Activation, plain(Key::A)),
    (Action::Theory, plain(Key::T)),
    (Action::Controls, plain(Key::C)),
    (Action::Details, plain(Key::D)),
    (Action::PlayOrStop, plain(Key::Space)),
    (Action::Race, shift(Key::Space)),
    (Action::Stop, plain(Key::Escape)),
    (Action::GoOn, plain(Key::Enter)),
    (Action::Dismiss, plain(Key::Delete)),
    (Action::Dismiss, plain(Key::Backspace)),
    (Action::Theme(ThemeChoice::System), plain(Key::Num7)),
    (Action::Theme(ThemeChoice::Light), plain(Key::Num8)),
    (Action::Theme(ThemeChoice::Dark), plain(Key::Num9)),
    (Action::Cards, shift(Key::C)),
    (Action::Motion, shift(Key::M)),
    (Action::Present(Presentation::Toggle), KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::P)),
];

/// Keys while a question of a lesson is open, which come before those of views.
const OF_QUESTION: &[KeyOf] = &[
    (Action::LessonAnswer(0), plain(Key::Num1)),
    (Action::LessonAnswer(1), plain(Key::Num2)),
    (Action::LessonAnswer(2), plain(Key::Num3)),
    (Action::LessonAnswer(3), plain(Key::Num4)),
];

/// Keys in a presentation, which come before all others there. A remote sends the first of each, or arrows, which lead through a
/// lesson, or through cases, while no layer is highlighted and no control has the focus.
pub const OF_PRESENTATION: &[KeyOf] = &[
    (Action::Present(Presentation::Next), plain(Key::PageDown)),
    (Action::Present(Presentation::Before), plain(Key::PageUp)),
    (Action::Present(Presentation::First), plain(Key::F5)),
    (Action::Present(Presentation::Leave), plain(Key::Escape)),
    (Action::Present(Presentation::Black), plain(Key::Period)),
    (Action::Present(Presentation::Black), plain(Key::B)),
    (Action::Present(Presentation::Spotlight), plain(Key::S)),
    (Action::Present(Presentation::Highlight), plain(Key::H)),
    (Action::Present(Presentation::Notes), plain(Key::N)),
    (Action::LayerBefore, plain(Key::ArrowLeft)),
    (Action::LayerAfter, plain(Key::ArrowRight)),
    (Action::Present(Presentation::Next), plain(Key::ArrowRight)),
    (Action::Present(Presentation::Before), plain(Key::ArrowLeft)),
];

/// What left and right mean in every view that has no use of its own for them.
pub const SIDEWAYS: &[KeyOf] = &[
    (Action::Nudge(SigmaStep::Up), plain(Key::ArrowRight)),
    (Action::Nudge(SigmaStep::Down), plain(Key::ArrowLeft)),
    (Action::Nudge(SigmaStep::FarUp), shift(Key::ArrowRight)),
    (Action::Nudge(SigmaStep::FarDown), shift(Key::ArrowLeft)),
];

/// Where a key means what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPlace {
    /// In the whole window.
    Window,
    /// In a view.
    View(ViewName),
    /// At a question of a lesson.
    Question,
    /// In a presentation.
    Presentation,
}

/// A key, what it does, and where.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where it means that.
    pub place: KeyPlace,
    /// What it does.
    pub action: Action,
    /// The key, with what is held down with it.
    pub shortcut: KeyboardShortcut,
}

impl Binding {
    /// Whether the key writes nothing into a field of text.
    pub fn types_nothing(&self) -> bool {
        self.shortcut.modifiers.command || self.shortcut.logical_key == Key::F1
    }
}

/// All keys of the window and its views, for those who press them and those who name them in a hover text.
#[derive(Clone, Default)]
pub struct Keys(Arc<Vec<Binding>>);

impl Keys {
    /// Keys of the window, and of views in their order.
    pub fn new(of_views: impl IntoIterator<Item = (ViewName, Vec<KeyOf>)>) -> Self {
        let bindings = |place, keys: Vec<KeyOf>| {
            keys.into_iter().map(move |(action, shortcut)| Binding { place, action, shortcut })
        };
        let of_window = bindings(KeyPlace::Window, OF_WINDOW.to_vec());
        let of_views = of_views.into_iter().flat_map(|(view, keys)| bindings(KeyPlace::View(view), keys));
        let of_question = bindings(KeyPlace::Question, OF_QUESTION.to_vec());
        let of_presentation = bindings(KeyPlace::Presentation, OF_PRESENTATION.to_vec());
        Self(Arc::new(of_window.chain(of_views).chain(of_question).chain(of_presentation).collect()))
    }

    /// Makes them known to whoever names a key.
    pub fn install(&self, ctx: &Context) {
        ctx.data_mut(|data| data.insert_temp(Id::unique("keys"), self.clone()));
    }

    /// Those that were installed.
    pub fn installed(ctx: &Context) -> Self {
        ctx.data(|data| data.get_temp(Id::unique("keys"))).unwrap_or_default()
    }

    /// All of them: the window's first, then each view's, then those of questions and of a presentation.
    pub fn bindings(&self) -> impl Iterator<Item = &Binding> {
        self.0.iter()
    }

    /// Whether a key means something else in the view in front than in the one that this binding is of.
    pub fn means_another_thing_in(&self, binding: &Binding, view: ViewName) -> bool {
        let is_of_another = matches!(binding.place, KeyPlace::View(of) if of != view);
        let is_own = |own: &Binding| own.place == KeyPlace::View(view) && own.shortcut == binding.shortcut;
        is_of_another && self.bindings().any(is_own)
    }

    /// All of them as they are tried while a view stands in the centre: those of a question, and of a presentation if there is one,
    /// before all, its own and the window's before those of others, and of these those with Shift or Alt first, since a key alone is meant with
    /// these, too.
    pub fn in_order(&self, view: ViewName, is_presented: bool) -> Vec<Binding> {
        let mut bindings = self.0.to_vec();
        // That which begins it, where there is something to begin, is meant before.
        let begins = Action::Present(Presentation::First);
        let is_of_presentation =
            |binding: &Binding| binding.place == KeyPlace::Presentation && binding.action != begins;
        bindings.retain(|binding| is_presented || !is_of_presentation(binding));
        let is_held = |binding: &Binding| binding.shortcut.modifiers.shift || binding.shortcut.modifiers.alt;
        // Arrows of a presentation are without Alt; and a view's own F12 is no Shift+F12, which leads to another one.
        let rank = |binding: &Binding| match binding.place {
            _ if binding.shortcut.modifiers.alt => 0,
            _ if matches!(binding.action, Action::View(_)) && is_held(binding) => 1,
            KeyPlace::Presentation | KeyPlace::Question => 0,
            KeyPlace::Window => 1,
            KeyPlace::View(of) => 1 + u8::from(of != view),
        };
        bindings.sort_by_key(|binding| (rank(binding), !is_held(binding)));
        bindings
    }
}

impl Action {
    /// The name of its key, if it has one.
    pub fn key(self, ctx: &Context) -> Option<String> {
        // Every button asks for it in every frame.
        let keys = Keys::installed(ctx);
        keys.bindings().find(|binding| binding.action == self).map(|binding| key_name(ctx, binding.shortcut))
    }

    /// The names of all its keys.
    pub fn keys(self, ctx: &Context) -> Vec<String> {
        let keys = Keys::installed(ctx);
        let mut names: Vec<String> = Vec::new();
        for binding in keys.bindings().filter(|binding| binding.action == self) {
            let name = key_name(ctx, binding.shortcut);
            // Several views may have it.
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

/// What the key is called that is held for commands: `Ctrl`, on a Mac `Cmd`.
pub fn command_key(ctx: &Context) -> String {
    ModifierNames::NAMES.format(&Modifiers::COMMAND, ctx.os().is_mac())
}

/// As it is printed on the key, where that is a sign.
fn key_name(ctx: &Context, KeyboardShortcut { modifiers, logical_key }: KeyboardShortcut) -> String {
    let held = ModifierNames::NAMES.format(&modifiers, ctx.os().is_mac());
    let key = match logical_key {
        Key::ArrowUp => "↑",
        Key::ArrowDown => "↓",
        Key::ArrowLeft => "←",
        Key::ArrowRight => "→",
        key => key.symbol_or_name(),
    };
    if held.is_empty() { key.to_owned() } else { format!("{held}+{key}") }
}

pub const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

pub const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

pub const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

pub const fn command(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Mapped, PlotShape};

    #[test]
    fn a_view_s_own_key_comes_before_another_view_s_and_the_window_s_is_everywhere() {
        let layers = (ViewName::Layers, vec![(Action::Show(PlotShape::Histogram), plain(Key::H))]);
        let landscape = (ViewName::Landscape, vec![(Action::Mapped(Mapped::DeadShare), plain(Key::H))]);
        let keys = Keys::new([layers, landscape]);
        let first = |view, key| keys.in_order(view, false).into_iter().find(|binding| binding.shortcut == plain(key));
        let action = |view, key| first(view, key).map(|binding| binding.action);
        assert_eq!(action(ViewName::Layers, Key::H), Some(Action::Show(PlotShape::Histogram)));
        assert_eq!(action(ViewName::Landscape, Key::H), Some(Action::Mapped(Mapped::DeadShare)));
        assert_eq!(action(ViewName::Units, Key::H), Some(Action::Show(PlotShape::Histogram)), "the first that has it");
        assert_eq!(action(ViewName::Units, Key::R), Some(Action::Reseed));
    }

    #[test]
    fn shift_with_a_key_leads_to_another_view_also_from_the_one_that_has_the_key_alone() {
        let training = (ViewName::Training, vec![(Action::View(ViewName::Training), plain(Key::F12))]);
        let front = Action::View(ViewName::TrainingLandscape);
        let keys = Keys::new([training, (ViewName::TrainingLandscape, vec![(front, shift(Key::F12))])]);
        let of_f12 = |binding: &Binding| binding.shortcut.logical_key == Key::F12;
        let first = keys.in_order(ViewName::Training, false).into_iter().find(of_f12);
        assert_eq!(first.map(|binding| binding.action), Some(front));
    }

    #[test]
    fn a_remote_s_keys_come_first_in_a_presentation_and_mean_nothing_without_one() {
        let layers = (ViewName::Layers, vec![(Action::Show(PlotShape::Histogram), plain(Key::H))]);
        let keys = Keys::new([layers]);
        let first = |key, is_presented| {
            let bindings = keys.in_order(ViewName::Layers, is_presented).into_iter();
            bindings.map(|binding| (binding.shortcut, binding.action)).find(|(of, _)| *of == plain(key))
        };
        let action = |key, is_presented| first(key, is_presented).map(|(_, action)| action);
        assert_eq!(action(Key::Period, false), Some(Action::CaseAfter));
        assert_eq!(action(Key::Period, true), Some(Action::Present(Presentation::Black)));
        assert_eq!(action(Key::H, true), Some(Action::Present(Presentation::Highlight)));
        assert_eq!(action(Key::PageDown, true), Some(Action::Present(Presentation::Next)));
        assert_eq!(action(Key::PageDown, false), Some(Action::LessonNext));
    }
}

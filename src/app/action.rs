use egui::{Key, KeyboardShortcut, Modifiers};

use super::App;
use super::theme::ThemeChoice;
use crate::experiment::Experiment;
use crate::figure::{Kind, Quantity, Scale};

/// What a user can do besides moving a control; buttons, keys and tests share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Draw the network anew.
    Reseed,
    /// Back to the article's case.
    StartOver,
    /// Outputs, pre-activations or gradients.
    Quantity(Quantity),
    /// Violins or histograms.
    Show(Kind),
    /// One axis for all layers, or one each.
    Scale(Scale),
    /// Hold the axis whatever is measured, or let it follow.
    LockAxis,
    /// Light, dark, or the system's.
    Theme(ThemeChoice),
    /// Show or hide the gradient's norm in every layer.
    Norms,
    /// Show or hide what mean-field theory says of the network.
    Theory,
    /// Show or hide the controls.
    Controls,
    /// Offer all settings, or those that are moved most.
    Details,
}

/// Keys of actions, for the window and its hover texts.
const KEYS: [(Action, Key); 14] = [
    (Action::Reseed, Key::R),
    (Action::StartOver, Key::Num0),
    (Action::Quantity(Quantity::Outputs), Key::O),
    (Action::Quantity(Quantity::PreActivations), Key::Z),
    (Action::Quantity(Quantity::Gradients), Key::G),
    (Action::Show(Kind::Violin), Key::V),
    (Action::Show(Kind::Histogram), Key::H),
    (Action::Scale(Scale::Shared), Key::S),
    (Action::Scale(Scale::PerLayer), Key::E),
    (Action::LockAxis, Key::L),
    (Action::Norms, Key::N),
    (Action::Theory, Key::T),
    (Action::Controls, Key::C),
    (Action::Details, Key::D),
];

impl Action {
    /// The name of its key, if it has one.
    pub fn key(self) -> Option<&'static str> {
        KEYS.iter().find(|(action, _)| *action == self).map(|(_, key)| key.name())
    }
}

impl App {
    /// Does what the keys say, unless somebody is typing.
    pub(super) fn shortcuts(&mut self, ui: &egui::Ui) {
        if ui.text_edit_focused() {
            return;
        }
        for (action, key) in KEYS {
            let shortcut = KeyboardShortcut::new(Modifiers::NONE, key);
            if ui.input_mut(|input| input.consume_shortcut(&shortcut)) {
                self.act(ui, action);
            }
        }
    }

    /// Does it.
    pub(super) fn act(&mut self, ctx: &egui::Context, action: Action) {
        match action {
            Action::Reseed => self.experiment.seed = rand::random(),
            Action::StartOver => {
                self.notice = None;
                self.axis.forget_for(Experiment::article());
                self.set_cases(vec![Experiment::article()]);
            }
            Action::Quantity(quantity) => self.view.quantity = quantity,
            Action::Show(kind) => self.view.kind = kind,
            Action::Scale(scale) => self.view.scale = scale,
            Action::LockAxis => self.axis.locked = !self.axis.locked,
            Action::Theme(theme) => {
                self.theme = theme;
                ctx.set_theme(theme.preference());
            }
            Action::Norms => self.panels.norms = !self.panels.norms,
            Action::Theory => self.panels.theory = !self.panels.theory,
            Action::Controls => self.panels.controls = !self.panels.controls,
            Action::Details => self.panels.details = !self.panels.details,
        }
        if let Some(figure) = self.figure.as_ref().filter(|figure| figure.view != self.view) {
            self.show(std::sync::Arc::clone(&figure.measurement));
        }
    }
}

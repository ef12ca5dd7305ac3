use egui::{Context, Key, KeyboardShortcut, Modifiers};

use super::App;
use super::centre::Centre;
use super::scene_file::Errand;
use super::theme::ThemeChoice;
use crate::engine::landscape::Plane;
use crate::experiment::Experiment;
use crate::figure::{Kind, Mapped, Quantity, Scale};

/// What a user can do besides moving a control; buttons, keys and tests share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Draw the network anew.
    Reseed,
    /// Back to the article's case.
    StartOver,
    /// What stands in the centre.
    Centre(Centre),
    /// What the landscape goes over.
    Plane(Plane),
    /// What of its networks the landscape shows.
    Mapped(Mapped),
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
    /// Show or hide what is to be seen, in words.
    Words,
    /// Show or hide the activation with a layer's pre-activations.
    Activation,
    /// Choose the layer before the chosen one.
    LayerBefore,
    /// Choose the layer after it.
    LayerAfter,
    /// Show or hide the controls.
    Controls,
    /// Offer all settings, or those that are moved most.
    Details,
    /// Ask for the path of a scene file.
    Scene(Errand),
    /// Leave what is being measured at what is known.
    Stop,
    /// Measure the rest after all.
    GoOn,
}

/// Keys of actions, for the window and its hover texts.
const KEYS: [(Action, KeyboardShortcut); 29] = [
    (Action::Reseed, plain(Key::R)),
    (Action::StartOver, plain(Key::Num0)),
    (Action::Centre(Centre::Layers), plain(Key::Num1)),
    (Action::Centre(Centre::Landscape), plain(Key::Num2)),
    (Action::Plane(Plane::Biases), plain(Key::B)),
    (Action::Plane(Plane::Depth), plain(Key::Y)),
    (Action::Mapped(Mapped::OutputStd), plain(Key::Q)),
    (Action::Mapped(Mapped::GradientRatio), plain(Key::W)),
    (Action::Mapped(Mapped::DeadShare), plain(Key::X)),
    (Action::Quantity(Quantity::Outputs), plain(Key::O)),
    (Action::Quantity(Quantity::PreActivations), plain(Key::Z)),
    (Action::Quantity(Quantity::Gradients), plain(Key::G)),
    (Action::Show(Kind::Violin), plain(Key::V)),
    (Action::Show(Kind::Histogram), plain(Key::H)),
    (Action::Scale(Scale::Shared), plain(Key::S)),
    (Action::Scale(Scale::PerLayer), plain(Key::E)),
    (Action::LockAxis, plain(Key::L)),
    (Action::Norms, plain(Key::N)),
    (Action::Theory, plain(Key::T)),
    (Action::Words, plain(Key::I)),
    (Action::Activation, plain(Key::A)),
    (Action::LayerBefore, plain(Key::OpenBracket)),
    (Action::LayerAfter, plain(Key::CloseBracket)),
    (Action::Controls, plain(Key::C)),
    (Action::Details, plain(Key::D)),
    (Action::Scene(Errand::Open), command(Key::O)),
    (Action::Scene(Errand::Save), command(Key::S)),
    (Action::Stop, plain(Key::Escape)),
    (Action::GoOn, plain(Key::Enter)),
];

impl Action {
    /// The name of its key, if it has one.
    pub fn key(self, ctx: &Context) -> Option<String> {
        let (_, shortcut) = KEYS.iter().find(|(action, _)| *action == self)?;
        Some(ctx.format_shortcut(shortcut))
    }
}

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn command(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

impl App {
    /// Does what the keys say, unless somebody is typing.
    pub(super) fn shortcuts(&mut self, ui: &egui::Ui) {
        if ui.text_edit_focused() {
            return;
        }
        for (action, shortcut) in KEYS {
            if self.applies(ui, action) && ui.input_mut(|input| input.consume_shortcut(&shortcut)) {
                self.act(ui, action);
            }
        }
    }

    /// Whether there is something to do; a key that has another meaning elsewhere is left to that.
    fn applies(&self, ctx: &Context, action: Action) -> bool {
        match action {
            Action::Stop => (self.can_stop() || self.can_stop_landscape()) && !egui::Popup::is_any_open(ctx),
            Action::GoOn => {
                (self.can_go_on() || self.can_go_on_with_landscape()) && ctx.memory(|memory| memory.focused().is_none())
            }
            _ => true,
        }
    }

    /// Does it.
    pub(super) fn act(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::Reseed => self.experiment.seed = rand::random(),
            Action::StartOver => {
                self.notice = None;
                self.axis.forget_for(Experiment::article());
                self.set_cases(vec![Experiment::article()]);
            }
            Action::Centre(centre) => {
                self.show_in_centre(centre);
            }
            Action::Plane(plane) => {
                self.show_in_centre(Centre::Landscape);
                self.landscape.plane = plane;
            }
            Action::Mapped(mapped) => {
                self.show_in_centre(Centre::Landscape);
                self.landscape.mapped = mapped;
            }
            Action::Quantity(quantity) => {
                self.show_in_centre(Centre::Layers);
                self.view.quantity = quantity;
            }
            Action::Show(kind) => {
                self.show_in_centre(Centre::Layers);
                self.view.kind = kind;
            }
            Action::Scale(scale) => {
                self.show_in_centre(Centre::Layers);
                self.view.scale = scale;
            }
            Action::LockAxis => {
                self.show_in_centre(Centre::Layers);
                self.axis.locked = !self.axis.locked;
            }
            Action::Theme(theme) => {
                self.theme = theme;
                ctx.set_theme(theme.preference());
            }
            // What is beside the layers is there with them.
            Action::Norms => self.panels.norms = self.show_in_centre(Centre::Layers) || !self.panels.norms,
            Action::Theory => self.panels.theory = !self.panels.theory,
            Action::Activation => self.panels.activation = !self.panels.activation,
            Action::LayerBefore => self.step_to_layer(-1),
            Action::LayerAfter => self.step_to_layer(1),
            Action::Words => self.panels.words = self.show_in_centre(Centre::Layers) || !self.panels.words,
            Action::Controls => self.panels.controls = !self.panels.controls,
            Action::Details => self.panels.details = !self.panels.details,
            Action::Scene(errand) => {
                self.panels.controls = true;
                self.scene_file.ask(errand);
            }
            Action::Stop => {
                self.stop_landscape();
                self.stop();
            }
            Action::GoOn => {
                self.go_on_with_landscape();
                if self.can_go_on() {
                    self.ask_again();
                }
            }
        }
        self.redraw();
    }
}

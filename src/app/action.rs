use egui::{Context, Event, Key, KeyboardShortcut, ModifierNames, Modifiers};

use super::App;
use super::centre::Centre;
use super::compare::SLOTS;
use super::framework::Framework;
use super::modal;
use super::nudge::Nudge;
use super::scene_file::Errand;
use super::theme::ThemeChoice;
use crate::engine::landscape::Plane;
use crate::experiment::{Experiment, NetworkFramework};
use crate::figure::{Arrange, Axes, AxisRange, Mapped, PlotShape, Quantity, Scale};

/// What a user can do besides moving a control; buttons, keys and tests share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Draw the network anew.
    Reseed,
    /// Back to the article's case.
    StartOver,
    /// Back to the experiment before the last change.
    Undo,
    /// Forward to what was undone.
    Redo,
    /// Sigma, or where there is none the gain, a step up or down.
    Nudge(Nudge),
    /// The case before the shown one, of those that belong together.
    CaseBefore,
    /// The case after it.
    CaseAfter,
    /// Copy the line of code that gives these weights.
    Copy(Framework),
    /// Copy a program that sets up the network.
    CopyNetwork(NetworkFramework),
    /// What stands in the centre.
    Centre(Centre),
    /// What the landscape goes over.
    Plane(Plane),
    /// What of its networks the landscape shows.
    Mapped(Mapped),
    /// Units by how often they fire, or in their own order.
    Sort(bool),
    /// Outputs, pre-activations, gradients or weights.
    Quantity(Quantity),
    /// Violins, histograms, ridges or boxes.
    Show(PlotShape),
    /// One axis for all layers, or one each.
    Axes(Axes),
    /// A linear axis, or a logarithmic one.
    Scale(Scale),
    /// Leave the outermost values out of the axis, or show all.
    Robust,
    /// Hold the axis whatever is measured, or let it follow.
    LockAxis,
    /// Light, dark, or the system's.
    Theme(ThemeChoice),
    /// Show or hide the gradient's norm and the outputs' std across the layers.
    Norms,
    /// Show or hide what other seeds make of them.
    Seeds,
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
    /// Show or hide the settings of a figure to be written.
    Export,
    /// The figure as a picture, on the clipboard.
    CopyFigure,
    /// Keep the present state, and go on as the next letter.
    Pin,
    /// Go on as another letter, from 0.
    Slot(usize),
    /// Give up the present one of those that are compared.
    Drop,
    /// It and its neighbour change places.
    Swap,
    /// Set it to what is set in another, from 0.
    CopyFrom(usize),
    /// The first as an outline behind the others, or a panel of its own.
    Ghost,
    /// The cases side by side.
    CompareCases,
    /// Leave what is being measured at what is known.
    Stop,
    /// Measure the rest after all.
    GoOn,
    /// What went wrong was read.
    Dismiss,
    /// Show or hide the list of all keys.
    Keys,
}

/// Keys of actions, for the window, its hover texts and the list of keys. Of several keys the first is named.
pub(super) const KEYS: [(Action, KeyboardShortcut); 82] = [
    (Action::Keys, plain(Key::Questionmark)),
    (Action::Keys, plain(Key::F1)),
    (Action::Undo, command(Key::Z)),
    (Action::Redo, command(Key::Y)),
    (Action::Redo, KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z)),
    (Action::Nudge(Nudge::Up), plain(Key::ArrowUp)),
    (Action::Nudge(Nudge::Up), plain(Key::ArrowRight)),
    (Action::Nudge(Nudge::Down), plain(Key::ArrowDown)),
    (Action::Nudge(Nudge::Down), plain(Key::ArrowLeft)),
    (Action::Nudge(Nudge::FarUp), shift(Key::ArrowUp)),
    (Action::Nudge(Nudge::FarUp), shift(Key::ArrowRight)),
    (Action::Nudge(Nudge::FarDown), shift(Key::ArrowDown)),
    (Action::Nudge(Nudge::FarDown), shift(Key::ArrowLeft)),
    (Action::Reseed, plain(Key::R)),
    (Action::StartOver, command(Key::N)),
    (Action::CaseBefore, plain(Key::Comma)),
    (Action::CaseAfter, plain(Key::Period)),
    (Action::Scene(Errand::Open), command(Key::O)),
    (Action::Scene(Errand::Save), command(Key::S)),
    (Action::Export, command(Key::E)),
    (Action::CopyFigure, KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::C)),
    (Action::Copy(Framework::Keras), command(Key::Num1)),
    (Action::Copy(Framework::PyTorch), command(Key::Num2)),
    (Action::Copy(Framework::NumPy), command(Key::Num3)),
    (Action::CopyNetwork(NetworkFramework::Keras), command(Key::Num4)),
    (Action::CopyNetwork(NetworkFramework::PyTorch), command(Key::Num5)),
    (Action::Centre(Centre::Layers), plain(Key::Num1)),
    (Action::Centre(Centre::Landscape), plain(Key::Num2)),
    (Action::Quantity(Quantity::Outputs), plain(Key::O)),
    (Action::Quantity(Quantity::PreActivations), plain(Key::Z)),
    (Action::Quantity(Quantity::Gradients), plain(Key::G)),
    (Action::Quantity(Quantity::Weights), plain(Key::Equals)),
    (Action::Show(PlotShape::Violin), plain(Key::V)),
    (Action::Show(PlotShape::Histogram), plain(Key::H)),
    (Action::Show(PlotShape::Ridgeline), plain(Key::J)),
    (Action::Show(PlotShape::Box), plain(Key::P)),
    (Action::Axes(Axes::Shared), plain(Key::S)),
    (Action::Axes(Axes::Own), plain(Key::E)),
    (Action::Scale(Scale::Linear), plain(Key::Num5)),
    (Action::Scale(Scale::Symlog), plain(Key::Num6)),
    (Action::Scale(Scale::Log), plain(Key::M)),
    (Action::Robust, plain(Key::Minus)),
    (Action::LockAxis, plain(Key::L)),
    (Action::LayerBefore, plain(Key::OpenBracket)),
    (Action::LayerAfter, plain(Key::CloseBracket)),
    (Action::Plane(Plane::Biases), plain(Key::B)),
    (Action::Plane(Plane::Depth), plain(Key::Y)),
    (Action::Mapped(Mapped::OutputStd), plain(Key::Q)),
    (Action::Mapped(Mapped::GradientRatio), plain(Key::W)),
    (Action::Mapped(Mapped::DeadShare), plain(Key::X)),
    (Action::Centre(Centre::Units), plain(Key::Num3)),
    (Action::Centre(Centre::Firing), plain(Key::Num4)),
    (Action::Sort(false), plain(Key::U)),
    (Action::Sort(true), plain(Key::F)),
    (Action::Centre(Centre::Compare), plain(Key::F9)),
    (Action::Slot(0), plain(Key::F2)),
    (Action::Slot(1), plain(Key::F3)),
    (Action::Slot(2), plain(Key::F4)),
    (Action::Slot(3), plain(Key::F5)),
    (Action::CopyFrom(0), shift(Key::F2)),
    (Action::CopyFrom(1), shift(Key::F3)),
    (Action::CopyFrom(2), shift(Key::F4)),
    (Action::CopyFrom(3), shift(Key::F5)),
    (Action::Pin, plain(Key::F6)),
    (Action::CompareCases, shift(Key::F6)),
    (Action::Drop, plain(Key::F7)),
    (Action::Swap, plain(Key::F8)),
    (Action::Ghost, plain(Key::F10)),
    (Action::Norms, plain(Key::N)),
    (Action::Seeds, plain(Key::K)),
    (Action::Words, plain(Key::I)),
    (Action::Activation, plain(Key::A)),
    (Action::Theory, plain(Key::T)),
    (Action::Controls, plain(Key::C)),
    (Action::Details, plain(Key::D)),
    (Action::Stop, plain(Key::Escape)),
    (Action::GoOn, plain(Key::Enter)),
    (Action::Dismiss, plain(Key::Delete)),
    (Action::Dismiss, plain(Key::Backspace)),
    (Action::Theme(ThemeChoice::System), plain(Key::Num7)),
    (Action::Theme(ThemeChoice::Light), plain(Key::Num8)),
    (Action::Theme(ThemeChoice::Dark), plain(Key::Num9)),
];

impl Action {
    /// The name of its key, if it has one.
    pub fn key(self, ctx: &Context) -> Option<String> {
        let (_, shortcut) = KEYS.iter().find(|(action, _)| *action == self)?;
        Some(key_name(ctx, *shortcut))
    }

    /// The names of all its keys.
    pub fn keys(self, ctx: &Context) -> Vec<String> {
        let of_it = KEYS.iter().filter(|(action, _)| *action == self);
        of_it.map(|(_, shortcut)| key_name(ctx, *shortcut)).collect()
    }
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

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

const fn command(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

impl App {
    /// Does what the keys say, unless somebody is typing.
    pub(super) fn shortcuts(&mut self, ui: &egui::Ui) {
        let was_typing = std::mem::replace(&mut self.typing, ui.text_edit_focused());
        // What leaves a field, with what was typed in it left out, means nothing else.
        let leaves = was_typing && ui.input(|input| input.key_pressed(Key::Escape));
        let is_pressed = |event: &Event| matches!(event, Event::Key { pressed: true, .. });
        if self.typing || leaves || !ui.input(|input| input.events.iter().any(is_pressed)) {
            return;
        }
        // A key alone is meant with Shift too, unless that has a meaning of its own.
        let (with_shift, without) = KEYS.into_iter().partition::<Vec<_>, _>(|(_, key)| key.modifiers.shift);
        for (action, shortcut) in with_shift.into_iter().chain(without) {
            if self.applies(ui, action) && ui.input_mut(|input| input.consume_shortcut(&shortcut)) {
                self.act(ui, action);
            }
        }
    }

    /// Whether there is something to do; a key that has another meaning elsewhere is left to that.
    pub(super) fn applies(&self, ctx: &Context, action: Action) -> bool {
        let nothing_focused = || ctx.memory(|memory| memory.focused().is_none());
        match action {
            // What stands behind the list of keys is left alone.
            _ if self.key_list.is_open() => action == Action::Keys,
            _ if self.export.is_open() => matches!(action, Action::Export | Action::CopyFigure | Action::Dismiss),
            Action::Stop => {
                let can_stop = self.can_stop() || self.can_stop_landscape() || self.can_stop_units();
                can_stop && !egui::Popup::is_any_open(ctx)
            }
            // A map in focus has no use for Enter once it is stopped.
            Action::GoOn => {
                self.can_go_on_with_units()
                    || (self.can_go_on() || self.can_go_on_with_landscape()) && nothing_focused()
            }
            // A slider, a map and the way from control to control have arrow keys of their own.
            Action::Nudge(_) => self.can_nudge() && nothing_focused() && !egui::Popup::is_any_open(ctx),
            Action::Undo => self.can_undo() && ctx.dragged_id().is_none(),
            Action::Redo => self.can_redo() && ctx.dragged_id().is_none(),
            Action::CaseBefore | Action::CaseAfter | Action::CompareCases => self.cases.len() > 1,
            Action::Pin => self.comparison.count() < SLOTS,
            Action::Drop | Action::Swap | Action::Ghost => self.comparison.is_on(),
            Action::Slot(place) | Action::CopyFrom(place) => {
                place != self.comparison.place() && place < self.comparison.count()
            }
            Action::Copy(framework) => framework.code(&self.experiment).is_some(),
            Action::Dismiss => self.notice.is_some(),
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
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            Action::Nudge(nudge) => self.nudge(nudge),
            Action::CaseBefore => self.step_to_case(-1),
            Action::CaseAfter => self.step_to_case(1),
            Action::Copy(framework) => framework.copy(ctx, &self.experiment),
            Action::CopyNetwork(framework) => ctx.copy_text(self.experiment.network_code(framework)),
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
            Action::Sort(sorted) => {
                if !self.centre.is_of_one_layer() {
                    self.show_in_centre(Centre::Units);
                }
                self.units.sorted = sorted;
            }
            Action::Quantity(quantity) => {
                self.show_layers();
                self.view.quantity = quantity;
            }
            Action::Show(shape) => {
                self.show_layers();
                self.view.shape = shape;
            }
            Action::Axes(axes) => {
                self.show_layers();
                self.view.axes = axes;
            }
            Action::Scale(scale) => {
                self.show_layers();
                self.view.scale = scale;
            }
            Action::Robust => {
                self.show_layers();
                self.view.range = if self.view.range == AxisRange::All { AxisRange::Robust } else { AxisRange::All };
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
            Action::Seeds => self.toggle_seeds(),
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
            Action::Export => self.ask_for_export(ctx),
            Action::CopyFigure => self.copy_figure(ctx),
            Action::Pin => self.pin(),
            Action::Slot(place) => self.go_to_slot(place),
            Action::Drop => self.drop_slot(),
            Action::Swap => self.swap_slots(),
            Action::CopyFrom(place) => self.copy_from_slot(place),
            Action::Ghost => {
                let is_new = self.show_in_centre(Centre::Compare);
                let is_ghost = self.comparison.arrange == Arrange::Ghost && !is_new;
                self.comparison.arrange = if is_ghost { Arrange::SideBySide } else { Arrange::Ghost };
            }
            Action::CompareCases => self.compare_cases(),
            Action::Stop => {
                self.stop_landscape();
                self.stop_units();
                self.stop();
            }
            Action::GoOn => {
                self.go_on_with_landscape();
                self.go_on_with_units();
                if self.can_go_on() {
                    self.ask_again();
                }
            }
            Action::Dismiss => self.notice = None,
            Action::Keys => {
                modal::close_lists(ctx);
                self.key_list.toggle();
            }
        }
        self.redraw();
    }
}

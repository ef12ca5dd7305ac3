//! What a user can do, as data: every action with its keys and its words. What is done is known above, in `act`.

mod errand;
pub mod keys;
mod presentation;
mod race_pace;
mod rate_change;
mod settings;
mod sigma_step;
pub mod words;

pub use errand::Errand;
pub use presentation::Presentation;
pub use race_pace::RacePace;
pub use rate_change::RateChange;
pub use settings::{SETTINGS, Setting};
pub use sigma_step::SigmaStep;

use super::framework::Framework;
use super::theme::ThemeChoice;
use crate::engine::landscape::{Plane, TrainedPlane};
use crate::experiment::{Activation, NetworkFramework};
use crate::figure::training::{LayerQuantity, TimeUnit, TrainingChart};
use crate::figure::{Arrange, Axes, Mapped, PlotShape, Quantity, Scale, ViewName};
use crate::sweep::SweptSetting;

/// Experiments side by side, at most: A to H.
pub const SLOTS: usize = 8;

/// What a user can do besides moving a control; buttons, keys and tests share it.
#[derive(Clone, Copy, Debug, PartialEq)]
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
    Nudge(SigmaStep),
    /// The case before the shown one, of those that belong together.
    CaseBefore,
    /// The case after it.
    CaseAfter,
    /// Copy the line of code that gives these weights.
    Copy(Framework),
    /// Copy a program that sets up the network.
    CopyNetwork(NetworkFramework),
    /// Show this view in the centre.
    View(ViewName),
    /// What the landscape goes over.
    Plane(Plane),
    /// What of its networks the landscape shows.
    Mapped(Mapped),
    /// What the landscape of trained networks goes over.
    TrainedPlane(TrainedPlane),
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
    /// Show or hide the numbers under the layers.
    Numbers,
    /// Show or hide the activation with a layer's pre-activations.
    Activation,
    /// Choose the layer before the chosen one.
    LayerBefore,
    /// Choose the layer after it.
    LayerAfter,
    /// Show the shape of the file's network drawn anew: as an outline behind it, or beside it.
    DrawAnew(Arrange),
    /// Draw it in place of the file's weights.
    DrawInstead,
    /// Show or hide what is wrong with a network of a file.
    Verdict,
    /// Show or hide cards at what the pointer is at in a picture.
    Cards,
    /// Let axes glide and lists fade, or be there at once.
    Motion,
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
    /// The command line that makes its file, on the clipboard.
    CopyCommand,
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
    /// Leave what is being measured at what is known; where nothing is, leave the layer or the unit that was chosen.
    Stop,
    /// Measure the rest after all.
    GoOn,
    /// Take away the message of what went wrong.
    Dismiss,
    /// Show or hide the palette: all actions with their keys, and what can be set by its name.
    Palette,
    /// Show or hide the presets, to choose one.
    Presets,
    /// Set the experiments of a preset.
    Preset(&'static str),
    /// Set the activation.
    Activate(Activation),
    /// Set the initializer of this name, with the parameters it had last.
    Initialize(&'static str),
    /// Let a setting move by itself from one end to the other and back, or stop that.
    Play(SweptSetting),
    /// The same with the setting that was played last.
    PlayOrStop,
    /// Curves, maps, lines or a table of trainings.
    Chart(TrainingChart),
    /// What of their layers maps and lines show.
    LayerQuantity(LayerQuantity),
    /// Over how many seeds the race is drawn.
    RaceSeeds(usize),
    /// Train each network at the best learning rate that was found for it.
    TakeRates,
    /// Whose layers these show, from 0; all racers', if none is named.
    RacerOf(Option<usize>),
    /// What the time of trainings is counted in.
    TimeUnit(TimeUnit),
    /// A logarithmic axis of time, or a linear one.
    TimeLog,
    /// A logarithmic axis of losses and accuracies, or a linear one.
    LossLog,
    /// Let the race go on, or stand it still.
    Race,
    /// Make one step of it.
    RaceStep,
    /// Go back to before its first step.
    RaceRewind,
    /// How fast it goes on.
    Pace(RacePace),
    /// Draw the layers as they were before the training, as outlines, or no more.
    Start,
    /// Look at the newest weights again.
    Newest,
    /// Look at the kept step before the one that is looked at, or after it; from far away at one a tenth of the race on.
    KeptStep {
        /// Later, or earlier.
        after: bool,
        /// By a tenth of the race.
        far: bool,
    },
    /// Go on with another learning rate from here.
    Rate(RateChange),
    /// Go to the control of a setting.
    Setting(Setting),
    /// Present, and what is done then.
    Present(Presentation),
    /// Show or hide the list of lessons.
    Lessons,
    /// Open a lesson that comes with the program.
    Lesson(&'static str),
    /// Go on in the lesson that is open.
    LessonNext,
    /// Go back in it.
    LessonBack,
    /// Answer its question, from 0.
    LessonAnswer(usize),
    /// Back to what it shows here.
    LessonReturn,
    /// Set what its step asks for.
    LessonSkip,
    /// Close it.
    LessonClose,
    /// Add what is shown as the next step of a lesson of one's own.
    AddStep,
    /// Show or hide the settings of a handout or a film of the lesson that is open.
    LessonPages,
}

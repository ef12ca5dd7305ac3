//! What actions do, in the words of the palette.

use super::{Action, Errand, Presentation, RacePace, RateChange, SigmaStep};
use crate::app::framework::Framework;
use crate::app::theme::ThemeChoice;
use crate::engine::landscape::{Plane, TrainedPlane};
use crate::experiment::NetworkFramework;
use crate::figure::training::{TimeUnit, TrainingChart};
use crate::figure::{Arrange, Axes, Mapped, PlotShape, Quantity, Scale};
use crate::sweep::SweptSetting;

/// Names of the groups of actions that belong to no view.
pub const EXPERIMENT: &str = "Experiment";
/// How weights are drawn.
pub const WEIGHTS: &str = "Weights";
/// What stands beside a view.
pub const PANELS: &str = "Shown beside the view";
/// The window itself.
pub const WINDOW: &str = "Window";
/// Groups of views.
pub const LAYERS: &str = "Layers";
/// The landscape.
pub const LANDSCAPE: &str = "Landscape";
/// Units, and images x units.
pub const UNITS: &str = "Units";
/// Networks that are trained.
pub const TRAINING: &str = "Training";
/// Lessons.
pub const LESSON: &str = "Lesson";
/// Experiments side by side.
pub const COMPARE: &str = "Compare";
/// Keys that mean this in a presentation.
pub const PRESENTING: &str = "While presenting";

/// Group of an action, and what it does. Views speak for themselves, and so do presets and what can be set: `None` of these.
pub fn about(action: Action) -> Option<(&'static str, &'static str)> {
    Some(match action {
        Action::View(_)
        | Action::Preset(_)
        | Action::Activate(_)
        | Action::Initialize(_)
        | Action::Setting(_)
        | Action::Lesson(_) => {
            return None;
        }
        Action::Lessons => (LESSON, "Choose a lesson"),
        Action::LessonNext => (LESSON, "Go on"),
        Action::LessonBack => (LESSON, "Go back"),
        Action::LessonAnswer(0) => (LESSON, "Choose the first answer"),
        Action::LessonAnswer(1) => (LESSON, "Choose the second answer"),
        Action::LessonAnswer(2) => (LESSON, "Choose the third answer"),
        Action::LessonAnswer(_) => (LESSON, "Choose the fourth answer"),
        Action::LessonReturn => (LESSON, "Back to the story"),
        Action::LessonSkip => (LESSON, "Show what the step asks for"),
        Action::LessonClose => (LESSON, "Close the lesson"),
        Action::AddStep => (LESSON, "Add what is shown as a step of a lesson of your own"),
        Action::LessonPages => (LESSON, "Write a handout or a film of the lesson"),
        Action::Presets => (EXPERIMENT, "Choose an experiment from the presets"),
        Action::Undo => (EXPERIMENT, "Undo the last change"),
        Action::Redo => (EXPERIMENT, "Redo what was undone"),
        Action::Reseed => (EXPERIMENT, "Draw another network"),
        Action::StartOver => (EXPERIMENT, "Return to the article's case"),
        Action::CaseBefore => (EXPERIMENT, "Previous case"),
        Action::CaseAfter => (EXPERIMENT, "Next case"),
        Action::Scene(Errand::Open) => (EXPERIMENT, "Open a scene"),
        Action::Scene(Errand::Network) => (EXPERIMENT, "Open a network"),
        Action::DrawAnew(Arrange::Ghost) => (WEIGHTS, "The file’s shape drawn anew, as an outline behind it"),
        Action::DrawAnew(Arrange::SideBySide | Arrange::Stacked) => (WEIGHTS, "The file’s shape drawn anew, beside it"),
        Action::DrawInstead => (WEIGHTS, "Draw the file’s shape anew, in place of its weights"),
        Action::Verdict => (PANELS, "What is wrong with a network of a file"),
        Action::Scene(Errand::Save) => (EXPERIMENT, "Save a scene"),
        Action::Export => (WINDOW, "Export the figure"),
        Action::CopyFigure => (WINDOW, "Copy the figure as an image"),
        Action::CopyCommand => (WINDOW, "Copy the command that makes the figure"),
        Action::PlayOrStop => {
            (EXPERIMENT, "Play, or stop playing: what was played last, at first σ; in the training, the race")
        }
        Action::Play(SweptSetting::Sigma) => (EXPERIMENT, "Play σ or gain"),
        Action::Play(SweptSetting::Depth) => (EXPERIMENT, "Play the number of hidden layers"),
        Action::Play(SweptSetting::Bias) => (EXPERIMENT, "Play the bias"),
        Action::Play(SweptSetting::Seed) => (EXPERIMENT, "Play seeds"),
        Action::Chart(TrainingChart::Curves) => (TRAINING, "Curves of losses and accuracies"),
        Action::Chart(TrainingChart::Maps) => (TRAINING, "Maps of the layers over time"),
        Action::Chart(TrainingChart::Lines) => (TRAINING, "Lines of the layers over time"),
        Action::Chart(TrainingChart::Table) => (TRAINING, "A table of how long each takes"),
        Action::Chart(TrainingChart::Rates) => (TRAINING, "Find the best learning rate of each network"),
        Action::TakeRates => (TRAINING, "Take the best learning rates that were found"),
        Action::RaceSeeds(1) => (TRAINING, "One seed"),
        Action::RaceSeeds(2..=4) => (TRAINING, "Bands of 3 seeds"),
        Action::RaceSeeds(5..=9) => (TRAINING, "Bands of 5 seeds, or one seed"),
        Action::RaceSeeds(10..=19) => (TRAINING, "Bands of 10 seeds"),
        Action::RaceSeeds(_) => (TRAINING, "Bands of 20 seeds"),
        Action::LayerQuantity(quantity) => (TRAINING, quantity.label()),
        Action::RacerOf(None) => (TRAINING, "The layers of all racers"),
        Action::RacerOf(Some(_)) => (TRAINING, "The layers of one racer"),
        Action::TimeUnit(TimeUnit::Steps) => (TRAINING, "Over steps"),
        Action::TimeUnit(TimeUnit::Epochs) => (TRAINING, "Over epochs"),
        Action::TimeUnit(TimeUnit::Seconds) => (TRAINING, "Over seconds"),
        Action::TimeLog => (TRAINING, "A logarithmic axis of time, or a linear one"),
        Action::LossLog => (TRAINING, "A logarithmic axis of losses, or a linear one"),
        Action::Race => (TRAINING, "Train, or pause"),
        Action::RaceStep => (TRAINING, "One step"),
        Action::RaceRewind => (TRAINING, "Rewind to the start"),
        Action::Start => (LAYERS, "The layers before the training, as outlines"),
        Action::Newest => (TRAINING, "Look at the newest weights"),
        Action::KeptStep { after: false, far: false } => (TRAINING, "Look at the kept step before"),
        Action::KeptStep { after: true, far: false } => (TRAINING, "Look at the kept step after"),
        Action::KeptStep { after: false, far: true } => (TRAINING, "Look a tenth of the race back"),
        Action::KeptStep { after: true, far: true } => (TRAINING, "Look a tenth of the race further"),
        Action::Pace(RacePace::PerSecond(1)) => (TRAINING, "1 step a second"),
        Action::Pace(RacePace::PerSecond(10)) => (TRAINING, "10 steps a second"),
        Action::Pace(RacePace::PerSecond(30)) => (TRAINING, "30 steps a second"),
        Action::Pace(RacePace::PerSecond(_)) => (TRAINING, "100 steps a second"),
        Action::Pace(RacePace::Fast) => (TRAINING, "As fast as it can"),
        Action::Rate(RateChange::Tenth) => (TRAINING, "Go on with a tenth of the learning rate"),
        Action::Rate(RateChange::Third) => (TRAINING, "Go on with a third of the learning rate"),
        Action::Rate(RateChange::Triple) => (TRAINING, "Go on with three times the learning rate"),
        Action::Rate(RateChange::Tenfold) => (TRAINING, "Go on with ten times the learning rate"),
        Action::Stop => (EXPERIMENT, "Stop playing, training or measuring; then leave the chosen layer or unit"),
        Action::GoOn => (EXPERIMENT, "Go on measuring"),
        Action::Nudge(SigmaStep::Up) => (WEIGHTS, "Raise σ or gain (second digit)"),
        Action::Nudge(SigmaStep::Down) => (WEIGHTS, "Lower σ or gain (second digit)"),
        Action::Nudge(SigmaStep::FarUp) => (WEIGHTS, "Raise σ or gain (first digit)"),
        Action::Nudge(SigmaStep::FarDown) => (WEIGHTS, "Lower σ or gain (first digit)"),
        Action::Copy(Framework::Keras) => (WEIGHTS, "Copy the line for Keras"),
        Action::Copy(Framework::PyTorch) => (WEIGHTS, "Copy the line for PyTorch"),
        Action::Copy(Framework::NumPy) => (WEIGHTS, "Copy the line for NumPy"),
        Action::CopyNetwork(NetworkFramework::Keras) => (WEIGHTS, "Copy the network for Keras"),
        Action::CopyNetwork(NetworkFramework::PyTorch) => (WEIGHTS, "Copy the network for PyTorch"),
        Action::Quantity(Quantity::Outputs) => (LAYERS, "Outputs"),
        Action::Quantity(Quantity::PreActivations) => (LAYERS, "Pre-activations"),
        Action::Quantity(Quantity::Gradients) => (LAYERS, "Gradients"),
        Action::Quantity(Quantity::Weights) => (LAYERS, "Weights"),
        Action::Quantity(Quantity::Updates) => (LAYERS, "Updates: what the last step changed of the weights"),
        Action::Show(PlotShape::Violin) => (LAYERS, "Violins"),
        Action::Show(PlotShape::Histogram) => (LAYERS, "Histograms"),
        Action::Show(PlotShape::Ridgeline) => (LAYERS, "Ridgelines"),
        Action::Show(PlotShape::Box) => (LAYERS, "Boxes"),
        Action::Scale(Scale::Linear) => (LAYERS, "A linear axis"),
        Action::Scale(Scale::Symlog) => (LAYERS, "Linear around zero, then logarithmic"),
        Action::Scale(Scale::Log) => (LAYERS, "A logarithmic axis"),
        Action::Robust => (LAYERS, "The axis without the outermost values"),
        Action::Axes(Axes::Shared) => (LAYERS, "One axis for all layers"),
        Action::Axes(Axes::Own) => (LAYERS, "An axis for every layer"),
        Action::LockAxis => (LAYERS, "Lock the axis"),
        Action::LayerBefore => (LAYERS, "Choose the previous layer"),
        Action::LayerAfter => (LAYERS, "Choose the next layer"),
        Action::Plane(Plane::Biases) => (LANDSCAPE, "Over σ_w and σ_b"),
        Action::Plane(Plane::Depth) => (LANDSCAPE, "Over σ and depth"),
        Action::Mapped(Mapped::OutputStd) => (LANDSCAPE, "Output std"),
        Action::Mapped(Mapped::GradientRatio) => (LANDSCAPE, "Gradient ratio"),
        Action::Mapped(Mapped::DeadShare) => (LANDSCAPE, "Dead units"),
        Action::Mapped(Mapped::Accuracy) => (LANDSCAPE, "Trained accuracy"),
        Action::Mapped(Mapped::Loss) => (LANDSCAPE, "Trained loss"),
        Action::Plane(Plane::Rate) | Action::TrainedPlane(TrainedPlane::Rate) => {
            (LANDSCAPE, "Trained networks over σ and the learning rate")
        }
        Action::TrainedPlane(TrainedPlane::Depth) => (LANDSCAPE, "Trained networks over σ_w and depth"),
        Action::Sort(false) => (UNITS, "In their own order"),
        Action::Sort(true) => (UNITS, "By how often they fire"),
        Action::Pin => (COMPARE, "Pin the present state and go on as the next"),
        Action::CompareCases => (COMPARE, "The cases side by side"),
        Action::Slot(0) => (COMPARE, "Go on as A"),
        Action::Slot(1) => (COMPARE, "Go on as B"),
        Action::Slot(2) => (COMPARE, "Go on as C"),
        Action::Slot(3) => (COMPARE, "Go on as D"),
        Action::Slot(4) => (COMPARE, "Go on as E"),
        Action::Slot(5) => (COMPARE, "Go on as F"),
        Action::Slot(6) => (COMPARE, "Go on as G"),
        Action::Slot(_) => (COMPARE, "Go on as H"),
        Action::CopyFrom(0) => (COMPARE, "Copy the settings of A"),
        Action::CopyFrom(1) => (COMPARE, "Copy the settings of B"),
        Action::CopyFrom(2) => (COMPARE, "Copy the settings of C"),
        Action::CopyFrom(3) => (COMPARE, "Copy the settings of D"),
        Action::CopyFrom(4) => (COMPARE, "Copy the settings of E"),
        Action::CopyFrom(5) => (COMPARE, "Copy the settings of F"),
        Action::CopyFrom(6) => (COMPARE, "Copy the settings of G"),
        Action::CopyFrom(_) => (COMPARE, "Copy the settings of H"),
        Action::Swap => (COMPARE, "Swap with the neighbour"),
        Action::Drop => (COMPARE, "Drop the present one"),
        Action::Ghost => (COMPARE, "A as an outline behind the others"),
        Action::Norms => (PANELS, "Gradient and std across the layers"),
        Action::Seeds => (PANELS, "The band of 20 seeds"),
        Action::Words => (PANELS, "What you see, in words"),
        Action::Numbers => (PANELS, "The numbers under the layers"),
        Action::Activation => (PANELS, "The activation and its derivative"),
        Action::Theory => (PANELS, "What theory says"),
        Action::Controls => (PANELS, "The controls"),
        Action::Details => (PANELS, "All settings, or only the main ones"),
        Action::Cards => (WINDOW, "Cards at the pointer, in pictures"),
        Action::Motion => (WINDOW, "Motion: axes glide, lists fade, or not"),
        Action::Present(Presentation::Toggle) => (WINDOW, Presentation::Toggle.about()),
        Action::Present(action) => (PRESENTING, action.about()),
        Action::Dismiss => (WINDOW, "Dismiss the error message"),
        Action::Theme(ThemeChoice::System) => (WINDOW, "Light or dark, like the system"),
        Action::Theme(ThemeChoice::Light) => (WINDOW, "Light"),
        Action::Theme(ThemeChoice::Dark) => (WINDOW, "Dark"),
        Action::Palette => (WINDOW, "Find an action, a preset or a setting by its name"),
    })
}

use super::App;
use super::commands::Action;
use crate::figure::training::CurveScale;
use crate::figure::{Arrange, AxisRange, ViewName};

impl App {
    /// Whether what an action chooses or switches on is chosen, or on: buttons and entries of menus show it.
    pub(super) fn is_on(&self, action: Action) -> bool {
        let (shown, panels) = (&self.shown, &self.shown.panels);
        let of_layers = shown.view == ViewName::Layers;
        let of_trained = shown.view == ViewName::TrainingLandscape;
        match action {
            // That of trained networks stands in front of the same tab.
            Action::View(ViewName::Landscape) => shown.view.is_landscape(),
            Action::View(view) => shown.view == view,
            Action::Plane(plane) => shown.plane == plane && !of_trained,
            Action::TrainedPlane(plane) => shown.training.trained_plane == plane && of_trained,
            Action::Mapped(mapped) => {
                mapped == if of_trained { shown.training.trained_value.mapped() } else { shown.mapped }
            }
            Action::Sort(sorted) => shown.sorted == sorted,
            Action::Quantity(quantity) => shown.layers.quantity == quantity,
            Action::Show(shape) => shown.layers.shape == shape,
            Action::Axes(axes) => shown.layers.axes == axes,
            Action::Scale(scale) => shown.layers.scale == scale,
            Action::Robust => shown.layers.range == AxisRange::Robust,
            Action::LockAxis => shown.locked,
            Action::Theme(theme) => self.theme == theme,
            // These stand beside the layers alone.
            Action::Norms => of_layers && panels.norms,
            Action::Seeds => of_layers && panels.norms && shown.seeds,
            Action::Words => of_layers && panels.words,
            Action::Numbers => self.has_numbers() && panels.numbers,
            Action::Theory => panels.theory,
            Action::Activation => panels.activation,
            Action::Verdict => panels.verdict,
            Action::Controls => self.has_controls(),
            Action::Present(action) => self.presenting.is_switched_on(action),
            Action::Details => panels.details,
            Action::Cards => self.cards,
            Action::Ghost => shown.arrange == Arrange::Ghost,
            Action::Export => self.export.is_open(),
            Action::LessonPages => self.export.is_of_lesson(),
            Action::Palette => self.palette.is_open(),
            Action::Lessons => self.are_lessons_open(),
            Action::Chart(chart) => shown.training.chart == chart,
            Action::LayerQuantity(quantity) => shown.training.layer_quantity == quantity,
            Action::RaceSeeds(seeds) => shown.training.several_seeds().unwrap_or(1) == seeds,
            Action::RacerOf(racer) => shown.training.racer == racer,
            Action::TimeUnit(unit) => shown.training.time == unit,
            Action::TimeLog => shown.training.time_scale == CurveScale::Log,
            Action::LossLog => shown.training.loss_scale == CurveScale::Log,
            Action::Start => of_layers && self.has_start(),
            Action::Race => self.is_racing(),
            Action::Pace(pace) => self.pace() == pace,
            Action::Play(setting) => self.played() == Some(setting),
            _ => false,
        }
    }

    /// Whether the view in the centre has numbers under its layers.
    pub(super) fn has_numbers(&self) -> bool {
        matches!(self.shown.view, ViewName::Layers | ViewName::Compare)
    }
}

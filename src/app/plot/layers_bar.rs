use egui::Ui;

use crate::app::App;
use crate::app::commands::Action;
use crate::app::segments::{menu_ui, segments_ui};
use crate::figure::{Axes, AxisRange, PlotShape, Quantity, Scale};

impl App {
    /// Offers what of a layer is drawn.
    pub(in crate::app) fn quantity_ui(&self, ui: &mut Ui) -> Option<Action> {
        let outputs = "The outputs of the layers, h = φ(z).";
        let pre_activations = "What enters the activation, z = h W + b.";
        let gradients = "How the loss changes with each pre-activation, ∂L/∂z, by a backward pass. L is the mean \
                         cross-entropy of the softmax output with the true labels.";
        let weights = "The kernel W of every hidden layer, as it was drawn.";
        segments_ui(
            ui,
            &[
                ("Outputs", outputs, Action::Quantity(Quantity::Outputs)),
                ("Pre-activations", pre_activations, Action::Quantity(Quantity::PreActivations)),
                ("Gradients", gradients, Action::Quantity(Quantity::Gradients)),
                ("Weights", weights, Action::Quantity(Quantity::Weights)),
            ],
            &[Action::Quantity(self.shown.layers.quantity)],
        )
    }

    /// Offers how it is drawn.
    pub(in crate::app) fn shape_ui(&self, ui: &mut Ui) -> Option<Action> {
        let kinds = [
            ("Violin", "The density of every layer's values, mirrored.", PlotShape::Violin),
            ("Histogram", "Every layer's values in up to 64 equal bins.", PlotShape::Histogram),
            (
                "Ridgeline",
                "The density on one side, with all layers at one scale: the narrower, the higher.",
                PlotShape::Ridgeline,
            ),
            ("Box", "Quartiles and median, whiskers at the 1st and 99th percentile.", PlotShape::Box),
        ];
        let name = kinds.iter().find(|(.., kind)| *kind == self.shown.layers.shape).map_or("", |(name, ..)| name);
        let kinds = kinds.map(|(name, hover, kind)| (name, hover, Action::Show(kind)));
        let about = "The shape a layer's values are drawn as.";
        let kind = menu_ui(ui, ("Shape", name, about), &[&kinds], &[Action::Show(self.shown.layers.shape)]);
        kind.or(self.axis_ui(ui))
    }

    /// Offers how the axis of the layers is.
    fn axis_ui(&self, ui: &mut Ui) -> Option<Action> {
        let bends = [
            ("Linear", "Equal differences are equally far apart.", Action::Scale(Scale::Linear)),
            (
                "Symlog",
                "Linear around zero up to the smallest layer's std, logarithmic beyond: vanishing and exploding layers \
                 can be seen together.",
                Action::Scale(Scale::Symlog),
            ),
            (
                "Log",
                "Logarithmic if no value is negative, else of |value|. Exact zeros have no place on it and are \
                 counted.",
                Action::Scale(Scale::Log),
            ),
        ];
        let scales = [
            ("Shared axis", "All layers on one axis: their sizes can be compared.", Action::Axes(Axes::Shared)),
            (
                "Own axes",
                "Every layer fills the height: shapes can be compared, sizes cannot.",
                Action::Axes(Axes::Own),
            ),
        ];
        let ends = [
            (
                "Robust range",
                "From 0.5 % to 99.5 % of all values shown; values outside are counted at the edge.",
                Action::Robust,
            ),
            (
                "Lock axis",
                "Hold the axis where it is, whatever is measured. Values outside are counted at the edge.",
                Action::LockAxis,
            ),
        ];
        let mut name = match self.shown.layers.scale {
            Scale::Linear => "Linear",
            Scale::Symlog => "Symlog",
            Scale::Log => "Log",
        }
        .to_owned();
        let mut chosen = vec![Action::Scale(self.shown.layers.scale), Action::Axes(self.shown.layers.axes)];
        name += if self.shown.layers.axes == Axes::Shared { ", shared" } else { ", own" };
        if self.shown.layers.range == AxisRange::Robust {
            name += ", robust";
            chosen.push(Action::Robust);
        }
        if self.shown.locked {
            name += ", locked";
            chosen.push(Action::LockAxis);
        }
        let about = "How the layers' values are laid out: on which axis, shared or not, and how much of them it shows.";
        menu_ui(ui, ("Axis", &name, about), &[&bends, &scales, &ends], &chosen)
    }
}

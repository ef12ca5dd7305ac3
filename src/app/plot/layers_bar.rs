use crate::app::App;
use crate::app::bar_group::BarGroup;
use crate::app::commands::Action;
use crate::figure::{Axes, AxisRange, PlotShape, Quantity, Scale};

impl App {
    /// What of a layer is drawn, as which shape, and on which axis.
    pub(in crate::app) fn groups_of_layers(&self) -> Vec<BarGroup> {
        let outputs = "The outputs of the layers, h = φ(z).";
        let pre_activations = "What enters the activation, z = h W + b.";
        let gradients = "How the loss changes with each pre-activation, ∂L/∂z, by a backward pass. L is the mean \
                         cross-entropy of the softmax output with the true labels.";
        let weights = "The kernel W of every hidden layer, as it was drawn.";
        let updates =
            "What the last step of a training changed of every weight, ΔW; at the start, what the first one changes.";
        let mut quantities = vec![
            ("Outputs", outputs, Action::Quantity(Quantity::Outputs)),
            ("Pre-activations", pre_activations, Action::Quantity(Quantity::PreActivations)),
            ("Gradients", gradients, Action::Quantity(Quantity::Gradients)),
            ("Weights", weights, Action::Quantity(Quantity::Weights)),
        ];
        // Without a training there are none, and the bar has room for what is always there.
        if self.has_race() || self.shown.layers.quantity == Quantity::Updates {
            quantities.push(("Updates", updates, Action::Quantity(Quantity::Updates)));
        }
        let shapes = vec![
            ("Violin", "The density of every layer's values, mirrored.", Action::Show(PlotShape::Violin)),
            ("Histogram", "Every layer's values in up to 64 equal bins.", Action::Show(PlotShape::Histogram)),
            (
                "Ridgeline",
                "The density on one side, with all layers at one scale: the narrower, the higher.",
                Action::Show(PlotShape::Ridgeline),
            ),
            ("Box", "Quartiles and median, whiskers at the 1st and 99th percentile.", Action::Show(PlotShape::Box)),
        ];
        let is_on = |action| self.is_on(action);
        let shape = BarGroup::of("Shape", "The shape a layer's values are drawn as.", shapes, is_on);
        vec![
            BarGroup::of("Quantity", "What of a layer is drawn.", quantities, is_on),
            BarGroup { is_list: true, ..shape },
            self.group_of_axis(),
        ]
    }

    /// How the axis of the layers is.
    fn group_of_axis(&self) -> BarGroup {
        let bends = vec![
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
        let scales = vec![
            ("Shared axis", "All layers on one axis: their sizes can be compared.", Action::Axes(Axes::Shared)),
            (
                "Own axes",
                "Every layer fills the height: shapes can be compared, sizes cannot.",
                Action::Axes(Axes::Own),
            ),
        ];
        let ends = vec![
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
        name += if self.shown.layers.axes == Axes::Shared { ", shared" } else { ", own" };
        if self.shown.layers.range == AxisRange::Robust {
            name += ", robust";
        }
        if self.shown.locked {
            name += ", locked";
        }
        BarGroup {
            name: "Axis",
            about: "How the layers' values are laid out: on which axis, shared or not, and how much of them it shows.",
            lists: vec![bends, scales, ends],
            said: vec![name, "Axis".to_owned()],
            longest: "Symlog, shared, robust, locked",
            beside: None,
            is_list: true,
        }
    }
}

use crate::app::App;
use crate::app::bar_group::BarGroup;
use crate::app::commands::Action;
use crate::engine::landscape::{Plane, TrainedPlane};
use crate::figure::{Mapped, ViewName};

impl App {
    /// What of its networks the landscape shows, and what it goes over.
    pub(in crate::app) fn groups_of_landscape(&self) -> Vec<BarGroup> {
        let ratio = "||∂L/∂z₁|| / ||∂L/∂z_L||: the gradient in the first hidden layer over that in the last. Below 1 it vanishes on its \
                 way back, above 1 it explodes. On the map over depth, every depth is a network of its own, with its own output \
                 layer and backward pass.";
        let mapped = vec![
            (
                "Output std",
                "Standard deviation of the last hidden layer’s outputs over images and units.",
                Action::Mapped(Mapped::OutputStd),
            ),
            ("Gradient ratio", ratio, Action::Mapped(Mapped::GradientRatio)),
            (
                "Dead units",
                "Share of the last hidden layer’s units that are dead: the slope is 0 for each of these images.",
                Action::Mapped(Mapped::DeadShare),
            ),
            (
                "Trained accuracy",
                "How many test images are right after some steps of training: every cell is a network that is trained as the settings of \
                 the training say, for as many steps as they name, or 200 of their epochs.",
                Action::Mapped(Mapped::Accuracy),
            ),
            ("Trained loss", "The mean loss on the test images after the same training.", Action::Mapped(Mapped::Loss)),
        ];
        let planes = vec![
            (
                "σ_w × σ_b",
                "Over σ_w = σ √fan_in of the weights, the same in every layer (variance_scaling with scale σ_w²), and σ_b, the \
             standard deviation of the biases.",
                Action::Plane(Plane::Biases),
            ),
            (
                "σ × depth",
                "Over σ of the weights (σ_w where the initializer scales by the layer’s size) and the number of hidden layers.",
                Action::Plane(Plane::Depth),
            ),
        ];
        let is_on = |action| self.is_on(action);
        let mut groups = vec![BarGroup::of("Map", "What of its networks the landscape shows.", mapped, is_on)];
        let planes_of_trained = vec![
            (
                "σ_w × depth",
                "Over σ_w = σ √fan_in of the weights and 10 to 100 hidden layers: how deep networks can be trained.",
                Action::TrainedPlane(TrainedPlane::Depth),
            ),
            (
                "σ × rate",
                "Over σ of the weights (σ_w where the initializer scales by the layer’s size) and the learning rate of the present \
                 network: how much of a difference between initializations is one of the rate.",
                Action::TrainedPlane(TrainedPlane::Rate),
            ),
        ];
        let is_trained = self.shown.view == ViewName::TrainingLandscape;
        let planes = if is_trained { planes_of_trained } else { planes };
        groups.push(BarGroup::of("Plane", "What the landscape goes over.", planes, is_on));
        groups
    }
}

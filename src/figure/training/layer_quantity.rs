use serde::{Deserialize, Serialize};

use crate::engine::race::RacerFound;
use crate::trainer::EpochLayer;

/// Something that is found of every layer while a network is trained; called as `initscope train` calls it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum LayerQuantity {
    /// The norm of dL/dW of each step's batch.
    #[value(name = "weight_gradient_l2")]
    #[serde(rename = "weight_gradient_l2")]
    WeightGradient,
    /// How far a step moved the weights, by their size.
    #[default]
    UpdateRatio,
    /// The norm of dL/dz after every epoch.
    #[value(name = "gradient_l2")]
    #[serde(rename = "gradient_l2")]
    Gradient,
    /// How far the weights are from where they were at the start, by their size there.
    Distance,
    /// Units that are dead.
    DeadUnits,
    /// Units that are always on.
    AlwaysOnUnits,
    /// Units that were dead an epoch before.
    RevivedUnits,
    /// Share of outputs that are saturated.
    SaturatedFraction,
    /// Standard deviation of the outputs.
    OutputStd,
}

/// The update ratio that is neither small nor large, as a power of ten, and how far around it the band goes.
pub const USUAL_UPDATE: f64 = -3.0;
const BAND: f64 = 0.5;

impl LayerQuantity {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 9] = [
        Self::UpdateRatio,
        Self::WeightGradient,
        Self::Gradient,
        Self::Distance,
        Self::DeadUnits,
        Self::AlwaysOnUnits,
        Self::RevivedUnits,
        Self::SaturatedFraction,
        Self::OutputStd,
    ];

    /// As the command line and files call it.
    pub fn key(self) -> &'static str {
        match self {
            Self::WeightGradient => "weight_gradient_l2",
            Self::UpdateRatio => "update_ratio",
            Self::Gradient => "gradient_l2",
            Self::Distance => "distance",
            Self::DeadUnits => "dead_units",
            Self::AlwaysOnUnits => "always_on_units",
            Self::RevivedUnits => "revived_units",
            Self::SaturatedFraction => "saturated_fraction",
            Self::OutputStd => "output_std",
        }
    }

    /// As people have it.
    pub fn label(self) -> &'static str {
        match self {
            Self::WeightGradient => "Weight gradient",
            Self::UpdateRatio => "Update ratio",
            Self::Gradient => "Gradient",
            Self::Distance => "Distance",
            Self::DeadUnits => "Dead units",
            Self::AlwaysOnUnits => "Always on",
            Self::RevivedUnits => "Revived units",
            Self::SaturatedFraction => "Saturated",
            Self::OutputStd => "Output std",
        }
    }

    /// Its symbol, at an axis or a scale of colours.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::WeightGradient => "||∂L/∂W||",
            Self::UpdateRatio => "||ΔW|| / ||W||",
            Self::Gradient => "||∂L/∂z||",
            Self::Distance => "||W − W₀|| / ||W₀||",
            Self::DeadUnits => "dead units",
            Self::AlwaysOnUnits => "units always on",
            Self::RevivedUnits => "revived units",
            Self::SaturatedFraction => "saturated outputs",
            Self::OutputStd => "std of h",
        }
    }

    /// What it is, in a sentence.
    pub fn about(self) -> &'static str {
        match self {
            Self::WeightGradient => "L2 norm of the gradient of the loss of each step's batch to a layer's weights.",
            Self::UpdateRatio => {
                "L2 norm of what each step moved a layer's weights by, over that of the weights; around 10⁻³ is usual."
            }
            Self::Gradient => "L2 norm of the gradient of the loss to a layer's pre-activations, after every epoch.",
            Self::Distance => {
                "L2 norm of what a layer's weights have moved by since the start, over that of the weights there."
            }
            Self::DeadUnits => "Share of a layer's units that are dead, after every epoch.",
            Self::AlwaysOnUnits => "Share of a layer's units that are always on, after every epoch.",
            Self::RevivedUnits => "Share of a layer's units that were dead an epoch before and are not any more.",
            Self::SaturatedFraction => "Share of a layer's outputs that are saturated, after every epoch.",
            Self::OutputStd => "Standard deviation of a layer's outputs, after every epoch.",
        }
    }

    /// Whether it is found in steps, and not after epochs alone.
    pub fn is_of_steps(self) -> bool {
        matches!(self, Self::WeightGradient | Self::UpdateRatio)
    }

    /// Whether it is a share of units or of outputs.
    pub fn is_share(self) -> bool {
        matches!(self, Self::DeadUnits | Self::AlwaysOnUnits | Self::RevivedUnits | Self::SaturatedFraction)
    }

    /// Whether it counts units.
    pub fn is_count(self) -> bool {
        self.is_share() && self != Self::SaturatedFraction
    }

    /// Whether it goes over powers of ten.
    pub fn is_logarithmic(self) -> bool {
        !self.is_share() && self != Self::Distance
    }

    /// What is usual of it, from a number to another.
    pub fn band(self) -> Option<(f64, f64)> {
        let power = |exponent: f64| 10_f64.powf(exponent);
        (self == Self::UpdateRatio).then(|| (power(USUAL_UPDATE - BAND), power(USUAL_UPDATE + BAND)))
    }

    /// What was found of a layer after an epoch; counts as numbers.
    pub fn of_epoch(self, layer: &EpochLayer) -> Option<f64> {
        Some(match self {
            Self::WeightGradient => layer.weight_gradient_l2,
            Self::UpdateRatio => layer.update_ratio?,
            Self::Gradient => layer.gradient_l2,
            Self::Distance => layer.distance,
            Self::DeadUnits => layer.dead_units as f64,
            Self::AlwaysOnUnits => layer.always_on_units as f64,
            Self::RevivedUnits => layer.revived_units as f64,
            Self::SaturatedFraction => layer.saturated_fraction?,
            Self::OutputStd => layer.output_std,
        })
    }

    /// Whether a racer has any of it.
    pub fn is_known_of(self, racer: &RacerFound) -> bool {
        let activation = racer.entrant.experiment.activation;
        match self {
            Self::DeadUnits | Self::RevivedUnits | Self::AlwaysOnUnits => activation.can_be_dead(),
            Self::SaturatedFraction => {
                racer.epochs.iter().flat_map(|epoch| &epoch.layers).any(|layer| layer.saturated_fraction.is_some())
            }
            _ => true,
        }
    }
}

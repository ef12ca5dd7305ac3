use serde::{Deserialize, Serialize};

use crate::engine::landscape::{Cell, Reading};
use crate::number;

/// What of its cells a landscape shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum Mapped {
    /// Standard deviation of the last hidden layer's outputs.
    #[default]
    OutputStd,
    /// ||dL/dz_1|| / ||dL/dz_L||
    GradientRatio,
    /// Share of the last hidden layer's units that are dead.
    DeadShare,
    /// Share of images that are classified right after a training: what a landscape of trainings shows, and no other.
    #[serde(skip)]
    #[value(skip)]
    Accuracy,
    /// Their mean loss, likewise.
    #[serde(skip)]
    #[value(skip)]
    Loss,
}

impl Mapped {
    /// Those of networks as they are drawn, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::OutputStd, Self::GradientRatio, Self::DeadShare];

    /// Whether it is of networks that are trained.
    pub fn is_trained(self) -> bool {
        matches!(self, Self::Accuracy | Self::Loss)
    }

    /// Its symbol, at the scale of colours.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::OutputStd => "std of h",
            Self::GradientRatio => "||∂L/∂z₁|| / ||∂L/∂z_L||",
            Self::DeadShare => "dead units",
            Self::Accuracy => "accuracy",
            Self::Loss => "test loss",
        }
    }

    /// What was measured of it.
    pub fn of(self, cell: &Cell) -> Option<Reading> {
        match self {
            Self::OutputStd => Some(cell.output_std),
            Self::GradientRatio => cell.gradient_ratio,
            Self::DeadShare => Some(cell.dead_share),
            Self::Accuracy => cell.accuracy,
            Self::Loss => cell.loss,
        }
    }

    /// A number of it as it is written.
    pub fn written(self, value: f64) -> String {
        match self {
            Self::OutputStd | Self::GradientRatio | Self::Loss => number::significant(value),
            Self::DeadShare | Self::Accuracy => number::percent(value),
        }
    }
}

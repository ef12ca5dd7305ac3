use serde::{Deserialize, Serialize};

use crate::figure::Mapped;

/// What of its networks a landscape of trainings shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum TrainedValue {
    /// Share of images that are classified right.
    #[default]
    Accuracy,
    /// Mean loss on these images.
    Loss,
}

impl TrainedValue {
    /// As landscapes have it.
    pub fn mapped(self) -> Mapped {
        match self {
            Self::Accuracy => Mapped::Accuracy,
            Self::Loss => Mapped::Loss,
        }
    }
}

use serde::{Deserialize, Serialize};

/// What is drawn of trainings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum TrainingChart {
    /// The loss of every step and the accuracies of the epochs, over time.
    #[default]
    Curves,
    /// Something of the layers as colours: layer by time.
    Maps,
    /// The same as lines over time.
    Lines,
    /// How long each took to get how far.
    Table,
    /// The loss that short runs come to at many learning rates.
    Rates,
}

impl TrainingChart {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 5] = [Self::Curves, Self::Maps, Self::Lines, Self::Table, Self::Rates];

    /// Whether it shows something of the layers.
    pub fn is_of_layers(self) -> bool {
        matches!(self, Self::Maps | Self::Lines)
    }

    /// Whether it shows what other seeds make of the race.
    pub fn has_seeds(self) -> bool {
        matches!(self, Self::Curves | Self::Table)
    }

    /// Whether it is one over time.
    pub fn is_over_time(self) -> bool {
        matches!(self, Self::Curves | Self::Maps | Self::Lines)
    }

    /// As people have it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Curves => "Curves",
            Self::Maps => "Maps",
            Self::Lines => "Lines",
            Self::Table => "Table",
            Self::Rates => "Rates",
        }
    }

    /// What it shows, in a sentence.
    pub fn about(self) -> &'static str {
        match self {
            Self::Curves => "The training loss of every step and the test accuracy after every epoch.",
            Self::Maps => "What happens in the layers as colours: a row for every layer, time from left to right.",
            Self::Lines => "What happens in the layers as lines over time, one for every layer.",
            Self::Table => "How long each network took to 90 % and 95 % test accuracy, and what became of its units.",
            Self::Rates => {
                "Which learning rate each network learns fastest with: the loss of short runs at many rates."
            }
        }
    }
}

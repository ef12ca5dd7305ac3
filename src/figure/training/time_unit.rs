use serde::{Deserialize, Serialize};

use crate::engine::race::RacerFound;

/// What the time of a training is counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum TimeUnit {
    /// Steps, a batch each.
    #[default]
    Steps,
    /// Times that all training images were seen.
    Epochs,
    /// Seconds that a racer's own thread took for the steps.
    Seconds,
}

impl TimeUnit {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Steps, Self::Epochs, Self::Seconds];

    /// Several of them, in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Steps => "steps",
            Self::Epochs => "epochs",
            Self::Seconds => "seconds",
        }
    }

    /// What stands at an axis.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Steps => "steps",
            Self::Epochs => "epochs",
            Self::Seconds => "seconds of one thread",
        }
    }

    /// When a racer had made so many steps.
    pub fn of(self, racer: &RacerFound, steps: u64) -> f64 {
        match self {
            Self::Steps => steps as f64,
            Self::Epochs => steps as f64 / racer.steps_per_epoch.max(1) as f64,
            Self::Seconds => racer.history.seconds(steps),
        }
    }

    /// How many steps a racer had made by then, at most all that it has made.
    pub fn steps(self, racer: &RacerFound, time: f64) -> u64 {
        let made = racer.history.steps();
        let whole = |steps: f64| if steps > 0.0 { steps.round() as u64 } else { 0 };
        match self {
            Self::Steps => whole(time).min(made),
            Self::Epochs => whole(time * racer.steps_per_epoch.max(1) as f64).min(made),
            Self::Seconds => {
                // The first step that was done no earlier.
                let (mut before, mut after) = (0, made);
                while before < after {
                    let middle = before.midpoint(after);
                    if racer.history.seconds(middle) < time { before = middle + 1 } else { after = middle }
                }
                before
            }
        }
    }
}

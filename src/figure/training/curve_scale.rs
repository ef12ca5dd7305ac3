use serde::{Deserialize, Serialize};

/// How the time of a training, or its losses, are laid out on an axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum CurveScale {
    /// Equal differences are equally far apart.
    #[default]
    Linear,
    /// Equal ratios are equally far apart: of accuracies, of what they lack to 100 %.
    Log,
}

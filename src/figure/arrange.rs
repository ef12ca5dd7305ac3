use serde::{Deserialize, Serialize};

/// How several experiments stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum Arrange {
    /// A panel each, from left to right.
    #[default]
    SideBySide,
    /// A panel each, from top to bottom.
    Stacked,
    /// The first as outlines behind the others.
    Ghost,
}

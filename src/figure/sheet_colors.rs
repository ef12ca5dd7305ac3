use serde::{Deserialize, Serialize};

/// The colours of a figure's ground, text and lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum Theme {
    /// As the window in daylight.
    #[default]
    Light,
    /// As the window at night.
    Dark,
    /// White paper, black text.
    Print,
    /// Black and white, and strong colours.
    HighContrast,
}

/// The colours of layers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum Palette {
    /// Okabe and Ito 2008.
    #[default]
    OkabeIto,
    /// A ramp by depth, after Viridis.
    Viridis,
    /// Greys by depth.
    Grey,
}

use serde::{Deserialize, Serialize};

/// How the texts of an SVG are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Texts {
    /// As outlines, which look the same everywhere.
    #[default]
    Outlined,
    /// As text, which can be searched and edited, with the font's glyphs that are used.
    Text,
    /// As outlines, each where it stands: larger files, for programs that do not know what is drawn once and used often.
    Paths,
}

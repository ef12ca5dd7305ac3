use crate::experiment::{Activation, Initializer, Preset};

/// A list of names that flags take.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum Names {
    Presets,
    Activations,
    Initializers,
}

impl Names {
    /// A line each: the name, then the formula and the lines of code that do the same, or a preset's title, and under that what
    /// it shows.
    pub fn text(self) -> String {
        match self {
            Self::Presets => {
                let rows: Vec<_> =
                    Preset::all().iter().map(|preset| [preset.name, preset.title].map(str::to_owned)).collect();
                let titled = aligned(&rows);
                let both = titled.lines().zip(Preset::all());
                both.map(|(line, preset)| format!("{line}\n    {}\n", preset.summary)).collect()
            }
            Self::Activations => aligned(&Activation::ALL.map(|activation| {
                [activation.to_string(), activation.formula().to_owned(), activation.keras(), activation.pytorch()]
            })),
            Self::Initializers => {
                let code = |line: Option<String>| line.unwrap_or_else(|| "-".to_owned());
                aligned(&Initializer::ALL.map(|initializer| {
                    let (name, formula) = (initializer.name().to_owned(), initializer.formula().to_owned());
                    let python = initializer.torch().or_else(|| initializer.numpy());
                    [name, formula, code(initializer.keras()), code(python)]
                }))
            }
        }
    }
}

/// Columns as wide as their widest cell; the last one ends where its text ends.
fn aligned<const COLUMNS: usize>(rows: &[[String; COLUMNS]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; COLUMNS] = std::array::from_fn(width);
    let line = |row: &[String; COLUMNS]| {
        let cells: Vec<_> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        format!("{}\n", cells.join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

use clap::ValueEnum as _;

use super::{stats, train};
use crate::experiment::{Activation, Initializer, NetworkFramework as Framework, Preset};
use crate::figure::ViewName;
use crate::layout::OF_PANELS;
use crate::lesson::BuiltIn;
use crate::network_file::FORMATS;
use crate::training::Optimizer;
use crate::views::class;

/// A list of names that flags take.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum Names {
    Presets,
    Activations,
    Initializers,
    Optimizers,
    Formats,
    Lessons,
    Columns,
}

impl Names {
    /// A line each: the name, then the formula and the lines of code that do the same, or a preset's title, and under that what
    /// it shows; of a file of networks its endings and what is read; of an optimizer both frameworks' formulas and how they differ; of a
    /// lesson what it is about.
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
            Self::Columns => columns(),
            Self::Formats => {
                aligned(&FORMATS.map(|format| [format.name, format.endings, format.about].map(str::to_owned)))
            }
            Self::Initializers => {
                let code = |line: Option<String>| line.unwrap_or_else(|| "-".to_owned());
                aligned(&Initializer::ALL.map(|initializer| {
                    let (name, formula) = (initializer.name().to_owned(), initializer.formula().to_owned());
                    let python = initializer.torch().or_else(|| initializer.numpy());
                    [name, formula, code(initializer.keras()), code(python)]
                }))
            }
            Self::Lessons => {
                let all: Vec<_> =
                    BuiltIn::all().iter().filter_map(|lesson| Some((lesson.name, lesson.lesson()?))).collect();
                let rows: Vec<_> = all
                    .iter()
                    .map(|(name, lesson)| {
                        let length = format!("{} steps, about {} minutes", lesson.steps.len(), lesson.minutes);
                        [(*name).to_owned(), lesson.title.clone(), length]
                    })
                    .collect();
                let titled = aligned(&rows);
                titled
                    .lines()
                    .zip(&all)
                    .map(|(line, (_, lesson))| format!("{line}\n    {}\n", lesson.summary))
                    .collect()
            }
            Self::Optimizers => {
                Optimizer::all(Framework::Keras).into_iter().map(optimizer).collect::<Vec<_>>().join("\n")
            }
        }
    }
}

/// An optimizer in both frameworks: its parameters with their defaults, and what a step does.
fn optimizer(optimizer: Optimizer) -> String {
    let mut text = optimizer.name().to_owned() + "\n";
    let with_momentum = |nesterov| Optimizer::Sgd { momentum: 0.9, nesterov };
    for (framework, name) in [(Framework::Keras, "Keras"), (Framework::PyTorch, "PyTorch")] {
        let mut shown = optimizer.with_defaults(framework);
        let (rate, decay) = (shown.default_rate(framework), shown.default_weight_decay(framework));
        let decay = if decay > 0.0 { format!(", --weight-decay {decay}") } else { String::new() };
        text += &format!("  {name:<8}--learning-rate {rate}{decay}, {}\n", shown.parameter_words().join(", "));
        text += &format!("          {}\n", shown.formula(framework));
        if matches!(optimizer, Optimizer::Sgd { .. }) {
            text += &format!("          with momentum: {}\n", with_momentum(false).formula(framework));
            text += &format!("          with nesterov: {}\n", with_momentum(true).formula(framework));
        }
    }
    text + &format!("  {}\n", optimizer.difference())
}

/// What the columns of CSV and JSON are, view by view, and of commands that print such tables.
fn columns() -> String {
    let name = |view: ViewName| view.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
    let mut rows = Vec::new();
    for &view in ViewName::all() {
        let about = class(view).columns().iter().chain(if view.has_panels() { &OF_PANELS[..] } else { &[] });
        rows.extend(about.map(|column| [name(view), column.name.to_owned(), column.about.to_owned()]));
    }
    rows.extend(stats::columns().into_iter().map(|(name, about)| ["stats".to_owned(), name, about]));
    rows.extend(train::COLUMNS.map(|(name, about)| ["train", name, about].map(str::to_owned)));
    rows.extend(train::FIRST_COLUMNS.map(|(name, about)| ["train+", name, about].map(str::to_owned)));
    aligned(&rows)
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

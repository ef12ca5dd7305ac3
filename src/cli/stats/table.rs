use std::fmt::Display;

use super::layer::LayerReport;
use super::remedies::WhatHelps;
use super::theory::Theory;
use crate::cli::wrapped::wrapped;
use crate::engine::Measurement;
use crate::experiment::Activation;
use crate::figure::Headline;
use crate::insight::what_you_see;
use crate::number;
use crate::subject::Purpose;

/// Lines of a heading over the layers' lines.
const HEADING: usize = 2;

/// Columns under a common title.
struct ColumnGroup {
    title: &'static str,
    columns: Vec<TableColumn>,
}

/// The heading's lines, then a line for each layer.
struct TableColumn(Vec<String>);

/// The headline, a line for each layer, the loss, what is not finite, what is to be seen and what helps, and what theory says.
pub(super) fn text((measurement, what_helps): &(Measurement, Option<WhatHelps>)) -> String {
    let groups = groups(measurement);
    let mut text = format!("{}\n\n", Headline::of(&measurement.subject));
    text += &line(groups.iter().map(ColumnGroup::title));
    for row in 0..HEADING + measurement.layers.len() {
        text += &line(groups.iter().map(|group| group.row(row)));
    }
    text += &match (measurement.subject.no_loss(), measurement.subject.purpose()) {
        (Some(why), _) => format!("\n{why}\n"),
        (None, purpose) => {
            let (name, classes) = match purpose {
                Purpose::Logistic => ("binary cross-entropy", 2),
                _ => ("cross-entropy", measurement.subject.outputs()),
            };
            format!(
                "\nloss {}: mean {name} over the images ({} if all classes were equally likely)\n",
                number::value(measurement.loss),
                number::value((classes as f64).ln()),
            )
        }
    };
    if let Some(overflow) = measurement.overflow() {
        text += &format!("{overflow}\n{}\n", overflow.reason());
    }
    text += &wrapped(&format!("What you see: {}", what_you_see(&measurement.into()).join(" ")));
    if let Some(what_helps) = what_helps {
        text += &wrapped(&what_helps.words());
    }
    for line in Theory::of(measurement).lines() {
        text += &format!("{line}\n");
    }
    text
}

fn groups(measurement: &Measurement) -> Vec<ColumnGroup> {
    let layers = LayerReport::all(measurement);
    let column = |heading: [&str; HEADING], cell: &dyn Fn(&LayerReport) -> String| {
        TableColumn(heading.map(str::to_owned).into_iter().chain(layers.iter().map(cell)).collect())
    };
    let value = |heading: &str, key: &'static str| column([heading, ""], &|layer| number::value(layer.number_of(key)));
    let share =
        |heading: [&str; HEADING], key: &'static str| column(heading, &|layer| number::percent(layer.number_of(key)));
    let mut outputs = vec![
        value("mean", "output.mean"),
        value("std", "output.std"),
        value("min", "output.min"),
        value("median", "output.q50"),
        value("max", "output.max"),
    ];
    let activations: Vec<_> =
        (0..measurement.layers.len()).map(|layer| measurement.subject.activation(layer)).collect();
    let any = |of: &dyn Fn(&Activation) -> bool| activations.iter().any(of);
    let saturates = any(&|activation| activation.saturation().is_some());
    if !saturates || layers.iter().any(|layer| layer.number_of("zero_fraction") > 0.0) {
        outputs.push(share(["exact", "zeros"], "zero_fraction"));
    }
    if saturates {
        outputs.push(share(["satu-", "rated"], "saturated_fraction"));
    }
    let layer = vec![
        column(["layer", ""], &|layer| layer.number_of("layer").to_string()),
        column(["units", ""], &|layer| layer.number_of("units").to_string()),
    ];
    let states = |heading: [&str; HEADING], key: &str| {
        let cells = layers.iter().zip(&measurement.layers).map(|(report, layer)| {
            // Where all outputs are NaN, no unit is known to be anything.
            let unknown = layer.output.nan == (layer.units * measurement.images) as u64;
            if unknown { "–".to_owned() } else { report.number_of(key).to_string() }
        });
        TableColumn(heading.map(str::to_owned).into_iter().chain(cells).collect())
    };
    let never_positive = || states(["never", "> 0"], "never_positive_units");
    let mut units = Vec::new();
    if any(&|activation| activation.can_be_dead()) {
        units.push(states(["flat", "(dead)"], "dead_units"));
        units.push(states(["partly", "(mixed)"], "mixed_units"));
        // They are among the mixed.
        units.extend(any(&|activation| activation.can_be_never_positive()).then(never_positive));
        units.push(states(["always", "(on)"], "always_on_units"));
    } else if any(&|activation| activation.can_be_never_positive()) {
        units.push(never_positive());
    }
    let mut groups = vec![
        ColumnGroup { title: "", columns: layer },
        ColumnGroup { title: "weights", columns: vec![value("std", "weights.std")] },
        ColumnGroup { title: "outputs over images × units", columns: outputs },
    ];
    if !units.is_empty() {
        groups.push(ColumnGroup { title: "units", columns: units });
    }
    groups
}

impl ColumnGroup {
    fn width(&self) -> usize {
        let columns: usize = self.columns.iter().map(|column| column.width() + GAP.len()).sum();
        (columns - GAP.len()).max(self.title.chars().count())
    }

    fn title(&self) -> String {
        format!("{:^1$}", self.title, self.width())
    }

    fn row(&self, row: usize) -> String {
        let cells: Vec<_> = self.columns.iter().map(|column| right(&column.0[row], column.width())).collect();
        right(cells.join(GAP), self.width())
    }
}

impl TableColumn {
    fn width(&self) -> usize {
        self.0.iter().map(|line| line.chars().count()).max().unwrap_or(0)
    }
}

/// Between columns.
const GAP: &str = "  ";
/// Between groups.
const GROUP_GAP: &str = "   ";

fn right(text: impl Display, width: usize) -> String {
    format!("{:>width$}", text.to_string())
}

fn line(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<_> = parts.collect();
    parts.join(GROUP_GAP).trim_end().to_owned() + "\n"
}

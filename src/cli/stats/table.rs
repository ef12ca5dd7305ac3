use std::fmt::Display;

use super::report::Layer;
use super::theory::Theory;
use crate::engine::{LayerMeasurement, Measurement};
use crate::experiment::CLASSES;
use crate::figure::Headline;
use crate::insight::what_you_see;
use crate::number;
use crate::stats::UnitStates;

/// Lines of a heading over the layers' lines.
const HEADING: usize = 2;

/// Columns under a common title.
struct Group {
    title: &'static str,
    columns: Vec<Column>,
}

/// The heading's lines, then a line for each layer.
struct Column(Vec<String>);

/// The headline, a line for each layer, the loss, what is not finite, and what theory says.
pub(super) fn text(measurement: &Measurement) -> String {
    let groups = groups(measurement);
    let mut text = format!("{}\n\n", Headline::of(&measurement.subject));
    text += &line(groups.iter().map(Group::title));
    for row in 0..HEADING + measurement.layers.len() {
        text += &line(groups.iter().map(|group| group.row(row)));
    }
    text += &format!(
        "\nloss {}: mean cross-entropy over the images ({} if all classes were equally likely)\n",
        number::value(measurement.loss),
        number::value((CLASSES as f64).ln()),
    );
    if let Some(overflow) = measurement.overflow() {
        text += &format!("{overflow}\n{}\n", overflow.reason());
    }
    text += &wrapped(&format!("What you see: {}", what_you_see(&measurement.into()).join(" ")));
    for line in Theory::of(measurement).lines() {
        text += &format!("{line}\n");
    }
    text
}

fn groups(measurement: &Measurement) -> Vec<Group> {
    let layers = &measurement.layers;
    let column = |heading: [&str; HEADING], cell: &dyn Fn(&LayerMeasurement) -> String| {
        Column(heading.map(str::to_owned).into_iter().chain(layers.iter().map(cell)).collect())
    };
    let mut outputs = vec![
        column(["mean", ""], &|layer| number::value(layer.output.mean)),
        column(["std", ""], &|layer| number::value(layer.output.std)),
        column(["min", ""], &|layer| number::value(layer.output.min)),
        column(["median", ""], &|layer| {
            number::value(layer.output.quantiles.map_or(f64::NAN, |quantiles| quantiles[3]))
        }),
        column(["max", ""], &|layer| number::value(layer.output.max)),
    ];
    let activation = measurement.experiment().activation;
    let saturates = activation.saturation().is_some();
    if !saturates || layers.iter().any(|layer| layer.output.zero_fraction > 0.0) {
        outputs.push(column(["exact", "zeros"], &|layer| number::percent(layer.output.zero_fraction)));
    }
    if saturates {
        let share = |layer: &LayerMeasurement| layer.saturated_fraction.map_or_else(String::new, number::percent);
        outputs.push(column(["satu-", "rated"], &share));
    }
    let layer = vec![
        column(["layer", ""], &|layer| layer.layer.to_string()),
        column(["units", ""], &|layer| layer.units.to_string()),
    ];
    let weights = vec![column(["std", ""], &|layer| number::value(Layer::of(layer, activation).weights.std))];
    let states = |of: fn(UnitStates) -> usize| {
        move |layer: &LayerMeasurement| {
            // Where all outputs are NaN, no unit is known to be anything.
            let unknown = layer.output.nan == (layer.units * measurement.images) as u64;
            if unknown { "–".to_owned() } else { of(layer.states).to_string() }
        }
    };
    let never_positive = || column(["never", "> 0"], &states(|states| states.never_positive));
    let mut units = Vec::new();
    if activation.can_be_dead() {
        units.push(column(["flat", "(dead)"], &states(|states| states.dead)));
        units.push(column(["partly", "(mixed)"], &states(|states| states.mixed)));
        // They are among the mixed.
        units.extend(activation.can_be_never_positive().then(never_positive));
        units.push(column(["always", "(on)"], &states(|states| states.always_on)));
    } else if activation.can_be_never_positive() {
        units.push(never_positive());
    }
    let mut groups = vec![
        Group { title: "", columns: layer },
        Group { title: "weights", columns: weights },
        Group { title: "outputs over images × units", columns: outputs },
    ];
    if !units.is_empty() {
        groups.push(Group { title: "units", columns: units });
    }
    groups
}

impl Group {
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

impl Column {
    fn width(&self) -> usize {
        self.0.iter().map(|line| line.chars().count()).max().unwrap_or(0)
    }
}

/// Between columns.
const GAP: &str = "  ";
/// Characters of a line of words.
const LINE: usize = 100;
/// Between groups.
const GROUP_GAP: &str = "   ";

fn right(text: impl Display, width: usize) -> String {
    format!("{:>width$}", text.to_string())
}

/// As many words to a line as fit.
fn wrapped(text: &str) -> String {
    let (mut lines, mut width) = (String::new(), 0);
    for word in text.split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > LINE {
            lines.push('\n');
            width = 0;
        } else if width > 0 {
            lines.push(' ');
            width += 1;
        }
        lines += word;
        width += length;
    }
    lines + "\n"
}

fn line(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<_> = parts.collect();
    parts.join(GROUP_GAP).trim_end().to_owned() + "\n"
}

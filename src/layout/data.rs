use serde::Serialize;

use super::Content;
use crate::engine::landscape::{COLUMNS, Reading};
use crate::engine::units::LayerUnits;
use crate::figure::{Figure, Kind, Landscape, Published, Response, Shape};
use crate::stats::UnitState;

/// What a figure shows, as numbers in rows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Data {
    /// What it shows, in a line.
    pub title: String,
    /// What the columns are.
    pub columns: Vec<&'static str>,
    /// All marks that are drawn.
    pub rows: Vec<Vec<Entry>>,
}

/// An entry of a row.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Entry {
    /// What counts or names something.
    Whole(u64),
    /// A number; one that is not finite is written as nothing.
    Number(f64),
    /// A word.
    Word(&'static str),
    /// Nothing.
    Nothing,
}

/// Columns of the marks of layers. `amount` is the density per unit of the axis (of the value, of its decimal logarithm on a log
/// axis, of the map v/l, beyond l sign(v) (1 + ln(|v|/l)), on a symlog axis that is linear to l), the number of values in a bar,
/// below or above the axis, the share at an exact value or between two, or nothing; `width` is how wide the mark is drawn, the
/// widest of a column 1; more where a bar is drawn instead.
const MARKS: [&str; 7] = ["panel", "layer", "mark", "value", "value_to", "amount", "width"];

impl Content {
    /// Exactly what is drawn.
    pub fn data(&self) -> Data {
        let (columns, rows) = match self {
            Self::Layers(figures) => (MARKS.to_vec(), figures.iter().enumerate().flat_map(of_figure).collect()),
            Self::Published(figures) => (MARKS.to_vec(), figures.iter().enumerate().flat_map(of_published).collect()),
            Self::Units(layer) => {
                let columns = vec!["place", "unit", "fires_for", "images", "state", "bias", "weight_norm"];
                (columns, of_units(layer))
            }
            Self::Firing(layer) => (vec!["row", "column", "share_that_fires"], of_matrix(layer)),
            Self::Activation(figure, layer) => (vec!["curve", "z", "value"], of_activation(figure, *layer)),
            Self::Landscape(landscape, _) => (vec!["x", "y", "value", "why_none"], of_landscape(landscape)),
        };
        Data { title: self.title(), columns, rows }
    }
}

impl Data {
    /// As a table of commas, its first line the names of the columns.
    ///
    /// # Errors
    /// None that memory does not have.
    pub fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.columns)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(Entry::text))?;
        }
        writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
    }

    /// As JSON: title, columns, rows.
    ///
    /// # Errors
    /// None that memory does not have.
    pub fn json(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut text = serde_json::to_vec(self)?;
        text.push(b'\n');
        Ok(text)
    }
}

impl Entry {
    fn text(&self) -> String {
        match self {
            Self::Whole(number) => number.to_string(),
            Self::Number(number) if number.is_finite() => number.to_string(),
            Self::Number(_) | Self::Nothing => String::new(),
            Self::Word(word) => (*word).to_owned(),
        }
    }
}

/// A mark of a layer, all from 0.
fn mark(panel: usize, layer: usize, mark: &'static str, numbers: [f64; 4]) -> Vec<Entry> {
    let number = |number: f64| if number.is_nan() { Entry::Nothing } else { Entry::Number(number) };
    [whole(panel + 1), whole(layer + 1), Entry::Word(mark)].into_iter().chain(numbers.map(number)).collect()
}

fn whole(number: usize) -> Entry {
    Entry::Whole(number as u64)
}

fn of_figure((panel, figure): (usize, &Figure)) -> Vec<Vec<Entry>> {
    const NONE: f64 = f64::NAN;
    let mut rows = Vec::new();
    let columns = figure.columns_on(figure.axes());
    let outside = figure.outside(figure.axes());
    let has_outlines = matches!(figure.view.kind, Kind::Violin | Kind::Ridgeline);
    let densities = if has_outlines { figure.densities(figure.axes()) } else { Vec::new() };
    for (layer, shape) in figure.shapes(figure.axes()).iter().enumerate() {
        let axis = figure.axes().axis(layer);
        let values = figure.shown(layer);
        let row = |name, numbers| mark(panel, layer, name, numbers);
        match shape {
            Shape::Violin(_) | Shape::Ridge(_) => {
                let points = densities.get(layer).into_iter().flatten();
                rows.extend(points.map(|point| row("density", [point.value, NONE, point.amount, point.width])));
            }
            Shape::Histogram(_) => {
                let bars = figure.histogram(layer, &axis).into_iter();
                rows.extend(bars.map(|bar| row("bar", [bar.from, bar.to, bar.count as f64, bar.length])));
            }
            Shape::Box(Some(five)) => {
                let marks = [
                    ("least", five.ends.0),
                    ("q01", five.low),
                    ("q25", five.first),
                    ("q50", five.median),
                    ("q75", five.third),
                    ("q99", five.high),
                    ("greatest", five.ends.1),
                ];
                rows.extend(marks.map(|(name, value)| row(name, [value, NONE, NONE, NONE])));
            }
            Shape::Box(None) => {}
        }
        let column = &columns[layer];
        rows.extend(column.masses.iter().map(|mark| match mark.range {
            None => row("exactly", [mark.mass.at, NONE, mark.mass.share, NONE]),
            Some((from, to)) => row("between", [from, to, mark.mass.share, NONE]),
        }));
        let (below, above) = outside[layer];
        let beside = [("below_axis", axis.low(), below.round()), ("above_axis", axis.high(), above.round())];
        let beside = beside.into_iter().filter(|(_, _, count)| *count > 0.0);
        rows.extend(beside.map(|(name, end, count)| row(name, [end, NONE, count, NONE])));
        rows.extend(column.mean.map(|mean| row("mean", [mean, NONE, NONE, NONE])));
        rows.push(row("std", [values.std, NONE, NONE, NONE]));
        let measured = &figure.measurement.layers[layer];
        let states = measured.states;
        if measured.has_states() {
            for (name, units) in [
                ("dead_units", states.dead),
                ("mixed_units", states.mixed),
                ("always_on_units", states.always_on),
                ("never_positive_units", states.never_positive),
            ] {
                rows.push(row(name, [NONE, NONE, units as f64, NONE]));
            }
        }
    }
    rows
}

fn of_published((panel, figure): (usize, &Published)) -> Vec<Vec<Entry>> {
    let mut rows = Vec::new();
    for (layer, (smear, shape)) in figure.layers.iter().zip(figure.shapes()).enumerate() {
        let Shape::Violin(points) = shape else { continue };
        let densities = smear.density.iter().enumerate().zip(points);
        rows.extend(densities.map(|((point, &density), (_, width))| {
            mark(panel, layer, "density", [smear.value(point), f64::NAN, density, width])
        }));
    }
    rows
}

fn of_units(layer: &LayerUnits) -> Vec<Vec<Entry>> {
    let row = |(place, &unit): (usize, &usize)| {
        let state = match layer.state(unit) {
            _ if layer.undefined[unit] => "nan",
            UnitState::Dead => "dead",
            UnitState::NeverPositive => "never_positive",
            UnitState::Mixed => "mixed",
            UnitState::AlwaysOn => "always_on",
        };
        vec![
            whole(place),
            whole(unit),
            Entry::Whole(layer.fired[unit].into()),
            whole(layer.images),
            Entry::Word(state),
            Entry::Number(layer.biases[unit].into()),
            Entry::Number(layer.weight_norms[unit]),
        ]
    };
    layer.order.iter().enumerate().map(row).collect()
}

fn of_matrix(layer: &LayerUnits) -> Vec<Vec<Entry>> {
    let Some(matrix) = &layer.matrix else { return Vec::new() };
    let columns = matrix.size.columns;
    let row = |(at, &share): (usize, &u8)| {
        vec![whole(at / columns), whole(at % columns), Entry::Number(f64::from(share) / 255.0)]
    };
    matrix.shares.iter().enumerate().map(row).collect()
}

fn of_activation(figure: &Figure, layer: usize) -> Vec<Vec<Entry>> {
    let Some(measured) = figure.measurement.layers.get(layer) else { return Vec::new() };
    let response = Response::of(figure.measurement.experiment().activation, measured.pre_activation.as_ref());
    let row = |name, z: f64, value: f64| vec![Entry::Word(name), Entry::Number(z), Entry::Number(value)];
    let curves = response.curve.iter().flat_map(|&(z, value, slope)| [row("phi", z, value), row("slope", z, slope)]);
    let density = measured.pre_activation.as_ref().map(|z| &z.density);
    let amount = |z: f64, share: f64| density.map_or(share, |density| density.at(z));
    let densities = response.density.iter().map(|&(z, share)| row("density", z, amount(z, share)));
    let masses = response.masses.iter().map(|mass| row("exactly", mass.at, mass.share));
    curves.chain(densities).chain(masses).collect()
}

fn of_landscape(landscape: &Landscape) -> Vec<Vec<Entry>> {
    let survey = &landscape.survey;
    let cells = (0..survey.terrain.rows()).flat_map(|row| (0..COLUMNS).map(move |column| (column, row)));
    let row = |(column, row): (usize, usize)| {
        let reading = survey.cell((column, row)).and_then(|cell| landscape.mapped.of(&cell));
        let [value, why] = match reading {
            None => [Entry::Nothing, Entry::Word("not_measured")],
            Some(Reading::Overflow) => [Entry::Nothing, Entry::Word("exceeds_f32")],
            Some(Reading::Undefined) => [Entry::Nothing, Entry::Word("0_over_0")],
            Some(Reading::Number(number)) => [Entry::Number(number), Entry::Nothing],
        };
        vec![Entry::Number(survey.terrain.x(column)), Entry::Number(survey.terrain.y(row)), value, why]
    };
    cells.map(row).collect()
}

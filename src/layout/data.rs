use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::panel_about::PanelAbout;

/// What a figure shows, as numbers in rows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Data {
    /// What it shows, in a line.
    pub title: String,
    /// What the columns are.
    #[serde(serialize_with = "names")]
    pub columns: Vec<ColumnAbout>,
    /// The same with what each means.
    #[serde(serialize_with = "meanings")]
    pub about: Vec<ColumnAbout>,
    /// What the panels show, if there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub panels: Vec<PanelAbout>,
    /// All marks that are drawn.
    pub rows: Vec<Vec<Entry>>,
}

/// A column of numbers, and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnAbout {
    /// Its name in the first line of a table.
    pub name: &'static str,
    /// What it means, in a sentence.
    pub about: &'static str,
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
    /// What was made of settings.
    Text(String),
    /// Nothing.
    Nothing,
}

/// Columns of the marks of layers; `width` is more than 1 where a bar is drawn instead of a shape.
pub(crate) const MARKS: [ColumnAbout; 7] = [
    column("panel", "The panel, counted from 1."),
    column("layer", "The hidden layer, counted from 1."),
    column(
        "mark",
        "What is drawn: density (a point of a shape's outline), bar (of a histogram), exactly (a bar at one value), between \
         (a bar for values too low for a shape), below_axis and above_axis (what the axis leaves out), mean, std, least, q01, \
         q25, q50, q75, q99, greatest (of a box), or how many units are dead_units, mixed_units, always_on_units, \
         never_positive_units.",
    ),
    column("value", "Where the mark is: the value, or where a bar begins."),
    column("value_to", "Where a bar ends."),
    column(
        "amount",
        "density: per unit of the axis (of the value; on a log axis of log10; on a symlog axis of v/l, beyond l of sign(v) \
         (1 + ln(|v|/l))). bar, below_axis, above_axis: a number of values. exactly, between: a share of all values. Units: \
         their number.",
    ),
    column("width", "How wide the mark is drawn; 1 is the widest of its layer."),
];

/// Columns that say of every row what its panel shows.
pub(crate) const OF_PANELS: [ColumnAbout; 2] = [
    column(
        "sigma",
        "Standard deviation that the layer's weights are drawn with; empty where the images decide it or the weights are given.",
    ),
    column("panel_title", "What distinguishes the panel; of a single one, what its weights are drawn from."),
];

/// A column.
pub(crate) const fn column(name: &'static str, about: &'static str) -> ColumnAbout {
    ColumnAbout { name, about }
}

impl Data {
    /// As a table of commas, its first line the names of the columns. There is nothing else in it: programs that read such
    /// tables have no common notion of a comment.
    ///
    /// # Errors
    /// None that memory does not have.
    pub fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(self.columns.iter().map(|column| column.name))?;
        for row in &self.rows {
            writer.write_record(row.iter().map(Entry::text))?;
        }
        writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
    }

    /// As JSON: title, columns, what they mean, panels, rows.
    ///
    /// # Errors
    /// None that memory does not have.
    pub fn json(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut text = serde_json::to_vec(self)?;
        text.push(b'\n');
        Ok(text)
    }

    /// Adds to every row what its panel shows; the first two entries of a row are its panel and its layer.
    pub(super) fn with_panels(mut self, panels: Vec<PanelAbout>) -> Self {
        for row in &mut self.rows {
            let place = |entry: Option<&Entry>| match entry {
                Some(Entry::Whole(number)) => (*number as usize).checked_sub(1),
                _ => None,
            };
            let (panel, layer) = (place(row.first()), place(row.get(1)));
            let panel = panel.and_then(|panel| panels.get(panel));
            let sigma = panel.zip(layer).and_then(|(panel, layer)| panel.sigmas.get(layer).copied().flatten());
            row.push(sigma.map_or(Entry::Nothing, Entry::Number));
            row.push(panel.map_or(Entry::Nothing, |panel| Entry::Text(panel.title.clone())));
        }
        for columns in [&mut self.columns, &mut self.about] {
            columns.extend(OF_PANELS);
        }
        Self { panels, ..self }
    }
}

impl Entry {
    fn text(&self) -> String {
        match self {
            Self::Whole(number) => number.to_string(),
            Self::Number(number) if number.is_finite() => number.to_string(),
            Self::Number(_) | Self::Nothing => String::new(),
            Self::Word(word) => (*word).to_owned(),
            Self::Text(text) => text.clone(),
        }
    }
}

fn names<S: Serializer>(columns: &[ColumnAbout], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(columns.iter().map(|column| column.name))
}

fn meanings<S: Serializer>(columns: &[ColumnAbout], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(columns.len()))?;
    for column in columns {
        map.serialize_entry(column.name, column.about)?;
    }
    map.end()
}

/// A mark of a layer, all from 0.
pub(crate) fn mark(panel: usize, layer: usize, mark: &'static str, numbers: [f64; 4]) -> Vec<Entry> {
    let number = |number: f64| if number.is_nan() { Entry::Nothing } else { Entry::Number(number) };
    [whole(panel + 1), whole(layer + 1), Entry::Word(mark)].into_iter().chain(numbers.map(number)).collect()
}

/// A count.
pub(crate) fn whole(number: usize) -> Entry {
    Entry::Whole(number as u64)
}

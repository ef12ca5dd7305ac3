use serde::Serialize;

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
pub(crate) const MARKS: [&str; 7] = ["panel", "layer", "mark", "value", "value_to", "amount", "width"];

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
pub(crate) fn mark(panel: usize, layer: usize, mark: &'static str, numbers: [f64; 4]) -> Vec<Entry> {
    let number = |number: f64| if number.is_nan() { Entry::Nothing } else { Entry::Number(number) };
    [whole(panel + 1), whole(layer + 1), Entry::Word(mark)].into_iter().chain(numbers.map(number)).collect()
}

/// A count.
pub(crate) fn whole(number: usize) -> Entry {
    Entry::Whole(number as u64)
}

//! The rows of a table, one after the other: what is kept of each is a number per column and one per label.

use std::collections::HashMap;

use csv::StringRecord;

use super::MOST_BYTES;
use super::csv_columns::CsvColumns;
use super::csv_dialect::CsvDialect;
use super::labels::{self, ClassLabels};
use super::made_set::LEAST_SIDE;
use crate::image_set::{SetError, SetValues};

/// What is kept of the rows so far.
pub(super) struct CsvRows {
    dialect: CsvDialect,
    columns: CsvColumns,
    /// As long as all values are whole numbers of 0 to 255, and then all of them as they are.
    bytes: Vec<u8>,
    floats: Vec<f32>,
    is_bytes: bool,
    numbers: Vec<i64>,
    words: Vec<String>,
    word_of: HashMap<String, u16>,
    word_of_row: Vec<u16>,
}

impl CsvRows {
    /// Of such a table.
    pub fn new(dialect: CsvDialect, columns: CsvColumns) -> Self {
        let (bytes, floats, numbers, words) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (word_of, word_of_row) = (HashMap::new(), Vec::new());
        Self { dialect, columns, bytes, floats, is_bytes: true, numbers, words, word_of, word_of_row }
    }

    /// Adds a row.
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence that names the row.
    pub fn add(&mut self, row: &StringRecord) -> Result<(), String> {
        check_length(row, self.columns.count)?;
        for (column, field) in row.iter().enumerate().skip(usize::from(self.columns.has_index)) {
            if self.columns.label == Some(column) {
                self.add_label(field.trim())?;
                continue;
            }
            match self.dialect.number(field) {
                Some(value) if (value as f32).is_finite() => self.add_value(value as f32),
                _ => {
                    let column = column + 1;
                    let field = short(field);
                    return Err(if field.is_empty() {
                        format!("has nothing in column {column}: leave such rows out, or put a number there")
                    } else {
                        format!(
                            "has '{field}' in column {column}, which is no finite number: leave such rows out, or put a number there"
                        )
                    });
                }
            }
        }
        if self.bytes.len() + 4 * self.floats.len() > MOST_BYTES {
            return Err("is more than can be read (1 GiB of values): use fewer rows".to_owned());
        }
        Ok(())
    }

    fn add_value(&mut self, value: f32) {
        let is_byte = value.fract() == 0.0 && (0.0..=255.0).contains(&value);
        if self.is_bytes && is_byte {
            self.bytes.push(value as u8);
            return;
        }
        if std::mem::take(&mut self.is_bytes) {
            self.floats = std::mem::take(&mut self.bytes).into_iter().map(f32::from).collect();
        }
        self.floats.push(value);
    }

    fn add_label(&mut self, field: &str) -> Result<(), String> {
        if field.is_empty() {
            return Err("has no label: leave such rows out, or label them".to_owned());
        }
        if !self.columns.has_words {
            let label = self.dialect.number(field).filter(|label| label.fract() == 0.0 && label.abs() < 1e9);
            let label = label.ok_or_else(|| {
                format!(
                    "has the label '{}', which is no whole number: labels are whole numbers, or words in all rows",
                    short(field)
                )
            })?;
            self.numbers.push(label as i64);
            return Ok(());
        }
        let word = match self.word_of.get(field) {
            Some(&word) => word,
            None => {
                let word = u16::try_from(self.words.len()).unwrap_or(u16::MAX);
                if word == u16::MAX || field.len() > 1 << 10 {
                    return Err(
                        "has a label too many: there are more than 65,000 of them, or this one is no word".to_owned()
                    );
                }
                self.words.push(field.to_owned());
                self.word_of.insert(field.to_owned(), word);
                word
            }
        };
        self.word_of_row.push(word);
        Ok(())
    }

    /// All values; whole numbers of 0 to 255 are pixels if some are above 127 and there are as many in a row as a small picture has.
    pub fn values(&mut self) -> SetValues {
        if !self.is_bytes {
            return SetValues::Floats(std::mem::take(&mut self.floats).into());
        }
        let bytes = std::mem::take(&mut self.bytes);
        if self.columns.values() >= LEAST_SIDE * LEAST_SIDE && bytes.iter().any(|&value| value > 127) {
            return SetValues::Bytes(bytes.into());
        }
        SetValues::Floats(bytes.into_iter().map(f32::from).collect())
    }

    /// The labels as classes, if there are any.
    ///
    /// # Errors
    /// If there are too many classes.
    pub fn labels(&self) -> Result<Option<ClassLabels>, SetError> {
        match self.columns.label {
            None => Ok(None),
            Some(_) if self.columns.has_words => labels::of_words(&self.word_of_row, &self.words).map(Some),
            Some(_) => labels::of_numbers(&self.numbers).map(Some),
        }
    }
}

/// Whether a row has as many columns as the first.
///
/// # Errors
/// If it has not, as the end of a sentence that names the row.
pub(super) fn check_length(row: &StringRecord, expected: usize) -> Result<(), String> {
    match row.len() {
        found if found != expected => {
            Err(format!("has {found} columns, but the first row {expected}: make all rows as long"))
        }
        _ => Ok(()),
    }
}

/// The beginning of a field.
fn short(field: &str) -> String {
    let field = field.split_whitespace().collect::<Vec<_>>().join(" ");
    if field.chars().count() > 24 { field.chars().take(23).collect::<String>() + "…" } else { field }
}

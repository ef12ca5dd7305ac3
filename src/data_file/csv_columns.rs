//! What the columns of a table are: values of an image, its label, or the number of a row.

use std::collections::BTreeSet;

use csv::StringRecord;

use super::csv_dialect::CsvDialect;
use crate::image_set::LabelColumn;

/// The columns of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CsvColumns {
    /// How many there are in each row.
    pub count: usize,
    /// Which one has the labels.
    pub label: Option<usize>,
    /// Whether labels are words.
    pub has_words: bool,
    /// Whether the first one numbers the rows, as pandas writes it.
    pub has_index: bool,
}

/// Names of a column of labels.
const NAMES: [&str; 10] =
    ["label", "labels", "class", "target", "y", "species", "digit", "category", "variety", "outcome"];

impl CsvColumns {
    /// What is asked for or, from the names above, if there are any, and the first rows, what is likely.
    ///
    /// # Errors
    /// What is wrong, if it cannot be told which column has the labels.
    pub fn of(
        dialect: CsvDialect,
        names: Option<&StringRecord>,
        rows: &[StringRecord],
        asked: Option<&LabelColumn>,
    ) -> Result<Self, String> {
        let count = names.or(rows.first()).map_or(0, StringRecord::len);
        let looks = Looks { dialect, names, rows };
        let asked = asked.map(|asked| looks.asked(asked, count)).transpose()?;
        let has_index = looks.has_index() && asked != Some(Some(0));
        let first = usize::from(has_index);
        let Some(last) = count.checked_sub(1).filter(|&last| last > first) else {
            return Err("a table needs at least two columns: values of an image, and its label".to_owned());
        };
        let label = match asked {
            // `first` is the first that is not the number of a row.
            Some(Some(usize::MAX)) => Some(first),
            Some(asked) => asked,
            None => looks.likely(first, last)?,
        };
        Ok(Self { count, label, has_words: label.is_some_and(|label| looks.has_words(label)), has_index })
    }

    /// Values of an image.
    pub fn values(&self) -> usize {
        self.count - usize::from(self.label.is_some()) - usize::from(self.has_index)
    }

    /// The places of their columns.
    pub fn of_values(&self) -> impl Iterator<Item = usize> {
        let (first, label) = (usize::from(self.has_index), self.label);
        (first..self.count).filter(move |column| Some(*column) != label)
    }
}

/// What a table looks like at its beginning.
struct Looks<'a> {
    dialect: CsvDialect,
    names: Option<&'a StringRecord>,
    rows: &'a [StringRecord],
}

impl Looks<'_> {
    fn fields(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().filter_map(move |row| row.get(column)).map(str::trim)
    }

    fn name(&self, column: usize) -> &str {
        self.names.and_then(|names| names.get(column)).unwrap_or_default().trim()
    }

    /// Whether the first column numbers the rows, as pandas writes it.
    fn has_index(&self) -> bool {
        self.names.is_some()
            && self.name(0).is_empty()
            && self
                .rows
                .iter()
                .enumerate()
                .all(|(at, row)| row.get(0).is_some_and(|field| field.trim() == at.to_string()))
    }

    fn is_named(&self, column: usize) -> bool {
        NAMES.contains(&self.name(column).to_lowercase().as_str())
    }

    /// Whether most of it is words: one alone among numbers is a slip.
    fn has_words(&self, column: usize) -> bool {
        let is_word = |field: &&str| !field.is_empty() && self.dialect.number(field).is_none();
        2 * self.fields(column).filter(is_word).count() > self.rows.len()
    }

    fn is_plausible(&self, column: usize) -> bool {
        let is_whole = |field: &str| self.dialect.number(field).is_some_and(|number| number.fract() == 0.0);
        let distinct = self.fields(column).collect::<BTreeSet<_>>().len();
        self.fields(column).all(is_whole) && distinct > 1 && (distinct < self.rows.len() || self.rows.len() < 3)
    }

    /// The column that has the labels, if any seems to: by its name or its words wherever it stands, or else at one of the ends.
    fn likely(&self, first: usize, last: usize) -> Result<Option<usize>, String> {
        for is in [Self::is_named as fn(&Self, usize) -> bool, Self::has_words] {
            match &(first..=last).filter(|&column| is(self, column)).collect::<Vec<_>>()[..] {
                [] => {}
                [one] => return Ok(Some(*one)),
                several if several.contains(&first) && several.contains(&last) => return Err(unclear("first", "last")),
                several if several.contains(&first) => return Ok(Some(first)),
                several if several.contains(&last) => return Ok(Some(last)),
                [one, other, ..] => return Err(unclear(&self.called(*one), &self.called(*other))),
            }
        }
        match [first, last].map(|column| self.is_plausible(column)) {
            [true, false] => Ok(Some(first)),
            [false, true] => Ok(Some(last)),
            [true, true] => Err(unclear("first", "last")),
            [false, false] => Ok(None),
        }
    }

    /// What a column is called in a sentence.
    fn called(&self, column: usize) -> String {
        match self.name(column) {
            "" => (column + 1).to_string(),
            name => name.to_owned(),
        }
    }

    /// The column that is asked for; `usize::MAX` is the first one.
    fn asked(&self, asked: &LabelColumn, count: usize) -> Result<Option<usize>, String> {
        match asked {
            LabelColumn::First => Ok(Some(usize::MAX)),
            LabelColumn::Last => Ok(count.checked_sub(1)),
            LabelColumn::Absent => Ok(None),
            LabelColumn::Number(number) => match number.checked_sub(1).filter(|&column| column < count) {
                Some(column) => Ok(Some(column)),
                None => Err(format!("there is no column {number}: labels can be in column 1 to {count}")),
            },
            LabelColumn::Named(name) => {
                let columns = || 0..self.names.map_or(0, StringRecord::len);
                let exact = columns().find(|&column| self.name(column) == name);
                let found = exact.or_else(|| columns().find(|&column| self.name(column).eq_ignore_ascii_case(name)));
                match found {
                    Some(column) => Ok(Some(column)),
                    None if self.names.is_none() => Err(format!(
                        "the columns have no names, so none is '{name}': say the number of the column of the labels"
                    )),
                    None => {
                        let names: Vec<_> = columns().take(6).map(|column| self.called(column)).collect();
                        let more = if count > names.len() { ", ..." } else { "" };
                        Err(format!("no column is called '{name}': there are {}{more}", names.join(", ")))
                    }
                }
            }
        }
    }
}

fn unclear(one: &str, other: &str) -> String {
    format!(
        "it is not clear whether column '{one}' or '{other}' has the labels: say it with --label-column, or in the window under Labels"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: Option<&[&str]>, rows: &[&[&str]]) -> Option<Option<usize>> {
        let dialect = CsvDialect { separator: b',', decimal_comma: false, has_names: names.is_some() };
        let rows: Vec<StringRecord> = rows.iter().map(|row| StringRecord::from(row.to_vec())).collect();
        let names = names.map(|names| StringRecord::from(names.to_vec()));
        CsvColumns::of(dialect, names.as_ref(), &rows, None).ok().map(|columns| columns.label)
    }

    #[test]
    fn labels_are_where_names_words_or_whole_numbers_say() {
        assert_eq!(of(Some(&["a", "b", "target"]), &[&["1", "2", "0"], &["2", "1", "1"]]), Some(Some(2)));
        assert_eq!(of(Some(&["label", "p0", "p1"]), &[&["1", "2", "0"], &["2", "1", "1"]]), Some(Some(0)));
        assert_eq!(of(None, &[&["1.5", "2", "cat"], &["2", "1", "dog"]]), Some(Some(2)));
        assert_eq!(of(None, &[&["1", "2.5", "0.5"], &["0", "1", "0.25"]]), Some(Some(0)));
        assert_eq!(of(None, &[&["1.5", "2.5"], &["0.5", "1.25"]]), Some(None));
    }

    #[test]
    fn where_both_ends_may_be_labels_it_is_asked() {
        assert_eq!(of(None, &[&["1", "0.5", "0"], &["0", "0.1", "1"], &["0", "0.1", "1"]]), None);
    }

    #[test]
    fn a_column_in_the_middle_is_found_by_its_name_or_its_words() {
        assert_eq!(of(Some(&["id", "Class", "x"]), &[&["7", "0", "0.5"], &["9", "1", "1.5"]]), Some(Some(1)));
        assert_eq!(of(Some(&["id", "diagnosis", "x"]), &[&["7", "M", "0.5"], &["9", "B", "1.5"]]), Some(Some(1)));
    }

    #[test]
    fn the_column_that_is_asked_for_has_the_labels() {
        let dialect = CsvDialect { separator: b',', decimal_comma: false, has_names: true };
        let record = |fields: &[&str]| StringRecord::from(fields.to_vec());
        let (names, rows) =
            (record(&["", "a", "b", "C"]), [record(&["0", "1", "2", "3"]), record(&["1", "2", "1", "0"])]);
        let asked = |text: &str| {
            let columns = CsvColumns::of(dialect, Some(&names), &rows, LabelColumn::read(text).as_ref());
            columns.map(|columns| columns.label)
        };
        for (text, expected) in [("first", Some(1)), ("last", Some(3)), ("none", None), ("3", Some(2)), ("c", Some(3))]
        {
            assert_eq!(asked(text), Ok(expected), "{text}");
        }
        assert_eq!(asked("5"), Err("there is no column 5: labels can be in column 1 to 4".to_owned()));
        assert_eq!(asked("d"), Err("no column is called 'd': there are 1, a, b, C".to_owned()));
    }

    #[test]
    fn a_column_that_numbers_the_rows_is_no_value() {
        let dialect = CsvDialect { separator: b',', decimal_comma: false, has_names: true };
        let record = |fields: &[&str]| StringRecord::from(fields.to_vec());
        let rows = [record(&["0", "1.5", "a"]), record(&["1", "2.5", "b"])];
        let columns = CsvColumns::of(dialect, Some(&record(&["", "x", "kind"])), &rows, None);
        assert!(columns.is_ok_and(|columns| columns.has_index && columns.values() == 1 && columns.label == Some(2)));
    }
}

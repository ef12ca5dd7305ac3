//! What the columns of a table are: values of an image, its label, or the number of a row.

use std::collections::BTreeSet;

use csv::StringRecord;

use super::csv_dialect::CsvDialect;

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
    /// From the names above, if there are any, and the first rows.
    ///
    /// # Errors
    /// What is wrong, if it cannot be told which column has the labels.
    pub fn of(dialect: CsvDialect, names: Option<&StringRecord>, rows: &[StringRecord]) -> Result<Self, String> {
        let count = names.or(rows.first()).map_or(0, StringRecord::len);
        let has_index = names.and_then(|names| names.get(0)).is_some_and(|name| name.trim().is_empty())
            && rows.iter().enumerate().all(|(at, row)| row.get(0).is_some_and(|field| field.trim() == at.to_string()));
        let first = usize::from(has_index);
        let Some(last) = count.checked_sub(1).filter(|&last| last > first) else {
            return Err("a table needs at least two columns: values of an image, and its label".to_owned());
        };
        let fields = |column: usize| rows.iter().filter_map(move |row| row.get(column)).map(str::trim);
        let is_named = |column: usize| {
            let name = names.and_then(|names| names.get(column)).unwrap_or_default().trim().to_lowercase();
            NAMES.contains(&name.as_str())
        };
        // One word alone among numbers is a slip.
        let has_words = |column: usize| {
            let is_word = |field: &&str| !field.is_empty() && dialect.number(field).is_none();
            2 * fields(column).filter(is_word).count() > rows.len()
        };
        let is_plausible = |column: usize| {
            let whole = fields(column).all(|field| dialect.number(field).is_some_and(|number| number.fract() == 0.0));
            let distinct = fields(column).collect::<BTreeSet<_>>().len();
            whole && distinct > 1 && (distinct < rows.len() || rows.len() < 3)
        };
        let of = |label: Option<usize>| Self { count, label, has_words: label.is_some_and(has_words), has_index };
        let ends = [first, last];
        for is in [&is_named as &dyn Fn(usize) -> bool, &has_words, &is_plausible] {
            match ends.map(is) {
                [true, false] => return Ok(of(Some(first))),
                [false, true] => return Ok(of(Some(last))),
                [true, true] => {
                    return Err("it is not clear whether the first or the last column has the labels: name that one label in a \
                                first row of names"
                        .to_owned());
                }
                [false, false] => {}
            }
        }
        Ok(of(None))
    }

    /// Values of an image.
    pub fn values(&self) -> usize {
        self.count - usize::from(self.label.is_some()) - usize::from(self.has_index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: Option<&[&str]>, rows: &[&[&str]]) -> Option<Option<usize>> {
        let dialect = CsvDialect { separator: b',', decimal_comma: false, has_names: names.is_some() };
        let rows: Vec<StringRecord> = rows.iter().map(|row| StringRecord::from(row.to_vec())).collect();
        let names = names.map(|names| StringRecord::from(names.to_vec()));
        CsvColumns::of(dialect, names.as_ref(), &rows).ok().map(|columns| columns.label)
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
    fn a_column_that_numbers_the_rows_is_no_value() {
        let dialect = CsvDialect { separator: b',', decimal_comma: false, has_names: true };
        let record = |fields: &[&str]| StringRecord::from(fields.to_vec());
        let rows = [record(&["0", "1.5", "a"]), record(&["1", "2.5", "b"])];
        let columns = CsvColumns::of(dialect, Some(&record(&["", "x", "kind"])), &rows);
        assert!(columns.is_ok_and(|columns| columns.has_index && columns.values() == 1 && columns.label == Some(2)));
    }
}

//! What may stand above a table: comments, the last of which may name its columns, and a line that counts its rows and columns and names
//! its classes, as in the tables that come with scikit-learn.

use csv::{ReaderBuilder, StringRecord};

use crate::number;

/// What stands above a table.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct CsvPreamble {
    /// Its bytes.
    pub bytes: usize,
    /// Its lines.
    pub lines: usize,
    /// The last comment.
    comment: Option<String>,
    /// What the line of counts says.
    pub counts: Option<CsvCounts>,
}

/// A line as `150,4,setosa,versicolor,virginica`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CsvCounts {
    /// Rows that follow.
    pub rows: usize,
    /// What the classes 0, 1, ... are called.
    pub classes: Vec<String>,
}

impl CsvPreamble {
    /// Of a file that begins so.
    pub fn of(begin: &[u8]) -> Self {
        let mut found = Self::default();
        let mut lines =
            begin.split_inclusive(|&byte| byte == b'\n').map(String::from_utf8_lossy).zip(sizes(begin)).peekable();
        while let Some((line, bytes)) =
            lines.next_if(|(line, _)| line.starts_with('#') || found.lines > 0 && line.trim().is_empty())
        {
            found.comment = line.strip_prefix('#').map(|text| text.trim().to_owned()).or(found.comment);
            (found.bytes, found.lines) = (found.bytes + bytes, found.lines + 1);
        }
        if let (Some((line, bytes)), Some((next, _))) = (lines.next(), lines.next())
            && let Some(counts) = counts(&line, &next)
        {
            (found.bytes, found.lines, found.counts) = (found.bytes + bytes, found.lines + 1, Some(counts));
        }
        found
    }

    /// The names of so many columns in the last comment, if it has as many.
    pub fn names(&self, columns: usize, separator: u8) -> Option<StringRecord> {
        let text = self.comment.as_ref()?;
        let mut reader = ReaderBuilder::new().has_headers(false).delimiter(separator).from_reader(text.as_bytes());
        let names = reader.records().next()?.ok()?;
        (names.len() == columns).then_some(names)
    }
}

impl CsvCounts {
    /// Whether as many rows follow.
    ///
    /// # Errors
    /// If there are others, as a sentence.
    pub fn check(&self, rows: usize) -> Result<(), String> {
        let [said, found] = [self.rows, rows].map(|count| number::count(count as u64));
        if self.rows == rows {
            return Ok(());
        }
        Err(format!(
            "the first line says that {said} rows follow, but there are {found}: get the file again, or take that line out"
        ))
    }

    /// The names of classes that are numbered from 0.
    ///
    /// # Errors
    /// If the labels are others, as a sentence.
    pub fn names(self, found: &[String]) -> Result<Vec<String>, String> {
        if found.len() == self.classes.len() && found.iter().enumerate().all(|(at, class)| *class == at.to_string()) {
            return Ok(self.classes);
        }
        Err(format!(
            "the first line names {} classes, but the labels are not 0 to {}: get the file again, or take that line out",
            self.classes.len(),
            self.classes.len() - 1
        ))
    }
}

/// Bytes of each line.
fn sizes(begin: &[u8]) -> impl Iterator<Item = usize> {
    begin.split_inclusive(|&byte| byte == b'\n').map(<[u8]>::len)
}

/// What a line says of the table below it, if it counts the columns of the line after it.
fn counts(line: &str, next: &str) -> Option<CsvCounts> {
    let fields: Vec<&str> = line.trim_end().split(',').map(str::trim).collect();
    let [rows, values, classes @ ..] = &fields[..] else { return None };
    let (rows, values): (usize, usize) = (rows.parse().ok()?, values.parse().ok()?);
    let is_number = |field: &str| field.trim().parse::<f64>().is_ok();
    let are_names = classes.len() > 1 && classes.iter().any(|name| !is_number(name));
    let fits = next.split(',').count() == values + 1 && next.split(',').all(is_number);
    let classes = classes.iter().map(|&name| name.to_owned()).collect();
    (are_names && fits).then_some(CsvCounts { rows, classes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (usize, Option<CsvCounts>) {
        let found = CsvPreamble::of(text.as_bytes());
        assert_eq!(text[..found.bytes].lines().count(), found.lines);
        (found.lines, found.counts)
    }

    #[test]
    fn comments_and_counts_stand_above_a_table() {
        let counts = |rows, classes: &[&str]| {
            Some(CsvCounts { rows, classes: classes.iter().map(|&name| name.to_owned()).collect() })
        };
        assert_eq!(
            of("150,4,setosa,versicolor,virginica\n5.1,3.5,1.4,0.2,0\n"),
            (1, counts(150, &["setosa", "versicolor", "virginica"]))
        );
        assert_eq!(
            of("# of patients\n\n569,2,malignant,benign\r\n1,2.5,0\r\n"),
            (3, counts(569, &["malignant", "benign"]))
        );
        for other in
            ["a,b,c\n1,2,3\n", "150,4,a,b\n1,2,3\n", "3,2,a,b\n1,2,c\n", "1,2,3,4\n1,2,3,4\n", "1.5,2,a\n3,4,b\n"]
        {
            assert_eq!(of(other), (0, None), "{other}");
        }
    }

    #[test]
    fn the_last_comment_may_name_the_columns() {
        let found = CsvPreamble::of("# my data\n# a; b ;label\n1;2;0\n".as_bytes());
        let names =
            found.names(3, b';').map(|names| names.iter().map(|name| name.trim().to_owned()).collect::<Vec<_>>());
        assert_eq!((found.lines, names), (2, Some(vec!["a".to_owned(), "b".to_owned(), "label".to_owned()])));
        assert_eq!(found.names(4, b';'), None);
    }
}

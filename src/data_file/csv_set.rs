//! Sets of tables of text, read row by row.

use std::io::Read;
use std::path::Path;

use csv::{ByteRecord, ReaderBuilder, StringRecord};

use super::csv_columns::CsvColumns;
use super::csv_dialect::CsvDialect;
use super::csv_preamble::CsvPreamble;
use super::csv_rows::{self, CsvRows};
use super::labels::UNIQUE;
use super::made_set::{quoted, set_of, square};
use super::watch::ReadWatch;
use super::{DataFileError, packed};
use crate::image_set::{ImageSet, LabelColumn, PartCode, ReadingCode, SetParts, SetValues};
use crate::number;

/// Bytes by which it is judged how a table is written.
const BEGINNING: usize = 1 << 18;
/// Rows by which it is judged what its columns are.
const SAMPLE: usize = 1000;

/// Reads a table.
///
/// # Errors
/// If it is none, or a row is not as it must be.
pub(super) fn read(
    path: &Path,
    label_column: Option<&LabelColumn>,
    watch: &ReadWatch<'_>,
) -> Result<ImageSet, DataFileError> {
    let of_io = |error| DataFileError::of_io(error, path);
    let wrong = |problem: String| DataFileError::content(problem, path);
    let mut content = packed::open(path, watch)?;
    let mut begin = vec![0; BEGINNING];
    let length = packed::fill(&mut content, &mut begin).map_err(of_io)?;
    let is_all = length < BEGINNING;
    begin.truncate(length);
    let begin = begin.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&begin);
    if is_utf_16(begin) {
        return Err(wrong("this is text in UTF-16: save the table as UTF-8".to_owned()));
    }
    if begin.contains(&0) {
        return Err(wrong(
            "this is no file of images that can be read: use IDX, .npz, .csv, or a folder of pictures for each class"
                .to_owned(),
        ));
    }
    let above = CsvPreamble::of(begin);
    let begin = &begin[above.bytes..];
    let Some(dialect) = CsvDialect::of(&String::from_utf8_lossy(begin), is_all) else {
        let problem = match names_alone(begin, content) {
            Some(columns) => format!(
                "there are names of {} columns and no rows: put an image in each row below them",
                number::count(columns as u64)
            ),
            None => "this text is no table of numbers: separate columns by commas, semicolons or tabs, and put an image in each row"
                .to_owned(),
        };
        return Err(wrong(problem));
    };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(dialect.separator)
        .from_reader(begin.chain(content));
    let mut next = move || -> Result<Option<StringRecord>, DataFileError> {
        let mut record = StringRecord::new();
        match reader.read_record(&mut record) {
            Ok(true) => Ok(Some(record)),
            Ok(false) => Ok(None),
            Err(error) => Err(of_csv(error, above.lines, path)),
        }
    };
    let mut names = if dialect.has_names { next()? } else { None };
    let mut sample = Vec::new();
    while sample.len() < SAMPLE {
        let Some(row) = next()? else { break };
        sample.push(row);
    }
    let in_row = |row: &StringRecord, problem: String| {
        let line = row.position().map_or(0, csv::Position::line) + above.lines as u64;
        wrong(format!("row {} {problem}", number::count(line)))
    };
    // Before it is asked what the columns are, there must be as many in every row.
    let count = names.as_ref().or(sample.first()).map_or(0, StringRecord::len);
    for row in &sample {
        csv_rows::check_length(row, count).map_err(|problem| in_row(row, problem))?;
    }
    names = names.or_else(|| above.names(count, dialect.separator));
    let last = above.counts.is_some().then_some(LabelColumn::Last);
    let columns = CsvColumns::of(dialect, names.as_ref(), &sample, label_column.or(last.as_ref())).map_err(wrong)?;
    let mut rows = CsvRows::new(dialect, columns.clone());
    let mut added = 0;
    let mut add = |row: &StringRecord| {
        added += 1;
        rows.add(row).map_err(|problem| in_row(row, problem))
    };
    for row in sample {
        add(&row)?;
    }
    while let Some(row) = next()? {
        add(&row)?;
    }
    let mut labels = rows.labels().map_err(|problem| DataFileError::Set { problem, path: path.to_owned() })?;
    if let Some(counts) = &above.counts {
        counts.check(added).map_err(wrong)?;
    }
    let values = rows.values();
    let mut notes = vec![about(&columns, names.as_ref(), dialect)];
    if matches!(values, SetValues::Bytes(_)) {
        notes.push("The values are whole numbers of 0 to 255, and so taken for pixels.".to_owned());
    }
    let is_plain = labels.as_ref().is_none_or(|found| found.is_plain);
    if let (Some(counts), Some(found), true) = (above.counts, &mut labels, label_column.is_none()) {
        notes.push(
            "The first line says how many rows and columns there are, and what the classes are called.".to_owned(),
        );
        found.classes = counts.names(&found.classes).map_err(wrong)?;
    }
    let reading = reading(path, (dialect, above.lines), &columns, is_plain);
    let (labels, classes) = labels.map_or((None, Vec::new()), |found| (Some(found.labels), found.classes));
    let shape = square(vec![columns.values()], &values, &mut notes);
    set_of(SetParts {
        path: path.to_owned(),
        format: "CSV",
        shape,
        values,
        labels,
        classes,
        columns: columns_called(columns.count, names.as_ref()),
        value_columns: columns.of_values().collect(),
        label_column: label_column.cloned(),
        notes,
        reading,
        ..SetParts::default()
    })
}

/// Whether text begins as UTF-16 does: with its mark, or with letters of which every other byte is 0.
fn is_utf_16(begin: &[u8]) -> bool {
    let (pairs, _) = begin.as_chunks::<2>();
    let some = pairs.len().clamp(1, 32);
    matches!(begin, [0xff, 0xfe, ..] | [0xfe, 0xff, ..])
        || [0, 1].into_iter().any(|at| {
            let is_letter = |pair: &[u8; 2]| pair[at] == 0 && matches!(pair[1 - at], b'\t'..=b'\r' | b' '..=b'~');
            pairs.iter().take(some).filter(|pair| is_letter(pair)).count() == some
        })
}

/// Bytes within which a line of names ends.
const LONGEST: u64 = 64 << 20;

/// How many columns are named in a text that has nothing else.
fn names_alone(begin: &[u8], content: impl Read) -> Option<usize> {
    let count = |sign: &u8| begin.iter().filter(|byte| *byte == sign).count();
    let separator = [b'\t', b';', b','].into_iter().max_by_key(count)?;
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(begin.chain(content.take(LONGEST)));
    let mut record = ByteRecord::new();
    let names = reader.read_byte_record(&mut record).ok()?.then(|| record.len())?;
    let has_more = reader.read_byte_record(&mut record).ok()?;
    (names > 1 && !has_more).then_some(names)
}

/// What columns are called: by their names, or their numbers.
fn columns_called(count: usize, names: Option<&StringRecord>) -> Vec<String> {
    let name = |column: usize| names.and_then(|names| names.get(column)).unwrap_or_default().trim();
    (0..count)
        .map(|column| if name(column).is_empty() { (column + 1).to_string() } else { name(column).to_owned() })
        .collect()
}

fn of_csv(error: csv::Error, above: usize, path: &Path) -> DataFileError {
    let line = error.position().map_or(0, csv::Position::line) + above as u64;
    match error.into_kind() {
        csv::ErrorKind::Io(error) => DataFileError::of_io(error, path),
        _ => DataFileError::content(
            format!("row {} is no text in UTF-8: save the table as UTF-8", number::count(line)),
            path,
        ),
    }
}

/// What was found in the columns, in a sentence.
fn about(columns: &CsvColumns, names: Option<&StringRecord>, dialect: CsvDialect) -> String {
    let first = usize::from(columns.has_index);
    let place = |label: usize| match label {
        _ if label + 1 == columns.count => "the last column".to_owned(),
        _ if label == first => "the first column".to_owned(),
        _ => format!("column {}", label + 1),
    };
    let named = |label: usize| {
        names.and_then(|names| names.get(label)).map_or_else(String::new, |name| format!(", {}", name.trim()))
    };
    let labels = match columns.label {
        Some(label) => format!("Labels are in {}{}", place(label), named(label)),
        None => "No column has labels, so there is no loss, and there are no gradients".to_owned(),
    };
    let index = if columns.has_index { "; the column that numbers the rows was left out" } else { "" };
    let comma = if dialect.decimal_comma { "; a comma stands before decimals" } else { "" };
    format!("{labels}{index}{comma}.")
}

/// A program that reads the table.
fn reading(path: &Path, (dialect, skipped): (CsvDialect, usize), columns: &CsvColumns, is_plain: bool) -> ReadingCode {
    let separator = match dialect.separator {
        b'\t' => ", sep=\"\\t\"".to_owned(),
        b',' => String::new(),
        other => format!(", sep=\"{}\"", char::from(other)),
    };
    let decimal = if dialect.decimal_comma { ", decimal=\",\"" } else { "" };
    let header = if dialect.has_names { "" } else { ", header=None" };
    let index = if columns.has_index { ", index_col=0" } else { "" };
    let skipped = if skipped > 0 { format!(", skiprows={skipped}") } else { String::new() };
    let (images, labels) = match columns.label {
        None => ("table".to_owned(), None),
        Some(label) => {
            // pandas has taken the column of row numbers away.
            let place = label - usize::from(columns.has_index);
            let (labels, rest) = match place {
                _ if label + 1 == columns.count => ("-1".to_owned(), "table.iloc[:, :-1]".to_owned()),
                0 => ("0".to_owned(), "table.iloc[:, 1:]".to_owned()),
                place => (place.to_string(), format!("table.drop(columns=table.columns[{place}])")),
            };
            let labels = format!("table.iloc[:, {labels}]");
            let kind = if columns.has_words { "str" } else { "int" };
            (rest, Some(if is_plain { labels + ".to_numpy()" } else { format!("{labels}.astype({kind})") }))
        }
    };
    let mut part = PartCode::Each { images: images + ".to_numpy()", labels };
    if !is_plain {
        part.map_labels(UNIQUE);
    }
    ReadingCode {
        imports: vec!["import pandas as pd"],
        shared: vec![format!("table = pd.read_csv({}{separator}{decimal}{header}{skipped}{index})", quoted(path))],
        parts: vec![part],
        ..ReadingCode::default()
    }
}

//! How a table of text is written: what separates its columns, how decimals are written, and whether names stand above. Whatever parses
//! best is right.

use csv::{ReaderBuilder, StringRecord};

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CsvDialect {
    /// Between columns.
    pub separator: u8,
    /// Whether a comma stands before decimals.
    pub decimal_comma: bool,
    /// Whether the first row is names.
    pub has_names: bool,
}

/// Rows that are looked at.
const SAMPLE: usize = 200;

impl CsvDialect {
    /// Of a table that begins so; `None` if it is none.
    pub fn of(begin: &str, is_all: bool) -> Option<Self> {
        // The last line may be cut.
        let text = if is_all { begin } else { begin.rsplit_once('\n').map_or(begin, |(whole, _)| whole) };
        let candidates = [(b',', false), (b';', true), (b';', false), (b'\t', false), (b'\t', true)];
        let judged = candidates.into_iter().filter_map(|(separator, decimal_comma)| {
            let rows = rows(text, separator);
            let columns = rows.first()?.len();
            let even = rows.iter().filter(|row| row.len() == columns).count() as f64 / rows.len() as f64;
            let body = rows.get(1..).filter(|body| !body.is_empty()).unwrap_or(&rows);
            let numbers =
                body.iter().flat_map(StringRecord::iter).filter(|field| number(field, decimal_comma).is_some());
            let share = numbers.count() as f64 / body.iter().map(StringRecord::len).sum::<usize>().max(1) as f64;
            (columns > 1 && share > 0.0).then_some((share * even, columns, (separator, decimal_comma), rows))
        });
        // The first of those that are equally good.
        let best = judged.reduce(|best, one| if (one.0, one.1) > (best.0, best.1) { one } else { best });
        let (_, _, (separator, decimal_comma), rows) = best?;
        // Numbers with points and none with a comma are no numbers of a comma.
        let has = |sign: char| rows.iter().flat_map(StringRecord::iter).any(|field| field.contains(sign));
        let decimal_comma = decimal_comma && (has(',') || !has('.'));
        Some(Self { separator, decimal_comma, has_names: has_names(&rows, decimal_comma) })
    }

    /// The number of a field, if it is one.
    pub fn number(self, field: &str) -> Option<f64> {
        number(field, self.decimal_comma)
    }
}

fn rows(text: &str, separator: u8) -> Vec<StringRecord> {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    reader.records().map_while(Result::ok).take(SAMPLE).collect()
}

/// Whether some column has numbers under what is none.
fn has_names(rows: &[StringRecord], decimal_comma: bool) -> bool {
    let [first, rest @ ..] = rows else { return false };
    let is_number = |field: &str| number(field, decimal_comma).is_some();
    let numbers_in = |column: usize| {
        let fields = || rest.iter().filter_map(move |row| row.get(column)).filter(|field| !field.trim().is_empty());
        fields().next().is_some() && fields().all(is_number)
    };
    (0..first.len()).any(|column| first.get(column).is_some_and(|field| !is_number(field)) && numbers_in(column))
}

fn number(field: &str, decimal_comma: bool) -> Option<f64> {
    let field = field.trim();
    if field.is_empty() || !field.ends_with(|letter: char| letter.is_ascii_digit() || letter == '.' || letter == ',') {
        // `nan` and `inf` are words of Rust's numbers, too.
        let is_word = ["nan", "inf", "+inf", "-inf", "-nan"].iter().any(|word| field.eq_ignore_ascii_case(word));
        return is_word.then_some(f64::NAN);
    }
    if decimal_comma && field.contains(',') {
        return if field.contains('.') { None } else { field.replacen(',', ".", 1).parse().ok() };
    }
    field.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<(char, bool, bool)> {
        let dialect = CsvDialect::of(text, true)?;
        Some((char::from(dialect.separator), dialect.decimal_comma, dialect.has_names))
    }

    #[test]
    fn what_parses_is_right() {
        assert_eq!(of("1.5,2,a\n3,4.25,b\n"), Some((',', false, false)));
        assert_eq!(of("x;y;class\n1,5;2;a\n3;4,25;b\n"), Some((';', true, true)));
        assert_eq!(of("1.5;2;a\n3;4.25;b\n"), Some((';', false, false)));
        assert_eq!(of("x\ty\n1\t2\n3\t4\n"), Some(('\t', true, true)).map(|(tab, _, names)| (tab, false, names)));
        assert_eq!(of("0,1,label\n5,0,3\n7,1,2\n"), Some((',', false, true)));
        assert_eq!(of("just some text\nand more of it\n"), None);
    }
}

/// Reads a number as people type or paste it: `0.28`, `0,28`, `1.234,5`, `1,234.5`, `1e-3`, `1×10⁹`, with either minus sign;
/// nothing else, and nothing that is not finite.
///
/// One comma is a decimal comma, even before three digits: fractions are typed far more often than thousands where a number
/// need not be whole. Of a comma and a point the last one is the decimal mark, and the other stands between groups of three
/// digits, as several of one kind do.
pub fn read(text: &str) -> Option<f64> {
    let text = plain(text);
    let (digits, exponent) = text.split_at(text.find(['e', 'E']).unwrap_or(text.len()));
    let commas = digits.matches(',').count();
    let points = digits.matches('.').count();
    let decimal = match (commas, points) {
        (1, 0) => Some(','),
        (0, 1) => Some('.'),
        (0, _) | (_, 0) => None,
        _ => digits.chars().rev().find(|letter| matches!(letter, ',' | '.')),
    };
    let (whole, part) = match decimal {
        Some(mark) => digits.rsplit_once(mark)?,
        None => (digits, ""),
    };
    if part.contains([',', '.', '\'']) {
        return None;
    }
    let number = format!("{}.{part}{exponent}", ungrouped(whole)?);
    number.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Reads a whole number as people type or paste it: like [`read()`], but that a comma, a point or an apostrophe before exactly
/// three digits stands between thousands: `10,000`, `10.000`, `10 000`. What has a fraction is none.
pub fn read_whole(text: &str) -> Option<f64> {
    let plain = plain(text);
    let grouped = ungrouped(&plain).and_then(|digits| digits.parse().ok());
    // Two digits behind a comma are more likely thousands with one missing than a fraction of none.
    let ungrouped = || read(text).filter(|_| !plain.contains(','));
    grouped.or_else(ungrouped).filter(|number: &f64| number.fract() == 0.0)
}

/// A text with the signs that parsers know; spaces stand between digits alone, as apostrophes.
fn plain(text: &str) -> String {
    const SUPERSCRIPTS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let raised = |letter| SUPERSCRIPTS.chars().position(|superscript| superscript == letter);
    let known = |letter: char| match letter {
        '−' | '⁻' => '-',
        '’' => '\'',
        letter => raised(letter).and_then(|digit| char::from_digit(digit as u32, 10)).unwrap_or(letter),
    };
    let text = text.trim().replace("×10", "e").replace("·10", "e");
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut plain = String::with_capacity(text.len());
    for word in words {
        let is_between =
            plain.ends_with(|end: char| end.is_ascii_digit()) && word.starts_with(|c: char| c.is_ascii_digit());
        if is_between {
            plain.push('\'');
        }
        plain.extend(word.chars().map(known));
    }
    plain
}

/// Digits without the one mark that stands between their groups of three; `None` if anything else is there.
fn ungrouped(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix(['-', '+']) {
        Some(digits) => (text.get(..1)?, digits),
        None => ("", text),
    };
    let mark = digits.chars().find(|letter| !letter.is_ascii_digit());
    let Some(mark) = mark else { return Some(text.to_owned()) };
    let mut groups = digits.split(mark);
    let first = groups.next().filter(|first| (1..=3).contains(&first.len()) && !first.starts_with('0'))?;
    let rest: Vec<_> = groups.collect();
    let is_group = |group: &&str| group.len() == 3 && group.chars().all(|digit| digit.is_ascii_digit());
    let is_grouped = matches!(mark, ',' | '.' | '\'') && rest.iter().all(is_group);
    is_grouped.then(|| format!("{sign}{first}{}", rest.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_can_be_typed() {
        assert_eq!(read_whole("10,000"), Some(10_000.0));
        assert_eq!(read("−0.05"), Some(-0.05));
        assert_eq!(read("1×10⁹"), Some(1e9));
        assert_eq!(read("2.5×10⁻⁷"), Some(2.5e-7));
        assert_eq!(read(".5"), Some(0.5));
    }

    #[test]
    fn letters_are_no_number() {
        for text in
            ["abc", "", "1.2.3", "inf", "nan", ",", "-", "1,23.4", "1.2,3,4", "1 2", "0.1 0.2", "0x10", "1e", "1e999"]
        {
            assert_eq!((read(text), read_whole(text)), (None, None), "{text}");
        }
    }

    #[test]
    fn a_comma_is_a_decimal_comma_where_fractions_are_asked_for() {
        let typed =
            ["0,28", "-0,5", "1,5e-3", "1.234,5", "1,234.5", "1 234,5", "1’234.5", "1,234", "1,234,567", "1.234.567,8"];
        let meant = [0.28, -0.5, 1.5e-3, 1234.5, 1234.5, 1234.5, 1234.5, 1.234, 1_234_567.0, 1_234_567.8];
        assert_eq!(typed.map(read), meant.map(Some));
    }

    #[test]
    fn groups_of_three_are_thousands_where_whole_numbers_are_asked_for() {
        let typed = ["10,000", "10.000", "10 000", "1’234’567", "128", "1e4", "10.0", "1.5×10³"];
        let meant = [10_000.0, 10_000.0, 10_000.0, 1_234_567.0, 128.0, 1e4, 10.0, 1500.0];
        assert_eq!(typed.map(read_whole), meant.map(Some));
        assert_eq!(["0,28", "1.5", "1,5", "10,00", "0,001"].map(read_whole), [None; 5]);
    }
}

//! Numbers as people read them: three significant digits, thousands apart, powers of ten written out. How people write
//! them stands in [`read`](crate::number::read()) and [`read_whole`].

mod read;

pub use read::{read, read_whole};

/// A whole number with its thousands apart: `10,000`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A measured value in a column of its like: three decimals where that says enough, else a power of ten.
pub fn value(number: f64) -> String {
    let size = number.abs();
    if !number.is_finite() || size >= 9999.95 || (size > 0.0 && size < 0.000_95) {
        return special(number).unwrap_or_else(|| power_of_ten(number, 2));
    }
    minus(match size {
        0.0 => "0".to_owned(),
        size if size < 9.9995 => format!("{number:.3}"),
        size if size < 99.995 => format!("{number:.2}"),
        _ => format!("{number:.1}"),
    })
}

/// A measured value by itself, to three significant digits whatever its size: `0.00259`, `1.25×10⁻⁷`.
pub fn significant(number: f64) -> String {
    let size = number.abs();
    if !number.is_finite() || size >= 99_999.5 || (size > 0.0 && size < 0.000_999_5) {
        return special(number).unwrap_or_else(|| power_of_ten(number, 3));
    }
    let decimals = if size == 0.0 { 0 } else { (2 - size.log10().floor() as i32).clamp(0, 6) as usize };
    minus(format!("{number:.decimals$}"))
}

/// A measured value where there is little room: two digits at most, where one says enough one.
pub fn short(number: f64) -> String {
    let size = number.abs();
    if !number.is_finite() || size >= 9999.5 || (size > 0.0 && size < 0.000_95) {
        return special(number).unwrap_or_else(|| scientific(number, 1));
    }
    let decimals = match size {
        0.0 => 0,
        size if size < 0.0995 => 3,
        size if size < 0.995 => 2,
        size if size < 9.95 => 1,
        _ => 0,
    };
    minus(format!("{number:.decimals$}"))
}

/// A standard deviation that somebody set: three decimals, more only if they were given.
pub fn sigma(sigma: f64) -> String {
    let text = plain(sigma);
    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    if text.contains('×') || sigma == 0.0 || decimals >= 3 || sigma >= 100.0 { text } else { format!("{sigma:.3}") }
}

/// A number that somebody set, to at most four significant digits and no superfluous zeros.
pub fn plain(number: f64) -> String {
    let size = number.abs();
    if !number.is_finite() || size >= 1e6 || (size > 0.0 && size < 1e-4) {
        return special(number).unwrap_or_else(|| scientific(number, 3));
    }
    let decimals = (3 - size.max(1e-9).log10().floor() as i32).clamp(0, 7) as usize;
    let text = format!("{number:.decimals$}");
    minus(if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text })
}

/// A share as a percentage; only exactly none and exactly all are written as 0 % and 100 %.
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    match percent {
        0.0 => "0 %".to_owned(),
        100.0 => "100 %".to_owned(),
        percent if percent.is_nan() => "–".to_owned(),
        percent if percent < 0.1 => "< 0.1 %".to_owned(),
        percent if percent > 99.9 => "> 99.9 %".to_owned(),
        percent if !(9.95..=99.0).contains(&percent) => format!("{percent:.1} %"),
        percent => format!("{percent:.0} %"),
    }
}

/// A share as a percentage where there is little room: whole percents, only exactly none and exactly all as 0 and 100.
pub fn short_percent(share: f64) -> String {
    match share * 100.0 {
        percent if percent.is_nan() => "–".to_owned(),
        percent if percent > 0.0 && percent < 1.0 => "<1%".to_owned(),
        percent if percent > 99.0 && percent < 100.0 => ">99%".to_owned(),
        percent => format!("{percent:.0}%"),
    }
}

/// `4.0×10⁻⁵`, with exactly so many significant digits, as its like beside it.
fn power_of_ten(number: f64, digits: usize) -> String {
    let text = format!("{number:.*e}", digits - 1);
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    minus(format!("{mantissa}×10{}", superscript(exponent)))
}

/// `1.2×10⁻⁵`, with so many significant digits at most.
pub fn scientific(number: f64, digits: usize) -> String {
    let text = format!("{number:.*e}", digits - 1);
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent = superscript(exponent);
    let mantissa = if mantissa.contains('.') { mantissa.trim_end_matches('0').trim_end_matches('.') } else { mantissa };
    minus(format!("{mantissa}×10{exponent}"))
}

/// A whole number as an exponent: `⁻¹²`.
pub fn superscript(exponent: &str) -> String {
    let raised = |digit: char| match digit {
        '-' => '⁻',
        digit => "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit.to_digit(10).unwrap_or(0) as usize).unwrap_or(digit),
    };
    exponent.chars().map(raised).collect()
}

fn special(number: f64) -> Option<String> {
    if number.is_nan() {
        return Some("NaN".to_owned());
    }
    number.is_infinite().then(|| if number > 0.0 { "∞" } else { "−∞" }.to_owned())
}

/// With the typographic minus sign, which is as wide as a plus; and no negative zero.
fn minus(text: String) -> String {
    match text.strip_prefix('-') {
        Some(rest) if rest.chars().all(|digit| matches!(digit, '0' | '.')) => rest.to_owned(),
        Some(rest) => format!("−{rest}"),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([0, 999, 1000, 10_000, 1_234_567].map(count), ["0", "999", "1,000", "10,000", "1,234,567"]);
    }

    #[test]
    fn values_keep_three_digits() {
        let shown = [0.0, 0.4051, -0.4051, 12.351, 123.45, 9999.0, 12_345.0, 0.000_05, f64::NAN, f64::NEG_INFINITY];
        let expected = ["0", "0.405", "−0.405", "12.35", "123.5", "9999.0", "1.2×10⁴", "5.0×10⁻⁵", "NaN", "−∞"];
        assert_eq!(shown.map(value), expected);
    }

    /// 4 x 10^-7 beside 3.91 x 10^-7 would seem to be known less well.
    #[test]
    fn powers_of_ten_have_one_number_of_digits() {
        assert_eq!([4e-7, 3.91e-7].map(significant), ["4.00×10⁻⁷", "3.91×10⁻⁷"]);
        assert_eq!([4e-7, -3.9e5].map(value), ["4.0×10⁻⁷", "−3.9×10⁵"]);
        assert_eq!(plain(4e-7), "4×10⁻⁷", "as it was set");
    }

    #[test]
    fn short_forms_are_never_longer() {
        let shown = [0.0, 0.4051, 0.0234, 3.456, -12.351, 123.45, 9999.0, 12_345.0, 0.000_05, f64::NAN];
        assert_eq!(shown.map(short), ["0", "0.41", "0.023", "3.5", "−12", "123", "9999", "1×10⁴", "5×10⁻⁵", "NaN"]);
        for number in shown {
            assert!(short(number).chars().count() <= value(number).chars().count(), "{number}");
        }
        assert_eq!(
            [0.0, 0.0001, 0.0123, 0.474, 0.999_9, 1.0].map(short_percent),
            ["0%", "<1%", "1%", "47%", ">99%", "100%"]
        );
    }

    #[test]
    fn values_by_themselves_keep_three_digits_whatever_their_size() {
        let shown = [0.0, 0.002_587, 1.0, -12.351, 1234.5, 123_450.0, 1.25e-7, f64::INFINITY];
        let expected = ["0", "0.00259", "1.00", "−12.4", "1234", "1.23×10⁵", "1.25×10⁻⁷", "∞"];
        assert_eq!(shown.map(significant), expected);
    }

    #[test]
    fn set_numbers_lose_superfluous_zeros() {
        assert_eq!([0.1, 1.0, 0.0474, 1e9, 0.0, 20.0].map(plain), ["0.1", "1", "0.0474", "1×10⁹", "0", "20"]);
        assert_eq!([0.1, 0.28, 0.0476, 0.0, 1.0].map(sigma), ["0.100", "0.280", "0.0476", "0", "1.000"]);
    }

    #[test]
    fn percentages_round_to_none_or_all_only_if_exact() {
        assert_eq!(
            [0.0, 1e-6, 0.0123, 0.474, 0.999_999, 1.0].map(percent),
            ["0 %", "< 0.1 %", "1.2 %", "47 %", "> 99.9 %", "100 %"]
        );
    }
}

//! Values of flags and keys as people write them: one, or several behind one another.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::number;

/// Several numbers of one flag; under this name they are one value of it.
pub type Numbers = Vec<f64>;
/// Several widths of one flag.
pub type Widths = Vec<usize>;

/// A number of a flag.
///
/// # Errors
/// A sentence, if it is none.
pub fn real(text: &str) -> Result<f64, String> {
    number::read(text).ok_or_else(|| "it is not a number".to_owned())
}

/// A whole number of a flag.
///
/// # Errors
/// A sentence, if it is none, or too large for any flag.
pub fn whole(text: &str) -> Result<usize, String> {
    let number = number::read_whole(text).filter(|number| (0.0..9e15).contains(number));
    number.map(|number| number as usize).ok_or_else(|| "it is not a whole number of 0 or more".to_owned())
}

/// A seed of a flag.
///
/// # Errors
/// A sentence, if it is none.
pub fn seed(text: &str) -> Result<u32, String> {
    whole(text)?.try_into().map_err(|_| "a seed is a whole number from 0 to 4294967295".to_owned())
}

/// Numbers with commas between them, or semicolons where they have decimal commas.
///
/// # Errors
/// A sentence, if one is none, or they look like one number with a decimal comma.
pub fn numbers(text: &str) -> Result<Numbers, String> {
    if text.contains(';') {
        return text.split(';').map(real).collect();
    }
    let is_digits = |part: &str| !part.is_empty() && part.chars().all(|digit| digit.is_ascii_digit());
    let parts: Vec<&str> = text.split(',').collect();
    for pair in parts.windows(2) {
        if let &[whole @ ("0" | "-0"), part] = pair
            && is_digits(part)
        {
            return Err(format!(
                "{whole},{part} is two values, {whole} and {part}: write {whole}.{part} with a decimal point, or {whole}.0,{part} \
                 for both"
            ));
        }
    }
    parts.into_iter().map(real).collect()
}

/// Widths with commas or semicolons between them.
///
/// # Errors
/// A sentence, if one is none.
pub fn widths(text: &str) -> Result<Widths, String> {
    text.split([',', ';']).map(width).collect()
}

/// A width in a list of them.
///
/// # Errors
/// A sentence, if it is none, or looks like the end of a number with its thousands apart.
pub fn width(text: &str) -> Result<usize, String> {
    let text = text.trim();
    if text.len() > 1 && text.starts_with('0') {
        return Err(format!("a comma separates widths: write 1{text} rather than 1,{text}"));
    }
    text.parse().map_err(|_| format!("'{text}' is not a whole number"))
}

/// A name, or a list of names, which is one text with commas.
pub fn names<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<OneOrSeveral<String>>::deserialize(deserializer)?.map(|names| match names {
        OneOrSeveral::One(name) => name,
        OneOrSeveral::Several(names) => names.join(", "),
    }))
}

/// What files may have as a single value or as a list.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a text in quotes, or a list of these in square brackets, is expected here")]
enum OneOrSeveral<T> {
    One(T),
    Several(Vec<T>),
}

/// A number, or a list of numbers where there are several.
pub mod one_or_several {
    use serde::de::Error as _;

    use super::{Deserialize as _, Deserializer, Numbers, OneOrSeveral, Serialize as _, Serializer};

    /// Writes one as it is, several as a list.
    ///
    /// # Errors
    /// The serializer's.
    pub fn serialize<S: Serializer>(numbers: &Option<Numbers>, serializer: S) -> Result<S::Ok, S::Error> {
        match numbers.as_deref() {
            Some([one]) => one.serialize(serializer),
            several => several.serialize(serializer),
        }
    }

    /// Reads either.
    ///
    /// # Errors
    /// The deserializer's, or that it is neither.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Numbers>, D::Error> {
        let numbers = Option::<OneOrSeveral<f64>>::deserialize(deserializer);
        let numbers = numbers
            .map_err(|_| D::Error::custom("a number, or a list of numbers in square brackets, is expected here"))?;
        Ok(numbers.map(|numbers| match numbers {
            OneOrSeveral::One(one) => vec![one],
            OneOrSeveral::Several(several) => several,
        }))
    }
}

//! What a setting says, checked: names, whole numbers in their range, numbers.

use super::names;
use super::{Initializer, Meaning, SettingError};

/// What to do instead of giving a flag to an initializer that has no such parameter.
pub(super) fn instead(mut initializer: Initializer, meaning: Meaning) -> &'static str {
    let has = |meaning| initializer.number(meaning).is_some();
    match meaning {
        Meaning::Sigma if has(Meaning::Gain) => "its sigma follows from the layer's size, and --gain scales it",
        Meaning::Gain if has(Meaning::Sigma) => "use --sigma",
        Meaning::Mean if has(Meaning::Sigma) || has(Meaning::Gain) => "its mean is zero",
        _ if initializer.parameters().is_empty() => "it has no parameters",
        _ => "its parameters go in brackets after its name, see `initscope list initializers`",
    }
}

/// Names that stand behind one another; commas in brackets belong to a name.
pub(super) fn each(text: Option<&str>) -> Vec<Option<String>> {
    let Some(text) = text else { return vec![None] };
    let mut depth = 0_i32;
    let names = text.split(|letter| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        letter == ',' && depth == 0
    });
    names.map(|name| Some(name.trim().to_owned())).collect()
}

/// Numbers that stand behind one another; one that is not given is none.
pub(super) fn each_number(flag: &'static str, numbers: Option<&[f64]>) -> Result<Vec<Option<f64>>, SettingError> {
    match numbers {
        None => Ok(vec![None]),
        Some([]) => Err(SettingError::Empty { flag }),
        Some(numbers) => Ok(numbers.iter().copied().map(Some).collect()),
    }
}

pub(crate) fn find<T: Copy>(
    flag: &'static str,
    given: &str,
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> Result<T, SettingError> {
    all.iter().copied().find(|&item| names::is_same(name(item), given)).ok_or_else(|| unknown(flag, given, all, name))
}

pub(super) fn unknown<T: Copy>(
    flag: &'static str,
    given: &str,
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> SettingError {
    let known = all.iter().map(|&item| name(item)).collect::<Vec<_>>();
    let meant = names::near(given, known.iter().copied());
    SettingError::UnknownName { flag, given: given.to_owned(), meant, known: known.join(", ") }
}

pub(crate) fn within(
    flag: &'static str,
    given: usize,
    allowed: &std::ops::RangeInclusive<usize>,
) -> Result<usize, SettingError> {
    if allowed.contains(&given) {
        return Ok(given);
    }
    let allowed = format!("{} to {}", allowed.start(), allowed.end());
    Err(SettingError::OutOfRange { flag, given: given.to_string(), allowed })
}

/// A finite number of f32's range.
pub(crate) fn finite(flag: &'static str, given: f64) -> Result<f64, SettingError> {
    if given.abs() <= f64::from(f32::MAX) {
        return Ok(given);
    }
    Err(SettingError::OutOfRange { flag, given: given.to_string(), allowed: "a finite number below 3.4e38".to_owned() })
}

/// A standard deviation or a factor on one: finite and not negative.
pub(crate) fn scale(flag: &'static str, given: f64) -> Result<f64, SettingError> {
    if given < 0.0 {
        return Err(SettingError::OutOfRange { flag, given: given.to_string(), allowed: "0 or more".to_owned() });
    }
    finite(flag, given)
}

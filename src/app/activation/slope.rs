use crate::number;

/// A greatest slope, to three digits.
pub fn slope(steepest: f64) -> String {
    number::plain(format!("{steepest:.2e}").parse().unwrap_or(steepest))
}

use super::remedies::WhatHelps;
use super::report::Report;
use crate::engine::Measurement;

/// The measurement as one indented object, several as an array; a figure that is not finite is null.
///
/// # Errors
/// None is known.
pub(super) fn text(measured: &[(Measurement, Option<WhatHelps>)]) -> serde_json::Result<String> {
    let reports: Vec<_> = measured.iter().map(Report::of).collect();
    let text = match reports.as_slice() {
        [one] => serde_json::to_string_pretty(one),
        several => serde_json::to_string_pretty(several),
    };
    Ok(text? + "\n")
}

mod columns;
mod csv;
mod format;
mod json;
mod layer;
mod remedies;
mod report;
mod table;
mod theory;

use super::Error;
use super::progress::ProgressLine;
use super::training_flags::LookedAt;
use crate::engine::{Measurer, Quantities};
pub(super) use columns::columns;
pub(super) use format::Format;
use remedies::WhatHelps;

/// No axis asks for counts by size.
const MEASURED: Quantities = Quantities { sizes: false, ..Quantities::ALL };

/// Measures each network on all its images, on so many threads (0 for as many as there are cores), perhaps tries what helps, and
/// writes all that down.
///
/// # Errors
/// If the images cannot be read, a training does not get to where it is looked at, or the format has no place for what helps.
pub(super) fn text(looked_at: &LookedAt, format: Format, (jobs, helps): (usize, bool)) -> Result<String, Error> {
    let subjects = looked_at.subjects(jobs)?;
    let progress = ProgressLine::new();
    let mut measurer = Measurer::with_threads(jobs).map_err(Error::failed)?;
    let mut measured = Vec::new();
    for (index, subject) in subjects.iter().enumerate() {
        progress.say("measuring", index, subjects.len());
        let measurement = measurer.measure_all(subject, MEASURED).map_err(Error::failed)?;
        let helps = if helps { Some(WhatHelps::of(&measurement, &mut measurer)?) } else { None };
        measured.push((measurement, helps));
    }
    drop(progress);
    match format {
        Format::Table => Ok(measured.iter().map(table::text).collect::<Vec<_>>().join("\n")),
        Format::Json => json::text(&measured).map_err(Error::failed),
        Format::Csv => Ok(csv::text(measured.iter().map(|(measurement, _)| measurement))),
    }
}

/// Whether a format has a place for what helps.
///
/// # Errors
/// If it has none.
pub(super) fn check(format: Format, helps: bool) -> Result<(), Error> {
    if helps && matches!(format, Format::Csv) {
        let sentence = "--remedies has no column in CSV, whose rows are layers: use --format table or --format json";
        return Err(Error::Usage(sentence.to_owned()));
    }
    Ok(())
}

mod csv;
mod json;
mod layer;
mod report;
mod table;
mod theory;

use super::Error;
use super::progress::ProgressLine;
use super::training_flags::LookedAt;
use crate::engine::{Measurement, Measurer, Quantities};

/// How a measurement is written.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum Format {
    Table,
    Json,
    Csv,
}

/// No axis asks for counts by size.
const MEASURED: Quantities = Quantities { sizes: false, ..Quantities::ALL };

/// Measures each network on all its images, on so many threads (0 for as many as there are cores), and writes the
/// measurements down.
///
/// # Errors
/// If the images cannot be read, or a training does not get to where it is looked at.
pub(super) fn text(looked_at: &LookedAt, format: Format, jobs: usize) -> Result<String, Error> {
    let subjects = looked_at.subjects(jobs)?;
    let progress = ProgressLine::new();
    let mut measurer = Measurer::with_threads(jobs).map_err(Error::failed)?;
    let measure = |(index, subject)| {
        progress.say("measuring", index, subjects.len());
        measurer.measure_all(subject, MEASURED).map_err(Error::failed)
    };
    let measurements = subjects.iter().enumerate().map(measure).collect::<Result<Vec<Measurement>, _>>()?;
    drop(progress);
    match format {
        Format::Table => Ok(measurements.iter().map(table::text).collect::<Vec<_>>().join("\n")),
        Format::Json => json::text(&measurements).map_err(Error::failed),
        Format::Csv => Ok(csv::text(&measurements)),
    }
}

mod csv;
mod json;
mod layer;
mod report;
mod table;
mod theory;

use super::Error;
use super::progress::ProgressLine;
use crate::engine::{Measurement, Measurer, Quantities};
use crate::experiment::Experiment;

/// How a measurement is written.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum Format {
    Table,
    Json,
    Csv,
}

/// No axis asks for counts by size.
const MEASURED: Quantities = Quantities { sizes: false, ..Quantities::ALL };

/// Measures each experiment on all its images, on so many threads (0 for as many as there are cores), and writes the
/// measurements down.
///
/// # Errors
/// If the images cannot be read.
pub(super) fn text(experiments: &[Experiment], format: Format, jobs: usize) -> Result<String, Error> {
    let progress = ProgressLine::new();
    let mut measurer = Measurer::with_threads(jobs).map_err(Error::failed)?;
    let measure = |(index, experiment)| {
        progress.say("measuring", index, experiments.len());
        measurer.measure_all(experiment, MEASURED).map_err(Error::failed)
    };
    let measurements = experiments.iter().enumerate().map(measure).collect::<Result<Vec<Measurement>, _>>()?;
    drop(progress);
    match format {
        Format::Table => Ok(measurements.iter().map(table::text).collect::<Vec<_>>().join("\n")),
        Format::Json => json::text(&measurements).map_err(Error::failed),
        Format::Csv => Ok(csv::text(&measurements)),
    }
}

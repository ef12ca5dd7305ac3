mod csv;
mod json;
mod report;
mod table;
mod theory;

use super::Error;
use crate::engine::{Measurement, Measurer, Quantities};
use crate::experiment::Experiment;

/// How a measurement is written.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum Format {
    Table,
    Json,
    Csv,
}

/// Measures each experiment on all its images and writes the measurements down.
///
/// # Errors
/// If the images cannot be read.
pub(super) fn text(experiments: &[Experiment], format: Format) -> Result<String, Error> {
    let mut measurer = Measurer::new().map_err(Error::failed)?;
    let measure = |experiment| measurer.measure_all(experiment, Quantities::ALL).map_err(Error::failed);
    let measurements = experiments.iter().map(measure).collect::<Result<Vec<Measurement>, _>>()?;
    match format {
        Format::Table => Ok(measurements.iter().map(table::text).collect::<Vec<_>>().join("\n")),
        Format::Json => json::text(&measurements).map_err(Error::failed),
        Format::Csv => Ok(csv::text(&measurements)),
    }
}

mod csv;
mod json;
mod report;
mod table;

use super::Error;
use crate::engine::{Measurer, Quantities};
use crate::experiment::Experiment;

/// How a measurement is written.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum Format {
    Table,
    Json,
    Csv,
}

/// Measures an experiment on all its images and writes the measurement down.
///
/// # Errors
/// If the images cannot be read.
pub(super) fn text(experiment: &Experiment, format: Format) -> Result<String, Error> {
    let measurement = Measurer::new()
        .and_then(|mut measurer| measurer.measure_all(experiment, Quantities::ALL))
        .map_err(Error::failed)?;
    Ok(match format {
        Format::Table => table::text(&measurement),
        Format::Json => json::text(&measurement).map_err(Error::failed)?,
        Format::Csv => csv::text(&measurement),
    })
}

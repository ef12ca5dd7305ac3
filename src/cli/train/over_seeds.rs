use std::sync::atomic::{AtomicBool, Ordering};

use super::csv::{CsvPart, FIRST_COLUMNS};
use super::printed::{json, print};
use super::rated::Rated;
use super::report::SaidOfTraining;
use super::seeds_report::SeedsReport;
use super::{csv, seeds_table, table, words};
use crate::cli::Error;
use crate::cli::progress::ProgressLine;
use crate::cli::stats::Format;
use crate::engine::{Entrant, Measurer, SeedRuns, run_seeds};
use crate::figure::Headline;

/// Trains every network with so many seeds, and prints what was found.
///
/// # Errors
/// If the images cannot be read, nothing can be printed, or it was told to end.
pub(super) fn run(
    rated: &Rated,
    seeds: usize,
    format: Format,
    measurer: &mut Measurer,
    stop: &AtomicBool,
) -> Result<(), Error> {
    let steps: u64 = rated.entrants.iter().map(Entrant::steps).sum();
    let progress = ProgressLine::of_steps(steps * seeds as u64);
    let made = || progress.made_step();
    let found = run_seeds(&rated.entrants, seeds, measurer, stop, &made).map_err(Error::failed)?;
    drop(progress);
    print(&text(&found, rated, format).map_err(Error::failed)?)?;
    match stop.load(Ordering::Relaxed) {
        true => Err(Error::Failed("stopped before all seeds were done: what was found until then is above".to_owned())),
        false => Ok(()),
    }
}

fn text(found: &[SeedRuns], rated: &Rated, format: Format) -> serde_json::Result<String> {
    match format {
        Format::Json => {
            let of_all = words::of_seeds(rated, found);
            json(found.iter().enumerate().map(|(index, runs)| {
                let around = SaidOfTraining {
                    learning_rates: rated.rates(),
                    tune: rated.tune(index),
                    what_you_see: words::of_first_seed(runs),
                    what_you_see_of_all: of_all.clone(),
                };
                SeedsReport::of(runs, around)
            }))
        }
        Format::Csv => {
            let (mut names, cells) = rated.first_columns();
            names.push(FIRST_COLUMNS[2].0);
            let mut parts = Vec::new();
            for (first, runs) in cells.iter().zip(found) {
                for run in &runs.runs {
                    let first = first.iter().cloned().chain([run.seed.to_string()]).collect();
                    parts.push(CsvPart { first, epochs: &run.epochs });
                }
            }
            Ok(csv::text(&names, &parts))
        }
        Format::Table => {
            let one = |((index, runs), told): ((usize, &SeedRuns), String)| {
                let Entrant { experiment, training, .. } = &runs.entrant;
                let headline = Headline::of_training(&runs.entrant.begins_as(), training).to_string();
                let images = training.images_of(experiment);
                let heading = table::heading(&headline, &told, training, images);
                heading
                    + &rated.tuned_text(index)
                    + &seeds_table::text(runs)
                    + &words::text(&words::of_first_seed(runs))
            };
            let tables = found.iter().enumerate().zip(rated.told()).map(one);
            let of_all: Vec<_> = words::of_seeds(rated, found).into_iter().collect();
            Ok(tables.collect::<Vec<_>>().join("\n") + &words::text(&of_all) + &rated.sentence())
        }
    }
}

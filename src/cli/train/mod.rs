mod aligned;
mod candidate;
mod csv;
mod from_file;
mod over_seeds;
mod printed;
mod rated;
mod rates;
mod report;
mod seeds_report;
mod seeds_table;
mod table;
mod words;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Error;
use super::arguments::{ExperimentFlags, TrainFlags};
use super::progress::ProgressLine;
use super::stats::Format;
use super::training_flags::entrants;
use crate::arrays::{TrainingEnd, TrainingFile};
use crate::engine::{Entrant, Measurer, RateSearch, TRAINED_SEEDS, materials, run_courses, search_rates};
use crate::experiment::{SettingError, Settings};
use crate::figure::Headline;
use crate::leftovers;
use crate::number;
use crate::trainer::Course;
use crate::training::TrainingSettings;
use candidate::Candidate;
use csv::CsvPart;
pub(super) use csv::{COLUMNS, FIRST_COLUMNS};
use from_file::FromFile;
use printed::{json, print};
use rated::Rated;
use report::{SaidOfTraining, TrainReport};

/// Networks to be trained side by side.
#[derive(Debug)]
pub struct Train {
    what: Trained,
    format: Format,
    jobs: usize,
    out: Option<PathBuf>,
    /// Seeds that each is trained with, if there are several.
    seeds: Option<usize>,
    /// Steps of the short runs that look for its rate.
    tune: Option<u64>,
}

/// What is trained.
#[derive(Debug)]
enum Trained {
    Entrants(Vec<Entrant>),
    File(Box<FromFile>),
}

impl Train {
    /// # Errors
    /// If the flags make no training, or a file cannot be read.
    pub(super) fn new(asked: &ExperimentFlags, flags: TrainFlags) -> Result<Self, Error> {
        check_several(&flags).map_err(|error| Error::Usage(error.to_string()))?;
        let what = match (&flags.start, &asked.network) {
            (Some(_), Some(_)) => {
                return Err(Error::Usage(
                    "--start and --network both name a network to start from: give one".to_owned(),
                ));
            }
            (None, _) => {
                let scene = asked.scene()?;
                let given = asked.given(&scene)?;
                let subjects = given.map_or_else(|| scene.subjects(), |given| given.subjects);
                let settings = flags.training.over(scene.training.unwrap_or_default());
                // Rates of a scene are no more than where a search does not begin.
                let one_rate =
                    |rates: Vec<f64>| if flags.tune.is_some() { rates[..rates.len().min(1)].to_vec() } else { rates };
                let settings = TrainingSettings { learning_rate: settings.learning_rate.map(one_rate), ..settings };
                Trained::Entrants(entrants(&subjects, &settings)?)
            }
            (Some(path), None) => Trained::File(Box::new(FromFile::new(asked, path, flags.training)?)),
        };
        let several = if let Trained::Entrants(entrants) = &what { entrants.len() } else { 1 };
        if let Some(path) = &flags.out {
            if !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("npz")) {
                return Err(Error::Usage(format!("--out must name a file that ends in .npz: {}", path.display())));
            }
            if several > 1 {
                return Err(Error::Usage(format!(
                    "there are {several} networks, but a file holds one: give only one, for example with a single \
                     --learning-rate"
                )));
            }
        }
        Ok(Self {
            what,
            format: flags.format,
            jobs: flags.jobs.threads(),
            out: flags.out,
            seeds: flags.seeds,
            tune: flags.tune.map(|steps| steps as u64),
        })
    }

    /// Trains, writes what was found to standard output and the file. Told to end, it stops after the step that it is in, and
    /// keeps what is there.
    ///
    /// # Errors
    /// If the images cannot be read, something cannot be written, or it was told to end.
    pub fn run(&self) -> Result<(), Error> {
        let file = self.out.as_deref().map(TrainingFile::create).transpose().map_err(Error::failed)?;
        let mut measurer = Measurer::with_threads(self.jobs).map_err(Error::failed)?;
        let stop = leftovers::finish_when_told_to_end();
        let rated = self.rated(&mut measurer, stop)?;
        if let Some(seeds) = self.seeds {
            return over_seeds::run(&rated, seeds, self.format, &mut measurer, stop);
        }
        let (candidates, mut courses) = self.begin(&rated, &mut measurer)?;
        let left = courses.iter().map(|course| course.racer().steps().saturating_sub(course.racer().step())).sum();
        let progress = ProgressLine::of_steps(left);
        run_courses(&mut courses, &measurer, stop, &|| progress.made_step());
        drop(progress);
        print(&self.text(&candidates, &courses, &rated).map_err(Error::failed)?)?;
        if let (Some(file), [candidate], [course]) = (file, &candidates[..], &courses[..]) {
            let losses: Vec<f64> = candidate.before.iter().chain(course.losses()).copied().collect();
            let end = TrainingEnd {
                racer: course.racer(),
                optimizer: candidate.training.optimizer,
                linear_first: candidate.linear_first,
                losses: &losses,
                order: &candidate.material.order,
                examples: matches!(self.what, Trained::File(_)).then_some(&*candidate.material.examples),
                first: &candidate.first,
            };
            file.write(&end).map_err(Error::failed)?;
        }
        let unfinished = courses.iter().find(|course| !course.is_over());
        match unfinished.filter(|_| stop.load(Ordering::Relaxed)) {
            None => Ok(()),
            Some(course) => {
                let advice = if self.out.is_some() {
                    "go on with --start and the file"
                } else {
                    "what was found until then is above"
                };
                let (step, steps) = (course.racer().step(), course.racer().steps());
                Err(Error::Failed(format!("stopped after step {step} of {steps}: {advice}")))
            }
        }
    }

    /// The networks with the rates that they are trained with: those of their own, unless these are looked for.
    fn rated(&self, measurer: &mut Measurer, stop: &AtomicBool) -> Result<Rated, Error> {
        let Trained::Entrants(entrants) = &self.what else {
            return Ok(Rated { entrants: Vec::new(), searches: Vec::new() });
        };
        let mut rated = Rated { entrants: entrants.clone(), searches: Vec::new() };
        if let Some(steps) = self.tune {
            let each: u64 = entrants.iter().map(|entrant| steps.min(entrant.steps())).sum();
            let progress = ProgressLine::of_steps(each * RateSearch::USUAL_RUNS);
            rated.searches =
                search_rates(entrants, steps, measurer, stop, &|| progress.made_step()).map_err(Error::failed)?;
            for (entrant, search) in rated.entrants.iter_mut().zip(&rated.searches) {
                entrant.training.learning_rate = search.rate_or(entrant.training.learning_rate);
            }
        }
        Ok(rated)
    }

    fn begin(&self, rated: &Rated, measurer: &mut Measurer) -> Result<(Vec<Candidate>, Vec<Course>), Error> {
        if let Trained::File(file) = &self.what {
            let (candidate, course) = file.begin()?;
            return Ok((vec![candidate], vec![course]));
        }
        let entrants = &rated.entrants;
        let (mut candidates, mut courses) = (Vec::new(), Vec::new());
        let materials = materials(entrants).map_err(Error::failed)?;
        for ((entrant, told), material) in entrants.iter().zip(rated.told()).zip(materials) {
            let start = Arc::new(entrant.start(measurer).map_err(Error::failed)?);
            candidates.push(Candidate {
                training: entrant.training,
                experiment: told_settings(entrant),
                headline: Headline::of_training(&entrant.begins_as(), &entrant.training).to_string(),
                told,
                activation: entrant.experiment.activation,
                linear_first: entrant.experiment.linear_first,
                before: Vec::new(),
                first: start.kernels.clone(),
                material: material.clone(),
            });
            courses.push(Course::new(start, entrant.training, material));
        }
        Ok((candidates, courses))
    }

    fn text(&self, candidates: &[Candidate], courses: &[Course], rated: &Rated) -> serde_json::Result<String> {
        let each = || candidates.iter().zip(courses).enumerate();
        match self.format {
            Format::Json => {
                let of_all = words::of_race(candidates, courses);
                json(each().map(|(index, (candidate, course))| {
                    let around = SaidOfTraining {
                        learning_rates: rated.rates(),
                        tune: rated.tune(index),
                        what_you_see: words::of_course(candidate, course),
                        what_you_see_of_all: of_all.clone(),
                    };
                    TrainReport::of(candidate, course, around)
                }))
            }
            Format::Csv => {
                let (names, mut cells) = rated.first_columns();
                cells.resize(courses.len(), Vec::new());
                let parts = cells.into_iter().zip(courses);
                let parts: Vec<_> = parts.map(|(first, course)| CsvPart { first, epochs: course.epochs() }).collect();
                Ok(csv::text(&names, &parts))
            }
            Format::Table => {
                let one = |(index, (candidate, course)): (usize, (&Candidate, &Course))| {
                    let Candidate { headline, told, training, .. } = candidate;
                    let heading = table::heading(headline, told, training, candidate.material.examples.len());
                    let seen = words::text(&words::of_course(candidate, course));
                    heading + &rated.tuned_text(index) + &table::text(course) + &seen
                };
                let of_all: Vec<_> = words::of_race(candidates, courses).into_iter().collect();
                Ok(each().map(one).collect::<Vec<_>>().join("\n") + &words::text(&of_all) + &rated.sentence())
            }
        }
    }
}

/// What is set, as far as it decides anything: what was drawn is a file's business.
fn told_settings(entrant: &Entrant) -> Settings {
    let settings = Settings::from(&entrant.experiment);
    match &entrant.given {
        Some(weights) => Settings { init: Some(weights.label().to_owned()), ..settings.without_draws() },
        None => settings,
    }
}

/// Whether the numbers of what is done several times are within their ranges.
fn check_several(flags: &TrainFlags) -> Result<(), SettingError> {
    let check = |flag: &'static str, given: Option<usize>, allowed: std::ops::RangeInclusive<usize>| match given {
        Some(given) if !allowed.contains(&given) => {
            let allowed = format!("{} to {}", allowed.start(), number::count(*allowed.end() as u64));
            Err(SettingError::OutOfRange { flag, given: given.to_string(), allowed })
        }
        _ => Ok(()),
    };
    check("--seeds", flags.seeds, TRAINED_SEEDS)?;
    check("--tune", flags.tune, TUNING_STEPS)
}

/// Steps that the short runs may have.
const TUNING_STEPS: std::ops::RangeInclusive<usize> = 1..=1_000_000;

mod candidate;
mod csv;
mod from_file;
mod report;
mod table;

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::Error;
use super::arguments::{ExperimentFlags, TrainFlags};
use super::progress::ProgressLine;
use super::stats::Format;
use super::training_flags::entrants;
use super::written::written;
use crate::arrays::{TrainingEnd, TrainingFile};
use crate::engine::{Entrant, Measurer, materials, run_courses};
use crate::experiment::Settings;
use crate::figure::{Headline, differences};
use crate::leftovers;
use crate::subject::Subject;
use crate::trainer::Course;
use candidate::Candidate;
pub(super) use csv::COLUMNS;
use from_file::FromFile;
use report::TrainReport;

/// Networks to be trained side by side.
#[derive(Debug)]
pub struct Train {
    what: Trained,
    format: Format,
    jobs: usize,
    out: Option<PathBuf>,
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
        let what = match (&flags.start, &asked.network) {
            (Some(_), Some(_)) => {
                return Err(Error::Usage(
                    "--start and --network both name a network to start from: give one".to_owned(),
                ));
            }
            (None, Some(_)) => Trained::File(Box::new(FromFile::of_network(asked, flags.training)?)),
            (None, None) => {
                let scene = asked.scene()?;
                asked.refuse_network(Some(&scene), "train it with --network and its file")?;
                let settings = flags.training.over(scene.training.clone().unwrap_or_default());
                Trained::Entrants(entrants(&scene.subjects(), &settings)?)
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
        Ok(Self { what, format: flags.format, jobs: flags.jobs.threads(), out: flags.out })
    }

    /// Trains, writes what was found to standard output and the file. Told to end, it stops after the step that it is in, and
    /// keeps what is there.
    ///
    /// # Errors
    /// If the images cannot be read, something cannot be written, or it was told to end.
    pub fn run(&self) -> Result<(), Error> {
        let file = self.out.as_deref().map(TrainingFile::create).transpose().map_err(Error::failed)?;
        let mut measurer = Measurer::with_threads(self.jobs).map_err(Error::failed)?;
        let (candidates, mut courses) = self.begin(&mut measurer)?;
        let left = courses.iter().map(|course| course.racer().steps().saturating_sub(course.racer().step())).sum();
        let stop = leftovers::finish_when_told_to_end();
        let progress = ProgressLine::of_steps(left);
        run_courses(&mut courses, &measurer, stop, &|| progress.made_step());
        drop(progress);
        let text = self.text(&candidates, &courses).map_err(Error::failed)?;
        let mut output = std::io::stdout().lock();
        written(output.write_all(text.as_bytes()).and_then(|()| output.flush()))?;
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

    fn begin(&self, measurer: &mut Measurer) -> Result<(Vec<Candidate>, Vec<Course>), Error> {
        let entrants = match &self.what {
            Trained::File(file) => {
                let (candidate, course) = file.begin()?;
                return Ok((vec![candidate], vec![course]));
            }
            Trained::Entrants(entrants) => entrants,
        };
        let subjects: Vec<_> = entrants.iter().map(|entrant| Subject::from(&entrant.experiment)).collect();
        let differ = differences(&subjects.iter().collect::<Vec<_>>());
        let same_rate = entrants.iter().all(|entrant| entrant.training == entrants[0].training);
        let (mut candidates, mut courses) = (Vec::new(), Vec::new());
        let materials = materials(entrants).map_err(Error::failed)?;
        for (((entrant, subject), mut told), material) in entrants.iter().zip(&subjects).zip(differ).zip(materials) {
            if !same_rate {
                let comma = if told.is_empty() { "" } else { ", " };
                told += &format!("{comma}learning rate {}", entrant.training.learning_rate);
            }
            let start = Arc::new(entrant.start(measurer).map_err(Error::failed)?);
            candidates.push(Candidate {
                training: entrant.training,
                experiment: Settings::from(&entrant.experiment),
                headline: Headline::of(subject).to_string(),
                told,
                linear_first: entrant.experiment.linear_first,
                before: Vec::new(),
                first: start.kernels.clone(),
                material: material.clone(),
            });
            courses.push(Course::new(start, entrant.training, material));
        }
        Ok((candidates, courses))
    }

    fn text(&self, candidates: &[Candidate], courses: &[Course]) -> serde_json::Result<String> {
        let each = || candidates.iter().zip(courses);
        match self.format {
            Format::Json => {
                let reports: Vec<_> = each().map(|(candidate, course)| TrainReport::of(candidate, course)).collect();
                let text = match reports.as_slice() {
                    [one] => serde_json::to_string_pretty(one),
                    several => serde_json::to_string_pretty(several),
                };
                Ok(text? + "\n")
            }
            Format::Csv => Ok(csv::text(each())),
            Format::Table => {
                Ok(each().map(|(candidate, course)| table::text(candidate, course)).collect::<Vec<_>>().join("\n"))
            }
        }
    }
}

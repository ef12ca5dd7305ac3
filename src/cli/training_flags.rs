use super::Error;
use super::arguments::ExperimentFlags;
use super::network_flag::GivenNetworks;
use super::progress::ProgressLine;
use crate::engine::{Entrant, Measurer, trained_subjects};
use crate::experiment::{Experiment, SettingError};
use crate::figure::Scene;
use crate::subject::Subject;
use crate::training::{Length, Training, TrainingSettings};

/// Networks that are trained: every experiment with every learning rate.
///
/// # Errors
/// If a setting is wrong, or does not fit the images.
pub(super) fn entrants(experiments: &[Experiment], settings: &TrainingSettings) -> Result<Vec<Entrant>, Error> {
    let usage = |error: SettingError| Error::Usage(error.to_string());
    let trainings = settings.apply_all().map_err(usage)?;
    let mut entrants = Vec::new();
    for experiment in experiments {
        for &training in &trainings {
            if let Some(images) = settings.train_images.filter(|&images| images > Training::available(experiment)) {
                let most = Training::available(experiment);
                return Err(Error::Usage(format!(
                    "--train-images {images} is out of range: use 1 to {most}, the rest of the draws judges"
                )));
            }
            training.check(experiment).map_err(usage)?;
            entrants.push(Entrant { experiment: experiment.clone(), training });
        }
    }
    Ok(entrants)
}

/// What is looked at by commands that measure: networks as they are drawn, or after some steps of a training.
#[derive(Debug)]
pub(super) enum LookedAt {
    Drawn(Vec<Experiment>),
    /// Of a file.
    Given(GivenNetworks),
    Trained(Vec<(Entrant, u64)>),
}

impl LookedAt {
    /// What a scene and flags ask for: it is trained where they say how many steps.
    ///
    /// # Errors
    /// If there are flags of a training, but no steps.
    pub fn of(asked: &ExperimentFlags, scene: &Scene, flags: &TrainingSettings) -> Result<Self, Error> {
        if let Some(given) = asked.given(scene)? {
            if *flags != TrainingSettings::default() {
                return Err(Error::Usage(
                    "a network of a file is looked at as it is: leave out the flags of a training, or train it with \
                     `initscope train --network`"
                        .to_owned(),
                ));
            }
            return Ok(Self::Given(given));
        }
        let settings = flags.clone().over(scene.training.clone().unwrap_or_default());
        let is_asked = *flags != TrainingSettings::default();
        if settings.steps.is_none() {
            return match is_asked {
                true => Err(Error::Usage(
                    "a training needs to know where to look: give --steps N, too, or leave its flags out".to_owned(),
                )),
                false => Ok(Self::Drawn(scene.experiments.clone())),
            };
        }
        let steps = |entrant: Entrant| match entrant.training.length {
            Length::Steps(steps) => (entrant, steps),
            Length::Epochs(_) => unreachable!("steps were given"),
        };
        Ok(Self::Trained(entrants(&scene.experiments, &settings)?.into_iter().map(steps).collect()))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Drawn(experiments) => experiments.len(),
            Self::Given(given) => given.subjects.len(),
            Self::Trained(entrants) => entrants.len(),
        }
    }

    /// Whether no step of a training is made of any.
    pub fn is_untrained(&self) -> bool {
        match self {
            Self::Drawn(_) | Self::Given(_) => true,
            Self::Trained(entrants) => entrants.iter().all(|(_, steps)| *steps == 0),
        }
    }

    /// The first one's experiment.
    pub fn experiment(&self) -> &Experiment {
        match self {
            Self::Drawn(experiments) => &experiments[0],
            Self::Given(given) => given.subjects[0].experiment(),
            Self::Trained(entrants) => &entrants[0].0.experiment,
        }
    }

    /// What is to be measured, as far as that is known before a training: drawn or given networks.
    pub fn before_training(&self) -> Vec<Subject> {
        match self {
            Self::Drawn(experiments) => experiments.iter().map(Subject::from).collect(),
            Self::Given(given) => given.subjects.clone(),
            Self::Trained(entrants) => entrants.iter().map(|(entrant, _)| Subject::from(&entrant.experiment)).collect(),
        }
    }

    /// What is measured; networks are trained on so many threads, 0 for as many as there are cores.
    ///
    /// # Errors
    /// If the images cannot be read, or a training does not get there.
    pub fn subjects(&self, jobs: usize) -> Result<Vec<Subject>, Error> {
        let entrants = match self {
            Self::Drawn(experiments) => return Ok(experiments.iter().map(Subject::from).collect()),
            Self::Given(given) => return Ok(given.subjects.clone()),
            Self::Trained(entrants) => entrants,
        };
        let total: u64 = entrants.iter().map(|(_, steps)| steps).sum();
        let progress = ProgressLine::of_steps(total);
        let mut measurer = Measurer::with_threads(jobs).map_err(Error::failed)?;
        trained_subjects(entrants, &mut measurer, &|| progress.made_step()).map_err(Error::failed)
    }
}

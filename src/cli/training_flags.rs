use super::Error;
use super::arguments::ExperimentFlags;
use super::network_flag::GivenNetworks;
use super::progress::ProgressLine;
use crate::engine::{Entrant, Measurer, trained_subjects};
use crate::experiment::{Experiment, SettingError};
use crate::figure::{Scene, SceneNetwork};
use crate::subject::Subject;
use crate::training::{Length, Training, TrainingSettings};

/// Networks that are trained: every experiment with every learning rate or its own, or a file's from its weights.
///
/// # Errors
/// If a setting is wrong, or does not fit the images.
pub(super) fn entrants(subjects: &[Subject], settings: &TrainingSettings) -> Result<Vec<Entrant>, Error> {
    let usage = |error: SettingError| Error::Usage(error.to_string());
    let trainings = settings.apply_to(subjects.len()).map_err(usage)?;
    let mut entrants = Vec::new();
    for (subject, trainings) in subjects.iter().zip(trainings) {
        let experiment = subject.experiment();
        for training in trainings {
            if let Some(images) = settings.train_images.filter(|&images| images > Training::available(experiment)) {
                let most = Training::available(experiment);
                return Err(Error::Usage(format!(
                    "--train-images {images} is out of range: use 1 to {most}, the rest of the draws judges"
                )));
            }
            training.check(experiment).map_err(usage)?;
            let entrant = Entrant::of(subject, training);
            entrants.push(entrant.map_err(|why| Error::Failed(why.to_string().trim_end_matches('.').to_owned()))?);
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
    /// Trained for so many steps each, from draws or from weights of these files.
    Trained(Vec<(Entrant, u64)>, Vec<SceneNetwork>),
}

impl LookedAt {
    /// What a scene and flags ask for: it is trained where they say how many steps.
    ///
    /// # Errors
    /// If there are flags of a training, but no steps.
    pub fn of(asked: &ExperimentFlags, scene: &Scene, flags: &TrainingSettings) -> Result<Self, Error> {
        let given = asked.given(scene)?;
        let settings = flags.clone().over(scene.training.clone().unwrap_or_default());
        let is_asked = *flags != TrainingSettings::default();
        if settings.steps.is_none() {
            return match is_asked {
                true => Err(Error::Usage(
                    "a training needs to know where to look: give --steps N, too, or leave its flags out".to_owned(),
                )),
                false => Ok(given.map_or_else(|| Self::Drawn(scene.experiments.clone()), Self::Given)),
            };
        }
        let steps = |entrant: Entrant| match entrant.training.length {
            Length::Steps(steps) => (entrant, steps),
            Length::Epochs(_) => unreachable!("steps were given"),
        };
        let (subjects, networks) = match given {
            Some(given) => (given.subjects.clone(), given.of_scene()),
            None => (scene.subjects(), Vec::new()),
        };
        Ok(Self::Trained(entrants(&subjects, &settings)?.into_iter().map(steps).collect(), networks))
    }

    /// The files whose weights they have, or begin with, as a scene names them.
    pub fn networks(&self) -> Vec<SceneNetwork> {
        match self {
            Self::Drawn(_) => Vec::new(),
            Self::Given(given) => given.of_scene(),
            Self::Trained(_, networks) => networks.clone(),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Drawn(experiments) => experiments.len(),
            Self::Given(given) => given.subjects.len(),
            Self::Trained(entrants, _) => entrants.len(),
        }
    }

    /// Whether no step of a training is made of any.
    pub fn is_untrained(&self) -> bool {
        match self {
            Self::Drawn(_) | Self::Given(_) => true,
            Self::Trained(entrants, _) => entrants.iter().all(|(_, steps)| *steps == 0),
        }
    }

    /// The first one's experiment.
    pub fn experiment(&self) -> &Experiment {
        match self {
            Self::Drawn(experiments) => &experiments[0],
            Self::Given(given) => given.subjects[0].experiment(),
            Self::Trained(entrants, _) => &entrants[0].0.experiment,
        }
    }

    /// What is to be measured, as far as that is known before a training: drawn or given networks.
    pub fn before_training(&self) -> Vec<Subject> {
        match self {
            Self::Drawn(experiments) => experiments.iter().map(Subject::from).collect(),
            Self::Given(given) => given.subjects.clone(),
            Self::Trained(entrants, _) => entrants.iter().map(|(entrant, _)| entrant.begins_as()).collect(),
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
            Self::Trained(entrants, _) => entrants,
        };
        let total: u64 = entrants.iter().map(|(_, steps)| steps).sum();
        let progress = ProgressLine::of_steps(total);
        let mut measurer = Measurer::with_threads(jobs).map_err(Error::failed)?;
        trained_subjects(entrants, &mut measurer, &|| progress.made_step()).map_err(Error::failed)
    }
}

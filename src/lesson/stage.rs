use serde::{Deserialize, Serialize};

use super::steps::{Goal, Lesson, SceneChange};
use crate::data_file::{ReadWatch, Unresolved, resolve};
use crate::experiment::SettingError;
use crate::figure::{Arrange, Scene, SheetSettings, Shown, ViewName, experiments_of};
use crate::training::TrainingSettings;

/// Where somebody is in a lesson.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LessonPlace {
    /// The step, from 0.
    pub step: usize,
    /// Whether its question is answered, so that what it asks for is shown.
    pub is_revealed: bool,
}

/// What is shown at a place.
#[derive(Clone, Debug, PartialEq)]
pub struct LessonStage {
    /// The experiments, how they are looked at and how they are trained: all of it.
    pub scene: Scene,
    /// Whether they are trained to the end.
    pub is_trained: bool,
}

/// What of a change cannot be.
#[derive(Debug)]
pub(super) enum Refused {
    /// A setting of all experiments.
    Set(SettingError),
    /// A setting of an experiment, which one from 0.
    Experiment(usize, SettingError),
    /// How it is looked at.
    Shown(String),
    /// How networks are trained.
    Training(SettingError),
}

/// Experiments side by side, at most.
const MOST: usize = 8;

impl LessonStage {
    /// What is shown before the first step.
    pub(super) fn first(scene: &Scene) -> Self {
        let view = scene.view.unwrap_or_default();
        let shown = scene.shown.unwrap_or(Shown { layers: view, ..Shown::default() });
        let scene = Scene { shown: Some(shown), view: None, figure: None, ..scene.clone() };
        Self { scene: fitted(scene), is_trained: false }
    }

    /// This with a change laid over it.
    ///
    /// # Errors
    /// If something of it cannot be.
    pub(super) fn with(&self, change: &SceneChange) -> Result<Self, Refused> {
        let mut scene = self.scene.clone();
        if !change.experiments.is_empty() {
            let base = &scene.experiments[..1];
            let mut experiments = Vec::new();
            for (index, settings) in change.experiments.iter().enumerate() {
                let of_table = experiments_of(settings.clone(), base, &change.folder);
                experiments.extend(of_table.map_err(|error| Refused::Experiment(index, error))?);
            }
            scene.experiments = experiments;
        }
        if let Some(set) = &change.set {
            scene.experiments =
                experiments_of(set.clone(), &scene.experiments, &change.folder).map_err(Refused::Set)?;
        }
        scene.experiments.truncate(MOST);
        let shown = laid_over(&scene.shown.unwrap_or_default(), &change.shown).map_err(Refused::Shown)?;
        scene.shown = Some(shown);
        let before = scene.training.take().unwrap_or_default();
        let length_is_new = change.training.steps.is_some() || change.training.epochs.is_some();
        // One of both says how long it is.
        let before = if length_is_new { TrainingSettings { steps: None, epochs: None, ..before } } else { before };
        let training = change.training.clone().over(before);
        training.apply_all().map_err(Refused::Training)?;
        scene.training = (training != TrainingSettings::default()).then_some(training);
        Ok(Self { scene: fitted(scene), is_trained: change.train })
    }

    /// What is shown once a goal is reached, by the way that is known.
    pub(super) fn reached(&self, goal: &Goal) -> Self {
        let mut reached = self.clone();
        for experiment in &mut reached.scene.experiments {
            // It was checked when the lesson was read.
            *experiment = goal.way.apply(experiment).unwrap_or_else(|_| experiment.clone());
        }
        reached
    }

    /// How it is looked at.
    pub fn shown(&self) -> Shown {
        self.scene.shown.unwrap_or_default()
    }
}

/// Several experiments stand side by side; one stands alone.
fn fitted(mut scene: Scene) -> Scene {
    let mut shown = scene.shown.unwrap_or_default();
    let are_several = scene.experiments.len() > 1;
    shown.view = match shown.view {
        ViewName::Layers if are_several => ViewName::Compare,
        ViewName::Compare if !are_several => ViewName::Layers,
        view => view,
    };
    let arrange = if shown.arrange == Arrange::Ghost { Arrange::Ghost } else { Arrange::SideBySide };
    scene.figure = are_several.then(|| SheetSettings { arrange: Some(arrange), ..SheetSettings::default() });
    scene.shown = Some(shown);
    scene
}

/// How something is looked at, with the keys of a table in place of what they are.
fn laid_over(base: &Shown, keys: &toml::Table) -> Result<Shown, String> {
    if keys.is_empty() {
        return Ok(*base);
    }
    let mut all = toml::Table::try_from(base).map_err(|error| error.to_string())?;
    merge(&mut all, keys);
    all.try_into().map_err(|error: toml::de::Error| error.message().to_owned())
}

fn merge(all: &mut toml::Table, keys: &toml::Table) {
    for (key, value) in keys {
        match (all.get_mut(key), value) {
            (Some(toml::Value::Table(inner)), toml::Value::Table(keys)) => merge(inner, keys),
            _ => {
                all.insert(key.clone(), value.clone());
            }
        }
    }
}

impl Lesson {
    /// What is shown at every place, in their order: of a step with a question, before it is answered and after.
    ///
    /// # Errors
    /// If a step cannot be; with its number from 0, and whether it is what its answer reveals.
    pub(super) fn try_stages(&self) -> Result<Vec<(LessonPlace, LessonStage)>, (LessonPlace, Refused)> {
        let mut stages = Vec::new();
        let mut stage = LessonStage::first(&self.scene);
        for (step, of) in self.steps.iter().enumerate() {
            let place = LessonPlace { step, is_revealed: false };
            stage = stage.with(&of.change).map_err(|refused| (place, refused))?;
            stages.push((place, stage.clone()));
            if let Some(question) = &of.question {
                let place = LessonPlace { step, is_revealed: true };
                let is_trained = stage.is_trained || question.reveal.train;
                stage = stage.with(&question.reveal).map_err(|refused| (place, refused))?;
                stage.is_trained = is_trained;
                stages.push((place, stage.clone()));
            }
        }
        Ok(stages)
    }

    /// The same as [`stages`](Self::stages), with data of the user's own, which its file only names, once they are read.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn stages_with_data(&self) -> Result<Vec<(LessonPlace, LessonStage)>, Unresolved> {
        let mut stages = self.stages();
        for (_, stage) in &mut stages {
            resolve(&mut stage.scene.experiments, &ReadWatch::new(&|_| true))?;
        }
        Ok(stages)
    }

    /// What is shown at every place. A lesson that was read has been checked.
    pub fn stages(&self) -> Vec<(LessonPlace, LessonStage)> {
        self.try_stages().unwrap_or_default()
    }
}

use serde::Serialize;

use super::candidate::Candidate;
use super::rates::{RatesOfRace, TuneReport};
use crate::experiment::Settings;
use crate::trainer::{Course, EpochFigures, EpochLayer};
use crate::training::TrainingSettings;

/// A training with the keys it is published under.
#[derive(Serialize)]
pub(super) struct TrainReport {
    experiment: Settings,
    training: TrainingSettings,
    #[serde(flatten)]
    said: SaidOfTraining,
    /// Where it stopped being finite.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<String>,
    steps: Vec<StepLoss>,
    epochs: Vec<EpochReport>,
}

/// What is said of a network beside what it found.
#[derive(Serialize)]
pub(super) struct SaidOfTraining {
    /// Where the rates come from, if that is a question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learning_rates: Option<RatesOfRace>,
    /// How its rate was looked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tune: Option<TuneReport>,
    /// One or two sentences.
    pub what_you_see: Vec<String>,
    /// A sentence on all networks together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what_you_see_of_all: Option<String>,
}

/// A step's batch, before its update.
#[derive(Serialize)]
pub(super) struct StepLoss {
    pub step: u64,
    pub loss: f64,
}

/// What was found after an epoch. Numbers that are not finite are null.
#[derive(Serialize)]
pub(super) struct EpochReport {
    /// A whole number, but for a training that ends within an epoch.
    pub epoch: serde_json::Number,
    pub step: u64,
    pub running_loss: Option<f64>,
    pub train_loss: f64,
    pub test_loss: Option<f64>,
    pub test_accuracy: Option<f64>,
    pub layers: Vec<LayerOfEpoch>,
}

/// A hidden layer then.
#[derive(Serialize)]
pub(super) struct LayerOfEpoch {
    pub layer: usize,
    pub weight_gradient_l2: f64,
    pub gradient_l2: f64,
    pub update_ratio: Option<f64>,
    pub distance: f64,
    pub dead_units: usize,
    pub always_on_units: usize,
    pub revived_units: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saturated_fraction: Option<f64>,
    pub output_std: f64,
}

impl TrainReport {
    pub fn of(candidate: &Candidate, course: &Course, said: SaidOfTraining) -> Self {
        let losses = course.losses().iter().zip(course.first_step() + 1..);
        Self {
            experiment: candidate.experiment.clone(),
            training: candidate.settings(),
            said,
            ended: course.racer().ended().map(|ended| ended.to_string()),
            steps: losses.map(|(&loss, step)| StepLoss { step, loss }).collect(),
            epochs: course.epochs().iter().map(|figures| EpochReport::of(figures)).collect(),
        }
    }
}

impl EpochReport {
    pub fn of(figures: &EpochFigures) -> Self {
        Self {
            epoch: Self::number(figures),
            step: figures.step,
            running_loss: figures.running_loss,
            train_loss: figures.train_loss,
            test_loss: figures.test_loss,
            test_accuracy: figures.test_accuracy,
            layers: figures.layers.iter().zip(1..).map(LayerOfEpoch::of).collect(),
        }
    }
}

impl EpochReport {
    /// The epochs that are over: a whole number where it is one.
    pub fn number(figures: &EpochFigures) -> serde_json::Number {
        let whole = figures.epoch.fract() == 0.0;
        let fraction = || serde_json::Number::from_f64(figures.epoch);
        let epoch = if whole { None } else { fraction() };
        epoch.unwrap_or_else(|| (figures.epoch as u64).into())
    }
}

impl LayerOfEpoch {
    fn of((figures, layer): (&EpochLayer, usize)) -> Self {
        let &EpochLayer {
            weight_gradient_l2,
            gradient_l2,
            update_ratio,
            distance,
            dead_units,
            always_on_units,
            revived_units,
            saturated_fraction,
            output_std,
        } = figures;
        Self {
            layer,
            weight_gradient_l2,
            gradient_l2,
            update_ratio,
            distance,
            dead_units,
            always_on_units,
            revived_units,
            saturated_fraction,
            output_std,
        }
    }
}

use crate::engine::{LayerMeasurement, Measurement, race::RacerFound};
use crate::experiment::Meaning;
use crate::trainer::{Course, EpochFigures};

use super::named::Named;

/// What conditions and values are about: the experiments that a step shows, the present one of them at its place.
#[derive(Clone, Default)]
pub struct LessonEvidence<'a> {
    /// Each of them, in the order of their letters.
    pub slots: Vec<SlotEvidence<'a>>,
    /// Which of them is meant where none is named.
    pub place: usize,
    /// Nothing more is being measured: what is not known now will not be.
    pub is_all: bool,
}

/// What is known of one experiment.
#[derive(Clone, Copy, Default)]
pub struct SlotEvidence<'a> {
    /// Its measurement, if there is one.
    pub measurement: Option<&'a Measurement>,
    /// How far its training is, if there is one.
    pub training: Option<TrainingEvidence>,
}

/// What is known of a training by now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrainingEvidence {
    step: u64,
    train_loss: Option<f64>,
    test_loss: Option<f64>,
    accuracy: Option<f64>,
}

/// Why a value is not known; each the end of a sentence.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Unknown {
    /// It may become known.
    #[error("it is not measured yet")]
    NotYet,
    /// There is no such layer.
    #[error("there is no layer {layer}: the network has {layers}")]
    NoLayer {
        /// The one that is named, from 1.
        layer: usize,
        /// How many there are.
        layers: usize,
    },
    /// There is no such experiment.
    #[error("there is no experiment {0} in this step")]
    NoSlot(char),
    /// Nothing is trained.
    #[error("nothing is trained in this step (set train = true)")]
    NoTraining,
    /// The network has no such number.
    #[error("this network has no {0}")]
    NotOfThisNetwork(&'static str),
    /// No layer is named.
    #[error("it must say of which layer")]
    WhichLayer,
}

impl From<&RacerFound> for TrainingEvidence {
    fn from(racer: &RacerFound) -> Self {
        let is_over = (racer.step >= racer.steps || racer.ended.is_some()) && !racer.is_due;
        Self::of(racer.step, is_over, racer.epochs.last().map(|figures| &**figures))
    }
}

impl From<&Course> for TrainingEvidence {
    fn from(course: &Course) -> Self {
        let racer = course.racer();
        Self::of(racer.step(), course.is_over(), course.epochs().last().map(|figures| &**figures))
    }
}

impl TrainingEvidence {
    /// Figures are of the end: those of the start, or of an epoch, are not what a step says of its training.
    fn of(step: u64, is_over: bool, figures: Option<&EpochFigures>) -> Self {
        let figures = figures.filter(|_| is_over);
        Self {
            step,
            train_loss: figures.map(|figures| figures.train_loss),
            test_loss: figures.and_then(|figures| figures.test_loss),
            accuracy: figures.and_then(|figures| figures.test_accuracy),
        }
    }
}

impl LessonEvidence<'_> {
    /// A number; `layer` counts from 1.
    ///
    /// # Errors
    /// If it is not known.
    pub(super) fn number(&self, named: Named, layer: Option<usize>, slot: Option<char>) -> Result<f64, Unknown> {
        let place = slot.map_or(self.place, |letter| (letter as usize).saturating_sub('A' as usize));
        let letter = slot.unwrap_or('A');
        let slot = self.slots.get(place).ok_or(Unknown::NoSlot(letter))?;
        if matches!(named, Named::Step | Named::Accuracy | Named::TrainLoss | Named::TestLoss) {
            return slot.of_training(named);
        }
        let measurement = slot.measurement.ok_or(Unknown::NotYet)?;
        match layer {
            None => of_network(measurement, named),
            Some(layer) => {
                let layers = measurement.layers.len();
                let found = measurement.layers.iter().find(|found| found.layer == layer);
                of_layer(found.ok_or(Unknown::NoLayer { layer, layers })?, named)
            }
        }
    }

    /// How many layers the network has that is meant.
    pub(super) fn layers(&self, slot: Option<char>) -> Result<usize, Unknown> {
        self.number(Named::Layers, None, slot).map(|layers| layers as usize)
    }
}

impl SlotEvidence<'_> {
    fn of_training(&self, named: Named) -> Result<f64, Unknown> {
        let training = self.training.ok_or(Unknown::NoTraining)?;
        let found = match named {
            Named::Accuracy => training.accuracy,
            Named::TestLoss => training.test_loss,
            Named::TrainLoss => training.train_loss,
            _ => Some(training.step as f64),
        };
        found.ok_or(Unknown::NotYet)
    }
}

fn of_network(measurement: &Measurement, named: Named) -> Result<f64, Unknown> {
    let experiment = measurement.experiment();
    let sum = |of: fn(&LayerMeasurement) -> usize| measurement.layers.iter().map(of).sum::<usize>() as f64;
    let limit = || {
        let outlook = measurement.outlook.ok_or(Unknown::NotYet)?;
        outlook.limit.map_err(|_| Unknown::NotOfThisNetwork("deep limit that theory knows"))
    };
    let parameter = |meaning, name| experiment.initializer.number(meaning).ok_or(Unknown::NotOfThisNetwork(name));
    match named {
        Named::Dead => Ok(sum(|layer| layer.states.dead)),
        Named::AlwaysOn => Ok(sum(|layer| layer.states.always_on)),
        Named::NeverPositive => Ok(sum(|layer| layer.states.never_positive)),
        Named::Units => Ok(sum(|layer| layer.units)),
        Named::Loss => Ok(measurement.loss),
        Named::Layers => Ok(measurement.layers.len() as f64),
        Named::Images => Ok(measurement.images as f64),
        Named::Bias => Ok(experiment.bias),
        Named::Sigma => parameter(Meaning::Sigma, "sigma that is set"),
        Named::Gain => parameter(Meaning::Gain, "gain"),
        Named::Chi => limit().map(|limit| limit.chi1),
        Named::DepthScale => {
            limit()?.correlation_depth.ok_or(Unknown::NotOfThisNetwork("depth at which likeness is told"))
        }
        Named::EdgeSigma => {
            let edge = limit()?.edge.ok_or(Unknown::NotOfThisNetwork("edge of chaos"))?;
            let fan_in = measurement.layers.last().map_or(1, |layer| layer.fan_in);
            Ok((edge.weight_variance / fan_in as f64).sqrt())
        }
        _ => Err(Unknown::WhichLayer),
    }
}

fn of_layer(layer: &LayerMeasurement, named: Named) -> Result<f64, Unknown> {
    let z = || layer.pre_activation.as_ref().ok_or(Unknown::NotYet);
    let gradient = || layer.gradient.as_ref().ok_or(Unknown::NotYet);
    let theory = || layer.theory.as_ref().ok_or(Unknown::NotYet);
    Ok(match named {
        Named::Mean => layer.output.mean,
        Named::Min => layer.output.min,
        Named::Max => layer.output.max,
        Named::Zeros => layer.output.zero_fraction,
        Named::Saturated => layer
            .saturated_fraction
            .ok_or(Unknown::NotOfThisNetwork("saturated outputs: its activation has no limit"))?,
        Named::Dead => layer.states.dead as f64,
        Named::AlwaysOn => layer.states.always_on as f64,
        Named::NeverPositive => layer.states.never_positive as f64,
        Named::Units => layer.units as f64,
        Named::FanIn => layer.fan_in as f64,
        Named::WeightStd => layer.weights.std(),
        Named::WeightMean => layer.weights.mean,
        Named::ZStd => z()?.std,
        Named::ZMean => z()?.mean,
        Named::Gradient => gradient()?.l2,
        Named::WeightGradient => gradient()?.weight_l2,
        Named::TheoryStd => theory()?.output_std,
        Named::TheoryZStd => theory()?.pre_activation_std,
        Named::TheoryGradient => theory()?.gradient_l2.ok_or(Unknown::NotYet)?,
        // What is of the whole network is not asked of a layer.
        _ => layer.output.std,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accuracies_are_those_of_the_end_and_unknown_before() {
        let figures = EpochFigures {
            epoch: 0.0,
            step: 0,
            running_loss: None,
            train_loss: 2.3,
            test_loss: Some(2.3),
            test_accuracy: Some(0.1),
            layers: Vec::new(),
        };
        let accuracy = |is_over| {
            let slot =
                SlotEvidence { measurement: None, training: Some(TrainingEvidence::of(7, is_over, Some(&figures))) };
            (slot.of_training(Named::Step), slot.of_training(Named::Accuracy))
        };
        assert_eq!(accuracy(false), (Ok(7.0), Err(Unknown::NotYet)));
        assert_eq!(accuracy(true), (Ok(7.0), Ok(0.1)));
    }
}

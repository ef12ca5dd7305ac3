//! What is looked at: an experiment, and the weights it is looked at with. The key of all that is asked for, measured and kept.

mod given;
mod layer_functions;
mod layer_norm;
mod trained;
mod updates;

use std::sync::Arc;

use ndarray::ArrayBase;

pub use given::{GivenWeights, UnfitWeights};
pub use layer_functions::{LayerFunctions, NoLoss, Purpose};
pub use layer_norm::{LayerNorm, NormPlace};
pub use trained::TrainedWeights;
pub use updates::Updates;

use crate::experiment::{Activation, CLASSES, Experiment};

/// An experiment, and the weights it is looked at with. Two are equal where everything that is measured of them is.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    experiment: Experiment,
    weights: Weights,
    /// What a step of a training changed that leads there, or that begins there.
    updates: Option<Arc<Updates>>,
}

/// Where a network's weights and biases come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Weights {
    /// From the experiment's initializer and its seed.
    Drawn,
    /// From elsewhere: these very numbers. The experiment's initializer, biases and draws do not decide anything then; the
    /// seed does only where the inputs are drawn from it.
    Given(Arc<GivenWeights>),
    /// From the experiment's initializer and its seed, and then from some steps of a training.
    Trained(Arc<TrainedWeights>),
}

impl Weights {
    /// The very numbers, where they are not drawn.
    pub fn numbers(&self) -> Option<&Arc<GivenWeights>> {
        match self {
            Self::Drawn => None,
            Self::Given(weights) => Some(weights),
            Self::Trained(trained) => Some(trained.weights()),
        }
    }
}

/// Why a subject lacks what only draws have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotDrawn {
    /// They come from elsewhere.
    #[error("These weights were given: no initializer drew them from a seed.")]
    Given,
    /// They were drawn once.
    #[error("These weights were trained: what they are no longer follows from an initializer and a seed alone.")]
    Trained,
}

impl Subject {
    /// An experiment with weights that were given: its widths become theirs, so that the two never disagree.
    ///
    /// # Errors
    /// If they do not fit the inputs, the classes, or the linear first layer.
    pub fn given(mut experiment: Experiment, weights: Arc<GivenWeights>) -> Result<Self, UnfitWeights> {
        experiment.widths = weights.widths_for(&experiment)?;
        let linear = experiment.linear_layers();
        if let Some(&first) = weights.functions().and_then(|functions| functions.activations.get(linear)) {
            experiment.activation = first;
        }
        Ok(Self { experiment, weights: Weights::Given(weights), updates: None })
    }

    /// Another experiment with the same weights; if they were given, it has their widths.
    ///
    /// # Errors
    /// If they were given, and do not fit.
    pub fn with_experiment(&self, experiment: Experiment) -> Result<Self, UnfitWeights> {
        match &self.weights {
            Weights::Drawn => Ok(Self { experiment, ..self.clone() }),
            Weights::Given(weights) => Self::given(experiment, Arc::clone(weights)),
            Weights::Trained(weights) => Self::trained(experiment, Arc::clone(weights)),
        }
    }

    /// What an experiment's network has become in a training.
    ///
    /// # Errors
    /// If the weights are another network's.
    pub fn trained(mut experiment: Experiment, weights: Arc<TrainedWeights>) -> Result<Self, UnfitWeights> {
        experiment.widths = weights.weights().widths_for(&experiment)?;
        let updates = weights.updates().cloned();
        Ok(Self { experiment, weights: Weights::Trained(weights), updates })
    }

    /// The same with what a step changed.
    #[must_use]
    pub fn with_updates(self, updates: Option<Arc<Updates>>) -> Self {
        Self { updates, ..self }
    }

    /// What the step of its training changed that led to its weights, or the first one, where none is made yet.
    pub fn updates(&self) -> Option<&Arc<Updates>> {
        self.updates.as_ref()
    }

    /// All that is set.
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// Where its weights come from.
    pub fn weights(&self) -> &Weights {
        &self.weights
    }

    /// The activation of hidden layer `index`, counted from 0.
    pub fn activation(&self, index: usize) -> Activation {
        let functions = self.weights.numbers().and_then(|weights| weights.functions());
        let own =
            functions.and_then(|functions| functions.activations.get(self.experiment.linear_layers() + index)).copied();
        own.unwrap_or(self.experiment.activation)
    }

    /// Whether all hidden layers have the same activation.
    pub fn has_one_activation(&self) -> bool {
        (0..self.experiment.widths.len()).all(|index| self.activation(index) == self.experiment.activation)
    }

    /// Units of the output layer.
    pub fn outputs(&self) -> usize {
        self.weights
            .numbers()
            .and_then(|weights| weights.kernels().last())
            .map_or_else(|| self.experiment.inputs.classes(), ArrayBase::ncols)
    }

    /// Shapes (fan_in, fan_out) of the kernels, the output layer's last.
    pub fn kernel_shapes(&self) -> Vec<(usize, usize)> {
        match self.weights.numbers() {
            None => self.experiment.kernel_shapes(),
            Some(weights) => weights.kernels().iter().map(ArrayBase::dim).collect(),
        }
    }

    /// What its output layer is for.
    pub fn purpose(&self) -> Purpose {
        let functions = self.weights.numbers().and_then(|weights| weights.functions());
        functions.map_or(Purpose::Logits, |functions| functions.purpose)
    }

    /// How many classes drawn inputs have: as many as it tells apart.
    pub fn classes_of_draws(&self) -> usize {
        if self.purpose() == Purpose::Logistic { 2 } else { self.outputs().clamp(1, CLASSES) }
    }

    /// Why it has no loss on its images, if it has none.
    pub fn no_loss(&self) -> Option<NoLoss> {
        let inputs = &self.experiment.inputs;
        let (outputs, has_pixels, classes) = (self.outputs(), inputs.data.has_pixels(), inputs.classes());
        match self.purpose() {
            _ if !inputs.has_labels() => Some(NoLoss::NoLabels),
            Purpose::Logistic if outputs == 1 && has_pixels && classes != 2 => Some(NoLoss::NotBinary(classes)),
            Purpose::Logistic if outputs == 1 => None,
            Purpose::Logistic => Some(NoLoss::Activated("sigmoid")),
            Purpose::Activated(activation) => Some(NoLoss::Activated(activation.name())),
            Purpose::Logits if outputs == 1 => Some(NoLoss::Regression),
            Purpose::Logits if outputs < classes && has_pixels => Some(NoLoss::FewClasses(outputs, classes)),
            Purpose::Logits => None,
        }
    }

    /// Whether its weights are drawn.
    pub fn is_drawn(&self) -> bool {
        self.weights == Weights::Drawn
    }

    /// The experiment, if it decides the weights too.
    ///
    /// # Errors
    /// If they were given or trained.
    pub fn drawn(&self) -> Result<&Experiment, NotDrawn> {
        match &self.weights {
            Weights::Drawn => Ok(&self.experiment),
            Weights::Given(_) => Err(NotDrawn::Given),
            Weights::Trained(_) => Err(NotDrawn::Trained),
        }
    }

    /// Whether its weights are scaled by what images do, before anything is measured.
    pub fn looks_at_data(&self) -> bool {
        self.is_drawn() && self.experiment.initializer.looks_at_data()
    }

    /// Whether there are biases other than 0.
    pub fn has_biases(&self) -> bool {
        let Experiment { initializer, bias, bias_std, .. } = &self.experiment;
        match self.weights.numbers() {
            None => *bias != 0.0 || *bias_std != 0.0 || initializer.sets_biases(),
            Some(weights) => weights.biases().unwrap_or_default().iter().flatten().any(|&bias| bias != 0.0),
        }
    }

    /// Whether units of a layer have different biases.
    pub fn biases_differ(&self) -> bool {
        match self.weights.numbers() {
            None => self.experiment.bias_std > 0.0 || self.experiment.initializer.sets_biases(),
            Some(weights) => {
                let mut layers = weights.biases().unwrap_or_default().iter();
                layers.any(|biases| biases.iter().any(|bias| *bias != biases[0]))
            }
        }
    }
}

/// With drawn weights.
impl From<Experiment> for Subject {
    fn from(experiment: Experiment) -> Self {
        Self { experiment, weights: Weights::Drawn, updates: None }
    }
}

/// With drawn weights.
impl From<&Experiment> for Subject {
    fn from(experiment: &Experiment) -> Self {
        experiment.clone().into()
    }
}

/// What can be looked at: a subject, or an experiment, whose weights are drawn then.
pub trait ToSubject {
    /// The subject.
    fn to_subject(&self) -> Subject;
}

impl ToSubject for Subject {
    fn to_subject(&self) -> Self {
        self.clone()
    }
}

impl ToSubject for Experiment {
    fn to_subject(&self) -> Subject {
        self.into()
    }
}

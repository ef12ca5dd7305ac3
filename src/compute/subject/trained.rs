use std::sync::Arc;

use ndarray::{Array1, Array2};

use super::given::{GivenWeights, UnfitWeights};
use super::updates::Updates;
use crate::number;
use crate::training::Training;

/// What an experiment's drawn weights have become after some steps of a training. Immutable; shared by all who look at them.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainedWeights {
    training: Training,
    step: u64,
    weights: Arc<GivenWeights>,
    updates: Option<Arc<Updates>>,
    start: Option<Arc<GivenWeights>>,
}

impl TrainedWeights {
    /// Kernels [fan_in, units] and biases, the logits' last, after so many steps of a training.
    ///
    /// # Errors
    /// If the layers do not follow from one another, or there are more or larger ones than an experiment may have.
    pub fn new(
        training: Training,
        step: u64,
        kernels: Vec<Array2<f32>>,
        biases: Vec<Array1<f32>>,
    ) -> Result<Self, UnfitWeights> {
        let steps = if step == 1 { "step" } else { "steps" };
        let optimizer = training.optimizer.text(training.framework);
        let label = format!("after {} {steps} of {optimizer}", number::count(step));
        let weights = Arc::new(GivenWeights::new(label, kernels, Some(biases))?);
        Ok(Self { training, step, weights, updates: None, start: None })
    }

    /// The same, of a training that began with weights that were given, where it did: what layers do beside their products stays as
    /// it was.
    ///
    /// # Errors
    /// If those weights are another network's.
    pub fn from_start(self, start: Option<Arc<GivenWeights>>) -> Result<Self, UnfitWeights> {
        let weights = match start.as_ref().and_then(|start| start.functions()) {
            Some(functions) => Arc::new(GivenWeights::clone(&self.weights).with_functions(functions.clone())?),
            None => self.weights,
        };
        Ok(Self { start, weights, ..self })
    }

    /// The weights that their training began with, where these were given and not drawn.
    pub fn start(&self) -> Option<&Arc<GivenWeights>> {
        self.start.as_ref()
    }

    /// The same with what their last step changed, or the last one before that this is known of.
    #[must_use]
    pub fn with_updates(self, updates: Option<Arc<Updates>>) -> Self {
        Self { updates, ..self }
    }

    /// What their last step changed, or the last one before that this is known of.
    pub fn updates(&self) -> Option<&Arc<Updates>> {
        self.updates.as_ref()
    }

    /// How they were trained.
    pub fn training(&self) -> &Training {
        &self.training
    }

    /// How many steps.
    pub fn step(&self) -> u64 {
        self.step
    }

    /// The numbers; their label says how many steps of what they are after.
    pub fn weights(&self) -> &Arc<GivenWeights> {
        &self.weights
    }

    /// `after 300 steps of sgd`
    pub fn words(&self) -> &str {
        self.weights.label()
    }
}

use ndarray::Array2;

use crate::experiment::{Activation, Settings};
use crate::trainer::Material;
use crate::training::{Training, TrainingSettings};

/// A training that is under way, and what is said of it.
pub(super) struct Candidate {
    pub training: Training,
    /// What was drawn, as people write it.
    pub experiment: Settings,
    /// What it is, in a line; and what tells it from the others.
    pub headline: String,
    pub told: String,
    pub activation: Activation,
    pub linear_first: bool,
    /// The losses of steps before this run.
    pub before: Vec<f64>,
    /// What it is trained on, where that is a file's.
    pub material: Material,
    pub first: Vec<Array2<f32>>,
}

impl Candidate {
    /// How it is trained, as people write it.
    pub fn settings(&self) -> TrainingSettings {
        TrainingSettings::from(&self.training)
    }
}

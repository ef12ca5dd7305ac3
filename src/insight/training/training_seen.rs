use std::sync::Arc;

use crate::experiment::Activation;
use crate::number;
use crate::trainer::{EpochFigures, NonFinite};
use crate::training::Training;

/// What sentences on a training are about.
#[derive(Clone, Copy, Debug)]
pub struct TrainingSeen<'a> {
    /// The activation of the hidden layers.
    pub activation: Activation,
    /// How it was trained.
    pub training: &'a Training,
    /// Steps that the training has.
    pub steps: u64,
    /// What was found at the start and after every epoch.
    pub epochs: &'a [Arc<EpochFigures>],
    /// Where it stopped being finite.
    pub ended: Option<NonFinite>,
    /// Weights of each hidden layer, and its units.
    pub shapes: &'a [(usize, usize)],
    /// The loss of guessing: the entropy of the labels.
    pub guessing: f64,
    /// Whether all units of every hidden layer have the same weights.
    pub equal_units: bool,
}

/// A loss of more than this share of that of guessing is nothing learnt.
const NOTHING: f64 = 0.98;

impl<'a> TrainingSeen<'a> {
    /// What was found before the first step, and last, after some.
    pub(super) fn ends(&self) -> Option<[&'a EpochFigures; 2]> {
        let (first, last) = (self.epochs.first()?, self.epochs.last()?);
        (first.step == 0 && last.step > 0).then_some([first, last])
    }

    /// Whether it does no better than guessing.
    pub(super) fn has_learnt_nothing(&self, figures: &EpochFigures) -> bool {
        figures.train_loss > NOTHING * self.guessing
    }

    /// Whether all units of a layer are dead.
    pub(super) fn is_dead(&self, figures: &EpochFigures, layer: usize) -> bool {
        let (found, shape) = (figures.layers.get(layer), self.shapes.get(layer));
        found.zip(shape).is_some_and(|(found, &(_, units))| units > 0 && found.dead_units == units)
    }

    /// The layer nearest to the output, from 0, all units of which are dead.
    pub(super) fn last_dead_layer(&self, figures: &EpochFigures) -> Option<usize> {
        (0..figures.layers.len()).rev().find(|&layer| self.is_dead(figures, layer))
    }

    /// Hidden units.
    pub(super) fn units(&self) -> usize {
        self.shapes.iter().map(|(_, units)| units).sum()
    }

    /// The root mean square of an entry of a layer's gradient dL/dW.
    pub(super) fn gradient_of_weight(&self, figures: &EpochFigures, layer: usize) -> Option<f64> {
        let (inputs, units) = *self.shapes.get(layer)?;
        Some(figures.layers.get(layer)?.weight_gradient_l2 / ((inputs * units) as f64).sqrt())
    }
}

/// `300 steps`
pub(super) fn steps_words(steps: u64) -> String {
    if steps == 1 { "1 step".to_owned() } else { format!("{} steps", number::count(steps)) }
}

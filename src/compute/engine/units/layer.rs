use super::{Matrix, Unit};
use crate::experiment::{Activation, Experiment};
use crate::stats::{UnitCounts, UnitState, UnitStates};
use crate::subject::Subject;

/// The units of a layer, over the images that are in so far. Immutable.
#[derive(Clone, Debug)]
pub struct LayerUnits {
    /// Whose layer it is.
    pub subject: Subject,
    /// Which hidden layer, from 0.
    pub layer: usize,
    /// Images in so far, from the first.
    pub images: usize,
    /// Images there are to be.
    pub total: usize,
    /// For each unit, the images for which its output is positive.
    pub fired: Vec<u32>,
    /// For each unit, the images for which its output is one of a flat piece of the activation.
    pub flat: Vec<u32>,
    /// For each unit, whether its output is NaN for any image.
    pub undefined: Vec<bool>,
    /// Whether all units fire for the same images.
    pub alike: bool,
    /// The units in the order they stand in: their own, or by how often they fire.
    pub order: Vec<usize>,
    /// Whether by how often they fire, the dead first.
    pub sorted: bool,
    /// For each unit, its bias.
    pub biases: Vec<f32>,
    /// For each unit, the Euclidean norm of the weights into it.
    pub weight_norms: Vec<f64>,
    /// The one that was asked for.
    pub unit: Option<Unit>,
    /// Images x units, if that was asked for.
    pub matrix: Option<Matrix>,
}

impl LayerUnits {
    /// The subject's experiment.
    pub fn experiment(&self) -> &Experiment {
        self.subject.experiment()
    }

    /// Its activation.
    pub fn activation(&self) -> Activation {
        self.subject.activation(self.layer)
    }

    /// How many units there are.
    pub fn units(&self) -> usize {
        self.fired.len()
    }

    /// What a unit does over the images in so far.
    pub fn state(&self, unit: usize) -> UnitState {
        let (fired, flat, undefined) = (self.fired[unit], self.flat[unit], self.undefined[unit]);
        let plateaus = self.activation().plateaus();
        UnitState::of(UnitCounts { fired, flat, undefined }, self.images, plateaus.flat)
    }

    /// How many units are dead, mixed and always on over these images.
    pub fn states(&self) -> UnitStates {
        UnitStates::count((0..self.units()).map(|unit| self.state(unit)))
    }

    /// Whether all images are in, also of the unit that was asked for.
    pub fn is_exact(&self) -> bool {
        self.images == self.total && self.unit.as_ref().is_none_or(|unit| unit.images == self.total)
    }
}

/// Units in their own order, or by how often they fire, the dead first: a unit that is stuck at a cap fires, too.
pub(super) fn order(fired: &[u32], sorted: bool, is_dead: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut order: Vec<_> = (0..fired.len()).collect();
    if sorted {
        order.sort_by_key(|&unit| (!is_dead(unit), fired[unit]));
    }
    order
}

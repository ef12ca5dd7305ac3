use std::sync::Arc;

use super::{Ailment, Effect, Remedy, remedies};
use crate::engine::{Measurement, Quantities, Request};
use crate::experiment::{Experiment, Inputs};
use crate::network::BLOCK;
use crate::subject::Subject;

/// What is to be measured to know which remedies help: the present network and each with a remedy, on the same first images.
#[derive(Clone, Debug)]
pub struct Trials {
    ailment: Ailment,
    /// What is wrong, and what may help.
    present: Experiment,
    remedies: Vec<Remedy>,
    /// Images of each trial.
    images: usize,
}

/// Images of a trial, at most, and of a network whose products take long at least.
const MOST_IMAGES: usize = 1000;
const LEAST_IMAGES: usize = 4 * BLOCK;
/// Products of a trial, about, so that it takes no longer than a fraction of a second.
const PRODUCTS: f64 = 5e9;

impl Trials {
    /// Trials for a measured network; `None` if nothing is wrong with it, or no change is known that may help.
    pub fn of(measurement: &Measurement) -> Option<Self> {
        let ailment = Ailment::of(measurement)?;
        let remedies = remedies(measurement, ailment);
        let present = measurement.subject.drawn().ok()?.clone();
        let images = images(&present);
        (!remedies.is_empty()).then_some(Self { ailment, present, remedies, images })
    }

    /// Images that each is measured on, from the first.
    pub fn images(&self) -> usize {
        self.images
    }

    /// All that is to be measured, the present network first.
    pub fn requests(&self) -> Vec<Request> {
        let gradients = self.ailment == Ailment::Gradients;
        let quantities = Quantities { gradients, ..Quantities::GLANCE };
        let all = std::iter::once(&self.present).chain(self.remedies.iter().map(|remedy| &remedy.experiment));
        let subjects = all.map(|experiment| self.on_few(experiment));
        subjects.map(|subject| Request { subject, quantities, at_leisure: true }).collect()
    }

    /// The remedies that help by what was measured, and their effects, the best first.
    pub fn effects(&self, measured: &[Arc<Measurement>]) -> Vec<(&Remedy, Effect)> {
        let of = |experiment: &Experiment| {
            let subject = self.on_few(experiment);
            measured.iter().find(|known| known.subject == subject)
        };
        let Some(before) = of(&self.present) else { return Vec::new() };
        let effect = |remedy: &Remedy| Effect::of(self.ailment, before, of(&remedy.experiment)?);
        let mut helping: Vec<_> = self.remedies.iter().filter_map(|remedy| Some((remedy, effect(remedy)?))).collect();
        helping.sort_by(|(_, one), (_, other)| one.left().total_cmp(&other.left()));
        helping
    }

    fn on_few(&self, experiment: &Experiment) -> Subject {
        let inputs = Inputs { images: self.images, ..experiment.inputs.clone() };
        Subject::from(Experiment { inputs, ..experiment.clone() })
    }
}

fn images(experiment: &Experiment) -> usize {
    let products: f64 = experiment.kernel_shapes().iter().map(|&(inputs, units)| (inputs * units) as f64).sum();
    let fast = (PRODUCTS / products) as usize / BLOCK * BLOCK;
    fast.clamp(LEAST_IMAGES, MOST_IMAGES).min(experiment.inputs.images)
}

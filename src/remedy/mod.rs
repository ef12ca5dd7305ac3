//! What helps: changes of an experiment that may mend what is wrong with its network, each with its effect, once that is measured.
//!
//! A file per rule: a pure function from a measurement and what is wrong with it to changes worth a trial. Nothing is claimed
//! of them: a trial measures the changed network on the images that the present one is measured on, and only an [`Effect`] that
//! is an improvement is one.

mod ailment;
mod bias;
mod effect;
mod fewer_layers;
mod initializer;
mod slope;
mod trials;

pub use ailment::Ailment;
pub use effect::Effect;
pub use trials::Trials;

use crate::engine::Measurement;
use crate::experiment::Experiment;

/// A change that may help.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    /// What is changed, in a word or two: `he_normal`, `bias 0`.
    pub name: String,
    /// The experiment with that change, and no other.
    pub experiment: Experiment,
}

/// All rules, in the order in which their remedies are tried.
const RULES: [fn(&Measurement, Ailment) -> Vec<Remedy>; 4] =
    [initializer::rule, bias::rule, slope::rule, fewer_layers::rule];

/// Changes worth a trial, against what is wrong with a measured network; none of given weights, which nothing draws.
pub fn remedies(measurement: &Measurement, ailment: Ailment) -> Vec<Remedy> {
    let Ok(present) = measurement.subject.drawn() else { return Vec::new() };
    let all = RULES.iter().flat_map(|rule| rule(measurement, ailment));
    all.filter(|remedy| remedy.experiment != *present).collect()
}

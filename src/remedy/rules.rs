use super::{Ailment, Remedy, bias, fewer_layers, initializer, slope};
use crate::engine::Measurement;

/// All rules, in the order in which their remedies are tried.
const RULES: [fn(&Measurement, Ailment) -> Vec<Remedy>; 4] =
    [initializer::rule, bias::rule, slope::rule, fewer_layers::rule];

/// Changes worth a trial, against what is wrong with a measured network; none of given weights, which nothing draws.
pub fn remedies(measurement: &Measurement, ailment: Ailment) -> Vec<Remedy> {
    let Ok(present) = measurement.subject.drawn() else { return Vec::new() };
    let all = RULES.iter().flat_map(|rule| rule(measurement, ailment));
    all.filter(|remedy| remedy.experiment != *present).collect()
}

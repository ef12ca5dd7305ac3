use super::{Ailment, Remedy};
use crate::engine::Measurement;
use crate::experiment::Experiment;
use crate::number;

/// The small positive bias with which ReLUs are often started, so that they fire.
const SMALL: f64 = 0.1;

/// No bias where one switches units off or drives them to a limit, or a small positive one where there is none.
pub fn rule(measurement: &Measurement, ailment: Ailment) -> Vec<Remedy> {
    let Ok(experiment) = measurement.subject.drawn() else { return Vec::new() };
    if experiment.initializer.sets_biases() {
        return Vec::new();
    }
    let set = experiment.bias;
    let bias = match ailment {
        Ailment::Dead if set == 0.0 => Some(SMALL),
        Ailment::Dead | Ailment::Saturated | Ailment::Constant | Ailment::Overflow if set != 0.0 => Some(0.0),
        _ => None,
    };
    let to = |bias: f64| Remedy {
        name: format!("bias {}", number::plain(bias)),
        experiment: Experiment { bias, ..experiment.clone() },
    };
    bias.map(to).into_iter().collect()
}

use super::{Ailment, Remedy};
use crate::engine::Measurement;
use crate::experiment::{Activation, Experiment};

/// An activation of the same kind that has a slope where this one has none, or more where it has little.
pub fn rule(measurement: &Measurement, ailment: Ailment) -> Vec<Remedy> {
    let Ok(experiment) = measurement.subject.drawn() else { return Vec::new() };
    let steeper = match ailment {
        Ailment::Dead => never_flat(experiment.activation),
        Ailment::Gradients | Ailment::Crowded => about_zero(experiment.activation),
        _ => None,
    };
    let to = |activation: Activation| Remedy {
        name: activation.to_string(),
        experiment: Experiment { activation, ..experiment.clone() },
    };
    steeper.map(to).into_iter().collect()
}

/// What has no flat piece, so that no unit can be dead.
fn never_flat(activation: Activation) -> Option<Activation> {
    match activation {
        // Keras's slope.
        Activation::Relu | Activation::Relu6 | Activation::LeakyRelu { slope: 0.0 } => {
            Some(Activation::LeakyRelu { slope: 0.2 })
        }
        Activation::Elu { alpha: 0.0 } => Some(Activation::Elu { alpha: 1.0 }),
        Activation::HardSwish => Some(Activation::Silu),
        Activation::HardTanh => Some(Activation::Tanh),
        Activation::HardSigmoid => Some(Activation::Sigmoid),
        _ => None,
    }
}

/// What is sigmoid's shape around 0, with a slope of 1 there instead of a quarter.
fn about_zero(activation: Activation) -> Option<Activation> {
    match activation {
        Activation::Sigmoid => Some(Activation::Tanh),
        Activation::HardSigmoid => Some(Activation::HardTanh),
        _ => None,
    }
}

use super::{Ailment, Remedy};
use crate::engine::Measurement;
use crate::experiment::{Activation, Experiment, Generator, Initializer, Mode, Nonlinearity};

/// Orthogonal matrices wider than this take longer to draw than a trial may.
const WIDEST: usize = 256;

/// The initializers that were made for the activation: by the variance that keeps the size of its outputs, by orthogonal
/// kernels, by what images do, and for ReLUs that die by depth by one positive weight in every unit.
pub fn rule(measurement: &Measurement, ailment: Ailment) -> Vec<Remedy> {
    let Ok(experiment) = measurement.subject.drawn() else { return Vec::new() };
    let biases = experiment.bias != 0.0 || experiment.bias_std != 0.0;
    let is_relu = matches!(experiment.activation, Activation::Relu);
    let mut initializers = Vec::new();
    match ailment {
        // Without biases no size of the weights changes which units are off.
        Ailment::Dead if is_relu && !biases && is_symmetric(experiment.initializer) => {}
        _ => initializers.push(recommended(experiment.activation)),
    }
    let is_of_size = matches!(ailment, Ailment::Outputs | Ailment::Gradients | Ailment::Overflow);
    if is_of_size && experiment.widths.iter().all(|&width| width <= WIDEST) {
        if let Some(gain) = orthogonal_gain(experiment.activation) {
            initializers.push(Initializer::Orthogonal { gain });
        }
        if ailment != Ailment::Gradients {
            initializers.push(Initializer::Lsuv);
        }
    }
    if is_relu && ailment == Ailment::Dead {
        initializers.push(Initializer::Rai);
    }
    initializers.into_iter().map(|initializer| with(experiment, initializer)).collect()
}

/// Whether weights of either sign are equally likely, so that their scale is all that tells such laws apart.
fn is_symmetric(initializer: Initializer) -> bool {
    initializer.mean(1, 1) == 0.0 && initializer.sigma(1, 1) > 0.0 && !initializer.sets_biases()
}

/// The initializer that papers and frameworks recommend with an activation.
fn recommended(activation: Activation) -> Initializer {
    match activation {
        Activation::Linear | Activation::Tanh | Activation::HardTanh | Activation::Softsign => {
            Initializer::GlorotNormal { gain: 1.0 }
        }
        // Glorot and Bengio 2010: four times as large, for a slope of a quarter.
        Activation::Sigmoid | Activation::HardSigmoid => Initializer::GlorotNormal { gain: 4.0 },
        Activation::Selu { .. } => Initializer::LecunNormal { gain: 1.0 },
        Activation::LeakyRelu { slope } if slope > 0.0 => {
            Initializer::KaimingNormal { a: slope, mode: Mode::FanIn, nonlinearity: Nonlinearity::LeakyRelu }
        }
        _ => Initializer::HeNormal { gain: 1.0 },
    }
}

/// The gain by which orthogonal kernels keep the size of what goes through them and the activation, where one does.
fn orthogonal_gain(activation: Activation) -> Option<f64> {
    match activation {
        Activation::Linear | Activation::Tanh | Activation::HardTanh | Activation::Softsign => Some(1.0),
        Activation::Relu => Some(SQRT_OF_2),
        _ => None,
    }
}

/// As people write it in a call.
const SQRT_OF_2: f64 = 1.414;

/// The experiment with another initializer, and what depends on that.
fn with(experiment: &Experiment, initializer: Initializer) -> Remedy {
    let mut changed = Experiment { initializer, ..experiment.clone() };
    if initializer.sets_biases() {
        (changed.bias, changed.bias_std) = (0.0, 0.0);
    }
    if !matches!(initializer, Initializer::RandomNormal { .. }) {
        changed.generator = Generator::Native;
    }
    Remedy { name: initializer.to_string(), experiment: changed }
}

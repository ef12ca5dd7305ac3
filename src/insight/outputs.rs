use super::trend::Trend;
use super::words::about;
use super::{Rank, Seen, Sentence, Topic};
use crate::engine::Measurement;
use crate::experiment::Activation;
use crate::number;

/// Outputs grow or shrink from layer to layer: explode or vanish.
pub fn rule(seen: &Seen<'_>) -> Option<Sentence> {
    let measurement = seen.measurement;
    let trend = of(measurement).filter(|trend| trend.shrinks() || trend.grows())?;
    let [first, .., last] = &measurement.layers[..] else { return None };
    let why = reason(measurement, trend).map_or_else(String::new, |why| format!(": {why}"));
    Some(Sentence {
        text: format!(
            "Outputs {}, about ×{} per layer (std {} in layer {}, {} in layer {}){why}.",
            trend.verb(),
            about(trend.factor),
            number::value(first.output.std),
            first.layer,
            number::value(last.output.std),
            last.layer
        ),
        rank: Rank::Harm,
        about: &[Topic::Outputs],
    })
}

/// How the std of outputs goes from the first layer to the last.
pub fn of(measurement: &Measurement) -> Option<Trend> {
    let [first, .., last] = &measurement.layers[..] else { return None };
    Trend::of(first.output.std, last.output.std, measurement.layers.len() - 1)
}

/// What weights would keep the size, where these are larger or smaller.
fn reason(measurement: &Measurement, trend: Trend) -> Option<String> {
    // The reason is one of independent draws.
    let experiment = measurement.subject.drawn().ok()?;
    let last = measurement.layers.last()?;
    let biases = measurement.subject.has_biases();
    let mean = experiment.initializer.mean(last.fan_in, last.units);
    if biases || mean != 0.0 {
        return None;
    }
    // E[phi(z)^2] / q: of homogeneous activations for all q, of the others as q tends to 0.
    let (gain, keeps_everywhere) = match experiment.activation {
        Activation::Linear => (1.0, true),
        Activation::Relu => (0.5, true),
        Activation::LeakyRelu { slope } => (0.5 * (1.0 + slope * slope), true),
        Activation::Tanh | Activation::HardTanh | Activation::Softsign => (1.0, false),
        _ => return None,
    };
    let inputs = last.fan_in as f64;
    let keeps = (1.0 / (gain * inputs)).sqrt();
    let std = last.weights.std();
    // Weights of nearly that size are no reason.
    let explains = if trend.ratio > 1.0 { std > 1.05 * keeps && keeps_everywhere } else { std < 0.95 * keeps };
    let name = if experiment.activation == Activation::Relu { "ReLU" } else { experiment.activation.name() };
    explains.then(|| {
        format!(
            "the weights' std is {}, and {name} keeps its size at √({}/{}) = {}",
            number::value(std),
            number::plain(1.0 / gain),
            last.fan_in,
            number::value(keeps)
        )
    })
}

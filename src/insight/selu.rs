use super::{Rank, Seen, Sentence, Topic};
use crate::experiment::Activation;
use crate::number;

/// SELU with weights of variance 1 / fan_in draws outputs to mean 0 and variance 1 (Klambauer et al. 2017).
pub fn rule(seen: &Seen<'_>) -> Option<Sentence> {
    let experiment = seen.measurement.experiment();
    let without_biases = !seen.measurement.subject.has_biases();
    let [first, .., last] = &seen.measurement.layers[..] else { return None };
    let variance = last.weights.std().powi(2) * last.fan_in as f64;
    let has_one = seen.measurement.subject.has_one_activation();
    let applies = matches!(experiment.activation, Activation::Selu { .. }) && has_one && without_biases;
    if !applies || !(0.9..1.1).contains(&variance) || last.weights.mean.abs() > 0.1 * last.weights.std() {
        return None;
    }
    let (mean, std) = (number::value(last.output.mean), number::value(last.output.std));
    let off = |std: f64| (std - 1.0).abs();
    let (text, rank) = if off(last.output.std) < 0.1 && last.output.mean.abs() < 0.1 {
        let text = format!(
            "Outputs are at SELU's fixed point, mean 0 and std 1: layer {} has mean {mean} and std {std}, and more layers keep \
             them there.",
            last.layer
        );
        (text, Rank::Notable)
    } else if off(last.output.std) < 0.9 * off(first.output.std) {
        let text = format!(
            "Outputs are drawn to SELU's fixed point, mean 0 and std 1: their std is {} in layer {} and {std} in layer {}.",
            number::value(first.output.std),
            first.layer,
            last.layer
        );
        (text, Rank::Harm)
    } else {
        return None;
    };
    Some(Sentence { text, rank, about: &[Topic::Depth, Topic::Outputs] })
}

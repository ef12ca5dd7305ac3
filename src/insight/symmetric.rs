use super::words::units;
use super::{Rank, Seen, Sentence, Topic};
use crate::engine::LayerMeasurement;
use crate::number;

/// All weights are equal, and all biases of a layer: its units compute the same, and go on to do so in training.
pub fn rule(seen: &Seen<'_>) -> Option<Sentence> {
    let measurement = seen.measurement;
    let experiment = measurement.experiment();
    let constant = |layer: &LayerMeasurement| layer.weights.min == layer.weights.max;
    if measurement.subject.biases_differ() || !measurement.layers.iter().all(constant) {
        return None;
    }
    let last = measurement.layers.last()?;
    let weight = last.weights.mean;
    if weight == 0.0 {
        let gradient = last.gradient.as_ref().is_some_and(|gradient| gradient.l2 == 0.0);
        let gradient = if gradient { ", and no gradient reaches a hidden layer" } else { "" };
        return Some(Sentence {
            text: format!(
                "All weights are 0: every unit outputs {} whatever the image{gradient}.",
                number::value(last.output.mean)
            ),
            rank: Rank::Broken,
            about: &[
                Topic::Symmetry,
                Topic::Constant,
                Topic::Dead,
                Topic::Mixed,
                Topic::Saturation,
                Topic::Outputs,
                Topic::Gradients,
                Topic::Depth,
            ],
        });
    }
    let widest = measurement.layers.iter().map(|layer| layer.units).max().filter(|&units| units > 1)?;
    let all =
        if experiment.uniform_width().is_some() { format!("all {}", units(widest)) } else { "all units".to_owned() };
    Some(Sentence {
        text: format!(
            "All weights are {}, so {all} of a layer compute the same; their gradients are equal too, and training keeps \
             them equal.",
            number::plain(weight)
        ),
        rank: Rank::Broken,
        about: &[Topic::Symmetry, Topic::Dead, Topic::Mixed],
    })
}

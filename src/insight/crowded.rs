use super::{Rank, Seen, Sentence, Topic};
use crate::experiment::Activation;
use crate::number;

/// A sigmoid's outputs crowd around the middle, where it is nearly a line.
pub fn rule(seen: &Seen<'_>) -> Option<Sentence> {
    let measurement = seen.measurement;
    let index = measurement.layers.len().checked_sub(1)?;
    let last = measurement.layers.last().filter(|_| measurement.subject.activation(index) == Activation::Sigmoid)?;
    let output = &last.output;
    let crowded = (output.mean - 0.5).abs() < 0.1 && output.std < 0.15;
    crowded.then(|| Sentence {
        text: format!(
            "Outputs crowd around 0.5, mean {} and std {} in layer {}: sigmoid is nearly a line there, whose slope is 0.25.",
            number::value(output.mean),
            number::value(output.std),
            last.layer
        ),
        rank: Rank::Harm,
        about: &[Topic::Outputs],
    })
}

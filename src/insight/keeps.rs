use super::{Rank, Seen, Sentence, Topic, outputs};
use crate::engine::Measurement;
use crate::experiment::Activation;
use crate::number;

/// Outputs neither grow nor shrink; and whether units are dead, where they could be.
pub fn rule(seen: &Seen<'_>) -> Option<Sentence> {
    let measurement = seen.measurement;
    let first = measurement.layers.first().filter(|layer| layer.output.std.is_finite())?;
    let size = match measurement.layers.last().filter(|last| last.layer > first.layer) {
        None => format!(
            "Outputs have mean {} and std {}",
            number::value(first.output.mean),
            number::value(first.output.std)
        ),
        Some(last) => {
            let trend = outputs::of(measurement).filter(|trend| !trend.shrinks() && !trend.grows())?;
            let nearly = if (0.8..1.25).contains(&trend.ratio) { "" } else { "nearly " };
            format!(
                "Outputs {nearly}keep their size: std {} in layer {} and {} in layer {}",
                number::value(first.output.std),
                first.layer,
                number::value(last.output.std),
                last.layer
            )
        }
    };
    Some(Sentence { text: size + well(measurement) + ".", rank: Rank::Calm, about: &[Topic::Outputs] })
}

/// What could be wrong beside, and is not.
fn well(measurement: &Measurement) -> &'static str {
    let layers = measurement.layers.len();
    let any = |of: fn(Activation) -> bool| (0..layers).any(|layer| of(measurement.subject.activation(layer)));
    let saturates = any(|activation| activation.saturation().is_some());
    let none_dead = measurement.layers.iter().all(|layer| layer.states.dead == 0);
    let saturated = |share: f64| measurement.layers.iter().any(|layer| layer.saturated_fraction > Some(share));
    if any(Activation::switches_off) && none_dead {
        ", and no unit is dead"
    } else if saturates && !saturated(0.0) {
        ", and nothing is saturated"
    } else if saturates && !saturated(0.05) {
        ", and hardly anything is saturated"
    } else {
        ""
    }
}

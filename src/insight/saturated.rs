use super::words::greatest;
use super::{Rank, Seen, Sentence, Topic};
use crate::engine::LayerMeasurement;
use crate::experiment::Activation;
use crate::number;

/// From this share on it is said.
const MUCH: f64 = 0.3;

/// Many outputs lie at a limit of the activation, where its slope is nearly zero.
pub fn rule(seen: &Seen<'_>) -> Option<Sentence> {
    let measurement = seen.measurement;
    let activation = measurement.experiment.activation;
    let (lower, upper) = activation.limits().bounded()?;
    // Half of relu6's values are at its lower limit in the best of networks: there it is off.
    let capped = activation == Activation::Relu6;
    let share = |layer: &LayerMeasurement| {
        let at_cap = layer.output.density.masses.iter().filter(|mass| mass.at == f64::from(upper));
        if capped { at_cap.map(|mass| mass.share).sum() } else { layer.saturated_fraction.unwrap_or(0.0) }
    };
    let worst = greatest(&measurement.layers, share).filter(|layer| share(layer) >= MUCH)?;
    let percent = number::percent(share(worst));
    let name = activation.name();
    let text = if capped {
        format!(
            "{percent} of layer {}'s outputs are exactly {name}'s cap of {upper}, where its slope is 0: no gradient passes.",
            worst.layer
        )
    } else {
        let limits = if lower == -upper { format!("limits ±{upper}") } else { format!("limits {lower} and {upper}") };
        format!(
            "{percent} of layer {}'s outputs are saturated: within 0.03 of {name}'s {limits}, where its slope is nearly 0 and \
             little gradient passes.",
            worst.layer
        )
    };
    Some(Sentence { text, rank: Rank::Harm, about: &[Topic::Saturation] })
}

use super::words::greatest;
use super::{Rank, Seen, Sentence, Topic};
use crate::engine::LayerMeasurement;
use crate::experiment::Saturation;
use crate::number;

/// From this share on it is said.
const MUCH: f64 = 0.3;

/// Many outputs are saturated: the activation's slope is nearly zero there, or zero.
pub fn rule(seen: &Seen<'_>) -> Option<Sentence> {
    let measurement = seen.measurement;
    let share = |layer: &LayerMeasurement| layer.saturated_fraction.unwrap_or(0.0);
    let worst = greatest(&measurement.layers, share).filter(|layer| share(layer) >= MUCH)?;
    let activation = measurement.subject.activation(worst.layer - 1);
    let saturation = activation.saturation()?;
    let (lower, upper) = activation.limits().bounded()?;
    let (percent, layer, name) = (number::percent(share(worst)), worst.layer, activation.name());
    let limits = if lower == -upper { format!("limits ±{upper}") } else { format!("limits {lower} and {upper}") };
    let text = match saturation {
        Saturation::AtCap => format!(
            "{percent} of layer {layer}'s outputs are exactly {name}'s cap of {upper}, where its slope is 0: no gradient passes."
        ),
        Saturation::AtLimit => format!(
            "{percent} of layer {layer}'s outputs are saturated: exactly at {name}'s {limits}, where its slope is 0 and no \
             gradient passes."
        ),
        Saturation::NearLimit => format!(
            "{percent} of layer {layer}'s outputs are saturated: within 0.03 of {name}'s {limits}, where its slope is nearly 0 \
             and little gradient passes."
        ),
        Saturation::NearlyFlat => format!(
            "{percent} of layer {layer}'s outputs are saturated: {name}'s slope is under 0.06 there, and little gradient passes."
        ),
    };
    Some(Sentence { text, rank: Rank::Harm, about: &[Topic::Saturation] })
}

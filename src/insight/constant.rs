use super::{Rank, Seen, Sentence, Topic};
use crate::number;

/// All outputs of a layer are one number: nothing of the images goes on.
pub fn rule(seen: &Seen<'_>) -> Option<Sentence> {
    let measurement = seen.measurement;
    let layer = measurement.layers.iter().find(|layer| layer.output.min == layer.output.max)?;
    // One image is no evidence of what others would do.
    (measurement.images > 1).then(|| Sentence {
        text: format!(
            "All outputs of layer {} are exactly {}, whatever the image: what comes after it cannot tell them apart.",
            layer.layer,
            number::value(layer.output.mean)
        ),
        rank: Rank::Broken,
        about: &[Topic::Constant, Topic::Outputs, Topic::Axis, Topic::Dead, Topic::Mixed],
    })
}

use super::TrainingSeen;
use super::training_seen::steps_words;
use crate::insight::{Rank, Sentence, Topic};
use crate::number;

/// From this share on a layer is saturated.
const MUCH: f64 = 0.3;

/// A saturated layer thaws while it is trained, or does not.
pub(super) fn rule(seen: &TrainingSeen<'_>) -> Option<Sentence> {
    let [first, last] = seen.ends()?;
    seen.activation.saturation()?;
    let share = |layer: usize| first.layers[layer].saturated_fraction.filter(|share| *share >= MUCH);
    let saturated = (0..first.layers.len()).filter_map(|layer| Some((layer, share(layer)?)));
    let (layer, before) = saturated.max_by(|one, other| one.1.total_cmp(&other.1))?;
    let after = last.layers.get(layer)?.saturated_fraction?;
    let (percents, steps) = ([before, after].map(number::percent), steps_words(last.step));
    let (text, rank) = match after {
        after if after <= 0.5 * before => (
            format!(
                "Saturated outputs thaw: in layer {} {} of the outputs are saturated at the start, and {} after {steps}.",
                layer + 1,
                percents[0],
                percents[1]
            ),
            Rank::Notable,
        ),
        after if after >= 0.8 * before => (
            format!(
                "Saturated outputs stay saturated: in layer {} {} of the outputs at the start, and {} after {steps}.",
                layer + 1,
                percents[0],
                percents[1]
            ),
            Rank::Harm,
        ),
        _ => return None,
    };
    Some(Sentence { text, rank, about: &[Topic::Saturation] })
}

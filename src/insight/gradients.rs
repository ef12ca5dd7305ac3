use super::trend::Trend;
use super::words::about;
use super::{Rank, Seen, Sentence, Topic};
use crate::number;

/// Gradients grow or shrink on their way back: explode or vanish.
pub fn rule(seen: &Seen<'_>) -> Option<Sentence> {
    let layers = &seen.measurement.layers;
    let [first, .., last] = &layers[..] else { return None };
    let (to, from) = (first.gradient.as_ref()?.l2, last.gradient.as_ref()?.l2);
    let trend = Trend::of(from, to, layers.len() - 1).filter(|trend| trend.shrinks() || trend.grows())?;
    let verb = match trend.verb() {
        "vanish" => "vanishes".to_owned(),
        verb => format!("{verb}s"),
    };
    Some(Sentence {
        text: format!(
            "The gradient {verb} on its way back, about ×{} per layer: ||∂L/∂z|| is {} in layer {}, {} in layer {}.",
            about(trend.factor),
            number::significant(from),
            last.layer,
            number::significant(to),
            first.layer
        ),
        rank: if trend.is_extreme() { Rank::Harm } else { Rank::Notable },
        about: &[Topic::Gradients],
    })
}

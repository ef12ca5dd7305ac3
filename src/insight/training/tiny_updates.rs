use super::TrainingSeen;
use crate::insight::words::layers;
use crate::insight::{Rank, Sentence, Topic};
use crate::number;

/// Updates below this share of the weights are tiny.
const TINY: f64 = 1e-6;

/// The last update moved some layers by less than a millionth of their weights, although the rate had not fallen.
pub(super) fn rule(seen: &TrainingSeen<'_>) -> Option<Sentence> {
    let [_, last] = seen.ends()?;
    let rate = seen.training.rate(last.step, seen.steps);
    if rate < 0.5 * seen.training.learning_rate {
        return None;
    }
    let is_tiny = |ratio: Option<f64>| ratio.is_some_and(|ratio| ratio > 0.0 && ratio < TINY);
    let tiny: Vec<_> =
        (1..).zip(&last.layers).filter(|(_, layer)| is_tiny(layer.update_ratio)).map(|(number, _)| number).collect();
    let least = last.layers.iter().filter_map(|layer| layer.update_ratio.filter(|ratio| is_tiny(Some(*ratio))));
    let least = least.min_by(f64::total_cmp)?;
    let smallest = match &tiny[..] {
        [_] => format!(" ({})", number::short(least)),
        _ => format!(", and the slowest of them by {}", number::short(least)),
    };
    Some(Sentence {
        text: format!(
            "Step {} moved {} by less than a millionth of the weights{}: at this pace a thousand steps change nothing there.",
            number::count(last.step),
            layers(&tiny),
            smallest
        ),
        rank: Rank::Harm,
        about: &[Topic::Updates],
    })
}

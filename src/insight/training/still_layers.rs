use super::TrainingSeen;
use super::training_seen::steps_words;
use crate::insight::words::layers;
use crate::insight::{Rank, Sentence, Topic};
use crate::number;

/// A kernel that moved by less than this share of itself has not moved.
const STILL: f64 = 1e-3;
/// A gradient that is less than this share of that of the last layer has vanished.
const VANISHED: f64 = 1e-2;

/// Nothing is learnt, and the first layers do not move, because the gradient vanishes before it gets there.
pub(super) fn rule(seen: &TrainingSeen<'_>) -> Option<Sentence> {
    let [first, last] = seen.ends().filter(|[_, last]| seen.has_learnt_nothing(last))?;
    let [begins, ends] = [first.layers.first()?.gradient_l2, first.layers.last()?.gradient_l2];
    let still = last.layers.iter().take_while(|layer| layer.distance < STILL).count();
    let has_vanished = begins < VANISHED * ends && begins > 0.0 && first.layers.len() > 1;
    if still == 0 || !has_vanished {
        return None;
    }
    let numbers: Vec<_> = (1..=still).collect();
    let (which, verb) = (layers(&numbers), if still == 1 { "has" } else { "have" });
    Some(Sentence {
        text: format!(
            "Nothing is learnt in {} (loss {}, guessing {}): from layer {} to layer 1 the gradient vanishes from {} to {}, and {which} \
             {verb} moved by less than a thousandth.",
            steps_words(last.step),
            number::value(last.train_loss),
            number::value(seen.guessing),
            first.layers.len(),
            number::short(ends),
            number::short(begins),
        ),
        rank: Rank::Broken,
        about: &[Topic::Learning, Topic::Gradients, Topic::Updates],
    })
}

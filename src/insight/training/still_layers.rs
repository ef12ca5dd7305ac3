use super::TrainingSeen;
use super::training_seen::steps_words;
use crate::insight::words::layers;
use crate::insight::{Rank, Sentence, Topic};
use crate::number;
use crate::training::Optimizer;

/// A kernel that moved by less than this share of itself has not moved.
const STILL: f64 = 1e-3;
/// A gradient that is less than this share of that of the last layer has vanished.
const VANISHED: f64 = 1e-2;

/// Nothing is learnt, and layers do not move, because the gradient vanishes on its way to the first.
pub(super) fn rule(seen: &TrainingSeen<'_>) -> Option<Sentence> {
    let [first, last] = seen.ends().filter(|[_, last]| seen.has_learnt_nothing(last))?;
    let [begins, ends] = [first.layers.first()?.gradient_l2, first.layers.last()?.gradient_l2];
    let numbered = last.layers.iter().enumerate().filter(|(_, layer)| layer.distance < STILL);
    let still: Vec<_> = numbered.map(|(index, _)| index + 1).collect();
    // Units that are dead let nothing through either, and are another rule's.
    let is_dead = [first, last].iter().any(|figures| seen.last_dead_layer(figures).is_some());
    let has_vanished = begins < VANISHED * ends && first.layers.len() > 1 && !is_dead;
    // An optimizer that divides gradients by their size moves what they reach, however small they are.
    let is_plain = matches!(seen.training.optimizer, Optimizer::Sgd { .. });
    if still.is_empty() || !has_vanished || !is_plain {
        return None;
    }
    let (which, verb) = (layers(&still), if still.len() == 1 { "has" } else { "have" });
    Some(Sentence {
        text: format!(
            "Nothing is learnt in {} (loss {}, guessing {}): from layer {} to layer 1 the gradient ∂L/∂z vanishes from {} to {}, and {which} \
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

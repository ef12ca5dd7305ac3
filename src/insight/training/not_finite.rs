use super::TrainingSeen;
use crate::insight::{Rank, Sentence, Topic};
use crate::number;

/// Something stopped being finite, and the training with it.
pub(super) fn rule(seen: &TrainingSeen<'_>) -> Option<Sentence> {
    let ended = seen.ended?;
    let rate = number::plain(seen.training.learning_rate);
    let text = format!(
        "From step {} on, the {} of {} are not finite: at learning rate {rate}, the training ends there.",
        number::count(ended.step),
        ended.what,
        ended.place
    );
    Some(Sentence {
        text,
        rank: Rank::Broken,
        about: &[Topic::NonFinite, Topic::Learning, Topic::Updates, Topic::Dead, Topic::Saturation, Topic::Symmetry],
    })
}

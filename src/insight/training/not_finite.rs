use super::TrainingSeen;
use crate::insight::{Rank, Sentence, Topic};
use crate::number;
use crate::trainer::{NonFinite, NonFiniteValues};

/// Something stopped being finite, and the training with it.
pub(super) fn rule(seen: &TrainingSeen<'_>) -> Option<Sentence> {
    let ended = seen.ended?;
    let rate = number::plain(seen.training.learning_rate);
    let text = if is_so_before(ended) {
        format!(
            "The {} of {} are not finite before the first step: the training cannot begin, whatever the learning rate.",
            ended.what, ended.place
        )
    } else {
        format!(
            "From step {} on, the {} of {} are not finite: at learning rate {rate}, the training ends there.",
            number::count(ended.step),
            ended.what,
            ended.place
        )
    };
    Some(Sentence {
        text,
        rank: Rank::Broken,
        about: &[Topic::NonFinite, Topic::Learning, Topic::Updates, Topic::Dead, Topic::Saturation, Topic::Symmetry],
    })
}

/// The same beside that on another network.
pub(super) fn brief(seen: &TrainingSeen<'_>) -> Option<String> {
    let ended = seen.ended?;
    Some(match is_so_before(ended) {
        true => "before the first step".to_owned(),
        false => format!("from step {} on", number::count(ended.step)),
    })
}

/// Whether it is so without any step: what the first finds before it moves anything.
fn is_so_before(ended: NonFinite) -> bool {
    ended.step == 1 && ended.what != NonFiniteValues::Weights
}

use super::TrainingSeen;
use super::training_seen::steps_words;
use crate::insight::{Rank, Sentence, Topic};
use crate::number;

/// Units that were equal stay equal: a layer does what one unit could.
pub(super) fn rule(seen: &TrainingSeen<'_>) -> Option<Sentence> {
    let [first, last] = seen.ends().filter(|_| seen.equal_units)?;
    let no_gradient = |layer: &crate::trainer::EpochLayer| layer.weight_gradient_l2 == 0.0;
    let is_still = first.layers.iter().chain(&last.layers).all(no_gradient);
    let after = steps_words(last.step);
    let text = if is_still && seen.has_learnt_nothing(last) {
        format!(
            "Equal units stay equal: after {after} no gradient reaches a hidden layer, only the biases of the output layer learn, \
             and the loss stays at {} ({} is the loss of guessing each class as often as it occurs).",
            number::value(last.train_loss),
            number::value(seen.guessing)
        )
    } else {
        format!("Equal units stay equal: after {after} all units of a layer still compute the same.")
    };
    Some(Sentence {
        text,
        rank: Rank::Broken,
        about: &[Topic::Symmetry, Topic::Learning, Topic::Updates, Topic::Dead, Topic::Gradients],
    })
}

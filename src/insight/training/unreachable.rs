use super::TrainingSeen;
use super::training_seen::steps_words;
use crate::insight::words::{layers, units};
use crate::insight::{Rank, Sentence, Topic};
use crate::number;

/// All units of a layer are dead: no gradient gets past it, and every image has the same outputs after it.
pub(super) fn rule(seen: &TrainingSeen<'_>) -> Option<Sentence> {
    let [_, last] = seen.ends()?;
    // Dead on the images that are looked at; a loss below guessing shows that others still get through.
    if seen.ended.is_some() || !seen.has_learnt_nothing(last) {
        return None;
    }
    let layer = seen.last_dead_layer(last)?;
    let since = seen.epochs.iter().rev().take_while(|figures| seen.is_dead(figures, layer)).last()?;
    // Units that are equal are dead from the start for that reason.
    if seen.equal_units && since.step == 0 {
        return None;
    }
    let all = match seen.shapes[layer].1 {
        1 => "The only unit".to_owned(),
        count => format!("All {}", units(count)),
    };
    let verb = if seen.shapes[layer].1 == 1 { "is" } else { "are" };
    let when = match since.step {
        0 => format!("{verb} dead from the start"),
        step => format!("{verb} dead from step {} on at the latest", number::count(step)),
    };
    let before: Vec<_> = (1..=layer + 1).collect();
    let (which, does) = (layers(&before), if layer == 0 { "does" } else { "do" });
    Some(Sentence {
        text: format!(
            "{all} of layer {} {when}: ∂L/∂W is 0 there and before, so {which} {does} not learn any more. What follows is the same for \
             every image, so the loss cannot be below that of guessing: after {} it is {} (guessing {}).",
            layer + 1,
            steps_words(last.step),
            number::value(last.train_loss),
            number::value(seen.guessing),
        ),
        rank: Rank::Broken,
        about: &[Topic::Dead, Topic::Learning, Topic::Updates, Topic::Gradients, Topic::Saturation, Topic::Symmetry],
    })
}

/// The same beside that on another network.
pub(super) fn brief(seen: &TrainingSeen<'_>) -> Option<String> {
    Some(format!("layer {}", seen.last_dead_layer(seen.epochs.last()?)? + 1))
}

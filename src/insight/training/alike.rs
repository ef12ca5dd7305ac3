use std::sync::Arc;

use super::RacersSeen;
use crate::number;
use crate::trainer::EpochFigures;

/// Accuracies that are no further apart are alike.
const ALIKE: f64 = 0.01;
/// From this accuracy on something has been learnt.
const LEARNT: f64 = 0.5;
/// Outputs whose stds are further apart are unlike.
const UNLIKE: f64 = 3.0;

/// Two networks end alike although they began unlike.
pub(super) fn rule(seen: &RacersSeen<'_>) -> Option<String> {
    let ends: Vec<_> = seen.racers.iter().filter_map(|(name, epochs)| Some((name, End::of(epochs)?))).collect();
    let pairs = ends.iter().enumerate().flat_map(|(at, one)| ends[at + 1..].iter().map(move |other| (one, other)));
    let is_alike = |one: &End, other: &End| {
        (one.accuracy - other.accuracy).abs() <= ALIKE && one.accuracy.min(other.accuracy) >= LEARNT
    };
    let factor = |one: &End, other: &End| one.spread.max(other.spread) / one.spread.min(other.spread);
    let ((name, one), (other_name, other)) = pairs
        .filter(|((_, one), (_, other))| is_alike(one, other) && factor(one, other) >= UNLIKE)
        .max_by(|(one, two), (three, four)| factor(&one.1, &two.1).total_cmp(&factor(&three.1, &four.1)))?;
    Some(format!(
        "{name} and {other_name} end alike although they began unlike: the outputs of the last layer had std {} and {}, and now {} and {} of \
         the test images are classified right.",
        number::significant(one.spread),
        number::significant(other.spread),
        number::percent(one.accuracy),
        number::percent(other.accuracy)
    ))
}

/// How a network began and ended.
struct End {
    spread: f64,
    accuracy: f64,
}

impl End {
    fn of(epochs: &[Arc<EpochFigures>]) -> Option<Self> {
        let (first, last) = (epochs.first()?, epochs.last()?);
        let spread = first.layers.last()?.output_std;
        let is_begun = first.step == 0 && last.step > 0 && spread > 0.0;
        Some(Self { spread, accuracy: last.test_accuracy? }).filter(|_| is_begun)
    }
}

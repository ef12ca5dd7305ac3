use std::sync::Arc;

use super::TrainingSeen;
use crate::insight::words::units;
use crate::insight::{Rank, Sentence, Topic};
use crate::number;
use crate::trainer::{EpochFigures, EpochLayer};

/// From this share of all units on it is said.
const MANY: f64 = 0.05;
/// From this share of right answers on it is said that the network is of use all the same.
const USEFUL: f64 = 0.8;

/// Units died on the way, most of them between two looks at the network.
pub(super) fn rule(seen: &TrainingSeen<'_>) -> Option<Sentence> {
    let all = seen.units();
    let (at, killed) = worst(seen).filter(|(_, killed)| *killed > 0 && *killed as f64 >= MANY * all as f64)?;
    let pair = &seen.epochs[at..at + 2];
    let last = seen.epochs.last()?;
    let later: usize = seen.epochs[at + 2..].iter().map(|figures| count(figures, |layer| layer.revived_units)).sum();
    let back = match (seen.epochs.len() > at + 2, later) {
        (false, _) => String::new(),
        (true, 0) => format!(", and none came back by step {}", number::count(last.step)),
        (true, 1) => format!(", and 1 dead unit came back by step {}", number::count(last.step)),
        (true, later) => format!(", and {later} dead units came back by step {}", number::count(last.step)),
    };
    let useful = match last.test_accuracy.filter(|accuracy| *accuracy >= USEFUL && seen.ended.is_none()) {
        Some(accuracy) => {
            format!("; the network classifies {} of the test images right all the same", number::percent(accuracy))
        }
        None => String::new(),
    };
    Some(Sentence {
        text: format!(
            "{} of {} died between steps {} and {} at learning rate {}{back}{useful}.",
            number::count(killed as u64),
            units(all),
            number::count(pair[0].step),
            number::count(pair[1].step),
            number::plain(seen.training.learning_rate)
        ),
        rank: if killed as f64 >= 0.2 * all as f64 { Rank::Harm } else { Rank::Notable },
        about: &[Topic::Dead],
    })
}

/// The same beside that on another network.
pub(super) fn brief(seen: &TrainingSeen<'_>) -> Option<String> {
    let (at, killed) = worst(seen)?;
    let [from, to] = [at, at + 1].map(|at| number::count(seen.epochs[at].step));
    Some(format!("{} between steps {from} and {to}", units(killed)))
}

/// Between which look and the next most units died, and how many.
fn worst(seen: &TrainingSeen<'_>) -> Option<(usize, usize)> {
    let dead = |figures: &EpochFigures| count(figures, |layer| layer.dead_units);
    let revived = |figures: &EpochFigures| count(figures, |layer| layer.revived_units);
    let died = |pair: &[Arc<EpochFigures>]| (dead(&pair[1]) + revived(&pair[1])).saturating_sub(dead(&pair[0]));
    let all = seen.epochs.windows(2).map(died).enumerate();
    all.max_by_key(|(at, killed)| (*killed, std::cmp::Reverse(*at)))
}

fn count(figures: &EpochFigures, of: fn(&EpochLayer) -> usize) -> usize {
    figures.layers.iter().map(of).sum()
}

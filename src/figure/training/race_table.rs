use std::sync::Arc;

use crate::engine::race::{RaceFound, RacerFound};
use crate::trainer::{EpochFigures, NonFinite};

/// How far a racer has come, in a few numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct RacerSummary {
    /// When it was first judged to have 90 % and 95 % of the test images right.
    pub reached: [Option<Reached>; 2],
    /// The best accuracy, and the epochs after which it had it.
    pub best: Option<(f64, f64)>,
    /// Dead units of the hidden layers when it was last looked at, of how many; nothing where none can be.
    pub dead: Option<(usize, usize)>,
    /// Where it stopped being finite.
    pub ended: Option<NonFinite>,
    /// Steps that are done, and seconds they took.
    pub made: Reached,
}

/// When a racer was somewhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reached {
    /// After so many steps.
    pub steps: u64,
    /// Seconds that its own thread took for them.
    pub seconds: f64,
}

/// The accuracies that the table asks for.
pub const GOALS: [f64; 2] = [0.90, 0.95];

/// Of every racer.
pub fn summaries(race: &RaceFound) -> Vec<RacerSummary> {
    race.racers.iter().map(summary).collect()
}

/// Of one.
pub fn summary(racer: &RacerFound) -> RacerSummary {
    let after = |steps: u64| Reached { steps, seconds: racer.history.seconds(steps) };
    let reached = |goal: f64| {
        let first = racer.epochs.iter().find(|epoch| epoch.test_accuracy.is_some_and(|accuracy| accuracy >= goal));
        first.map(|epoch| after(epoch.step))
    };
    let judged = racer.epochs.iter().filter_map(|epoch| Some((epoch.test_accuracy?, epoch.epoch)));
    // The first of equal ones.
    let best = judged.reduce(|best, other| if other.0 > best.0 { other } else { best });
    let experiment = &racer.entrant.experiment;
    let dead = |last: &Arc<EpochFigures>| last.layers.iter().map(|layer| layer.dead_units).sum::<usize>();
    let dead = racer.epochs.last().map(dead).filter(|_| experiment.activation.can_be_dead());
    RacerSummary {
        reached: GOALS.map(reached),
        best,
        dead: dead.map(|dead| (dead, experiment.widths.iter().sum())),
        ended: racer.ended,
        made: after(racer.step),
    }
}

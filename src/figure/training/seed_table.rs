use super::RaceRuns;
use super::race_table::{GOALS, summary};
use crate::engine::race::RacerFound;
use crate::stats::Spread;

/// How far the seeds of a racer have come.
#[derive(Clone, Debug, PartialEq)]
pub struct SeedSummary {
    /// How many seeds there are, and how many of them stopped being finite.
    pub seeds: (usize, usize),
    /// Steps to 90 % and to 95 % of those that came there, and how many did.
    pub reached: [(Option<Spread>, usize); 2],
    /// The best accuracies.
    pub best: Option<Spread>,
    /// The accuracies at the end.
    pub last: Option<Spread>,
    /// Dead units of the hidden layers at the end, and of how many; nothing where none can be.
    pub dead: Option<(Spread, usize)>,
}

/// Of every racer.
pub fn seed_summaries(runs: &RaceRuns<'_>) -> Vec<SeedSummary> {
    (0..runs.race.racers.len()).map(|racer| of_racer(runs, racer)).collect()
}

fn of_racer(runs: &RaceRuns<'_>, racer: usize) -> SeedSummary {
    let (all, finite) = (runs.of(racer), runs.finite(racer));
    let reached = |goal: usize| {
        let steps = |run: &&RacerFound| summary(run).reached[goal].map(|reached| reached.steps as f64);
        let steps: Vec<f64> = finite.iter().filter_map(steps).collect();
        (Spread::of(&steps), steps.len())
    };
    let goals: [usize; GOALS.len()] = [0, 1];
    let units = finite.iter().find_map(|run| Some(summary(run).dead?.1));
    let dead = runs.spread(racer, |run| Some(summary(run).dead?.0 as f64)).zip(units);
    SeedSummary {
        seeds: (all.len(), all.len() - finite.len()),
        reached: goals.map(reached),
        best: runs.spread(racer, |run| Some(summary(run).best?.0)),
        last: runs.spread(racer, |run| run.epochs.last()?.test_accuracy),
        dead,
    }
}

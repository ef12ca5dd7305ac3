use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::entrant::{Entrant, materials, run_course};
use super::{Failure, Measurer};
use crate::stats::Spread;
use crate::trainer::{Course, EpochFigures, NonFinite};
use crate::training::BatchOrder;

/// How many seeds a race can be repeated over.
pub const TRAINED_SEEDS: RangeInclusive<usize> = 2..=20;

/// What the same training found with several seeds.
#[derive(Clone, Debug, PartialEq)]
pub struct SeedRuns {
    /// What is trained; its seeds are those of the first run.
    pub entrant: Entrant,
    /// A run for each seed, in their order.
    pub runs: Vec<SeedRun>,
}

/// What a training found with one seed of the weights and one of the order of the images.
#[derive(Clone, Debug, PartialEq)]
pub struct SeedRun {
    /// The seed of the weights.
    pub seed: u32,
    /// The order of the images.
    pub order: BatchOrder,
    /// The loss of the batch of every step, before its update.
    pub losses: Vec<f64>,
    /// What was found at the start and after every epoch.
    pub epochs: Vec<Arc<EpochFigures>>,
    /// Where it stopped being finite.
    pub ended: Option<NonFinite>,
    /// The loss of guessing.
    pub guessing: f64,
    /// Whether all units of every hidden layer have the same weights at the end.
    pub equal_units: bool,
}

impl Entrant {
    /// The same with the seeds of a later run; run 0 is this one. Weights come from another seed, and the images in another order,
    /// unless they come as they are.
    #[must_use]
    pub fn of_run(&self, run: usize) -> Self {
        let mut other = self.clone();
        other.experiment.seed = self.experiment.seed.wrapping_add(run as u32);
        if let BatchOrder::Shuffled(seed) = &mut other.training.order {
            *seed = seed.wrapping_add(run as u32);
        }
        other
    }

    /// Hidden units of its network.
    pub fn units(&self) -> usize {
        self.experiment.widths.iter().sum()
    }
}

impl SeedRuns {
    /// The runs that stayed finite.
    pub fn finite(&self) -> impl Iterator<Item = &SeedRun> {
        self.runs.iter().filter(|run| run.ended.is_none())
    }

    /// How many stopped being finite. They are in no mean.
    pub fn not_finite(&self) -> usize {
        self.runs.len() - self.finite().count()
    }

    /// How the losses of a step lie, counted from 1.
    pub fn loss(&self, step: usize) -> Option<Spread> {
        let losses: Vec<_> = self.finite().filter_map(|run| run.losses.get(step.checked_sub(1)?).copied()).collect();
        Spread::of(&losses)
    }

    /// How a figure lies after an epoch, in the order of [`SeedRun::epochs`].
    pub fn figure(&self, epoch: usize, of: impl Fn(&EpochFigures) -> Option<f64>) -> Option<Spread> {
        let figures: Vec<_> = self.finite().filter_map(|run| of(run.epochs.get(epoch)?)).collect();
        Spread::of(&figures)
    }

    /// The run that went furthest, for what all have in common: its steps and epochs.
    pub fn longest(&self) -> Option<&SeedRun> {
        self.finite().max_by_key(|run| run.losses.len()).or_else(|| self.runs.first())
    }
}

/// Trains every entrant with several seeds, each run on one thread, until all are done or `stop` is set: a run that has not begun by
/// then is left out. `made` is told after every step of any.
///
/// # Errors
/// If the images cannot be read.
pub fn run_seeds(
    entrants: &[Entrant],
    seeds: usize,
    measurer: &mut Measurer,
    stop: &AtomicBool,
    made: &(dyn Fn() + Sync),
) -> Result<Vec<SeedRuns>, Failure> {
    let all: Vec<(usize, Entrant)> = entrants
        .iter()
        .enumerate()
        .flat_map(|(index, entrant)| (0..seeds).map(move |run| (index, entrant.of_run(run))))
        .collect();
    let mut found: Vec<_> =
        entrants.iter().map(|entrant| SeedRuns { entrant: entrant.clone(), runs: Vec::new() }).collect();
    let materials = materials(all.iter().map(|(_, entrant)| entrant))?;
    // Enough at a time for no thread to wait long, and no more networks than that in memory.
    let together = 4 * measurer.pool().current_num_threads();
    let mut left = all.iter().zip(materials);
    loop {
        let mut begun = Vec::new();
        for ((index, entrant), material) in left.by_ref().take(together) {
            begun.push((*index, entrant, Arc::new(entrant.start(measurer)?), material));
        }
        if begun.is_empty() || stop.load(Ordering::Relaxed) {
            return Ok(found);
        }
        let run = |(index, entrant, start, material): (usize, &Entrant, _, _)| {
            let mut course = Course::new(start, entrant.training, material);
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            run_course(&mut course, stop, made);
            Some((index, SeedRun::of(entrant, &course)))
        };
        let runs: Vec<Option<(usize, SeedRun)>> =
            measurer.pool().install(|| begun.into_par_iter().with_max_len(1).map(run).collect());
        for (index, run) in runs.into_iter().flatten() {
            found[index].runs.push(run);
        }
    }
}

impl SeedRun {
    fn of(entrant: &Entrant, course: &Course) -> Self {
        Self {
            seed: entrant.experiment.seed,
            order: entrant.training.order,
            losses: course.losses().to_vec(),
            epochs: course.epochs().to_vec(),
            ended: course.racer().ended(),
            guessing: course.guessing(),
            equal_units: course.has_equal_units(),
        }
    }
}

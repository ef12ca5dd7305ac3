use std::sync::Arc;

use super::history::History;
use super::snapshots::Snapshots;
use super::wish::RaceWish;
use crate::engine::Entrant;
use crate::subject::{Subject, TrainedWeights, Updates};
use crate::trainer::{EpochFigures, NonFinite};
use crate::training::Training;

/// How far all racers are, and what was found on their way. Immutable.
#[derive(Clone, Debug)]
pub struct RaceFound {
    /// In the order of the wish.
    pub racers: Vec<RacerFound>,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct RacerFound {
    /// What is trained, and how.
    pub entrant: Entrant,
    /// Steps that are done.
    pub step: u64,
    /// Steps that its training has.
    pub steps: u64,
    /// Steps of an epoch.
    pub steps_per_epoch: u64,
    /// What every step found.
    pub history: History,
    /// What was found at the start and after every epoch.
    pub epochs: Vec<Arc<EpochFigures>>,
    /// The weights that are kept.
    pub snapshots: Snapshots,
    /// The weights of a moment ago, and where it stands still as they are; nothing at the start.
    pub latest: Option<Arc<TrainedWeights>>,
    /// What its first step changed.
    pub first_updates: Option<Arc<Updates>>,
    /// Whether what is found after its last step is still to be found: figures of the start, an epoch or the end.
    pub is_due: bool,
    /// Where it stopped being finite.
    pub ended: Option<NonFinite>,
    /// The step whose loss was no more than what it was to stop at.
    pub reached: Option<u64>,
    /// The loss of guessing: the entropy of the labels.
    pub guessing: f64,
    /// Whether all units of every hidden layer had the same weights when it was last looked at.
    pub equal_units: bool,
}

impl RaceFound {
    /// Whether all is done that a wish asks for.
    pub fn meets(&self, wish: &RaceWish) -> bool {
        let is_same = self.racers.len() == wish.entrants.len()
            && self.racers.iter().zip(&wish.entrants).all(|(racer, entrant)| racer.entrant == *entrant);
        let is_there = |racer: &RacerFound| !racer.is_due && (racer.is_at(wish.target) || racer.is_stopped(wish));
        is_same && self.racers.iter().all(is_there)
    }
}

impl RacerFound {
    /// One that has not begun.
    pub fn before_the_start(entrant: &Entrant) -> Self {
        let training = &entrant.training;
        let images = training.images.min(Training::available(&entrant.experiment));
        Self {
            entrant: entrant.clone(),
            step: 0,
            steps: training.steps(images),
            steps_per_epoch: training.steps_per_epoch(images).max(1),
            history: History::default(),
            epochs: Vec::new(),
            snapshots: Snapshots::none(0, 1, 1),
            latest: None,
            first_updates: None,
            is_due: true,
            ended: None,
            reached: None,
            guessing: (entrant.classes() as f64).ln(),
            equal_units: false,
        }
    }

    /// Whether it is where it is to be.
    fn is_at(&self, target: u64) -> bool {
        self.step == target.min(self.steps)
    }

    /// Whether it goes no further, on its way there.
    fn is_stopped(&self, wish: &RaceWish) -> bool {
        let has_reached = wish.stop_at_loss.is_some() && self.reached.is_some();
        (self.ended.is_some() || has_reached) && self.step <= wish.target
    }

    /// The steps that [`Self::subject`] knows, the start first.
    pub fn known_steps(&self) -> impl Iterator<Item = u64> {
        std::iter::once(0).chain(self.snapshots.kept().iter().chain(&self.latest).map(|kept| kept.step()))
    }

    /// What it is after one of its steps: the start, those that snapshots are kept of, and that of a moment ago.
    pub fn subject(&self, step: u64) -> Option<Subject> {
        if step == 0 {
            return Some(self.entrant.begins_as());
        }
        let kept = self.snapshots.kept().iter().chain(&self.latest).find(|kept| kept.step() == step)?;
        Subject::trained(self.entrant.experiment.clone(), Arc::clone(kept)).ok()
    }

    /// The same with what its last step changed; at the start what the first one did.
    pub fn subject_with_updates(&self, step: u64) -> Option<Subject> {
        let subject = self.subject(step)?;
        Some(if step == 0 { subject.with_updates(self.first_updates.clone()) } else { subject })
    }
}

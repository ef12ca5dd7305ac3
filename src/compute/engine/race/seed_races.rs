use std::sync::Arc;
use std::time::{Duration, Instant};

use super::found::{RaceFound, RacerFound};
use super::wish::{MOST_RACERS, RaceNumber, RaceWish};
use super::worker::Race;
use crate::engine::desk::{Desk, Turn};
use crate::engine::precedence::Precedence;
use crate::engine::{Entrant, Failure, Measurer, Wish};

/// A thread that repeats races with other seeds.
pub type SeedTrainer = Desk<SeedsWish, SeedRaces>;

/// Which race is repeated, and with how many seeds in all.
#[derive(Clone, Debug, PartialEq)]
pub struct SeedsWish {
    /// Who races with the first seed; that race is not run again.
    pub entrants: Vec<Entrant>,
    /// All seeds, the first among them.
    pub seeds: usize,
}

/// What was found with the seeds after the first. Immutable.
#[derive(Clone, Debug)]
pub struct SeedRaces {
    /// What was asked for.
    pub wish: SeedsWish,
    /// For each entrant the runs that are done, in the order of their seeds.
    pub runs: Vec<Vec<RacerFound>>,
    /// Steps of all runs that are made, and those that there are.
    pub steps: (u64, u64),
}

/// Time between two words of how far it is.
const PAUSE: Duration = Duration::from_millis(250);

impl Wish for SeedsWish {
    type Found = SeedRaces;

    fn is_met_by(&self, found: &SeedRaces) -> bool {
        found.wish == *self && found.runs.iter().all(|runs| runs.len() + 1 >= self.seeds)
    }

    fn covers(&self, other: &Self) -> bool {
        self == other
    }
}

impl SeedsWish {
    /// The runs after those of the first seed: all of the second seed, then all of the third.
    fn runs(&self) -> Vec<Entrant> {
        (1..self.seeds).flat_map(|run| self.entrants.iter().map(move |entrant| entrant.of_run(run))).collect()
    }

    /// The next runs that are missing, so many together.
    fn missing(&self, done: &[RacerFound], together: usize) -> Vec<Entrant> {
        let is_missing = |entrant: &Entrant| done.iter().all(|racer| racer.entrant != *entrant);
        self.runs().into_iter().filter(is_missing).take(together).collect()
    }
}

impl SeedRaces {
    fn of(wish: &SeedsWish, done: &[RacerFound], on_the_way: u64) -> Self {
        let found = |entrant: Entrant| done.iter().find(|racer| racer.entrant == entrant).cloned();
        let runs = |entrant: &Entrant| (1..wish.seeds).filter_map(|run| found(entrant.of_run(run))).collect();
        let made: u64 = done.iter().map(|racer| racer.steps).sum();
        let all = (wish.seeds.saturating_sub(1)) as u64 * wish.entrants.iter().map(Entrant::steps).sum::<u64>();
        Self { wish: wish.clone(), runs: wish.entrants.iter().map(runs).collect(), steps: (made + on_the_way, all) }
    }

    /// How many seeds all entrants are done with, the first among them.
    pub fn seeds_done(&self) -> usize {
        1 + self.runs.iter().map(Vec::len).min().unwrap_or(0)
    }

    /// All of them; `goes_on` is told of every step of any, and says whether there is to be another.
    ///
    /// # Errors
    /// If the images cannot be read.
    pub fn train_all(
        wish: &SeedsWish,
        measurer: &mut Measurer,
        goes_on: &(dyn Fn() -> bool + Sync),
    ) -> Result<Self, Failure> {
        let mut done = Vec::new();
        loop {
            let entrants = wish.missing(&done, MOST_RACERS);
            if entrants.is_empty() {
                return Ok(Self::of(wish, &done, 0));
            }
            let race = RaceWish { entrants, target: u64::MAX, stop_at_loss: None, number: RaceNumber::default() };
            done.extend(RaceFound::train_all(&race, &[], measurer, goes_on)?.racers.into_iter().map(without_weights));
        }
    }
}

/// Starts a trainer on a measurer's threads, of which nobody else may have any: see [`race_trainer`](super::race_trainer). `wake` is
/// called after every answer.
///
/// # Errors
/// If the system gives no thread.
pub(in crate::engine) fn seed_trainer(
    mut measurer: Measurer,
    precedence: Arc<Precedence>,
    wake: impl Fn() + Send + 'static,
) -> Result<SeedTrainer, Failure> {
    let (mut race, mut done) = (Race::default(), Vec::<RacerFound>::new());
    let train = move |wish: SeedsWish, turn: &Turn<'_>, publish: &mut dyn FnMut(SeedRaces)| {
        let runs = wish.runs();
        done.retain(|racer| runs.contains(&racer.entrant));
        publish(SeedRaces::of(&wish, &done, 0));
        let together = wish.entrants.len().max(measurer.pool().current_num_threads()).min(MOST_RACERS);
        loop {
            let entrants = wish.missing(&done, together);
            if entrants.is_empty() {
                return Ok(());
            }
            let group = RaceWish { entrants, target: u64::MAX, stop_at_loss: None, number: RaceNumber::default() };
            // Runs that were interrupted go on.
            race.turn_to(&group, &mut measurer, &precedence)?;
            race.keep_no_weights();
            let mut said = Instant::now();
            race.run(&group, turn, &measurer, &precedence, &mut |found| {
                if said.elapsed() >= PAUSE {
                    publish(SeedRaces::of(&wish, &done, found.racers.iter().map(|racer| racer.step).sum()));
                    said = Instant::now();
                }
            })?;
            done.extend(race.found().racers.into_iter().map(without_weights));
            publish(SeedRaces::of(&wish, &done, 0));
        }
    };
    Desk::start("initscope-seeds", train, wake, |_| ())
}

/// What is looked at of other seeds is no weights.
fn without_weights(racer: RacerFound) -> RacerFound {
    RacerFound { latest: None, first_updates: None, ..racer }
}

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use ndarray::Array2;
use rayon::prelude::*;

use super::found::{RaceFound, RacerFound};
use super::history::History;
use super::snapshots::Snapshots;
use super::wish::{MOST_RACERS, RaceNumber, RaceWish};
use crate::engine::desk::{Desk, Turn};
use crate::engine::precedence::Precedence;
use crate::engine::{Entrant, Failure, Measurer, Wish, materials};
use crate::subject::{TrainedWeights, Updates};
use crate::trainer::Course;

/// A thread that trains networks side by side, each step of each on one thread, while the engine has nothing to do.
pub type RaceTrainer = Desk<RaceWish, RaceFound>;

impl Wish for RaceWish {
    type Found = RaceFound;

    fn is_met_by(&self, found: &RaceFound) -> bool {
        found.meets(self)
    }

    fn covers(&self, other: &Self) -> bool {
        self == other
    }
}

/// Time between two answers, about.
const PAUSE: Duration = Duration::from_millis(40);
/// Time between two copies of the weights as they are, which takes longer than an answer.
const COPIED: Duration = Duration::from_millis(200);
/// What a step changes of so many bytes of weights is found at every copy; of more only where they stand still or are kept.
const FEW_BYTES: usize = 16 << 20;

/// Starts a trainer on a measurer's threads, which wait within a step while measurements go first: nobody else may work on them, or
/// a measurement that waits on one of them for a part of its own could be given a step there, which would wait for it. `wake` is
/// called after every answer.
///
/// # Errors
/// If the system gives no thread.
pub(in crate::engine) fn race_trainer(
    mut measurer: Measurer,
    precedence: Arc<Precedence>,
    wake: impl Fn() + Send + 'static,
) -> Result<RaceTrainer, Failure> {
    let mut race = Race::default();
    let train = move |wish: RaceWish, turn: &Turn<'_>, publish: &mut dyn FnMut(RaceFound)| {
        race.become_that_of(wish.number);
        race.turn_to(&wish, &mut measurer, &precedence)?;
        // Whoever is further than wanted begins again.
        for racer in &mut race.racers {
            if racer.course.racer().step() > wish.target {
                racer.begin_again();
            }
            // Where another loss is to stop it, it goes on from where it was stopped.
            if race.stop_at_loss != wish.stop_at_loss {
                racer.reached = None;
            }
        }
        race.stop_at_loss = wish.stop_at_loss;
        race.run(&wish, turn, &measurer, &precedence, publish)
    };
    Desk::start("initscope-trainer", train, wake, |_| ())
}

impl RaceFound {
    /// What is found where networks are trained side by side to their ends; `goes_on` is told of every step of any, and says
    /// whether there is to be another. Weights are kept after the steps of `kept` alone, as many as there is room for.
    ///
    /// # Errors
    /// If the images cannot be read.
    pub fn train_all(
        wish: &RaceWish,
        kept: &[u64],
        measurer: &mut Measurer,
        goes_on: &(dyn Fn() -> bool + Sync),
    ) -> Result<Self, Failure> {
        let mut race = Race::default();
        race.turn_to(wish, measurer, &Arc::default())?;
        let train = |racer: &mut RunningRacer| {
            racer.snapshots.keep_only(kept.to_vec());
            let has_begun = AtomicBool::new(false);
            racer.run(wish, &|| !has_begun.swap(true, Ordering::Relaxed) || goes_on(), &|| true);
        };
        measurer.pool().install(|| race.racers.par_iter_mut().for_each(train));
        Ok(race.found())
    }
}

/// All racers of a wish.
#[derive(Default)]
pub(super) struct Race {
    racers: Vec<RunningRacer>,
    /// What they were to stop at last.
    stop_at_loss: Option<f64>,
    /// Which race they are, and the one that is kept meanwhile.
    number: u32,
    kept: Option<(u32, Vec<RunningRacer>)>,
}

/// One of them.
struct RunningRacer {
    entrant: Entrant,
    course: Course,
    history: History,
    snapshots: Snapshots,
    reached: Option<u64>,
    /// Weights of a moment ago.
    latest: Option<Arc<TrainedWeights>>,
    /// What the last step changed that was watched for that, and the first one.
    updates: Option<Arc<Updates>>,
    first_updates: Option<Arc<Updates>>,
    /// Nanoseconds that the step it is in has given to whoever goes first.
    given_away: Arc<AtomicU64>,
}

impl Race {
    /// Goes on with the race of this number: one that has not begun, or the one that was kept. Keeps, or forgets, the one before.
    fn become_that_of(&mut self, number: RaceNumber) {
        let is_kept = |race: &(u32, Vec<RunningRacer>)| number.kept == Some(race.0);
        if self.number != number.this {
            let there = self.kept.take();
            let (known, other): (Option<_>, Option<_>) = match there {
                Some((of, racers)) if of == number.this => (Some(racers), None),
                other => (None, other),
            };
            let before = (self.number, std::mem::replace(&mut self.racers, known.unwrap_or_default()));
            self.number = number.this;
            self.kept = Some(before).filter(is_kept).or(other);
        }
        self.kept = self.kept.take().filter(is_kept);
    }

    /// Becomes the race of a wish. Racers that are in it already stay as they are, with all that was found, and those whose steps
    /// so far would have been the same go on; the others begin. If these cannot, all is as before.
    pub(super) fn turn_to(
        &mut self,
        wish: &RaceWish,
        measurer: &mut Measurer,
        precedence: &Arc<Precedence>,
    ) -> Result<(), Failure> {
        let entrants = &wish.entrants[..wish.entrants.len().min(MOST_RACERS)];
        let places = self.places_of(entrants);
        let missing = || entrants.iter().zip(&places).filter(|(_, place)| place.is_none()).map(|(entrant, _)| entrant);
        let new = missing().zip(materials(missing())?).map(|(entrant, material)| {
            let mut course = entrant.course_with(material, measurer)?;
            let (precedence, given_away) = (Arc::clone(precedence), Arc::new(AtomicU64::new(0)));
            let counted = Arc::clone(&given_away);
            course.keep_little();
            course.pause_with(Arc::new(move || give_way(&precedence, &counted)));
            let snapshots = Snapshots::none(bytes(entrant), entrants.len(), course.steps_per_epoch());
            Ok(RunningRacer {
                entrant: entrant.clone(),
                course,
                history: History::default(),
                snapshots,
                reached: None,
                latest: None,
                updates: None,
                first_updates: None,
                given_away,
            })
        });
        let mut new = new.collect::<Result<Vec<_>, Failure>>()?.into_iter();
        let mut old: Vec<_> = std::mem::take(&mut self.racers).into_iter().map(Some).collect();
        for place in places {
            let racer = match place {
                Some(place) => old[place].take(),
                None => new.next(),
            };
            self.racers.extend(racer);
        }
        for (racer, entrant) in self.racers.iter_mut().zip(entrants) {
            racer.become_one_of(entrant, entrants.len());
        }
        Ok(())
    }

    /// Which racer each of these goes on as; the very same ones first.
    fn places_of(&self, entrants: &[Entrant]) -> Vec<Option<usize>> {
        let mut places = vec![None; entrants.len()];
        let mut is_free = vec![true; self.racers.len()];
        for is_alike in [RunningRacer::is_of, RunningRacer::agrees_with] {
            for (place, entrant) in places.iter_mut().zip(entrants).filter(|(place, _)| place.is_none()) {
                let found = (0..is_free.len()).find(|&racer| is_free[racer] && is_alike(&self.racers[racer], entrant));
                if let Some(racer) = found {
                    is_free[racer] = false;
                    *place = Some(racer);
                }
            }
        }
        places
    }

    /// Keeps no weights on the way.
    pub(super) fn keep_no_weights(&mut self) {
        for racer in &mut self.racers {
            racer.snapshots.keep_only(Vec::new());
        }
    }

    /// Slice by slice, as long as a picture is looked at.
    pub(super) fn run(
        &mut self,
        wish: &RaceWish,
        turn: &Turn<'_>,
        measurer: &Measurer,
        precedence: &Precedence,
        publish: &mut dyn FnMut(RaceFound),
    ) -> Result<(), Failure> {
        let pool = measurer.pool();
        let mut copied = Instant::now();
        loop {
            // Where there are more racers than threads, each has a part of the time, or the first would leave the others behind.
            let part = (pool.current_num_threads() as f64 / self.racers.len().max(1) as f64).min(1.0);
            let run = |racer: &mut RunningRacer| {
                let until = Instant::now() + PAUSE.mul_f64(part);
                let goes_on = || !turn.is_over() && !precedence.is_taken() && Instant::now() < until;
                racer.run(wish, &goes_on, &|| !turn.is_over());
            };
            pool.install(|| self.racers.par_iter_mut().with_max_len(1).for_each(run));
            let (is_over, is_done) = (turn.is_over(), self.racers.iter().all(|racer| racer.is_done(wish)));
            if is_over || is_done || copied.elapsed() >= COPIED {
                pool.install(|| self.racers.par_iter_mut().for_each(|racer| racer.copy(wish, is_over)));
                copied = Instant::now();
            }
            publish(self.found());
            if is_done {
                return Ok(());
            }
            if is_over {
                return Err(Failure::Interrupted);
            }
            precedence.wait(|| turn.is_over());
        }
    }

    /// What is found by now.
    pub(super) fn found(&self) -> RaceFound {
        RaceFound { racers: self.racers.iter().map(RunningRacer::found).collect() }
    }
}

impl RunningRacer {
    /// Steps, and what is due after them, while it goes on; what is due is given up where nobody wants it any more.
    fn run(&mut self, wish: &RaceWish, goes_on: &(dyn Fn() -> bool + Sync), is_wanted: &(dyn Fn() -> bool + Sync)) {
        while goes_on() {
            if self.course.is_due() && !self.course.look_while(is_wanted) {
                return;
            }
            if self.is_done(wish) {
                return;
            }
            self.step(wish, false);
        }
    }

    /// Makes a step, and finds what it changes, where that is asked for, or the weights after it are kept.
    fn step(&mut self, wish: &RaceWish, is_watched: bool) {
        let next = self.course.racer().step() + 1;
        let ends = next >= wish.target
            || next >= self.course.racer().steps()
            || next.is_multiple_of(self.course.steps_per_epoch());
        let before = (is_watched || ends || next == 1 || self.snapshots.wants(next)).then(|| self.hidden_kernels());
        let began = Instant::now();
        self.given_away.store(0, Ordering::Relaxed);
        let Ok(report) = self.course.advance() else { return };
        let given_away = Duration::from_nanos(self.given_away.load(Ordering::Relaxed));
        self.history.add(&report, began.elapsed().saturating_sub(given_away).as_secs_f64());
        if let Some(before) = before {
            let updates = Arc::new(Updates::between(report.step, &before, &self.hidden_kernels()));
            self.first_updates.get_or_insert_with(|| Arc::clone(&updates));
            self.updates = Some(updates);
        }
        if wish.stop_at_loss.is_some_and(|limit| report.loss <= limit) {
            self.reached = Some(report.step);
        }
        if self.snapshots.wants(report.step) {
            self.snapshots.add(self.weights());
        }
    }

    fn hidden_kernels(&self) -> Vec<Array2<f32>> {
        self.entrant.hidden_kernels(self.course.racer())
    }

    fn is_of(&self, entrant: &Entrant) -> bool {
        self.entrant == *entrant
    }

    /// Whether another training would have changed nothing of what is done.
    fn agrees_with(&self, entrant: &Entrant) -> bool {
        self.entrant.experiment == entrant.experiment
            && self.entrant.given == entrant.given
            && self.course.agrees_with(&entrant.training)
    }

    /// Goes on as an entrant that it agrees with, one of so many.
    fn become_one_of(&mut self, entrant: &Entrant, racers: usize) {
        self.snapshots.fit_among(bytes(entrant), racers);
        if self.entrant != *entrant {
            self.course.go_on_in(entrant.training);
            self.entrant = entrant.clone();
        }
    }

    /// Whether there is nothing left to do for a wish.
    fn is_done(&self, wish: &RaceWish) -> bool {
        let is_there = self.course.racer().step() >= wish.target || self.course.is_over() || self.reached.is_some();
        is_there && !self.course.is_due()
    }

    fn begin_again(&mut self) {
        self.course.begin_again();
        self.history = History::default();
        self.snapshots.forget_after(0);
        (self.reached, self.latest) = (None, None);
        (self.updates, self.first_updates) = (None, None);
    }

    /// Copies the present weights, for whoever looks at them. Where it stands still, or weights are few, it makes one step more for
    /// that, if what the last one changed was not looked at.
    fn copy(&mut self, wish: &RaceWish, stands_still: bool) {
        let is_known = self.updates.as_ref().is_some_and(|updates| updates.step() == self.course.racer().step());
        let is_worth_it = stands_still || bytes(&self.entrant) <= FEW_BYTES;
        if self.course.racer().step() > 0 && !is_known && is_worth_it && !self.course.is_due() && !self.is_done(wish) {
            self.step(wish, true);
        }
        let step = self.course.racer().step();
        let is_it = |weights: &&Arc<TrainedWeights>| weights.step() == step;
        let known = self.latest.iter().chain(self.snapshots.kept().last()).find(is_it).cloned();
        self.latest = (step > 0).then(|| known.unwrap_or_else(|| self.weights()));
    }

    fn weights(&self) -> Arc<TrainedWeights> {
        Arc::new(self.entrant.trained(self.course.racer()).with_updates(self.updates.clone()))
    }

    fn found(&self) -> RacerFound {
        let racer = self.course.racer();
        RacerFound {
            entrant: self.entrant.clone(),
            step: racer.step(),
            steps: racer.steps(),
            steps_per_epoch: self.course.steps_per_epoch(),
            history: self.history.clone(),
            epochs: self.course.epochs().to_vec(),
            snapshots: self.snapshots.clone(),
            latest: self.latest.clone(),
            first_updates: self.first_updates.clone(),
            is_due: self.course.is_due(),
            ended: racer.ended(),
            reached: self.reached,
            guessing: self.course.guessing(),
            equal_units: self.course.has_equal_units(),
        }
    }
}

/// Waits within a step while measurements go first. Counts how long, in nanoseconds.
fn give_way(precedence: &Precedence, given_away: &AtomicU64) {
    if !precedence.is_taken() {
        return;
    }
    let began = Instant::now();
    precedence.wait(|| false);
    given_away.fetch_add(began.elapsed().as_nanos() as u64, Ordering::Relaxed);
}

/// What a network's weights take.
fn bytes(entrant: &Entrant) -> usize {
    4 * entrant.begins_as().kernel_shapes().into_iter().map(|(inputs, units)| (inputs + 1) * units).sum::<usize>()
}

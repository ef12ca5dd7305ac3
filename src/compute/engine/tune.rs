use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::entrant::{Entrant, materials};
use super::{Failure, Measurer};
use crate::trainer::{Material, Racer, Start};
use crate::training::{Length, Training};

/// What short runs at learning rates on a logarithmic grid came to.
#[derive(Clone, Debug, PartialEq)]
pub struct RateSearch {
    /// Steps of each run.
    pub steps: u64,
    /// The loss of guessing: the entropy of the labels of the images that train.
    pub guessing: f64,
    /// The loss of the first batch, before any step.
    pub begins: f64,
    /// The rates, the least first.
    pub tried: Vec<TriedRate>,
}

/// What one rate came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TriedRate {
    /// The rate.
    pub rate: f64,
    /// The mean loss of the last quarter of the steps; nothing where it stopped being finite.
    pub loss: Option<f64>,
}

/// Rates are this far apart at last, in parts of a factor of 10; at first twice as far.
const PARTS: i32 = 4;
/// The grid at first, in these parts: from 1e-5 to 10. It grows where its end is the best.
const FIRST: std::ops::RangeInclusive<i32> = -5 * PARTS..=PARTS;
/// How far it grows at most: from 1e-8 to 1,000.
const WIDEST: std::ops::RangeInclusive<i32> = -8 * PARTS..=3 * PARTS;
/// A loss of more than this share of that of guessing is nothing learnt.
const NOTHING: f64 = 0.95;
/// Nor is one of more than this share of that before the first step.
const FAR_BELOW: f64 = 0.1;

impl RateSearch {
    /// How many runs a search mostly has: the first grid, and two around the best.
    pub const USUAL_RUNS: u64 = 15;

    /// The rate with the least loss, the lower one of equals; nothing where no rate learns anything.
    pub fn best(&self) -> Option<&TriedRate> {
        self.least_of(|loss| self.learns(loss)).map(|at| &self.tried[at])
    }

    /// Whether a rate works: its loss has fallen at least half as far below guessing as that of the best; where the best is not that far
    /// yet, half as far from where it began, in powers of ten.
    pub fn works(&self, tried: &TriedRate) -> bool {
        let half = |best: f64| {
            if self.is_below_guessing(best) { f64::midpoint(best, self.guessing) } else { (best * self.begins).sqrt() }
        };
        let best = self.best().and_then(|best| best.loss);
        best.zip(tried.loss).is_some_and(|(best, loss)| self.learns(loss) && loss <= half(best))
    }

    /// Whether a loss is one of a network that has learnt more than to guess.
    pub fn is_below_guessing(&self, loss: f64) -> bool {
        loss < NOTHING * self.guessing
    }

    /// The rate to train at: the best, or this one where none learns anything; but none that is known not to stay finite while a
    /// lower one does.
    pub fn rate_or(&self, own: f64) -> f64 {
        let least = || self.least_of(|_| true).map(|at| &self.tried[at]);
        let fails = self.tried.iter().any(|tried| tried.loss.is_none() && tried.rate <= own);
        match (self.best(), fails) {
            (Some(best), _) => best.rate,
            (None, true) => least().map_or(own, |least| least.rate),
            (None, false) => own,
        }
    }

    /// The rates around the best one, up to where it does not work any more.
    pub fn range(&self) -> Option<[f64; 2]> {
        let best = self.best()?.rate;
        let (below, above): (Vec<_>, Vec<_>) = self.tried.iter().partition(|tried| tried.rate <= best);
        let last = |side: &mut dyn Iterator<Item = &TriedRate>| {
            side.take_while(|tried| self.works(tried)).last().map_or(best, |tried| tried.rate)
        };
        Some([last(&mut below.into_iter().rev()), last(&mut above.into_iter())])
    }

    /// A network that is killed by its rate comes from far above down to guessing, too.
    fn learns(&self, loss: f64) -> bool {
        let is_guessing = loss < (2.0 - NOTHING) * self.guessing;
        self.is_below_guessing(loss) || (loss < FAR_BELOW * self.begins && !is_guessing)
    }

    /// Which of those whose loss is one of these has the least.
    fn least_of(&self, is_one: impl Fn(f64) -> bool) -> Option<usize> {
        let finite = self.tried.iter().enumerate().filter_map(|(at, tried)| Some((at, tried.loss?)));
        finite.filter(|(_, loss)| is_one(*loss)).min_by(|one, other| one.1.total_cmp(&other.1)).map(|(at, _)| at)
    }
}

/// A network whose rate is looked for.
struct Searched<'a> {
    entrant: &'a Entrant,
    start: Start,
    material: Material,
    steps: u64,
    /// The loss of the first batch.
    begins: f64,
    /// Places on the grid, and the losses there.
    found: TriedPlaces,
}

/// Looks for every entrant's best learning rate, by runs of so many steps at most on the same images in the same order; each run on
/// one thread. Where `stop` is set, what is known by then is all. `made` is told after every step of any.
///
/// # Errors
/// If the images cannot be read.
pub fn search_rates(
    entrants: &[Entrant],
    steps: u64,
    measurer: &mut Measurer,
    stop: &AtomicBool,
    made: &(dyn Fn() + Sync),
) -> Result<Vec<RateSearch>, Failure> {
    let mut found = Vec::new();
    let is_stopped = || stop.load(Ordering::Relaxed);
    let mut told = |searches, _| found = searches;
    search_further(entrants, steps, measurer, (&is_stopped, made), &mut Vec::new(), &mut told)?;
    Ok(found)
}

/// Places on the grid that were tried of a network, and the losses there.
pub(super) type TriedPlaces = Vec<(i32, Option<f64>)>;

/// Whether runs are to stop, and what is told of every step of any.
type Around<'a> = (&'a (dyn Fn() -> bool + Sync), &'a (dyn Fn() + Sync));

/// The same from what was tried before, which is added to; `told` has what is known after every round, and whether that is all.
pub(super) fn search_further(
    entrants: &[Entrant],
    steps: u64,
    measurer: &mut Measurer,
    (stop, made): Around<'_>,
    tried: &mut Vec<TriedPlaces>,
    told: &mut dyn FnMut(Vec<RateSearch>, bool),
) -> Result<(), Failure> {
    tried.resize(entrants.len(), Vec::new());
    let mut all = Vec::new();
    for ((entrant, material), found) in entrants.iter().zip(materials(entrants)?).zip(tried.iter()) {
        let (start, steps) = (entrant.start(measurer)?, steps.min(entrant.steps()));
        let begins = first_loss(&start, entrant.training, &material);
        all.push(Searched { entrant, start, material, steps, begins, found: found.clone() });
    }
    loop {
        let due: Vec<_> = all
            .iter()
            .enumerate()
            .flat_map(|(index, searched)| searched.due().into_iter().map(move |place| (index, place)))
            .collect();
        let is_over = due.is_empty() || stop();
        told(all.iter().map(Searched::search).collect(), due.is_empty());
        if is_over {
            return Ok(());
        }
        // So many at a time that there is soon something to look at.
        for some in due.chunks(2 * measurer.pool().current_num_threads()) {
            let run = |&(index, place): &(usize, i32)| Some((index, place, all[index].run(place, stop, made)?));
            let runs: Vec<_> = measurer.pool().install(|| some.par_iter().with_max_len(1).map(run).collect());
            for (index, place, loss) in runs.into_iter().flatten() {
                all[index].found.push((place, loss));
            }
            for (searched, tried) in all.iter_mut().zip(tried.iter_mut()) {
                searched.found.sort_by_key(|(place, _)| *place);
                tried.clone_from(&searched.found);
            }
            if stop() {
                break;
            }
            told(all.iter().map(Searched::search).collect(), false);
        }
    }
}

impl Searched<'_> {
    fn search(&self) -> RateSearch {
        RateSearch {
            steps: self.steps,
            guessing: self.material.examples.entropy(),
            begins: self.begins,
            tried: self.found.iter().map(|&(place, loss)| TriedRate { rate: rate(place), loss }).collect(),
        }
    }

    /// Places that are to be tried next.
    fn due(&self) -> Vec<i32> {
        let is_known = |place: &i32| self.found.iter().any(|(known, _)| known == place);
        let first: Vec<_> = FIRST.step_by(2).filter(|place| !is_known(place)).collect();
        let [Some((lowest, _)), Some((last, _))] = [self.found.first(), self.found.last()] else { return first };
        if !first.is_empty() {
            return first;
        }
        let search = self.search();
        let Some(place) = search.least_of(|loss| search.learns(loss)).map(|at| self.found[at].0) else {
            // Where none stays finite, a lower one may.
            let is_lost =
                search.least_of(|_| true).is_none() && self.begins.is_finite() && WIDEST.contains(&(*lowest - 2));
            return if is_lost { vec![*lowest - 2] } else { Vec::new() };
        };
        let next = match place {
            place if place == *last && WIDEST.contains(&(place + 2)) => vec![place + 2],
            place if place == *lowest && WIDEST.contains(&(place - 2)) => vec![place - 2],
            place => vec![place - 1, place + 1],
        };
        next.into_iter().filter(|place| WIDEST.contains(place) && !is_known(place)).collect()
    }

    /// The mean loss of the last quarter of the steps at a rate, `Some(None)` where that is not finite; nothing if it is told to stop.
    fn run(&self, place: i32, stop: &(dyn Fn() -> bool + Sync), made: &(dyn Fn() + Sync)) -> Option<Option<f64>> {
        let training =
            Training { learning_rate: rate(place), length: Length::Steps(self.steps), ..self.entrant.training };
        let (examples, order) = (Arc::clone(&self.material.examples), Arc::clone(&self.material.order));
        let mut racer = Racer::new(&self.start, training, examples, order);
        let mut losses = Vec::new();
        while racer.step() < self.steps {
            if stop() {
                return None;
            }
            let Ok(report) = racer.advance() else { return Some(None) };
            losses.push(report.loss);
            made();
        }
        let last = &losses[losses.len() - losses.len().div_ceil(4)..];
        Some(Some(last.iter().sum::<f64>() / last.len().max(1) as f64).filter(|mean| mean.is_finite()))
    }
}

/// The loss of the first batch, which is the same at every rate.
fn first_loss(start: &Start, training: Training, material: &Material) -> f64 {
    let mut racer = Racer::new(start, training, Arc::clone(&material.examples), Arc::clone(&material.order));
    racer.advance().map_or(f64::INFINITY, |report| report.loss)
}

/// The rate at a place of the grid, to two digits: 0.1, 0.18, 0.32, 0.56, 1.
fn rate(place: i32) -> f64 {
    let (power, part) = (place.div_euclid(PARTS), place.rem_euclid(PARTS));
    let digits = [1.0, 1.8, 3.2, 5.6][part as usize];
    // As people would write it: products of powers of ten are off in the last bit.
    format!("{digits}e{power}").parse().unwrap_or(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_those_that_people_write() {
        let rates: Vec<_> = (-9..=2).map(rate).collect();
        assert_eq!(rates, [0.0056, 0.01, 0.018, 0.032, 0.056, 0.1, 0.18, 0.32, 0.56, 1.0, 1.8, 3.2]);
    }

    #[test]
    fn a_rate_works_where_it_gains_at_least_half_of_what_the_best_does() {
        let losses = [Some(2.3), Some(1.4), Some(0.5), Some(1.0), None];
        let tried = losses.iter().zip([0.001, 0.01, 0.1, 1.0, 10.0]);
        let tried = tried.map(|(&loss, rate)| TriedRate { rate, loss }).collect();
        let search = RateSearch { steps: 100, guessing: 2.3, begins: 2.4, tried };
        assert_eq!(search.best().map(|best| best.rate), Some(0.1));
        assert_eq!(search.range(), Some([0.01, 1.0]), "halfway is 1.4");
        let flat = TriedRate { rate: 0.1, loss: Some(2.29) };
        let nothing = RateSearch { steps: 100, guessing: 2.3, begins: 2.4, tried: vec![flat] };
        assert_eq!((nothing.best(), nothing.range()), (None, None));
    }

    /// Losses that begin far above that of guessing and fall far, without coming below it.
    #[test]
    fn a_loss_far_below_its_start_is_learnt_and_no_rate_is_taken_that_fails() {
        let tried = |losses: &[Option<f64>]| {
            losses.iter().zip([1e-6, 1e-5, 1e-4, 1e-3]).map(|(&loss, rate)| TriedRate { rate, loss }).collect()
        };
        let falls = [Some(9e4), Some(1024.0), None, None];
        let search = RateSearch { steps: 60, guessing: 2.3, begins: 1.9e5, tried: tried(&falls) };
        assert_eq!((search.best().map(|best| best.rate), search.rate_or(0.01)), (Some(1e-5), 1e-5));
        assert_eq!(search.range(), Some([1e-5, 1e-5]), "halfway from 190,000 to 1,024 is 14,000");
        let stays = RateSearch { begins: 9e4, tried: tried(&[Some(8.9e4), Some(8.8e4), None, None]), ..search };
        assert_eq!((stays.best(), stays.rate_or(0.01)), (None, 1e-5), "0.01 is not finite");
        assert_eq!(stays.rate_or(1e-6), 1e-6);
        let killed = RateSearch { tried: tried(&[Some(9e4), Some(6379.0), None, Some(2.302)]), begins: 1.9e5, ..stays };
        assert_eq!(killed.best().map(|best| best.rate), Some(1e-5), "what guesses is dead");
        assert!(!killed.works(&killed.tried[3]));
    }
}

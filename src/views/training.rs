use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{Asked, NoView, ViewClass};
use crate::engine::race::{MOST_RACERS, RaceFound, RaceNumber, RaceWish, RacerFound, SeedRaces, SeedsWish};
use crate::engine::{Entrant, Measurer, TUNED_STEPS, TuneWish, TunedRates, search_rates};
use crate::figure::Sheet;
use crate::figure::training::{TrainingChart, letter};
use crate::layout::{ColumnAbout, Content, TrainingContent};

/// Whether there is such a figure of so many networks.
///
/// # Errors
/// If there are none or too many, or the one that is asked for is not among them.
pub fn check_race(networks: usize, sheet: &Sheet) -> Result<(), NoView> {
    match networks {
        0 => return Err(NoView::Nothing),
        1..=MOST_RACERS => {}
        _ => return Err(NoView::TooMany(networks, MOST_RACERS)),
    }
    match sheet.training.racer.filter(|&racer| racer >= networks) {
        Some(racer) => Err(NoView::NoRacer(letter(racer), networks)),
        None => Ok(()),
    }
}

/// Networks that are trained side by side.
pub struct Training;

impl ViewClass for Training {
    fn label(&self) -> &'static str {
        "Training"
    }

    fn about(&self) -> &'static str {
        "Up to eight networks trained side by side: their losses, their accuracies, and what happens in their layers."
    }

    fn columns(&self) -> &'static [ColumnAbout] {
        &TrainingContent::COLUMNS
    }

    fn measure(&self, asked: &Asked<'_>) -> Result<Box<dyn Content>, NoView> {
        check_race(asked.entrants.len(), asked.sheet)?;
        let entrants = asked.entrants.to_vec();
        if asked.sheet.training.chart == TrainingChart::Rates {
            return rates(asked, entrants);
        }
        let wish = RaceWish {
            entrants: entrants.clone(),
            target: u64::MAX,
            stop_at_loss: None,
            number: RaceNumber::default(),
        };
        let mut measurer = Measurer::with_threads(asked.jobs)?;
        let race = RaceFound::train_all(&wish, &[], &mut measurer, asked.made_step)?;
        let look = asked.sheet.training;
        // What happens in the layers is shown of the first.
        let seeds = match look.several_seeds().filter(|_| look.chart.has_seeds()) {
            Some(seeds) => {
                let wish = SeedsWish { entrants, seeds };
                Some(Arc::new(SeedRaces::train_all(&wish, &mut measurer, asked.made_step)?))
            }
            None => None,
        };
        Ok(Box::new(TrainingContent::new(Arc::new(race), look).over_seeds(seeds)))
    }
}

/// What short runs come to, of networks that are not trained beside that.
fn rates(asked: &Asked<'_>, mut entrants: Vec<Entrant>) -> Result<Box<dyn Content>, NoView> {
    // Those of one network differ in nothing then.
    let mut known: Vec<TuneWish> = Vec::new();
    entrants.retain(|entrant| {
        let wish = TuneWish::of([entrant.clone()], TUNED_STEPS);
        let is_new = !known.contains(&wish);
        known.push(wish);
        is_new
    });
    let mut measurer = Measurer::with_threads(asked.jobs)?;
    let wish = TuneWish::of(entrants.iter().cloned(), TUNED_STEPS);
    let made = || {
        (asked.made_step)();
    };
    let searches = search_rates(wish.entrants(), TUNED_STEPS, &mut measurer, &AtomicBool::new(false), &made)?;
    let race = RaceFound { racers: entrants.iter().map(RacerFound::before_the_start).collect() };
    let tuned = TunedRates { wish, searches, is_done: true };
    Ok(Box::new(TrainingContent::new(Arc::new(race), asked.sheet.training).with_rates(Some(Arc::new(tuned)))))
}

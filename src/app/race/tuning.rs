use std::sync::Arc;

use egui::Context;

use crate::app::App;
use crate::app::confirmation::confirm;
use crate::engine::race::{RaceFound, RacerFound};
use crate::engine::{Entrant, Stoppable as _, TUNED_STEPS, TuneWish, TunedRates};
use crate::figure::training::TrainingChart;
use crate::figure::{Headline, ViewName};

/// Where the learning rates of networks that race come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatesSet {
    /// All have the same.
    Equal,
    /// Each has the best of its own.
    Tuned,
    /// They differ otherwise.
    Given,
}

impl App {
    /// Whose rates are looked for: every experiment once, whatever rates it has.
    fn tuned_entrants(&self) -> Vec<Entrant> {
        self.slots().iter().filter_map(|slot| Entrant::of(slot, *self.plan.training()).ok()).collect()
    }

    fn wanted_rates(&self) -> TuneWish {
        TuneWish::of(self.tuned_entrants(), TUNED_STEPS)
    }

    /// Looks for learning rates, while the chart of them is in sight.
    pub(in crate::app) fn want_rates(&mut self) {
        let is_in_sight = self.shown.view == ViewName::Training && self.shown.training.chart == TrainingChart::Rates;
        // A race goes first, and one that cannot be trained is said in its place.
        if !is_in_sight || self.is_racing() || self.unfit().is_some() {
            return self.jobs.tune.give_up();
        }
        let wish = self.wanted_rates();
        self.jobs.tune.want(wish);
    }

    /// What is known of the rates of these networks.
    pub fn known_rates(&self) -> Option<&Arc<TunedRates>> {
        let wish = self.wanted_rates();
        self.jobs.tune.known().filter(|known| known.wish == wish)
    }

    /// Takes what was found of them.
    pub(in crate::app) fn take_tuned(&mut self) {
        if self.jobs.tune.take().is_some_and(|news| news.found.is_none())
            && let Some(failure) = self.jobs.tune.failure()
        {
            self.notice = Some(failure.to_string());
        }
    }

    /// How many rates are tried, if more are being tried.
    pub(in crate::app) fn progress_of_rates(&self) -> Option<usize> {
        let tried = |known: &Arc<TunedRates>| known.searches.iter().map(|search| search.tried.len()).sum();
        self.jobs.tune.is_open().then(|| self.known_rates().map_or(0, tried))
    }

    /// The best rate of each experiment, or its own where none teaches it anything; nothing before all are tried, or where none
    /// teaches any of them anything.
    fn best_rates(&self) -> Option<Vec<f64>> {
        let has_best = |known: &&Arc<TunedRates>| known.searches.iter().any(|search| search.best().is_some());
        let known = self.known_rates().filter(|known| known.is_done).filter(has_best)?;
        let own = |place: usize| self.plan.trainings_of(place).next().map(|training| training.learning_rate);
        let best = known.searches.iter().enumerate();
        Some(best.filter_map(|(place, search)| Some(search.rate_or(own(place)?))).collect())
    }

    /// Whether there is a rate for each that teaches it something.
    fn has_best_rates(&self) -> bool {
        self.known_rates().is_some_and(|known| known.searches.iter().all(|search| search.best().is_some()))
    }

    /// Whether there are rates to take that are not taken yet.
    pub(in crate::app) fn can_take_rates(&self) -> bool {
        self.best_rates().is_some() && self.rates_set() != RatesSet::Tuned
    }

    /// Trains each network at its best rate from now on.
    pub(in crate::app) fn take_rates(&mut self, ctx: &Context) {
        if let Some(rates) = self.best_rates() {
            self.plan.set_one_each(&rates);
            let one = rates.len() == 1;
            confirm(
                ctx,
                if one { "The network trains at its best rate" } else { "Each network trains at its best rate" },
            );
        }
    }

    /// Where the rates come from that are set.
    pub(in crate::app) fn rates_set(&self) -> RatesSet {
        let set: Vec<Vec<f64>> = (0..self.slots().len())
            .map(|place| self.plan.trainings_of(place).map(|training| training.learning_rate).collect())
            .collect();
        if let Some(best) = self.best_rates()
            && set.iter().zip(&best).all(|(set, best)| set[..] == [*best])
        {
            return RatesSet::Tuned;
        }
        if set.concat().iter().all(|rate| *rate == set[0][0]) { RatesSet::Equal } else { RatesSet::Given }
    }

    /// The networks whose rates are looked for, before their first step.
    pub(in crate::app) fn race_of_rates(&mut self) -> Arc<RaceFound> {
        let entrants = self.tuned_entrants();
        let is_it = |race: &&Arc<RaceFound>| race.racers.iter().map(|racer| &racer.entrant).eq(&entrants);
        let known = self.race.of_rates.as_ref().filter(is_it).cloned();
        let race = known.unwrap_or_else(|| {
            Arc::new(RaceFound { racers: entrants.iter().map(RacerFound::before_the_start).collect() })
        });
        Arc::clone(self.race.of_rates.insert(race))
    }

    /// These, with what was found of their rates.
    pub(in crate::app) fn drawn_rates(&self) -> Option<(Arc<RaceFound>, Arc<TunedRates>)> {
        let race = self.race.of_rates.as_ref().cloned()?;
        Some((race, Arc::clone(self.known_rates()?)))
    }

    /// What is set of the rates, in a sentence.
    pub(in crate::app) fn said_of_rates(&self) -> String {
        let several = self.slots().len() > 1;
        let rate = crate::number::plain(self.plan.training().learning_rate);
        match (self.rates_set(), several) {
            (RatesSet::Tuned, true) => {
                let own = if self.has_best_rates() { "" } else { "; where none teaches it anything, at its own" };
                format!("Rates are tuned: each network trains at its best{own}.")
            }
            (RatesSet::Tuned, false) => format!("The rate is tuned: {rate} is the best."),
            (RatesSet::Equal, true) => format!("Rates are equal: all networks train at {rate}."),
            (RatesSet::Equal, false) => format!("{} trains at {rate}.", Headline::of(&self.untrained()).law),
            (RatesSet::Given, _) => "Rates differ, as they were set.".to_owned(),
        }
    }
}

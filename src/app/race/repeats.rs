use std::sync::Arc;
use std::time::Instant;

use crate::app::App;
use crate::app::time_left;
use crate::engine::Stoppable as _;
use crate::engine::race::{SeedRaces, SeedsWish};
use crate::figure::ViewName;

impl App {
    /// What is asked of other seeds: nothing while the race goes on, and only where it is shown.
    fn wanted_repeats(&self) -> Option<SeedsWish> {
        let look = self.shown.training;
        let seeds = look.several_seeds().filter(|_| look.chart.has_seeds())?;
        let is_over = !self.is_racing() && self.furthest() > 0 && !self.can_race();
        let is_in_sight = self.shown.view == ViewName::Training && self.unfit().is_none();
        (is_in_sight && is_over).then(|| {
            let entrants = self.entrants().iter().map(|entrant| (**entrant).clone()).collect();
            SeedsWish { entrants, seeds }
        })
    }

    /// Asks for the race with other seeds, where it is to be shown with them.
    pub(in crate::app) fn want_repeats(&mut self) {
        match self.wanted_repeats() {
            Some(wish) => self.jobs.repeats.want(wish),
            None => self.jobs.repeats.give_up(),
        }
    }

    /// What other seeds made of the race, where that is shown.
    pub fn repeats(&self) -> Option<Arc<SeedRaces>> {
        self.shown.training.several_seeds()?;
        self.jobs.repeats.known().cloned()
    }

    /// Shows the race over so many seeds, or where it is shown so already, the first alone.
    pub(in crate::app) fn repeat_over(&mut self, seeds: usize) {
        let is_new = self.show_in_centre(ViewName::Training) || self.shown.training.seeds != Some(seeds);
        self.shown.training.seeds = Some(seeds).filter(|seeds| is_new && *seeds > 1);
    }

    /// Takes what was found with other seeds.
    pub(in crate::app) fn take_repeats(&mut self) {
        if self.jobs.repeats.take().is_some_and(|news| news.found.is_none())
            && let Some(failure) = self.jobs.repeats.failure()
        {
            self.notice = Some(failure.to_string());
        }
    }

    /// How far they are, if they are being trained: seeds that are done, all, and about how many seconds are left.
    pub(in crate::app) fn progress_of_repeats(&mut self) -> Option<(usize, usize, Option<f64>)> {
        if !self.jobs.repeats.is_open() {
            return None;
        }
        let (number, asked) = (self.jobs.repeats.number()?, self.jobs.repeats.asked()?.clone());
        let known = self.jobs.repeats.known().filter(|known| known.wish == asked);
        let Some(known) = known.cloned() else { return Some((1, asked.seeds, None)) };
        let (made, all) = known.steps;
        let begun = self.race.repeats_begun.filter(|(of, ..)| *of == number);
        let (_, since, first) = *self.race.repeats_begun.insert(begun.unwrap_or((number, Instant::now(), made)));
        let left = (made > first).then(|| {
            let each = since.elapsed().as_secs_f64() / (made - first) as f64;
            time_left::rounded(each * all.saturating_sub(made) as f64)
        });
        Some((known.seeds_done(), asked.seeds, left))
    }
}

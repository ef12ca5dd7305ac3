use std::sync::Arc;

use crate::app::App;
use crate::engine::race::{RaceFound, RaceNumber};
use crate::engine::{Entrant, News};

/// A race that is kept as it is while a lesson has one of its own.
pub struct RaceAside {
    number: u32,
    entrants: Arc<[Arc<Entrant>]>,
    found: Arc<RaceFound>,
    looked_at: Option<u64>,
    /// What was asked for last: its last answer may still come.
    request: Option<u64>,
    /// The lesson was closed where its own race is of the same networks: what it showed stays, until something is undone or set.
    stays_aside: bool,
}

impl App {
    /// Keeps the race as it is where a lesson begins, which has another one: until what it is of is set again.
    pub(in crate::app) fn set_race_aside(&mut self) {
        let is_of_lesson = std::mem::replace(&mut self.race.is_of_lesson, true) || self.has_lesson();
        if is_of_lesson || !self.has_race() {
            return;
        }
        let Some(found) = self.jobs.race.known().cloned() else { return };
        self.stand_still();
        let (number, looked_at) = (self.race.number, self.race.looked_at.take());
        let request = self.jobs.race.number();
        let entrants = self.entrants();
        self.race.aside = Some(RaceAside { number, entrants, found, looked_at, request, stays_aside: false });
        self.race.begun_anew = None;
        self.race.last_number += 1;
        self.race.number = self.race.last_number;
        self.jobs.race.turn_to(None);
    }

    /// Goes back to the race that was set aside, where no lesson is open and what is set is what that was of.
    pub(super) fn take_race_back(&mut self) {
        let (has_lesson, entrants) = (self.has_lesson(), self.entrants());
        let is_it = |aside: &mut RaceAside| {
            aside.stays_aside &= aside.entrants == entrants;
            !has_lesson && aside.entrants == entrants && !aside.stays_aside
        };
        let Some(aside) = self.race.aside.take_if(is_it) else { return };
        self.stand_still();
        self.race.number = aside.number;
        self.race.is_of_lesson = false;
        self.jobs.race.turn_to(Some(aside.found));
        self.look_at(aside.looked_at);
    }

    /// Leaves what a lesson that is closed shows of its race, also where the one that was set aside is of the same networks.
    pub(in crate::app) fn leave_race_of_lesson(&mut self) {
        let shows_one = self.has_race();
        if let Some(aside) = &mut self.race.aside {
            aside.stays_aside = shows_one;
        }
    }

    /// What was set before is set again, with the race that was then.
    pub(in crate::app) fn let_race_come_back(&mut self) {
        if let Some(aside) = &mut self.race.aside {
            aside.stays_aside = false;
        }
    }

    /// Takes note of what was found last of the race that was set aside.
    pub(super) fn note_aside(&mut self, news: &News<RaceFound>) {
        if let (Some(aside), Some(found)) = (&mut self.race.aside, &news.found)
            && aside.request == Some(news.request)
        {
            aside.found = Arc::clone(found);
        }
    }

    /// Which race is asked for.
    pub(super) fn race_number(&self) -> RaceNumber {
        RaceNumber { this: self.race.number, kept: self.race.aside.as_ref().map(|aside| aside.number) }
    }
}

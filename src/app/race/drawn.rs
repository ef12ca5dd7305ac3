use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::app::App;
use crate::engine::race::{RaceFound, RacerFound};

/// Between two pictures of a race that is going on: it is drawn on the processors that it goes on on.
const PICTURE: Duration = Duration::from_millis(120);

impl App {
    /// The race as it is drawn: all that race, and those that have not begun.
    pub fn race_as_drawn(&self) -> Option<&Arc<RaceFound>> {
        self.race.drawn.as_ref().map(|(race, ..)| race)
    }

    /// Whether all that is found is drawn, or will be.
    pub(in crate::app) fn is_race_drawn(&self) -> bool {
        let known = self.jobs.race.known();
        self.race.drawn.as_ref().is_some_and(|(_, of, _)| match (of, known) {
            (Some(of), Some(known)) => Arc::ptr_eq(of, known),
            (None, None) => true,
            _ => false,
        })
    }

    /// Takes what is known of the race to be drawn, as often as there is to be a picture.
    pub(super) fn take_race_to_draw(&mut self) {
        let is_recent = self.race.drawn.as_ref().is_some_and(|(.., since)| since.elapsed() < PICTURE);
        if is_recent && self.is_racing() {
            return;
        }
        let is_of_them = |race: &RaceFound| self.are_entrants(race.racers.iter().map(|racer| &racer.entrant));
        if self.is_race_drawn() && self.race_as_drawn().is_some_and(|race| is_of_them(race)) {
            return;
        }
        let known = self.jobs.race.known().cloned();
        let race = match &known {
            Some(known) if is_of_them(known) => Arc::clone(known),
            _ => {
                let racers = self.racers().into_iter().map(|(entrant, racer)| match racer {
                    Some(racer) => RacerFound { entrant: (*entrant).clone(), ..racer.clone() },
                    None => RacerFound::before_the_start(&entrant),
                });
                Arc::new(RaceFound { racers: racers.collect() })
            }
        };
        self.race.drawn = Some((race, known, Instant::now()));
    }
}

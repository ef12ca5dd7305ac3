use crate::engine::race::{RaceFound, RacerFound, SeedRaces};
use crate::stats::Spread;

/// A race, with what other seeds made of the same once it is at its end.
#[derive(Clone, Copy, Debug)]
pub struct RaceRuns<'a> {
    /// The race of the first seed.
    pub race: &'a RaceFound,
    seeds: Option<&'a SeedRaces>,
}

impl<'a> RaceRuns<'a> {
    /// Of a race; seeds of another one are left out, and all while it goes on.
    pub fn new(race: &'a RaceFound, seeds: Option<&'a SeedRaces>) -> Self {
        let is_over = |racer: &RacerFound| racer.step >= racer.steps || racer.ended.is_some();
        let is_of_it = |seeds: &&SeedRaces| {
            let entrants = &seeds.wish.entrants;
            race.racers.iter().map(|racer| &racer.entrant).eq(entrants) && race.racers.iter().all(is_over)
        };
        Self { race, seeds: seeds.filter(is_of_it) }
    }

    /// The runs of a racer, that of the first seed before all.
    pub fn of(&self, racer: usize) -> Vec<&'a RacerFound> {
        let others = self.seeds.and_then(|seeds| seeds.runs.get(racer)).map_or(&[][..], |runs| runs);
        self.race.racers.get(racer).into_iter().chain(others).collect()
    }

    /// Those that stayed finite: the others are in no median and no mean.
    pub fn finite(&self, racer: usize) -> Vec<&'a RacerFound> {
        self.of(racer).into_iter().filter(|run| run.ended.is_none()).collect()
    }

    /// How many seeds all racers are done with, and how many there are to be; nothing where there is no more than one.
    pub fn seeds(&self) -> Option<(usize, usize)> {
        let seeds = self.seeds.filter(|seeds| seeds.seeds_done() > 1)?;
        Some((seeds.seeds_done(), seeds.wish.seeds))
    }

    /// How a number of the finite runs of a racer lies.
    pub fn spread(&self, racer: usize, of: impl Fn(&RacerFound) -> Option<f64>) -> Option<Spread> {
        Spread::of(&self.finite(racer).into_iter().filter_map(of).collect::<Vec<_>>())
    }
}

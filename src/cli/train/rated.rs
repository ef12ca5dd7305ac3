use super::csv::FIRST_COLUMNS;
use super::rates::{RatesOfRace, TuneReport, tuned_text};
use crate::engine::{Entrant, RateSearch};
use crate::figure::differences;

/// Networks with their rates, and how those were found.
pub(super) struct Rated {
    pub entrants: Vec<Entrant>,
    pub searches: Vec<RateSearch>,
}

impl Rated {
    /// Where the rates come from, if there is anything to be said of that.
    pub fn rates(&self) -> Option<RatesOfRace> {
        let is_said = self.entrants.len() > 1 || !self.searches.is_empty();
        is_said.then(|| RatesOfRace::of(&self.entrants, !self.searches.is_empty()))
    }

    /// What tells each from the others.
    pub fn told(&self) -> Vec<String> {
        let subjects: Vec<_> = self.entrants.iter().map(Entrant::begins_as).collect();
        let mut told = differences(&subjects.iter().collect::<Vec<_>>());
        if self.entrants.iter().any(|entrant| entrant.training != self.entrants[0].training) {
            for (told, entrant) in told.iter_mut().zip(&self.entrants) {
                let comma = if told.is_empty() { "" } else { ", " };
                *told += &format!("{comma}learning rate {}", entrant.training.learning_rate);
            }
        }
        told
    }

    /// How a network's rate was found, for JSON and in words.
    pub fn tune(&self, index: usize) -> Option<TuneReport> {
        self.searches.get(index).map(TuneReport::from)
    }

    pub fn tuned_text(&self, index: usize) -> String {
        let tuned = self.searches.get(index).zip(self.entrants.get(index));
        tuned.map_or_else(String::new, |(search, entrant)| tuned_text(search, entrant.training.learning_rate) + "\n")
    }

    /// A sentence on the rates under all.
    pub fn sentence(&self) -> String {
        let rates = self.rates().filter(|_| self.entrants.len() > 1);
        rates.map_or_else(String::new, |rates| format!("\n{}", rates.sentence(&self.entrants, &self.searches)))
    }

    /// Names and cells of the first columns of CSV.
    pub fn first_columns(&self) -> (Vec<&'static str>, Vec<Vec<String>>) {
        let [(experiment, _), (rate, _), _] = FIRST_COLUMNS;
        let (is_numbered, is_tuned) = (self.entrants.len() > 1, !self.searches.is_empty());
        let names = [is_numbered.then_some(experiment), is_tuned.then_some(rate)];
        let cells = |(number, entrant): (usize, &Entrant)| {
            let rate = is_tuned.then(|| entrant.training.learning_rate.to_string());
            [is_numbered.then(|| number.to_string()), rate].into_iter().flatten().collect()
        };
        (names.into_iter().flatten().collect(), (1..).zip(&self.entrants).map(cells).collect())
    }
}

use std::sync::{Arc, OnceLock};

use super::curves::draw_curves;
use super::lines::draw_lines;
use super::maps::draw_maps;
use super::race_drawn::RaceDrawn;
use super::rates::draw_rates;
use super::rows;
use super::table::draw_table;
use crate::engine::TunedRates;
use crate::engine::race::{RaceFound, SeedRaces};
use crate::figure::Sheet;
use crate::figure::training::{
    Curves, LayersOverTime, RaceRuns, RateChart, TimeAxis, TrainingChart, TrainingLook, racer_names,
};
use crate::layout::data::{ColumnAbout, Entry};
use crate::layout::{Canvas, Content, as_same};
use crate::subject::Subject;

/// Networks that are trained side by side.
#[derive(Debug)]
pub struct TrainingContent {
    race: Arc<RaceFound>,
    look: TrainingLook,
    /// What other seeds made of the same.
    seeds: Option<Arc<SeedRaces>>,
    /// What was found of learning rates.
    tuned: Option<Arc<TunedRates>>,
    /// The step that is looked at, if one is.
    now: Option<u64>,
    /// Made when they are drawn.
    curves: OnceLock<Curves>,
    layers: OnceLock<LayersOverTime>,
}

impl TrainingContent {
    /// What the columns of its numbers are.
    pub const COLUMNS: [ColumnAbout; 10] = rows::COLUMNS;

    /// What was found of a race, and how it is looked at.
    pub fn new(race: Arc<RaceFound>, look: TrainingLook) -> Self {
        Self { race, look, seeds: None, tuned: None, now: None, curves: OnceLock::new(), layers: OnceLock::new() }
    }

    /// With what other seeds made of it.
    #[must_use]
    pub fn over_seeds(self, seeds: Option<Arc<SeedRaces>>) -> Self {
        Self { seeds, ..self }
    }

    /// With what was found of learning rates.
    #[must_use]
    pub fn with_rates(self, tuned: Option<Arc<TunedRates>>) -> Self {
        Self { tuned, ..self }
    }

    /// The losses over learning rates.
    pub fn rate_chart(&self) -> RateChart {
        RateChart::new(self.tuned.as_ref().map_or(&[][..], |tuned| &tuned.searches))
    }

    /// The race with its seeds.
    fn runs(&self) -> RaceRuns<'_> {
        RaceRuns::new(&self.race, self.seeds.as_deref())
    }

    /// With a line at the step that is looked at.
    #[must_use]
    pub fn at(self, step: u64) -> Self {
        Self { now: Some(step), ..self }
    }

    /// What was found.
    pub fn race(&self) -> &Arc<RaceFound> {
        &self.race
    }

    /// How it is looked at.
    pub fn look(&self) -> TrainingLook {
        self.look
    }

    /// Its losses and accuracies as lines.
    pub fn curves(&self) -> &Curves {
        self.curves.get_or_init(|| Curves::of_runs(&self.runs(), &self.look))
    }

    /// What is shown of its layers.
    pub fn layers(&self) -> &LayersOverTime {
        self.layers.get_or_init(|| LayersOverTime::new(&self.race, &self.look))
    }

    /// What each of its racers is called.
    pub fn names(&self) -> Vec<String> {
        racer_names(&self.race.racers.iter().map(|racer| &racer.entrant).collect::<Vec<_>>())
    }
}

impl Content for TrainingContent {
    fn title(&self) -> String {
        let names = self.names().join("; ");
        match self.look.chart {
            TrainingChart::Curves => format!("Training: {names}"),
            TrainingChart::Maps | TrainingChart::Lines => {
                format!("Training, {}: {names}", self.look.layer_quantity.symbol())
            }
            TrainingChart::Table => format!("Training in numbers: {names}"),
            TrainingChart::Rates => format!("Learning rates: {names}"),
        }
    }

    fn natural_size(&self, _sheet: &Sheet) -> (f64, f64) {
        let racers = self.race.racers.len();
        match self.look.chart {
            TrainingChart::Curves | TrainingChart::Rates => (960.0, 640.0),
            TrainingChart::Maps | TrainingChart::Lines => {
                let shown = if self.look.racer.is_some() { 1 } else { racers };
                if shown > 4 { (1280.0, 720.0) } else { (960.0, 600.0) }
            }
            TrainingChart::Table => (960.0, 210.0 + 46.0 * racers as f64),
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, sheet: &Sheet) {
        let time = match self.look.chart {
            // Other seeds may have gone further.
            TrainingChart::Curves => self.curves().time,
            _ => TimeAxis::of(&self.race, &self.look),
        };
        let furthest = self.race.racers.iter().max_by_key(|racer| racer.step);
        let now = self.now.zip(furthest).map(|(now, racer)| time.share(racer, now));
        let now = now.filter(|now| (0.0..=1.0).contains(now));
        let has_rates = self.look.chart != TrainingChart::Rates;
        let tuned = self.tuned.as_deref();
        let first_of = self.look.several_seeds().filter(|_| !self.look.chart.has_seeds());
        let (race, runs, names) = (&*self.race, self.runs(), self.names());
        let drawn = RaceDrawn { race, runs, tuned, has_rates, names, first_of, now };
        match self.look.chart {
            TrainingChart::Curves => draw_curves(&drawn, self.curves(), canvas, sheet),
            TrainingChart::Maps => draw_maps(&drawn, self.layers(), canvas, sheet),
            TrainingChart::Lines => draw_lines(&drawn, self.layers(), canvas, sheet),
            TrainingChart::Table => draw_table(&drawn, canvas, sheet),
            TrainingChart::Rates => draw_rates(&drawn, (&self.rate_chart(), tuned), canvas, sheet),
        }
    }

    fn rows(&self) -> Vec<Vec<Entry>> {
        match self.look.chart {
            TrainingChart::Curves => rows::of_curves(&self.runs(), &self.names()),
            TrainingChart::Maps | TrainingChart::Lines => rows::of_layers(&self.race, self.layers(), &self.names()),
            TrainingChart::Table => rows::of_table(&self.runs(), &self.names()),
            TrainingChart::Rates => rows::of_rates(&self.race, self.tuned.as_deref(), &self.names()),
        }
    }

    fn columns(&self) -> &'static [ColumnAbout] {
        &Self::COLUMNS
    }

    fn subjects(&self) -> Vec<Subject> {
        self.race.racers.iter().map(|racer| racer.entrant.begins_as()).collect()
    }

    fn is_same(&self, other: &dyn Content) -> bool {
        as_same::<Self>(other).is_some_and(|other| {
            let are_same = Arc::ptr_eq(&self.race, &other.race)
                && self.seeds.as_ref().map(Arc::as_ptr) == other.seeds.as_ref().map(Arc::as_ptr)
                && self.tuned.as_ref().map(Arc::as_ptr) == other.tuned.as_ref().map(Arc::as_ptr);
            are_same && (self.look, self.now) == (other.look, other.now)
        })
    }
}

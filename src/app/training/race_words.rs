use std::sync::Arc;

use egui::{Label, Rect, Ui, UiBuilder, vec2};

use crate::app::App;
use crate::app::what_you_see;
use crate::engine::race::{RaceFound, SeedRaces};
use crate::figure::training::{RaceRuns, letter, racer_names};
use crate::insight::{race_in_words, seeds_of_race_in_words};

/// What is said of a race, and of which.
#[derive(Default)]
pub struct RaceWords(Option<WordsOfRace>);

/// Sentences on a race.
struct WordsOfRace {
    race: Arc<RaceFound>,
    /// How many seeds are done, and which network is chosen.
    with: (usize, Option<usize>),
    words: String,
}

/// Height that is left to the plot at least.
const LEAST: f32 = 220.0;
/// In line with the legend of the picture.
const INDENT: f32 = 14.0;
/// Under the sentences.
const AROUND: f32 = 10.0;

impl RaceWords {
    /// The sentences, those on the chosen network first; made once for what was found.
    fn of(&mut self, race: &Arc<RaceFound>, seeds: Option<&SeedRaces>, chosen: Option<usize>) -> &str {
        // What is found with other seeds is said once all racers have one more.
        let seeds = seeds.filter(|seeds| RaceRuns::new(race, Some(seeds)).seeds().is_some());
        let done = (seeds.map_or(1, SeedRaces::seeds_done), chosen);
        let said = self.0.take().filter(|said| Arc::ptr_eq(&said.race, race) && said.with == done);
        let said = said.unwrap_or_else(|| {
            let names = racer_names(&race.racers.iter().map(|racer| &racer.entrant).collect::<Vec<_>>());
            let letters: Vec<_> = (0..names.len()).map(letter).collect();
            let of_seeds = seeds.and_then(|seeds| seeds_of_race_in_words(race, seeds, &names));
            let of_first = race_in_words(race, &letters, &names, (chosen, seeds.is_some()));
            let said: Vec<_> = of_seeds.into_iter().chain(of_first).take(2).collect();
            WordsOfRace { race: Arc::clone(race), with: done, words: said.join(" ") }
        });
        &self.0.insert(said).words
    }
}

impl App {
    /// What is to be seen in a race, in words under its picture, where there is room; returns what is left to that.
    pub(super) fn race_words_ui(&mut self, ui: &mut Ui, race: &Arc<RaceFound>, area: Rect) -> Rect {
        let seeds = self.repeats();
        let sentences = self.training.1.of(race, seeds.as_deref(), self.shown.training.racer);
        if !self.shown.panels.words || sentences.is_empty() {
            return area;
        }
        let mut job = what_you_see::words(ui, sentences);
        job.wrap.max_width = area.width() - 2.0 * INDENT;
        let galley = ui.painter().layout_job(job);
        let height = galley.size().y + AROUND;
        if area.height() < LEAST + height {
            return area;
        }
        let above = area.with_max_y(area.bottom() - height);
        let place = area.with_min_y(above.bottom()).shrink2(vec2(INDENT, 0.0));
        ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
            ui.add(Label::new(galley)).on_hover_text(
                "What matters most in this race, from its numbers: the sentences that initscope train prints.",
            )
        });
        above
    }
}

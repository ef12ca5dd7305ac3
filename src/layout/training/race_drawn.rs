use crate::engine::race::{RaceFound, RacerFound};
use crate::engine::{TUNED_STEPS, TuneWish, TunedRates};
use crate::figure::training::{
    RaceRuns, length_words, letter, other_training_words, race_headline, training_words_over_seeds,
};
use crate::figure::{Headline, Sheet, trained_images};
use crate::layout::Look;
use crate::layout::frame::Around;
use crate::layout::lines::Span;
use crate::number;
use crate::training::Training;

/// A race as it is drawn.
pub(super) struct RaceDrawn<'a> {
    pub race: &'a RaceFound,
    /// With its other seeds.
    pub runs: RaceRuns<'a>,
    /// What was found of learning rates.
    pub tuned: Option<&'a TunedRates>,
    /// Whether its learning rates are set, rather than tried.
    pub has_rates: bool,
    /// What each racer is called.
    pub names: Vec<String>,
    /// How many seeds there are, where this is of the first alone.
    pub first_of: Option<usize>,
    /// Where on the axis of time the step is that is looked at, if one is.
    pub now: Option<f64>,
}

impl RaceDrawn<'_> {
    /// A racer with its letter, where there are several.
    pub fn called(&self, racer: usize) -> String {
        let name = self.names.get(racer).map_or("", String::as_str);
        if self.names.len() > 1 { format!("{}  {name}", letter(racer)) } else { name.to_owned() }
    }

    /// Who stopped being finite, and when, in a sentence; nothing where nobody did.
    pub fn who_stopped(&self) -> Option<String> {
        if self.runs.seeds().is_some() {
            return None;
        }
        let stopped = self.race.racers.iter().enumerate().filter_map(|(index, racer)| {
            let step = number::count(racer.ended?.step);
            let who = if self.names.len() > 1 { letter(index).to_string() } else { "It".to_owned() };
            Some(format!("{who} in step {step}"))
        });
        let all = stopped.collect::<Vec<_>>().join(", ");
        (!all.is_empty()).then(|| format!("Stopped being finite: {all}."))
    }

    /// Whether rates are equal or the best of each network, in a sentence; what they are otherwise stands beside the names.
    pub fn whose_rates(&self) -> Option<String> {
        let racers = &self.race.racers;
        let rates = || racers.iter().map(|racer| racer.entrant.training.learning_rate);
        if !self.has_rates {
            return None;
        }
        let is_of_them = |tuned: &&TunedRates| {
            tuned.is_done && tuned.wish == TuneWish::of(racers.iter().map(|racer| racer.entrant.clone()), TUNED_STEPS)
        };
        let tuned = self.tuned.filter(is_of_them);
        let best =
            |tuned: &TunedRates| tuned.searches.iter().map(|search| search.best().map(|best| best.rate)).collect();
        let best: Vec<Option<f64>> = tuned.map(best).unwrap_or_default();
        let is_any = best.iter().any(Option::is_some);
        if is_any && rates().zip(&best).all(|(rate, best)| best.is_none_or(|best| best == rate)) {
            let others = if best.contains(&None) { "; where none teaches it anything, its own" } else { "" };
            return Some(match best.len() {
                1 => "The rate is tuned: it is the best of those that were tried.".to_owned(),
                _ => format!("Rates are tuned: each network has its best{others}."),
            });
        }
        let first = rates().next().filter(|_| racers.len() > 1)?;
        rates().all(|rate| rate == first).then(|| format!("All have learning rate {}.", number::plain(first)))
    }

    /// How many seeds of whom stopped being finite, in a sentence; nothing where none did, or there are no other seeds.
    pub fn seeds_that_stopped(&self) -> Option<String> {
        self.runs.seeds()?;
        let stopped = (0..self.race.racers.len()).filter_map(|index| {
            let (all, finite) = (self.runs.of(index).len(), self.runs.finite(index).len());
            let who = if self.names.len() > 1 {
                format!("{} of {all} of {}", all - finite, letter(index))
            } else {
                format!("{} of {all}", all - finite)
            };
            (finite < all).then_some(who)
        });
        let all = stopped.collect::<Vec<_>>().join(", ");
        (!all.is_empty()).then(|| format!("Seeds that stopped being finite, which are left out: {all}."))
    }

    /// What stands around: which networks, what marks mean, and how they were trained.
    pub fn around(&self, look: &Look, with_racers: bool, marks: &str) -> Around {
        let mut legend = Vec::new();
        let title = self.title(look);
        if with_racers && self.names.len() > 1 {
            for (index, name) in self.names.iter().enumerate() {
                let gap = if index == 0 { "" } else { "   " };
                legend.push(Span::plain(gap, look.quiet));
                legend.push(Span::bold(format!("{}\u{a0}", letter(index)), look.word(look.racer(index))));
                legend.push(Span::plain(name.replace(' ', "\u{a0}"), look.text));
            }
            legend.push(Span::plain(".  ", look.quiet));
        }
        let first =
            self.first_of.map_or_else(String::new, |seeds| format!(" This shows the first of {seeds} seeds alone."));
        legend.push(Span::plain(format!("{marks}{first}").trim_start(), look.quiet));
        Around { title, legend, caption: vec![Span::plain(self.caption(), look.quiet)] }
    }

    /// What all have in common: network, weights, optimizer and rate.
    fn title(&self, look: &Look) -> Vec<Span> {
        let Headline { network, law, images } = race_headline(self.race.racers.iter().map(|racer| &racer.entrant));
        let trainings = || self.race.racers.iter().map(|racer| &racer.entrant.training);
        let common = |of: &dyn Fn(&Training) -> String| {
            let first = trainings().next().map(of)?;
            trainings().all(|training| of(training) == first).then_some(first)
        };
        let mut trained = "trained".to_owned();
        if let Some(optimizer) = common(&|training| training.optimizer.text(training.framework)) {
            trained += &format!(" by {optimizer}");
        }
        if let Some(rate) = common(&|training| number::plain(training.learning_rate)).filter(|_| self.has_rates) {
            trained += &format!(" at rate {rate}");
        }
        let mut title: Vec<Span> = Vec::new();
        let network = network.trim_end_matches([',', ' ']);
        for span in [Span::plain(network, look.text), Span::bold(law, look.text), Span::plain(trained, look.text)] {
            if span.text.is_empty() {
                continue;
            }
            if !title.is_empty() {
                title.push(Span::plain(", ", look.text));
            }
            title.push(span);
        }
        if let [first] = &mut title[..] {
            first.text = first.text.replacen('t', "T", 1);
        }
        if !images.is_empty() {
            title.push(Span::plain(format!(" on {}", images.trim_start_matches(" on ")), look.quiet));
        }
        title
    }

    fn caption(&self) -> String {
        let each = |of: &dyn Fn(&RacerFound) -> String| {
            let mut parts: Vec<String> = Vec::new();
            for part in self.race.racers.iter().map(of) {
                if !parts.contains(&part) {
                    parts.push(part);
                }
            }
            parts.join(" | ")
        };
        let others = self.runs.seeds().map_or(0, |(done, _)| done as u32 - 1);
        let images = |racer: &RacerFound| racer.entrant.training.images_of(&racer.entrant.experiment);
        let trained = each(&|racer| match self.has_rates {
            true => training_words_over_seeds(&racer.entrant.training, images(racer), others),
            false => other_training_words(&racer.entrant.training, images(racer), "each learning rate"),
        });
        let length = each(&|racer| {
            let steps = format!("{} steps each", number::count(racer.steps_per_epoch));
            match length_words(&racer.entrant.training) {
                epochs if epochs.ends_with("epoch") || epochs.ends_with("epochs") => format!("{epochs} of {steps}"),
                steps => steps,
            }
        });
        let data = each(&|racer| trained_images(&racer.entrant.experiment, &racer.entrant.training));
        let seeds = each(&|racer| match racer.entrant.experiment.seed {
            first if others > 0 => format!("s {first} to {}", first.wrapping_add(others)),
            only => format!(" {only}"),
        });
        let mut text = format!("Trained with {trained}; {length}, on {data}. Seed{seeds}.");
        let unfinished = |racer: &&RacerFound| racer.step < racer.steps && racer.ended.is_none();
        // Where a step is looked at, what came later is no news; where rates are tried, nobody has begun.
        let is_news = self.now.is_none() && self.has_rates;
        if let Some(racer) = self.race.racers.iter().find(unfinished).filter(|_| is_news) {
            text += &format!(" So far: step {} of {}.", number::count(racer.step), number::count(racer.steps));
        }
        for (index, racer) in self.race.racers.iter().enumerate().filter(|_| others == 0) {
            if let Some(ended) = racer.ended {
                let who =
                    if self.names.len() > 1 { format!("{} stopped", letter(index)) } else { "It stopped".to_owned() };
                text += &format!(" {who}: {ended}.");
            }
        }
        text
    }
}

/// Whether panels say themselves what they show.
pub(super) fn has_titles(sheet: &Sheet, racers: usize) -> bool {
    racers > 1 || !sheet.title
}

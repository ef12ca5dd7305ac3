use crate::engine::race::{RaceFound, RacerFound};
use crate::figure::training::{length_words, letter, training_words};
use crate::figure::{Headline, Sheet};
use crate::layout::Look;
use crate::layout::frame::Around;
use crate::layout::lines::Span;
use crate::number;
use crate::subject::Subject;
use crate::training::Training;

/// A race as it is drawn.
pub(super) struct RaceDrawn<'a> {
    pub race: &'a RaceFound,
    /// What each racer is called.
    pub names: Vec<String>,
    /// Where on the axis of time the step is that is looked at, if one is.
    pub now: Option<f64>,
}

impl RaceDrawn<'_> {
    fn subjects(&self) -> Vec<Subject> {
        self.race.racers.iter().map(|racer| racer.entrant.begins_as()).collect()
    }

    /// A racer with its letter, where there are several.
    pub fn called(&self, racer: usize) -> String {
        let name = self.names.get(racer).map_or("", String::as_str);
        if self.names.len() > 1 { format!("{}  {name}", letter(racer)) } else { name.to_owned() }
    }

    /// Who stopped being finite, and when, in a sentence; nothing where nobody did.
    pub fn who_stopped(&self) -> Option<String> {
        let stopped = self.race.racers.iter().enumerate().filter_map(|(index, racer)| {
            let step = number::count(racer.ended?.step);
            let who = if self.names.len() > 1 { letter(index).to_string() } else { "It".to_owned() };
            Some(format!("{who} in step {step}"))
        });
        let all = stopped.collect::<Vec<_>>().join(", ");
        (!all.is_empty()).then(|| format!("Stopped being finite: {all}."))
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
        legend.push(Span::plain(marks, look.quiet));
        Around { title, legend, caption: vec![Span::plain(self.caption(), look.quiet)] }
    }

    /// What all have in common: network, weights, optimizer and rate.
    fn title(&self, look: &Look) -> Vec<Span> {
        let headlines: Vec<_> = self.subjects().iter().map(Headline::of).collect();
        let Headline { network, law, .. } = Headline::common(&headlines);
        let trainings = || self.race.racers.iter().map(|racer| &racer.entrant.training);
        let common = |of: &dyn Fn(&Training) -> String| {
            let first = trainings().next().map(of)?;
            trainings().all(|training| of(training) == first).then_some(first)
        };
        let mut trained = "trained".to_owned();
        if let Some(optimizer) = common(&|training| training.optimizer.text(training.framework)) {
            trained += &format!(" by {optimizer}");
        }
        if let Some(rate) = common(&|training| number::plain(training.learning_rate)) {
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
        let images =
            |racer: &RacerFound| racer.entrant.training.images.min(Training::available(&racer.entrant.experiment));
        let trained = each(&|racer| training_words(&racer.entrant.training, images(racer)));
        let length = each(&|racer| {
            let steps = format!("{} steps each", number::count(racer.steps_per_epoch));
            match length_words(&racer.entrant.training) {
                epochs if epochs.ends_with("epoch") || epochs.ends_with("epochs") => format!("{epochs} of {steps}"),
                steps => steps,
            }
        });
        let judges = each(&|racer| number::count(Training::judges(&racer.entrant.experiment).len() as u64));
        let seeds = each(&|racer| racer.entrant.experiment.seed.to_string());
        let mut text = format!("Trained with {trained}; {length}. Judged by {judges} test images. Seed {seeds}.");
        let unfinished = |racer: &&RacerFound| racer.step < racer.steps && racer.ended.is_none();
        // Where a step is looked at, what came later is no news.
        if let Some(racer) = self.race.racers.iter().find(unfinished).filter(|_| self.now.is_none()) {
            text += &format!(" So far: step {} of {}.", number::count(racer.step), number::count(racer.steps));
        }
        for (index, racer) in self.race.racers.iter().enumerate() {
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

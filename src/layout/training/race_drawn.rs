use crate::engine::race::{RaceFound, RacerFound};
use crate::figure::training::{length_words, letter, training_words};
use crate::figure::{Headline, Sheet};
use crate::layout::Look;
use crate::layout::frame::Around;
use crate::layout::lines::Span;
use crate::layout::words;
use crate::number;
use crate::subject::Subject;
use crate::training::Training;

/// A race as it is drawn.
pub(super) struct RaceDrawn<'a> {
    pub race: &'a RaceFound,
    /// What each racer is called.
    pub names: Vec<String>,
}

impl RaceDrawn<'_> {
    fn subjects(&self) -> Vec<Subject> {
        self.race.racers.iter().map(|racer| Subject::from(&racer.entrant.experiment)).collect()
    }

    /// A racer with its letter, where there are several.
    pub fn called(&self, racer: usize) -> String {
        let name = self.names.get(racer).map_or("", String::as_str);
        if self.names.len() > 1 { format!("{}  {name}", letter(racer)) } else { name.to_owned() }
    }

    /// What stands around: which networks, what marks mean, and how they were trained.
    pub fn around(&self, look: &Look, with_racers: bool, marks: &str) -> Around {
        let headlines: Vec<_> = self.subjects().iter().map(Headline::of).collect();
        let mut title = words::title(look, &headlines);
        // What is looked at is no part of a training.
        if title.len() > 1 || headlines.len() > 1 {
            title.retain(|span| {
                !headlines
                    .iter()
                    .all(|line| line.images == span.text || line.images.trim_start_matches(" on ") == span.text)
            });
        }
        let rest = if title.is_empty() { "Trained side by side" } else { ", trained" };
        if let Some(last) = title.last_mut() {
            last.text = last.text.trim_end_matches([',', ' ']).to_owned();
        }
        title.push(Span::plain(rest, look.text));
        let mut legend = Vec::new();
        if with_racers && self.names.len() > 1 {
            for (index, name) in self.names.iter().enumerate() {
                let gap = if index == 0 { "" } else { "   " };
                legend.push(Span::plain(gap, look.quiet));
                legend.push(Span::bold(format!("{}\u{a0}", letter(index)), look.racer(index)));
                legend.push(Span::plain(name.replace(' ', "\u{a0}"), look.text));
            }
            legend.push(Span::plain(".  ", look.quiet));
        }
        legend.push(Span::plain(marks, look.quiet));
        Around { title, legend, caption: vec![Span::plain(self.caption(), look.quiet)] }
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
        if let Some(racer) = self.race.racers.iter().find(unfinished) {
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

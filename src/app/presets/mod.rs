//! Presets in a grid: title, sentence, and a picture in small that is measured when the grid is opened.

mod card;
mod grid;
mod pictures;

use std::sync::Arc;

use super::App;
use super::painting::Painting;
use crate::engine::{Companion, Job, Measurement, Request};
use crate::experiment::Preset;
use crate::figure::{Shown, ViewName};
use crate::training::{TrainingPlan, TrainingSettings};
use pictures::{Pictured, Thumbnails};

/// The grid, and what is known of the pictures in it.
pub struct PresetGrid {
    is_open: bool,
    /// It has just been opened: the chosen preset, or the first, is to have the focus.
    is_new: bool,
    /// The preset that had the focus last, which is in sight: keys may have gone to another.
    focused: Option<&'static str>,
    /// What the pictures are of.
    measured: Vec<Arc<Measurement>>,
    /// Why the others are missing, in one sentence.
    failure: Option<String>,
    painting: Painting<Pictured, Thumbnails>,
}

impl Default for PresetGrid {
    fn default() -> Self {
        Self {
            is_open: false,
            is_new: false,
            focused: None,
            measured: Vec::new(),
            failure: None,
            painting: Painting::new("initscope-thumbnails", pictures::painter),
        }
    }
}

impl PresetGrid {
    /// Whether it is shown.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Shows it, or shows it no more.
    pub fn put(&mut self, is_open: bool) {
        (self.is_open, self.is_new) = (is_open, is_open);
        self.failure = None;
    }

    /// Whether pictures in sight are still to come.
    pub fn is_under_way(&self) -> bool {
        self.is_open && (self.missing().is_some() || self.painting.is_under_way())
    }

    /// Takes what was measured and painted since the last frame.
    pub fn take(&mut self, job: &mut Job<Request, Companion>) {
        self.painting.take();
        if let Some(news) = job.take().filter(|news| news.is_newest) {
            match news.found {
                Some(measurement) => self.measured.push(measurement),
                None => self.failure = job.failure().map(ToString::to_string),
            }
        }
    }

    /// Asks for what the pictures still need, one after the other, while they are in sight.
    pub fn want(&mut self, ctx: &egui::Context, job: &mut Job<Request, Companion>) {
        self.painting.ask(ctx);
        match self.is_open.then(|| self.missing()).flatten() {
            Some(request) => job.want(request),
            None => job.give_up(),
        }
    }

    /// What is to be measured next for a picture; nothing once something failed.
    fn missing(&self) -> Option<Request> {
        let is_missing = |request: &Request| self.measured.iter().all(|known| known.subject != request.subject);
        let all = Preset::all().into_iter().flat_map(|preset| pictures::requests(&preset));
        all.filter(|_| self.failure.is_none()).find(is_missing)
    }
}

impl App {
    /// Sets a preset's experiments, and looks at them so that they show what it says: several side by side, in place of those of
    /// the preset before. Among experiments that somebody put side by side, it becomes the present one.
    pub(super) fn set_preset(&mut self, preset: Preset) {
        self.part_cases();
        if preset.experiments.len() > 1 {
            self.make_way_for_cases();
        }
        let shown = self.shown.at_preset(&preset);
        let shown = if self.comparison.is_on() {
            let view = if self.shown.view == ViewName::Compare { self.shown.view } else { ViewName::Layers };
            Shown { view, arrange: self.shown.arrange, ..shown }
        } else {
            shown
        };
        self.look_as(shown);
        if let Some(first) = preset.experiments.get(preset.first) {
            self.axis.forget_for(first.clone());
        }
        let training = TrainingSettings::of_preset(&preset).map(|settings| TrainingPlan::read(&settings));
        self.set_cases(preset.experiments);
        if !self.comparison.is_on() {
            self.compare_cases();
        }
        if let Some(Ok(plan)) = training {
            self.plan = plan;
            self.shown.view = ViewName::Training;
        }
    }
}

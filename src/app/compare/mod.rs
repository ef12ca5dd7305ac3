//! Experiments side by side: the present one among up to three that were pinned, each with its letter.

mod bar;
mod compare_ui;

use std::sync::Arc;

use egui::{Rect, TextureHandle};

use super::App;
use super::centre::Centre;
use crate::engine::{Measurement, Quantities};
use crate::experiment::Experiment;
use crate::figure::{Arrange, Figure, differences};
use crate::page::Fonts;

/// A to D.
pub const SLOTS: usize = 4;

/// What the present experiment is compared with.
pub struct Comparison {
    /// The others, in their order.
    others: Vec<Pinned>,
    /// Where the present one stands among all.
    place: usize,
    /// How they stand.
    pub arrange: Arrange,
    /// The others' measurement that was asked for, and its number.
    asked: Option<(u64, Experiment, Quantities)>,
    picture: Option<Picture>,
    fonts: Fonts,
}

/// An experiment that stands still.
#[derive(Clone, Debug)]
struct Pinned {
    experiment: Experiment,
    measurement: Option<Arc<Measurement>>,
    /// Why it could not be measured.
    failure: Option<String>,
}

/// What is painted, for as long as it looks the same.
struct Picture {
    figures: Vec<Arc<Measurement>>,
    look: Look,
    texture: TextureHandle,
    shown: Vec<Figure>,
    /// Where the plots are, in points from the picture's corner.
    plots: Vec<Rect>,
}

/// What else decides how it looks.
#[derive(Clone, PartialEq)]
struct Look {
    view: crate::figure::View,
    arrange: Arrange,
    is_dark: bool,
    size: egui::Vec2,
    pixels_per_point: f32,
    present: usize,
}

impl Default for Comparison {
    fn default() -> Self {
        Self {
            others: Vec::new(),
            place: 0,
            arrange: Arrange::SideBySide,
            asked: None,
            picture: None,
            fonts: Fonts::bundled(),
        }
    }
}

impl Comparison {
    /// Whether there is anything to compare with.
    pub fn is_on(&self) -> bool {
        !self.others.is_empty()
    }

    /// How many there are, the present one among them.
    pub fn count(&self) -> usize {
        self.others.len() + 1
    }

    /// Where the present one stands, from 0.
    pub fn place(&self) -> usize {
        self.place
    }

    /// The others, in their order.
    pub fn pinned(&self) -> Vec<Experiment> {
        self.others.iter().map(|pinned| pinned.experiment.clone()).collect()
    }

    /// These others around a present one at a place; what was measured of them is kept.
    pub fn set(&mut self, pinned: &[Experiment], place: usize) {
        let known = std::mem::take(&mut self.others);
        let of = |experiment: &Experiment| {
            let same = known.iter().find(|other| other.experiment == *experiment).cloned();
            same.unwrap_or_else(|| Pinned { experiment: experiment.clone(), measurement: None, failure: None })
        };
        self.others = pinned.iter().take(SLOTS - 1).map(of).collect();
        self.place = place.min(self.others.len());
    }

    /// Where the other at a place among all stands among the others.
    fn other(&self, place: usize) -> usize {
        if place > self.place { place - 1 } else { place }
    }
}

/// A to D.
pub fn letter(place: usize) -> char {
    char::from(b'A' + place as u8)
}

impl App {
    /// All experiments that are compared, in their order.
    pub fn compared(&self) -> Vec<Experiment> {
        let mut all = self.comparison.pinned();
        all.insert(self.comparison.place, self.experiment.clone());
        all
    }

    /// What tells them apart.
    fn told_apart(&self) -> Vec<String> {
        let all = self.compared();
        differences(&all.iter().collect::<Vec<_>>())
    }

    /// Keeps the present state as it is, and goes on as the next letter.
    pub(super) fn pin(&mut self) {
        if self.comparison.count() >= SLOTS {
            return;
        }
        let measurement = self.newest.clone().filter(|newest| newest.experiment == self.experiment);
        let pinned = Pinned { experiment: self.experiment.clone(), measurement, failure: None };
        self.comparison.others.insert(self.comparison.place, pinned);
        self.comparison.place = self.comparison.others.len();
        self.show_in_centre(Centre::Compare);
    }

    /// Goes on as another of them.
    pub(super) fn go_to_slot(&mut self, place: usize) {
        self.show_in_centre(Centre::Compare);
        if place == self.comparison.place || place >= self.comparison.count() {
            return;
        }
        let measurement = self.newest.clone().filter(|newest| newest.experiment == self.experiment);
        let left = Pinned { experiment: self.experiment.clone(), measurement, failure: None };
        let other = self.comparison.other(place);
        let next = self.comparison.others.remove(other);
        // The one that was left is put back where it stood among the rest.
        let back = if self.comparison.place > place { self.comparison.place - 1 } else { self.comparison.place };
        self.comparison.others.insert(back, left);
        self.comparison.place = place;
        self.set_experiment(next.experiment);
    }

    /// Gives up the present one, and goes on as its neighbour.
    pub(super) fn drop_slot(&mut self) {
        let comparison = &mut self.comparison;
        if comparison.others.is_empty() {
            return;
        }
        let next = comparison.place.min(comparison.others.len() - 1);
        let pinned = comparison.others.remove(next);
        comparison.place = next;
        self.set_experiment(pinned.experiment);
    }

    /// The present one and the one before it change places; the first goes to the end of the second.
    pub(super) fn swap_slots(&mut self) {
        let comparison = &mut self.comparison;
        if comparison.is_on() {
            comparison.place = comparison.place.checked_sub(1).unwrap_or(1);
        }
        self.show_in_centre(Centre::Compare);
    }

    /// The present one gets the settings of another.
    pub(super) fn copy_from_slot(&mut self, place: usize) {
        if place != self.comparison.place && place < self.comparison.count() {
            let other = self.comparison.other(place);
            self.set_experiment(self.comparison.others[other].experiment.clone());
        }
    }

    /// The cases that belong together, the first four, side by side.
    pub(super) fn compare_cases(&mut self) {
        let cases: Vec<_> = self.cases.iter().take(SLOTS).cloned().collect();
        self.compare(cases);
    }

    /// These side by side; the present one among them stays the present one.
    pub(super) fn compare(&mut self, mut experiments: Vec<Experiment>) {
        if experiments.len() < 2 {
            return;
        }
        experiments.truncate(SLOTS);
        let place = experiments.iter().position(|experiment| *experiment == self.experiment).unwrap_or(0);
        let present = experiments.remove(place);
        self.comparison.set(&experiments, place);
        self.set_experiment(present);
        self.show_in_centre(Centre::Compare);
    }

    /// What the others need to be drawn as the present one is.
    fn wanted_of_others(&self) -> Quantities {
        Quantities { outlook: self.wanted().outlook, ..self.view.quantities(true) }
    }

    /// Takes what is known of the others by now, and asks for what is to be shown.
    pub(super) fn take_companion(&mut self) {
        if let Some(reply) = self.companion.take_answer() {
            let asked = self.comparison.asked.take_if(|(number, ..)| *number == reply.request);
            if let Some((_, experiment, _)) = asked {
                let of = self.comparison.others.iter_mut().filter(|pinned| pinned.experiment == experiment);
                for pinned in of {
                    match &reply.result {
                        Ok(measurement) => pinned.measurement = Some(Arc::clone(measurement)),
                        Err(sentence) => pinned.failure = Some(sentence.clone()),
                    }
                }
            }
        }
        let wanted = self.wanted_of_others();
        let is_known = |pinned: &Pinned| {
            pinned.failure.is_some()
                || pinned.measurement.as_ref().is_some_and(|known| known.is_exact() && known.has(wanted))
        };
        let missing = self.comparison.others.iter().find(|pinned| !is_known(pinned));
        let missing = missing.filter(|_| self.centre == Centre::Compare).map(|pinned| pinned.experiment.clone());
        match missing {
            None => {
                if self.comparison.asked.take().is_some() {
                    self.companion.stop();
                }
            }
            Some(experiment) => {
                let is_asked = |(_, asked, quantities): &(u64, Experiment, Quantities)| {
                    *asked == experiment && *quantities == wanted
                };
                if !self.comparison.asked.as_ref().is_some_and(is_asked) {
                    let number = self.companion.request(experiment.clone(), wanted);
                    self.comparison.asked = Some((number, experiment, wanted));
                }
            }
        }
    }

    /// Whether all that is compared is known.
    pub fn is_comparison_settled(&self) -> bool {
        let wanted = self.wanted_of_others();
        self.comparison
            .others
            .iter()
            .all(|pinned| pinned.measurement.as_ref().is_some_and(|known| known.is_exact() && known.has(wanted)))
    }
}

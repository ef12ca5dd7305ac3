//! Subjects side by side: the present one among up to seven that were pinned, each with its letter.

mod bar;
mod compare_ui;
mod known;
mod picture;

use super::App;
use super::commands::SLOTS;
use super::painting::Painting;
use crate::experiment::Experiment;
use crate::figure::ViewName;
use crate::figure::differences;
use crate::subject::Subject;
use known::Known;
use picture::{Compared, Picture};

/// What the present subject is compared with.
pub struct Comparison {
    /// The others, in their order.
    others: Vec<Subject>,
    /// Where the present one stands among all.
    place: usize,
    /// What is measured of all of them.
    known: Known,
    /// Answers to requests up to this number are of what was set in another place.
    moved: u64,
    painting: Painting<Compared, Result<Picture, String>>,
}

impl Default for Comparison {
    fn default() -> Self {
        Self {
            others: Vec::new(),
            place: 0,
            known: Known::default(),
            moved: 0,
            painting: Painting::new("initscope-comparison", picture::painter),
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
    pub fn pinned(&self) -> &[Subject] {
        &self.others
    }

    /// These others around a present one at a place.
    pub fn set(&mut self, pinned: &[Subject], place: usize) {
        self.others = pinned.iter().take(SLOTS - 1).cloned().collect();
        self.place = place.min(self.others.len());
    }

    /// Takes the picture that was made since the last frame.
    pub fn take_picture(&mut self) {
        self.painting.take();
    }

    /// Whether a newer picture is still being made.
    pub fn is_painting(&self) -> bool {
        self.painting.is_under_way()
    }

    /// Where the other at a place among all stands among the others.
    fn other(&self, place: usize) -> usize {
        if place > self.place { place - 1 } else { place }
    }
}

impl App {
    /// The present subject among the pinned ones, each as it is drawn or given.
    pub fn slots(&self) -> Vec<Subject> {
        let mut all = self.comparison.others.clone();
        all.insert(self.comparison.place, self.untrained());
        all
    }

    /// All that is compared, in the same order, each as it is at the step that is looked at.
    pub fn compared(&self) -> Vec<Subject> {
        self.slots().iter().map(|slot| self.looked_at_as(slot)).collect()
    }

    /// The same without the present one.
    fn others_compared(&self) -> Vec<Subject> {
        self.comparison.others.iter().map(|other| self.looked_at_as(other)).collect()
    }

    /// What tells them apart.
    fn told_apart(&self) -> Vec<String> {
        let all = self.slots();
        differences(&all.iter().collect::<Vec<_>>())
    }

    /// Keeps the present state as it is, and goes on as the next letter.
    pub(super) fn pin(&mut self) {
        if self.comparison.count() >= SLOTS {
            return;
        }
        self.plan.add_like(self.comparison.place, self.comparison.count());
        let present = self.untrained();
        self.comparison.others.insert(self.comparison.place, present);
        self.comparison.place = self.comparison.others.len();
        self.show_compared();
    }

    /// Shows all that is compared, in the centre: trained side by side, if that is there already.
    fn show_compared(&mut self) {
        if self.shown.view != ViewName::Training {
            self.show_in_centre(ViewName::Compare);
        }
    }

    /// Shows a subject beside all that is compared, as the next letter, if there is room for one.
    pub(super) fn put_beside(&mut self, subject: Subject) {
        let mut all = self.slots();
        if !all.contains(&subject) && all.len() < SLOTS {
            all.push(subject);
        }
        self.compare(all);
    }

    /// Goes on as another of them.
    pub(super) fn go_to_slot(&mut self, place: usize) {
        self.show_compared();
        self.go_on_as(place);
    }

    /// Goes on as a case: as the one that stands beside the present one, if it does.
    pub(super) fn go_to_case(&mut self, case: Experiment) {
        match self.compared().iter().position(|subject| *subject.experiment() == case) {
            Some(place) => self.go_on_as(place),
            None => self.set_experiment(case),
        }
    }

    fn go_on_as(&mut self, place: usize) {
        if place == self.comparison.place || place >= self.comparison.count() {
            return;
        }
        let mut all = self.slots();
        let next = all.remove(place);
        self.comparison.set(&all, place);
        self.move_to(&next);
    }

    /// Gives up the present one, and goes on as its neighbour.
    pub(super) fn drop_slot(&mut self) {
        let comparison = &mut self.comparison;
        if comparison.others.is_empty() {
            return;
        }
        self.plan.remove(comparison.place, comparison.count());
        let next = comparison.place.min(comparison.others.len() - 1);
        let subject = comparison.others.remove(next);
        comparison.place = next;
        self.move_to(&subject);
    }

    /// The present one and the one before it change places; the first goes to the end of the second.
    pub(super) fn swap_slots(&mut self) {
        let comparison = &mut self.comparison;
        if comparison.is_on() {
            let (place, there) = (comparison.place, comparison.place.checked_sub(1).unwrap_or(1));
            self.plan.swap(place, there, comparison.count());
            comparison.place = there;
        }
        self.show_compared();
    }

    /// The present one gets the settings of another.
    pub(super) fn copy_from_slot(&mut self, place: usize) {
        if place != self.comparison.place && place < self.comparison.count() {
            let other = self.comparison.other(place);
            let other = self.comparison.others[other].clone();
            self.take_subject(&other);
        }
    }

    /// Gives up what the present one is compared with, where that are cases that belong together; returns whether it was so.
    pub(super) fn part_cases(&mut self) -> bool {
        let is_case = |subject: &Subject| self.cases.iter().any(|case| subject.experiment() == case);
        let are_cases = self.comparison.is_on() && self.cases.len() > 1 && self.comparison.others.iter().all(is_case);
        if are_cases {
            self.comparison.set(&[], 0);
        }
        are_cases
    }

    /// Lets go what is pinned: cases are compared with one another.
    pub(super) fn make_way_for_cases(&mut self) {
        if self.comparison.is_on() {
            self.comparison.set(&[], 0);
            self.tell("what was pinned made way for the cases of this preset: undo brings it back".to_owned());
        }
    }

    /// The cases that belong together, as many as there are letters, side by side.
    pub(super) fn compare_cases(&mut self) {
        let cases = self.cases.iter().take(SLOTS).map(|case| self.untrained_of(case)).collect();
        self.compare(cases);
    }

    /// These side by side; the present one among them stays the present one.
    pub(super) fn compare(&mut self, mut subjects: Vec<Subject>) {
        if subjects.len() < 2 {
            return;
        }
        subjects.truncate(SLOTS);
        let set = self.untrained();
        let place = subjects.iter().position(|subject| *subject == set).unwrap_or(0);
        let present = subjects.remove(place);
        self.comparison.set(&subjects, place);
        self.move_to(&present);
        self.show_compared();
    }

    /// These others around this one at a place, as they were before.
    pub(super) fn return_to_slots(&mut self, pinned: &[Subject], place: usize) {
        if (self.comparison.pinned(), self.comparison.place) != (pinned, place) {
            self.comparison.set(pinned, place);
            self.note_move();
        }
    }

    /// Goes on as this one, which stands at the present place by now: what was asked for before is of another.
    fn move_to(&mut self, subject: &Subject) {
        self.note_move();
        self.take_subject(subject);
    }

    fn note_move(&mut self) {
        self.comparison.moved = self.answers.newest().map_or(0, |(request, _)| request);
    }
}

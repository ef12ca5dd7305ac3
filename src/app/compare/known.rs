use std::sync::Arc;

use egui::Context;

use crate::app::App;
use crate::engine::{Measurement, Quantities, Request};
use crate::subject::Subject;

/// What is known of subjects that are compared: by what it is of, wherever that stands.
#[derive(Default)]
pub struct Known {
    measurements: Vec<Arc<Measurement>>,
    /// Those that could not be measured, and why.
    failures: Vec<(Subject, String)>,
}

impl Known {
    /// Takes note of a measurement that was asked for.
    fn put(&mut self, measurement: &Arc<Measurement>) {
        match self.measurements.iter_mut().find(|known| known.subject == measurement.subject) {
            Some(known) => *known = Arc::clone(measurement),
            None => self.measurements.push(Arc::clone(measurement)),
        }
    }

    /// Takes note of a measurement that was made for another reason, if it has no less than what is known.
    fn note(&mut self, measurement: &Arc<Measurement>) {
        let known = self.of(&measurement.subject);
        if known.is_none_or(|known| !Arc::ptr_eq(known, measurement) && measurement.covers(known)) {
            self.put(measurement);
        }
    }

    /// Takes note that a subject could not be measured.
    fn note_failure(&mut self, subject: Subject, sentence: String) {
        self.failures.push((subject, sentence));
    }

    /// Why a subject could not be measured.
    pub fn failure(&self, subject: &Subject) -> Option<&str> {
        self.failures.iter().find(|(of, _)| of == subject).map(|(_, sentence)| sentence.as_str())
    }

    /// Forgets all but these subjects.
    fn keep(&mut self, compared: &[Subject]) {
        let missing: Vec<_> = compared.iter().filter(|subject| self.of(subject).is_none()).cloned().collect();
        // Until another step of a network is measured, the last one stays.
        let is_last = |known: &Subject| missing.iter().any(|subject| are_steps_of_one(known, subject));
        self.measurements.retain(|known| compared.contains(&known.subject) || is_last(&known.subject));
        self.failures.retain(|(of, _)| compared.contains(of));
    }

    fn of(&self, subject: &Subject) -> Option<&Arc<Measurement>> {
        self.measurements.iter().find(|known| known.subject == *subject)
    }

    /// What was measured last of the same network at another step.
    fn last_step_of(&self, subject: &Subject) -> Option<&Arc<Measurement>> {
        self.measurements.iter().rev().find(|known| are_steps_of_one(&known.subject, subject))
    }

    /// Whether all is known of a subject that can be.
    fn has(&self, subject: &Subject, wanted: Quantities) -> bool {
        self.of(subject).is_some_and(|known| known.is_exact() && known.has(wanted))
    }
}

/// Whether these are a network at two steps of its training, whatever number of images they are looked at with.
fn are_steps_of_one(one: &Subject, two: &Subject) -> bool {
    let images = one.experiment().inputs.images;
    let mut alike = two.experiment().clone();
    alike.inputs.images = images;
    *one.experiment() == alike && !(one.is_drawn() && two.is_drawn())
}

impl App {
    /// What is measured of all that is compared, with its place; what lacks what is to be shown comes later.
    pub(in crate::app) fn known_of_compared(&self) -> Vec<(usize, Arc<Measurement>)> {
        let shows = |measurement: &&Arc<Measurement>| self.shown.layers.quantity.is_in(measurement);
        let drawn = self.figure.as_ref().map(|figure| &figure.measurement).filter(shows);
        // Until the first answer to what is set, what stood there before.
        let before = drawn.filter(|_| self.answers.drawn() > self.comparison.moved);
        let found = self.compared().into_iter().enumerate().filter_map(|(place, subject)| {
            let known =
                self.comparison.known.of(&subject).or(self.comparison.known.last_step_of(&subject)).filter(shows);
            let drawn = drawn.filter(|drawn| drawn.subject == subject);
            let most = known.into_iter().chain(drawn).max_by_key(|measurement| measurement.images);
            Some((place, Arc::clone(most.or(before.filter(|_| place == self.comparison.place))?)))
        });
        found.collect()
    }

    /// What the others need to be drawn as the present one is.
    fn wanted_of_others(&self) -> Quantities {
        let drawn = Quantities { outlook: self.wanted().outlook, ..self.shown.layers.quantities(true) };
        drawn.and(self.quantities_of_lesson())
    }

    /// Takes what is known of all that is compared by now.
    pub(in crate::app) fn take_companion(&mut self) {
        if let Some(news) = self.jobs.companion.take().filter(|news| news.is_newest) {
            match (news.found, self.jobs.companion.failure(), self.jobs.companion.asked()) {
                (Some(measurement), ..) => {
                    self.note_start(&measurement);
                    self.comparison.known.put(&measurement);
                }
                (None, Some(failure), Some(asked)) => {
                    let sentence = failure.to_string();
                    self.comparison.known.note_failure(asked.subject.clone(), sentence.clone());
                    self.notice = Some(sentence);
                }
                (None, ..) => {}
            }
        }
        if let Some(newest) = &self.newest {
            self.comparison.known.note(newest);
        }
        let compared = self.compared();
        self.comparison.known.keep(&compared);
    }

    /// Asks for what is to be shown of the others, one by one, and for the picture of all.
    pub(in crate::app) fn want_others(&mut self, ctx: &Context) {
        self.comparison.painting.ask(ctx);
        let (wanted, known) = (self.wanted_of_others(), &self.comparison.known);
        let is_missing = |other: &&Subject| known.failure(other).is_none() && !known.has(other, wanted);
        let others = self.others_compared();
        let missing: Vec<_> = others.iter().filter(is_missing).collect();
        // Each on a few images first, so that all have their places soon.
        let unseen = missing.iter().find(|other| known.of(other).or(known.last_step_of(other)).is_none());
        match unseen.or(missing.first()).map(|other| (*other).clone()) {
            Some(subject) => {
                let at_leisure = unseen.is_none();
                self.jobs.companion.want(Request { subject, quantities: wanted, at_leisure });
            }
            None => self.jobs.companion.give_up(),
        }
    }

    /// Whether all that is compared is known, and drawn.
    pub fn is_comparison_settled(&self) -> bool {
        let wanted = self.wanted_of_others();
        let known = &self.comparison.known;
        self.others_compared().iter().all(|other| known.has(other, wanted)) && !self.comparison.is_painting()
    }
}

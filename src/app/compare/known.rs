use std::sync::Arc;

use crate::app::App;
use crate::app::commands::SLOTS;
use crate::engine::{Measurement, Quantities};
use crate::figure::ViewName;
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
        self.measurements.retain(|known| compared.contains(&known.subject));
        self.failures.retain(|(of, _)| compared.contains(of));
        debug_assert!(self.measurements.len() <= SLOTS);
    }

    fn of(&self, subject: &Subject) -> Option<&Arc<Measurement>> {
        self.measurements.iter().find(|known| known.subject == *subject)
    }

    /// Whether all is known of a subject that can be.
    fn has(&self, subject: &Subject, wanted: Quantities) -> bool {
        self.of(subject).is_some_and(|known| known.is_exact() && known.has(wanted))
    }
}

impl App {
    /// What is measured of all that is compared, with its place; what lacks what is to be shown comes later.
    pub(in crate::app) fn known_of_compared(&self) -> Vec<(usize, Arc<Measurement>)> {
        let shows = |measurement: &&Arc<Measurement>| {
            measurement.layers.iter().all(|layer| self.view.quantity.of(layer).is_some())
        };
        let drawn = self.figure.as_ref().map(|figure| &figure.measurement).filter(shows);
        // Until the first answer to what is set, what stood there before.
        let before = drawn.filter(|_| self.answers.drawn() > self.comparison.moved);
        let found = self.compared().into_iter().enumerate().filter_map(|(place, subject)| {
            let known = self.comparison.known.of(&subject).filter(shows);
            let drawn = drawn.filter(|drawn| drawn.subject == subject);
            let most = known.into_iter().chain(drawn).max_by_key(|measurement| measurement.images);
            Some((place, Arc::clone(most.or(before.filter(|_| place == self.comparison.place))?)))
        });
        found.collect()
    }

    /// What the others need to be drawn as the present one is.
    fn wanted_of_others(&self) -> Quantities {
        Quantities { outlook: self.wanted().outlook, ..self.view.quantities(true) }
    }

    /// Takes what is known of all that is compared by now, and asks for what is to be shown of the others.
    pub(in crate::app) fn take_companion(&mut self) {
        if let Some(reply) = self.companion.take_answer()
            && let Some((_, asked, _)) = self.comparison.asked.take_if(|(number, ..)| *number == reply.request)
        {
            match reply.result {
                Ok(measurement) => self.comparison.known.put(&measurement),
                Err(sentence) => self.comparison.known.note_failure(asked, sentence),
            }
        }
        if let Some(newest) = &self.newest {
            self.comparison.known.note(newest);
        }
        let compared = self.compared();
        self.comparison.known.keep(&compared);
        let wanted = self.wanted_of_others();
        let known = &self.comparison.known;
        let is_missing = |other: &&Subject| known.failure(other).is_none() && !known.has(other, wanted);
        let missing = self.comparison.others.iter().find(is_missing).filter(|_| self.centre == ViewName::Compare);
        let Some(subject) = missing.cloned() else {
            if self.comparison.asked.take().is_some() {
                self.companion.stop();
            }
            return;
        };
        let is_asked = |(_, asked, quantities): &(u64, Subject, Quantities)| *asked == subject && *quantities == wanted;
        if !self.comparison.asked.as_ref().is_some_and(is_asked) {
            let number = self.companion.request(subject.clone(), wanted);
            self.comparison.asked = Some((number, subject, wanted));
        }
    }

    /// Whether all that is compared is known, and drawn.
    pub fn is_comparison_settled(&self) -> bool {
        let wanted = self.wanted_of_others();
        let known = &self.comparison.known;
        self.comparison.others.iter().all(|other| known.has(other, wanted)) && !self.comparison.is_painting()
    }
}

use std::sync::Arc;

use super::open_lesson::Told;
use crate::app::App;
use crate::engine::{Measurement, Quantities};
use crate::experiment::Experiment;
use crate::lesson::{LessonEvidence, SlotEvidence, Spoken, TrainingEvidence};
use crate::subject::Subject;

/// What is known of what a step shows.
pub struct LessonKnown {
    measurements: Vec<Option<Arc<Measurement>>>,
    trainings: Vec<Option<TrainingEvidence>>,
    place: usize,
    is_all: bool,
}

impl LessonKnown {
    /// What texts and conditions are told.
    pub fn evidence(&self) -> LessonEvidence<'_> {
        let slots = self.measurements.iter().zip(&self.trainings);
        let slots = slots
            .map(|(measurement, training)| SlotEvidence { measurement: measurement.as_deref(), training: *training });
        LessonEvidence { slots: slots.collect(), place: self.place, is_all: self.is_all }
    }

    /// Whether all of it is measured on all images.
    fn is_exact(&self) -> bool {
        self.measurements.iter().flatten().all(|measurement| measurement.is_exact())
    }
}

impl App {
    /// What the texts and conditions of the lesson that is shown need to be measured.
    pub(in crate::app) fn quantities_of_lesson(&self) -> Quantities {
        let shown = self.lesson.shown();
        shown.map_or(Quantities::GLANCE, |open| open.step().quantities())
    }

    /// What the step that is shown gives numbers of, which are to be seen beside its text.
    pub(in crate::app) fn spoken(&self) -> Spoken {
        let open = self.lesson.shown();
        open.map_or_else(Spoken::default, |open| open.step().spoken(self.shown.layers.quantity, !open.is_asking()))
    }

    /// What is known of the experiments that are set.
    pub(super) fn known_of_lesson(&self) -> LessonKnown {
        let slots = self.slots();
        let compared = if slots.len() > 1 { self.known_of_compared() } else { Vec::new() };
        let place = slots.iter().position(|slot| *slot.experiment() == self.experiment).unwrap_or(0);
        let measurement = |at: usize, experiment: &Experiment| {
            let is_it = |known: &&Arc<Measurement>| is_same_network(known.experiment(), experiment);
            let newest = self.newest.as_ref().filter(|_| at == place).filter(is_it);
            newest.or_else(|| compared.iter().find(|(of, _)| *of == at).map(|(_, known)| known).filter(is_it)).cloned()
        };
        let racers = self.racers();
        let training = |experiment: &Experiment| {
            let racer = racers.iter().find(|(entrant, _)| entrant.experiment == *experiment)?.1?;
            Some(TrainingEvidence::from(racer))
        };
        let experiments = slots.iter().map(Subject::experiment);
        LessonKnown {
            measurements: experiments.clone().enumerate().map(|(at, experiment)| measurement(at, experiment)).collect(),
            trainings: experiments.map(training).collect(),
            place,
            is_all: self.is_settled(),
        }
    }

    /// Keeps what the step says while the story is as it is told: what is said of it is to stay true when it is left.
    pub(in crate::app) fn note_told(&mut self) {
        let Some(open) = self.lesson.shown().filter(|open| open.step().until.is_none()) else { return };
        if self.has_left_story() || !self.is_settled() {
            return;
        }
        let (step, known) = (open.step(), self.known_of_lesson());
        let evidence = known.evidence();
        let why = step.question.as_ref().map(|question| question.why.filled(&evidence));
        let told = Told { text: step.text.filled(&evidence), why: why.unwrap_or_default() };
        if let Some(open) = &mut self.lesson.current {
            open.note_told(told);
        }
    }

    /// What the step said before its story was left, where that does not hold of what is set now.
    pub(super) fn told_before(&self, evidence: &LessonEvidence<'_>) -> Option<&Told> {
        let open = self.lesson.shown()?;
        let told = open.told().filter(|_| self.has_left_story())?;
        let holds = || open.step().claims.iter().all(|claim| claim.holds(evidence) == Ok(true));
        (open.is_asking() || !holds()).then_some(told)
    }

    /// Takes note that the goal of the step that is shown is reached, if it is.
    pub(in crate::app) fn note_goal(&mut self) {
        let Some(open) = self.lesson.shown().filter(|open| open.has_open_goal()) else { return };
        let Some(goal) = &open.step().until else { return };
        let known = self.known_of_lesson();
        if known.is_exact()
            && goal.condition.holds(&known.evidence()) == Ok(true)
            && let Some(open) = &mut self.lesson.current
        {
            open.note_reached();
        }
    }
}

/// Whether a network was measured that is set, on however many images.
fn is_same_network(measured: &Experiment, set: &Experiment) -> bool {
    let mut alike = measured.clone();
    alike.inputs.images = set.inputs.images;
    alike == *set
}

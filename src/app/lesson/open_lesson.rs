use std::collections::BTreeMap;
use std::sync::Arc;

use crate::lesson::{Lesson, LessonAt, LessonPlace, LessonSource, LessonStage, LessonStep};

/// A lesson that is open.
pub struct OpenLesson {
    pub(super) source: LessonSource,
    pub(super) lesson: Arc<Lesson>,
    /// What is shown at every place, in their order.
    stages: Vec<(LessonPlace, LessonStage)>,
    pub(super) place: LessonPlace,
    /// What was guessed, step by step.
    guesses: BTreeMap<usize, usize>,
    /// Steps whose goal was reached, or skipped.
    reached: Vec<usize>,
}

impl OpenLesson {
    /// A lesson at its beginning.
    pub fn new(source: LessonSource, lesson: Lesson) -> Self {
        let stages = lesson.stages();
        let (place, lesson) = (LessonPlace::default(), Arc::new(lesson));
        Self { source, lesson, stages, place, guesses: BTreeMap::new(), reached: Vec::new() }
    }

    /// The step one is at.
    pub fn step(&self) -> &LessonStep {
        &self.lesson.steps[self.place.step.min(self.lesson.steps.len() - 1)]
    }

    /// What is to be shown at a place, if there is one.
    pub fn stage(&self, place: LessonPlace) -> Option<&LessonStage> {
        self.stages.iter().find(|(of, _)| *of == place).map(|(_, stage)| stage)
    }

    /// The place so many further, if there is one.
    pub fn beside(&self, by: isize) -> Option<LessonPlace> {
        let at = self.stages.iter().position(|(of, _)| *of == self.place)?;
        Some(self.stages.get(at.checked_add_signed(by)?)?.0)
    }

    /// Whether a question waits for an answer.
    pub fn is_asking(&self) -> bool {
        self.step().question.is_some() && !self.place.is_revealed
    }

    /// What was guessed of the question here, from 0.
    pub fn guess(&self) -> Option<usize> {
        self.guesses.get(&self.place.step).copied()
    }

    /// Takes a guess.
    pub fn note_guess(&mut self, answer: usize) {
        self.guesses.insert(self.place.step, answer);
    }

    /// Whether there is a goal here that was not reached.
    pub fn has_open_goal(&self) -> bool {
        self.step().until.is_some() && !self.reached.contains(&self.place.step)
    }

    /// The goal here was reached, or is to be shown.
    pub fn note_reached(&mut self) {
        if self.has_open_goal() {
            self.reached.push(self.place.step);
        }
    }

    /// Where it is.
    pub fn at(&self) -> LessonAt {
        LessonAt { source: self.source.clone(), place: self.place }
    }
}

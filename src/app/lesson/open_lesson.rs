use std::collections::BTreeMap;
use std::sync::Arc;

use crate::lesson::{Lesson, LessonAt, LessonPlace, LessonSource, LessonStage, LessonStep, TextRun};

/// What a step says: its text, and why its answer is right.
#[derive(Clone, Default)]
pub struct Told {
    pub text: Vec<Vec<TextRun>>,
    pub why: Vec<Vec<TextRun>>,
}

/// A lesson that is open.
pub struct OpenLesson {
    pub(super) source: LessonSource,
    pub(super) lesson: Arc<Lesson>,
    /// What is shown at every place, in their order.
    stages: Vec<(LessonPlace, LessonStage)>,
    pub(super) place: LessonPlace,
    /// What was guessed, step by step, one guess after the other.
    guesses: BTreeMap<usize, Vec<usize>>,
    /// What the texts of steps said while their questions were open: what becomes of it stands under the answers.
    asked: BTreeMap<usize, Vec<Vec<TextRun>>>,
    /// Steps whose goal was reached, or skipped.
    reached: Vec<usize>,
    /// Whether somebody would go on after the last step.
    is_ending: bool,
    /// What was said where somebody has left the story since, and where that was.
    told: Option<(LessonPlace, Told)>,
}

impl OpenLesson {
    /// A lesson at its beginning.
    pub fn new(source: LessonSource, lesson: Lesson) -> Self {
        let stages = lesson.stages();
        let (place, lesson) = (LessonPlace::default(), Arc::new(lesson));
        Self {
            source,
            lesson,
            stages,
            place,
            guesses: BTreeMap::new(),
            asked: BTreeMap::new(),
            reached: Vec::new(),
            is_ending: false,
            told: None,
        }
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

    /// Goes to a place.
    pub fn go_to(&mut self, place: LessonPlace) {
        (self.place, self.is_ending) = (place, false);
    }

    /// Takes note that somebody would go on after the last step; returns whether it is the first time there.
    pub fn asks_to_end(&mut self) -> bool {
        !std::mem::replace(&mut self.is_ending, true)
    }

    /// Whether a question waits for an answer.
    pub fn is_asking(&self) -> bool {
        self.step().question.is_some() && !self.place.is_revealed
    }

    /// What was guessed of the question here, from 0, one guess after the other.
    pub fn guesses(&self) -> &[usize] {
        self.guesses.get(&self.place.step).map_or(&[], Vec::as_slice)
    }

    /// Takes a guess; returns whether the question is over: it is right, or only the right answer is left.
    pub fn note_guess(&mut self, answer: usize) -> bool {
        let Some((right, answers)) =
            self.step().question.as_ref().map(|question| (question.right, question.answers.len()))
        else {
            return false;
        };
        let guesses = self.guesses.entry(self.place.step).or_default();
        if !guesses.contains(&answer) {
            guesses.push(answer);
        }
        answer == right || guesses.len() + 1 >= answers
    }

    /// Keeps what the text says while the question is open.
    pub fn note_asked(&mut self, said: Vec<Vec<TextRun>>) {
        self.asked.insert(self.place.step, said);
    }

    /// Keeps what a text says as the story has it.
    pub fn note_told(&mut self, said: Told) {
        self.told = Some((self.place, said));
    }

    /// What was said here as the story has it.
    pub fn told(&self) -> Option<&Told> {
        self.told.as_ref().filter(|(place, _)| *place == self.place).map(|(_, said)| said)
    }

    /// What the text said then, once the question is answered.
    pub fn said_when_asked(&self) -> Option<&Vec<Vec<TextRun>>> {
        self.asked.get(&self.place.step).filter(|_| self.place.is_revealed)
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

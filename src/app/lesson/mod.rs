//! A lesson in the window: which one is open and where in it one is (`open_lesson`), how one goes on, back, and back to its story
//! (`moves`), what its texts and conditions are told (`known`), the column that it stands in (`column`, `question_ui`), what it
//! lights (`lit`), the list of lessons (`list`), and steps of one's own (`own`, `own_ui`).

mod column;
mod known;
mod list;
pub(super) mod lit;
mod moves;
mod open_lesson;
mod own;
mod own_ui;
mod question_ui;
mod text_ui;

use std::collections::BTreeMap;

use crate::lesson::{LessonPlace, LessonSource};
use open_lesson::OpenLesson;
use own::OwnStep;

/// The lesson that is open, where others were left, and the list of all.
#[derive(Default)]
pub struct LessonState {
    /// The one that is open, or was last.
    current: Option<OpenLesson>,
    /// Whether it is shown.
    is_open: bool,
    /// Where lessons were left.
    left: BTreeMap<LessonSource, LessonPlace>,
    /// Whether the list of lessons is shown, and has just been opened.
    is_list_open: bool,
    is_list_new: bool,
    /// A step of one's own that is being written.
    own: OwnStep,
}

impl LessonState {
    /// The one that is shown.
    fn shown(&self) -> Option<&OpenLesson> {
        self.current.as_ref().filter(|_| self.is_open)
    }

    /// Whether a step of one's own is asked for.
    pub fn is_step_open(&self) -> bool {
        self.own.is_open()
    }

    /// Shows the list of lessons, or shows it no more.
    pub fn put_list(&mut self, is_open: bool) {
        (self.is_list_open, self.is_list_new) = (is_open, is_open);
    }

    /// Shows the step of one's own as it was left, or shows it no more.
    pub fn put_step(&mut self, is_open: bool) {
        self.own.put(is_open);
    }
}

//! Lessons: scenes in steps, each with a text, perhaps a question, and claims that hold of what is measured then. A lesson is a file
//! (`read`, `write`); a step is a scene laid over the one before it (`stage`). Conditions (`condition`) and values in texts (`text`)
//! are read as one language (`expression`), and asked of what is known (`evidence`). `check` measures all of it; `handout` prints it,
//! `lesson_film` makes a film of it, and `lesson_file` writes either.

mod built_in;
mod check;
mod condition;
mod error;
mod evidence;
mod expression;
mod handout;
mod handout_text;
mod lesson_file;
mod lesson_film;
mod lesson_watch;
mod lit;
mod named;
mod opened;
mod read;
mod source;
mod spoken;
mod stage;
mod step_figure;
mod steps;
mod template;
mod text;
mod token;
mod write;

pub use built_in::{BuiltIn, TOUR};
pub use check::{Checked, CheckedLesson, NotChecked, check};
pub use condition::Condition;
pub use error::LessonError;
pub use evidence::{LessonEvidence, SlotEvidence, TrainingEvidence, Unknown};
pub use handout::{Handout, HandoutError};
pub use lesson_file::LessonFile;
pub use lesson_film::{FilmedStep, LessonFilm};
pub use lesson_watch::LessonWatch;
pub use lit::{KEYS as LIT_KEYS, Lit};
pub use opened::{Beginning, Opened};
pub use source::{LessonAt, LessonSource};
pub use spoken::Spoken;
pub use stage::{LessonPlace, LessonStage};
pub use step_figure::HandoutPage;
pub use steps::{ANSWERS, Goal, Lesson, LessonQuestion, LessonStep, SceneChange};
pub use template::template;
pub use text::{LessonText, TextRun, Tone, tied};

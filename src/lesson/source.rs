use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::stage::LessonPlace;

/// Where a lesson comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LessonSource {
    /// One that comes with the program, by its name.
    BuiltIn(String),
    /// A file.
    File(PathBuf),
}

/// A place in a lesson, as sessions and what is undone have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LessonAt {
    /// Which lesson.
    pub source: LessonSource,
    /// Where in it.
    pub place: LessonPlace,
}

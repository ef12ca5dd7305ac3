use std::path::Path;

use super::error::LessonError;
use super::source::LessonSource;
use super::steps::Lesson;
use crate::figure::{Scene, SceneError};

/// What a file holds that is opened: a scene, or a lesson.
#[derive(Clone, Debug)]
pub enum Opened {
    /// Experiments, and how they are looked at.
    Scene(Box<Scene>),
    /// The same in steps.
    Lesson(Box<Lesson>, LessonSource),
}

/// How the window begins with what is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beginning {
    /// Whether the activation of a network that names none is guessed.
    pub guesses: bool,
    /// Whether it is a preset, whose training begins at once, if it is one.
    pub is_preset: bool,
    /// Whether things in it move by themselves, if that is said.
    pub motion: Option<bool>,
}

impl Opened {
    /// Reads a scene, a figure that carries one, or a lesson.
    ///
    /// # Errors
    /// If it is none of these.
    pub fn read(path: &Path) -> Result<Self, LessonError> {
        match Scene::read(path) {
            Ok(scene) => Ok(Self::Scene(Box::new(scene))),
            Err(SceneError::Lesson { .. }) => {
                let source = LessonSource::File(std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
                Lesson::read(path).map(|lesson| Self::Lesson(Box::new(lesson), source))
            }
            // Whether it was to be a lesson, nobody knows.
            Err(error) => Err(LessonError::Scene(error)),
        }
    }
}

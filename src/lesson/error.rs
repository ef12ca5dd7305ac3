use std::path::PathBuf;

use crate::figure::SceneError;

/// Why there is no lesson; each a sentence that ends in the file's path.
#[derive(Debug, thiserror::Error)]
pub enum LessonError {
    /// Its scene is not as it must be, or the file cannot be read.
    #[error("{0}")]
    Scene(SceneError),
    /// The file is a scene.
    #[error(
        "this is a scene without steps, and no lesson: give it [lesson] and [[steps]], as `initscope lesson new` shows: {path}"
    )]
    NoSteps {
        /// The file.
        path: PathBuf,
    },
    /// Something of the lesson is not as it must be.
    #[error("the lesson has an error ({problem}): correct it: {path}")]
    Content {
        /// What is wrong with it, with line and column.
        problem: String,
        /// The file.
        path: PathBuf,
    },
    /// The operating system refuses.
    #[error("the lesson cannot be read ({error}): check that it exists and that you may read it: {path}")]
    Unreadable {
        /// What the system says.
        error: std::io::Error,
        /// The file.
        path: PathBuf,
    },
    /// The operating system refuses.
    #[error("the lesson cannot be written ({error}): choose a folder that exists and that you may write to: {path}")]
    Unwritable {
        /// What the system says.
        error: std::io::Error,
        /// The file.
        path: PathBuf,
    },
}

impl From<SceneError> for LessonError {
    /// What is wrong with the scene of a lesson is wrong with the lesson.
    fn from(error: SceneError) -> Self {
        match error {
            SceneError::Content { problem, path } => Self::Content { problem, path },
            SceneError::Unreadable { error, path } => Self::Unreadable { error, path },
            other => Self::Scene(other),
        }
    }
}

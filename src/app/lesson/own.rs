use std::path::{Path, PathBuf};

use egui::Context;

use crate::app::App;
use crate::app::confirmation::confirm;
use crate::app::dialog::typed_path;
use crate::lesson::{Condition, Lesson, LessonSource, LessonStep, LessonText};
use crate::number;
use crate::page::FilmFormat;

/// A step of a lesson of one's own, while it is written.
#[derive(Default)]
pub struct OwnStep {
    is_open: bool,
    /// The dialog has just been opened.
    pub is_new: bool,
    /// What stands in its fields.
    pub path: String,
    pub title: String,
    pub text: String,
    pub claim: String,
    /// What is wrong with them.
    pub problem: Option<String>,
}

impl OwnStep {
    /// Whether the dialog is shown.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Shows it as it was left, or shows it no more.
    pub fn put(&mut self, is_open: bool) {
        self.is_open = is_open;
    }
}

impl App {
    /// Asks for title and text of what is shown, to be the next step of a lesson of one's own.
    pub(in crate::app) fn ask_for_step(&mut self) {
        let claim = self.claim_of_shown();
        let of_lesson = self.lesson_at().and_then(|at| match at.source {
            // Steps are not written into a film.
            LessonSource::File(path) => Some(path).filter(|path| FilmFormat::of(path).is_err()),
            LessonSource::BuiltIn(_) => None,
        });
        let own = &mut self.lesson.own;
        if own.path.trim().is_empty() {
            own.path = of_lesson.unwrap_or_else(usual_path).to_string_lossy().into_owned();
        }
        own.title.clear();
        own.text.clear();
        own.claim = claim;
        own.problem = None;
        own.is_new = true;
        own.is_open = true;
    }

    /// Something that is true of what is shown.
    fn claim_of_shown(&self) -> String {
        let last = self.measured().and_then(|measurement| measurement.layers.last());
        last.filter(|layer| layer.output.std.is_finite() && layer.output.std > 0.0).map_or_else(String::new, |layer| {
            // Powers of ten are written as programs read them.
            let std = layer.output.std;
            let plain = number::plain(std);
            let written = if plain.contains('×') { format!("{std:.2e}") } else { plain };
            format!("std of layer {} about {written}", layer.layer)
        })
    }

    /// Adds it to the file, which is a new one, or a lesson's; what is wrong is said in the dialog.
    pub(super) fn add_own_step(&mut self, ctx: &Context) {
        match self.try_to_add_step() {
            Ok((path, count)) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                confirm(ctx, &format!("Added step {count} to {name}"));
                self.lesson.own.put(false);
            }
            Err(problem) => self.lesson.own.problem = Some(problem),
        }
    }

    fn try_to_add_step(&self) -> Result<(PathBuf, usize), String> {
        let own = &self.lesson.own;
        let path = typed_path(&own.path).ok_or("type the path of a file first")?;
        let title = own.title.trim();
        if title.is_empty() {
            return Err("give the step a title".to_owned());
        }
        let text = LessonText::read(&own.text).map_err(|error| format!("in the text, {}", error.problem))?;
        let claim = own.claim.trim();
        let claims = if claim.is_empty() {
            Vec::new()
        } else {
            vec![Condition::read(claim).map_err(|error| format!("in the claim, {}", error.problem))?]
        };
        let scene = self.scene();
        let mut lesson = lesson_of(&path, || Lesson::beginning_with(scene.clone(), "My lesson"))?;
        let step = LessonStep { text, source: own.text.trim().to_owned(), claims, ..LessonStep::default() };
        lesson.add_step(title, step, &scene);
        lesson.write(&path).map_err(|error| error.to_string())?;
        Ok((path, lesson.steps.len()))
    }
}

/// The lesson of a file, or a new one.
fn lesson_of(path: &Path, new: impl FnOnce() -> Lesson) -> Result<Lesson, String> {
    if !path.exists() {
        return Ok(new());
    }
    Lesson::read(path).map_err(|error| error.to_string())
}

/// Where a first lesson of one's own goes.
fn usual_path() -> PathBuf {
    let user = directories::UserDirs::new();
    let folder = user.as_ref().map(|user| user.document_dir().unwrap_or(user.home_dir()));
    folder.unwrap_or(Path::new("/")).join("my-lesson.initscope.toml")
}

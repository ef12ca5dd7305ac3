use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use super::dialog_said::{DialogSaid, Outcome};
use super::work::{LessonOrder, Work};
use crate::app::dialog::{Dialog, typed_path};
use crate::app::{App, modal};
use crate::figure::Theme;
use crate::lesson::{HandoutPage, LessonFile, LessonSource};
use crate::page::PageFormat;

/// What the window knows of the pages or the film of a lesson that are to be written.
pub struct LessonPages {
    /// Whether its settings are shown.
    pub is_open: bool,
    pub file: LessonFile,
    pub theme: Theme,
    pub zoom: f64,
    /// Where it is to be, and which lesson's name it has.
    pub path: String,
    named: Option<LessonSource>,
    /// A file that is there already and may be written over, as was said.
    pub replaceable: Option<PathBuf>,
    /// What became of what was asked for last.
    pub said: DialogSaid<Set>,
    /// It could not be made: its path is to be mended.
    pub failed: bool,
    pub dialog: Dialog,
    pub work: Work,
}

/// All that is set in the dialog.
type Set = (LessonFile, Theme, f64, String);

impl Default for LessonPages {
    fn default() -> Self {
        Self {
            is_open: false,
            file: LessonFile::Pages(PageFormat::Pdf),
            theme: Theme::Light,
            zoom: 1.0,
            path: String::new(),
            named: None,
            replaceable: None,
            said: DialogSaid::default(),
            failed: false,
            dialog: Dialog::default(),
            work: Work::default(),
        }
    }
}

impl LessonPages {
    /// Where it is to be; `None` of nothing.
    pub fn typed(&self) -> Option<PathBuf> {
        typed_path(&self.path)
    }

    /// All that is set.
    pub fn set(&self) -> Set {
        (self.file, self.theme, self.zoom, self.path.clone())
    }

    /// Says what became of what was asked for.
    pub fn say(&mut self, outcome: Outcome) {
        self.said.say(outcome, self.set());
    }

    /// What is said when it is written.
    pub fn done(&self) -> &'static str {
        match self.file {
            LessonFile::Film(_) => "The film is written.",
            LessonFile::Pages(_) if self.file.is_folder() => "The pages are written.",
            LessonFile::Pages(_) => "The file is written.",
        }
    }

    /// What is written then, and where, where its name does not say it: a name, or a folder for numbered pages.
    fn usual_path(&self, source: &LessonSource) -> String {
        let user = directories::UserDirs::new();
        let folder = user
            .as_ref()
            .map(|user| user.document_dir().filter(|folder| folder.is_dir()).unwrap_or(user.home_dir()).to_owned());
        let path = folder.unwrap_or_default().join(name_of(source));
        path.with_extension(self.file.ending()).to_string_lossy().into_owned()
    }

    /// Another kind of file has another name.
    pub fn set_file(&mut self, file: LessonFile) {
        self.file = file;
        let path = Path::new(self.path.trim());
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        let is_ours = |ending: &String| LessonFile::ALL.iter().any(|file| file.ending() == ending);
        if ending.as_ref().is_none_or(is_ours) && !self.path.trim().is_empty() {
            self.path = path.with_extension(file.ending()).to_string_lossy().into_owned();
        }
    }

    /// Whether a path may be written to: it has the ending of what is written.
    ///
    /// # Errors
    /// A sentence, if it has another.
    pub fn check(&self, path: &Path) -> Result<(), String> {
        let ending = self.file.ending();
        let has_it = path.extension().is_some_and(|its| its.eq_ignore_ascii_case(ending));
        if self.file.is_folder() || has_it {
            return Ok(());
        }
        Err(format!("this needs a name that ends in .{ending}: {}", path.display()))
    }
}

impl App {
    /// Shows the settings of the pages and films of the lesson that is open, or shows them no more.
    pub(in crate::app) fn ask_for_lesson_pages(&mut self, ctx: &Context) {
        ctx.request_repaint();
        modal::close_lists(ctx);
        let Some(at) = self.lesson_at() else { return };
        let pages = &mut self.export.lesson;
        pages.is_open = !pages.is_open;
        pages.replaceable = None;
        pages.said.forget();
        if pages.path.trim().is_empty() || pages.named.as_ref() != Some(&at.source) {
            pages.path = pages.usual_path(&at.source);
            pages.named = Some(at.source);
        }
    }

    /// Says why a lesson is not written: in the dialog, while it is open.
    pub(super) fn refuse_lesson_pages(&mut self, why: String) {
        if self.export.lesson.is_open {
            self.export.lesson.say(Outcome::Refused(why));
        } else {
            self.notice = Some(why);
        }
    }

    /// All that makes what is to be written.
    pub(super) fn lesson_order(&self, path: PathBuf) -> Result<LessonOrder, String> {
        let pages = &self.export.lesson;
        pages.check(&path)?;
        let lesson = self.lesson_in_sight().ok_or("no lesson is open: open one first")?;
        let mut page = HandoutPage { jobs: 0, ..pages.file.page() };
        page.sheet.theme = pages.theme;
        Ok(LessonOrder { lesson: Arc::clone(lesson), file: pages.file, page, zoom: pages.zoom, path })
    }
}

/// What a lesson's files are called: as the lesson is, or as its file is without its endings.
fn name_of(source: &LessonSource) -> String {
    match source {
        LessonSource::BuiltIn(name) => name.clone(),
        LessonSource::File(path) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.split('.').find(|part| !part.is_empty()).unwrap_or("lesson").to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::AnimationFormat;

    #[test]
    fn a_path_follows_what_is_written_and_keeps_a_name_of_its_own() {
        let mut pages = LessonPages { path: "/d/tour.pdf".to_owned(), ..LessonPages::default() };
        pages.set_file(LessonFile::Pages(PageFormat::Svg));
        assert_eq!(pages.path, "/d/tour");
        pages.set_file(LessonFile::Film(AnimationFormat::Gif));
        assert_eq!(pages.path, "/d/tour.gif");
        assert!(pages.check(Path::new("/d/tour.GIF")).is_ok());
        let said = pages.check(Path::new("/d/tour.pdf"));
        assert_eq!(said, Err("this needs a name that ends in .gif: /d/tour.pdf".to_owned()));
        let name = |path: &str| name_of(&LessonSource::File(PathBuf::from(path)));
        assert_eq!((name("/d/my-lesson.initscope.toml"), name("/d/.l.toml")), ("my-lesson".to_owned(), "l".to_owned()));
    }
}

//! The figure in the window as a file, or on the clipboard: what of it, in which size and colours, with a look at it before. And
//! the lesson that is open, as pages or as a film (`lesson_pages`).

mod chequers;
mod clipboard;
mod color_ui;
mod command_ui;
mod content;
mod dialog_said;
mod export_ui;
mod film_ui;
mod font_ui;
mod fonts;
mod lesson_pages;
mod lesson_pages_ui;
mod name_ui;
mod options;
mod picker_ui;
mod preview;
mod work;
mod work_ui;

use std::path::{Path, PathBuf};

use egui::TextureHandle;

use super::App;
use super::dialog::{Dialog, typed_path};
use super::modal;
use super::painting::Painting;
use crate::figure::{SheetSettings, ViewName};
use crate::page::{FileKind, FilmFormat, FontNames, NumbersFormat, PageFormat, Texts};
use crate::sweep::{Sweep, SweptSetting};
use clipboard::Clipboard;
use dialog_said::{DialogSaid, Outcome};
use font_ui::{FontChoice, look_for_fonts};
use lesson_pages::LessonPages;
use preview::Previewed;
use work::Work;

/// What the window knows of a figure to be made.
pub struct Export {
    /// Whether its settings are shown.
    open: bool,
    /// Which view of the window it shows.
    view: ViewName,
    /// How it is made.
    settings: SheetSettings,
    /// The size as it is typed, where it has no name.
    size: String,
    kind: FileKind,
    zoom: f64,
    texts: Texts,
    /// What moves in a film.
    sweep: Sweep,
    /// Pictures a second.
    fps: f64,
    /// Where the file is to be.
    path: String,
    /// A font of the user's, and its bold face.
    font: FontChoice,
    font_bold: FontChoice,
    /// The layer, from 0, all of whose values a table has in place of what is drawn.
    values: Option<usize>,
    /// A file that is there already and may be written over, as was said.
    replaceable: Option<PathBuf>,
    /// What became of what was asked for last.
    said: DialogSaid<Set>,
    dialog: Dialog,
    /// A file could not be made: its path is to be mended.
    failed: bool,
    /// What is shown of it beforehand.
    pub preview: Painting<Previewed, Result<TextureHandle, String>>,
    work: Work,
    clipboard: Clipboard,
    /// The pages or the film of a lesson.
    lesson: LessonPages,
}

/// All that is set in the dialog: view and kind of file, the figure, its pixels and words, a film's sweep and pace, where the file is to
/// be, fonts, and the layer all of whose values are meant.
type Set = (ViewName, FileKind, SheetSettings, f64, Texts, Sweep, f64, String, FontNames, Option<usize>);

impl Default for Export {
    fn default() -> Self {
        Self {
            open: false,
            view: ViewName::Layers,
            settings: SheetSettings { size: Some("16:9".to_owned()), ..SheetSettings::default() },
            size: String::new(),
            kind: FileKind::Page(PageFormat::Svg),
            zoom: 2.0,
            sweep: Sweep { setting: SweptSetting::Sigma, from: 0.05, to: 0.3, frames: 40 },
            fps: 8.0,
            texts: Texts::Outlined,
            path: String::new(),
            font: FontChoice::default(),
            font_bold: FontChoice::default(),
            values: None,
            replaceable: None,
            said: DialogSaid::default(),
            dialog: Dialog::default(),
            failed: false,
            preview: Painting::new("initscope-preview", preview::painter),
            work: Work::default(),
            clipboard: Clipboard::default(),
            lesson: LessonPages::default(),
        }
    }
}

impl Export {
    /// Whether its settings are shown.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Shows its settings as they are, or shows them no more.
    pub fn put(&mut self, is_open: bool) {
        self.open = is_open;
    }

    /// The same of a lesson's pages and films.
    pub fn put_lesson(&mut self, is_open: bool) {
        self.lesson.is_open = is_open;
    }

    /// Whether those of a lesson's pages and films are.
    pub fn is_of_lesson(&self) -> bool {
        self.lesson.is_open
    }

    /// Takes the preview that was made since the last frame.
    pub fn take_preview(&mut self) {
        self.preview.take();
    }

    /// Whether a newer one is still being made.
    pub fn is_painting(&self) -> bool {
        self.open && self.preview.is_under_way()
    }

    /// The fonts that are chosen.
    fn fonts(&self) -> FontNames {
        FontNames { font: self.font.name(), bold: self.font_bold.name() }
    }

    /// Whether the file can have all values of a layer.
    fn has_values(&self) -> bool {
        self.kind == FileKind::Numbers(NumbersFormat::Csv)
    }

    /// All that is set.
    fn set(&self) -> Set {
        let Self { view, kind, zoom, texts, fps, values, .. } = *self;
        let (settings, sweep, path) = (self.settings.clone(), self.sweep.clone(), self.path.clone());
        (view, kind, settings, zoom, texts, sweep, fps, path, self.fonts(), values)
    }

    /// Says what became of what was asked for.
    fn say(&mut self, outcome: Outcome) {
        self.said.say(outcome, self.set());
    }

    /// Whether a dialog says what became of its work.
    pub fn says_something(&self) -> bool {
        self.open && self.said.is_there() || self.lesson.is_open && self.lesson.said.is_there()
    }

    /// Dialogs say nothing any more of what they did.
    pub fn forget_said(&mut self) {
        self.said.forget();
        self.lesson.said.forget();
    }

    /// What is said of the file when it is written.
    fn done(&self) -> &'static str {
        match self.kind {
            FileKind::Film(FilmFormat::Pictures) => "The pictures are written.",
            FileKind::Film(FilmFormat::Animation(_)) => "The film is written.",
            FileKind::Page(_) | FileKind::Numbers(_) => "The file is written.",
        }
    }

    /// Where the file is to be; `None` of nothing.
    fn typed(&self) -> Option<PathBuf> {
        typed_path(&self.path)
    }

    /// Another kind of file has another name.
    fn set_kind(&mut self, kind: FileKind) {
        self.kind = kind;
        let path = Path::new(&self.path);
        let is_ours = |ending: &str| FileKind::ALL.iter().any(|kind| kind.ending() == ending);
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        // A folder has no ending.
        if ending.as_ref().is_none_or(|ending| is_ours(ending)) && !self.path.trim().is_empty() {
            self.path = path.with_extension(kind.ending()).to_string_lossy().into_owned();
        }
    }
}

impl App {
    /// Shows the settings of a figure of what stands in the centre.
    pub(super) fn ask_for_export(&mut self, ctx: &egui::Context) {
        // What the pointer is at behind it is hidden with the next frame.
        ctx.request_repaint();
        modal::close_lists(ctx);
        look_for_fonts(ctx);
        self.export.view = self.shown.view;
        self.export.open = !self.export.open;
        self.export.replaceable = None;
        self.export.said.forget();
        if self.export.path.trim().is_empty() {
            let name = format!("initscope.{}", self.export.kind.ending());
            let folder = directories::UserDirs::new();
            let folder = folder.as_ref().map(|folders| {
                folders.document_dir().filter(|folder| folder.is_dir()).unwrap_or(folders.home_dir()).to_owned()
            });
            self.export.path = folder.unwrap_or_default().join(name).to_string_lossy().into_owned();
        }
    }

    /// Says why a figure is not made or copied: in the dialog, while it is open.
    fn refuse_figure(&mut self, why: String) {
        if self.export.open {
            self.export.say(Outcome::Refused(why));
        } else {
            self.notice = Some(why);
        }
    }
}

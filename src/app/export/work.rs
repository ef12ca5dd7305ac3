use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use crate::arrays::LayerValues;
use crate::figure::{Scene, Sheet};
use crate::layout::{Content, FileOptions};
use crate::lesson::{HandoutPage, Lesson, LessonFile, LessonWatch};
use crate::page::{FileKind, FilmFormat, FontNames, Texts};
use crate::subject::Subject;
use crate::sweep::Film;
use crate::whole_file::WholeFile;

/// A file that is being made, on a thread of its own.
#[derive(Default)]
pub(super) struct Work {
    answer: Option<Receiver<Result<String, String>>>,
    watch: Arc<Watch>,
    /// What it is made in parts of.
    measured: Option<Measured>,
}

/// How far it is, where it is made in parts, and whether somebody stopped it.
#[derive(Default)]
struct Watch {
    done: AtomicUsize,
    parts: AtomicUsize,
    stopped: AtomicBool,
}

impl Watch {
    fn tell(&self, ctx: &egui::Context, done: usize, parts: usize) {
        self.done.store(done, Ordering::Relaxed);
        self.parts.store(parts, Ordering::Relaxed);
        ctx.request_repaint();
    }

    fn goes_on(&self) -> bool {
        !self.stopped.load(Ordering::Relaxed)
    }
}

/// How far what is made in parts is.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    /// So many of all are done.
    pub done: usize,
    pub all: usize,
    pub measured: Measured,
}

/// What of it is measured.
#[derive(Clone, Copy)]
pub(super) enum Measured {
    /// Pictures of a film, each of which is then written, which is a part, too.
    Pictures,
    /// Steps of a lesson, which are written when all of them are measured.
    Steps(LessonFile),
}

/// All that makes a film.
pub(super) struct FilmOrder {
    pub film: Film,
    pub format: FilmFormat,
    pub fonts: FontNames,
    pub path: PathBuf,
}

/// All that makes the pages or the film of a lesson.
pub(super) struct LessonOrder {
    pub lesson: Arc<Lesson>,
    pub file: LessonFile,
    pub page: HandoutPage,
    pub zoom: f64,
    pub path: PathBuf,
}

/// All that makes a file.
pub(super) struct Order {
    pub content: Arc<dyn Content>,
    pub sheet: Sheet,
    pub fonts: FontNames,
    pub scene: Scene,
    pub kind: FileKind,
    pub zoom: f64,
    pub texts: Texts,
    pub path: PathBuf,
}

impl Work {
    /// Whether a file is being made.
    pub fn is_busy(&self) -> bool {
        self.answer.is_some()
    }

    /// Makes a file.
    ///
    /// # Errors
    /// A sentence, if the system gives no thread.
    pub fn begin(&mut self, ctx: &egui::Context, order: Order) -> Result<(), String> {
        self.spawn(ctx, move |_| order.fill())
    }

    /// Makes a film.
    ///
    /// # Errors
    /// A sentence, if the system gives no thread.
    pub fn begin_film(&mut self, ctx: &egui::Context, order: FilmOrder) -> Result<(), String> {
        let again = ctx.clone();
        self.measured = Some(Measured::Pictures);
        self.spawn(ctx, move |watch| {
            let go_on = |done: usize, parts: usize| {
                watch.tell(&again, done, parts);
                watch.goes_on()
            };
            let FilmOrder { film, format, fonts, path } = order;
            let fonts = fonts.read().map_err(|error| error.to_string())?;
            let done = film.write(&path, format, &fonts, &go_on);
            done.map(|()| path.display().to_string()).map_err(|error| error.to_string())
        })
    }

    /// Writes the pages or the film of a lesson.
    ///
    /// # Errors
    /// A sentence, if the system gives no thread.
    pub fn begin_lesson(&mut self, ctx: &egui::Context, order: LessonOrder) -> Result<(), String> {
        let again = ctx.clone();
        self.measured = Some(Measured::Steps(order.file));
        self.spawn(ctx, move |watch| {
            let say = |step: usize, steps: usize| watch.tell(&again, step, steps);
            let goes_on = || watch.goes_on();
            let LessonOrder { lesson, file, page, zoom, path } = order;
            let done = file.write(&lesson, &path, (&page, zoom), &LessonWatch { say: &say, goes_on: &goes_on });
            done.map(|()| path.display().to_string()).map_err(|error| error.to_string())
        })
    }

    /// Writes all values of a layer.
    ///
    /// # Errors
    /// A sentence, if the system gives no thread.
    pub fn begin_values(
        &mut self,
        ctx: &egui::Context,
        (values, subject): (LayerValues, Subject),
        path: PathBuf,
    ) -> Result<(), String> {
        self.spawn(ctx, move |_| {
            let done = values.write(&subject, &path, false);
            done.map(|_| path.display().to_string()).map_err(|error| error.to_string())
        })
    }

    /// How far what is made in parts is.
    pub fn parts(&self) -> Option<Parts> {
        let measured = self.measured.filter(|_| self.is_busy())?;
        let count = |of: &AtomicUsize| of.load(Ordering::Relaxed);
        let (done, all) = (count(&self.watch.done), count(&self.watch.parts));
        (all > 0).then_some(Parts { done, all, measured })
    }

    /// Gives up what is made in parts.
    pub fn stop(&self) {
        self.watch.stopped.store(true, Ordering::Relaxed);
    }

    fn spawn(
        &mut self,
        ctx: &egui::Context,
        work: impl FnOnce(&Watch) -> Result<String, String> + Send + 'static,
    ) -> Result<(), String> {
        let (send, receive) = channel();
        let ctx = ctx.clone();
        self.watch = Arc::default();
        let watch = Arc::clone(&self.watch);
        let make = move || {
            // The window may be gone by now.
            let _ = send.send(work(&watch));
            ctx.request_repaint();
        };
        std::thread::Builder::new()
            .name("initscope-export".to_owned())
            .spawn(make)
            .map_err(|error| format!("the file cannot be made ({error}): close other programs and try again"))?;
        self.answer = Some(receive);
        Ok(())
    }

    /// What became of it, once: where the file is, or a sentence.
    pub fn done(&mut self) -> Option<Result<String, String>> {
        let done = match self.answer.as_ref()?.try_recv() {
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Err("the file could not be made: try another format".to_owned()),
            Ok(done) => done,
        };
        self.answer = None;
        Some(done)
    }
}

impl Order {
    fn fill(self) -> Result<String, String> {
        let bytes = self.bytes()?;
        let path = &self.path;
        let write = || {
            let mut file = WholeFile::create(path)?;
            file.write_all(&bytes)?;
            file.finish()
        };
        let written: std::io::Result<()> = write();
        written.map(|()| path.display().to_string()).map_err(|error| {
            format!(
                "the figure cannot be written ({error}): choose a folder that exists and that you may write to: {}",
                path.display()
            )
        })
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        // Numbers need none, be it there or not.
        let names = if self.kind.is_drawn() { self.fonts.clone() } else { FontNames::default() };
        let fonts = names.read().map_err(|error| error.to_string())?;
        let scene = self.scene.to_text();
        let (sheet, zoom, texts) = (&self.sheet, self.zoom, self.texts);
        let options = FileOptions { sheet, fonts: &fonts, zoom, texts, scene: &scene };
        self.content.file(self.kind, options).map_err(|error| error.to_string())
    }
}

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use super::FileKind;
use crate::figure::{Scene, Sheet};
use crate::layout::Content;
use crate::page::{Fonts, Format, Texts, Writing};
use crate::whole_file::WholeFile;

/// A file that is being made, on a thread of its own.
#[derive(Default)]
pub(super) struct Work(Option<Receiver<Result<String, String>>>);

/// All that makes a file.
pub(super) struct Order {
    pub content: Content,
    pub sheet: Sheet,
    pub fonts: Fonts,
    pub scene: Scene,
    pub kind: FileKind,
    pub zoom: f64,
    pub texts: Texts,
    pub path: PathBuf,
}

impl Work {
    /// Whether a file is being made.
    pub fn is_busy(&self) -> bool {
        self.0.is_some()
    }

    /// Makes a file.
    ///
    /// # Errors
    /// A sentence, if the system gives no thread.
    pub fn begin(&mut self, ctx: &egui::Context, order: Order) -> Result<(), String> {
        let (send, receive) = channel();
        let ctx = ctx.clone();
        let make = move || {
            // The window may be gone by now.
            let _ = send.send(order.fill());
            ctx.request_repaint();
        };
        std::thread::Builder::new()
            .name("initscope-export".to_owned())
            .spawn(make)
            .map_err(|error| format!("the figure cannot be made ({error}): close other programs and try again"))?;
        self.0 = Some(receive);
        Ok(())
    }

    /// What became of it, once: where the file is, or a sentence.
    pub fn done(&mut self) -> Option<Result<String, String>> {
        let done = match self.0.as_ref()?.try_recv() {
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Err("the figure could not be made: try another format".to_owned()),
            Ok(done) => done,
        };
        self.0 = None;
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
                "the figure cannot be written, name a file in a folder that is there and can be written to ({error}): {}",
                path.display()
            )
        })
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        let format = match self.kind {
            FileKind::Csv => return self.content.data().csv().map_err(|error| error.to_string()),
            FileKind::Json => return self.content.data().json().map_err(|error| error.to_string()),
            FileKind::Svg => Format::Svg,
            FileKind::Pdf => Format::Pdf,
            FileKind::Png => Format::Png,
        };
        let writing = Writing { format, scale: self.zoom, texts: self.texts };
        let page = self.content.page(&self.sheet, &self.fonts);
        page.write(&self.fonts, writing, Some(&self.scene.to_text())).map_err(|error| error.to_string())
    }
}

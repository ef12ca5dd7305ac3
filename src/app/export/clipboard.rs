use std::sync::Arc;

use egui::Context;

use super::fonts::FontReader;
use crate::caught::caught;
use crate::engine::{Desk, Failure, Turn};
use crate::figure::Sheet;
use crate::layout::Content;
use crate::page::{FontNames, raster};

/// What puts figures as pictures on the clipboard, on a thread of its own: large ones take a while.
#[derive(Default)]
pub struct Clipboard {
    desk: Option<Desk<Copied, Result<(), String>>>,
}

/// A figure to be copied.
pub struct Copied {
    pub content: Arc<dyn Content>,
    pub sheet: Sheet,
    pub fonts: FontNames,
    /// Pixels for every px of it.
    pub zoom: f64,
}

impl Clipboard {
    /// Copies a figure, in place of one that is still to be copied.
    ///
    /// # Errors
    /// A sentence, if the system gives no thread.
    pub fn copy(&mut self, ctx: &Context, copied: Copied) -> Result<(), String> {
        let desk = match self.desk.take() {
            Some(desk) => desk,
            None => start(ctx).map_err(|failure| failure.to_string())?,
        };
        desk.request(copied);
        self.desk = Some(desk);
        Ok(())
    }

    /// What became of the last one, once: a sentence, if it could not be copied.
    pub fn done(&self) -> Option<Result<(), String>> {
        let reply = self.desk.as_ref()?.take_answer()?;
        Some(reply.result.map_err(|failure| failure.to_string()).and_then(|done| (*done).clone()))
    }
}

fn start(ctx: &Context) -> Result<Desk<Copied, Result<(), String>>, Failure> {
    let ctx = ctx.clone();
    let (mut fonts, mut clipboard) = (FontReader::default(), None);
    let work = move |copied: Copied, _: &Turn<'_>, publish: &mut dyn FnMut(Result<(), String>)| {
        publish(put(&copied, &mut fonts, &mut clipboard));
        Ok(())
    };
    Desk::start("initscope-clipboard", work, move || ctx.request_repaint(), |_| ())
}

/// The clipboard is held open: on some systems what is on it is gone with whoever put it there.
fn put(copied: &Copied, fonts: &mut FontReader, clipboard: &mut Option<arboard::Clipboard>) -> Result<(), String> {
    let fonts = fonts.read(&copied.fonts)?;
    let page = copied.content.page(&copied.sheet, fonts);
    let picture = raster(&page, fonts, copied.zoom).map_err(|error| error.to_string())?;
    let refused = |error: arboard::Error| format!("the clipboard takes no picture ({error}): export a PNG instead");
    let clipboard = match clipboard {
        Some(clipboard) => clipboard,
        None => clipboard.insert(arboard::Clipboard::new().map_err(refused)?),
    };
    let (width, height) = (picture.width as usize, picture.height as usize);
    let image = arboard::ImageData { width, height, bytes: picture.rgba.into() };
    let failed = |_| "the clipboard takes no picture: export a PNG instead".to_owned();
    caught(|| clipboard.set_image(image)).map_err(failed)?.map_err(refused)
}

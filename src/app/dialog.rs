use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use crate::experiment::at_home;

/// A dialog of the system that asks for a path, on a thread of its own: the window goes on meanwhile.
#[derive(Default)]
pub struct Dialog {
    answer: Option<Receiver<Option<PathBuf>>>,
}

impl Dialog {
    /// Opens it; `ask` shows it and waits for what is chosen.
    ///
    /// # Errors
    /// A sentence, if the system gives no thread.
    pub fn open(
        &mut self,
        ctx: &egui::Context,
        ask: impl FnOnce() -> Option<PathBuf> + Send + 'static,
    ) -> Result<(), String> {
        let (send, receive) = channel();
        let ctx = ctx.clone();
        let thread = std::thread::Builder::new().name("initscope-dialog".to_owned()).spawn(move || {
            // The window may be gone by now.
            let _ = send.send(ask());
            ctx.request_repaint();
        });
        match thread {
            Ok(_) => self.answer = Some(receive),
            Err(error) => return Err(format!("no dialog could be opened ({error}): type the path instead")),
        }
        Ok(())
    }

    /// Whether it is open.
    pub fn is_open(&self) -> bool {
        self.answer.is_some()
    }

    /// The path chosen in it, once, or a sentence if it failed.
    pub fn chosen(&mut self) -> Option<Result<PathBuf, String>> {
        let chosen = match self.answer.as_ref()?.try_recv() {
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Some(Err("the dialog failed, type the path instead".to_owned())),
            Ok(path) => path.map(Ok),
        };
        self.answer = None;
        chosen
    }
}

/// The path that was typed where no dialog was wanted, from the root on; `None` of nothing.
pub fn typed_path(text: &str) -> Option<PathBuf> {
    let path = text.trim();
    let at_home = || at_home(Path::new(path));
    (!path.is_empty()).then(|| std::path::absolute(at_home()).unwrap_or_else(|_| at_home()))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn a_dialog_that_fails_says_so() {
        let mut dialog = Dialog::default();
        let opened = dialog.open(&egui::Context::default(), || panic!("no portal"));
        assert_eq!(opened, Ok(()));
        let start = Instant::now();
        let said = loop {
            assert!(start.elapsed() < Duration::from_secs(30));
            match dialog.chosen() {
                None => std::thread::sleep(Duration::from_millis(1)),
                Some(said) => break said,
            }
        };
        assert!(said.is_err_and(|sentence| sentence.ends_with("type the path instead")) && !dialog.is_open());
    }
}

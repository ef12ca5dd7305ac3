//! What went wrong, said by whoever noticed it, shown in the status bar until something else is done.

use egui::{Context, Id};

use super::App;
use super::history::Moment;

/// Says a sentence; the window shows it from the next frame on.
pub fn say(ctx: &Context, sentence: String) {
    ctx.data_mut(|data| data.insert_temp(key(), sentence));
    ctx.request_repaint();
}

/// What was said since it was asked last.
pub fn said(ctx: &Context) -> Option<String> {
    ctx.data_mut(|data| data.remove_temp(key()))
}

fn key() -> Id {
    Id::unique("initscope notice")
}

/// What was said, and what was set and shown then.
#[derive(Default)]
pub struct Noticed(Option<(String, Moment)>);

impl App {
    /// Lets go what was said before something else was set or shown.
    pub(super) fn let_notice_go(&mut self) {
        let Some(notice) = &self.notice else {
            self.noticed.0 = None;
            return;
        };
        let moment = self.moment();
        match &self.noticed.0 {
            Some((said, then)) if said == notice => {
                if *then != moment {
                    (self.notice, self.noticed.0) = (None, None);
                }
            }
            _ => self.noticed.0 = Some((notice.clone(), moment)),
        }
    }
}

//! What went wrong, said by whoever noticed it, shown in the status bar until something else is done.

use egui::{Color32, Context, Id};

use super::App;
use super::history::Moment;
use super::theme::Colors;

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

/// What was said last.
#[derive(Default)]
pub struct Noticed {
    /// It, and what was set and shown then.
    then: Option<(String, Moment)>,
    /// What was only told, and is nothing that went wrong.
    told: Option<String>,
}

impl App {
    /// Tells something that is good to know, and nothing that went wrong.
    pub(super) fn tell(&mut self, sentence: String) {
        self.noticed.told = Some(sentence.clone());
        self.notice = Some(sentence);
    }

    /// The colour of what is said: that of an alarm is for what went wrong.
    pub(super) fn notice_color(&self, colors: &Colors) -> Color32 {
        if self.notice == self.noticed.told { colors.accent } else { colors.alarm }
    }

    /// Lets go what was said before something else was set or shown.
    pub(super) fn let_notice_go(&mut self) {
        let Some(notice) = &self.notice else {
            self.noticed = Noticed::default();
            return;
        };
        let moment = self.moment();
        match &self.noticed.then {
            Some((said, then)) if said == notice => {
                if *then != moment {
                    (self.notice, self.noticed) = (None, Noticed::default());
                }
            }
            _ => self.noticed.then = Some((notice.clone(), moment)),
        }
    }
}

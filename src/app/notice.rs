//! What went wrong, said by whoever noticed it, shown in the status bar until somebody does something else.

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
    /// It, what was set and shown then, and the step of a race that was looked at.
    then: Option<(String, Moment, Option<u64>)>,
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

    /// Lets go what was said before somebody set or showed something else.
    pub(super) fn let_notice_go(&mut self) {
        let Some(notice) = &self.notice else {
            self.noticed = Noticed::default();
            return;
        };
        let (moment, step) = (self.moment(), self.looked_at());
        match &self.noticed.then {
            Some((said, then, at)) if said == notice => {
                if *then != moment || *at != step {
                    (self.notice, self.noticed) = (None, Noticed::default());
                }
            }
            _ => self.noticed.then = Some((notice.clone(), moment, step)),
        }
    }

    /// Makes a change that is nobody's: what a slider that plays sets, what comes from a thread. What was said stays.
    pub(super) fn by_itself<R>(&mut self, change: impl FnOnce(&mut Self) -> R) -> R {
        let is_said = self.noticed.then.as_ref().is_some_and(|(_, then, _)| *then == self.moment());
        let changed = change(self);
        if is_said {
            let now = self.moment();
            self.noticed.then = self.noticed.then.take().map(|(said, _, step)| (said, now, step));
        }
        changed
    }
}

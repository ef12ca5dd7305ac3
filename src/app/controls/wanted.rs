//! A setting that was chosen by its name: its control gets the focus when it is drawn next.

use egui::{Context, Id, Response};

use super::select_again::select_again;
use super::training::open_training;
use crate::app::App;
use crate::app::commands::Setting;

fn key() -> Id {
    Id::unique("wanted setting")
}

/// Gives a field of text the focus with its text selected, if its setting is the one that was chosen.
pub fn focus_text(label: &str, field: &Response, text: &str) {
    if focus(label, field) {
        select_again(field, text);
    }
}

/// Gives a control the focus, if its setting is the one that was chosen; returns whether it is.
pub fn focus(label: &str, control: &Response) -> bool {
    let wanted = control.ctx.data(|data| data.get_temp::<&'static str>(key()));
    let is_wanted = wanted == Some(label);
    if is_wanted {
        control.ctx.data_mut(|data| data.remove::<&'static str>(key()));
        control.request_focus();
        control.scroll_to_me(None);
    }
    is_wanted
}

impl App {
    /// Brings a setting's control into sight, and gives it the focus.
    pub(in crate::app) fn go_to_setting(&mut self, ctx: &Context, setting: Setting) {
        self.show_controls();
        self.shown.panels.details |= setting.is_detail;
        if setting.is_of_training {
            open_training(ctx);
        }
        ctx.data_mut(|data| data.insert_temp(key(), setting.label));
    }

    /// Says so, if the setting that was chosen has no control now.
    pub(super) fn say_what_was_not_found(&mut self, ctx: &Context) {
        if let Some(label) = ctx.data_mut(|data| data.remove_temp::<&'static str>(key())) {
            let (activation, initializer) = (self.experiment.activation.name(), self.experiment.initializer.name());
            let sentence = format!("“{label}” cannot be set with {activation} and {initializer}: choose others first");
            self.notice = Some(sentence);
        }
    }
}

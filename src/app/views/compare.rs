use std::sync::Arc;

use egui::{Context, Key, KeyboardShortcut, Ui};

use super::ViewInWindow;
use super::layers::keys_of_layers;
use crate::app::App;
use crate::app::bar_group::BarGroup;
use crate::app::commands::keys::{KeyOf, plain, shift};
use crate::app::commands::{Action, words};
use crate::app::job_name::JobName;
use crate::layout::{Content, LayersContent};

/// Experiments side by side.
pub struct CompareInWindow;

impl ViewInWindow for CompareInWindow {
    fn command(&self) -> &'static str {
        "Show experiments side by side"
    }

    fn group(&self) -> &'static str {
        words::COMPARE
    }

    fn key(&self) -> Option<KeyboardShortcut> {
        Some(plain(Key::F9))
    }

    fn keys(&self) -> Vec<KeyOf> {
        let mut keys = vec![
            (Action::Slot(0), plain(Key::F2)),
            (Action::Slot(1), plain(Key::F3)),
            (Action::Slot(2), plain(Key::F4)),
            (Action::Slot(3), plain(Key::F5)),
            (Action::CopyFrom(0), shift(Key::F2)),
            (Action::CopyFrom(1), shift(Key::F3)),
            (Action::CopyFrom(2), shift(Key::F4)),
            (Action::CopyFrom(3), shift(Key::F5)),
            (Action::Pin, plain(Key::F6)),
            (Action::CompareCases, shift(Key::F6)),
            (Action::Drop, plain(Key::F7)),
            (Action::Swap, plain(Key::F8)),
            (Action::Ghost, plain(Key::F10)),
        ];
        keys.extend(keys_of_layers());
        keys
    }

    fn ui(&self, app: &mut App, ui: &mut Ui) {
        app.compare_ui(ui);
    }

    fn groups(&self, app: &App) -> Vec<BarGroup> {
        app.groups_of_layers()
    }

    fn content(&self, app: &App) -> Result<Arc<dyn Content>, &'static str> {
        let known: Vec<_> = app.known_of_compared().into_iter().map(|(_, measurement)| measurement).collect();
        if known.is_empty() {
            return Err("nothing is measured yet");
        }
        Ok(Arc::new(LayersContent::new(known, app.shown.layers)))
    }

    fn is_painting(&self, app: &App) -> bool {
        app.comparison.is_painting()
    }

    fn jobs(&self) -> &'static [JobName] {
        &[JobName::Companion]
    }

    fn want(&self, app: &mut App, ctx: &Context) {
        app.want_others(ctx);
    }

    fn rest(&self, app: &mut App) {
        // The start of a training is measured by the same.
        match app.missing_of_start() {
            Some(start) => app.jobs.companion.want(start),
            None => app.jobs.companion.give_up(),
        }
    }
}

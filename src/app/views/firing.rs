use std::sync::Arc;

use egui::{Context, Key, KeyboardShortcut, Ui};

use super::ViewInWindow;
use crate::app::App;
use crate::app::bar_group::BarGroup;
use crate::app::commands::keys::{KeyOf, plain};
use crate::app::commands::{Action, words};
use crate::app::job_name::JobName;
use crate::layout::{Content, FiringContent};

/// Images x units of the chosen layer.
pub struct FiringInWindow;

impl ViewInWindow for FiringInWindow {
    fn command(&self) -> &'static str {
        "Show images × units"
    }

    fn group(&self) -> &'static str {
        words::UNITS
    }

    fn key(&self) -> Option<KeyboardShortcut> {
        Some(plain(Key::Num4))
    }

    fn keys(&self) -> Vec<KeyOf> {
        vec![(Action::Sort(false), plain(Key::U)), (Action::Sort(true), plain(Key::F))]
    }

    fn ui(&self, app: &mut App, ui: &mut Ui) {
        app.firing_ui(ui);
    }

    fn groups(&self, app: &App) -> Vec<BarGroup> {
        app.groups_of_units()
    }

    fn content(&self, app: &App) -> Result<Arc<dyn Content>, &'static str> {
        let units = app.units_as_drawn().ok_or("open the units first: nothing is known about them yet")?;
        if units.matrix.is_none() {
            return Err("open images × units first: nothing is known about them yet");
        }
        Ok(Arc::new(FiringContent(units)))
    }

    fn is_painting(&self, app: &App) -> bool {
        app.units.is_painting()
    }

    fn open(&self, app: &mut App) {
        app.units.opened();
    }

    fn jobs(&self) -> &'static [JobName] {
        &[JobName::Units]
    }

    fn want(&self, app: &mut App, ctx: &Context) {
        app.want_units(ctx);
    }

    fn rest(&self, app: &mut App) {
        app.rest_units();
    }
}

use std::sync::Arc;

use egui::{Context, Key, KeyboardShortcut, Ui};

use super::ViewInWindow;
use crate::app::App;
use crate::app::bar_group::BarGroup;
use crate::app::commands::keys::{KeyOf, plain};
use crate::app::commands::{Action, words};
use crate::app::job_name::JobName;
use crate::layout::{Content, UnitsContent};

/// The units of the chosen layer, a cell each.
pub struct UnitsInWindow;

impl ViewInWindow for UnitsInWindow {
    fn command(&self) -> &'static str {
        "Show the chosen layer's units"
    }

    fn group(&self) -> &'static str {
        words::UNITS
    }

    fn key(&self) -> Option<KeyboardShortcut> {
        Some(plain(Key::Num3))
    }

    fn keys(&self) -> Vec<KeyOf> {
        vec![(Action::Sort(false), plain(Key::U)), (Action::Sort(true), plain(Key::F))]
    }

    fn ui(&self, app: &mut App, ui: &mut Ui) {
        app.units_ui(ui);
    }

    fn groups(&self, app: &App) -> Vec<BarGroup> {
        app.groups_of_units()
    }

    fn content(&self, app: &App) -> Result<Arc<dyn Content>, &'static str> {
        let units = app.units_as_drawn().ok_or("open the units first: nothing is known about them yet")?;
        Ok(Arc::new(UnitsContent(units)))
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

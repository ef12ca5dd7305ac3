use std::sync::Arc;

use egui::{Context, Key, KeyboardShortcut, Ui};

use super::ViewInWindow;
use crate::app::App;
use crate::app::bar_group::BarGroup;
use crate::app::commands::keys::{KeyOf, plain};
use crate::app::commands::{Action, words};
use crate::app::job_name::JobName;
use crate::engine::landscape::{NoTerrain, Plane, Terrain};
use crate::figure::Mapped;
use crate::layout::{Content, LandscapeContent};

/// A map of networks around the one that is set.
pub struct LandscapeInWindow;

impl ViewInWindow for LandscapeInWindow {
    fn command(&self) -> &'static str {
        "Show the landscape"
    }

    fn group(&self) -> &'static str {
        words::LANDSCAPE
    }

    fn key(&self) -> Option<KeyboardShortcut> {
        Some(plain(Key::Num2))
    }

    fn keys(&self) -> Vec<KeyOf> {
        vec![
            (Action::Plane(Plane::Biases), plain(Key::B)),
            (Action::Plane(Plane::Depth), plain(Key::Y)),
            (Action::Mapped(Mapped::OutputStd), plain(Key::Q)),
            (Action::Mapped(Mapped::GradientRatio), plain(Key::W)),
            (Action::Mapped(Mapped::DeadShare), plain(Key::X)),
        ]
    }

    fn ui(&self, app: &mut App, ui: &mut Ui) {
        app.landscape_ui(ui);
    }

    fn groups(&self, app: &App) -> Vec<BarGroup> {
        app.groups_of_landscape()
    }

    fn content(&self, app: &App) -> Result<Arc<dyn Content>, &'static str> {
        Terrain::of(&app.subject(), app.shown.plane).map_err(|NoTerrain(why)| why)?;
        let survey = app.survey().filter(|survey| survey.terrain.training().is_none());
        let survey = survey.ok_or("open the landscape first: no network of it is measured yet")?;
        Ok(Arc::new(LandscapeContent::new(survey, app.shown.mapped, &app.subject())))
    }

    fn open(&self, app: &mut App) {
        app.landscape.opened();
    }

    fn jobs(&self) -> &'static [JobName] {
        &[JobName::Survey]
    }

    fn want(&self, app: &mut App, _ctx: &Context) {
        app.want_landscape();
    }

    fn rest(&self, app: &mut App) {
        // Trained networks are mapped by the same worker.
        if !app.shown.view.is_landscape() {
            app.jobs.survey.give_up();
        }
    }
}

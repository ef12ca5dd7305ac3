use std::sync::Arc;

use egui::{Context, Key, KeyboardShortcut, Ui};

use super::ViewInWindow;
use crate::app::App;
use crate::app::bar_group::BarGroup;
use crate::app::commands::keys::shift;
use crate::app::commands::words;
use crate::app::job_name::JobName;
use crate::engine::landscape::{NoTerrain, Terrain};
use crate::figure::Mapped;
use crate::layout::{Content, LandscapeContent};
use crate::subject::Subject;

/// A map of networks that are trained, in front of the tab of the landscape.
pub struct TrainingLandscapeInWindow;

impl ViewInWindow for TrainingLandscapeInWindow {
    fn command(&self) -> &'static str {
        "Show the landscape of trained networks"
    }

    fn group(&self) -> &'static str {
        words::LANDSCAPE
    }

    fn has_tab(&self) -> bool {
        false
    }

    fn is_in_centre(&self) -> bool {
        true
    }

    fn key(&self) -> Option<KeyboardShortcut> {
        Some(shift(Key::F12))
    }

    fn ui(&self, app: &mut App, ui: &mut Ui) {
        app.landscape_ui(ui);
    }

    fn groups(&self, app: &App) -> Vec<BarGroup> {
        app.groups_of_landscape()
    }

    fn content(&self, app: &App) -> Result<Arc<dyn Content>, &'static str> {
        let why = |NoTerrain(why)| why;
        Terrain::of_training(&app.experiment, *app.plan.training()).map_err(why)?;
        let survey = app.survey().filter(|survey| survey.terrain.training().is_some());
        let survey = survey.ok_or("open the landscape of trained networks first: none of them is trained yet")?;
        let around = Subject::from(&app.experiment);
        Ok(Arc::new(LandscapeContent::new(survey, Mapped::Accuracy, around)))
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
}

use std::sync::Arc;

use egui::{Context, Key, KeyboardShortcut, Ui};

use super::ViewInWindow;
use crate::app::App;
use crate::app::bar_group::BarGroup;
use crate::app::commands::keys::{KeyOf, plain, shift};
use crate::app::commands::{Action, words};
use crate::app::job_name::JobName;
use crate::engine::landscape::{NoTerrain, Terrain, TrainedPlane};
use crate::figure::Mapped;
use crate::layout::{Content, LandscapeContent};

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

    fn keys(&self) -> Vec<KeyOf> {
        vec![
            (Action::TrainedPlane(TrainedPlane::Depth), plain(Key::Y)),
            (Action::TrainedPlane(TrainedPlane::Rate), plain(Key::B)),
            (Action::Mapped(Mapped::Accuracy), plain(Key::Q)),
            (Action::Mapped(Mapped::Loss), plain(Key::W)),
        ]
    }

    fn ui(&self, app: &mut App, ui: &mut Ui) {
        app.landscape_ui(ui);
    }

    fn groups(&self, app: &App) -> Vec<BarGroup> {
        app.groups_of_landscape()
    }

    fn content(&self, app: &App) -> Result<Arc<dyn Content>, &'static str> {
        let why = |NoTerrain(why)| why;
        let look = app.shown.training;
        let terrain = Terrain::of_training(&app.experiment, app.own_training(), look.trained_plane).map_err(why)?;
        let survey = app.survey().filter(|survey| survey.terrain == terrain);
        let survey = survey.ok_or("open the landscape of trained networks first: none of them is trained yet")?;
        Ok(Arc::new(LandscapeContent::new(survey, look.trained_value.mapped(), app.landscape_standpoint())))
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

use std::sync::Arc;

use super::ViewInWindow;
use crate::app::App;
use crate::app::commands::words;
use crate::engine::race::RaceFound;
use crate::layout::{Content, TrainingContent};

/// Networks that are trained side by side.
pub struct TrainingInWindow;

impl ViewInWindow for TrainingInWindow {
    fn command(&self) -> &'static str {
        "Show the training"
    }

    fn group(&self) -> &'static str {
        words::PANELS
    }

    fn has_tab(&self) -> bool {
        false
    }

    fn content(&self, app: &App) -> Result<Arc<dyn Content>, &'static str> {
        let race = app.race().ok_or("train the networks first: nothing is known of a training yet")?;
        Ok(Arc::new(TrainingContent::new(race, app.shown.training)))
    }
}

impl App {
    /// What is known of the race.
    fn race(&self) -> Option<Arc<RaceFound>> {
        None
    }
}

use std::sync::Arc;

use egui::{Context, Key, KeyboardShortcut, Ui};

use super::ViewInWindow;
use crate::app::App;
use crate::app::bar_group::BarGroup;
use crate::app::commands::keys::{KeyOf, plain, shift};
use crate::app::commands::{Action, words};
use crate::app::job_name::JobName;
use crate::figure::training::TrainingChart;
use crate::layout::{Content, TrainingContent};

/// Networks that are trained side by side.
pub struct TrainingInWindow;

impl ViewInWindow for TrainingInWindow {
    fn command(&self) -> &'static str {
        "Show the training"
    }

    fn group(&self) -> &'static str {
        words::TRAINING
    }

    fn key(&self) -> Option<KeyboardShortcut> {
        Some(plain(Key::F12))
    }

    fn keys(&self) -> Vec<KeyOf> {
        vec![
            (Action::Chart(TrainingChart::Curves), plain(Key::V)),
            (Action::Chart(TrainingChart::Maps), plain(Key::M)),
            (Action::Chart(TrainingChart::Lines), plain(Key::L)),
            (Action::Chart(TrainingChart::Table), plain(Key::U)),
            (Action::Chart(TrainingChart::Rates), plain(Key::F)),
            (Action::TakeRates, plain(Key::G)),
            (Action::RaceSeeds(5), plain(Key::S)),
            (Action::LossLog, plain(Key::Num5)),
            (Action::TimeLog, plain(Key::Num6)),
            (Action::RaceStep, plain(Key::N)),
            (Action::RaceRewind, plain(Key::B)),
            (Action::Newest, plain(Key::X)),
            (Action::KeptStep { after: false, far: false }, plain(Key::ArrowLeft)),
            (Action::KeptStep { after: true, far: false }, plain(Key::ArrowRight)),
            (Action::KeptStep { after: false, far: true }, shift(Key::ArrowLeft)),
            (Action::KeptStep { after: true, far: true }, shift(Key::ArrowRight)),
            (Action::Pin, plain(Key::F6)),
            (Action::CompareCases, shift(Key::F6)),
        ]
    }

    fn ui(&self, app: &mut App, ui: &mut Ui) {
        app.training_ui_in_centre(ui);
    }

    fn groups(&self, app: &App) -> Vec<BarGroup> {
        app.groups_of_training()
    }

    fn content(&self, app: &App) -> Result<Arc<dyn Content>, &'static str> {
        let look = app.shown.training;
        if look.chart == TrainingChart::Rates {
            let (race, tuned) = app.drawn_rates().ok_or("wait for the first learning rates: none is tried yet")?;
            return Ok(Arc::new(TrainingContent::new(race, look).with_rates(Some(tuned))));
        }
        let race = app.race_as_drawn().filter(|_| app.furthest() > 0);
        let race = race.ok_or("train the networks first: nothing is known of a training yet")?;
        let seeds = app.repeats().filter(|_| look.chart.has_seeds());
        let content = TrainingContent::new(Arc::clone(race), look).over_seeds(seeds);
        Ok(Arc::new(content.with_rates(app.known_rates().cloned())))
    }

    fn is_painting(&self, app: &App) -> bool {
        app.training.is_painting() || !app.is_race_drawn()
    }

    fn want(&self, app: &mut App, ctx: &Context) {
        app.training.ask(ctx);
        app.want_repeats();
        app.want_rates();
    }

    fn jobs(&self) -> &'static [JobName] {
        &[JobName::Repeats, JobName::Rates]
    }

    fn rest(&self, app: &mut App) {
        app.jobs.repeats.give_up();
        app.jobs.tune.give_up();
    }

    fn open(&self, app: &mut App) {
        app.want_controls_of_training();
    }
}

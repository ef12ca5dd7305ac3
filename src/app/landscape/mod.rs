//! The landscape: many networks around the experiment's, a cell each; a click goes there.

mod color_bar;
mod groups;
mod landscape_ui;
mod legend;
mod map;
mod patterns;

use std::sync::Arc;
use std::time::Instant;

use egui::{Context, TextureHandle, Ui};

use super::App;
use super::commands::Action;
use super::theme;
use crate::engine::Wish as _;
use crate::engine::landscape::{NoTerrain, Plane, Standpoint, Survey, Terrain, Wanted};
use crate::figure::ViewName;
use crate::figure::{Landscape, Mapped, palette};

/// What is drawn of the landscape.
#[derive(Default)]
pub struct LandscapeState {
    drawn: Option<Drawn>,
    patterns: patterns::Patterns,
    /// The cell (column, row) that keys move over.
    cursor: Option<(usize, usize)>,
    /// Whether keys moved it after the pointer moved last.
    keys_lead: bool,
    /// Keys are to reach the map in the next frame.
    wants_focus: bool,
    /// How far a request was when it was looked at first.
    begun: Option<(u64, Instant, f64)>,
}

/// A landscape on the screen.
#[derive(Clone)]
struct Drawn {
    landscape: Arc<Landscape>,
    background: palette::Background,
    /// A pixel for every cell, from the highest row.
    texture: TextureHandle,
    runs: Arc<Vec<patterns::Run>>,
}

impl LandscapeState {
    /// It was not in sight, and is now.
    pub fn opened(&mut self) {
        self.cursor = None;
        self.wants_focus = true;
    }
}

impl App {
    /// The landscape as it is drawn.
    pub fn landscape(&self) -> Option<&Landscape> {
        self.landscape.drawn.as_ref().map(|drawn| &*drawn.landscape)
    }

    /// What is known of the landscape by now.
    pub(super) fn survey(&self) -> Option<Arc<Survey>> {
        self.jobs.survey.known().cloned()
    }

    /// What of its cells the landscape in sight shows.
    fn mapped(&self) -> Mapped {
        if self.shown.view == ViewName::TrainingLandscape {
            self.shown.training.trained_value.mapped()
        } else {
            self.shown.mapped
        }
    }

    /// What stands on the landscape in sight: what is trained there begins as it is drawn.
    pub(super) fn landscape_standpoint(&self) -> Standpoint {
        if self.shown.view == ViewName::TrainingLandscape {
            let rate = Some(self.own_training().learning_rate);
            return Standpoint { rate, ..Standpoint::from(&self.experiment) };
        }
        Standpoint::from(&self.subject())
    }

    /// The landscape of what is set, as it is to be shown.
    ///
    /// # Errors
    /// If there is none.
    pub(super) fn wanted_landscape(&self) -> Result<Wanted, NoTerrain> {
        if self.shown.view == ViewName::TrainingLandscape {
            let (training, plane) = (self.own_training(), self.shown.training.trained_plane);
            // Weights of a file are no draws, and those of a step that is looked at were.
            let terrain = match self.given.now() {
                Some(_) => Terrain::of_training(&self.subject(), training, plane)?,
                None => Terrain::of_training(&self.experiment, training, plane)?,
            };
            return Ok(Wanted { terrain, gradients: false });
        }
        Wanted::of(&self.subject(), self.shown.plane, self.shown.mapped == Mapped::GradientRatio)
    }

    /// Whether the landscape is in sight, and all of it is drawn.
    pub fn is_surveyed(&self) -> bool {
        let known = self.jobs.survey.known();
        let is_drawn = self
            .landscape()
            .zip(known)
            .is_some_and(|(drawn, survey)| Arc::ptr_eq(&drawn.survey, survey) && drawn.mapped == self.mapped());
        let is_all = self.wanted_landscape().is_ok_and(|wanted| known.is_some_and(|survey| wanted.is_met_by(survey)));
        self.shown.view.is_landscape() && is_drawn && is_all
    }

    /// Asks for the landscape, if there is one.
    pub(super) fn want_landscape(&mut self) {
        match self.wanted_landscape() {
            Ok(wanted) => self.jobs.survey.want(wanted),
            Err(_) => self.jobs.survey.give_up(),
        }
    }

    /// Why there is no landscape of what is set, in one sentence.
    fn no_landscape(&self) -> Option<String> {
        match self.wanted_landscape() {
            Err(why) => Some(why.to_string()),
            Ok(_) => self.jobs.survey.failure().map(ToString::to_string),
        }
    }

    /// Whether there were one of the network before its training.
    fn has_landscape_at_start(&self) -> bool {
        self.shown_step() > 0
            && Wanted::of(&self.untrained(), self.shown.plane, self.shown.mapped == Mapped::GradientRatio).is_ok()
    }

    /// Goes to a cell: its experiment, with all the images that are set.
    fn go_to(&mut self, ctx: &Context, landscape: &Landscape, at: (usize, usize)) {
        let survey = &landscape.survey;
        let before = self.experiment.initializer.to_string();
        let mut there = survey.terrain.experiment(at);
        there.inputs = self.experiment.inputs.clone();
        self.set_experiment(there);
        self.shown.view = match survey.terrain.training_of(at.1) {
            None => ViewName::Layers,
            Some(there) => {
                // Others are none of this cell's.
                if survey.terrain.plane() == Plane::Rate {
                    self.plan.set_rates(&[there.learning_rate]);
                }
                ViewName::Training
            }
        };
        let place = landscape.place(at);
        let key = Action::Undo.key(ctx).unwrap_or_default();
        let is_other = self.experiment.initializer.to_string() != before;
        let back = if is_other { format!("to {before} and the map") } else { "to the map".to_owned() };
        self.tell(format!("from the map: {place}. {key} goes back {back}"));
    }

    /// What is known as a picture, made anew when it changed.
    fn drawn_landscape(&mut self, ui: &Ui) -> Option<Drawn> {
        let is_trained = self.shown.view == ViewName::TrainingLandscape;
        let survey = self.survey().filter(|survey| survey.terrain.training().is_some() == is_trained)?;
        let mapped = self.mapped();
        let background = theme::background(ui.visuals());
        let is_new = |drawn: &Drawn| {
            let Drawn { landscape, background: on, .. } = drawn;
            !Arc::ptr_eq(&landscape.survey, &survey) || landscape.mapped != mapped || *on != background
        };
        if self.landscape.drawn.as_ref().is_none_or(is_new) {
            let landscape = Landscape::new(survey, mapped);
            let (shades, columns) = (landscape.shades(), landscape.survey.terrain.columns());
            let texture = map::texture(ui, (&shades, columns), background, theme::colors(ui.visuals()).grid);
            let runs = Arc::new(patterns::runs(&shades, columns));
            self.landscape.drawn = Some(Drawn { landscape: Arc::new(landscape), background, texture, runs });
        }
        self.landscape.drawn.clone()
    }
}

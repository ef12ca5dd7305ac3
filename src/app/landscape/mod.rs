//! The landscape: many networks around the experiment's, a cell each; a click goes there.

mod color_bar;
mod landscape_ui;
mod legend;
mod map;
mod patterns;

use std::sync::Arc;

use egui::{TextureHandle, Ui};

use super::App;
use super::commands::Action;
use super::segments::segments_ui;
use super::theme;
use crate::engine::landscape::{NoTerrain, Plane, Survey, Terrain, Wanted};
use crate::figure::ViewName;
use crate::figure::{Landscape, Mapped, palette};

/// What is shown of the landscape, what was asked for, and what is known of it.
pub struct LandscapeState {
    /// What it goes over.
    pub plane: Plane,
    /// What of its networks it shows.
    pub mapped: Mapped,
    /// What was asked of the surveyor last, and its number.
    asked: Option<(u64, Wanted)>,
    /// Whether that was stopped.
    held: bool,
    survey: Option<Arc<Survey>>,
    /// What went wrong, in one sentence.
    failure: Option<String>,
    drawn: Option<Drawn>,
    patterns: patterns::Patterns,
    /// The cell (column, row) that keys move over.
    cursor: Option<(usize, usize)>,
    /// Keys are to reach the map in the next frame.
    wants_focus: bool,
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
    /// Of a session.
    pub fn new(plane: Plane, mapped: Mapped) -> Self {
        Self {
            plane,
            mapped,
            asked: None,
            held: false,
            survey: None,
            failure: None,
            drawn: None,
            patterns: patterns::Patterns::default(),
            cursor: None,
            wants_focus: false,
        }
    }

    /// It was not in sight, and is now.
    pub fn opened(&mut self) {
        self.cursor = None;
        self.wants_focus = true;
    }

    /// Whether what is known is all of what was asked for last.
    fn is_complete(&self) -> bool {
        self.survey.as_ref().zip(self.asked.as_ref()).is_some_and(|(survey, (_, asked))| {
            survey.is_complete() && survey.terrain == asked.terrain && (survey.gradients || !asked.gradients)
        })
    }
}

impl App {
    /// The landscape as it is drawn.
    pub fn landscape(&self) -> Option<&Landscape> {
        self.landscape.drawn.as_ref().map(|drawn| &*drawn.landscape)
    }

    /// What is known of the landscape by now.
    pub(super) fn survey(&self) -> Option<Arc<Survey>> {
        self.landscape.survey.clone()
    }

    /// Whether the landscape is in sight, and all of it is drawn.
    pub fn is_surveyed(&self) -> bool {
        let known = self.landscape.survey.as_ref();
        let drawn = self
            .landscape()
            .zip(known)
            .is_some_and(|(drawn, survey)| Arc::ptr_eq(&drawn.survey, survey) && drawn.mapped == self.landscape.mapped);
        let terrain = Terrain::of(&self.subject(), self.landscape.plane).ok();
        let same = terrain.is_some_and(|terrain| known.is_some_and(|survey| survey.terrain == terrain));
        self.centre == ViewName::Landscape && drawn && same && self.landscape.is_complete()
    }

    /// Asks for the landscape in sight, if it is not known or under way already.
    fn ask_for_landscape(&mut self) -> Result<(), NoTerrain> {
        let terrain = Terrain::of(&self.subject(), self.landscape.plane)?;
        let gradients = self.landscape.mapped == Mapped::GradientRatio;
        let serves = |asked: &Wanted| asked.terrain == terrain && (asked.gradients || !gradients);
        if !self.landscape.asked.as_ref().is_some_and(|(_, asked)| serves(asked)) {
            self.request_landscape(Wanted { terrain, gradients });
        }
        Ok(())
    }

    fn request_landscape(&mut self, wanted: Wanted) {
        let request = self.surveyor.request(wanted.clone());
        self.landscape.asked = Some((request, wanted));
        self.landscape.held = false;
        self.landscape.failure = None;
    }

    /// Whether the landscape in sight is being measured.
    pub(super) fn can_stop_landscape(&self) -> bool {
        let LandscapeState { asked, held, failure, .. } = &self.landscape;
        let runs = asked.is_some() && !held && failure.is_none() && !self.landscape.is_complete();
        self.centre == ViewName::Landscape && runs
    }

    /// Whether it was stopped.
    pub(super) fn can_go_on_with_landscape(&self) -> bool {
        self.centre == ViewName::Landscape && self.landscape.held
    }

    /// Leaves it at what is known.
    pub(super) fn stop_landscape(&mut self) {
        if self.can_stop_landscape() {
            self.surveyor.stop();
            self.landscape.held = true;
        }
    }

    /// Measures it after all.
    pub(super) fn go_on_with_landscape(&mut self) {
        if self.can_go_on_with_landscape()
            && let Some((_, wanted)) = self.landscape.asked.clone()
        {
            self.request_landscape(wanted);
        }
    }

    /// Takes what the surveyor has to say.
    pub(super) fn take_survey(&mut self) {
        let Some(answer) = self.surveyor.take_answer() else { return };
        if self.landscape.asked.as_ref().is_none_or(|(request, _)| *request != answer.request) {
            return;
        }
        match answer.result {
            Ok(survey) => self.landscape.survey = Some(survey),
            Err(sentence) => self.landscape.failure = Some(sentence),
        }
    }

    /// Goes to a cell: its experiment, with all the images that are set.
    fn go_to(&mut self, survey: &Survey, at: (usize, usize)) {
        let mut there = survey.terrain.experiment(at);
        there.inputs = self.experiment.inputs.clone();
        self.set_experiment(there);
        self.centre = ViewName::Layers;
    }

    /// What of its networks the landscape shows.
    pub(super) fn mapped_ui(&self, ui: &mut Ui) -> Option<Action> {
        let ratio = "||∂L/∂z₁|| / ||∂L/∂z_L||: the gradient in the first hidden layer over that in the last. Below 1 it \
                     vanishes on its way back, above 1 it explodes. Over depth, every depth is a network of its own with \
                     its own output layer and its own backward pass.";
        segments_ui(
            ui,
            &[
                (
                    "Output std",
                    "Standard deviation of the last hidden layer’s outputs over images and units.",
                    Action::Mapped(Mapped::OutputStd),
                ),
                ("Gradient ratio", ratio, Action::Mapped(Mapped::GradientRatio)),
                (
                    "Dead units",
                    "Share of the last hidden layer’s units that are dead: the slope is 0 for each of these images.",
                    Action::Mapped(Mapped::DeadShare),
                ),
            ],
            &[Action::Mapped(self.landscape.mapped)],
        )
    }

    /// What the landscape goes over.
    pub(super) fn plane_ui(&self, ui: &mut Ui) -> Option<Action> {
        segments_ui(
            ui,
            &[
                (
                    "σ_w × σ_b",
                    "Over σ_w = σ √fan_in of the weights, the same in every layer (variance_scaling with scale σ_w²), and \
                     σ_b, the standard deviation of the biases.",
                    Action::Plane(Plane::Biases),
                ),
                (
                    "σ × depth",
                    "Over σ of the weights (σ_w where the initializer scales by the layer’s size) and the number of hidden \
                     layers.",
                    Action::Plane(Plane::Depth),
                ),
            ],
            &[Action::Plane(self.landscape.plane)],
        )
    }

    /// What is known as a picture, made anew when it changed.
    fn drawn_landscape(&mut self, ui: &Ui) -> Option<Drawn> {
        let survey = self.landscape.survey.clone()?;
        let background = theme::background(ui.visuals());
        let is_new = |drawn: &Drawn| {
            let Drawn { landscape, background: on, .. } = drawn;
            !Arc::ptr_eq(&landscape.survey, &survey) || landscape.mapped != self.landscape.mapped || *on != background
        };
        if self.landscape.drawn.as_ref().is_none_or(is_new) {
            let landscape = Landscape::new(survey, self.landscape.mapped);
            let shades = landscape.shades();
            let texture = map::texture(ui, &shades, background, theme::colors(ui.visuals()).grid);
            let runs = Arc::new(patterns::runs(&shades));
            self.landscape.drawn = Some(Drawn { landscape: Arc::new(landscape), background, texture, runs });
        }
        self.landscape.drawn.clone()
    }
}

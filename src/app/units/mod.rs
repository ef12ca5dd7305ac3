//! The units of the chosen layer: a cell each, one of them closer, and images x units.

mod detail;
mod firing;
mod known;
mod legend;
mod map;
mod units_ui;

use std::sync::Arc;

use egui::{Context, TextureHandle};

use super::App;
use super::bar_group::BarGroup;
use super::commands::Action;
use super::kept::Kept;
use super::painting::Painting;
use crate::engine::units::{LayerUnits, Size, Wanted};
use crate::engine::{Measurement, Stoppable as _};
use crate::figure::ViewName;
use detail::Pictures;
use known::Known;

/// What is shown of a layer's units, what was asked for, and what is known of them.
pub struct UnitsState {
    /// Dots there are for images x units.
    room: Option<Size>,
    /// What was measured when they were asked for last.
    measured: Option<Arc<Measurement>>,
    /// A pixel for every unit.
    map: Kept<(Known, usize), TextureHandle>,
    /// Images x units.
    matrix: Painting<Known, firing::Textures>,
    /// Pictures of the unit that is looked at.
    pictures: Kept<Known, Pictures>,
    /// Keys are to reach the map in the next frame.
    wants_focus: bool,
}

impl Default for UnitsState {
    fn default() -> Self {
        Self {
            room: None,
            measured: None,
            map: Kept::default(),
            matrix: Painting::new("initscope-firing", firing::painter),
            pictures: Kept::default(),
            wants_focus: true,
        }
    }
}

impl UnitsState {
    /// They were not in sight, and are now.
    pub fn opened(&mut self) {
        self.wants_focus = true;
    }

    /// Takes the picture of images x units that was made since the last frame.
    pub fn take_picture(&mut self) {
        self.matrix.take();
    }

    /// Whether a newer one is still being made.
    pub fn is_painting(&self) -> bool {
        self.matrix.is_under_way()
    }
}

impl App {
    /// The units of the chosen layer, as they are drawn.
    pub fn units(&self) -> Option<&LayerUnits> {
        self.jobs.units.known().map(|known| &**known)
    }

    /// The same, shared with whoever draws them.
    pub(super) fn units_as_drawn(&self) -> Option<Arc<LayerUnits>> {
        self.jobs.units.known().cloned()
    }

    /// Whether the units are in sight, with all that was asked for of all images.
    pub fn is_inspected(&self) -> bool {
        let wanted = self.wanted_of_units().map(|(wanted, _)| wanted);
        self.shown.view.is_of_units()
            && !self.is_painting()
            && wanted.as_ref() == self.jobs.units.asked()
            && self.jobs.units.is_answered()
    }

    /// What is to be known of the layer in sight, once that is measured.
    fn wanted_of_units(&self) -> Option<(Wanted, Arc<Measurement>)> {
        let subject = self.subject();
        let figure = self.figure.as_ref().filter(|figure| figure.measurement.subject == subject)?;
        let wanted = Wanted {
            subject,
            layer: self.chosen_layer(figure),
            sorted: self.shown.sorted,
            unit: self.shown.unit,
            matrix: self.units.room.filter(|_| self.shown.view == ViewName::Firing),
        };
        Some((wanted, Arc::clone(&figure.measurement)))
    }

    /// Asks for it. Until something is measured, what is there stays; what is measured anew is looked at anew.
    pub(super) fn want_units(&mut self, ctx: &Context) {
        self.units.matrix.ask(ctx);
        let Some((wanted, measured)) = self.wanted_of_units() else { return };
        let is_anew = !self.units.measured.as_ref().is_some_and(|then| Arc::ptr_eq(then, &measured));
        let job = &mut self.jobs.units;
        if job.asked() != Some(&wanted) || is_anew && !job.is_held() {
            self.units.measured = Some(measured);
            job.ask(wanted);
        }
    }

    /// Gives up what is asked of the units, unless a view of them is in sight.
    pub(super) fn rest_units(&mut self) {
        if !self.shown.view.is_of_units() {
            self.jobs.units.give_up();
        }
    }

    /// Which layer's units, and how they stand.
    pub(super) fn groups_of_units(&self) -> Vec<BarGroup> {
        let steps = vec![
            ("← Layer", "The previous layer.", Action::LayerBefore),
            ("Layer →", "The next layer.", Action::LayerAfter),
        ];
        let is_on = |action| self.is_on(action);
        let layer = self.figure();
        let layer = layer.map(|figure| format!("Layer {} of {}", self.chosen_layer(figure) + 1, figure.columns.len()));
        let orders = vec![
            ("In order", "Units in their own order, from 0.", Action::Sort(false)),
            ("By firing", "Units by how often they fire, the dead first.", Action::Sort(true)),
        ];
        vec![
            BarGroup {
                name: "Layer",
                about: "The layer whose units are shown.",
                lists: vec![steps],
                beside: layer.clone(),
                said: layer.into_iter().chain(["Layer".to_owned()]).collect(),
                longest: "Layer 100 of 100",
                is_list: false,
            },
            BarGroup::of("Order", "How the units stand.", orders, is_on),
        ]
    }
}

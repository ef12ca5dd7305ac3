//! The units of the chosen layer: a cell each, one of them closer, and images x units.

mod detail;
mod firing;
mod legend;
mod map;
mod units_ui;

use std::sync::Arc;

use egui::{TextureHandle, Ui};

use super::App;
use super::commands::Action;
use super::painting::Painting;
use super::plot::Kept;
use super::segments::segments_ui;
use crate::engine::Measurement;
use crate::engine::units::{LayerUnits, Size, Wanted};
use crate::figure::ViewName;
use detail::Pictures;

/// What is shown of a layer's units, what was asked for, and what is known of them.
pub struct UnitsState {
    /// Whether they stand by how often they fire.
    pub sorted: bool,
    /// The one that is looked at, from 0.
    chosen: Option<usize>,
    /// Dots there are for images x units.
    room: Option<Size>,
    /// What was asked of the inspector last, its number, and what was measured then.
    asked: Option<(u64, Wanted, Arc<Measurement>)>,
    /// Whether that was stopped.
    held: bool,
    known: Option<Arc<LayerUnits>>,
    /// What went wrong, in one sentence.
    failure: Option<String>,
    /// A pixel for every unit.
    map: Kept<(Known, usize), TextureHandle>,
    /// Images x units.
    matrix: Painting<Known, firing::Textures>,
    /// Of the unit that is looked at.
    pictures: Kept<Known, Pictures>,
    /// Keys are to reach the map in the next frame.
    wants_focus: bool,
}

/// What is known, in a theme.
#[derive(Clone)]
struct Known(Arc<LayerUnits>, bool);

impl Known {
    /// Whether it is the same, in whatever theme.
    fn is_of_the_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        self.is_of_the_same(other) && self.1 == other.1
    }
}

impl UnitsState {
    /// Of a session.
    pub fn new(sorted: bool) -> Self {
        Self {
            sorted,
            chosen: None,
            room: None,
            asked: None,
            held: false,
            known: None,
            failure: None,
            map: Kept::default(),
            matrix: Painting::new("initscope-firing", firing::painter),
            pictures: Kept::default(),
            wants_focus: true,
        }
    }

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
        self.units.known.as_deref()
    }

    /// The same, shared with whoever draws them.
    pub(super) fn units_as_drawn(&self) -> Option<Arc<LayerUnits>> {
        self.units.known.clone()
    }

    /// Whether the units are in sight, with all that was asked for of all images.
    pub fn is_inspected(&self) -> bool {
        let wanted = self.wanted_of_units();
        let asked = self.units.asked.as_ref().map(|(_, asked, _)| asked);
        self.centre.is_of_one_layer()
            && !self.is_painting()
            && wanted.as_ref().map(|(wanted, _)| wanted) == asked
            && self.units().zip(wanted).is_some_and(|(known, (wanted, _))| {
                known.is_exact()
                    && known.subject == wanted.subject
                    && (known.layer, known.sorted) == (wanted.layer, wanted.sorted)
                    && known.matrix.as_ref().map(|matrix| matrix.room) == wanted.matrix
                    && known.unit.as_ref().map(|unit| unit.index) == wanted.unit.filter(|&unit| unit < known.units())
            })
    }

    /// What is to be known of the layer in sight, once that is measured.
    fn wanted_of_units(&self) -> Option<(Wanted, Arc<Measurement>)> {
        let subject = self.subject();
        let figure = self.figure.as_ref().filter(|figure| figure.measurement.subject == subject)?;
        let wanted = Wanted {
            subject,
            layer: self.chosen_layer(figure),
            sorted: self.units.sorted,
            unit: self.units.chosen,
            matrix: self.units.room.filter(|_| self.centre == ViewName::Firing),
        };
        Some((wanted, Arc::clone(&figure.measurement)))
    }

    /// Asks for it, if it is not known or under way already. Until something is measured, what is there stays.
    fn ask_for_units(&mut self) {
        let Some((wanted, measured)) = self.wanted_of_units() else { return };
        let is_new = |(_, asked, then): &(u64, Wanted, Arc<Measurement>)| {
            *asked != wanted || !self.units.held && !Arc::ptr_eq(then, &measured)
        };
        if self.units.asked.as_ref().is_none_or(is_new) {
            self.request_units(wanted, measured);
        }
    }

    fn request_units(&mut self, wanted: Wanted, measured: Arc<Measurement>) {
        let request = self.inspector.request(wanted.clone());
        self.units.asked = Some((request, wanted, measured));
        self.units.held = false;
        self.units.failure = None;
    }

    /// Whether more is to be known of the layer in sight.
    pub(super) fn can_stop_units(&self) -> bool {
        let UnitsState { asked, held, failure, .. } = &self.units;
        let runs = asked.is_some() && !held && failure.is_none();
        self.centre.is_of_one_layer() && runs && !self.is_inspected()
    }

    /// Whether it was stopped.
    pub(super) fn can_go_on_with_units(&self) -> bool {
        self.centre.is_of_one_layer() && self.units.held
    }

    /// Leaves it at what is known.
    pub(super) fn stop_units(&mut self) {
        if self.can_stop_units() {
            self.inspector.stop();
            self.units.held = true;
        }
    }

    /// Looks at the rest after all.
    pub(super) fn go_on_with_units(&mut self) {
        if self.can_go_on_with_units()
            && let Some((_, wanted, measured)) = self.units.asked.take()
        {
            self.request_units(wanted, measured);
        }
    }

    /// Takes what the inspector has to say.
    pub(super) fn take_inspection(&mut self) {
        let Some(answer) = self.inspector.take_answer() else { return };
        if self.units.asked.as_ref().is_none_or(|(request, ..)| *request != answer.request) {
            return;
        }
        match answer.result {
            Ok(known) => self.units.known = Some(known),
            Err(sentence) => self.units.failure = Some(sentence),
        }
    }

    /// They are no longer in sight: nothing more is to be known of them.
    pub(super) fn leave_units(&mut self) {
        self.inspector.stop();
        self.units.asked = None;
        self.units.held = false;
    }

    /// The layer before or after the chosen one.
    pub(super) fn which_layer_ui(&self, ui: &mut Ui) -> Option<Action> {
        let steps = [
            ("← Layer", "The layer before.", Action::LayerBefore),
            ("Layer →", "The layer after.", Action::LayerAfter),
        ];
        segments_ui(ui, &steps, &[])
    }

    /// How the units stand.
    pub(super) fn order_ui(&self, ui: &mut Ui) -> Option<Action> {
        let orders = [
            ("In order", "Units in their own order, from 0.", Action::Sort(false)),
            ("By firing", "Units by how often they fire, the dead first.", Action::Sort(true)),
        ];
        segments_ui(ui, &orders, &[Action::Sort(self.units.sorted)])
    }
}

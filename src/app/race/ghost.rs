use std::sync::Arc;

use crate::app::App;
use crate::engine::{Measurement, Quantities, Request};
use crate::figure::{Figure, Quantity, ViewName};
use crate::subject::Subject;

impl App {
    /// Draws the network before its training behind what it has become, or no more.
    pub(in crate::app) fn toggle_start(&mut self) {
        self.race.has_ghost = self.show_in_centre(ViewName::Layers) || !self.race.has_ghost;
    }

    /// Draws it where there is something to draw, or not.
    pub(in crate::app) fn show_start(&mut self, is_shown: bool) {
        self.race.has_ghost = is_shown;
    }

    /// Whether it is drawn where there is something to draw.
    pub(in crate::app) fn has_start(&self) -> bool {
        self.race.has_ghost
    }

    /// Whether the network that is shown is another than at its start.
    pub(in crate::app) fn is_after_start(&self) -> bool {
        self.shown_step() > 0
    }

    /// The network before its training, as it is drawn behind what it has become; nothing until that is measured.
    pub fn start(&self) -> Option<Arc<Figure>> {
        let start = self.race.start.as_ref().filter(|_| self.race.has_ghost && self.can_have_start())?;
        (start.measurement.subject == self.drawn()).then(|| Arc::clone(start))
    }

    /// What the controls say, before its first step.
    fn drawn(&self) -> Subject {
        self.untrained()
    }

    /// Whether there is a start to be drawn: it had no step before it.
    fn can_have_start(&self) -> bool {
        self.is_after_start() && self.shown.layers.quantity != Quantity::Updates
    }

    fn quantities_of_start(&self) -> Quantities {
        self.shown.layers.quantities(true)
    }

    /// What is missing of the start, where it is to be drawn.
    pub(in crate::app) fn missing_of_start(&self) -> Option<Request> {
        let is_wanted = self.race.has_ghost && self.shown.view == ViewName::Layers && self.can_have_start();
        let (subject, quantities) = (self.drawn(), self.quantities_of_start());
        let knows = |known: &Arc<Figure>| {
            let measurement = &known.measurement;
            measurement.subject == subject && measurement.is_exact() && measurement.has(quantities)
        };
        let is_missing = is_wanted && !self.race.start.as_ref().is_some_and(knows);
        is_missing.then_some(Request { subject, quantities, at_leisure: true })
    }

    /// Takes note of what was measured, if it is of the start.
    pub(in crate::app) fn note_start(&mut self, measurement: &Arc<Measurement>) {
        if measurement.subject != self.drawn() || !measurement.is_exact() {
            return;
        }
        if let Some(figure) = Figure::new(Arc::clone(measurement), self.shown.layers) {
            self.race.start = Some(Arc::new(figure));
        }
    }

    /// Draws what is known of it as the layers are drawn now.
    pub(super) fn redraw_start(&mut self) {
        let Some(start) = self.race.start.as_ref().filter(|start| start.view != self.shown.layers) else { return };
        let measurement = Arc::clone(&start.measurement);
        if let Some(figure) = Figure::new(measurement, self.shown.layers) {
            self.race.start = Some(Arc::new(figure));
        }
    }
}

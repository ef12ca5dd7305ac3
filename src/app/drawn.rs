use std::sync::Arc;

use super::App;
use crate::engine::Measurement;
use crate::figure::Figure;

/// What is drawn in the middle, and of which measurement.
impl App {
    /// Draws a measurement, if it has what is to be shown; returns whether.
    pub(in crate::app) fn show(&mut self, measurement: Arc<Measurement>) -> bool {
        self.what_you_see.note(&measurement);
        self.play.note(&measurement);
        self.note_start(&measurement);
        self.newest = Some(Arc::clone(&measurement));
        let figure = Figure::new(measurement, self.shown.layers);
        let shown = figure.is_some();
        if shown {
            self.answers.draw();
        }
        self.figure = figure.map(Arc::new).or(self.figure.take());
        shown
    }

    /// Draws what was measured last in the view that is set, if it has what is to be shown.
    pub(in crate::app) fn redraw(&mut self) {
        let other = self.figure.as_ref().is_some_and(|figure| figure.view != self.shown.layers);
        if let Some(newest) = self.newest.clone().filter(|_| other) {
            self.show(newest);
        }
    }

    /// What is drawn.
    pub fn figure(&self) -> Option<&Figure> {
        self.figure.as_deref()
    }

    /// What was measured, as it is drawn.
    pub(in crate::app) fn measured(&self) -> Option<&Measurement> {
        self.figure.as_ref().map(|figure| &*figure.measurement)
    }
}

use std::sync::Arc;

use super::NoView;
use crate::engine::{Entrant, Measurement, Measurer, Quantities};
use crate::figure::{Sheet, View};
use crate::subject::Subject;

/// Whoever is told how far it is.
type Say<'a> = &'a dyn Fn(&str, (usize, usize), f64);

/// What is to be shown, and who is told how far it is.
pub struct Asked<'a> {
    /// What is measured, at least one.
    pub subjects: &'a [Subject],
    /// What is trained, at least one, where the view is of a training.
    pub entrants: &'a [Entrant],
    /// How layers are drawn.
    pub view: View,
    /// What a figure shows, and how.
    pub sheet: &'a Sheet,
    /// Threads to measure with; 0 for as many as there are cores.
    pub jobs: usize,
    /// Told what is being done, how many of how many parts of it are, and what share of the work that was.
    pub say: Say<'a>,
    /// Told of every step that is made in a training; says whether to go on.
    pub made_step: &'a (dyn Fn() -> bool + Sync),
}

impl Asked<'_> {
    /// The first subject.
    pub(super) fn subject(&self) -> Result<&Subject, NoView> {
        self.subjects.first().ok_or(NoView::Nothing)
    }

    /// Measures all subjects, one after the other.
    pub(super) fn measure_each(&self, quantities: Quantities) -> Result<Vec<Arc<Measurement>>, NoView> {
        let mut measurer = Measurer::with_threads(self.jobs)?;
        let measure = |(index, subject): (usize, &Subject)| {
            let all = self.subjects.len();
            (self.say)("measuring", (index, all), index as f64 / all as f64);
            Ok(Arc::new(measurer.measure_all(subject, quantities)?))
        };
        self.subjects.iter().enumerate().map(measure).collect()
    }
}

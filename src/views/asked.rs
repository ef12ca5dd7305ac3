use std::sync::Arc;

use super::NoView;
use crate::engine::{Measurement, Measurer, Quantities};
use crate::experiment::Experiment;
use crate::figure::{Sheet, View};

/// What is to be shown, and who is told how far it is.
pub struct Asked<'a> {
    /// What is measured, at least one.
    pub experiments: &'a [Experiment],
    /// How layers are drawn.
    pub view: View,
    /// What a figure shows, and how.
    pub sheet: &'a Sheet,
    /// Threads to measure with; 0 for as many as there are cores.
    pub jobs: usize,
    /// Told what is being done, and how many of how many parts of it are.
    pub say: &'a dyn Fn(&str, usize, usize),
}

impl Asked<'_> {
    /// The first experiment.
    pub(super) fn experiment(&self) -> Result<&Experiment, NoView> {
        self.experiments.first().ok_or(NoView::Nothing)
    }

    /// Measures all experiments, one after the other.
    pub(super) fn measure_each(&self, quantities: Quantities) -> Result<Vec<Arc<Measurement>>, NoView> {
        let mut measurer = Measurer::with_threads(self.jobs)?;
        let measure = |(index, experiment): (usize, &Experiment)| {
            (self.say)("measuring", index, self.experiments.len());
            Ok(Arc::new(measurer.measure_all(experiment, quantities)?))
        };
        self.experiments.iter().enumerate().map(measure).collect()
    }
}

//! Views of subjects, for files and for the window: what each is called, what it measures, and what is laid out of that. A new
//! view is a file, and a line in the list; what the window does with it is another in `app/views`.

mod activation;
mod compare;
mod firing;
mod landscape;
mod layers;
mod units;

use crate::engine::landscape::NoTerrain;
use crate::engine::{Failure, Measurement, Measurer, Quantities};
use crate::experiment::Experiment;
use crate::figure::{Sheet, View, ViewName};
use crate::layout::Content;

use std::sync::Arc;

/// A kind of view.
pub trait ViewClass: Sync {
    /// As flags and files have it.
    fn name(&self) -> ViewName;

    /// As people have it.
    fn label(&self) -> &'static str;

    /// What it shows, in a sentence.
    fn about(&self) -> &'static str;

    /// Whether it shows several experiments together.
    fn takes_several(&self) -> bool {
        false
    }

    /// Whether it shows one layer.
    fn has_layer(&self) -> bool {
        false
    }

    /// Whether there is such a figure of an experiment.
    ///
    /// # Errors
    /// If there is none.
    fn check(&self, _experiment: &Experiment, _sheet: &Sheet) -> Result<(), NoView> {
        Ok(())
    }

    /// Measures what it shows on all images.
    ///
    /// # Errors
    /// If the images cannot be read, or there is no such figure.
    fn measure(&self, asked: &Asked<'_>) -> Result<Box<dyn Content>, NoView>;
}

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

/// Why there is no such figure; each a sentence.
#[derive(Debug, thiserror::Error)]
pub enum NoView {
    /// The view shows one experiment.
    #[error(
        "there are {0} experiments, but this view shows one: give only one, for example with a single --sigma, or \
         use --show layers"
    )]
    Several(usize),
    /// The network has fewer layers.
    #[error("--layer {0} does not exist in this network: use 1 to {1}")]
    NoLayer(usize, usize),
    /// The experiment has no landscape.
    #[error("there is no landscape: {0}")]
    NoLandscape(#[from] NoTerrain),
    /// It cannot be measured.
    #[error(transparent)]
    Failure(#[from] Failure),
    /// There are no images, or nothing that could be drawn.
    #[error("nothing was measured")]
    Nothing,
}

/// All views, in the order of tabs and lists.
pub const CLASSES: [&dyn ViewClass; 6] = [
    &layers::Layers,
    &landscape::Landscape,
    &units::Units,
    &firing::Firing,
    &compare::Compare,
    &activation::Activation,
];

/// The view of a name.
pub fn class(name: ViewName) -> &'static dyn ViewClass {
    CLASSES.into_iter().find(|class| class.name() == name).unwrap_or(&layers::Layers)
}

/// Whether there is such a figure of these experiments.
///
/// # Errors
/// If the view shows one experiment and these are several, a layer is not there, or the view has nothing to show.
pub fn check(experiments: &[Experiment], sheet: &Sheet) -> Result<(), NoView> {
    let class = class(sheet.show);
    if class.takes_several() {
        return Ok(());
    }
    let [experiment] = experiments else { return Err(NoView::Several(experiments.len())) };
    let layers = experiment.widths.len();
    if class.has_layer() && sheet.layer >= layers {
        return Err(NoView::NoLayer(sheet.layer + 1, layers));
    }
    class.check(experiment, sheet)
}

impl Asked<'_> {
    /// The first experiment.
    fn experiment(&self) -> Result<&Experiment, NoView> {
        self.experiments.first().ok_or(NoView::Nothing)
    }

    /// Measures all experiments, one after the other.
    fn measure_each(&self, quantities: Quantities) -> Result<Vec<Arc<Measurement>>, NoView> {
        let mut measurer = Measurer::with_threads(self.jobs)?;
        let measure = |(index, experiment): (usize, &Experiment)| {
            (self.say)("measuring", index, self.experiments.len());
            Ok(Arc::new(measurer.measure_all(experiment, quantities)?))
        };
        self.experiments.iter().enumerate().map(measure).collect()
    }
}

//! Views of subjects, for files and for the window: what each is called, what it measures, and what is laid out of that. A new
//! view is a file, and a line in the list; what the window does with it is another in `app/views`.

mod activation;
mod asked;
mod compare;
mod firing;
mod landscape;
mod layers;
mod no_view;
mod units;
mod view_class;

pub use asked::Asked;
pub use no_view::NoView;
pub use view_class::ViewClass;

use crate::experiment::Experiment;
use crate::figure::{Sheet, ViewName};

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
    if sheet.show.takes_several() {
        return Ok(());
    }
    let [experiment] = experiments else { return Err(NoView::Several(experiments.len())) };
    let layers = experiment.widths.len();
    if sheet.show.has_layer() && sheet.layer >= layers {
        return Err(NoView::NoLayer(sheet.layer + 1, layers));
    }
    class.check(experiment, sheet)
}

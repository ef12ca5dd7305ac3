//! Views of subjects, for files and for the window: what each is called, what it measures, and what is laid out of that. A new
//! view is a name (`figure/view_name`), a file here, and a file in `app/views` for what the window does with it: the compiler asks
//! for both. A content of its own stands in `layout`.

mod activation;
mod asked;
mod compare;
mod firing;
mod landscape;
mod layers;
mod no_view;
mod norms;
mod training;
mod training_landscape;
mod units;
mod view_class;

pub use asked::Asked;
pub use no_view::NoView;
pub use training::check_race;
pub use training_landscape::trained_terrain;
pub use view_class::ViewClass;

use crate::figure::{Sheet, ViewName};
use crate::subject::Subject;

/// The view of a name.
pub fn class(name: ViewName) -> &'static dyn ViewClass {
    match name {
        ViewName::Layers => &layers::Layers,
        ViewName::Landscape => &landscape::Landscape,
        ViewName::Units => &units::Units,
        ViewName::Firing => &firing::Firing,
        ViewName::Compare => &compare::Compare,
        ViewName::Activation => &activation::Activation,
        ViewName::Norms => &norms::Norms,
        ViewName::Training => &training::Training,
        ViewName::TrainingLandscape => &training_landscape::TrainingLandscape,
    }
}

/// Whether there is such a figure of these subjects.
///
/// # Errors
/// If the view shows one subject and these are several, a layer is not there, or the view has nothing to show.
pub fn check(subjects: &[Subject], sheet: &Sheet) -> Result<(), NoView> {
    let class = class(sheet.show);
    if sheet.show.takes_several() {
        return Ok(());
    }
    let [subject] = subjects else { return Err(NoView::Several(subjects.len())) };
    let layers = subject.experiment().widths.len();
    if sheet.show.has_layer() && sheet.layer >= layers {
        return Err(NoView::NoLayer(sheet.layer + 1, layers));
    }
    class.check(subject, sheet)
}

//! Views that stand in the centre of the window, each saying all of itself in one place. A new one is a file, and a line in
//! the list.

mod activation;
mod compare;
mod firing;
mod landscape;
mod layers;
mod units;
mod view_in_window;

pub use view_in_window::ViewInWindow;

use super::commands::keys::Keys;
use crate::figure::ViewName;

/// All views, in the order of their tabs and lists.
pub const VIEWS: [&dyn ViewInWindow; 6] = [
    &layers::LayersInWindow,
    &landscape::LandscapeInWindow,
    &units::UnitsInWindow,
    &firing::FiringInWindow,
    &compare::CompareInWindow,
    &activation::ActivationInWindow,
];

/// The view of a name.
pub fn view(name: ViewName) -> &'static dyn ViewInWindow {
    VIEWS.into_iter().find(|view| view.class().name() == name).unwrap_or(&layers::LayersInWindow)
}

/// Keys of the window and of all views.
pub fn keys() -> Keys {
    Keys::new(VIEWS.iter().map(|view| (view.class().name(), view.keys())))
}

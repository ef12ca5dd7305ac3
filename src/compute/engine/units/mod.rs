//! The units of a layer one by one: which images each fires for, and what one of them sees.

mod firing;
mod inspector;
mod layer;
mod matrix;
mod record;
mod unit;

pub use firing::Firing;
pub(super) use inspector::inspector;
pub use inspector::{Inspector, Wanted};
pub use layer::LayerUnits;
pub use matrix::{Matrix, Size};
pub use unit::{Unit, UnitImage};

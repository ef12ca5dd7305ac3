//! Activations as functions of numbers: outputs and derivatives in whole blocks, the limits and flat pieces of an output.

mod limits;
mod outputs;
mod plateaus;
pub(crate) mod smooth;
mod steepest;

pub use limits::Limits;
pub(crate) use plateaus::NEGATIVE_ZERO;
pub use plateaus::{Flat, Plateaus, SATURATION_MARGIN};

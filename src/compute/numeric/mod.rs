//! What all that computes stands on: loops for several kinds of CPU, elementary functions without branches, a rule of
//! integration.

pub(crate) mod elementary;
mod level;
pub(crate) mod quadrature;

pub use level::Level;
pub(crate) use level::{Arithmetic, Plain, Tile, Work};

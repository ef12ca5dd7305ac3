//! What all that computes stands on: loops for several kinds of CPU, elementary functions without branches, a rule of
//! integration, and what is too faint to be computed with.

pub(crate) mod elementary;
mod faint;
mod level;
pub(crate) mod quadrature;

pub(crate) use faint::drop_faint;
pub use level::Level;
pub(crate) use level::{Arithmetic, Plain, Tile, Work};

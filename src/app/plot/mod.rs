//! The layers: a violin or histogram each, and in line under it the layer's numbers and unit states.

mod charts;
mod geometry;
mod histogram;
mod marks;
mod mass;
mod numbers;
mod pictures;
pub(super) mod plot_ui;
mod tooltip;
mod violin;

pub use pictures::{Kept, Pictures};

//! The layers: a violin, histogram, ridge or box each, and in line under it the layer's numbers and unit states.

mod box_plot;
mod charts;
mod columns;
mod edges;
mod ghost;
mod histogram;
mod hover;
mod layers_bar;
mod marks;
mod mass;
mod numbers;
mod pictures;
pub(super) mod plot_ui;
mod ridge;
mod room;
mod tooltip;
mod triangles;
mod violin;

pub use pictures::Pictures;
pub use tooltip::{is_behind, summary};

//! The layers: a violin or histogram each, and in line under it the layer's numbers and unit states.

mod geometry;
mod histogram;
mod layer_item;
mod mass;
mod norms;
mod numbers;
pub(super) mod plot_ui;
mod tooltip;
mod violin;

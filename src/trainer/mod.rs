//! What trains a network, step by step, on one thread for each.

mod cross_entropy;
mod examples;
mod layer;
mod lit;
mod network;
mod order;
mod product;
mod racer;
mod rule;
mod turn;

pub use examples::Examples;
pub use order::EpochOrder;
pub use racer::{LayerStep, NonFinite, NonFiniteValues, Racer, Start, StepReport};

//! What trains a network, step by step, on one thread for each.

mod course;
mod cross_entropy;
mod equal_units;
mod examples;
mod layer;
mod lit;
mod network;
mod order;
mod product;
mod racer;
mod rectified;
mod rule;
mod start;
mod survey;
mod turn;

pub use course::{Course, EpochFigures, EpochLayer, Material};
pub use examples::Examples;
pub use order::EpochOrder;
pub use racer::{KeptArrays, KernelPlace, LayerStep, NonFinite, NonFiniteValues, OtherArrays, Racer, StepReport};
pub use start::Start;

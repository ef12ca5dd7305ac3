//! Networks that are trained side by side in the background, step by step.

mod found;
mod history;
mod snapshots;
mod worker;

pub use found::{RaceFound, RacerFound};
pub use history::{History, LayerSteps};
pub use snapshots::{SNAPSHOT_BYTES, Snapshots};
pub(in crate::engine) use worker::race_trainer;
pub use worker::{MOST_RACERS, RaceTrainer, RaceWish};

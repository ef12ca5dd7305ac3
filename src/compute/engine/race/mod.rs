//! Networks that are trained side by side in the background, step by step.

mod found;
mod history;
mod seed_races;
mod snapshots;
mod wish;
mod worker;

pub use found::{RaceFound, RacerFound};
pub use history::{History, LayerSteps, MOST_FOUND, StepFound};
pub(in crate::engine) use seed_races::seed_trainer;
pub use seed_races::{SeedRaces, SeedTrainer, SeedsWish};
pub use snapshots::{SNAPSHOT_BYTES, Snapshots};
pub use wish::{MOST_RACERS, RaceNumber, RaceWish};
pub use worker::RaceTrainer;
pub(in crate::engine) use worker::race_trainer;

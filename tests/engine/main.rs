//! What the engine answers, and from what: data, experiments, measurements, units, landscapes, and the words on them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod data_folders;
mod extremes;
mod given_weights;
mod inputs;
mod landscape;
mod presets;
mod race;
mod remedies;
mod requests;
mod training_tables;
mod training_words;
mod unit_states;
mod units;
mod what_you_see;

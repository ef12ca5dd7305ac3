//! The numbers of a network: activations, initializers, draws, passes, statistics and theory, against the field.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod activations;
mod backward;
mod biases;
mod dead_units;
mod densities;
mod forward_reference;
mod given_layers;
mod initializer_laws;
mod initializer_settings;
mod initializers;
mod lsuv;
mod network_files;
mod overflow;
mod published_figure;
mod reference;
mod seed_tables;
mod spectral_norms;
mod statistics;
mod theory;
mod theory_of_experiments;
mod theory_of_states;
mod training;
mod training_gradients;
mod trajectories;
mod weights;

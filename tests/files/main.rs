//! What the program writes and reads without a window: figures, scenes, arrays, and the commands that make them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod added_steps;
mod animation;
mod code_to_copy;
mod colors;
mod command_line;
mod contrast;
mod data_commands;
mod data_files;
mod data_programs;
mod data_tables;
#[cfg(unix)]
#[path = "../ended/mod.rs"]
mod ended;
mod export;
mod faults;
mod front_door;
mod handouts;
#[path = "../hostile_networks/mod.rs"]
mod hostile_networks;
mod house;
mod imports;
mod kinds;
mod layout;
mod lessons;
mod loading_code;
mod network_files;
mod page;
mod readme_figures;
mod render;
mod scenes;
mod ticks;
mod training;
mod training_figures;
mod whole_files;

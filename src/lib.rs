//! See what weight initialization does to a deep network.
//!
//! The way of the data is a ring, walked in one direction: a control changes an [`experiment`], the [`engine`] measures it
//! with [`network`] and [`stats`] on images of a [`dataset`], the measurement becomes a [`figure`] and sentences of
//! [`insight`], [`remedy`] tries what helps against what is wrong, and the [`app`] draws them or the [`cli`] prints them. A module
//! imports only those below it in this list.

pub mod app;
pub mod cli;

pub mod arrays;

pub mod verdict;

pub mod remedy;

pub mod insight;

pub mod sweep;

pub mod views;

pub mod layout;

pub mod figure;

pub mod page;

pub mod opened_network;

pub mod network_file;

mod whole_file;

pub use initscope_compute::{
    activation, dataset, engine, experiment, network, number, numeric, stats, subject, theory, trainer, training,
};
use initscope_compute::{caught, leftovers, panic_message};

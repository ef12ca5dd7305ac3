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

pub mod engine;

pub mod trainer;

pub mod theory;

pub mod network;

pub mod stats;

pub mod activation;

pub mod dataset;

pub mod network_file;

pub mod subject;

pub mod training;

pub mod experiment;

pub mod numeric;

mod caught;
mod whole_file;

mod leftovers;
pub mod number;
mod panic_message;

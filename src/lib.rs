//! See what weight initialization does to a deep network.
//!
//! ![The window: five violins, one per hidden layer, with mean, standard deviation, exact zeros and dead units under
//! each](../../../assets/window.png)
//!
//! Measures networks as they are drawn or trained, lays out what was measured, and writes it into files; the window ([`app`]) and
//! the commands ([`cli`]) are made of the same parts.
//!
//! An [`experiment::Experiment`] says all that is computed, and an [`engine::Measurer`] computes it:
//!
//! ```
//! use initscope::engine::{Measurer, Quantities};
//! use initscope::experiment::{Experiment, Inputs};
//!
//! let article = Experiment::article();
//! let few = Experiment { inputs: Inputs { images: 500, ..article.inputs.clone() }, ..article };
//! let measurement = Measurer::new()?.measure_all(&few, Quantities::ALL)?;
//! assert_eq!(measurement.layers.len(), 5);
//! // Outputs of a ReLU whose weights are too small shrink from layer to layer.
//! assert!(measurement.layers[4].output.std < measurement.layers[0].output.std / 2.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A [`views::ViewClass`] measures what a figure shows and makes a [`layout::Content`] of it, which is written as any
//! [`page::FileKind`]:
//!
//! ```
//! use initscope::figure::{Scene, Sheet, View};
//! use initscope::layout::FileOptions;
//! use initscope::page::{FileKind, Fonts, PageFormat, Texts};
//! use initscope::views::{self, Asked};
//! use std::path::Path;
//!
//! let scene = Scene::parse("version = 2\n[[experiments]]\nactivation = 'tanh'\nimages = 100\n", Path::new(""))?;
//! let (subjects, sheet) = (scene.subjects(), Sheet::default());
//! let asked = Asked {
//!     subjects: &subjects,
//!     entrants: &[],
//!     view: View::default(),
//!     sheet: &sheet,
//!     jobs: 1,
//!     say: &|_, _, _| (),
//!     made_step: &|| true,
//! };
//! let content = views::class(sheet.show).measure(&asked)?;
//! let (fonts, text) = (Fonts::bundled(), scene.to_text());
//! let options = FileOptions { sheet: &sheet, fonts: &fonts, zoom: 1.0, texts: Texts::default(), scene: &text };
//! let svg = content.file(FileKind::Page(PageFormat::Svg), options)?;
//! assert!(svg.starts_with(b"<"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! An [`engine::Entrant`] is an experiment and how it is trained; what its network is after some steps is a
//! [`subject::Subject`] that is measured and drawn like any other:
//!
//! ```
//! use initscope::engine::{Entrant, Measurer, Quantities, trained_subjects};
//! use initscope::experiment::{Experiment, Inputs};
//! use initscope::training::TrainingSettings;
//!
//! let article = Experiment::article();
//! let experiment = Experiment { inputs: Inputs { images: 100, ..article.inputs.clone() }, ..article };
//! let training = TrainingSettings { train_images: Some(320), ..TrainingSettings::default() }.apply()?;
//! let mut measurer = Measurer::new()?;
//! let trained = trained_subjects(&[(Entrant::drawn(experiment, training), 10)], &mut measurer, &|| ())?;
//! let after = measurer.measure_all(&trained[0], Quantities::ALL)?;
//! assert!(after.loss.is_finite());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The folder `examples` has a program for each of these.
//!
//! The way of the data is a ring, walked in one direction: a control changes an [`experiment`], the [`engine`] measures it
//! with [`network`] and [`stats`] on images of a [`dataset`], the measurement becomes a [`figure`] and sentences of
//! [`insight`], [`remedy`] tries what helps against what is wrong, and the [`app`] draws them or the [`cli`] prints them. A module
//! imports only those below it in this list.

pub mod app;
pub mod cli;

pub mod lesson;

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

pub mod data_file;

mod file_stamp;
mod half;
mod npy_header;

mod regular_file;
mod system_codes;
mod whole_file;

pub use initscope_compute::{
    activation, dataset, engine, experiment, image_set, network, number, numeric, stats, subject, theory, trainer,
    training,
};
use initscope_compute::{caught, digest, leftovers, panic_message};

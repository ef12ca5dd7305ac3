//! The worker: newest experiment wins, coarse first, cancellable. Knows no window; it is given a wake-up call.

mod companion;
mod cost;
mod desk;
mod every;
mod expectations;
mod first_product;
pub mod landscape;
mod latest;
mod measure;
mod measurement;
mod overflow;
mod precedence;
mod progress;
mod resample;
mod run;
mod runs;
mod spectral_norms;
mod streams;
mod subject;
mod sweep;
pub mod units;
mod weight_gradients;
mod weights;
mod workers;

pub use companion::Companion;
pub use cost::gradients_take;
pub use desk::Reply;
pub(crate) use desk::{Desk, Turn};
pub use latest::{Answer, Engine, Request};
pub use measure::{Failure, Measurer};
pub use measurement::{GradientMeasurement, LayerMeasurement, Measurement};
pub use overflow::{Overflow, OverflowPlace, Values};
pub use progress::{Look, Phase};
pub use resample::{Band, LayerBands, Resampler, SEEDS, Seeds, are_alike};
pub use streams::Quantities;
pub use workers::Workers;

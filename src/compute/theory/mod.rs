//! What mean-field theory says of wide networks at initialization (Poole et al. 2016, arXiv 1606.05340; Schoenholz et
//! al. 2017, arXiv 1611.01232). Pure functions in f64; nothing is drawn here.
//!
//! Conventions: z = h W + b with W_ij ~ N(0, sigma_w^2 / fan_in) and b_j ~ N(0, sigma_b^2) in the formulas of the
//! papers ([`WideNetwork`]); weights of any standard deviation, mean and bias per layer in [`predict`]. q is the second
//! moment of a pre-activation, E[phi] the mean over z ~ N(0, q). All figures are in the units of the values themselves;
//! depths are in layers.

mod born_dead;
mod coverage;
mod gaussian;
mod images;
mod mean_field;
mod outlook;
pub mod phi;
mod predict;
mod ramps;
mod states;

pub use born_dead::born_dead;
pub use coverage::{Coverage, Draws};
pub use gaussian::{Moments, expect, expect_pair, moments};
pub use images::ImageMoments;
pub use mean_field::{EdgeOfChaos, FixedPoint, WideNetwork, edge_of_chaos};
pub use outlook::{DeepLimit, Outlook, deep_limit};
pub use phi::Phi;
pub use predict::{Kernel, LayerPrediction, predict};
pub use ramps::PairMeans;
pub use states::{Regions, StatesPrediction, Together, predict_states};

//! What a set of values looks like: moments, quantiles, bins, density, unit states. All of it is merged from blocks, and
//! comes out the same however the blocks were spread over threads.

mod bins;
mod density;
mod distribution;
mod grid;
mod moments;
mod non_finite;
mod quantiles;
mod radix;
mod tally;
mod units;

pub use bins::{Bins, Cumulative};
pub use density::{Density, PointMass};
pub use distribution::Distribution;
pub use moments::Moments;
pub use non_finite::NonFinite;
pub use quantiles::{LEVELS, Quantiles};
pub use tally::Tally;
pub use units::{UnitCounts, UnitState, UnitStates};

//! What a set of values looks like: moments, quantiles, bins, density, unit states. All of it is merged from blocks, and
//! comes out the same however the blocks were spread over threads.

mod bins;
mod cumulative;
mod curve;
mod density;
mod distribution;
mod edges;
mod grid;
mod levels;
mod moments;
mod non_finite;
mod octaves;
mod quantiles;
mod radix;
mod sizes;
mod smooth;
mod spread;
mod tally;
mod together;
mod units;

pub use bins::Bins;
pub use cumulative::Cumulative;
pub use curve::{Along, Curve};
pub use density::{Density, PointMass};
pub use distribution::Distribution;
pub use edges::Edges;
pub use levels::LEVELS;
pub use moments::Moments;
pub use non_finite::NonFinite;
pub use octaves::Octaves;
pub use quantiles::Quantiles;
pub use sizes::{Cells, Sizes};
pub use spread::Spread;
pub use tally::Tally;
pub use units::{UnitCounts, UnitState, UnitStates};

//! Measurement and view become marks in data coordinates: what the screen draws, and what files will hold.

mod axis;
mod axis_map;
mod bars;
mod bend;
mod columns;
mod counts;
mod five_numbers;
mod headline;
mod landscape;
mod log_chart;
pub mod palette;
mod response;
mod scene;
mod shape;
mod units;
mod view;
mod way_back;

pub use axis::{Range, Tick};
pub use axis_map::{AxisMap, ValueAxis};
pub use bars::Bars;
pub use bend::Bend;
pub use columns::{Column, Figure, MassMark, Side};
pub use five_numbers::FiveNumbers;
pub use headline::Headline;
pub use landscape::{ColorScale, Landscape, Mapped, Shade};
pub use log_chart::LogChart;
pub use response::Response;
pub use scene::{Scene, SceneError};
pub use shape::Shape;
pub use units::{unit_color, unit_reason, unit_words, units_summary};
pub use view::{Axis, Kind, Quantity, Reach, Scale, View};
pub use way_back::{Step, WayBack};

//! Measurement and view become marks in data coordinates: what the screen draws, and what files will hold.

mod axis;
mod bars;
mod columns;
mod headline;
mod landscape;
mod log_chart;
pub mod palette;
mod profile;
mod response;
mod scene;
mod units;
mod view;
mod way_back;

pub use axis::{AxisMap, Range, Tick};
pub use bars::Bars;
pub use columns::{Column, Figure, MassMark, Side};
pub use headline::Headline;
pub use landscape::{ColorScale, Landscape, Mapped, Shade};
pub use log_chart::LogChart;
pub use profile::{Bar, Girth, Profile};
pub use response::Response;
pub use scene::{Scene, SceneError};
pub use units::{unit_color, unit_reason, unit_words, units_summary};
pub use view::{Kind, Quantity, Scale, View};
pub use way_back::{Step, WayBack};

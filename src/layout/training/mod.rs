//! Networks that are trained side by side: curves, maps and lines of their layers, and a table.

mod content;
mod curves;
mod grid;
mod lines;
mod maps;
mod race_drawn;
mod rates;
mod rows;
mod table;
mod table_columns;
mod time_plot;

pub use content::TrainingContent;

//! Trainings as marks in data coordinates: losses and accuracies over time, what happens in the layers, and how far each came.

mod accuracy_axis;
mod curve_scale;
mod curves;
mod layer_lines;
mod layer_map;
mod layer_quantity;
mod layer_scale;
mod layer_seen;
mod layers_over_time;
mod letter;
mod off_axis;
mod polyline;
mod race_runs;
mod race_table;
mod rate_chart;
mod seed_bands;
mod seed_table;
mod smoothing;
mod time_axis;
mod time_unit;
mod trained_value;
mod training_chart;
mod training_look;
mod training_words;

pub use accuracy_axis::AccuracyAxis;
pub use curve_scale::CurveScale;
pub use curves::{Curves, RacerCurves};
pub use layer_lines::LayerLines;
pub use layer_map::LayerMap;
pub use layer_quantity::LayerQuantity;
pub use layer_scale::LayerScale;
pub use layer_seen::LayerSeen;
pub use layers_over_time::{LayerSeries, LayersOverTime};
pub use letter::{letter, place};
pub use off_axis::{OffAxis, off_in_words};
pub use polyline::{band, thinned};
pub use race_runs::RaceRuns;
pub use race_table::{GOALS, RacerSummary, Reached, summaries, summary};
pub use rate_chart::{RateChart, RateLine, RatePoint, rate_words};
pub use seed_table::{SeedSummary, seed_summaries};
pub use smoothing::{RunningMean, smoothed_loss, window_of};
pub use time_axis::TimeAxis;
pub use time_unit::TimeUnit;
pub use trained_value::TrainedValue;
pub use training_chart::TrainingChart;
pub use training_look::TrainingLook;
pub use training_words::{
    length_words, other_training_words, race_headline, racer_names, training_words, training_words_over_seeds,
};

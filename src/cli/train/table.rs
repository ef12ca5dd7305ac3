use std::sync::Arc;

use super::aligned::aligned;
use crate::figure::training::training_words;
use crate::number;
use crate::trainer::{Course, EpochFigures, EpochLayer};
use crate::training::Training;

/// What is trained, and how.
pub(super) fn heading(headline: &str, told: &str, training: &Training, images: usize) -> String {
    let told = if told.is_empty() { String::new() } else { format!(" ({told})") };
    format!("{headline}{told}\n{}\n\n", training_words(training, images))
}

/// A line for every epoch, and one for every hidden layer at the end.
pub(super) fn text(course: &Course) -> String {
    let mut text = aligned(&epochs(course.epochs()));
    if let Some(last) = course.epochs().last() {
        text += &format!("\nAfter {} {}:\n", number::count(last.step), if last.step == 1 { "step" } else { "steps" });
        text += &aligned(&layers(&last.layers));
    }
    if let Some(ended) = course.racer().ended() {
        text += &format!("\nThe training stopped: {ended}.\n");
    }
    text
}

fn epochs(epochs: &[Arc<EpochFigures>]) -> Vec<Vec<String>> {
    let optional = |value: Option<f64>, text: fn(f64) -> String| value.map_or_else(|| "–".to_owned(), text);
    let sum =
        |figures: &EpochFigures, of: fn(&EpochLayer) -> usize| figures.layers.iter().map(of).sum::<usize>().to_string();
    let heading =
        ["epoch", "step", "running loss", "train loss", "test loss", "accuracy", "dead", "always on", "revived"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    rows.extend(epochs.iter().map(|figures| {
        vec![
            number::plain(figures.epoch),
            figures.step.to_string(),
            optional(figures.running_loss, number::value),
            number::value(figures.train_loss),
            optional(figures.test_loss, number::value),
            optional(figures.test_accuracy, |share| format!("{:.1} %", 100.0 * share)),
            sum(figures, |layer| layer.dead_units),
            sum(figures, |layer| layer.always_on_units),
            sum(figures, |layer| layer.revived_units),
        ]
    }));
    rows
}

fn layers(layers: &[EpochLayer]) -> Vec<Vec<String>> {
    let saturates = layers.iter().any(|layer| layer.saturated_fraction.is_some());
    let mut heading =
        vec!["layer", "dL/dW", "dL/dz", "update ratio", "distance", "dead", "always on", "revived", "output std"];
    heading.extend(saturates.then_some("saturated"));
    let mut rows = vec![heading.into_iter().map(str::to_owned).collect::<Vec<_>>()];
    rows.extend(layers.iter().zip(1..).map(|(layer, index)| {
        let mut row = vec![
            index.to_string(),
            number::value(layer.weight_gradient_l2),
            number::value(layer.gradient_l2),
            ratio(layer.update_ratio),
            ratio(Some(layer.distance)),
            layer.dead_units.to_string(),
            layer.always_on_units.to_string(),
            layer.revived_units.to_string(),
            number::value(layer.output_std),
        ];
        row.extend(layer.saturated_fraction.map(number::percent));
        row
    }));
    rows
}

/// A ratio; there is none of nothing to nothing.
fn ratio(ratio: Option<f64>) -> String {
    ratio.filter(|ratio| !ratio.is_nan()).map_or_else(|| "–".to_owned(), number::value)
}

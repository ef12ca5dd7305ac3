use std::sync::Arc;

use super::report::{EpochReport, LayerOfEpoch};
use crate::trainer::EpochFigures;

/// What the columns are, each with its meaning.
pub(in crate::cli) const COLUMNS: [(&str, &str); 16] = [
    ("epoch", "The epoch that is over, counted from 1; 0 before the first step."),
    ("step", "Steps made by then."),
    ("running_loss", "Mean loss of the epoch's batches, each before its update."),
    ("train_loss", "Loss on the images that train."),
    ("test_loss", "Loss on the images that judge."),
    ("test_accuracy", "Share of these that are classified right."),
    ("layer", "The hidden layer, counted from 1."),
    ("weight_gradient_l2", "L2 norm of the gradient ∂L/∂W."),
    ("gradient_l2", "L2 norm of the gradient ∂L/∂z, over all units and images."),
    ("update_ratio", "Norm of the last update of the weights over that of the weights; empty before the first step."),
    ("distance", "Norm of what the weights have moved since the start, over that of the weights there."),
    ("dead_units", "Units whose slope is exactly 0 on every image."),
    ("always_on_units", "Units that could be dead, but are positive on every image."),
    ("revived_units", "Units that were dead after the epoch before, and are not any more."),
    ("saturated_fraction", "Share of saturated outputs; empty where the activation does not saturate."),
    ("output_std", "Standard deviation of the outputs h."),
];

/// Columns that stand before these, where there is more to be told apart.
pub(in crate::cli) const FIRST_COLUMNS: [(&str, &str); 3] = [
    ("experiment", "The network, counted from 1, where there are several."),
    ("learning_rate", "With --tune: the rate that was found for the network."),
    ("seed", "With --seeds: the seed of the weights."),
];

/// What was found of one network, or with one of its seeds.
pub(super) struct CsvPart<'a> {
    /// The cells of the first columns.
    pub first: Vec<String>,
    pub epochs: &'a [Arc<EpochFigures>],
}

/// A header, and a row for every hidden layer after every epoch: the keys of the JSON. What is not finite or does not apply is
/// empty. Each row begins with what tells it from those of other networks and seeds.
pub(super) fn text(first: &[&str], parts: &[CsvPart<'_>]) -> String {
    let header: Vec<_> = first.iter().copied().chain(COLUMNS.map(|(name, _)| name)).collect();
    let mut text = header.join(",") + "\n";
    for part in parts {
        let before: String = part.first.iter().map(|cell| format!("{cell},")).collect();
        for epoch in part.epochs.iter().map(|figures| EpochReport::of(figures)) {
            for layer in &epoch.layers {
                text += &format!("{before}{}", row(&epoch, layer));
            }
        }
    }
    text
}

fn row(epoch: &EpochReport, layer: &LayerOfEpoch) -> String {
    let number = |value: Option<f64>| {
        value.filter(|value| value.is_finite()).map_or_else(String::new, |value| value.to_string())
    };
    let cells = [
        epoch.epoch.to_string(),
        epoch.step.to_string(),
        number(epoch.running_loss),
        number(Some(epoch.train_loss)),
        number(epoch.test_loss),
        number(epoch.test_accuracy),
        layer.layer.to_string(),
        number(Some(layer.weight_gradient_l2)),
        number(Some(layer.gradient_l2)),
        number(layer.update_ratio),
        number(Some(layer.distance)),
        layer.dead_units.to_string(),
        layer.always_on_units.to_string(),
        layer.revived_units.to_string(),
        number(layer.saturated_fraction),
        number(Some(layer.output_std)),
    ];
    cells.join(",") + "\n"
}

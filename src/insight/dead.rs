use super::words::{greatest, these_images, units};
use super::{Rank, Seen, Sentence, Topic};
use crate::engine::LayerMeasurement;
use crate::experiment::Activation;
use crate::number;

/// Whether a unit whose output is never positive passes no gradient either.
fn dies(activation: Activation) -> bool {
    // hard_swish is negative before it is off.
    activation.switches_off() && activation != Activation::HardSwish
}

/// Units that never fire, or a whole layer of them.
pub fn rule(seen: &Seen<'_>) -> Option<Sentence> {
    let measurement = seen.measurement;
    let layers = &measurement.layers;
    if !dies(measurement.experiment.activation) {
        return None;
    }
    let images = these_images(measurement);
    if let Some(layer) = layers.iter().find(|layer| layer.states.dead == layer.units) {
        let (all, none) = match layer.units {
            1 => ("The only unit".to_owned(), "it does not fire"),
            count => (format!("All {}", units(count)), "none fires"),
        };
        let is = if layer.units == 1 { "is" } else { "are" };
        return Some(Sentence {
            text: format!(
                "{all} of layer {} {is} dead: {none} on {images}, so nothing of an image gets through and no gradient comes \
                 back.",
                layer.layer
            ),
            rank: Rank::Broken,
            about: &[
                Topic::Dead,
                Topic::Constant,
                Topic::Saturation,
                Topic::Outputs,
                Topic::Gradients,
                Topic::Axis,
                Topic::Depth,
            ],
        });
    }
    let share = |layer: &LayerMeasurement| layer.states.dead as f64 / layer.units as f64;
    let worst = greatest(layers, share).filter(|layer| layer.states.dead > 0)?;
    let (dead, all): (usize, usize) =
        layers.iter().fold((0, 0), |(dead, all), layer| (dead + layer.states.dead, all + layer.units));
    let text = if dead == worst.states.dead {
        let (is, they, their) =
            if dead == 1 { ("is", "it never fires", "its") } else { ("are", "they never fire", "their") };
        format!(
            "{} of {} in layer {} {is} dead: {they} on {images}, and no gradient reaches {their} weights.",
            number::count(dead as u64),
            units(worst.units),
            worst.layer
        )
    } else {
        format!(
            "{} of {} are dead ({} of {} in layer {}): they never fire on {images}, and no gradient reaches their weights.",
            number::count(dead as u64),
            units(all),
            number::count(worst.states.dead as u64),
            number::count(worst.units as u64),
            worst.layer,
        )
    };
    let rank = if share(worst) >= 0.2 { Rank::Harm } else { Rank::Notable };
    Some(Sentence { text, rank, about: &[Topic::Dead] })
}

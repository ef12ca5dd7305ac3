use super::words::{greatest, these_images, units};
use super::{Rank, Seen, Sentence, Topic};
use crate::activation::Flat;
use crate::engine::LayerMeasurement;
use crate::experiment::Activation;
use crate::number;

/// Units through which nothing can be learnt, or a whole layer of them.
pub fn rule(seen: &Seen<'_>) -> Option<Sentence> {
    let measurement = seen.measurement;
    let layers = &measurement.layers;
    let activation = |layer: &LayerMeasurement| measurement.subject.activation(layer.layer - 1);
    if !layers.iter().any(|layer| activation(layer).can_be_dead()) {
        return None;
    }
    let images = these_images(measurement);
    if let Some(layer) = layers.iter().find(|layer| layer.states.dead == layer.units) {
        let why = Why::of(activation(layer));
        let (all, is) = match layer.units {
            1 => ("The only unit".to_owned(), "is"),
            count => (format!("All {}", units(count)), "are"),
        };
        let (none, lost) = (why.of_all(layer.units), why.lost());
        return Some(Sentence {
            text: format!("{all} of layer {} {is} dead: {none} on {images}, so {lost}.", layer.layer),
            rank: Rank::Broken,
            about: &[
                Topic::Dead,
                Topic::Mixed,
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
    let why = Why::of(activation(worst));
    let (dead, all): (usize, usize) =
        layers.iter().fold((0, 0), |(dead, all), layer| (dead + layer.states.dead, all + layer.units));
    let text = if dead == worst.states.dead {
        let (is, their) = if dead == 1 { ("is", "its") } else { ("are", "their") };
        let they = why.of_some(dead);
        format!(
            "{} of {} in layer {} {is} dead: {they} on {images}, and no gradient reaches {their} weights.",
            number::count(dead as u64),
            units(worst.units),
            worst.layer
        )
    } else {
        format!(
            "{} of {} are dead ({} of {} in layer {}): {} on {images}, and no gradient reaches their weights.",
            number::count(dead as u64),
            units(all),
            number::count(worst.states.dead as u64),
            number::count(worst.units as u64),
            worst.layer,
            why.of_some(dead),
        )
    };
    let rank = if share(worst) >= 0.2 { Rank::Harm } else { Rank::Notable };
    Some(Sentence { text, rank, about: &[Topic::Dead] })
}

/// Why units are dead, in words.
enum Why {
    /// Their outputs are 0.
    Off,
    /// Their outputs are at a limit: `relu6`.
    AtLimit(&'static str),
}

impl Why {
    fn of(activation: Activation) -> Self {
        match activation.plateaus().flat {
            Flat::At(..) => Self::AtLimit(activation.name()),
            _ => Self::Off,
        }
    }

    /// What is so of all units of a layer.
    fn of_all(&self, units: usize) -> String {
        match self {
            Self::Off if units == 1 => "it does not fire".to_owned(),
            Self::Off => "none fires".to_owned(),
            Self::AtLimit(name) => format!("every output is at a limit of {name}"),
        }
    }

    /// What is so of some units.
    fn of_some(&self, units: usize) -> String {
        match (self, units) {
            (Self::Off, 1) => "it never fires".to_owned(),
            (Self::Off, _) => "they never fire".to_owned(),
            (Self::AtLimit(name), 1) => format!("its outputs are all at limits of {name}"),
            (Self::AtLimit(name), _) => format!("their outputs are all at limits of {name}"),
        }
    }

    /// What comes of it, where all are.
    fn lost(&self) -> &'static str {
        match self {
            Self::Off => "nothing of an image gets through and no gradient comes back",
            Self::AtLimit(_) => "no gradient comes back",
        }
    }
}

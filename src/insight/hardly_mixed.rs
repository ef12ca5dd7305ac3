use super::words::{these_images, units};
use super::{Rank, Seen, Sentence, Topic};
use crate::engine::LayerMeasurement;
use crate::number;

/// Up to this share of mixed units there are hardly any.
const FEW: f64 = 0.1;
/// A layer of fewer units has too few of any kind to say so.
const LEAST: usize = 10;

/// A layer with hardly any unit that is on for some images and off for others: nothing tells these apart there by a kink.
pub fn rule(seen: &Seen<'_>) -> Option<Sentence> {
    let measurement = seen.measurement;
    if measurement.images < 2 {
        return None;
    }
    let activation = |layer: &LayerMeasurement| measurement.subject.activation(layer.layer - 1);
    let is_unmixed = |layer: &&LayerMeasurement| {
        let states = layer.states;
        let few = states.mixed as f64 <= FEW * layer.units as f64;
        few && activation(layer).can_be_dead()
            && states.dead < layer.units
            && layer.units >= LEAST
            && layer.has_states()
    };
    let layer = measurement.layers.iter().find(is_unmixed)?;
    let states = layer.states;
    let (mixed, is) = match states.mixed {
        0 => ("None".to_owned(), "is"),
        1 => ("Only 1".to_owned(), "is"),
        count => (format!("Only {}", number::count(count as u64)), "are"),
    };
    let others = match (states.dead, states.always_on) {
        (0, _) => "always on".to_owned(),
        (dead, on) => format!("{} dead, {} always on", number::count(dead as u64), number::count(on as u64)),
    };
    // What is always on is on one straight piece.
    let so = if activation(layer).is_positively_homogeneous() { ", so that it is all but linear there" } else { "" };
    let text = format!(
        "{mixed} of {} in layer {} {is} on for some of {} and off for others ({others}){so}.",
        units(layer.units),
        layer.layer,
        these_images(measurement),
    );
    Some(Sentence { text, rank: Rank::Notable, about: &[Topic::Mixed] })
}

//! How sentences name things.

use crate::engine::{LayerMeasurement, Measurement};
use crate::number;

/// `these 10,000 images`
pub fn these_images(measurement: &Measurement) -> String {
    match measurement.images {
        1 => "this image".to_owned(),
        images => format!("these {} images", number::count(images as u64)),
    }
}

/// `100 units`
pub fn units(units: usize) -> String {
    if units == 1 { "1 unit".to_owned() } else { format!("{} units", number::count(units as u64)) }
}

/// `layer 3`, `layers 1–3`, or `3 layers` where they do not follow one another.
pub fn layers(numbers: &[usize]) -> String {
    match numbers {
        [one] => format!("layer {one}"),
        [first, .., last] if last - first + 1 == numbers.len() => format!("layers {first}–{last}"),
        several => format!("{} layers", several.len()),
    }
}

/// The layer for which a figure is greatest; of equal ones the last.
pub fn greatest(layers: &[LayerMeasurement], of: impl Fn(&LayerMeasurement) -> f64) -> Option<&LayerMeasurement> {
    layers.iter().max_by(|one, other| of(one).total_cmp(&of(other)))
}

/// A factor to two digits.
pub fn about(factor: f64) -> String {
    match factor {
        factor if factor < 0.005 => number::scientific(factor, 1),
        factor if factor < 0.995 => format!("{factor:.2}"),
        factor if factor < 9.95 => format!("{factor:.1}"),
        factor => format!("{factor:.0}"),
    }
}

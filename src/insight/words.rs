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

/// The layers that sentences name, as `layers` and they themselves write them: `layer 3`, `layers 1–3`.
pub fn named_layers(text: &str) -> Vec<usize> {
    let text = text.to_lowercase();
    let mut named = Vec::new();
    for (_, rest) in text.match_indices("layer").map(|(at, word)| text.split_at(at + word.len())) {
        let rest = rest.strip_prefix('s').unwrap_or(rest).strip_prefix(' ').unwrap_or("");
        let (first, rest) = digits(rest);
        let Some(first) = first else { continue };
        let last = rest.strip_prefix('–').and_then(|rest| digits(rest).0).unwrap_or(first);
        named.extend(first..=last);
    }
    named.sort_unstable();
    named.dedup();
    named
}

/// The number that a text begins with, if it does, and what follows.
fn digits(text: &str) -> (Option<usize>, &str) {
    let end = text.find(|digit: char| !digit.is_ascii_digit()).unwrap_or(text.len());
    (text[..end].parse().ok(), &text[end..])
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layers_that_are_named_are_found() {
        for (text, named) in [
            ("Outputs keep their size: std 0.5 in layer 1 and 0.4 in layer 30.", vec![1, 30]),
            ("Layers 1–3 look like zero only because layer 5 sets the axis.", vec![1, 2, 3, 5]),
            ("3 layers look like zero, about ×0.5 per layer (std 2 in layer 7).", vec![7]),
            ("A layer of 100 units; every layer is the same.", vec![]),
        ] {
            assert_eq!(named_layers(text), named, "{text}");
        }
        assert_eq!(named_layers(&layers(&[4, 5, 6])), [4, 5, 6]);
    }
}

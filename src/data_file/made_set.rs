//! What all who read sets have in common at the end.

use std::path::Path;

use super::DataFileError;
use crate::image_set::{ImageSet, SetParts, SetValues};

/// Checks a set.
pub(super) fn set_of(parts: SetParts) -> Result<ImageSet, DataFileError> {
    let path = parts.path.clone();
    ImageSet::new(parts).map_err(|problem| DataFileError::Set { problem, path })
}

/// Side of the smallest picture that flattened pixels are taken for.
const LEAST_SIDE: usize = 8;

/// Pixels that lie in a row, as the square picture that they are of, if they are of one.
pub(super) fn square(shape: Vec<usize>, values: &SetValues, notes: &mut Vec<String>) -> Vec<usize> {
    let [dim] = shape[..] else { return shape };
    let side = dim.isqrt();
    if side * side != dim || side < LEAST_SIDE || !matches!(values, SetValues::Bytes(_)) {
        return shape;
    }
    notes.push(format!("The {dim} pixels in a row are taken for pictures of {side} × {side}."));
    vec![side, side]
}

/// A path as a string of Python.
pub(super) fn quoted(path: &Path) -> String {
    let text = path.to_string_lossy();
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            _ => quoted.push(letter),
        }
    }
    quoted + "\""
}

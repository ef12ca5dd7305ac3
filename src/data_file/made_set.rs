//! What all who read sets have in common at the end.

use std::path::Path;

use super::DataFileError;
use crate::image_set::{ImageSet, PictureForm, SetParts, SetValues};

/// Checks a set.
pub(super) fn set_of(mut parts: SetParts) -> Result<ImageSet, DataFileError> {
    if let Some(PictureForm { rows, columns, colors, colors_first: true }) = PictureForm::of(&parts.shape) {
        let colors = if colors == 1 { "one colour".to_owned() } else { format!("{colors} colours") };
        parts.notes.push(format!(
            "The first length of an image is taken for {colors} of {rows} × {columns}, as PyTorch has it."
        ));
    }
    let path = parts.path.clone();
    ImageSet::new(parts).map_err(|problem| DataFileError::Set { problem, path })
}

/// Side of the smallest picture that flattened pixels are taken for.
pub(super) const LEAST_SIDE: usize = 8;

/// Pixels that lie in a row, as the square picture that they are of, if they are of one.
pub(super) fn square(shape: Vec<usize>, values: &SetValues, notes: &mut Vec<String>) -> Vec<usize> {
    let [dim] = shape[..] else { return shape };
    let side = dim.isqrt();
    let are_pixels = match values {
        SetValues::Bytes(_) => true,
        SetValues::Floats(floats) => have_one_unit(floats, dim),
    };
    if side * side != dim || side < LEAST_SIDE || !are_pixels {
        return shape;
    }
    notes.push(format!("The {dim} pixels in a row are taken for pictures of {side} × {side}."));
    vec![side, side]
}

/// A column that reaches so much of the greatest value of all has the same unit.
const NEAR: f32 = 0.9;

/// Whether numbers in rows are likely to be pixels: none is below 0, and a quarter of the columns come near the greatest of all. Columns
/// of a table each have a greatest value of their own.
fn have_one_unit(values: &[f32], dim: usize) -> bool {
    let mut greatest = vec![0.0_f32; dim];
    for row in values.chunks_exact(dim) {
        for (greatest, &value) in greatest.iter_mut().zip(row) {
            if value < 0.0 || !value.is_finite() {
                return false;
            }
            *greatest = greatest.max(value);
        }
    }
    let most = greatest.iter().copied().fold(0.0, f32::max);
    most > 0.0 && 4 * greatest.iter().filter(|&&greatest| greatest >= NEAR * most).count() >= dim
}

/// A path as a string of Python.
pub(super) fn quoted(path: &Path) -> String {
    text(&path.to_string_lossy())
}

/// A string of Python.
pub(super) fn text(text: &str) -> String {
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

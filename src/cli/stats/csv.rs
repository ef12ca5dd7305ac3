use super::layer::LayerReport;
use crate::engine::Measurement;

/// A header and a row per layer: the keys of the JSON, joined by dots. What is not finite or does not apply is empty. With
/// several measurements, each row begins with the number of its own.
pub(super) fn text<'a>(measurements: impl ExactSizeIterator<Item = &'a Measurement>) -> String {
    let is_numbered = measurements.len() > 1;
    let mut text = String::new();
    for (number, measurement) in (1_usize..).zip(measurements) {
        for layer in LayerReport::all(measurement) {
            let (mut names, mut cells) = (Vec::new(), Vec::new());
            if is_numbered {
                names.push("experiment".to_owned());
                cells.push(number.to_string());
            }
            for (key, figure) in layer.figures() {
                names.push(key.to_owned());
                cells.push(figure.cell());
            }
            if text.is_empty() {
                text = names.join(",") + "\n";
            }
            text += &(cells.join(",") + "\n");
        }
    }
    text
}

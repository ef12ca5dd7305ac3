use std::ops::RangeInclusive;

use egui::{Response, Ui};

use super::row::SliderRow;
use crate::number;

/// What the slider of sigma reaches; more can be typed.
pub const SIGMAS: RangeInclusive<f64> = 0.01..=2.0;
/// Height of the marks under it, with the air over them.
const MARKS: f32 = 20.0;
/// Weights are f32.
const LARGEST: f64 = f32::MAX as f64;

/// The slider of sigma, with something more behind its name.
pub fn sigma_ui(ui: &mut Ui, hover: &str, sigma: &mut f64, beside: impl FnOnce(&mut Ui)) -> Response {
    let row = SliderRow {
        label: "σ",
        hover,
        range: SIGMAS,
        typed: 0.0..=LARGEST,
        logarithmic: true,
        whole: false,
        stop: None,
        written: number::sigma,
    };
    row.ui_with(ui, sigma, MARKS, beside)
}

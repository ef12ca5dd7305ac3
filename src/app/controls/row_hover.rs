use egui::{Rect, RectAlign, Response, Tooltip};

/// Between a row and what is said of it.
const GAP: f32 = 6.0;

/// What is said of a part of a row on hover: under the row or over it, so that the number it sets is seen.
pub fn row_hover(part: &Response, row: Rect, text: &str) {
    let mut tooltip = Tooltip::for_enabled(part);
    let popup = tooltip.popup.anchor(row).gap(GAP);
    tooltip.popup = popup.align(RectAlign::BOTTOM_START).align_alternatives(&[RectAlign::TOP_START]);
    tooltip.show(|ui| ui.label(text));
}

use egui::{Rect, RectAlign, Response, Tooltip, Ui, WidgetText};

/// Between what can be set and what is said of it.
const GAP: f32 = 6.0;

/// What is said of a control on hover: beside the panel, so that nothing that can be set is covered.
pub trait HoverBeside {
    /// Says something of it on hover, beside the panel in which it stands.
    fn hover_beside(self, ui: &Ui, text: impl Into<WidgetText>) -> Self;
}

impl HoverBeside for Response {
    fn hover_beside(self, ui: &Ui, text: impl Into<WidgetText>) -> Self {
        row_hover(ui, &self, self.rect, |ui| drop(ui.label(text)));
        self
    }
}

/// What is said of a part of a row on hover, at the height of the row; where there is no room beside the panel, over the row or
/// under it, so that what the row sets is seen.
pub fn row_hover(ui: &Ui, part: &Response, row: Rect, contents: impl FnOnce(&mut Ui)) {
    let mut tooltip = Tooltip::for_enabled(part);
    let to_edge = row.with_max_x(row.right().max(ui.clip_rect().right()));
    let others = [RectAlign::RIGHT_END, RectAlign::BOTTOM_START, RectAlign::TOP_START];
    let popup = tooltip.popup.anchor(to_edge).gap(GAP);
    tooltip.popup = popup.align(RectAlign::RIGHT_START).align_alternatives(&others);
    tooltip.show(contents);
}

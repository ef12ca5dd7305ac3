use egui::{AreaState, Rect, RectAlign, Response, Tooltip, Ui, UiKind, WidgetText};

/// Between what can be set and what is said of it.
const GAP: f32 = 6.0;
/// Over the row or under it, where there is no room beside the panel: what the row sets is seen.
const BESIDE_PANEL: [RectAlign; 3] = [RectAlign::RIGHT_END, RectAlign::BOTTOM_START, RectAlign::TOP_START];
/// A menu may stand at either edge of the window.
const BESIDE_MENU: [RectAlign; 5] =
    [RectAlign::RIGHT_END, RectAlign::LEFT_START, RectAlign::LEFT_END, RectAlign::BOTTOM_START, RectAlign::TOP_START];

/// What is said of a control on hover: beside the panel or the menu, so that nothing that can be set is covered.
pub trait HoverBeside {
    /// Says something of it on hover, beside the panel or the menu in which it stands.
    fn hover_beside(self, ui: &Ui, text: impl Into<WidgetText>) -> Self;
}

impl HoverBeside for Response {
    fn hover_beside(self, ui: &Ui, text: impl Into<WidgetText>) -> Self {
        row_hover(ui, &self, self.rect, |ui| drop(ui.label(text)));
        self
    }
}

/// What is said of a part of a row on hover, at the height of the row.
pub fn row_hover(ui: &Ui, part: &Response, row: Rect, contents: impl FnOnce(&mut Ui)) {
    let mut tooltip = Tooltip::for_enabled(part);
    let (around, others) = match menu_around(ui) {
        Some(menu) => (row.with_min_x(menu.left()).with_max_x(menu.right()), BESIDE_MENU.as_slice()),
        None => (row.with_max_x(row.right().max(ui.clip_rect().right())), BESIDE_PANEL.as_slice()),
    };
    let popup = tooltip.popup.anchor(around).gap(GAP);
    tooltip.popup = popup.align(RectAlign::RIGHT_START).align_alternatives(others);
    tooltip.show(contents);
}

/// The menu or the open list in which something stands.
fn menu_around(ui: &Ui) -> Option<Rect> {
    let is_in_menu = ui.stack().contained_in(UiKind::Menu);
    is_in_menu.then(|| AreaState::load(ui, ui.layer_id().id).map(|area| area.rect())).flatten()
}

use egui::{Button, Pos2, Response, Role, Shape, Stroke, Ui, Vec2, WidgetInfo, vec2};

use super::App;
use super::commands::Action;
use super::theme::colors;

/// Size of the whole button.
const SIZE: Vec2 = vec2(28.0, 24.0);
/// Between the two, and how wide both are.
const GAP: f32 = 2.0;
pub const WIDTH: f32 = 2.0 * SIZE.x + GAP;
/// Radius of the arrow's bow.
const RADIUS: f32 = 4.5;

impl App {
    /// Back and forward between what was set; returns what was clicked.
    pub(super) fn undo_ui(&self, ui: &mut Ui) -> Option<Action> {
        let buttons = [
            (Action::Undo, "Undo", "Go back to the experiment before the last change.", self.can_undo()),
            (Action::Redo, "Redo", "Go forward to what was undone.", self.can_redo()),
        ];
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            let mut clicked = None;
            for (action, name, about, enabled) in buttons {
                let hover = format!("{about} Key: {}", action.keys(ui).join(" or "));
                let button = ui.add_enabled(enabled, Button::new("").frame_when_inactive(false).min_size(SIZE));
                button.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
                arrow_ui(ui, &button, action == Action::Redo);
                if button.on_hover_text(&hover).on_disabled_hover_text(&hover).clicked() {
                    clicked = Some(action);
                }
            }
            clicked
        })
        .inner
    }
}

/// An arrow that bends back, or forward: its head, a shaft, half a circle, and the way back.
fn arrow_ui(ui: &Ui, button: &Response, forward: bool) {
    let colors = colors(ui.visuals());
    let color = if button.enabled() { colors.text } else { colors.line };
    let stroke = Stroke::new(1.5, color);
    let middle = button.rect.center();
    let at = |x: f32, y: f32| middle + vec2(if forward { -x } else { x }, y);
    let (left, bend, top) = (-6.5, 2.0, -2.5);
    let bow = (0..=12).map(|step| {
        let angle = std::f32::consts::PI * (step as f32 / 12.0 - 0.5);
        at(bend + RADIUS * angle.cos(), top + RADIUS + RADIUS * angle.sin())
    });
    let line: Vec<Pos2> = std::iter::once(at(left, top)).chain(bow).chain([at(-2.5, top + 2.0 * RADIUS)]).collect();
    let head = vec![at(left + 3.5, top - 3.5), at(left, top), at(left + 3.5, top + 3.5)];
    ui.painter().extend([Shape::line(line, stroke), Shape::line(head, stroke)]);
}

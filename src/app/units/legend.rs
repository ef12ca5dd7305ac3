use egui::{Align2, Mesh, Rect, Sense, Shape, Ui, lerp, pos2, vec2};

use crate::app::theme::{self, colors};
use crate::engine::units::LayerUnits;
use crate::figure::UnitKey;
use crate::figure::palette::{self, Rgb};

/// Height of the line.
pub const HEIGHT: f32 = 24.0;

/// What the colours of units mean, in a line.
pub fn legend_ui(ui: &Ui, layer: &LayerUnits, rect: Rect) {
    let background = theme::background(ui.visuals());
    let activation = layer.experiment().activation;
    let mut left = rect.left();
    for key in UnitKey::all(layer) {
        let color = |share: f32| match key {
            UnitKey::Dead => palette::dead(background),
            UnitKey::NeverPositive => palette::never_positive(background),
            UnitKey::Mixed => palette::rate(f64::from(share)),
            UnitKey::AlwaysOn => palette::always_on(background),
            UnitKey::Undefined => palette::no_number(background),
        };
        let width = if key == UnitKey::Mixed { 64.0 } else { 16.0 };
        left = entry_ui(ui, (left, rect), (width, &color), key.name(), &key.explained(activation)) + 22.0;
    }
}

/// A swatch and what it means; returns where the text ends.
fn entry_ui(
    ui: &Ui,
    (left, rect): (f32, Rect),
    (width, color): (f32, &dyn Fn(f32) -> Rgb),
    text: &str,
    hover: &str,
) -> f32 {
    let painter = ui.painter().with_clip_rect(rect.expand(1.0));
    let swatch = Rect::from_min_size(pos2(left, rect.center().y - 6.0), vec2(width, 12.0));
    let mut mesh = Mesh::default();
    for step in 0..=16_u32 {
        let share = step as f32 / 16.0;
        let (x, color) = (lerp(swatch.x_range(), share), theme::color(color(share)));
        mesh.colored_vertex(pos2(x, swatch.top()), color);
        mesh.colored_vertex(pos2(x, swatch.bottom()), color);
        if step > 0 {
            let last = 2 * step + 1;
            mesh.add_triangle(last - 3, last - 2, last - 1);
            mesh.add_triangle(last - 2, last - 1, last);
        }
    }
    painter.add(Shape::mesh(mesh));
    let at = pos2(swatch.right() + 8.0, rect.center().y);
    let shown = painter.text(at, Align2::LEFT_CENTER, text, theme::regular(12.0), colors(ui.visuals()).quiet);
    let whole = Rect::from_x_y_ranges(left..=shown.right(), rect.y_range()).intersect(rect);
    let response = ui.interact(whole, ui.scope_id().with(("units legend", text)), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
    response.on_hover_text(hover);
    shown.right()
}

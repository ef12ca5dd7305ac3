use egui::{Align2, Mesh, Rect, Sense, Shape, Ui, lerp, pos2, vec2};

use crate::app::theme::{self, colors};
use crate::engine::units::LayerUnits;
use crate::figure::palette::{self, Rgb};

/// Height of the line.
pub const HEIGHT: f32 = 24.0;

/// What the colours of units mean, in a line.
pub fn legend_ui(ui: &Ui, layer: &LayerUnits, rect: Rect) {
    let background = theme::background(ui.visuals());
    let ramp = |share: f32| palette::rate(f64::from(share));
    let dead = |_: f32| palette::dead(background);
    let always_on = |_: f32| palette::always_on(background);
    let undefined = |_: f32| palette::no_number(background);
    let mut left = rect.left();
    let mut entry = |width: f32, color: &dyn Fn(f32) -> Rgb, text: &str, hover: &str| {
        left = entry_ui(ui, (left, rect), (width, color), text, hover) + 22.0;
    };
    entry(16.0, &dead, "dead", "Its output is positive for none of the images; a ReLU never fires.");
    entry(64.0, &ramp, "mixed, from seldom to often", "Its output is positive for some images; lighter is more often.");
    entry(16.0, &always_on, "always on", "Its output is positive for every image; a ReLU acts as a linear unit.");
    if layer.undefined.contains(&true) {
        entry(16.0, &undefined, "NaN", "Its output is no number for some images.");
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

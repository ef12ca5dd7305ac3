use egui::epaint::{Mesh, TextShape};
use egui::{Align2, Rect, Sense, Shape, Stroke, StrokeKind, Ui, lerp, pos2, vec2};

use crate::app::theme::{self, colors};
use crate::figure::{Landscape, Room, palette};

/// Width of the bar with its numbers and its name.
pub const WIDTH: f32 = 92.0;
const BAR: f32 = 14.0;
const LEFT: f32 = 18.0;
/// Steps of colour.
const STEPS: u32 = 64;

/// What the colours mean, beside a map.
pub fn color_bar_ui(ui: &Ui, landscape: &Landscape, map: Rect) {
    let Some(scale) = landscape.scale else { return };
    let colors = colors(ui.visuals());
    let bar = Rect::from_min_size(pos2(map.right() + LEFT, map.top()), vec2(BAR, map.height()));
    let mut mesh = Mesh::default();
    for step in 0..=STEPS {
        let share = f64::from(step) / f64::from(STEPS);
        let (y, color) = (lerp(bar.bottom()..=bar.top(), share as f32), theme::color(palette::map(share)));
        mesh.colored_vertex(pos2(bar.left(), y), color);
        mesh.colored_vertex(pos2(bar.right(), y), color);
        if step > 0 {
            let last = 2 * step + 1;
            mesh.add_triangle(last - 3, last - 2, last - 1);
            mesh.add_triangle(last - 2, last - 1, last);
        }
    }
    let painter = ui.painter();
    painter.add(Shape::mesh(mesh));
    painter.rect_stroke(bar, 0.0, Stroke::new(1.0, colors.line), StrokeKind::Outside);
    let font = theme::regular(12.0);
    let mut widest: f32 = 0.0;
    for tick in scale.ticks(landscape.mapped, &Room::upright(map.height().into(), theme::TICK_LINE, 44.0)) {
        let y = lerp(bar.bottom()..=bar.top(), scale.share(tick.at) as f32);
        painter.hline(bar.right()..=bar.right() + 4.0, y, (1.0, colors.line));
        let at = pos2(bar.right() + 7.0, y);
        widest = widest.max(painter.text(at, Align2::LEFT_CENTER, tick.label, font.clone(), colors.quiet).width());
    }
    let name = painter.layout_no_wrap(landscape.mapped.symbol().to_owned(), font, colors.quiet);
    if name.size().x < map.height() {
        let corner = pos2(bar.right() + 7.0 + widest + 6.0, bar.center().y + name.size().x / 2.0);
        painter.add(TextShape::new(corner, name, colors.quiet).with_angle(-std::f32::consts::FRAC_PI_2));
    }
    let response = ui.interact(bar.expand2(vec2(4.0, 0.0)), ui.scope_id().with("color bar"), Sense::hover());
    let ends = [scale.low, scale.high].map(|end| landscape.mapped.written(end));
    let kind = if scale.logarithmic {
        "equal ratios are equally far apart"
    } else {
        "equal differences are equally far apart"
    };
    let mut text = format!("Scale of colours from {} to {}: {kind}.", ends[0], ends[1]);
    if scale.is_cut(landscape.mapped) {
        text += " 1 is in the middle; what is beyond an end has its colour.";
    }
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &text));
    response.on_hover_text(text);
}

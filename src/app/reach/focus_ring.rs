use egui::{Context, Id, Rect, Stroke, StrokeKind};

use crate::app::theme::colors;

/// Widths of the ring, and of the line of ground that sets it off from what it is around.
const WIDTH: f32 = 2.0;
const GROUND: f32 = 1.0;
const RADIUS: f32 = 5.0;

/// Paints a ring around what has the focus: over all that is in its layer, and under what lies over that.
pub fn paint(ctx: &Context, focused: Id) {
    let Some(response) = ctx.read_response(focused) else { return };
    // What is scrolled out of sight has none.
    let seen = response.interact_rect;
    if !seen.is_positive() {
        return;
    }
    let style = ctx.global_style();
    let colors = colors(&style.visuals);
    // At the window's edge it stays within.
    let around = WIDTH + GROUND;
    let rect = seen.expand(1.0).intersect(ctx.content_rect().shrink(around));
    let ring = |rect: Rect, width: f32, color| (rect, Stroke::new(width, color));
    let painter = ctx.layer_painter(response.layer_id);
    let rings = [ring(rect, GROUND, colors.paper), ring(rect.expand(GROUND), WIDTH, colors.accent)];
    for (rect, stroke) in rings {
        painter.rect_stroke(rect, RADIUS, stroke, StrokeKind::Outside);
    }
}

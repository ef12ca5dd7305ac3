use std::sync::Arc;

use egui::{Align2, Mesh, Rect, Sense, Shape, Stroke, Ui, pos2, vec2};

use super::pictures::triangles;
use super::plot_ui::Columns;
use crate::app::theme::{self, colors};
use crate::figure::{Norms, palette};
use crate::number;

/// Height of the strip with its air.
pub const HEIGHT: f32 = 104.0;
const ABOVE: f32 = 16.0;
const BELOW: f32 = 8.0;
const RADIUS: f32 = 4.5;

/// Where they are, under the plot in `frame`.
pub(super) fn strip(frame: Rect, top: f32) -> Rect {
    Rect::from_x_y_ranges(frame.x_range(), top + ABOVE..=top + HEIGHT - BELOW)
}

/// The norms, each in the layer's colour, and theory as a dashed line, as triangles.
pub(super) fn points(ui: &Ui, columns: &Columns<'_>, norms: &Norms, strip: Rect) -> Mesh {
    let background = theme::background(ui.visuals());
    let points = |heights: &[Option<f64>]| -> Vec<_> {
        let heights = heights.iter().enumerate();
        heights.filter_map(|(index, height)| Some((index, pos2(columns.x(index), at(strip, (*height)?))))).collect()
    };
    let radius = RADIUS.min(columns.width * 0.3);
    let mut shapes = Vec::new();
    for (index, point) in points(&norms.measured) {
        let color = theme::color(palette::layer(index, norms.measured.len(), background));
        let foot = pos2(point.x, strip.bottom());
        shapes.push(Shape::line_segment([point, foot], (2.0_f32.min(radius), color)));
        shapes.push(Shape::circle_filled(point, radius, color));
    }
    let line: Vec<_> = points(&norms.theory).into_iter().map(|(_, point)| point).collect();
    shapes.extend(Shape::dashed_line(&line, Stroke::new(1.25, colors(ui.visuals()).quiet), 4.0, 3.0));
    triangles(ui, shapes)
}

/// A height from 0 to 1 on the screen.
fn at(strip: Rect, height: f64) -> f32 {
    strip.bottom() - strip.height() * height as f32
}

/// The gradient's norm in every layer on a logarithmic axis.
pub(super) fn norms_ui(ui: &Ui, columns: &Columns<'_>, norms: &Norms, strip: Rect, points: &Arc<Mesh>) {
    let colors = *colors(ui.visuals());
    let y = |height: f64| at(strip, height);
    for (height, label) in norms.ticks(4) {
        ui.painter().hline(strip.x_range(), y(height), (1.0, colors.grid));
        let at = pos2(strip.left() - 8.0, y(height));
        ui.painter().text(at, Align2::RIGHT_CENTER, label, theme::regular(12.0), colors.quiet);
    }
    let name = ui.painter().layout_no_wrap("||∂L/∂z||".to_owned(), theme::regular(12.0), colors.quiet);
    // As the axis above: upright, in the same column.
    let corner = pos2(ui.max_rect().left() + 1.0, strip.center().y + name.size().x / 2.0);
    let bounds = Rect::from_min_size(corner - vec2(0.0, name.size().x), vec2(name.size().y, name.size().x));
    ui.painter().add(egui::epaint::TextShape::new(corner, name, colors.quiet).with_angle(-std::f32::consts::FRAC_PI_2));
    let explained = ui.interact(bounds.expand(3.0), ui.scope_id().with("norms"), Sense::hover());
    explained.on_hover_text(
        "L2 norm of ∂L/∂z over all units and images, on a logarithmic axis. Dashed: mean-field theory, from the measured \
         gradient of the logits back.",
    );
    ui.painter().add(Shape::mesh(Arc::clone(points)));
    for (index, layer) in columns.figure.measurement.layers.iter().enumerate() {
        let Some(gradient) = &layer.gradient else { continue };
        let column = Rect::from_x_y_ranges(
            columns.x(index) - columns.width / 2.0..=columns.x(index) + columns.width / 2.0,
            strip.y_range(),
        );
        let response = ui.interact(column, ui.scope_id().with(("norm", index)), Sense::hover());
        let text = || {
            let theory = layer.theory.and_then(|theory| theory.gradient_l2);
            let theory = theory.map_or_else(String::new, |l2| format!(", theory {}", number::significant(l2)));
            let [l2, weights] = [gradient.l2, gradient.weight_l2].map(number::significant);
            format!("Layer {}: ||∂L/∂z|| = {l2}{theory}. ||∂L/∂W|| = {weights}.", layer.layer)
        };
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, text()));
        response.on_hover_ui(|ui| {
            ui.label(text());
        });
    }
}

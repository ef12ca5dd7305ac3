//! Small charts across the layers, each layer's number under its violin: solid what is measured, dashed theory, behind them the
//! band of other seeds.

use std::sync::Arc;

use egui::{Align2, Color32, Mesh, Rect, Sense, Shape, Stroke, Ui, pos2, vec2};

use super::columns::Columns;
use super::triangles::triangles;
use crate::app::theme::{self, colors};
use crate::engine::{LayerMeasurement, Measurement, Seeds};
use crate::figure::{LogChart, palette};
use crate::number;

/// What a chart shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chart {
    /// ||dL/dz||
    Gradients,
    /// The outputs' standard deviation.
    OutputStds,
}

/// Height of a chart with its air, and how low it may be where there is little room.
pub const HEIGHT: f32 = 92.0;
pub const LEAST: f32 = 50.0;
const ABOVE: f32 = 18.0;
const BELOW: f32 = 6.0;
const RADIUS: f32 = 4.5;
/// Narrower columns have no number beside the point.
const ROOM_FOR_NUMBER: f32 = 104.0;

impl Chart {
    /// From the first that finds room.
    pub const ALL: [Self; 2] = [Self::Gradients, Self::OutputStds];

    /// Makes the chart of a measurement, if it has that.
    pub fn of(self, measurement: &Measurement, seeds: Option<&Seeds>) -> Option<LogChart> {
        match self {
            Self::Gradients => LogChart::gradients(measurement, seeds),
            Self::OutputStds => Some(LogChart::output_stds(measurement, seeds)),
        }
    }

    /// What stands beside its axis.
    fn name(self) -> &'static str {
        match self {
            Self::Gradients => "||∂L/∂z||",
            Self::OutputStds => "std of h",
        }
    }

    fn explained(self) -> &'static str {
        match self {
            Self::Gradients => {
                "L2 norm of ∂L/∂z over all units and images, on a logarithmic axis. Dashed: mean-field theory, back \
                 from the measured gradient of the logits."
            }
            Self::OutputStds => {
                "Standard deviation of all outputs of the layer, on a logarithmic axis. Dashed: mean-field theory, \
                 starting from the images."
            }
        }
    }

    /// A layer's number in words; `None` if it is not measured.
    fn text(self, columns: &Columns<'_>, index: usize, layer: &LayerMeasurement) -> Option<String> {
        let number = layer.layer;
        let expected = |theory: Option<f64>| {
            theory.map_or_else(String::new, |theory| format!(", theory {}", number::significant(theory)))
        };
        let images = columns.figure.measurement.images;
        Some(match self {
            Self::Gradients => {
                let gradient = layer.gradient.as_ref()?;
                let theory = expected(layer.theory.and_then(|theory| theory.gradient_l2));
                let [l2, weights] = [gradient.l2, gradient.weight_l2].map(number::significant);
                let band = columns.seeds.and_then(|seeds| seeds.gradient_l2(index, images));
                let seeds = band.map_or_else(String::new, |band| columns.seeds_text(band, number::significant));
                format!("Layer {number}: ||∂L/∂z|| = {l2}{theory}. ||∂L/∂W|| = {weights}.{seeds}")
            }
            Self::OutputStds => {
                let theory = expected(layer.theory.map(|theory| theory.output_std));
                let band = columns.seeds.and_then(|seeds| Some(seeds.layers.get(index)?.output_std));
                let seeds = band.map_or_else(String::new, |band| columns.seeds_text(band, number::significant));
                format!("Layer {number}: std of h = {}{theory}.{seeds}", number::significant(layer.output.std))
            }
        })
    }
}

/// Where a chart of this height is, under what ends at `top`.
pub(super) fn strip(frame: Rect, top: f32, height: f32) -> Rect {
    Rect::from_x_y_ranges(frame.x_range(), top + ABOVE..=top + height - BELOW)
}

/// The numbers, each in the layer's colour, theory as a dashed line, and the band behind them, as triangles.
pub(super) fn points(ui: &Ui, columns: &Columns<'_>, chart: &LogChart, strip: Rect) -> Mesh {
    let background = theme::background(ui.visuals());
    let quiet = colors(ui.visuals()).quiet;
    let points = |heights: &[Option<f64>]| -> Vec<_> {
        let heights = heights.iter().enumerate();
        heights.filter_map(|(index, height)| Some((index, pos2(columns.x(index), at(strip, (*height)?))))).collect()
    };
    let radius = RADIUS.min(columns.width * 0.3);
    let mut shapes = Vec::new();
    band(columns, chart, strip, quiet, &mut shapes);
    for (index, point) in points(&chart.measured) {
        let color = theme::color(palette::layer(index, chart.measured.len(), background));
        let foot = pos2(point.x, strip.bottom());
        shapes.push(Shape::line_segment([point, foot], (2.0_f32.min(radius), color)));
        shapes.push(Shape::circle_filled(point, radius, color));
    }
    let line: Vec<_> = points(&chart.theory).into_iter().map(|(_, point)| point).collect();
    shapes.extend(Shape::dashed_line(&line, Stroke::new(1.25, quiet), 4.0, 3.0));
    triangles(ui, shapes)
}

/// From the least to the greatest of the seeds, from layer to layer, with the median in it; a layer alone has a column.
fn band(columns: &Columns<'_>, chart: &LogChart, strip: Rect, quiet: Color32, shapes: &mut Vec<Shape>) {
    let fill = quiet.gamma_multiply(0.22);
    let median = Stroke::new(1.0, quiet.gamma_multiply(0.7));
    let reach = (columns.width * 0.2).min(2.0 * RADIUS);
    for (index, band) in chart.bands.iter().enumerate() {
        let Some(here) = band else { continue };
        let (x, next) = (columns.x(index), chart.bands.get(index + 1).copied().flatten());
        let is_first = index == 0 || chart.bands[index - 1].is_none();
        let mut quad = |(from, of): (f32, &[f64; 3]), (to, until): (f32, &[f64; 3])| {
            let mut mesh = Mesh::default();
            for (x, band) in [(from, of), (to, until)] {
                mesh.colored_vertex(pos2(x, at(strip, band[0])), fill);
                mesh.colored_vertex(pos2(x, at(strip, band[2])), fill);
            }
            mesh.add_triangle(0, 1, 2);
            mesh.add_triangle(1, 2, 3);
            shapes.push(Shape::mesh(mesh));
            shapes.push(Shape::line_segment([pos2(from, at(strip, of[1])), pos2(to, at(strip, until[1]))], median));
        };
        if is_first {
            quad((x - reach, here), (x, here));
        }
        match next {
            Some(next) => quad((x, here), (columns.x(index + 1), &next)),
            None => quad((x, here), (x + reach, here)),
        }
    }
}

/// A height from 0 to 1 on the screen.
fn at(strip: Rect, height: f64) -> f32 {
    strip.bottom() - strip.height() * height as f32
}

/// A number of every layer on a logarithmic axis.
pub(super) fn chart_ui(ui: &Ui, what: Chart, columns: &Columns<'_>, chart: &LogChart, strip: Rect, points: &Arc<Mesh>) {
    let colors = *colors(ui.visuals());
    let y = |height: f64| at(strip, height);
    for (height, label) in chart.ticks(3) {
        ui.painter().hline(strip.x_range(), y(height), (1.0, colors.grid));
        let at = pos2(strip.left() - 8.0, y(height));
        ui.painter().text(at, Align2::RIGHT_CENTER, label, theme::regular(12.0), colors.quiet);
    }
    let name = ui.painter().layout_no_wrap(what.name().to_owned(), theme::regular(12.0), colors.quiet);
    // As the axis above: upright, in the same column.
    let corner = pos2(ui.max_rect().left() + 1.0, strip.center().y + name.size().x / 2.0);
    let bounds = Rect::from_min_size(corner - vec2(0.0, name.size().x), vec2(name.size().y, name.size().x));
    ui.painter().add(egui::epaint::TextShape::new(corner, name, colors.quiet).with_angle(-std::f32::consts::FRAC_PI_2));
    let explained = ui.interact(bounds.expand(3.0), ui.scope_id().with(("chart", what as u8)), Sense::hover());
    explained.on_hover_text(what.explained());
    ui.painter().add(Shape::mesh(Arc::clone(points)));
    for (index, layer) in columns.figure.measurement.layers.iter().enumerate() {
        let text = || what.text(columns, index, layer);
        if what == Chart::Gradients && layer.gradient.is_none() {
            continue;
        }
        let column = Rect::from_x_y_ranges(
            columns.x(index) - columns.width / 2.0..=columns.x(index) + columns.width / 2.0,
            strip.y_range(),
        );
        let response = ui.interact(column, ui.scope_id().with(("chart", what as u8, index)), Sense::hover());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, text().unwrap_or_default()));
        response.on_hover_ui(|ui| {
            ui.label(text().unwrap_or_default());
        });
        // The std stands in the table already.
        let gradient = layer.gradient.as_ref().filter(|_| what == Chart::Gradients && columns.width > ROOM_FOR_NUMBER);
        if let Some((gradient, height)) = gradient.zip(chart.measured[index]) {
            let galley =
                ui.painter().layout_no_wrap(number::significant(gradient.l2), theme::regular(12.5), colors.text);
            // Over the point, where no line goes on from it.
            let over = pos2(columns.x(index), y(height) - 2.0 * RADIUS);
            let rect = Align2::CENTER_BOTTOM.anchor_size(over, galley.size());
            ui.painter().galley(rect.min, galley, colors.text);
        }
    }
}

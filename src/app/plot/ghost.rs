use egui::{Mesh, Pos2, Shape, Stroke, Ui, pos2};
use egui_plot::PlotTransform;

use super::triangles::triangles;
use crate::app::theme::colors;
use crate::figure::geometry::HALF_WIDTH;
use crate::figure::{AxisMap, Figure, Shape as LayerShape};

/// What layers were before, as outlines over what they are.
pub fn outlines(ui: &Ui, figure: &Figure, axes: &AxisMap, transform: &PlotTransform) -> Mesh {
    let color = colors(ui.visuals()).text.gamma_multiply(0.7);
    let at = |x: f64, y: f64| pos2(transform.position_from_point_x(x), transform.position_from_point_y(y));
    let mut shapes = Vec::new();
    for (index, shape) in figure.shapes(axes).into_iter().enumerate() {
        let x = (index + 1) as f64;
        let left = x - HALF_WIDTH;
        let lines: Vec<Vec<Pos2>> = match shape {
            LayerShape::Violin(points) => [-1.0, 1.0]
                .map(|side| points.iter().map(|&(y, width)| at(x + side * HALF_WIDTH * width, y)).collect())
                .to_vec(),
            LayerShape::Histogram(bars) => {
                let end = |width: f64| left + 2.0 * HALF_WIDTH * width;
                let corners = bars.iter().flat_map(|&(from, to, width)| [at(end(width), from), at(end(width), to)]);
                vec![corners.collect()]
            }
            LayerShape::Ridge(points) => {
                vec![points.iter().map(|&(y, width)| at(left + width, y)).collect()]
            }
            LayerShape::Box(numbers) => {
                let Some(numbers) = numbers else { continue };
                let axis = axes.axis(index);
                let half = HALF_WIDTH;
                let across = |value: f64| vec![at(x - half, axis.height(value)), at(x + half, axis.height(value))];
                [numbers.first, numbers.median, numbers.third].map(across).to_vec()
            }
        };
        shapes.extend(
            lines.into_iter().filter(|line| line.len() > 1).map(|line| Shape::line(line, Stroke::new(1.25, color))),
        );
    }
    triangles(ui, shapes)
}

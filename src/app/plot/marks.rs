use std::sync::Arc;

use egui::{Color32, Mesh, Shape, Ui, pos2};
use egui_plot::PlotTransform;

use super::box_plot::BoxPlot;
use super::histogram::Histogram;
use super::mass::Mass;
use super::ridge::Ridge;
use super::triangles::triangles;
use super::violin::Violin;
use crate::app::theme::{self, colors};
use crate::figure::geometry::{self, HALF_WIDTH};
use crate::figure::{AxisMap, Column, Figure, PlotShape, Shape as LayerShape, ValueAxis, palette};

/// The shapes of all layers on an axis.
pub struct Marks {
    /// As triangles.
    pub mesh: Arc<Mesh>,
    /// About how many values of each layer lie below and above the axis.
    pub outside: Vec<(f64, f64)>,
}

impl Marks {
    /// Places a figure's marks.
    pub fn of(ui: &Ui, figure: &Figure, axes: &AxisMap, transform: &PlotTransform) -> Self {
        let layers = figure.columns.len();
        let background = theme::background(ui.visuals());
        let colors = colors(ui.visuals());
        let mut shapes = Vec::new();
        // Each ridge stands before the next one's.
        for (index, shape) in figure.shapes(axes).into_iter().enumerate().rev() {
            let color = theme::color(palette::layer(index, layers, background));
            let place = Place { x: (index + 1) as f64, axis: axes.axis(index), kind: figure.view.shape, transform };
            place.shape(shape, color, colors.paper, &mut shapes);
        }
        for (index, column) in figure.columns_on(axes).iter().enumerate() {
            let color = theme::color(palette::layer(index, layers, background));
            let place = Place { x: (index + 1) as f64, axis: axes.axis(index), kind: figure.view.shape, transform };
            place.exact(column, color, colors.text, &mut shapes);
        }
        Self { mesh: triangles(ui, shapes).into(), outside: figure.outside(axes) }
    }
}

/// An outline's line is this far from its place, in points of the screen, without anybody seeing it.
const UNSEEN: f64 = 0.1;

/// Where a column is, and how it is drawn.
struct Place<'a> {
    x: f64,
    axis: ValueAxis,
    kind: PlotShape,
    transform: &'a PlotTransform,
}

impl Place<'_> {
    fn shape(&self, shape: LayerShape, color: Color32, paper: Color32, shapes: &mut Vec<Shape>) {
        let &Self { x, axis, transform, .. } = self;
        let tolerance = UNSEEN / (transform.dpos_dvalue_x().abs() * HALF_WIDTH);
        match shape {
            LayerShape::Violin(points) => {
                Violin { points: geometry::thinned(&points, tolerance) }.paint(x, color, transform, shapes);
            }
            LayerShape::Histogram(bars) => Histogram { bars }.paint(x, color, transform, shapes),
            LayerShape::Ridge(points) => {
                let points = geometry::thinned(&points, tolerance * HALF_WIDTH);
                Ridge { points }.paint(x, (color, paper), transform, shapes);
            }
            LayerShape::Box(numbers) => {
                if let Some(numbers) = numbers {
                    BoxPlot { numbers, axis }.paint(x, color, transform, shapes);
                }
            }
        }
    }

    /// What is drawn of exact values and of the mean.
    fn exact(&self, column: &Column, color: Color32, text: Color32, shapes: &mut Vec<Shape>) {
        let &Self { x, axis, kind, transform } = self;
        for mark in &column.masses {
            let y = axis.height(mark.mass.at);
            if (-0.02..=1.02).contains(&y) {
                let rect = Mass::new(y, *mark, kind).rect(x, transform);
                shapes.push(Shape::rect_filled(rect, 2.0, color));
            }
        }
        let mean = column.mean.map(|mean| axis.height(mean));
        if let Some(mean) = mean.filter(|mean| (0.0..=1.0).contains(mean)) {
            let y = transform.position_from_point_y(mean);
            let (from, to) = mean_mark(x, kind, transform);
            let ends = [from, to].map(|x| pos2(transform.position_from_point_x(x), y));
            shapes.push(Shape::line_segment(ends, (2.0, text)));
        }
    }
}

/// From where to where the mark of a mean goes: in the middle of a violin or box, at the foot of bars or ridges; never too short to be seen,
/// if there is room for that.
pub fn mean_mark(x: f64, kind: PlotShape, transform: &PlotTransform) -> (f64, f64) {
    let half = (0.2 * HALF_WIDTH).max(1.5 / transform.dpos_dvalue_x()).min(HALF_WIDTH);
    let middle = if kind.is_centred() { x } else { x - HALF_WIDTH + half };
    (middle - half, middle + half)
}

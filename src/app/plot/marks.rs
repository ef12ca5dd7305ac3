use std::sync::Arc;

use egui::{Color32, Mesh, Shape, Ui, pos2};
use egui_plot::PlotTransform;

use super::geometry::{self, HALF_WIDTH};
use super::histogram::Histogram;
use super::mass::Mass;
use super::pictures::triangles;
use super::violin::Violin;
use crate::app::theme::{self, colors};
use crate::figure::{AxisMap, Column, Figure, Kind, Profile, Range, palette};

/// The shapes of all layers on an axis.
pub struct Marks {
    /// As triangles.
    pub mesh: Arc<Mesh>,
    /// About how many values of each layer lie below and above the axis.
    pub outside: Vec<(f64, f64)>,
}

impl Marks {
    /// Of a figure.
    pub fn of(ui: &Ui, figure: &Figure, axes: &AxisMap, transform: &PlotTransform) -> Self {
        let layers = figure.columns.len();
        let background = theme::background(ui.visuals());
        let text = colors(ui.visuals()).text;
        let mut shapes = Vec::new();
        for (index, column) in figure.columns.iter().enumerate() {
            let color = theme::color(palette::layer(index, layers, background));
            let place = Place { x: (index + 1) as f64, range: axes.range(index), kind: figure.view.kind, transform };
            place.column(column, color, text, &mut shapes);
        }
        Self { mesh: triangles(ui, shapes).into(), outside: figure.outside(axes) }
    }
}

/// An outline's line is this far from its place, in points of the screen, without anybody seeing it.
const UNSEEN: f64 = 0.1;

/// Where a column is, and how it is drawn.
struct Place<'a> {
    x: f64,
    range: Range,
    kind: Kind,
    transform: &'a PlotTransform,
}

impl Place<'_> {
    fn column(&self, column: &Column, color: Color32, text: Color32, shapes: &mut Vec<Shape>) {
        let &Self { x, range, kind, transform } = self;
        match &column.profile {
            Profile::Violin(girths) => {
                let tolerance = UNSEEN / (transform.dpos_dvalue_x().abs() * HALF_WIDTH);
                let points = geometry::thinned(&geometry::violin(girths, range), tolerance);
                Violin { points }.paint(x, color, transform, shapes);
            }
            Profile::Histogram(bars) => {
                Histogram { bars: geometry::bars(bars, range) }.paint(x, color, transform, shapes);
            }
        }
        for mark in &column.masses {
            let y = range.height(mark.mass.at);
            if (-0.02..=1.02).contains(&y) {
                let rect = Mass::new(y, *mark, kind).rect(x, transform);
                shapes.push(Shape::rect_filled(rect, 2.0, color));
            }
        }
        let mean = column.mean.map(|mean| range.height(mean));
        if let Some(mean) = mean.filter(|mean| (0.0..=1.0).contains(mean)) {
            let y = transform.position_from_point_y(mean);
            let (from, to) = mean_mark(x, kind, transform);
            let ends = [from, to].map(|x| pos2(transform.position_from_point_x(x), y));
            shapes.push(Shape::line_segment(ends, (2.0, text)));
        }
    }
}

/// From where to where the mark of a mean goes: in the middle of a violin, at the foot of bars; never too short to be seen,
/// if there is room for that.
pub fn mean_mark(x: f64, kind: Kind, transform: &PlotTransform) -> (f64, f64) {
    let half = (0.2 * HALF_WIDTH).max(1.5 / transform.dpos_dvalue_x()).min(HALF_WIDTH);
    let middle = if kind == Kind::Violin { x } else { x - HALF_WIDTH + half };
    (middle - half, middle + half)
}

use super::canvas::{Canvas, plain};
use super::marks::Place;
use super::table::Table;
use crate::figure::geometry::HALF_WIDTH;
use crate::figure::{AxisMap, Column, Figure, Kind, Shape, ValueAxis};
use crate::number;
use crate::page::{Anchor, Rect, Text, Weight};
use crate::stats::Distribution;

/// The layers of one experiment, as they are drawn.
pub(super) struct Panel<'a> {
    /// A shape for each.
    pub shapes: Vec<Shape>,
    /// Exact values and the mean of each.
    pub columns: Vec<Column>,
    /// Where values are.
    pub axes: &'a AxisMap,
    /// What the shapes are.
    pub kind: Kind,
    /// Whether the mean is marked.
    pub with_mean: bool,
    /// Shapes behind these, as outlines.
    pub ghosts: Vec<Shape>,
    /// Of the measurement: for the numbers, and what lies beyond the axis.
    pub figure: Option<&'a Figure>,
}

/// Which parts of the axis a panel has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Labels {
    /// The names of ticks, of the axis and of rows stand left of it.
    Shown,
    /// They stand left of a neighbour.
    OfNeighbour,
}

impl Panel<'_> {
    fn layers(&self) -> usize {
        self.columns.len()
    }

    /// The grid's lines, with what they stand for.
    pub fn ticks(&self, canvas: &Canvas<'_>, height: f64) -> Vec<(f64, String)> {
        let most = ((height / canvas.look.px(46.0)) as usize).clamp(2, 10);
        let Some(axis) = self.axes.shared_axis() else { return Vec::new() };
        axis.ticks(most).into_iter().map(|tick| (axis.height(tick.at), tick.label)).collect()
    }

    /// Draws grid, shapes and numbers. The table's plot and rows are where it says.
    pub fn draw(&self, canvas: &mut Canvas<'_>, plot: Rect, table: &Table<'_>, labels: Labels) {
        let look = canvas.look;
        for (height, label) in self.ticks(canvas, plot.height) {
            let y = plot.bottom() - height * plot.height;
            canvas.line((plot.x, y), (plot.right(), y), look.px(0.9), look.grid);
            if labels == Labels::Shown {
                let at = (plot.x - look.px(7.0), y);
                canvas.text_at_middle(plain(label, at, Anchor::End, 0.92 * look.size, look.quiet));
            }
        }
        canvas.clipped(plot, |canvas| {
            // Each ridge stands before the next one's.
            for (index, shape) in self.shapes.iter().enumerate().rev() {
                self.place(canvas, plot, index).shape(canvas, shape);
            }
            // What lies behind shows through.
            for (index, shape) in self.ghosts.iter().enumerate().take(self.layers()) {
                self.place(canvas, plot, index).ghost(canvas, shape, look.text.faint(0.7));
            }
            for (index, column) in self.columns.iter().enumerate() {
                self.place(canvas, plot, index).exact(canvas, column, self.with_mean);
            }
        });
        table.draw(canvas, plot, labels);
        if let Some(figure) = self.figure {
            self.nothing(canvas, figure, plot);
            self.edges(canvas, figure, plot);
            self.own_axes(canvas, figure, plot);
        }
    }

    fn place(&self, canvas: &Canvas<'_>, plot: Rect, index: usize) -> Place {
        let width = plot.width / self.layers() as f64;
        Place {
            plot,
            x: plot.x + (index as f64 + 0.5) * width,
            width,
            axis: self.axes.axis(index),
            kind: self.kind,
            color: canvas.look.layer(index, self.layers()),
        }
    }

    /// Says in place of a shape that a layer has no finite values.
    fn nothing(&self, canvas: &mut Canvas<'_>, figure: &Figure, plot: Rect) {
        let look = canvas.look;
        for index in 0..self.layers() {
            let values = figure.shown(index);
            if values.finite_range.is_none() {
                let at = (self.place(canvas, plot, index).x, plot.center().1);
                let text = plain(if values.nan > 0 { "NaN" } else { "∞" }, at, Anchor::Middle, look.size, look.alarm);
                canvas.text_at_middle(Text { weight: Weight::SemiBold, ..text });
            }
        }
    }

    /// How much of a layer lies beyond the axis, at the edge it leaves by. Where columns are narrow, the most of their neighbours
    /// is said for them.
    fn edges(&self, canvas: &mut Canvas<'_>, figure: &Figure, plot: Rect) {
        let look = canvas.look;
        let size = 0.9 * look.size;
        let column = plot.width / self.layers() as f64;
        let room = canvas.width("↑ 0.55 %", size, Weight::SemiBold) + look.px(8.0);
        let stride = (room / column).ceil().max(1.0) as usize;
        let outside = figure.outside(self.axes);
        let count = |index: usize| figure.shown(index).count as f64;
        let shares: Vec<_> = (outside.iter().enumerate())
            .map(|(index, (below, above))| (below / count(index), above / count(index)))
            .collect();
        for (group, shares) in shares.chunks(stride).enumerate() {
            let first = group * stride;
            let x = plot.x + (first as f64 + 0.5 * shares.len() as f64) * column;
            let most = |of: fn(&(f64, f64)) -> f64| shares.iter().map(of).fold(0.0, f64::max);
            let ends = [
                (most(|share| share.1), "↑", plot.y + 0.6 * size),
                (most(|share| share.0), "↓", plot.bottom() - 0.6 * size),
            ];
            for (share, arrow, y) in ends {
                // Bins that the edge cuts are shared out: less than one value is none.
                if share >= 0.5 / count(first) {
                    let text =
                        plain(format!("{arrow} {}", number::percent(share)), (x, y), Anchor::Middle, size, look.text);
                    canvas.text_at_middle(Text { weight: Weight::SemiBold, ..text });
                }
            }
        }
    }

    /// Where every layer has its own axis: its ends.
    fn own_axes(&self, canvas: &mut Canvas<'_>, figure: &Figure, plot: Rect) {
        if self.axes.shared_axis().is_some() {
            return;
        }
        let look = canvas.look;
        let size = 0.88 * look.size;
        for index in 0..self.layers() {
            let place = self.place(canvas, plot, index);
            let Some((from, to)) = ends_on(&place.axis, figure.shown(index)) else { continue };
            let left = place.x - 0.47 * place.width;
            for (end, side) in [(from, 1.0), (to, -1.0)] {
                let value = end.clamp(place.axis.low(), place.axis.high());
                let y = (plot.bottom() - place.axis.height(value) * plot.height).clamp(plot.y, plot.bottom());
                let inside = if value == end { side } else { -side };
                let label = number::value(value);
                let wide = canvas.width(&label, size, Weight::Regular);
                let at = (left + look.px(8.0), y + inside * 0.72 * size);
                if wide + look.px(8.0) > 0.9 * place.width {
                    continue;
                }
                canvas.line((left, y), (left + look.px(5.0), y), look.px(0.9), look.quiet);
                canvas.text_at_middle(plain(label, at, Anchor::Start, size, look.quiet));
                if from == to {
                    break;
                }
            }
        }
    }
}

/// Least and greatest value of a layer, where an axis is of sizes the least and greatest it shows of them.
fn ends_on(axis: &ValueAxis, values: &Distribution) -> Option<(f64, f64)> {
    let (low, high) = values.finite_range?;
    if axis.bend != crate::figure::Bend::LogSize {
        return Some((low, high));
    }
    let (least, greatest) = (low.abs().min(high.abs()), low.abs().max(high.abs()));
    Some(if low < 0.0 && high > 0.0 { (axis.low(), greatest) } else { (least, greatest) })
}

/// Half the width of the widest shape of a column.
pub(super) fn half_width(column: f64) -> f64 {
    HALF_WIDTH * column
}

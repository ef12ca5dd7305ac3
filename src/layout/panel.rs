use super::canvas::{Canvas, plain};
use super::marks::ColumnPlace;
use super::table::{Labels, Table};
use crate::figure::{AxisMap, Column, Figure, PlotShape, Room, Shape, Side};
use crate::number;
use crate::page::{Anchor, Rect, Text, Weight};

/// The layers of one experiment, as they are drawn.
pub(super) struct Panel<'a> {
    /// A shape for each.
    pub shapes: Vec<Shape>,
    /// Exact values and the mean of each.
    pub columns: Vec<Column>,
    /// Where values are.
    pub axes: &'a AxisMap,
    /// What the shapes are.
    pub kind: PlotShape,
    /// Whether the mean is marked.
    pub with_mean: bool,
    /// Shapes behind these, as outlines.
    pub ghosts: Vec<Shape>,
    /// The measurement's figure: for the numbers, and what lies beyond the axis.
    pub figure: Option<&'a Figure>,
}

/// Size of the labels of an axis, as a part of the text's.
pub(super) const TICK: f64 = 0.92;

/// In a lower plot two labels have no room; in heights of the text.
pub(super) const LOWEST: f64 = 1.5;

impl Panel<'_> {
    fn layers(&self) -> usize {
        self.columns.len()
    }

    /// The grid's lines, with what they stand for.
    pub fn ticks(&self, canvas: &Canvas<'_>, height: f64) -> Vec<(f64, String)> {
        let Some(axis) = self.axes.shared_axis() else { return Vec::new() };
        let look = canvas.look;
        let room = Room::upright(height, canvas.line_height(TICK * look.size), look.px(46.0));
        axis.ticks(&room).into_iter().map(|tick| (axis.height(tick.at), tick.label)).collect()
    }

    /// Draws grid, shapes and numbers. The table's plot and rows are where it says.
    pub fn draw(&self, canvas: &mut Canvas<'_>, plot: Rect, table: &Table<'_>, labels: Labels) {
        let look = canvas.look;
        for (height, label) in self.ticks(canvas, plot.height) {
            let y = plot.bottom() - height * plot.height;
            canvas.line((plot.x, y), (plot.right(), y), look.px(0.9), look.grid);
            if labels == Labels::Shown {
                let at = (plot.x - look.px(7.0), y);
                canvas.text_at_middle(plain(label, at, Anchor::End, TICK * look.size, look.quiet));
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
            let said = self.edges(canvas, figure, plot);
            self.own_axes(canvas, figure, plot, &said);
        }
    }

    fn place(&self, canvas: &Canvas<'_>, plot: Rect, index: usize) -> ColumnPlace {
        let width = plot.width / self.layers() as f64;
        ColumnPlace {
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
        if figure.lacks().is_some() {
            let none = format!("no {}", figure.view.quantity.name());
            canvas.text_at_middle(plain(none, plot.center(), Anchor::Middle, look.size, look.quiet));
            return;
        }
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
    /// is said for them. Returns where it is said.
    fn edges(&self, canvas: &mut Canvas<'_>, figure: &Figure, plot: Rect) -> Vec<Rect> {
        let mut said = Vec::new();
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
                    let text = Text { weight: Weight::SemiBold, ..text };
                    let half = 0.5 * canvas.width(&text.text, size, text.weight);
                    said.push(Rect::between((x - half, x + half), (y - 0.6 * size, y + 0.6 * size)));
                    canvas.text_at_middle(text);
                }
            }
        }
        said
    }

    /// Where every layer has its own axis: its ends, beside what is said at the edges; where columns are narrow, those of every
    /// second, third ... layer, always of the last.
    fn own_axes(&self, canvas: &mut Canvas<'_>, figure: &Figure, plot: Rect, said: &[Rect]) {
        if self.axes.shared_axis().is_some() {
            return;
        }
        let look = canvas.look;
        let size = 0.88 * look.size;
        let layers = self.layers();
        let ends = |index: usize| self.axes.axis(index).ends_of(figure.shown(index)).unwrap_or_default();
        let widest = (0..layers).flat_map(ends).map(|end| canvas.width(&end.label, size, Weight::Regular));
        let need = widest.fold(0.0, f64::max) + look.px(12.0);
        let stride = (need * layers as f64 / plot.width).ceil().max(1.0) as usize;
        for index in ((layers - 1) % stride..layers).step_by(stride) {
            let place = self.place(canvas, plot, index);
            let left = place.x - 0.47 * place.width;
            for end in ends(index) {
                let y = (plot.bottom() - place.axis.height(end.at) * plot.height).clamp(plot.y, plot.bottom());
                let down = match end.side {
                    Side::Above => -0.72 * size,
                    Side::Across => 0.0,
                    Side::Below => 0.72 * size,
                };
                let wide = canvas.width(&end.label, size, Weight::Regular);
                // The last one's stay in line.
                let x = (left + look.px(8.0)).min(plot.right() - wide).max(plot.x);
                let is_in_the_way = |other: &&Rect| {
                    let across = other.x < x + wide && x < other.right();
                    across && other.y < y + down + 0.6 * size && y + down - 0.6 * size < other.bottom()
                };
                let at = match said.iter().find(is_in_the_way) {
                    None => y + down,
                    Some(other) if other.center().1 > plot.center().1 => other.y - 0.72 * size,
                    Some(other) => other.bottom() + 0.72 * size,
                };
                canvas.line((left, y), (left + look.px(5.0), y), look.px(0.9), look.quiet);
                canvas.text_at_middle(plain(end.label, (x, at), Anchor::Start, size, look.quiet));
            }
        }
    }
}

use super::canvas::Canvas;
use crate::figure::geometry::{HALF_WIDTH, thinned};
use crate::figure::{Column, FiveNumbers, MassMark, PlotShape, Shape, Side, ValueAxis};
use crate::page::{Color, Path, Rect};

/// An outline's line is this far from its place, in px, without anybody seeing it.
const UNSEEN: f64 = 0.1;
/// Shapes and bars at heights beyond these are not seen.
const SEEN: std::ops::RangeInclusive<f64> = -0.02..=1.02;

/// Where a layer's column is, and how it is drawn.
pub(super) struct ColumnPlace {
    /// The plot: its bottom is the height 0, its top is 1.
    pub plot: Rect,
    /// The middle of the column.
    pub x: f64,
    /// Width of the column.
    pub width: f64,
    /// Where values are.
    pub axis: ValueAxis,
    /// The kind of shape.
    pub kind: PlotShape,
    /// The layer's colour.
    pub color: Color,
}

impl ColumnPlace {
    fn y(&self, height: f64) -> f64 {
        self.plot.bottom() - height * self.plot.height
    }

    /// Half the width of the widest shape.
    fn reach(&self) -> f64 {
        HALF_WIDTH * self.width
    }

    /// The layer's shape.
    pub fn shape(&self, canvas: &mut Canvas<'_>, shape: &Shape) {
        match shape {
            Shape::Violin(points) => self.violin(canvas, points),
            Shape::Histogram(bars) => self.histogram(canvas, bars),
            Shape::Ridge(points) => self.ridge(canvas, points),
            Shape::Box(numbers) => {
                if let Some(numbers) = numbers {
                    self.five_numbers(canvas, numbers);
                }
            }
        }
    }

    /// The outline alone, for a shape behind another.
    pub fn ghost(&self, canvas: &mut Canvas<'_>, shape: &Shape, color: Color) {
        let (line, reach) = (canvas.look.px(1.25), self.reach());
        let outline = |points: Vec<(f64, f64)>| Path::line(points);
        match shape {
            Shape::Violin(points) if points.len() > 1 => {
                canvas.stroke(outline(self.mirrored(points)), line, color);
            }
            Shape::Histogram(bars) if !bars.is_empty() => {
                let left = self.x - reach;
                let ends = |&(from, to, length): &(f64, f64, f64)| {
                    let right = left + 2.0 * reach * length;
                    [(right, self.y(from)), (right, self.y(to))]
                };
                canvas.stroke(outline(bars.iter().flat_map(ends).collect()), line, color);
            }
            Shape::Ridge(points) if points.len() > 1 => {
                canvas.stroke(outline(self.ridge_line(points)), line, color);
            }
            Shape::Box(Some(numbers)) => {
                for value in [numbers.first, numbers.median, numbers.third] {
                    let height = self.axis.height(value);
                    if SEEN.contains(&height) {
                        let y = self.y(height);
                        canvas.line((self.x - reach, y), (self.x + reach, y), line, color);
                    }
                }
            }
            _ => {}
        }
    }

    /// Both sides of a violin as one way, back to where it began.
    fn mirrored(&self, points: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let reach = self.reach();
        let points = thinned(points, UNSEEN / reach);
        // Where there are values there is something to see.
        let half = |width: f64| (reach * width).max(0.4);
        let left = points.iter().map(|&(height, width)| (self.x - half(width), self.y(height)));
        let right = points.iter().rev().map(|&(height, width)| (self.x + half(width), self.y(height)));
        let mut way: Vec<_> = left.chain(right).collect();
        way.extend(way.first().copied());
        way
    }

    fn violin(&self, canvas: &mut Canvas<'_>, points: &[(f64, f64)]) {
        if points.len() < 2 {
            return;
        }
        let path = Path::line(self.mirrored(points));
        canvas.fill(path.clone(), self.color.faint(0.82));
        let (width, color) = self.edge(canvas);
        canvas.stroke(path, width, color);
    }

    fn edge(&self, canvas: &Canvas<'_>) -> (f64, Color) {
        (canvas.look.px(1.1), canvas.look.outline.unwrap_or(self.color))
    }

    fn histogram(&self, canvas: &mut Canvas<'_>, bars: &[(f64, f64, f64)]) {
        let left = self.x - self.reach();
        for &(from, to, length) in bars {
            let (bottom, top) = (self.y(from), self.y(to));
            if bottom < self.plot.y || top > self.plot.bottom() {
                continue;
            }
            // A hair of air between the bars, where there is room for it; and every bar is seen.
            let air = if bottom - top > 4.0 { 0.6 } else { 0.0 };
            let right = left + (2.0 * self.reach() * length).max(0.8);
            canvas.fill(Path::rect(Rect::between((left, right), (top + air, bottom))), self.color.faint(0.9));
        }
    }

    fn ridge_line(&self, points: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let foot = self.x - self.reach();
        let points = thinned(points, UNSEEN / self.width);
        points.iter().map(|&(height, width)| (foot + (self.width * width).max(0.8), self.y(height))).collect()
    }

    fn ridge(&self, canvas: &mut Canvas<'_>, points: &[(f64, f64)]) {
        if points.len() < 2 {
            return;
        }
        let line = self.ridge_line(points);
        let foot = self.x - self.reach();
        let (first, last) = (line[0], line[line.len() - 1]);
        let area = Path::polygon([(foot, first.1)].into_iter().chain(line.iter().copied()).chain([(foot, last.1)]));
        let paper = canvas.look.paper;
        canvas.fill(area.clone(), paper.faint(0.85));
        canvas.fill(area, self.color.faint(0.6));
        let (width, color) = self.edge(canvas);
        canvas.stroke(Path::line(line), 1.2 * width, color);
    }

    fn five_numbers(&self, canvas: &mut Canvas<'_>, numbers: &FiveNumbers) {
        let &FiveNumbers { low, first, median, third, high, ends, breadth, .. } = numbers;
        let y = |value: f64| self.y(self.axis.height(value).clamp(-0.1, 1.1));
        let is_seen = |value: f64| SEEN.contains(&self.axis.height(value));
        let (wide, narrow) = (0.56 * self.reach(), 0.28 * self.reach());
        let line = canvas.look.px(1.4);
        let color = self.color;
        for (quartile, whisker) in [(first, low), (third, high)] {
            canvas.line((self.x, y(quartile)), (self.x, y(whisker)), line, color);
            if is_seen(whisker) {
                canvas.line((self.x - narrow, y(whisker)), (self.x + narrow, y(whisker)), line, color);
            }
        }
        let broad = (wide * breadth).max(0.8);
        let body = Path::rect(Rect::between((self.x - broad, self.x + broad), (y(third), y(first))));
        canvas.fill(body.clone(), color.faint(0.3));
        canvas.stroke(body, line, canvas.look.outline.unwrap_or(color));
        if is_seen(median) {
            canvas.line((self.x - wide, y(median)), (self.x + wide, y(median)), 2.0 * line, color);
        }
        for (end, whisker) in [(ends.0, low), (ends.1, high)] {
            if end != whisker && is_seen(end) {
                canvas.fill(Path::circle((self.x, y(end)), canvas.look.px(2.2)), color);
            }
        }
    }

    /// What is drawn of exact values, and of the mean where that is wanted.
    pub fn exact(&self, canvas: &mut Canvas<'_>, column: &Column, with_mean: bool) {
        for mark in &column.masses {
            self.mass(canvas, mark);
        }
        let mean = column.mean.map(|mean| self.axis.height(mean));
        if let Some(mean) = mean.filter(|mean| with_mean && (0.0..=1.0).contains(mean)) {
            let half = (0.2 * self.reach()).max(1.5).min(self.reach());
            let middle = if self.kind.is_centred() { self.x } else { self.x - self.reach() + half };
            let (y, text) = (self.y(mean), canvas.look.text);
            canvas.line((middle - half, y), (middle + half, y), canvas.look.px(1.8), text);
        }
    }

    fn mass(&self, canvas: &mut Canvas<'_>, mark: &MassMark) {
        let height = self.axis.height(mark.mass.at);
        if !SEEN.contains(&height) {
            return;
        }
        let look = canvas.look;
        let (thickness, gap) = (look.px(7.0), look.px(3.0));
        let length = (2.0 * self.reach() * mark.mass.share).max(1.5);
        let left = if self.kind.is_centred() { self.x - 0.5 * length } else { self.x - self.reach() };
        let y = self.y(height);
        let top = match mark.side {
            Side::Below => y + gap,
            Side::Above => y - gap - thickness,
            Side::Across => y - 0.5 * thickness,
        };
        let bar = Path::rounded(Rect { x: left, y: top, width: length, height: thickness }, look.px(1.5));
        canvas.fill(bar.clone(), self.color);
        if let Some(outline) = look.outline {
            canvas.stroke(bar, look.px(1.0), outline);
        }
    }
}

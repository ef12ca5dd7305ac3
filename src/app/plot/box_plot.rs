use egui::{Color32, Pos2, Rect, Shape, Stroke, StrokeKind, pos2};
use egui_plot::PlotTransform;

use crate::figure::geometry::HALF_WIDTH;
use crate::figure::{FiveNumbers, ValueAxis};

/// A box from quartile to quartile with the median, whiskers, and the outermost values as dots.
pub struct BoxPlot {
    /// What it says.
    pub numbers: FiveNumbers,
    /// Where values are.
    pub axis: ValueAxis,
}

/// Half widths, as parts of a violin's.
const BOX: f64 = 0.56;
const CAP: f64 = 0.28;
/// Beyond the plot by so much, nothing is seen of a line's end.
const BEYOND: f64 = 0.1;

impl BoxPlot {
    /// In the column at `x`.
    pub fn paint(&self, x: f64, color: Color32, transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        let Self { numbers: FiveNumbers { low, first, median, third, high, ends, breadth, .. }, axis } = *self;
        let y = |value: f64| transform.position_from_point_y(axis.height(value).clamp(-BEYOND, 1.0 + BEYOND));
        let is_seen = |value: f64| (-0.02..=1.02).contains(&axis.height(value));
        let middle = transform.position_from_point_x(x);
        let half = |part: f64| (transform.dpos_dvalue_x() * HALF_WIDTH * part) as f32;
        let across = |at: f32, half: f32| [pos2(middle - half, at), pos2(middle + half, at)];
        let broad = half(BOX * breadth).max(1.0);
        let body = Rect::from_two_pos(pos2(middle - broad, y(first)), pos2(middle + broad, y(third)));
        for (quartile, whisker) in [(first, low), (third, high)] {
            let line: [Pos2; 2] = [quartile, whisker].map(|value| pos2(middle, y(value)));
            shapes.push(Shape::line_segment(line, Stroke::new(1.5, color)));
            if is_seen(whisker) {
                shapes.push(Shape::line_segment(across(y(whisker), half(CAP)), Stroke::new(1.5, color)));
            }
        }
        shapes.push(Shape::rect_filled(body, 1.0, color.gamma_multiply(0.3)));
        shapes.push(Shape::rect_stroke(body, 1.0, Stroke::new(1.5, color), StrokeKind::Middle));
        if is_seen(median) {
            shapes.push(Shape::line_segment(across(y(median), half(BOX)), Stroke::new(3.0, color)));
        }
        for (end, whisker) in [(ends.0, low), (ends.1, high)] {
            if end != whisker && is_seen(end) {
                shapes.push(Shape::circle_filled(pos2(middle, y(end)), 2.5, color));
            }
        }
    }
}

use egui::{Color32, Rect, Shape, pos2};
use egui_plot::PlotTransform;

use crate::figure::geometry::HALF_WIDTH;

/// Bars on one another, all from the layer's left edge to the right.
pub struct Histogram {
    /// (bottom, top, width 0 to 1), from the bottom.
    pub bars: Vec<(f64, f64, f64)>,
}

impl Histogram {
    /// In the column at `x`.
    pub fn paint(&self, x: f64, color: Color32, transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        let left = transform.position_from_point_x(x - HALF_WIDTH);
        let reach = (transform.dpos_dvalue_x() * 2.0 * HALF_WIDTH) as f32;
        for &(from, to, width) in &self.bars {
            let (bottom, top) = (transform.position_from_point_y(from), transform.position_from_point_y(to));
            // A hair of air between the bars, where there is room for it; and every bar is seen.
            let air = if bottom - top > 4.0 { 1.0 } else { 0.0 };
            let rect = Rect::from_min_max(pos2(left, top + air), pos2(left + (reach * width as f32).max(1.0), bottom));
            shapes.push(Shape::rect_filled(rect, 0.0, color.gamma_multiply(0.9)));
        }
    }
}

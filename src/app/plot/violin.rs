use egui::{Color32, Mesh, Pos2, Shape, Stroke, pos2};
use egui_plot::PlotTransform;

use crate::figure::geometry::HALF_WIDTH;

/// A density, mirrored at the layer's middle: a strip of quads, right at any waist, and a line around it.
pub struct Violin {
    /// (y, width 0 to 1), from the bottom.
    pub points: Vec<(f64, f64)>,
}

impl Violin {
    /// In the column at `x`.
    pub fn paint(&self, x: f64, color: Color32, transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        if self.points.len() < 2 {
            return;
        }
        let middle = transform.position_from_point_x(x);
        let reach = (transform.dpos_dvalue_x() * HALF_WIDTH) as f32;
        let edge = |&(y, width): &(f64, f64)| {
            // Where there are values there is something to see.
            let half = (reach * width as f32).max(0.5);
            (pos2(middle - half, transform.position_from_point_y(y)), middle + half)
        };
        let mut mesh = Mesh::default();
        let fill = color.gamma_multiply(0.82);
        let (mut left, mut right): (Vec<Pos2>, Vec<Pos2>) = (Vec::new(), Vec::new());
        for (index, point) in self.points.iter().enumerate() {
            let (one, other) = edge(point);
            left.push(one);
            right.push(pos2(other, one.y));
            mesh.colored_vertex(one, fill);
            mesh.colored_vertex(pos2(other, one.y), fill);
            if index > 0 {
                let corner = 2 * index as u32;
                mesh.add_triangle(corner - 2, corner - 1, corner);
                mesh.add_triangle(corner - 1, corner, corner + 1);
            }
        }
        right.reverse();
        left.append(&mut right);
        // Back to the first point as an open line: at the sharp corners of a flat violin a closed one has spikes without end.
        left.push(left[0]);
        shapes.push(Shape::mesh(mesh));
        shapes.push(Shape::line(left, Stroke::new(1.25, color)));
    }
}

#[cfg(test)]
mod tests {
    use egui::epaint::{TessellationOptions, Tessellator};
    use egui::{Mesh, Rect, Vec2b, pos2};
    use egui_plot::PlotBounds;

    use super::*;

    #[test]
    fn a_flat_violin_stays_in_its_column() {
        let frame = Rect::from_min_max(pos2(0.0, 0.0), pos2(400.0, 300.0));
        let transform = PlotTransform::new(frame, PlotBounds::from_min_max([0.5, 0.0], [10.5, 1.0]), Vec2b::FALSE);
        for flatness in [1e-2, 1e-3, 1e-4, 1e-5, 1e-6] {
            let points = (0..=40).map(|point| {
                let part = f64::from(point) / 40.0;
                (0.5 + flatness * part, (1.0 - part) * (1.0 - part))
            });
            let mut shapes = Vec::new();
            Violin { points: points.collect() }.paint(5.0, Color32::BLACK, &transform, &mut shapes);
            let mut mesh = Mesh::default();
            let mut tessellator = Tessellator::new(1.0, TessellationOptions::default(), [1, 1], Vec::new());
            shapes.into_iter().for_each(|shape| tessellator.tessellate_shape(shape, &mut mesh));
            let drawn = mesh.calc_bounds();
            assert!(drawn.left() > 160.0 && drawn.right() < 200.0, "{drawn:?}");
        }
    }
}

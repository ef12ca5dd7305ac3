use egui::{Color32, Mesh, Pos2, Shape, Stroke, pos2};
use egui_plot::PlotTransform;

use crate::figure::geometry::HALF_WIDTH;

/// A density on one side, from the layer's left edge over the columns after it.
pub struct Ridge {
    /// (y, width in columns), from the bottom.
    pub points: Vec<(f64, f64)>,
}

impl Ridge {
    /// In the column at `x`; so much of the paper's colour under it that what it stands before shines through a little.
    pub fn paint(
        &self,
        x: f64,
        (color, paper): (Color32, Color32),
        transform: &PlotTransform,
        shapes: &mut Vec<Shape>,
    ) {
        if self.points.len() < 2 {
            return;
        }
        let foot = transform.position_from_point_x(x - HALF_WIDTH);
        let column = transform.dpos_dvalue_x() as f32;
        let edge = |&(y, width): &(f64, f64)| {
            // Where there are values there is something to see.
            pos2(foot + (column * width as f32).max(1.0), transform.position_from_point_y(y))
        };
        let line: Vec<Pos2> = self.points.iter().map(edge).collect();
        for fill in [paper.gamma_multiply(0.85), color.gamma_multiply(0.6)] {
            let mut mesh = Mesh::default();
            for (index, point) in line.iter().enumerate() {
                mesh.colored_vertex(pos2(foot, point.y), fill);
                mesh.colored_vertex(*point, fill);
                if index > 0 {
                    let corner = 2 * index as u32;
                    mesh.add_triangle(corner - 2, corner - 1, corner);
                    mesh.add_triangle(corner - 1, corner, corner + 1);
                }
            }
            shapes.push(Shape::mesh(mesh));
        }
        shapes.push(Shape::line(line, Stroke::new(1.5, color)));
    }
}

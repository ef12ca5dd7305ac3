//! What lies over the picture in a presentation: black, or darkness around a spot of light.

use std::f32::consts::TAU;

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Area, Color32, Id, Order, Pos2, Rect, Role, Sense, Shape, Ui, Vec2, WidgetInfo};

use crate::app::App;

/// Radius of the spot, as a share of the screen's height, and how far it fades.
const SPOT: f32 = 0.16;
const FADES: f32 = 0.02;
/// What is around it.
const DARKNESS: Color32 = Color32::from_black_alpha(170);
/// Corners of a circle.
const CORNERS: u32 = 96;

impl App {
    /// Paints it over all else.
    pub(in crate::app) fn cover_ui(&self, ui: &Ui) {
        let Some(given) = &self.presenting.0 else { return };
        let screen = ui.ctx().content_rect();
        if given.black {
            let cover = Area::new(Id::unique("black screen")).order(Order::Debug).fixed_pos(screen.min);
            cover.show(ui.ctx(), |ui| {
                let black = ui.allocate_rect(screen, Sense::click());
                black.widget_info(|| WidgetInfo::labeled(Role::Label, true, "The screen is black."));
                ui.painter().rect_filled(screen, 0.0, Color32::BLACK);
                ui.ctx().set_cursor_icon(egui::CursorIcon::None);
            });
        } else if given.spotlight
            && let Some(pointer) = ui.input(|input| input.pointer.latest_pos())
        {
            let layer = egui::LayerId::new(Order::Debug, Id::unique("spotlight"));
            ui.ctx().layer_painter(layer).add(Shape::mesh(around(pointer, screen)));
        }
    }
}

/// Darkness over all of the screen but a circle.
fn around(center: Pos2, screen: Rect) -> Mesh {
    let radius = SPOT * screen.height();
    // From wherever the spot is, beyond the farthest corner.
    let beyond = 2.0 * screen.size().length();
    let rings = [(radius, Color32::TRANSPARENT), (radius + FADES * screen.height(), DARKNESS), (beyond, DARKNESS)];
    let mut mesh = Mesh::default();
    for (radius, color) in rings {
        for corner in 0..CORNERS {
            let pos = center + radius * Vec2::angled(TAU * corner as f32 / CORNERS as f32);
            mesh.vertices.push(Vertex { pos, uv: WHITE_UV, color });
        }
    }
    for ring in 0..rings.len() as u32 - 1 {
        for corner in 0..CORNERS {
            let next = (corner + 1) % CORNERS;
            let [inner, outer] = [ring * CORNERS, (ring + 1) * CORNERS];
            mesh.add_triangle(inner + corner, outer + corner, inner + next);
            mesh.add_triangle(outer + corner, outer + next, inner + next);
        }
    }
    mesh
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_the_screen_but_the_spot_is_dark() {
        let screen = Rect::from_min_size(Pos2::ZERO, Vec2::new(640.0, 360.0));
        let center = Pos2::new(10.0, 350.0);
        let mesh = around(center, screen);
        // Twice the area of all triangles that hold a point.
        let covers = |point: Pos2| {
            mesh.indices.chunks(3).any(|corners| {
                let [a, b, c] = [0, 1, 2].map(|at| mesh.vertices[corners[at] as usize].pos);
                let side = |from: Pos2, to: Pos2| (to - from).rot90().dot(point - from);
                let sides = [side(a, b), side(b, c), side(c, a)];
                sides.iter().all(|side| *side >= 0.0) || sides.iter().all(|side| *side <= 0.0)
            })
        };
        assert!(!covers(center));
        for corner in [screen.left_top(), screen.right_top(), screen.right_bottom()] {
            assert!(covers(corner), "{corner}");
        }
    }
}

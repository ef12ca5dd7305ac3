use egui::{Color32, Mesh, Painter, Rect, Shape, pos2, vec2};

/// Side of a square.
const SIDE: f32 = 8.0;

/// The pattern that stands for nothing: squares of two greys, light or dark as the ground that the colours are for.
pub fn chequers(painter: &Painter, place: Rect, is_dark: bool) {
    let (one, other) = if is_dark { (34, 52) } else { (255, 228) };
    painter.rect_filled(place, 0.0, Color32::from_gray(one));
    let mut mesh = Mesh::default();
    let (columns, rows) = ((place.width() / SIDE).ceil() as usize, (place.height() / SIDE).ceil() as usize);
    for (column, row) in (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row))) {
        if (column + row) % 2 == 1 {
            let corner = pos2(place.left() + column as f32 * SIDE, place.top() + row as f32 * SIDE);
            let square = Rect::from_min_size(corner, vec2(SIDE, SIDE)).intersect(place);
            mesh.add_colored_rect(square, Color32::from_gray(other));
        }
    }
    painter.add(Shape::mesh(mesh));
}

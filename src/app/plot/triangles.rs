use egui::epaint::Tessellator;
use egui::{Context, Mesh, Shape};

/// Shapes, but no text, as triangles: what a frame would make of them, made beforehand.
pub fn triangles(ctx: &Context, shapes: impl IntoIterator<Item = Shape>) -> Mesh {
    let options = ctx.tessellation_options(|options| *options);
    let mut tessellator = Tessellator::new(ctx.pixels_per_point(), options, [1, 1], Vec::new());
    let mut mesh = Mesh::default();
    shapes.into_iter().for_each(|shape| tessellator.tessellate_shape(shape, &mut mesh));
    mesh
}

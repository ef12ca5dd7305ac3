//! What is painted of a figure, made once for as long as it looks the same: a frame in which nothing changes only paints.

use std::sync::Arc;

use egui::epaint::Tessellator;
use egui::{Context, Mesh, Rect, Shape, Ui};

use super::marks::Marks;
use super::numbers::Table;
use crate::engine::Seeds;
use crate::figure::{AxisMap, Figure};

/// The pictures of the last frame.
#[derive(Default)]
pub struct Pictures {
    /// The layers' shapes.
    pub marks: Kept<(Ground, AxisMap), Marks>,
    /// The numbers under them, by the room they have, and the layers that sentences name.
    pub table: Kept<(Ground, Rect, Vec<usize>), Table>,
    /// The charts across the layers, by where they are.
    pub charts: [Kept<(Ground, Rect), Mesh>; 2],
}

/// What decides how a figure looks, but for its axis.
#[derive(Clone)]
pub struct Ground {
    figure: Arc<Figure>,
    seeds: Option<Arc<Seeds>>,
    frame: Rect,
    is_dark: bool,
    pixels_per_point: f32,
}

impl Ground {
    /// Notes a figure and other seeds in this frame, in the present theme.
    pub fn new(ui: &Ui, figure: &Arc<Figure>, seeds: Option<&Arc<Seeds>>, frame: Rect) -> Self {
        let (is_dark, pixels_per_point) = (ui.visuals().dark_mode, ui.pixels_per_point());
        Self { figure: Arc::clone(figure), seeds: seeds.cloned(), frame, is_dark, pixels_per_point }
    }
}

impl PartialEq for Ground {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.figure, &other.figure)
            && self.seeds.as_ref().map(Arc::as_ptr) == other.seeds.as_ref().map(Arc::as_ptr)
            && self.frame == other.frame
            && self.is_dark == other.is_dark
            && self.pixels_per_point == other.pixels_per_point
    }
}

/// What was made of something, kept while that stays the same.
pub struct Kept<K, V>(Option<(K, Arc<V>)>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: PartialEq, V> Kept<K, V> {
    /// What is made of `of`, made now if it is not there.
    pub fn of(&mut self, of: K, make: impl FnOnce() -> V) -> Arc<V> {
        match &self.0 {
            Some((same, made)) if *same == of => Arc::clone(made),
            _ => {
                let made = Arc::new(make());
                self.0 = Some((of, Arc::clone(&made)));
                made
            }
        }
    }
}

/// Shapes, but no text, as triangles: what a frame would make of them, made beforehand.
pub fn triangles(ctx: &Context, shapes: impl IntoIterator<Item = Shape>) -> Mesh {
    let options = ctx.tessellation_options(|options| *options);
    let mut tessellator = Tessellator::new(ctx.pixels_per_point(), options, [1, 1], Vec::new());
    let mut mesh = Mesh::default();
    shapes.into_iter().for_each(|shape| tessellator.tessellate_shape(shape, &mut mesh));
    mesh
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_made_again_only_when_what_decides_it_changes() {
        let mut kept = Kept::default();
        let mut made = Vec::new();
        for of in [1, 1, 2, 2, 1] {
            kept.of(of, || made.push(of));
        }
        assert_eq!(made, [1, 2, 1]);
    }
}

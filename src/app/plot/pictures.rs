//! What is painted of a figure, made once for as long as it looks the same: a frame in which nothing changes only paints.

use std::sync::Arc;

use egui::{Mesh, Rect, Ui};

use super::marks::Marks;
use super::numbers::Table;
use crate::app::kept::Kept;
use crate::engine::Seeds;
use crate::figure::{AxisMap, Figure, Row};

/// Rows of numbers, and the layers that are named.
type RowsAndNamed = (Vec<Row>, Vec<usize>);

/// The pictures of the last frame.
#[derive(Default)]
pub struct Pictures {
    /// The layers' shapes.
    pub marks: Kept<(Ground, AxisMap), Marks>,
    /// What they were before a training, as outlines.
    pub start: Kept<(Ground, AxisMap), Mesh>,
    /// The numbers under them, by the room they have, the rows that find some, and the layers that sentences name.
    pub table: Kept<(Ground, Rect, RowsAndNamed), Table>,
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

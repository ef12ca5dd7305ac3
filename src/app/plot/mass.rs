use egui::{Rect, pos2, vec2};
use egui_plot::PlotTransform;

use crate::figure::geometry::HALF_WIDTH;
use crate::figure::{MassMark, PlotShape, Side};

/// A bar for values that occur exactly: as long as their share, the whole column for all of them.
pub struct Mass {
    y: f64,
    share: f64,
    side: Side,
    /// In the middle of the column, as a violin or box is, or at its left edge, as bars are.
    centered: bool,
}

const THICKNESS: f32 = 8.0;
const GAP: f32 = 3.0;

impl Mass {
    /// At height `y`, as a figure of this kind has it.
    pub fn new(y: f64, mark: MassMark, kind: PlotShape) -> Self {
        Self { y, share: mark.mass.share, side: mark.side, centered: kind.is_centred() }
    }

    /// Where it is on the screen, in the column at `x`.
    pub fn rect(&self, x: f64, transform: &PlotTransform) -> Rect {
        let column = (transform.dpos_dvalue_x() * 2.0 * HALF_WIDTH) as f32;
        let length = (column * self.share as f32).max(2.0);
        let middle = transform.position_from_point_x(x);
        let left = if self.centered { middle - length / 2.0 } else { middle - column / 2.0 };
        let y = transform.position_from_point_y(self.y);
        let top = match self.side {
            Side::Below => y + GAP,
            Side::Above => y - GAP - THICKNESS,
            Side::Across => y - THICKNESS / 2.0,
        };
        Rect::from_min_size(pos2(left, top), vec2(length, THICKNESS))
    }
}

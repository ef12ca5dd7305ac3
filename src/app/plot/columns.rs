use egui::Rect;
use egui_plot::PlotTransform;

use crate::engine::{Band, Seeds};
use crate::figure::Figure;

/// Where the layers stand on the screen.
pub(super) struct Columns<'a> {
    /// What is drawn.
    pub figure: &'a Figure,
    /// From the plot's coordinates to the screen's.
    pub transform: &'a PlotTransform,
    /// Width of a column in points.
    pub width: f32,
    /// What other seeds make of the layers, if that is shown.
    pub seeds: Option<&'a Seeds>,
}

impl<'a> Columns<'a> {
    pub fn new(figure: &'a Figure, transform: &'a PlotTransform, seeds: Option<&'a Seeds>) -> Self {
        Self { figure, transform, width: transform.dpos_dvalue_x() as f32, seeds }
    }

    /// The middle of a column, from 0.
    pub fn x(&self, index: usize) -> f32 {
        self.transform.position_from_point_x((index + 1) as f64)
    }

    /// The columns that have a text if every `stride`-th has: always the last, which matters most.
    pub fn shown(&self, stride: usize) -> impl Iterator<Item = usize> {
        let layers = self.figure.columns.len();
        ((layers - 1) % stride..layers).step_by(stride)
    }

    /// Every how many columns there is room for a text of this width.
    pub fn stride(&self, text: f32) -> usize {
        ((text + 8.0) / self.width).ceil().max(1.0) as usize
    }

    /// The whole of a column, down to the last of its numbers.
    pub fn band(&self, index: usize, numbers: f32) -> Rect {
        let frame = self.transform.frame();
        let across = self.x(index) - self.width / 2.0..=self.x(index) + self.width / 2.0;
        Rect::from_x_y_ranges(across, frame.top()..=frame.bottom() + 6.0 + numbers)
    }

    /// ` 20 seeds: 0.39 to 0.46, median 0.42.`
    pub fn seeds_text(&self, band: Band, written: fn(f64) -> String) -> String {
        let count = self.seeds.map_or(0, |seeds| seeds.count);
        let [least, median, greatest] = [band.least, band.median, band.greatest].map(written);
        format!(" {count} seeds: {least} to {greatest}, median {median}.")
    }
}

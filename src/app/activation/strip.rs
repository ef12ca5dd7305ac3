use egui::{Align2, Color32, Pos2, Rect, Shape, Stroke, Ui, pos2};

use crate::app::theme::{self, Colors};
use crate::figure::Range;

/// A part of the picture with an axis of its own upwards, and z across as all parts have.
pub struct Strip {
    rect: Rect,
    across: Range,
    up: Range,
}

impl Strip {
    /// In this place.
    pub fn new(rect: Rect, across: Range, up: Range) -> Self {
        Self { rect, across, up }
    }

    /// Where z is.
    pub fn x(&self, z: f64) -> f32 {
        let part = self.across.height(z) as f32;
        self.rect.left() + part * self.rect.width()
    }

    /// Where a value is.
    pub fn y(&self, value: f64) -> f32 {
        self.rect.bottom() - self.up.height(value) as f32 * self.rect.height()
    }

    /// The place of a point.
    pub fn at(&self, (z, value): (f64, f64)) -> Pos2 {
        pos2(self.x(z), self.y(value))
    }

    /// Stretches of z in another shade.
    pub fn shade(&self, ui: &Ui, stretches: &[(f64, f64)], color: Color32) {
        for &(from, to) in stretches {
            let rect = Rect::from_x_y_ranges(self.x(from)..=self.x(to), self.rect.y_range());
            ui.painter().rect_filled(rect, 0.0, color);
        }
    }

    /// A line at a value, with the value at its left.
    pub fn tick(&self, ui: &Ui, value: f64, label: &str, colors: &Colors) {
        let y = self.y(value);
        ui.painter().hline(self.rect.x_range(), y, (1.0, colors.line));
        let left = pos2(self.rect.left() - 6.0, y);
        ui.painter().text(left, Align2::RIGHT_CENTER, label, theme::regular(11.5), colors.quiet);
    }

    /// A curve.
    pub fn curve(&self, ui: &Ui, points: impl Iterator<Item = (f64, f64)>, stroke: Stroke) {
        let points: Vec<_> = points.filter(|point| point.1.is_finite()).map(|point| self.at(point)).collect();
        ui.painter().add(Shape::line(points, stroke));
    }

    /// A dashed line at a value.
    pub fn dashed(&self, ui: &Ui, value: f64, stroke: Stroke) {
        let ends = [pos2(self.rect.left(), self.y(value)), pos2(self.rect.right(), self.y(value))];
        ui.painter().extend(Shape::dashed_line(&ends, stroke, 4.0, 3.0));
    }

    /// What it shows, at its left where curves seldom are: so far down, from 0 at the top to 1.
    pub fn name(&self, ui: &Ui, name: &str, down: f32, color: Color32) {
        let at = pos2(self.rect.left() + 6.0, self.rect.top() + down * self.rect.height());
        ui.painter().text(at, Align2::LEFT_CENTER, name, theme::semibold(12.0), color);
    }

    /// What it stands on.
    pub fn ground(&self, ui: &Ui, color: Color32) {
        ui.painter().rect_filled(self.rect, 0.0, color);
    }
}

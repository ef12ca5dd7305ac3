use egui::{
    Align2, Color32, ColorImage, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, TextureHandle, TextureOptions, Ui,
    lerp, pos2, remap, vec2,
};

use super::patterns::{Pattern, Patterns, Run};
use crate::app::centre::GUTTER;
use crate::app::theme::{self, colors};
use crate::engine::landscape::Place;
use crate::figure::palette::{self, Background};
use crate::figure::{Landscape, Room, Shade};

/// Where a landscape lies on the screen.
pub struct Map<'a> {
    pub landscape: &'a Landscape,
    pub rect: Rect,
}

/// Dark under light, so that a line is seen on every colour.
const UNDER: Color32 = Color32::from_rgba_premultiplied(6, 8, 12, 150);
/// Radius of the mark of the present experiment.
const MARK: f32 = 7.0;

/// A pixel for every cell, so many side by side.
pub fn texture(
    ui: &Ui,
    (shades, columns): (&[Shade], usize),
    background: Background,
    unknown: Color32,
) -> TextureHandle {
    let color = |shade: &Shade| match *shade {
        Shade::Unknown => unknown,
        Shade::At(share) => theme::color(palette::map(share)),
        Shade::Zero | Shade::Overflow | Shade::Undefined => theme::color(palette::no_number(background)),
    };
    let image = ColorImage::new([columns, shades.len() / columns], shades.iter().map(color).collect());
    ui.load_texture("landscape", image, TextureOptions::NEAREST)
}

impl Map<'_> {
    fn columns(&self) -> usize {
        self.landscape.survey.terrain.columns()
    }

    fn rows(&self) -> usize {
        self.landscape.survey.terrain.rows()
    }

    /// Where a point is on the screen.
    pub fn position(&self, x: f64, y: f64) -> Pos2 {
        let terrain = &self.landscape.survey.terrain;
        let (x, y) = (terrain.x_share(x) as f32, terrain.y_share(y) as f32);
        pos2(lerp(self.rect.x_range(), x), lerp(self.rect.y_range(), 1.0 - y))
    }

    /// The cell (column, row) under a position.
    pub fn cell_at(&self, at: Pos2) -> Option<(usize, usize)> {
        if !self.rect.contains(at) {
            return None;
        }
        let share = |value: f32, range: egui::Rangef, cells: usize| {
            ((remap(value, range, 0.0..=cells as f32)) as usize).min(cells - 1)
        };
        let row = share(at.y, self.rect.y_range(), self.rows());
        Some((share(at.x, self.rect.x_range(), self.columns()), self.rows() - 1 - row))
    }

    /// A cell (column, row) on the screen.
    pub fn cell(&self, (column, row): (usize, usize)) -> Rect {
        self.cells(self.rows() - 1 - row, column, column + 1)
    }

    /// Cells side by side; the row is counted from the top.
    fn cells(&self, row: usize, from: usize, to: usize) -> Rect {
        let x = |column: usize| lerp(self.rect.x_range(), column as f32 / self.columns() as f32);
        let y = |row: usize| lerp(self.rect.y_range(), row as f32 / self.rows() as f32);
        Rect::from_min_max(pos2(x(from), y(row)), pos2(x(to), y(row + 1)))
    }

    /// The cells' colours and patterns.
    pub fn cells_ui(&self, ui: &Ui, texture: &TextureHandle, runs: &[Run], patterns: &mut Patterns) {
        let all = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
        ui.painter().image(texture.id(), self.rect, all, Color32::WHITE);
        for pattern in Pattern::ALL {
            let of_it = runs.iter().filter(|run| run.pattern == pattern);
            patterns.paint(ui, ui.painter(), pattern, of_it.map(|run| self.cells(run.row, run.from, run.to)));
        }
    }

    /// Numbers and names along the edges.
    pub fn axes_ui(&self, ui: &Ui) {
        let colors = colors(ui.visuals());
        let (painter, rect) = (ui.painter(), self.rect);
        painter.rect_stroke(rect, 0.0, Stroke::new(1.0, colors.line), StrokeKind::Outside);
        let font = theme::regular(12.0);
        let terrain = &self.landscape.survey.terrain;
        let length = |label: &str| painter.layout_no_wrap(label.to_owned(), font.clone(), colors.quiet).size().x;
        let across = Room::along(rect.width().into(), 70.0, |label| (length(label) + 8.0).into());
        for tick in self.landscape.x_ticks(&across) {
            let x = self.position(tick.at, terrain.y_range().0).x;
            painter.vline(x, rect.bottom()..=rect.bottom() + 4.0, (1.0, colors.line));
            painter.text(pos2(x, rect.bottom() + 6.0), Align2::CENTER_TOP, tick.label, font.clone(), colors.quiet);
        }
        for tick in self.landscape.y_ticks(&Room::upright(rect.height().into(), theme::TICK_LINE, 44.0)) {
            let y = self.position(terrain.x_range().0, tick.at).y;
            painter.hline(rect.left() - 4.0..=rect.left(), y, (1.0, colors.line));
            painter.text(pos2(rect.left() - 8.0, y), Align2::RIGHT_CENTER, tick.label, font.clone(), colors.quiet);
        }
        let below = pos2(rect.center().x, rect.bottom() + 24.0);
        painter.text(below, Align2::CENTER_TOP, self.landscape.x_label(), font.clone(), colors.quiet);
        let name = painter.layout_no_wrap(self.landscape.y_label().to_owned(), font.clone(), colors.quiet);
        // As the axes of the layers: upright, at the left edge.
        let corner = pos2(rect.left() - GUTTER + 1.0, rect.center().y + name.size().x / 2.0);
        painter.add(egui::epaint::TextShape::new(corner, name, colors.quiet).with_angle(-std::f32::consts::FRAC_PI_2));
    }

    /// The edge of chaos, where there is one.
    pub fn edge_ui(&self, ui: &Ui) {
        let Some(Ok(lines)) = self.landscape.survey.edge.as_deref() else { return };
        let painter = ui.painter().with_clip_rect(self.rect);
        for line in lines {
            let points: Vec<_> = line.iter().map(|&[x, y]| self.position(x, y)).collect();
            edge_line(&painter, &points);
        }
    }

    /// A cell's outline.
    pub fn outline_ui(&self, ui: &Ui, at: (usize, usize)) {
        let rect = self.cell(at);
        ui.painter().rect_stroke(rect, 1.0, Stroke::new(3.0, UNDER), StrokeKind::Outside);
        ui.painter().rect_stroke(rect, 1.0, Stroke::new(1.5, Color32::WHITE), StrokeKind::Outside);
    }

    /// Where the experiment stands.
    pub fn mark_ui(&self, ui: &Ui, place: Place) {
        let painter = ui.painter().with_clip_rect(self.rect.expand(MARK + 2.0));
        if let Some((from, to)) = place.span {
            let ends = [from, to].map(|x| self.position(x, place.y));
            for (width, color) in [(4.0, UNDER), (2.0, Color32::WHITE)] {
                painter.with_clip_rect(self.rect).line_segment(ends, Stroke::new(width, color));
            }
        }
        mark(&painter, self.position(place.x, place.y), place.exact);
    }
}

/// A dashed line that is seen from the back of a room.
pub fn edge_line(painter: &Painter, points: &[Pos2]) {
    for (width, color) in [(5.5, UNDER), (3.0, Color32::WHITE)] {
        painter.extend(Shape::dashed_line(points, Stroke::new(width, color), 10.0, 6.0));
    }
}

/// A ring, with a point in it where it is exact.
pub fn mark(painter: &Painter, at: Pos2, exact: bool) {
    painter.circle_stroke(at, MARK, Stroke::new(4.0, UNDER));
    painter.circle_stroke(at, MARK, Stroke::new(2.0, Color32::WHITE));
    if exact {
        painter.circle(at, 2.5, Color32::WHITE, Stroke::new(1.0, UNDER));
    }
}

/// A small rectangle for a legend, its left edge in the middle of a line.
pub fn swatch(left: Pos2) -> Rect {
    Rect::from_min_size(left - vec2(0.0, 6.0), vec2(16.0, 12.0))
}

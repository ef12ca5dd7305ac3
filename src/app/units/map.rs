use egui::{
    Color32, ColorImage, EventFilter, Id, Key, Modifiers, PointerButton, Pos2, Rect, Response, RichText, Sense, Stroke,
    StrokeKind, TextureHandle, TextureOptions, Ui, Vec2, pos2, vec2,
};

use super::known::Known;
use crate::app::App;
use crate::app::card::card_ui;
use crate::app::theme::{self, colors};
use crate::engine::units::LayerUnits;
use crate::figure::geometry::cells;
use crate::figure::{unit_color, unit_words, units_summary};

/// Cells at least so wide and high have a gap between them.
const WITH_GAP: f32 = 5.0;

/// Units as cells that fill a rectangle, row after row.
#[derive(Clone, Copy)]
struct Cells {
    rect: Rect,
    columns: usize,
    rows: usize,
    units: usize,
}

impl Cells {
    fn of(units: usize, rect: Rect) -> Self {
        let (columns, rows) = cells(units, (rect.width().into(), rect.height().into()));
        Self { rect, columns, rows, units }
    }

    /// Width and height of a cell.
    fn size(&self) -> Vec2 {
        self.rect.size() / vec2(self.columns as f32, self.rows as f32)
    }

    /// The cell of a place in the order.
    fn cell(&self, place: usize) -> Rect {
        let at = vec2((place % self.columns) as f32, (place / self.columns) as f32) * self.size();
        Rect::from_min_size(self.rect.min + at, self.size())
    }

    /// The place in the order under a position.
    fn place_at(&self, at: Pos2) -> Option<usize> {
        let Vec2 { x, y } = (at - self.rect.min) / self.size();
        let inside = x >= 0.0 && y >= 0.0 && x < self.columns as f32;
        let place = y as usize * self.columns + x as usize;
        (inside && place < self.units).then_some(place)
    }
}

impl App {
    /// A cell for every unit; returns the one that is pointed at, by hand or keys.
    pub(super) fn unit_map_ui(&mut self, ui: &Ui, known: &Known, rect: Rect) -> Option<usize> {
        let layer = &*known.0;
        let cells = Cells::of(layer.units(), rect);
        let texture = self.units.map.of((known.clone(), cells.columns), || texture(ui, layer, cells));
        let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
        ui.painter().image(texture.id(), cells.rect, whole, Color32::WHITE);
        gaps(ui, cells);
        let response = ui.interact(cells.rect, Id::unique("unit map"), Sense::click());
        if std::mem::take(&mut self.units.wants_focus) {
            response.request_focus();
        }
        self.unit_keys_ui(ui, &response, (layer, cells.columns));
        let chosen = self.shown.unit.filter(|&unit| unit < layer.units());
        response.widget_info(|| {
            let chosen = chosen.map_or_else(String::new, |unit| format!(" {}.", unit_words(layer, unit)));
            let text = format!("Units: {}{chosen} Arrow keys choose a unit.", units_summary(layer));
            egui::WidgetInfo::labeled(egui::Role::Image, true, text)
        });
        let pointed = response.hover_pos().and_then(|at| cells.place_at(at));
        if response.clicked_by(PointerButton::Primary)
            && let Some(place) = response.interact_pointer_pos().and_then(|at| cells.place_at(at))
        {
            let unit = layer.order[place];
            response.request_focus();
            self.shown.unit = if chosen == Some(unit) { None } else { Some(unit) };
        }
        let place_of = |unit: usize| layer.order.iter().position(|&other| other == unit);
        let colors = colors(ui.visuals());
        for (place, color) in [(chosen.and_then(place_of), Color32::WHITE), (pointed, colors.accent)] {
            if let Some(place) = place {
                // Dark under light, so that it is seen on every colour.
                for (width, color) in [(5.0, Color32::from_black_alpha(170)), (2.5, color)] {
                    ui.painter().rect_stroke(cells.cell(place), 2.0, Stroke::new(width, color), StrokeKind::Middle);
                }
            }
        }
        let pointed = pointed.map(|place| layer.order[place]);
        if let Some(unit) = pointed {
            card_ui(&response, place_of(unit).map_or(rect, |place| cells.cell(place)), rect.y_range(), |ui| {
                ui.label(unit_words(layer, unit));
                ui.label(RichText::new("Click to look closer.").color(colors.quiet));
            });
        }
        pointed.or(chosen)
    }

    /// Arrow keys choose a unit, while they reach the map; in one row if there are no `columns`.
    pub(super) fn unit_keys_ui(&mut self, ui: &Ui, response: &Response, (layer, columns): (&LayerUnits, usize)) {
        if !response.has_focus() {
            return;
        }
        let arrows = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        let [left, right, up, down] = ui.input_mut(|input| {
            [Key::ArrowLeft, Key::ArrowRight, Key::ArrowUp, Key::ArrowDown]
                .map(|key| input.count_and_consume_key(Modifiers::NONE, key) as isize)
        });
        if left + right + up + down == 0 {
            return;
        }
        let place = self.shown.unit.and_then(|unit| layer.order.iter().position(|&other| other == unit));
        let place = match place {
            // The first one, before any is chosen.
            None => 0,
            Some(place) => {
                let to = place as isize + right - left + (down - up) * columns as isize;
                if (0..layer.units() as isize).contains(&to) { to as usize } else { place }
            }
        };
        self.shown.unit = layer.order.get(place).copied();
    }
}

/// A pixel for every unit.
fn texture(ui: &Ui, layer: &LayerUnits, cells: Cells) -> TextureHandle {
    let background = theme::background(ui.visuals());
    let units = layer.order.iter().map(|&unit| theme::color(unit_color(layer, unit, background)));
    let rest = std::iter::repeat_n(Color32::TRANSPARENT, cells.columns * cells.rows - cells.units);
    let image = ColorImage::new([cells.columns, cells.rows], units.chain(rest).collect());
    ui.load_texture("units", image, TextureOptions::NEAREST)
}

/// Lines of paper between cells.
fn gaps(ui: &Ui, cells: Cells) {
    let size = cells.size();
    if size.min_elem() < WITH_GAP {
        return;
    }
    let line = Stroke::new(if size.min_elem() < 12.0 { 1.0 } else { 2.0 }, colors(ui.visuals()).paper);
    let rect = cells.rect;
    for column in 0..=cells.columns {
        ui.painter().vline(rect.left() + column as f32 * size.x, rect.y_range(), line);
    }
    for row in 0..=cells.rows {
        ui.painter().hline(rect.x_range(), rect.top() + row as f32 * size.y, line);
    }
}

use std::sync::Arc;

use egui::{Align2, Galley, Mesh, Pos2, Rect, Sense, Shape, Ui, lerp, pos2, vec2};

use crate::app::legend_lines::LegendLines;
use crate::app::theme::{self, colors};
use crate::engine::units::LayerUnits;
use crate::figure::UnitKey;
use crate::figure::palette;

/// Height of a line.
const LINE: f32 = 24.0;
/// Between a swatch and what it means.
const AIR: f32 = 8.0;

/// What the colours of units mean.
pub struct UnitsLegend {
    entries: Vec<(UnitKey, Arc<Galley>)>,
    lines: LegendLines,
}

impl UnitsLegend {
    /// Lays it out in lines that are so wide.
    pub fn new(ui: &Ui, layer: &LayerUnits, width: f32) -> Self {
        let quiet = colors(ui.visuals()).quiet;
        let galley = |key: UnitKey| ui.painter().layout_no_wrap(key.name().to_owned(), theme::regular(12.0), quiet);
        let entries: Vec<_> = UnitKey::all(layer).into_iter().map(|key| (key, galley(key))).collect();
        let size = |(key, galley): &(UnitKey, Arc<Galley>)| galley.size() + vec2(swatch_width(*key) + AIR, 0.0);
        let sizes: Vec<_> = entries.iter().map(size).collect();
        Self { entries, lines: LegendLines::new(&sizes, width, LINE) }
    }

    /// Height of its lines.
    pub fn height(&self) -> f32 {
        self.lines.height()
    }

    /// Draws it from a corner on.
    pub fn ui(self, ui: &Ui, layer: &LayerUnits, corner: Pos2) {
        let activation = layer.activation();
        for ((key, galley), place) in self.entries.into_iter().zip(self.lines.at(corner)) {
            swatch(ui, key, place.left_center());
            let at = place.left_center() + vec2(swatch_width(key) + AIR, 0.0);
            let shown = Align2::LEFT_CENTER.anchor_size(at, galley.size());
            ui.painter().galley(shown.min, galley, colors(ui.visuals()).quiet);
            let response = ui.interact(place, ui.scope_id().with(("units legend", key.name())), Sense::hover());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, key.name()));
            response.on_hover_text(key.explained(activation));
        }
    }
}

fn swatch_width(key: UnitKey) -> f32 {
    if key == UnitKey::Mixed { 64.0 } else { 16.0 }
}

/// The colour of units, or all colours of those that are mixed.
fn swatch(ui: &Ui, key: UnitKey, left: Pos2) {
    let background = theme::background(ui.visuals());
    let color = |share: f32| match key {
        UnitKey::Dead => palette::dead(background),
        UnitKey::NeverPositive => palette::never_positive(background),
        UnitKey::Mixed => palette::rate(f64::from(share)),
        UnitKey::AlwaysOn => palette::always_on(background),
        UnitKey::Undefined => palette::no_number(background),
    };
    let swatch = Rect::from_min_size(left - vec2(0.0, 6.0), vec2(swatch_width(key), 12.0));
    let mut mesh = Mesh::default();
    for step in 0..=16_u32 {
        let share = step as f32 / 16.0;
        let (x, color) = (lerp(swatch.x_range(), share), theme::color(color(share)));
        mesh.colored_vertex(pos2(x, swatch.top()), color);
        mesh.colored_vertex(pos2(x, swatch.bottom()), color);
        if step > 0 {
            let last = 2 * step + 1;
            mesh.add_triangle(last - 3, last - 2, last - 1);
            mesh.add_triangle(last - 2, last - 1, last);
        }
    }
    ui.painter().add(Shape::mesh(mesh));
}

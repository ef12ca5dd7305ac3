use std::sync::Arc;

use super::canvas::Canvas;
use super::data::{ColumnAbout, Entry, column, whole};
use super::frame::{self, Around};
use super::lines::Span;
use super::look::Look;
use super::{Content, as_same, words};
use crate::engine::units::LayerUnits;
use crate::figure::geometry::cells;
use crate::figure::{Headline, Sheet, UnitKey, palette, unit_color, units_summary};
use crate::page::{Color, Path, Rect};
use crate::stats::UnitState;
use crate::subject::Subject;

/// The units of a layer, a cell each.
#[derive(Debug)]
pub struct UnitsContent(pub Arc<LayerUnits>);

impl UnitsContent {
    /// What the columns of its numbers are.
    pub const COLUMNS: [ColumnAbout; 7] = [
        column("place", "Where the unit stands, counted from 0, line after line."),
        column("unit", "The unit, counted from 0."),
        column("fires_for", "For how many images its output is positive."),
        column("images", "How many images there are."),
        column("state", "dead, never_positive, mixed, always_on, or nan where its values are not finite."),
        column("bias", "Its bias."),
        column("weight_norm", "L2 norm of its incoming weights."),
    ];
}

impl Content for UnitsContent {
    fn title(&self) -> String {
        format!("Units of layer {}: {}", self.0.layer + 1, Headline::of(&self.0.subject))
    }

    fn natural_size(&self, _sheet: &Sheet) -> (f64, f64) {
        (960.0, 600.0)
    }

    fn draw(&self, canvas: &mut Canvas<'_>, sheet: &Sheet) {
        draw(canvas, &self.0, sheet);
    }

    fn rows(&self) -> Vec<Vec<Entry>> {
        of_units(&self.0)
    }

    fn columns(&self) -> &'static [ColumnAbout] {
        &Self::COLUMNS
    }

    fn subjects(&self) -> Vec<Subject> {
        vec![self.0.subject.clone()]
    }

    fn is_same(&self, other: &dyn Content) -> bool {
        as_same::<Self>(other).is_some_and(|other| Arc::ptr_eq(&self.0, &other.0))
    }
}

/// A cell for every unit of a layer.
fn draw(canvas: &mut Canvas<'_>, layer: &LayerUnits, sheet: &Sheet) {
    let look = canvas.look;
    let around = around(look, layer, "Units");
    let body = frame::draw(canvas, sheet, &around);
    let units = layer.units();
    let (columns, rows) = cells(units, (body.width, body.height));
    let (width, height) = (body.width / columns as f64, body.height / rows as f64);
    let side = width.min(height);
    let gap = if side < 5.0 { 0.0 } else { (0.08 * side).min(look.px(2.0)) };
    for (place, &unit) in layer.order.iter().enumerate() {
        let (column, row) = ((place % columns) as f64, (place / columns) as f64);
        let (x, y) = (body.x + column * width, body.y + row * height);
        let cell = Rect { x, y, width: width - gap, height: height - gap };
        canvas.fill(Path::rect(cell), Color::of(unit_color(layer, unit, look.ground)));
    }
}

/// Title, legend and caption of a layer's units.
pub(super) fn around(look: &Look, layer: &LayerUnits, what: &str) -> Around {
    let headline = Headline::of(&layer.subject);
    let number = layer.layer + 1;
    let mut title = vec![Span::bold(format!("{what} of layer {number}: "), look.text)];
    title.extend(words::title(look, &[headline]));
    let caption = words::caption(
        look,
        &format!("{} {what} of layer {number}", units_summary(layer)),
        &[&layer.subject],
        &[layer.images],
    );
    Around { title, legend: legend(look, layer), caption }
}

/// What the colours of units mean.
fn legend(look: &Look, layer: &LayerUnits) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for key in UnitKey::all(layer) {
        if !spans.is_empty() {
            spans.push(Span::plain("   ", look.quiet));
        }
        let color = match key {
            UnitKey::Dead => look.dead(),
            UnitKey::NeverPositive => look.never_positive(),
            UnitKey::AlwaysOn => look.always_on(),
            UnitKey::Undefined => Color::of(palette::no_number(look.ground)),
            UnitKey::Mixed => {
                for step in 0..=4 {
                    spans.push(Span::plain("■", Color::of(palette::rate(f64::from(step) / 4.0))));
                }
                spans.push(Span::plain(format!("\u{a0}{}", key.name()), look.quiet));
                continue;
            }
        };
        spans.extend(words::swatch(look, color, key.name()));
    }
    if layer.sorted {
        spans.push(Span::plain("   By how often they fire.", look.quiet));
    }
    spans
}

fn of_units(layer: &LayerUnits) -> Vec<Vec<Entry>> {
    let row = |(place, &unit): (usize, &usize)| {
        let state = match layer.state(unit) {
            _ if layer.undefined[unit] => "nan",
            UnitState::Dead => "dead",
            UnitState::NeverPositive => "never_positive",
            UnitState::Mixed => "mixed",
            UnitState::AlwaysOn => "always_on",
        };
        vec![
            whole(place),
            whole(unit),
            Entry::Whole(layer.fired[unit].into()),
            whole(layer.images),
            Entry::Word(state),
            Entry::Number(layer.biases[unit].into()),
            Entry::Number(layer.weight_norms[unit]),
        ]
    };
    layer.order.iter().enumerate().map(row).collect()
}

use std::sync::Arc;

use egui::epaint::RectShape;
use egui::{Align2, Color32, FontId, Mesh, Rect, Sense, Shape, StrokeKind, Ui, pos2, vec2};

use super::columns::Columns;
use super::tooltip::made;
use super::triangles::triangles;
use crate::app::theme::{self, colors};
use crate::app::theory::coverage;
use crate::engine::{LayerBands, LayerMeasurement};
use crate::experiment::{Activation, Saturation};
use crate::figure::{Cell, Figure, Row, Tone, cells, dead_is, palette, telling};
use crate::number;

const TEXT_ROW: f32 = 19.0;
const BAR_ROW: f32 = 24.0;
const BAR: f32 = 14.0;
/// How far a number reaches beyond the plot at most.
const END: f32 = 14.0;

/// Height of rows together.
pub fn height(rows: &[Row]) -> f32 {
    rows.iter().copied().map(row_height).sum()
}

/// Height of those about unit states, which are the last.
pub fn states_height(rows: &[Row]) -> f32 {
    let is_of_states = |row: &Row| matches!(row, Row::Units | Row::States | Row::NeverPositive);
    rows.iter().copied().filter(is_of_states).map(row_height).sum()
}

/// The numbers of every layer in line under it; where columns are narrow, in short forms, or those of some layers, the same for all
/// rows.
pub struct Table {
    lines: Vec<Line>,
    /// Where the names of the rows end.
    left: f32,
    /// The unit states, as triangles.
    bars: Arc<Mesh>,
}

/// A row.
struct Line {
    row: Row,
    name: String,
    middle: f32,
    font: FontId,
    /// Where the middle of a text is, the text, and its colour.
    cells: Vec<(f32, String, Color32)>,
}

impl Table {
    /// Lays out rows of a figure's numbers, from `top` on. Layers that are `named`, from 0, always have some.
    pub(super) fn of(ui: &Ui, columns: &Columns<'_>, (top, rows): (f32, &[Row]), named: &[usize]) -> Self {
        let figure = columns.figure;
        let layers = &figure.measurement.layers;
        let rows: Vec<_> = rows.iter().map(|&row| (row, texts(ui, row, columns))).collect();
        let widest = rows.iter().map(|(_, texts)| widest(texts)).fold(0.0, f32::max);
        // The last number stays in the window.
        let frame = *columns.transform.frame();
        let last = columns.x(layers.len() - 1);
        let end = ui.max_rect().right() + END;
        let beyond = (last + widest / 2.0 - end).max(0.0);
        // The first and the last always have some.
        let named: Vec<_> = std::iter::once(0).chain(named.iter().copied()).chain(telling(figure)).collect();
        let cells = cells(layers.len(), columns.width.into(), f64::from(widest + AIR + beyond), &named);
        let x = |cell: &Cell| frame.left() + cell.x as f32;
        // Numbers wider than their column reach over the first one's edge.
        let first = cells.iter().map(x).fold(f32::INFINITY, f32::min);
        let left = frame.left().min(first - widest / 2.0) - 10.0;
        let (mut lines, mut bars) = (Vec::new(), Vec::new());
        let mut y = top;
        for (row, mut texts) in rows {
            let middle = y + row_height(row) / 2.0;
            let of = |cell: &Cell| {
                let Text { text, width } = std::mem::take(&mut texts[cell.layer]);
                (x(cell).min(end - width / 2.0), text, color(ui, row, cell.layer, layers))
            };
            let cells = cells.iter().map(of).filter(|(_, text, _)| !text.is_empty()).collect();
            if row == Row::Units {
                for (index, layer) in layers.iter().enumerate() {
                    let size = vec2(columns.width * 0.84, BAR);
                    let bar = Rect::from_center_size(pos2(columns.x(index), middle), size);
                    states_bar(ui, bar, layer, &mut bars);
                    if let Some(bands) = columns.seeds.and_then(|seeds| seeds.layers.get(index)) {
                        states_bands(ui, bar, layer.units, bands, &mut bars);
                    }
                }
            }
            lines.push(Line { row, name: row.name(figure, f64::from(columns.width)), middle, font: font(row), cells });
            y += row_height(row);
        }
        Self { lines, left, bars: triangles(ui, bars).into() }
    }

    /// Paints it.
    pub fn ui(&self, ui: &Ui, figure: &Figure) {
        let quiet = colors(ui.visuals()).quiet;
        ui.painter().add(Shape::mesh(Arc::clone(&self.bars)));
        for Line { row, name, middle, font, cells } in &self.lines {
            for (x, text, color) in cells {
                ui.painter().text(pos2(*x, *middle), Align2::CENTER_CENTER, text, font.clone(), *color);
            }
            let at = pos2(self.left, *middle);
            let name = ui.painter().text(at, Align2::RIGHT_CENTER, name, theme::regular(12.5), quiet);
            let response =
                ui.interact(name.expand2(vec2(6.0, 2.0)), ui.scope_id().with(("row", *row as u8)), Sense::hover());
            response.on_hover_ui(|ui| {
                ui.label(explained(*row, figure));
            });
        }
    }
}

/// Between two numbers in a row.
const AIR: f32 = 8.0;

/// What a row says of every layer: in short forms, where columns are too narrow for others.
fn texts(ui: &Ui, row: Row, columns: &Columns<'_>) -> Vec<Text> {
    let all = |text: &dyn Fn(usize) -> String| -> Vec<_> {
        let layers = 0..columns.figure.columns.len();
        layers.map(|index| Text::new(ui, text(index), font(row))).collect()
    };
    let texts = all(&|index| row.text(columns.figure, index, columns.width.into()));
    if widest(&texts) + AIR <= columns.width { texts } else { all(&|index| row.short(columns.figure, index)) }
}

fn widest(texts: &[Text]) -> f32 {
    texts.iter().map(|text| text.width).fold(0.0, f32::max)
}

/// A text and how wide it is.
#[derive(Default)]
struct Text {
    text: String,
    width: f32,
}

impl Text {
    fn new(ui: &Ui, text: String, font: FontId) -> Self {
        let width = ui.painter().layout_no_wrap(text.clone(), font, Color32::PLACEHOLDER).size().x;
        Self { text, width }
    }
}

/// Dead, never positive, mixed and always-on units as parts of a bar, in this order; a single unit is seen too.
fn states_bar(ui: &Ui, bar: Rect, layer: &LayerMeasurement, shapes: &mut Vec<Shape>) {
    let background = theme::background(ui.visuals());
    let states = layer.states;
    if !layer.has_states() {
        let line = colors(ui.visuals()).line;
        shapes.push(Shape::Rect(RectShape::stroke(bar, 2.0, (1.0, line), StrokeKind::Inside)));
        return;
    }
    shapes.push(Shape::rect_filled(bar, 2.0, theme::color(palette::mixed(background))));
    let part = |units: usize| {
        let width = bar.width() * units as f32 / layer.units as f32;
        if units == 0 { 0.0 } else { width.max(1.5) }
    };
    let dead = bar.with_max_x(bar.left() + part(states.dead));
    let always_on = bar.with_min_x(bar.right() - part(states.always_on));
    let never = Rect::from_min_max(dead.right_top(), dead.right_bottom() + vec2(part(states.never_positive), 0.0));
    theory_marks(ui, bar, layer, shapes);
    for (rect, units, color) in [
        (never.intersect(bar), states.never_positive, palette::never_positive(background)),
        (dead, states.dead, palette::dead(background)),
        (always_on, states.always_on, palette::always_on(background)),
    ] {
        if units > 0 {
            shapes.push(Shape::rect_filled(rect, 2.0, theme::color(color)));
        }
    }
}

/// Where theory expects the dead to end and the always-on to begin: thin lines over the bar's edges.
fn theory_marks(ui: &Ui, bar: Rect, layer: &LayerMeasurement, shapes: &mut Vec<Shape>) {
    let Some(theory) = layer.theory_of_states else { return };
    let quiet = colors(ui.visuals()).quiet;
    let (dead, on) =
        (bar.left() + bar.width() * theory.dead as f32, bar.right() - bar.width() * theory.always_on as f32);
    for (x, share) in [(dead, theory.dead), (on, theory.always_on)] {
        if share * layer.units as f64 >= SEEN {
            for (from, to) in [(bar.top() - 3.0, bar.top()), (bar.bottom(), bar.bottom() + 3.0)] {
                shapes.push(Shape::line_segment([pos2(x, from), pos2(x, to)], (1.25, quiet)));
            }
        }
    }
}

/// Fewer units are none.
const SEEN: f64 = 0.05;

/// Under a bar, how many units other seeds have dead, always on and never positive: a line from the least to the greatest, thick at the median.
fn states_bands(ui: &Ui, bar: Rect, units: usize, bands: &LayerBands, shapes: &mut Vec<Shape>) {
    let background = theme::background(ui.visuals());
    let part = |number: f64| bar.width() * (number / units as f64) as f32;
    let y = bar.bottom() + 3.0;
    let dead = |number: f64| bar.left() + part(number);
    let always_on = |number: f64| bar.right() - part(number);
    let of: [(&dyn Fn(f64) -> f32, _, _); 3] = [
        (&dead, bands.dead, palette::dead(background)),
        (&dead, bands.never_positive, palette::never_positive(background)),
        (&always_on, bands.always_on, palette::always_on(background)),
    ];
    for (x, band, color) in of {
        if band.greatest > 0.0 {
            let color = theme::color(color);
            shapes.push(Shape::line_segment([pos2(x(band.least), y), pos2(x(band.greatest), y)], (1.5, color)));
            shapes.push(Shape::circle_filled(pos2(x(band.median), y), 2.5, color));
        }
    }
}

fn font(row: Row) -> FontId {
    if row == Row::Layer { theme::semibold(14.0) } else { theme::regular(13.0) }
}

fn color(ui: &Ui, row: Row, index: usize, layers: &[LayerMeasurement]) -> Color32 {
    let (colors, background) = (colors(ui.visuals()), theme::background(ui.visuals()));
    match row.tone(&layers[index]) {
        Tone::Layer => theme::word(palette::layer(index, layers.len(), background), ui.visuals()),
        Tone::Dead => theme::word(palette::dead(background), ui.visuals()),
        Tone::Quiet => colors.quiet,
        Tone::Plain => colors.text,
    }
}

/// Height of a row.
pub fn row_height(row: Row) -> f32 {
    match row {
        Row::Layer => 24.0,
        Row::Units => BAR_ROW,
        _ => TEXT_ROW,
    }
}

fn explained(row: Row, figure: &Figure) -> String {
    let images = number::count(figure.measurement.images as u64);
    let values = figure.view.quantity.name();
    let subject = &figure.measurement.subject;
    let layers = 0..figure.measurement.layers.len();
    // What a row says is said of the first layer that it says anything of.
    let that = |is_such: fn(Activation) -> bool| {
        layers.clone().map(|layer| subject.activation(layer)).find(|activation| is_such(*activation))
    };
    let activation = that(Activation::can_be_dead).unwrap_or(figure.measurement.experiment().activation);
    let saturating = that(|activation| activation.saturation().is_some());
    match row {
        Row::Layer => format!("The hidden layers, from the pixels to the digits. {}", made(figure)),
        Row::States => format!("Dead units over {images} images. {}", dead_is(activation)),
        Row::NeverPositive => format!(
            "Units whose output is positive for none of these {images} images. They still learn: the slope of {} is nowhere 0.",
            activation.name()
        ),
        Row::Mean => format!("Mean of all {values} of the layer."),
        Row::Std => format!("Population standard deviation of all {values} of the layer (ddof 0)."),
        Row::MeanTheory | Row::Theory => format!(
            "What mean-field theory expects of the {}, starting from these images. {}",
            if row == Row::Theory { "std" } else { "mean" },
            coverage(figure.measurement.coverage)
        ),
        Row::Norm => "L2 norm of ∂L/∂z over all units and images: how much gradient arrives at the layer.".to_owned(),
        Row::WeightNorm => {
            "L2 (Frobenius) norm of ∂L/∂W: how far a step of gradient descent moves the layer's weights.".to_owned()
        }
        Row::UpdateRatio => {
            "L2 norm of what the step moved the layer's weights by, over the norm of the weights before it: around \
                             10⁻³ is usual."
                .to_owned()
        }
        Row::Zeros => "Share of outputs that are exactly zero: the unit is off, and so is its derivative.".to_owned(),
        Row::Saturated => match saturating.and_then(Activation::saturation) {
            None => String::new(),
            Some(Saturation::AtLimit) => {
                "Share of outputs exactly at a limit of the activation, where its derivative is 0.".to_owned()
            }
            Some(Saturation::AtCap) => {
                "Share of outputs exactly at the cap of 6, where the derivative is 0.".to_owned()
            }
            Some(Saturation::NearLimit) => {
                "Share of outputs within 0.03 of a limit of the activation, where its derivative is nearly zero."
                    .to_owned()
            }
            Some(Saturation::NearlyFlat) => {
                "Share of outputs where the derivative is under 0.06, which is beyond |z| = 3.08. Softsign comes \
                 within 0.03 of its limits only beyond |z| = 32."
                    .to_owned()
            }
        },
        Row::Units if activation.can_be_dead() => {
            let never = if activation.can_be_never_positive() { "Violet: never positive, but not dead. " } else { "" };
            format!(
                "Red: dead on these {images} images. {never}Grey: neither dead nor always on. Yellow: always on, positive on every \
                 one{}.",
                if activation == Activation::Relu { "; a ReLU is then a linear unit" } else { "" }
            )
        }
        Row::Units => format!("Violet: never positive on these {images} images. Grey: the others."),
    }
}

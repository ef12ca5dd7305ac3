use super::canvas::{Canvas, plain};
use super::panel::{Labels, half_width};
use crate::engine::LayerMeasurement;
use crate::figure::{Figure, Row, Tone};
use crate::page::{Anchor, Color, Path, Rect, Text, Weight};

/// The numbers of every layer in line under it; where columns are narrow, those of every second, third ... layer, always of the
/// last, which matters most.
pub(super) struct Table<'a> {
    rows: Vec<Line>,
    layers: usize,
    measured: &'a [LayerMeasurement],
}

struct Line {
    row: Row,
    name: String,
    cells: Vec<(String, Color)>,
}

/// Rows that are left out first where there is no room, in this order.
const EXPENDABLE: [Row; 10] = [
    Row::WeightNorm,
    Row::MeanTheory,
    Row::Theory,
    Row::Norm,
    Row::Zeros,
    Row::Saturated,
    Row::States,
    Row::Units,
    Row::Mean,
    Row::Std,
];

impl<'a> Table<'a> {
    /// Of a figure whose columns are so wide, as high as this at most.
    pub fn of(canvas: &Canvas<'_>, figure: &'a Figure, column: f64, most: f64) -> Self {
        let look = canvas.look;
        let mut rows = Row::all(figure);
        for row in EXPENDABLE {
            if height(canvas, rows.len()) <= most {
                break;
            }
            rows.retain(|other| *other != row);
        }
        let layers = &figure.measurement.layers;
        // Thresholds of words are for a text of 13 px.
        let width = column / look.px(1.0);
        let color = |row: Row, index: usize| match row.tone(&layers[index]) {
            Tone::Layer => look.name(index, layers.len()),
            Tone::Dead => look.dead(),
            Tone::Quiet => look.quiet,
            Tone::Plain => look.text,
        };
        let line = |row: Row| Line {
            row,
            name: row.name(figure, width),
            cells: (0..layers.len()).map(|index| (row.text(figure, index, width), color(row, index))).collect(),
        };
        Self { rows: rows.into_iter().map(line).collect(), layers: layers.len(), measured: layers }
    }

    /// The layers' names alone.
    pub fn of_names(canvas: &Canvas<'_>, layers: usize, column: f64) -> Self {
        let look = canvas.look;
        let is_wide = column >= canvas.width("layer 10", look.size, Weight::SemiBold) + look.px(8.0);
        let name = |index: usize| if is_wide { format!("layer {}", index + 1) } else { (index + 1).to_string() };
        let cells = (0..layers).map(|index| (name(index), look.name(index, layers))).collect();
        let name = if is_wide { "" } else { "layer" }.to_owned();
        Self { rows: vec![Line { row: Row::Layer, name, cells }], layers, measured: &[] }
    }

    /// How high it is, with the air over it.
    pub fn height(&self, canvas: &Canvas<'_>) -> f64 {
        height(canvas, self.rows.len())
    }

    /// How wide the names of its rows are.
    pub fn names_width(&self, canvas: &Canvas<'_>) -> f64 {
        let width = |line: &Line| canvas.width(&line.name, 0.94 * canvas.look.size, Weight::Regular);
        self.rows.iter().map(width).fold(0.0, f64::max)
    }

    /// Draws it under the plot.
    pub fn draw(&self, canvas: &mut Canvas<'_>, plot: Rect, labels: Labels) {
        let look = canvas.look;
        let column = plot.width / self.layers as f64;
        let mut named = 1;
        for (at, Line { row, name, cells }) in self.rows.iter().enumerate() {
            let middle = plot.bottom() + AIR * look.size + (at as f64 + 0.5) * ROW * look.size;
            let (size, weight) = match row {
                Row::Layer => (1.04 * look.size, Weight::SemiBold),
                _ => (0.96 * look.size, Weight::Regular),
            };
            if labels == Labels::Shown {
                let at = (plot.x - look.px(10.0), middle);
                canvas.text_at_middle(plain(name.clone(), at, Anchor::End, 0.94 * look.size, look.quiet));
            }
            if *row == Row::Units {
                for (index, layer) in self.measured.iter().enumerate() {
                    let x = plot.x + (index as f64 + 0.5) * column;
                    let half = half_width(column);
                    let (top, bottom) = (middle - 0.5 * look.px(12.0), middle + 0.5 * look.px(12.0));
                    states_bar(canvas, Rect::between((x - half, x + half), (top, bottom)), layer);
                }
            }
            let widest = cells.iter().map(|(text, _)| canvas.width(text, size, weight)).fold(0.0, f64::max);
            // The outer ones stay in line, too.
            let need = widest + look.px(8.0) + (widest - column).max(0.0);
            // Every number stands under the name of its layer.
            let stride = ((need / column).ceil().max(1.0) as usize).next_multiple_of(named);
            if *row == Row::Layer {
                named = stride;
            }
            for index in ((self.layers - 1) % stride..self.layers).step_by(stride) {
                let (text, color) = &cells[index];
                let half = 0.5 * canvas.width(text, size, weight);
                let end = plot.right().max(plot.x + 2.0 * half);
                let x = (plot.x + (index as f64 + 0.5) * column).min(end - half).max(plot.x + half);
                let text = plain(text.clone(), (x, middle), Anchor::Middle, size, *color);
                canvas.text_at_middle(Text { weight, ..text });
            }
        }
    }
}

/// Over the first row, and height of a row, as parts of the text's size.
const AIR: f64 = 0.62;
const ROW: f64 = 1.42;

fn height(canvas: &Canvas<'_>, rows: usize) -> f64 {
    (AIR + ROW * rows as f64) * canvas.look.size
}

/// Dead, mixed and always-on units as parts of a bar, in this order; a single unit is seen too.
fn states_bar(canvas: &mut Canvas<'_>, bar: Rect, layer: &LayerMeasurement) {
    let look = canvas.look;
    let round = |rect: Rect| Path::rounded(rect, look.px(1.5));
    if !layer.has_states() {
        canvas.stroke(round(bar), look.px(1.0), look.grid);
        return;
    }
    canvas.fill(round(bar), look.mixed());
    let part = |units: usize| {
        let width = bar.width * units as f64 / layer.units as f64;
        if units == 0 { 0.0 } else { width.max(look.px(1.5)).min(bar.width) }
    };
    let (dead, on) = (part(layer.states.dead), part(layer.states.always_on));
    if dead > 0.0 {
        canvas.fill(round(Rect { width: dead, ..bar }), look.dead());
    }
    if on > 0.0 {
        canvas.fill(round(Rect { x: bar.right() - on, width: on, ..bar }), look.always_on());
    }
    // Where theory expects the dead to end and the always-on to begin.
    if let Some(theory) = layer.theory_of_states {
        let ends = [
            (theory.dead, bar.x + bar.width * theory.dead),
            (theory.always_on, bar.right() - bar.width * theory.always_on),
        ];
        for (share, x) in ends {
            if share * layer.units as f64 >= 0.05 {
                for y in [bar.y - look.px(2.5), bar.bottom()] {
                    canvas.line((x, y), (x, y + look.px(2.5)), look.px(1.0), look.quiet);
                }
            }
        }
    }
    if let Some(outline) = look.outline {
        canvas.stroke(round(bar), look.px(1.0), outline);
    }
}

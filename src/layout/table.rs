use super::canvas::{Canvas, plain};
use crate::engine::LayerMeasurement;
use crate::figure::geometry::HALF_WIDTH;
use crate::figure::{Figure, Row, Sheet, Tone, cells, telling as telling_of};
use crate::page::{Anchor, Color, Path, Rect, Text, Weight};

/// The rows of numbers that panels side by side have in common: the same in all, so that their plots are equally high and a
/// number stands beside the name of what it is.
pub(super) struct Rows {
    rows: Vec<Row>,
    /// Those that there was no room for.
    left_out: Vec<Row>,
    names: Vec<String>,
    /// The narrowest column of the panels, in px at a text of 13 px.
    width: f64,
    /// How closely numbers stand in all of them.
    fit: NumbersFit,
    /// Layers that have their numbers in any case, in all of them.
    telling: Vec<usize>,
    /// The room that a cell needs in any of them, so that all have numbers under the same layers.
    need: f64,
}

/// The numbers of every layer in line under it; where columns are narrow, in short forms, or those of some layers.
pub(super) struct Table<'a> {
    rows: Vec<Line>,
    layers: usize,
    measured: &'a [LayerMeasurement],
    /// Layers that have their numbers in any case.
    telling: Vec<usize>,
    fit: NumbersFit,
    need: f64,
}

/// Which parts of the axis a panel has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Labels {
    /// The names of ticks, of the axis and of rows stand left of it.
    Shown,
    /// They stand left of a neighbour.
    OfNeighbour,
}

struct Line {
    row: Row,
    name: String,
    /// Each text, what it is where there is little room, and its colour.
    cells: Vec<(String, String, Color)>,
}

impl Rows {
    /// Rows of these figures, the narrowest of whose columns is so wide, as high as this at most.
    pub fn of(canvas: &Canvas<'_>, figures: &[&Figure], (column, most): (f64, f64), sheet: &Sheet) -> Self {
        let mut rows = Row::of_all(figures.iter().copied(), &sheet.first_rows);
        let mut left_out = Vec::new();
        let (last, first): (Vec<_>, Vec<_>) =
            Row::YIELDING.into_iter().partition(|row| !sheet.first_rows.contains(row));
        for row in last.into_iter().chain(first) {
            if height(canvas, rows.len()) <= most {
                break;
            }
            left_out.extend(rows.extract_if(.., |other| *other == row));
        }
        // Thresholds of words are for a text of 13 px.
        let width = column / canvas.look.px(1.0);
        let names = rows.iter().map(|row| row.name_of_all(figures, width)).collect();
        // The first and the last always have their numbers.
        let telling = std::iter::once(0).chain(sheet.named_layers.iter().copied());
        let telling = telling.chain(figures.iter().flat_map(|figure| telling_of(figure))).collect();
        let mut all = Self { rows, left_out, names, width, fit: FITS[0], telling, need: 0.0 };
        let tables: Vec<_> = figures.iter().map(|figure| Table::of(canvas, figure, &all)).collect();
        let fits = tables.iter().map(|table| table.fit(canvas, column));
        let fit = fits.min_by(|one, other| one.part.total_cmp(&other.part)).unwrap_or(FITS[0]);
        all.need = tables.iter().map(|table| table.need(canvas, column, fit)).fold(0.0, f64::max);
        all.fit = fit;
        all
    }

    /// Those that there was no room for.
    pub fn left_out(&self) -> impl Iterator<Item = Row> {
        self.left_out.iter().copied()
    }

    /// How wide their names are.
    pub fn names_width(&self, canvas: &Canvas<'_>) -> f64 {
        let width = |name: &String| canvas.width(name, 0.94 * canvas.look.size, Weight::Regular);
        self.names.iter().map(width).fold(0.0, f64::max)
    }
}

impl<'a> Table<'a> {
    /// Lays out a figure's table.
    pub fn of(canvas: &Canvas<'_>, figure: &'a Figure, rows: &Rows) -> Self {
        let look = canvas.look;
        let layers = &figure.measurement.layers;
        let color = |row: Row, index: usize| match row.tone(&layers[index]) {
            Tone::Layer => look.name(index, layers.len()),
            Tone::Dead => look.word(look.dead()),
            Tone::Quiet => look.quiet,
            Tone::Plain => look.text,
        };
        let width = rows.width;
        let cell = |row: Row, index: usize| {
            (row.text_or_dash(figure, index, width), row.short(figure, index), color(row, index))
        };
        let line = |(&row, name): (&Row, &String)| Line {
            row,
            name: name.clone(),
            cells: (0..layers.len()).map(|index| cell(row, index)).collect(),
        };
        let lines = rows.rows.iter().zip(&rows.names).map(line).collect();
        let (telling, fit, need) = (rows.telling.clone(), rows.fit, rows.need);
        Self { rows: lines, layers: layers.len(), measured: layers, telling, fit, need }
    }

    /// The layers' names alone.
    pub fn of_names(canvas: &Canvas<'_>, layers: usize, column: f64) -> Self {
        let look = canvas.look;
        let is_wide = column >= canvas.width("layer 10", look.size, Weight::SemiBold) + look.px(8.0);
        let name = |index: usize| if is_wide { format!("layer {}", index + 1) } else { (index + 1).to_string() };
        let cells = (0..layers).map(|index| (name(index), name(index), look.name(index, layers))).collect();
        let name = if is_wide { "" } else { "layer" }.to_owned();
        Self {
            rows: vec![Line { row: Row::Layer, name, cells }],
            layers,
            measured: &[],
            telling: vec![0],
            fit: FITS[0],
            need: 0.0,
        }
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
        let fit = self.fit;
        let short: Vec<_> = self.rows.iter().map(|line| line.is_short(canvas, column)).collect();
        let cells = cells(self.layers, column, self.need(canvas, column, fit).max(self.need), &self.telling);
        for ((at, Line { row, name, cells: texts }), is_short) in self.rows.iter().enumerate().zip(short) {
            let middle = plot.bottom() + AIR * look.size + (at as f64 + 0.5) * ROW * look.size;
            let (size, weight) = type_of(canvas, *row);
            let size = size * fit.part;
            if labels == Labels::Shown {
                let at = (plot.x - look.px(10.0), middle);
                canvas.text_at_middle(plain(name.clone(), at, Anchor::End, 0.94 * look.size, look.quiet));
            }
            let has_bars = *row == Row::Units && texts.iter().all(|(long, ..)| long.is_empty());
            if has_bars {
                for (index, layer) in self.measured.iter().enumerate() {
                    let x = plot.x + (index as f64 + 0.5) * column;
                    let half = HALF_WIDTH * column;
                    let (top, bottom) = (middle - 0.5 * look.px(12.0), middle + 0.5 * look.px(12.0));
                    states_bar(canvas, Rect::between((x - half, x + half), (top, bottom)), layer);
                }
            }
            for cell in &cells {
                let (long, short, color) = &texts[cell.layer];
                let text = if is_short { short } else { long };
                let half = 0.5 * canvas.width(text, size, weight);
                let end = plot.right().max(plot.x + 2.0 * half);
                let x = (plot.x + cell.x).min(end - half).max(plot.x + half);
                let text = plain(text.clone(), (x, middle), Anchor::Middle, size, *color);
                canvas.text_at_middle(Text { weight, ..text });
            }
        }
    }
}

impl Table<'_> {
    /// How closely numbers stand: before layers are left without theirs, these come nearer to one another and are a little smaller.
    fn fit(&self, canvas: &Canvas<'_>, column: f64) -> NumbersFit {
        let fits = |fit: &&NumbersFit| self.need(canvas, column, **fit) <= column;
        FITS.iter().find(fits).copied().unwrap_or(FITS[0])
    }

    /// The room that a cell of any row needs.
    fn need(&self, canvas: &Canvas<'_>, column: f64, fit: NumbersFit) -> f64 {
        let need = |line: &Line| line.need(canvas, column, line.is_short(canvas, column), fit);
        self.rows.iter().map(need).fold(0.0, f64::max)
    }
}

/// The size of numbers, as a part of what it is where there is room, and px between two of them.
#[derive(Clone, Copy, Debug)]
struct NumbersFit {
    part: f64,
    air: f64,
}

const FITS: [NumbersFit; 4] = [
    NumbersFit { part: 1.0, air: 8.0 },
    NumbersFit { part: 1.0, air: 4.0 },
    NumbersFit { part: 0.9, air: 4.0 },
    NumbersFit { part: 0.82, air: 3.0 },
];

impl Line {
    /// Whether its numbers are short: they are before they are smaller.
    fn is_short(&self, canvas: &Canvas<'_>, column: f64) -> bool {
        self.need(canvas, column, false, FITS[0]) > column
    }

    /// The room that each of its cells needs, with the air beside it; in short forms or not.
    fn need(&self, canvas: &Canvas<'_>, column: f64, is_short: bool, fit: NumbersFit) -> f64 {
        let (size, weight) = type_of(canvas, self.row);
        let width = |(long, short, _): &(String, String, Color)| {
            canvas.width(if is_short { short } else { long }, size * fit.part, weight)
        };
        let widest = self.cells.iter().map(width).fold(0.0, f64::max);
        // The outer ones stay in line, too.
        widest + canvas.look.px(fit.air) + (widest - column).max(0.0)
    }
}

/// Size and weight of a row's texts.
fn type_of(canvas: &Canvas<'_>, row: Row) -> (f64, Weight) {
    match row {
        Row::Layer => (1.04 * canvas.look.size, Weight::SemiBold),
        _ => (0.96 * canvas.look.size, Weight::Regular),
    }
}

/// Over the first row, and height of a row, as parts of the text's size.
const AIR: f64 = 0.62;
const ROW: f64 = 1.42;

fn height(canvas: &Canvas<'_>, rows: usize) -> f64 {
    (AIR + ROW * rows as f64) * canvas.look.size
}

/// Dead, never positive, mixed and always-on units as parts of a bar, in this order; a single unit is seen too.
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
    let states = layer.states;
    let (dead, never, on) = (part(states.dead), part(states.never_positive), part(states.always_on));
    if never > 0.0 {
        let width = never.min(bar.width - dead);
        canvas.fill(round(Rect { x: bar.x + dead, width, ..bar }), look.never_positive());
    }
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

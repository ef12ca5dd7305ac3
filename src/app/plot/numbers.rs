use std::sync::Arc;

use egui::epaint::RectShape;
use egui::{Align2, Color32, FontId, Mesh, Rect, Sense, Shape, StrokeKind, Ui, pos2, vec2};

use super::pictures::triangles;
use super::plot_ui::Columns;
use crate::app::theme::{self, colors};
use crate::app::theory::coverage;
use crate::engine::{GradientMeasurement, LayerBands, LayerMeasurement};
use crate::figure::{Figure, Quantity, palette};
use crate::number;
use crate::theory::{Coverage, LayerPrediction};

/// A row of numbers under the layers.
#[derive(Clone, Copy, PartialEq)]
enum Row {
    Layer,
    Mean,
    MeanTheory,
    Std,
    Theory,
    Norm,
    WeightNorm,
    Zeros,
    Saturated,
    Units,
    States,
}

const TEXT_ROW: f32 = 19.0;
const BAR_ROW: f32 = 24.0;
const BAR: f32 = 14.0;
/// How far a number reaches beyond the plot at most.
const END: f32 = 14.0;

/// Height of all rows together.
pub fn height(figure: &Figure) -> f32 {
    rows(figure).iter().map(|row| row.height()).sum()
}

/// Height of the rows about unit states, which are the last.
pub fn states_height(figure: &Figure) -> f32 {
    rows(figure).iter().filter(|row| matches!(row, Row::Units | Row::States)).map(|row| row.height()).sum()
}

/// The rows that say something about this figure.
fn rows(figure: &Figure) -> Vec<Row> {
    let activation = figure.measurement.experiment.activation;
    let mut rows = vec![Row::Layer, Row::Mean, Row::MeanTheory, Row::Std, Row::Theory];
    // Of many layers theory comes a moment later: its place is kept. It has no mean but that of the outputs, and
    // nothing to say of weights.
    let is_covered = !matches!(figure.measurement.coverage, Coverage::NotCovered(_));
    rows.retain(|row| match row {
        Row::MeanTheory => is_covered && figure.view.quantity == Quantity::Outputs,
        Row::Theory => is_covered && figure.view.quantity != Quantity::Weights,
        _ => true,
    });
    match figure.view.quantity {
        Quantity::Outputs => {
            if activation.switches_off() {
                rows.push(Row::Zeros);
            }
            if activation.limits().bounded().is_some() {
                rows.push(Row::Saturated);
            }
        }
        Quantity::PreActivations | Quantity::Weights => {}
        Quantity::Gradients => rows.extend([Row::Norm, Row::WeightNorm]),
    }
    // A sigmoid's output is always positive: there is nothing to count.
    if !activation.is_positive() {
        rows.extend([Row::Units, Row::States]);
    }
    rows
}

/// The numbers of every layer in line under it; where columns are narrow, those of every second, third ... layer.
pub struct Table {
    lines: Vec<Line>,
    /// Where the names of the rows end.
    left: f32,
    /// The unit states, as triangles.
    bars: Arc<Mesh>,
}

/// A row that there is room for.
struct Line {
    row: Row,
    name: String,
    middle: f32,
    font: FontId,
    /// Where the middle of a text is, the text, and its colour.
    cells: Vec<(f32, String, Color32)>,
}

impl Table {
    /// Of a figure, from `top` to the end of the room.
    pub(super) fn of(ui: &Ui, columns: &Columns<'_>, top: f32) -> Self {
        let figure = columns.figure;
        let layers = &figure.measurement.layers;
        let texts = |row: Row| -> Vec<_> {
            let text = |(index, layer): (usize, &LayerMeasurement)| row.text(figure, index, layer, columns.width);
            layers.iter().enumerate().map(text).map(|text| Text::new(ui, text, row.font())).collect()
        };
        let rows: Vec<_> = rows(figure).into_iter().map(|row| (row, texts(row))).collect();
        let widest = |texts: &[Text]| texts.iter().map(|text| text.width).fold(0.0, f32::max);
        // Every number stands under the number of its layer.
        let named = rows.first().map_or(1, |(_, texts)| columns.stride(widest(texts)));
        // The last number stays in the window.
        let last = columns.x(layers.len() - 1);
        let end = ui.max_rect().right() + END;
        let beyond = |width: f32| (last + width / 2.0 - end).max(0.0);
        let stride = |texts: &[Text]| {
            let width = widest(texts);
            columns.stride(width + beyond(width)).next_multiple_of(named)
        };
        // Numbers wider than their column reach over the first one's edge.
        let first = |texts: &[Text]| columns.shown(stride(texts)).next().map_or(0.0, |index| columns.x(index));
        let edge = rows.iter().map(|(_, texts)| first(texts) - widest(texts) / 2.0);
        let left = edge.fold(columns.transform.frame().left(), f32::min) - 10.0;
        let room = ui.max_rect().bottom();
        let (mut lines, mut bars) = (Vec::new(), Vec::new());
        let mut y = top;
        for (row, mut texts) in rows {
            if y + row.height() > room + 4.0 {
                break;
            }
            let middle = y + row.height() / 2.0;
            let cells = columns.shown(stride(&texts)).map(|index| {
                let Text { text, width } = std::mem::take(&mut texts[index]);
                let color = row.color(ui, index, layers);
                (columns.x(index).min(end - width / 2.0), text, color)
            });
            let cells = cells.filter(|(_, text, _)| !text.is_empty()).collect();
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
            lines.push(Line { row, name: row.name(figure, columns.width), middle, font: row.font(), cells });
            y += row.height();
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
                ui.label(row.explained(figure));
            });
        }
    }
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

/// Dead, mixed and always-on units as parts of a bar, in this order; a single unit is seen too.
fn states_bar(ui: &Ui, bar: Rect, layer: &LayerMeasurement, shapes: &mut Vec<Shape>) {
    let background = theme::background(ui.visuals());
    let states = layer.states;
    if is_not_finite(layer) {
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
    for (rect, units, color) in
        [(dead, states.dead, palette::dead(background)), (always_on, states.always_on, palette::always_on(background))]
    {
        if units > 0 {
            shapes.push(Shape::rect_filled(rect, 2.0, theme::color(color)));
        }
    }
}

/// Under a bar, how many units other seeds have dead and always on: a line from the least to the greatest, thick at the median.
fn states_bands(ui: &Ui, bar: Rect, units: usize, bands: &LayerBands, shapes: &mut Vec<Shape>) {
    let background = theme::background(ui.visuals());
    let part = |number: f64| bar.width() * (number / units as f64) as f32;
    let y = bar.bottom() + 3.0;
    let dead = |number: f64| bar.left() + part(number);
    let always_on = |number: f64| bar.right() - part(number);
    let of: [(&dyn Fn(f64) -> f32, _, _); 2] =
        [(&dead, bands.dead, palette::dead(background)), (&always_on, bands.always_on, palette::always_on(background))];
    for (x, band, color) in of {
        if band.greatest > 0.0 {
            let color = theme::color(color);
            shapes.push(Shape::line_segment([pos2(x(band.least), y), pos2(x(band.greatest), y)], (1.5, color)));
            shapes.push(Shape::circle_filled(pos2(x(band.median), y), 2.5, color));
        }
    }
}

impl Row {
    fn font(self) -> FontId {
        if self == Self::Layer { theme::semibold(14.0) } else { theme::regular(13.0) }
    }

    fn color(self, ui: &Ui, index: usize, layers: &[LayerMeasurement]) -> Color32 {
        let (colors, background) = (colors(ui.visuals()), theme::background(ui.visuals()));
        match self {
            Self::Layer => theme::color(palette::layer(index, layers.len(), background)),
            Self::States if layers[index].states.dead > 0 => theme::color(palette::dead(background)),
            Self::States | Self::MeanTheory | Self::Theory => colors.quiet,
            _ => colors.text,
        }
    }

    fn height(self) -> f32 {
        match self {
            Self::Layer => 24.0,
            Self::Units => BAR_ROW,
            _ => TEXT_ROW,
        }
    }

    fn name(self, figure: &Figure, width: f32) -> String {
        let measurement = &figure.measurement;
        match self {
            Self::Layer if width < WIDE_ENOUGH_FOR_LAYER => "layer".to_owned(),
            Self::States if !measurement.is_exact() => {
                let images = number::count(measurement.images as u64);
                // What there is room for.
                if measurement.images < 10_000 { format!("{images} images") } else { format!("on {images}") }
            }
            Self::States if width < WIDE_ENOUGH_FOR_STATES => "dead".to_owned(),
            Self::Layer | Self::States => String::new(),
            Self::Mean => "mean".to_owned(),
            Self::Std => "std".to_owned(),
            // Each under what it is of.
            Self::MeanTheory | Self::Theory => "theory".to_owned(),
            Self::Norm => "||∂L/∂z||".to_owned(),
            Self::WeightNorm => "||∂L/∂W||".to_owned(),
            Self::Zeros => "exactly 0".to_owned(),
            Self::Saturated => "saturated".to_owned(),
            Self::Units if !measurement.is_exact() => "dead so far".to_owned(),
            Self::Units => match measurement.experiment.uniform_width() {
                Some(1) => "1 unit".to_owned(),
                Some(width) => format!("{} units", number::count(width as u64)),
                None => "units".to_owned(),
            },
        }
    }

    fn explained(self, figure: &Figure) -> String {
        let images = number::count(figure.measurement.images as u64);
        let values = figure.view.quantity.name();
        match self {
            Self::Layer => "The hidden layers, from the pixels to the digits.".to_owned(),
            Self::States => format!("Units that are never positive on these {images} images."),
            Self::Mean => format!("Mean of all {values} of the layer."),
            Self::Std => format!("Population standard deviation of all {values} of the layer (ddof 0)."),
            Self::MeanTheory | Self::Theory => format!(
                "What mean-field theory expects of the {}, from these images on. {}",
                if self == Self::Theory { "std" } else { "mean" },
                coverage(figure.measurement.coverage)
            ),
            Self::Norm => {
                "L2 norm of ∂L/∂z over all units and images: how much gradient arrives at the layer.".to_owned()
            }
            Self::WeightNorm => {
                "L2 (Frobenius) norm of ∂L/∂W: how far a step of gradient descent moves the layer's weights.".to_owned()
            }
            Self::Zeros => {
                "Share of outputs that are exactly zero: the unit is off, and so is its derivative.".to_owned()
            }
            Self::Saturated => {
                "Share of outputs within 0.03 of a limit of the activation, where its derivative is nearly zero."
                    .to_owned()
            }
            Self::Units => format!(
                "Red: dead, never positive on these {images} images. Grey: positive on some. \
                 Yellow: always on, positive on every one; a ReLU is then a linear unit."
            ),
        }
    }

    fn text(self, figure: &Figure, index: usize, layer: &LayerMeasurement, width: f32) -> String {
        let output = figure.shown(index);
        // Gradients and weights are small, and of all sizes.
        let small = matches!(figure.view.quantity, Quantity::Gradients | Quantity::Weights);
        let value = if small { number::significant } else { number::value };
        let norm = |of: fn(&GradientMeasurement) -> f64| layer.gradient.as_ref().map_or(f64::NAN, of);
        match self {
            Self::Layer if width < WIDE_ENOUGH_FOR_LAYER => layer.layer.to_string(),
            Self::Layer => format!("layer {}", layer.layer),
            Self::Mean => value(output.mean),
            Self::Std => value(output.std),
            Self::MeanTheory => layer.theory.map_or_else(String::new, |theory| value(theoretical_mean(theory))),
            Self::Theory => theory(figure, layer).map_or_else(String::new, value),
            Self::Norm => value(norm(|gradient| gradient.l2)),
            Self::WeightNorm => value(norm(|gradient| gradient.weight_l2)),
            Self::Zeros => number::percent(output.zero_fraction),
            Self::Saturated => number::percent(layer.saturated_fraction.unwrap_or(f64::NAN)),
            Self::Units => String::new(),
            Self::States => states(layer, width),
        }
    }
}

/// The mean that theory expects of the outputs: zero where nothing but the rounding of its integrals is left.
fn theoretical_mean(theory: LayerPrediction) -> f64 {
    if theory.output_mean.abs() < 1e-12 * theory.output_std { 0.0 } else { theory.output_mean }
}

/// The std that theory expects of the values that are drawn.
fn theory(figure: &Figure, layer: &LayerMeasurement) -> Option<f64> {
    let theory = layer.theory?;
    match figure.view.quantity {
        Quantity::Outputs => Some(theory.output_std),
        Quantity::PreActivations => Some(theory.pre_activation_std),
        Quantity::Weights => None,
        // Its mean is nearly zero, so that the norm says it.
        Quantity::Gradients => {
            let count = layer.gradient.as_ref()?.distribution.count as f64;
            Some(theory.gradient_l2? / count.sqrt())
        }
    }
}

/// Columns narrower than this have the layer's number alone.
const WIDE_ENOUGH_FOR_LAYER: f32 = 64.0;
/// Columns narrower than this have the number of dead units alone.
const WIDE_ENOUGH_FOR_STATES: f32 = 132.0;

/// `2 dead, 3 always on`, or in a narrow column just how many are dead.
fn states(layer: &LayerMeasurement, width: f32) -> String {
    let states = layer.states;
    if is_not_finite(layer) {
        return if width < WIDE_ENOUGH_FOR_STATES { "–" } else { "not finite" }.to_owned();
    }
    if width < WIDE_ENOUGH_FOR_STATES {
        return number::count(states.dead as u64);
    }
    let dead = match states.dead {
        0 => "none dead".to_owned(),
        dead if dead == layer.units => "all dead".to_owned(),
        dead => format!("{dead} dead"),
    };
    match states.always_on {
        0 => dead,
        on if on == layer.units => "all always on".to_owned(),
        on => format!("{dead}, {on} always on"),
    }
}

/// Whether none of a layer's outputs is a finite number, so that no unit has a state.
fn is_not_finite(layer: &LayerMeasurement) -> bool {
    layer.output.finite_range.is_none()
}

use std::sync::Arc;

use super::canvas::{Canvas, plain};
use super::data::{ColumnAbout, Entry, column};
use super::frame::{self, Around};
use super::lines::Span;
use super::{Content, as_same, words};
use crate::figure::{Figure, Range, Response, Room, Sheet, View, WayBack};
use crate::number;
use crate::page::{Anchor, Color, Item, Path, Rect, Stroke, Text, Weight};
use crate::subject::Subject;

/// The activation over the pre-activations of a layer, from 0.
#[derive(Debug)]
pub struct ActivationContent(pub Arc<Figure>, pub usize);

impl ActivationContent {
    /// What the columns of its numbers are.
    pub const COLUMNS: [ColumnAbout; 3] = [
        column(
            "curve",
            "What is drawn: phi (the activation), slope (its derivative), density (of the layer's pre-activations), or exactly (a \
             share of them at one value).",
        ),
        column("z", "The pre-activation."),
        column("value", "The activation, its slope, the density per unit of z, or the share."),
    ];
}

impl Content for ActivationContent {
    fn title(&self) -> String {
        let activation = self.0.measurement.subject.activation(self.1);
        format!("{activation} over layer {}: {}", self.1 + 1, self.0.headline)
    }

    fn natural_size(&self, _sheet: &Sheet) -> (f64, f64) {
        (640.0, 640.0)
    }

    fn draw(&self, canvas: &mut Canvas<'_>, sheet: &Sheet) {
        draw(canvas, &self.0, self.1, sheet);
    }

    fn rows(&self) -> Vec<Vec<Entry>> {
        of_activation(&self.0, self.1)
    }

    fn columns(&self) -> &'static [ColumnAbout] {
        &Self::COLUMNS
    }

    fn subjects(&self) -> Vec<Subject> {
        vec![self.0.measurement.subject.clone()]
    }

    fn view(&self) -> Option<View> {
        Some(self.0.view)
    }

    fn is_same(&self, other: &dyn Content) -> bool {
        as_same::<Self>(other).is_some_and(|other| Arc::ptr_eq(&self.0, &other.0) && self.1 == other.1)
    }
}

/// Parts of the height: the function, and its derivative as well as the pre-activations.
const OUTPUTS: f64 = 0.42;
const SLOPES: f64 = 0.29;

/// phi and phi' over the very axis on which a layer's pre-activations lie.
fn draw(canvas: &mut Canvas<'_>, figure: &Figure, index: usize, sheet: &Sheet) {
    let look = canvas.look;
    let measurement = &figure.measurement;
    let Some(layer) = measurement.layers.get(index) else { return };
    let activation = measurement.subject.activation(index);
    let response = Response::of(activation, layer.pre_activation.as_ref());
    let mut title = vec![Span::bold(format!("{activation} over layer {}: ", layer.layer), look.text)];
    title.extend(words::title(look, std::slice::from_ref(&figure.headline)));
    let mut legend = format!("Shape: density of the pre-activations z of layer {}.", layer.layer);
    if !response.flat.is_empty() {
        legend += " Grey: where next to no gradient passes.";
    }
    legend += &format!(" Dashed: the greatest slope, {}.", slope(activation.steepest()));
    let what = format!("{}Pre-activations of layer {}", way_back(figure), layer.layer);
    let around = Around {
        title,
        legend: vec![Span::plain(legend, look.quiet)],
        caption: words::caption(look, &what, &[&measurement.subject], &[measurement.images]),
    };
    let body = frame::draw(canvas, sheet, &around);
    let (gap, below) = (0.9 * look.size, 1.8 * look.size);
    let heights = body.height - 2.0 * gap - below;
    if heights < 6.0 * look.size {
        return;
    }
    let small = 0.92 * look.size;
    let upright = Room::upright(OUTPUTS * heights, canvas.line_height(small), OUTPUTS * heights / 3.0);
    let ticks: Vec<_> = response.outputs.ticks(&upright);
    let labels = ticks.iter().map(|tick| canvas.width(&tick.label, 0.92 * look.size, Weight::Regular));
    let left = labels.fold(2.0 * look.size, f64::max) + look.px(10.0);
    if body.width - left < 4.0 * look.size {
        return;
    }
    let across = (body.x + left, body.right() - 0.5 * look.size);
    let mut top = body.y;
    let mut strip = |share: f64, up: Range| {
        let rect = Rect::between(across, (top, top + share * heights));
        top = rect.bottom() + gap;
        Strip { rect, across: response.axis, up }
    };
    let outputs = strip(OUTPUTS, response.outputs);
    let slopes = strip(SLOPES, response.slopes);
    let density = strip(SLOPES, Range { low: 0.0, high: 1.1 });
    for strip in [&outputs, &slopes, &density] {
        for &(from, to) in &response.flat {
            let rect = Rect::between((strip.x(from), strip.x(to)), (strip.rect.y, strip.rect.bottom()));
            canvas.fill(Path::rect(rect), look.grid.faint(0.7));
        }
    }
    canvas.line((outputs.x(0.0), outputs.rect.y), (outputs.x(0.0), density.rect.bottom()), look.px(0.9), look.grid);
    for tick in &ticks {
        outputs.tick(canvas, tick.at, &tick.label);
    }
    slopes.tick(canvas, 0.0, "0");
    density.tick(canvas, 0.0, "");
    let steepest = activation.steepest();
    let y = slopes.y(steepest);
    let dash = Some((look.px(4.0), look.px(3.0)));
    let dashed = Stroke { width: look.px(1.1), color: look.quiet, dash };
    canvas.items.push(Item::Stroke(Path::line([(across.0, y), (across.1, y)]), dashed));
    canvas.text_at_middle(plain(
        slope(steepest),
        (across.0 - look.px(7.0), y),
        Anchor::End,
        0.92 * look.size,
        look.quiet,
    ));
    let color = look.layer(index, figure.columns.len());
    density.area(canvas, &response.density, color);
    for mass in &response.masses {
        let x = density.x(mass.at);
        canvas.line((x, density.y(mass.share)), (x, density.y(0.0)), look.px(3.0), color);
    }
    outputs.curve(canvas, response.curve.iter().map(|&(z, value, _)| (z, value)), look.text);
    slopes.curve(canvas, response.curve.iter().map(|&(z, _, slope)| (z, slope)), look.accent);
    let length = |label: &str| canvas.width(label, small, Weight::Regular) + look.px(6.0);
    let ticks = response.axis.ticks(&Room::along(across.1 - across.0, look.px(80.0), length));
    for tick in ticks {
        let at = (density.x(tick.at), density.rect.bottom() + look.size);
        canvas.text_at_middle(plain(tick.label, at, Anchor::Middle, 0.92 * look.size, look.quiet));
    }
    for (strip, name, color) in
        [(&outputs, "φ(z)", look.text), (&slopes, "φ′(z)", look.accent), (&density, "z", look.quiet)]
    {
        let at = (strip.rect.x + look.px(7.0), strip.rect.y + 0.3 * strip.rect.height);
        let text = plain(name, at, Anchor::Start, look.size, color);
        canvas.text_at_middle(Text { weight: Weight::SemiBold, ..text });
    }
}

/// A greatest slope, to three digits.
fn slope(steepest: f64) -> String {
    number::plain(format!("{steepest:.2e}").parse().unwrap_or(steepest))
}

/// What slopes and weights do to the gradient on its way back: as measured, at most, and by the rule that leaves the weights out.
fn way_back(figure: &Figure) -> String {
    let Some(way) = WayBack::of(&figure.measurement) else { return String::new() };
    let [measured, bound, without] = [way.measured, way.bound, way.without_weights].map(number::significant);
    let steepest = slope(way.steepest);
    let last = figure.columns.len();
    let power = number::superscript(&way.steps.len().to_string());
    format!(
        "From layer {last} back to 1 the gradient's norm is multiplied by {measured}; by {bound} at most, with ||W||; \
         {steepest}{power} = {without} leaves the weights out. "
    )
}

/// A part of the picture with an axis of its own upwards, and z across as all parts have.
struct Strip {
    rect: Rect,
    across: Range,
    up: Range,
}

impl Strip {
    fn x(&self, z: f64) -> f64 {
        self.rect.x + self.across.height(z) * self.rect.width
    }

    fn y(&self, value: f64) -> f64 {
        self.rect.bottom() - self.up.height(value) * self.rect.height
    }

    /// A line at a value, with the value at its left.
    fn tick(&self, canvas: &mut Canvas<'_>, value: f64, label: &str) {
        let (look, y) = (canvas.look, self.y(value));
        canvas.line((self.rect.x, y), (self.rect.right(), y), look.px(0.9), look.grid);
        let at = (self.rect.x - look.px(7.0), y);
        canvas.text_at_middle(plain(label, at, Anchor::End, 0.92 * look.size, look.quiet));
    }

    fn curve(&self, canvas: &mut Canvas<'_>, points: impl Iterator<Item = (f64, f64)>, color: Color) {
        let points = points.filter(|point| point.1.is_finite()).map(|(z, value)| (self.x(z), self.y(value)));
        let path = Path::line(points);
        let width = canvas.look.px(1.8);
        canvas.clipped(self.rect, |canvas| canvas.stroke(path, width, color));
    }

    fn area(&self, canvas: &mut Canvas<'_>, points: &[(f64, f64)], color: Color) {
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return };
        let line = points.iter().map(|&(z, share)| (self.x(z), self.y(share)));
        let feet = [(self.x(first.0), self.y(0.0)), (self.x(last.0), self.y(0.0))];
        canvas.fill(Path::polygon([feet[0]].into_iter().chain(line.clone()).chain([feet[1]])), color.faint(0.85));
        let width = canvas.look.px(1.0);
        canvas.stroke(Path::line(line), width, color);
    }
}

fn of_activation(figure: &Figure, layer: usize) -> Vec<Vec<Entry>> {
    let Some(measured) = figure.measurement.layers.get(layer) else { return Vec::new() };
    let response = Response::of(figure.measurement.subject.activation(layer), measured.pre_activation.as_ref());
    let row = |name, z: f64, value: f64| vec![Entry::Word(name), Entry::Number(z), Entry::Number(value)];
    let curves = response.curve.iter().flat_map(|&(z, value, slope)| [row("phi", z, value), row("slope", z, slope)]);
    let density = measured.pre_activation.as_ref().map(|z| &z.density);
    let amount = |z: f64, share: f64| density.map_or(share, |density| density.at(z));
    let densities = response.density.iter().map(|&(z, share)| row("density", z, amount(z, share)));
    let masses = response.masses.iter().map(|mass| row("exactly", mass.at, mass.share));
    curves.chain(densities).chain(masses).collect()
}

use egui::{Align2, Mesh, Rect, Sense, Shape, Stroke, Ui, pos2, vec2};

use super::quiet::quiet_ui;
use super::slope::slope;
use super::strip::Strip;
use crate::app::card::card_ui;
use crate::app::theme::{self, colors};
use crate::engine::LayerMeasurement;
use crate::experiment::{Activation, Saturation};
use crate::figure::{Figure, Range, Response, Room, palette};
use crate::number;
use crate::stats::Distribution;

/// Heights of the parts, and the air between them.
const OUTPUTS: f32 = 96.0;
const SLOPES: f32 = 66.0;
const DENSITY: f32 = 66.0;
const GAP: f32 = 10.0;
/// For the numbers under the axis.
const BELOW: f32 = 18.0;
/// For the numbers beside it.
const LEFT: f32 = 34.0;
const RIGHT: f32 = 10.0;

/// phi, phi', and the pre-activations of a layer, from 0, one under the other.
pub fn curves_ui(ui: &mut Ui, figure: &Figure, index: usize) {
    let layer = &figure.measurement.layers[index];
    let activation = figure.measurement.subject.activation(index);
    let z = layer.pre_activation.as_ref();
    let response = Response::of(activation, z);
    let height = OUTPUTS + SLOPES + DENSITY + 2.0 * GAP + BELOW;
    let (place, hover) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let across = place.left() + LEFT..=place.right() - RIGHT;
    let part = |top: f32, height: f32, up: Range| {
        let top = place.top() + top;
        Strip::new(Rect::from_x_y_ranges(across.clone(), top..=top + height), response.axis, up)
    };
    let outputs = part(0.0, OUTPUTS, response.outputs);
    let slopes = part(OUTPUTS + GAP, SLOPES, response.slopes);
    let density = part(OUTPUTS + SLOPES + 2.0 * GAP, DENSITY, Range { low: 0.0, high: 1.1 });
    let colors = *colors(ui.visuals());
    let steepest = activation.steepest();
    for strip in [&outputs, &slopes, &density] {
        strip.ground(ui, colors.paper);
        strip.shade(ui, &response.flat, colors.line.gamma_multiply(0.6));
    }
    let upright = Room::upright(OUTPUTS.into(), theme::TICK_LINE, f64::from(OUTPUTS) / 3.0);
    for tick in response.outputs.ticks(&upright) {
        outputs.tick(ui, tick.at, &tick.label, &colors);
    }
    slopes.tick(ui, 0.0, "0", &colors);
    density.tick(ui, 0.0, "", &colors);
    let zero = outputs.x(0.0);
    ui.painter().vline(zero, place.top()..=place.bottom() - BELOW, (1.0, colors.line));
    let label = slope(steepest);
    ui.painter().text(
        pos2(*across.start() - 6.0, slopes.y(steepest)),
        Align2::RIGHT_CENTER,
        label,
        theme::regular(11.5),
        colors.quiet,
    );
    slopes.dashed(ui, steepest, Stroke::new(1.25, colors.quiet));
    let curve = || response.curve.iter();
    outputs.curve(ui, curve().map(|&(z, value, _)| (z, value)), Stroke::new(2.0, colors.text));
    slopes.curve(ui, curve().map(|&(z, _, slope)| (z, slope)), Stroke::new(2.0, colors.accent));
    density_ui(ui, figure, index, &density, &response);
    let font = theme::regular(11.5);
    let length = |label: &str| ui.painter().layout_no_wrap(label.to_owned(), font.clone(), colors.quiet).size().x;
    let width = across.end() - across.start();
    let along = Room::along(width.into(), f64::from(width) / 5.0, |label| (length(label) + 6.0).into());
    let ticks = response.axis.ticks(&along);
    drop(along);
    for tick in ticks {
        let at = pos2(density.x(tick.at), place.bottom() - BELOW + 3.0);
        ui.painter().text(at, Align2::CENTER_TOP, tick.label, font.clone(), colors.quiet);
    }
    outputs.name(ui, "φ(z)", 0.3, colors.text);
    slopes.name(ui, "φ′(z)", 0.4, colors.accent);
    density.name(ui, "z", 0.2, colors.quiet);
    let said = said(layer, activation, &response);
    hover.widget_info(|| {
        let label = format!(
            "{activation} and its derivative over z from {} to {}; {said}",
            response.axis.low, response.axis.high
        );
        egui::WidgetInfo::labeled(egui::Role::Image, true, label)
    });
    if let Some(pointer) = ui.pointer_hover_pos().filter(|_| hover.hovered()) {
        let part = (pointer.x - across.start()) / (across.end() - across.start());
        let at = response.axis.value(f64::from(part.clamp(0.0, 1.0)));
        ui.painter().vline(density.x(at), place.top()..=place.bottom() - BELOW, (1.0, colors.accent));
        let x = density.x(at);
        card_ui(&hover, place.with_min_x(x).with_max_x(x), place.y_range(), |ui| hover_ui(ui, figure, layer, at));
    }
    quiet_ui(ui, said).on_hover_text(format!(
        "Click a violin, or press [ and ], to choose the layer. Grey: where next to no gradient passes. Dashed: the \
         greatest slope, {}.",
        slope(steepest)
    ));
}

/// The pre-activations' density in their layer's colour, and values that are all the same.
fn density_ui(ui: &Ui, figure: &Figure, index: usize, strip: &Strip, response: &Response) {
    let color = theme::color(palette::layer(index, figure.columns.len(), theme::background(ui.visuals())));
    let mut mesh = Mesh::default();
    for &(z, share) in &response.density {
        let first = mesh.vertices.len() as u32;
        mesh.colored_vertex(strip.at((z, 0.0)), color.gamma_multiply(0.85));
        mesh.colored_vertex(strip.at((z, share)), color.gamma_multiply(0.85));
        if first > 0 {
            mesh.add_triangle(first - 2, first - 1, first);
            mesh.add_triangle(first - 1, first, first + 1);
        }
    }
    ui.painter().add(Shape::mesh(mesh));
    strip.curve(ui, response.density.iter().copied(), Stroke::new(1.0, color));
    for mass in &response.masses {
        ui.painter().vline(strip.x(mass.at), strip.y(mass.share)..=strip.y(0.0), (3.0, color));
    }
}

/// What a layer's pre-activations are, and what of them the activation lets through.
fn said(layer: &LayerMeasurement, activation: Activation, response: &Response) -> String {
    let Some(z) = &layer.pre_activation else {
        return format!("measuring the pre-activations of layer {} …", layer.layer);
    };
    let mut text = format!("Pre-activations z of layer {}", layer.layer);
    if z.finite_range.is_none() {
        return text + ": none is finite.";
    }
    text += &format!(": mean {}, std {}", number::value(z.mean), number::value(z.std));
    let off = activation.switches_off() && activation.saturation() != Some(Saturation::AtLimit);
    if off {
        text += &format!("; {} is off for {} of them", activation.name(), number::percent(layer.output.zero_fraction));
    }
    text += &match layer.saturated_fraction {
        None => String::new(),
        Some(share) if off => format!(", and {} saturate", number::percent(share)),
        Some(share) => format!("; {} of them saturate", number::percent(share)),
    };
    if response.beyond > 0.0 {
        text += &format!("; {} lie beyond", number::percent(response.beyond));
    }
    text + "."
}

/// Everything at one z.
fn hover_ui(ui: &mut Ui, figure: &Figure, layer: &LayerMeasurement, at: f64) {
    use crate::theory::Phi as _;
    let (value, slope) = figure.measurement.experiment().activation.at(at);
    let [z, value, slope] = [at, value, slope].map(number::significant);
    ui.label(format!("z = {z}: φ(z) = {value}, φ′(z) = {slope}"));
    if let Some(values) = &layer.pre_activation {
        let text = format!(
            "About {} of layer {}'s pre-activations lie above.",
            number::percent(above(values, at)),
            layer.layer
        );
        quiet_ui(ui, text);
    }
}

/// Share of the finite values above one.
fn above(values: &Distribution, at: f64) -> f64 {
    let finite = (values.count - values.non_finite()) as f64;
    let (_, above) = values.bins.cumulative().outside(at, at);
    let spread = if values.density.values.is_empty() { 0.0 } else { above / finite };
    spread + values.density.masses.iter().filter(|mass| mass.at > at).map(|mass| mass.share).sum::<f64>()
}

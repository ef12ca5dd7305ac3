use egui::{Grid, RichText, Ui};

use super::quiet::quiet_ui;
use super::slope::slope;
use crate::app::theme::{self, colors};
use crate::engine::Measurement;
use crate::figure::{Step, WayBack};
use crate::number;

/// Steps that are listed at most.
const STEPS: usize = 7;

/// What the activation and the weights do to the gradient on its way back, at most and measured.
pub fn gradient_ui(ui: &mut Ui, measurement: &Measurement, chosen: usize) {
    let layers = measurement.layers.len();
    if layers < 2 {
        return;
    }
    let title = format!("Gradient from layer {layers} back to 1");
    ui.label(RichText::new(title).font(theme::semibold(13.0)));
    let Some(way) = WayBack::of(measurement) else {
        let no_loss = measurement.subject.no_loss().map(|why| why.to_string());
        quiet_ui(ui, no_loss.as_deref().unwrap_or("Measured when all images are in …"));
        return;
    };
    let (steepest, steps) = (slope(way.steepest), way.steps.len());
    let (power, without) = if way.steepest == 1.0 || !measurement.subject.has_one_activation() {
        (steepest.clone(), "slopes alone".to_owned())
    } else {
        let power = format!("{steepest}{}", number::superscript(&steps.to_string()));
        (power.clone(), format!("slopes alone, {power}"))
    };
    let rows = [
        (
            "measured".to_owned(),
            way.measured,
            format!("||∂L/∂z|| of layer 1 over that of layer {layers}, over all units and images."),
        ),
        (
            "at most".to_owned(),
            way.bound,
            format!(
                "The product of {steepest}·||W|| over the steps below. One step back multiplies the gradient by φ′(z), at most \
                 {steepest}, and by Wᵀ, which stretches it by ||W|| at most."
            ),
        ),
        (
            without,
            way.without_weights,
            format!(
                "The rule that is often quoted leaves the weights out: sup |φ′| to the power of the number of layers, \
                 0.25^L for sigmoid. There are {steps} slopes from layer {layers} back to layer 1. It is a bound only \
                 where no ||W|| is above 1."
            ),
        ),
    ];
    let quiet = colors(ui.visuals()).quiet;
    Grid::new("way back").num_columns(2).spacing([14.0, 3.0]).min_col_width(96.0).show(ui, |ui| {
        for (name, figure, hover) in rows {
            ui.label(RichText::new(name).color(quiet)).on_hover_text(&hover);
            ui.label(factor(figure)).on_hover_text(hover);
            ui.end_row();
        }
    });
    if way.measured > way.without_weights {
        quiet_ui(ui, format!("More is left than {power} says: weights stretch too."));
    }
    ui.add_space(8.0);
    Grid::new("steps back").num_columns(4).spacing([9.0, 3.0]).show(ui, |ui| {
        let bound = format!("{steepest}·||W||");
        let headings = [
            ("step", "From a layer back to the one before it."),
            (
                "||W||",
                "Spectral norm of the upper layer's weights: the greatest factor by which they stretch a vector.",
            ),
            (&*bound, "The greatest factor by which the step multiplies the gradient's norm."),
            (
                "measured",
                "The factor by which it does multiply it: ||∂L/∂z|| of the layer below over that of the upper \
                 one.",
            ),
        ];
        // A slope of 1 at most leaves the bound to the weights.
        for (name, hover) in headings.into_iter().filter(|(name, _)| way.steepest != 1.0 || *name != bound) {
            ui.label(RichText::new(name).color(quiet)).on_hover_text(hover);
        }
        ui.end_row();
        for step in shown(&way.steps, chosen + 1) {
            let name = RichText::new(format!("{} → {}", step.layer, step.layer - 1));
            let is_chosen = step.layer == chosen + 1;
            ui.label(if is_chosen { name.font(theme::semibold(13.0)) } else { name.color(quiet) });
            ui.label(factor(step.norm));
            if way.steepest != 1.0 {
                ui.label(factor(step.bound));
            }
            ui.label(factor(step.measured));
            ui.end_row();
        }
    });
}

/// The steps, or those nearest to a layer.
fn shown(steps: &[Step], layer: usize) -> &[Step] {
    let chosen = steps.iter().position(|step| step.layer == layer).unwrap_or(steps.len().saturating_sub(1));
    let first = chosen.saturating_sub(STEPS / 2).min(steps.len().saturating_sub(STEPS));
    &steps[first..(first + STEPS).min(steps.len())]
}

/// 0 over 0 is no factor.
fn factor(figure: f64) -> String {
    if figure.is_nan() { "–".to_owned() } else { number::significant(figure) }
}

use egui::{Grid, RichText, Ui};

use super::App;
use super::theme::{self, colors};
use crate::engine::Measurement;
use crate::number;
use crate::theory::{Coverage, DeepLimit, FixedPoint};

impl App {
    /// What mean-field theory says of the network as a whole: the section of the panel at the right.
    pub(super) fn theory_ui(&self, ui: &mut Ui) {
        ui.label(RichText::new("Mean-field theory").font(theme::semibold(14.0)));
        match &self.figure {
            None => drop(ui.label(self.no_picture_yet())),
            Some(figure) => measurement_ui(ui, &figure.measurement),
        }
    }
}

fn measurement_ui(ui: &mut Ui, measurement: &Measurement) {
    let quiet = colors(ui.visuals()).quiet;
    ui.label(RichText::new(coverage(measurement.coverage)).color(quiet));
    ui.add_space(8.0);
    let Some(outlook) = measurement.outlook else {
        ui.label(RichText::new("Where depth leads is computed once all images are in …").color(quiet));
        return;
    };
    ui.label(RichText::new("Ever deeper").font(theme::semibold(13.0)));
    match outlook.limit {
        Ok(limit) => limit_ui(ui, &limit, measurement.layers.get(1).map(|layer| layer.fan_in)),
        Err(why) => drop(ui.label(RichText::new(why).color(quiet))),
    }
    if let Some(share) = outlook.born_dead {
        ui.add_space(8.0);
        ui.label(RichText::new("Born dead").font(theme::semibold(13.0)));
        ui.label(born_dead(share)).on_hover_text(
            "1 − ∏ (1 − 2^−width) over the hidden layers: with probability 2^−width all units of a layer are off for \
             an image, and then all later ones. Exact for independent weights of a symmetric distribution without \
             biases (Lu et al. 2019).",
        );
    }
}

/// Where ever more layers lead: what it means, then the figures.
fn limit_ui(ui: &mut Ui, limit: &DeepLimit, fan_in: Option<usize>) {
    let quiet = colors(ui.visuals()).quiet;
    ui.label(meaning(limit));
    ui.add_space(4.0);
    let depth = |depth: Option<f64>| match depth {
        None => "–".to_owned(),
        Some(depth) if depth.is_infinite() => "∞ layers".to_owned(),
        Some(depth) => format!("{} layers", number::significant(depth)),
    };
    let edge = limit.edge.map_or_else(
        || "no σ".to_owned(),
        |edge| {
            let sigma = fan_in.map(|fan_in| (edge.weight_variance / fan_in as f64).sqrt());
            let sigma = sigma.map_or_else(String::new, |sigma| format!(", σ = {}", number::significant(sigma)));
            format!("{}{sigma}", number::significant(edge.weight_variance))
        },
    );
    let q = match limit.fixed_point {
        FixedPoint::At(q) => number::significant(q),
        FixedPoint::Everywhere => "any".to_owned(),
        FixedPoint::Diverges => "∞".to_owned(),
    };
    let rows = [
        (
            "σ² · fan_in",
            number::significant(limit.weight_variance),
            "Variance of a weight times the layer's inputs: σ_w² of the papers.",
        ),
        ("variance of b", number::significant(limit.bias_variance), "Variance of a bias: σ_b² of the papers."),
        (
            "χ₁",
            number::significant(limit.chi1),
            "Factor per layer on the squared norm of a gradient, and on the squared distance of two nearly equal images. σ_w² E[φ′(z)²] for z ~ N(0, q*).",
        ),
        (
            "q*",
            q,
            "Second moment that the pre-activations tend to: the fixed point of q′ = σ_w² E[φ(z)²] + σ_b², z ~ N(0, q).",
        ),
        (
            "ξ of q",
            depth(limit.variance_depth),
            "Depth over which the distance of q from q* falls to 1/e: −1 / ln of the map's slope.",
        ),
        (
            "ξ of c",
            depth(limit.correlation_depth),
            "Depth over which the correlation of two images comes e times nearer to its fixed point; a network can be \
             trained up to a few of these depths (Schoenholz et al. 2017).",
        ),
        (
            "χ₁ = 1 at",
            edge,
            "The edge of chaos: σ² · fan_in, and the σ of the second layer, at which gradients neither vanish nor explode, for these biases.",
        ),
    ];
    Grid::new("limit").num_columns(2).spacing([14.0, 3.0]).show(ui, |ui| {
        for (name, value, hover) in rows {
            ui.label(RichText::new(name).color(quiet)).on_hover_text(hover);
            ui.label(value).on_hover_text(hover);
            ui.end_row();
        }
    });
}

/// The verdict in a sentence, with its number.
fn meaning(limit: &DeepLimit) -> String {
    let factor = number::significant(limit.chi1.sqrt());
    let outputs = match limit.fixed_point {
        FixedPoint::At(0.0) => "Pre-activations shrink to nothing",
        FixedPoint::At(_) => "Pre-activations settle",
        FixedPoint::Everywhere => "Pre-activations keep their size",
        FixedPoint::Diverges => "Pre-activations grow without bound",
    };
    let gradients = match limit.chi1 {
        chi1 if (chi1 - 1.0).abs() < 1e-6 => "keeps its size from layer to layer".to_owned(),
        chi1 if chi1 < 1.0 => format!("is multiplied by {factor} per layer on its way back: it vanishes"),
        _ => format!("is multiplied by {factor} per layer on its way back: it explodes"),
    };
    format!("{outputs}; the gradient {gradients}.")
}

fn born_dead(share: f64) -> String {
    format!("For a given image, all units of some layer are off with probability {}.", number::significant(share))
}

/// How far the theory holds, in a sentence.
pub(super) fn coverage(coverage: Coverage) -> String {
    match coverage {
        Coverage::ExactInTheLimit => {
            "Exact as layers grow wide; the narrower and deeper a network is, the more it differs.".to_owned()
        }
        Coverage::Approximate(why) => format!("Approximate. {why}"),
        Coverage::NotCovered(why) => format!("No prediction. {why}"),
    }
}

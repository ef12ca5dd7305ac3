use egui::{Grid, RichText, Ui};

use crate::app::theme::{self, colors};
use crate::engine::LayerMeasurement;
use crate::figure::Figure;
use crate::number;
use crate::stats::{LEVELS, PointMass};
use crate::theory::LayerPrediction;

/// One sentence on a layer, for those who cannot see it: what is drawn, from where to where.
pub fn summary(figure: &Figure, index: usize) -> String {
    let (column, values) = (&figure.columns[index], figure.view.quantity.name());
    let drawn = column.profile.extent().into_iter().flat_map(|(from, to)| [from, to]);
    let drawn = drawn.chain(column.masses.iter().map(|mark| mark.mass.at));
    let (low, high) = drawn.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(at), high.max(at)));
    let range = if low <= high {
        format!("{values} from {} to {}", number::value(low), number::value(high))
    } else {
        format!("no finite {values}")
    };
    let measurement = &figure.measurement;
    let so_far = if measurement.is_exact() {
        String::new()
    } else {
        format!(" (so far, {} images)", number::count(measurement.images as u64))
    };
    format!("layer {}: {range}, mean {}{so_far}", index + 1, number::value(figure.shown(index).mean))
}

/// All numbers of a layer, and what lies above the value under the pointer.
pub fn layer_ui(ui: &mut Ui, figure: &Figure, index: usize, value: Option<f64>, (below, above): (f64, f64)) {
    let quiet = colors(ui.visuals()).quiet;
    let layer = &figure.measurement.layers[index];
    let (output, values) = (figure.shown(index), figure.view.quantity.name());
    ui.label(RichText::new(format!("Layer {}", layer.layer)).font(theme::semibold(13.0)));
    ui.label(
        RichText::new(format!(
            "{} {values}: {} units × {} images, {} inputs each",
            number::count(output.count),
            number::count(layer.units as u64),
            number::count(output.count / layer.units as u64),
            number::count(layer.fan_in as u64)
        ))
        .color(quiet),
    );
    let finite_ones = if output.non_finite() > 0 { "the finite ones" } else { "them" };
    if let Some(value) = value.filter(|_| output.finite_range.is_some()) {
        let (_, more) = output.bins.cumulative().outside(value, value);
        let finite = (output.count - output.non_finite()) as f64;
        let masses = output.density.masses.iter().filter(|mass| mass.at > value).map(|mass| mass.share).sum::<f64>();
        let spread = if output.density.values.is_empty() { 0.0 } else { more / finite };
        let text =
            format!("{} of {} lie above {}", number::percent(spread + masses), finite_ones, number::value(value));
        ui.label(RichText::new(text).color(quiet));
    }
    Grid::new("numbers").num_columns(4).spacing([14.0, 2.0]).show(ui, |ui| {
        let mut row = |pairs: [(String, String); 2]| {
            for (name, value) in pairs {
                ui.label(RichText::new(name).color(quiet));
                ui.label(value);
            }
            ui.end_row();
        };
        let named = |name: &str, value: f64| (name.to_owned(), number::value(value));
        row([named("mean", output.mean), named("std", output.std)]);
        let so_far =
            |name: &str| if figure.measurement.is_exact() { name.to_owned() } else { format!("{name} so far") };
        row([named(&so_far("least"), output.min), named(&so_far("greatest"), output.max)]);
        let quantile = |index: usize| {
            let value = output.quantiles.map_or_else(|| "…".to_owned(), |quantiles| number::value(quantiles[index]));
            (format!("{} %", number::plain(LEVELS[index] * 100.0)), value)
        };
        for (low, high) in [(0, 6), (1, 5), (2, 4)] {
            row([quantile(low), quantile(high)]);
        }
        row([("median".to_owned(), quantile(3).1), ("σ of W".to_owned(), number::value(layer.weights.std()))]);
    });
    if let Some(gradient) = layer.gradient.as_ref() {
        let norms = format!(
            "||∂L/∂z|| = {}, ||∂L/∂W|| = {}",
            number::significant(gradient.l2),
            number::significant(gradient.weight_l2)
        );
        ui.label(norms);
    }
    if let Some(theory) = layer.theory {
        ui.label(RichText::new(expected(theory)).color(quiet));
    }
    if let Some(saturated) = layer.saturated_fraction {
        ui.label(format!("{} of the outputs within 0.03 of a limit.", number::percent(saturated)));
    }
    if output.non_finite() > 0 {
        let text = format!(
            "{} NaN and {} infinite {values}, not drawn.",
            number::count(output.nan),
            number::count(output.infinite)
        );
        ui.label(RichText::new(text).color(colors(ui.visuals()).alarm));
    }
    if below + above >= 0.5 {
        ui.label(format!("About {} {values} outside the axis.", number::count((below + above).round() as u64)));
    }
    let bandwidth = format!("Kernel bandwidth {}. {}", number::value(output.density.bandwidth), figure.width_note());
    ui.label(RichText::new(bandwidth).small().color(quiet));
}

/// What mean-field theory expects of a layer.
fn expected(theory: LayerPrediction) -> String {
    let LayerPrediction { pre_activation_std, output_mean, output_std, gradient_l2 } = theory;
    let [z, mean, std] = [pre_activation_std, output_mean, output_std].map(number::significant);
    let gradient = gradient_l2.map_or_else(String::new, |l2| format!(", ||∂L/∂z|| {}", number::significant(l2)));
    format!("Theory: std of z {z}; mean of h {mean}, std {std}{gradient}.")
}

/// What a bar of exact values says.
pub fn mass(figure: &Figure, index: usize, mass: PointMass) -> String {
    let finite = if figure.shown(index).non_finite() > 0 { "finite " } else { "" };
    format!(
        "{} of layer {}'s {finite}{} are exactly {}. They are no part of the smooth shape: the bar is as long as their share.",
        number::percent(mass.share),
        index + 1,
        figure.view.quantity.name(),
        number::value(mass.at)
    )
}

/// What the bar of unit states says.
pub fn states(layer: &LayerMeasurement, images: usize, is_exact: bool) -> String {
    let states = layer.states;
    let [dead, mixed, on, units] =
        [states.dead, states.mixed, states.always_on, layer.units].map(|units| number::count(units as u64));
    format!(
        "Of {units} units of layer {} on {} {} images: {dead} never positive (dead, red), {mixed} positive on some \
         (mixed, grey), {on} positive on every one (always on, yellow).",
        layer.layer,
        if is_exact { "these" } else { "the first" },
        number::count(images as u64)
    )
}

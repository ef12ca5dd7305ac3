use super::report::{Layer, Output, WeightQuantiles};
use crate::engine::Measurement;

/// A header and a row per layer: the keys of the JSON, joined by dots. What is not finite or does not apply is empty. With
/// several measurements, each row begins with the number of its own.
pub(super) fn text(measurements: &[Measurement]) -> String {
    let mut text = String::new();
    for (number, measurement) in (1_usize..).zip(measurements) {
        for layer in &measurement.layers {
            let mut fields = fields(&Layer::of(layer, measurement.experiment().activation));
            if measurements.len() > 1 {
                fields.insert(0, ("experiment".to_owned(), number.to_string()));
            }
            let (names, values): (Vec<_>, Vec<_>) = fields.into_iter().unzip();
            if text.is_empty() {
                text = names.join(",") + "\n";
            }
            text += &(values.join(",") + "\n");
        }
    }
    text
}

/// The same for every layer, whatever it has.
fn fields(layer: &Layer) -> Vec<(String, String)> {
    let own = |name: &str, value: String| (name.to_owned(), value);
    let weights = &layer.weights;
    let mut fields = vec![
        own("layer", layer.layer.to_string()),
        own("units", layer.units.to_string()),
        own("fan_in", layer.fan_in.to_string()),
        own("weights.mean", number(weights.mean)),
        own("weights.std", number(weights.std)),
        own("weights.min", number(weights.min)),
        own("weights.max", number(weights.max)),
    ];
    let quantiles = weights.quantiles.as_ref();
    let quantile =
        |name: &str, of: fn(&WeightQuantiles) -> f64| (format!("weights.{name}"), optional(quantiles.map(of)));
    fields.extend([
        quantile("q01", |quantiles| quantiles.q01),
        quantile("q05", |quantiles| quantiles.q05),
        quantile("q25", |quantiles| quantiles.q25),
        quantile("q50", |quantiles| quantiles.q50),
        quantile("q75", |quantiles| quantiles.q75),
        quantile("q95", |quantiles| quantiles.q95),
        quantile("q99", |quantiles| quantiles.q99),
        own("weights.spectral_norm", optional(weights.spectral_norm)),
        own("weights.non_finite", weights.non_finite.to_string()),
    ]);
    fields.extend(distribution("pre_activation", layer.pre_activation.as_ref()));
    fields.extend(distribution("output", Some(&layer.output)));
    fields.extend(distribution("gradient", layer.gradient.as_ref()));
    let theory = layer.theory.as_ref();
    fields.extend([
        own("gradient_l2", optional(layer.gradient_l2)),
        own("weight_gradient_l2", optional(layer.weight_gradient_l2)),
        own("zero_fraction", number(layer.zero_fraction)),
        own("saturated_fraction", optional(layer.saturated_fraction)),
        own("dead_units", layer.dead_units.to_string()),
        own("always_on_units", layer.always_on_units.to_string()),
        own("mixed_units", layer.mixed_units.to_string()),
        own("never_positive_units", layer.never_positive_units.to_string()),
        own("theory.pre_activation_std", optional(theory.map(|theory| theory.pre_activation_std))),
        own("theory.output_mean", optional(theory.map(|theory| theory.output_mean))),
        own("theory.output_std", optional(theory.map(|theory| theory.output_std))),
        own("theory.gradient_l2", optional(theory.and_then(|theory| theory.gradient_l2))),
    ]);
    fields
}

fn distribution(of: &str, values: Option<&Output>) -> Vec<(String, String)> {
    let figure = |name: &str, figure: fn(&Output) -> f64| (format!("{of}.{name}"), optional(values.map(figure)));
    vec![
        figure("mean", |values| values.mean),
        figure("std", |values| values.std),
        figure("min", |values| values.min),
        figure("max", |values| values.max),
        figure("q01", |values| values.q01),
        figure("q05", |values| values.q05),
        figure("q25", |values| values.q25),
        figure("q50", |values| values.q50),
        figure("q75", |values| values.q75),
        figure("q95", |values| values.q95),
        figure("q99", |values| values.q99),
        (format!("{of}.non_finite"), values.map_or_else(String::new, |values| values.non_finite.to_string())),
    ]
}

fn optional(figure: Option<f64>) -> String {
    figure.map_or_else(String::new, number)
}

/// The shortest digits that read back as the same number.
fn number(figure: f64) -> String {
    if figure.is_finite() { format!("{figure:?}") } else { String::new() }
}

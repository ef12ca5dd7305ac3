use super::words::{greatest, layers};
use super::{Rank, Seen, Sentence, Topic};
use crate::engine::LayerMeasurement;
use crate::number;

/// What is no more than this share of the axis looks like zero.
const UNSEEN: f64 = 0.04;

/// Layers that look like zero only because another sets the axis.
pub fn rule(seen: &Seen<'_>) -> Option<Sentence> {
    let quantity = seen.axis?;
    let all = &seen.measurement.layers;
    let values = |layer: &LayerMeasurement| quantity.of(layer).and_then(|values| values.finite_range);
    let span = |layer: &LayerMeasurement| values(layer).map_or(0.0, |(low, high)| high.max(0.0) - low.min(0.0));
    let setting = greatest(all, span)?;
    let axis = span(setting);
    // What is zero throughout is rightly seen as such.
    let small: Vec<_> = all.iter().filter(|layer| (f64::MIN_POSITIVE..=UNSEEN * axis).contains(&span(layer))).collect();
    let numbers: Vec<_> = small.iter().map(|layer| layer.layer).collect();
    let std = |layer: &LayerMeasurement| quantity.of(layer).map_or(f64::NAN, |values| values.std);
    let stds = small.iter().map(|layer| std(layer));
    let (least, most) = stds.fold((f64::INFINITY, 0.0_f64), |(least, most), std| (least.min(std), most.max(std)));
    let (looks, stds) = match small.len() {
        0 => return None,
        1 => ("looks", number::value(most)),
        _ => ("look", format!("{} to {}", number::value(least), number::value(most))),
    };
    let name = layers(&numbers);
    let (first, rest) = name.split_at(1);
    Some(Sentence {
        text: format!(
            "{}{rest} {looks} like zero only because layer {} sets the axis: std {stds}, against {}.",
            first.to_uppercase(),
            setting.layer,
            number::value(std(setting))
        ),
        rank: Rank::Harm,
        about: &[Topic::Axis],
    })
}

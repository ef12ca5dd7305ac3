use super::evidence::units;
use super::{Evidence, Finding, Severity};
use crate::engine::{LayerMeasurement, ZRange};
use crate::experiment::Activation;
use crate::number;

/// From this share of dead units on, a layer has lost much.
const MUCH: f64 = 0.2;

/// Units whose slope is 0 on every image, and the bias that revives them.
pub(super) fn rule(evidence: &Evidence<'_>) -> Vec<Finding> {
    evidence.layers().iter().enumerate().filter_map(|(index, layer)| of_layer(evidence, index, layer)).collect()
}

fn of_layer(evidence: &Evidence<'_>, index: usize, layer: &LayerMeasurement) -> Option<Finding> {
    let dead = layer.states.dead;
    let activation = evidence.measurement.subject.activation(index);
    if dead == 0 || !layer.has_states() {
        return None;
    }
    let share = dead as f64 / layer.units as f64;
    let (are, slope) = if dead == 1 { ("is", "its slope is") } else { ("are", "their slopes are") };
    let severity = match share {
        1.0 => Severity::Broken,
        share if share >= MUCH => Severity::Harm,
        _ => Severity::Note,
    };
    let all = if dead == layer.units {
        format!("All {}", units(dead))
    } else {
        format!("{} of {}", number::count(dead as u64), units(layer.units))
    };
    Some(Finding {
        layer: layer.layer,
        rule: "dead_units",
        severity,
        sentence: format!(
            "{all} of layer {} {are} dead: {slope} 0 on {}, and no gradient reaches the weights into them.",
            layer.layer,
            evidence.images()
        ),
        remedy: revives(evidence, index, activation, dead),
        weight: share,
    })
}

/// What would let each fire for the image that comes nearest to it.
fn revives(evidence: &Evidence<'_>, index: usize, activation: Activation, dead: usize) -> String {
    let otherwise =
        "Use leaky_relu or gelu, whose slope is nowhere 0, or train again with a lower learning rate.".to_owned();
    let Some(flat) = activation.flat_pieces() else { return otherwise };
    let missing = |range: &ZRange| {
        let below = f64::from(range.greatest) <= flat.up_to;
        (below && range.greatest.is_finite()).then(|| flat.up_to - f64::from(range.greatest))
    };
    let ranges = evidence.ranges.get(index).map_or(&[][..], Vec::as_slice);
    let missing: Vec<_> = ranges.iter().filter_map(missing).collect();
    let least = missing.iter().copied().fold(f64::INFINITY, f64::min);
    let most = missing.iter().copied().fold(0.0, f64::max);
    if missing.is_empty() {
        return otherwise;
    }
    let by = match (missing.len(), most) {
        (_, 0.0) => "by any amount".to_owned(),
        (1, most) => format!("by more than {}", number::value(most)),
        (_, most) => format!("by more than {} to {}, unit by unit", number::value(least), number::value(most)),
    };
    let (its, them, fires) =
        if dead == 1 { ("its bias", "it", "it fires") } else { ("their biases", "them", "each fires") };
    format!(
        "Raise {its} {by}, and {fires} for at least one image; or replace the activation by leaky_relu, which revives {them}."
    )
}

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
    let (are, slope, them) = if dead == 1 { ("is", "its slope is", "it") } else { ("are", "their slopes are", "them") };
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
            "{all} of layer {} {are} dead: {slope} 0 on {}, and no gradient reaches the weights into {them}.",
            layer.layer,
            evidence.images()
        ),
        remedy: revives(activation, evidence.ranges.get(index).map_or(&[][..], Vec::as_slice), dead),
        weight: share,
    })
}

/// What would give each a slope for the image that comes nearest to it: units at the lower end need higher biases, those at an upper
/// cap lower ones.
fn revives(activation: Activation, ranges: &[ZRange], dead: usize) -> String {
    let otherwise =
        "Use leaky_relu or gelu, whose slope is nowhere 0, or train again with a lower learning rate.".to_owned();
    let Some(flat) = activation.flat_pieces() else { return otherwise };
    let of = |missing: &dyn Fn(&ZRange) -> f64| -> Vec<f64> {
        ranges.iter().map(missing).filter(|missing| *missing >= 0.0 && missing.is_finite()).collect()
    };
    let below = of(&|range| flat.up_to - f64::from(range.greatest));
    let above = of(&|range| flat.from.map_or(-1.0, |from| f64::from(range.least) - from));
    let change = |verb: &str, missing: &[f64]| {
        let biases = match (missing.len(), dead) {
            (0, _) => return None,
            (_, 1) => "its bias".to_owned(),
            (some, all) if some == all => "their biases".to_owned(),
            (1, _) => "the bias of 1 of them".to_owned(),
            (some, _) => format!("the biases of {} of them", number::count(some as u64)),
        };
        Some(format!("{verb} {biases} {}", by(missing)))
    };
    let raise = change("raise", &below);
    let lower = change("lower", &above);
    let changes: Vec<_> = raise.into_iter().chain(lower).collect();
    let Some(first) = changes.first() else { return otherwise };
    let capital = format!("{}{}", first[..1].to_uppercase(), &changes.join(", ")[1..]);
    let (them, each) = if dead == 1 { ("it", "it") } else { ("them", "each") };
    let lives = if flat.from.is_none() { "fires" } else { "has a slope" };
    format!(
        "{capital}, and {each} {lives} for at least one image; or replace the activation by leaky_relu, which revives {them}."
    )
}

/// By how much: `by more than 0.2 to 3, unit by unit`.
fn by(missing: &[f64]) -> String {
    let least = missing.iter().copied().fold(f64::INFINITY, f64::min);
    let most = missing.iter().copied().fold(0.0, f64::max);
    match (missing.len(), most) {
        (_, 0.0) => "by any amount".to_owned(),
        (1, most) => format!("by more than {}", number::value(most)),
        (_, most) => format!("by more than {} to {}, unit by unit", number::value(least), number::value(most)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ends by their formulas: hard_tanh is flat up to -1 and from 1 on.
    #[test]
    fn units_at_a_cap_need_lower_biases_and_those_at_the_lower_end_higher_ones() {
        let range = |least: f32, greatest: f32| ZRange { least, greatest };
        let said = |activation, ranges: &[ZRange], dead| revives(activation, ranges, dead);
        let alive = range(-3.0, 3.0);
        let below = said(Activation::Relu, &[alive, range(-9.0, -2.0)], 1);
        assert!(below.starts_with("Raise its bias by more than 2.000, and it fires"), "{below}");
        let above = said(Activation::HardTanh, &[range(4.0, 9.0), alive, range(1.5, 2.0)], 2);
        assert!(
            above.starts_with("Lower their biases by more than 0.500 to 3.000, unit by unit, and each has"),
            "{above}"
        );
        let both = said(Activation::HardTanh, &[range(4.0, 9.0), range(-9.0, -2.0)], 2);
        let words =
            "Raise the bias of 1 of them by more than 1.000, lower the bias of 1 of them by more than 3.000, and each";
        assert!(both.starts_with(words), "{both}");
    }
}

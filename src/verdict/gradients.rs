use super::{Evidence, Finding, Severity};
use crate::insight::Trend;
use crate::number;

/// A gradient that vanishes or explodes on its way from the last hidden layer to the first: by two powers of ten.
pub(super) fn rule(evidence: &Evidence<'_>) -> Vec<Finding> {
    let layers = evidence.layers();
    let [first, .., last] = layers else { return Vec::new() };
    let norms = first.gradient.as_ref().zip(last.gradient.as_ref());
    let Some((to, from)) = norms.map(|(first, last)| (first.l2, last.l2)) else { return Vec::new() };
    if to == 0.0 && from > 0.0 {
        return vec![finding(
            first.layer,
            Severity::Broken,
            "vanishing_gradients",
            "No gradient at all reaches layer 1.".to_owned(),
        )];
    }
    let Some(trend) = Trend::of(from, to, layers.len() - 1).filter(|trend| trend.is_extreme()) else {
        return Vec::new();
    };
    let (rule, verb) =
        if trend.ratio < 1.0 { ("vanishing_gradients", "vanishes") } else { ("exploding_gradients", "explodes") };
    let sentence = format!(
        "The gradient {verb} on its way back: ||∂L/∂z|| is {} in layer {}, but {} in layer 1, about ×{} per layer.",
        number::significant(from),
        last.layer,
        number::significant(to),
        number::significant(trend.factor)
    );
    vec![finding(first.layer, Severity::Harm, rule, sentence)]
}

fn finding(layer: usize, severity: Severity, rule: &'static str, sentence: String) -> Finding {
    let remedy = if rule == "vanishing_gradients" {
        "Start again with weights that keep the gradient's size (he_normal for relu, glorot_normal for tanh), or with fewer layers."
    } else {
        "Start again with smaller weights (he_normal for relu, glorot_normal for tanh), or clip the gradients."
    };
    Finding { layer, rule, severity, sentence, remedy: remedy.to_owned(), weight: 1.0 }
}

use super::law::{WeightLaw, known, orthogonal, round_normal};
use super::{Evidence, Finding, Severity};
use crate::number;

/// Fewer weights than this follow many laws.
const LEAST: usize = 1000;
/// From so many biases on, their law is told from what training makes of them.
const MANY: usize = 50;
/// So many, spread over all of them, tell a law from what training makes of it.
const ENOUGH: usize = 100_000;

/// Layers whose weights are still as an initializer draws them, and their biases too: nothing has trained them.
pub(super) fn rule(evidence: &Evidence<'_>) -> Vec<Finding> {
    let of_layer = |layer: usize| {
        let law = law(evidence, evidence.kernel(layer))?;
        let name = evidence.name(layer);
        Some(Finding {
            layer: layer + 1,
            rule: "untrained",
            severity: Severity::Note,
            sentence: format!("The weights of {name} still follow {law}, as an initializer draws them: no training has changed them."),
            remedy: "If it was to be trained, check that its parameters are given to the optimizer, and that the trained weights were saved.".to_owned(),
            weight: 0.25,
        })
    };
    (0..=evidence.layers().len()).filter_map(of_layer).collect()
}

/// The name of the law that a layer's weights and biases follow.
fn law(evidence: &Evidence<'_>, kernel: usize) -> Option<String> {
    let weights = &evidence.weights.kernels()[kernel];
    if weights.len() < LEAST || !weights.iter().all(|weight| weight.is_finite()) {
        return None;
    }
    let (inputs, units) = weights.dim();
    let stride = (weights.len() / ENOUGH).max(1);
    let mut sorted: Vec<_> = weights.iter().copied().step_by(stride).collect();
    sorted.sort_unstable_by(f32::total_cmp);
    let biases = evidence.weights.biases().map(|biases| &biases[kernel]);
    let are_zero = biases.is_none_or(|biases| biases.iter().all(|&bias| bias == 0.0));
    // PyTorch draws biases, too, also those of layers whose weights are drawn anew.
    let of_torch = WeightLaw::Uniform((1.0 / inputs as f64).sqrt());
    let are_drawn = biases.is_some_and(|biases| {
        let mut sorted = biases.to_vec();
        sorted.sort_unstable_by(f32::total_cmp);
        of_torch.allows(biases) && of_torch.fits(&sorted)
    });
    // A few may be where a training left them.
    let are_many = biases.is_some_and(|biases| biases.len() >= MANY);
    let follows = |law: WeightLaw| law.fits(&sorted) && law.allows(weights) && law.is_independent(&weights.view());
    let named = evidence.initializers.get(kernel).and_then(Option::as_deref).unwrap_or_default();
    if let Some(length) = orthogonal(&weights.view()).filter(|_| are_zero || are_drawn) {
        let of = if units <= inputs { "into different units" } else { "from different inputs" };
        let length = number::significant(length);
        return Some(format!("orthogonal (those {of} are at right angles, and of length {length})"));
    }
    let found = known(inputs, units).into_iter().find(|(name, law)| {
        let of_both = are_drawn && (are_many || *name == "torch_linear_default");
        (are_zero || of_both) && follows(*law)
    });
    if let Some((name, law)) = found {
        let says = if named.is_empty() { String::new() } else { format!(", and the file names {named}") };
        return Some(format!("{name} ({}{says})", words(law)));
    }
    let round = round_normal(&sorted).filter(|law| (are_zero || are_drawn && are_many) && follows(*law))?;
    Some(words(round))
}

fn words(law: WeightLaw) -> String {
    match law {
        WeightLaw::Uniform(limit) => format!("uniform between ±{}", number::significant(limit)),
        WeightLaw::Normal(std) => format!("N(0, {}²)", number::significant(std)),
        WeightLaw::Truncated(std) => format!("N(0, {}²) cut off at twice that", number::significant(std)),
    }
}

use super::law::{WeightLaw, known, round_normal};
use super::{Evidence, Finding, Severity};
use crate::number;

/// Fewer weights than this follow many laws.
const LEAST: usize = 1000;
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
    let limit = (1.0 / inputs as f64).sqrt();
    // PyTorch draws biases, too.
    let are_drawn = biases.is_some_and(|biases| biases.iter().all(|&bias| f64::from(bias).abs() <= limit));
    let named = evidence.initializers.get(kernel).and_then(Option::as_deref).unwrap_or_default();
    let found = known(inputs, units).into_iter().find(|(name, law)| {
        let biases = if *name == "torch_linear_default" { are_zero || are_drawn } else { are_zero };
        biases && law.fits(&sorted)
    });
    if let Some((name, law)) = found {
        let says = if named.is_empty() { String::new() } else { format!(", and the file names {named}") };
        return Some(format!("{name} ({}{says})", words(law)));
    }
    let round = round_normal(&sorted).filter(|law| are_zero && law.fits(&sorted))?;
    Some(words(round))
}

fn words(law: WeightLaw) -> String {
    match law {
        WeightLaw::Uniform(limit) => format!("uniform between ±{}", number::significant(limit)),
        WeightLaw::Normal(std) => format!("N(0, {}²)", number::significant(std)),
        WeightLaw::Truncated(std) => format!("N(0, {}²) cut off at twice that", number::significant(std)),
    }
}

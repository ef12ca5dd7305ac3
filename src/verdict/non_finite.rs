use ndarray::ArrayBase;

use super::{Evidence, Finding, Severity};
use crate::number;

/// Weights or biases that are NaN or infinite, and values that become so.
pub(super) fn rule(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for layer in 0..=evidence.layers().len() {
        let kernel = evidence.kernel(layer);
        let weights = &evidence.weights.kernels()[kernel];
        let biases = evidence.weights.biases().map(|biases| &biases[kernel]);
        let is_wrong = |value: &&f32| !value.is_finite();
        let wrong = weights.iter().filter(is_wrong).count() + biases.into_iter().flatten().filter(is_wrong).count();
        if wrong == 0 {
            continue;
        }
        let (are, all) = (if wrong == 1 { "is" } else { "are" }, weights.len() + biases.map_or(0, ArrayBase::len));
        findings.push(Finding {
            layer: layer + 1,
            rule: "non_finite_weights",
            severity: Severity::Broken,
            sentence: format!(
                "{} of {} weights and biases of {} {are} NaN or infinite.",
                number::count(wrong as u64),
                number::count(all as u64),
                evidence.name(layer)
            ),
            remedy: "Go back to an earlier save, and train on with a lower learning rate or with gradients that are clipped."
                .to_owned(),
            weight: 1.0 + wrong as f64 / all as f64,
        });
    }
    if findings.is_empty() {
        findings.extend(overflow(evidence));
    }
    findings
}

/// The first layer with values that are no finite numbers, though all weights are.
fn overflow(evidence: &Evidence<'_>) -> Option<Finding> {
    let non_finite = &evidence.measurement.non_finite;
    let kernel = non_finite.iter().position(|values| values.total() > 0)?;
    let layer = kernel.saturating_sub(evidence.measurement.experiment().linear_layers());
    Some(Finding {
        layer: layer + 1,
        rule: "overflow",
        severity: Severity::Broken,
        sentence: format!(
            "{} of {} pre-activations of {} exceed what 32-bit numbers hold, though all weights are finite.",
            number::count(non_finite[kernel].total()),
            number::count(non_finite[kernel].of),
            evidence.name(layer)
        ),
        remedy: "Scale the inputs to about 1, or the weights of the layers before it down.".to_owned(),
        weight: 1.0,
    })
}

use ndarray::ArrayBase;

use super::{Evidence, Finding, Severity};
use crate::experiment::Activation;

/// Layers that do nothing: what they and the next layer do, the next could do alone.
pub(super) fn rule(evidence: &Evidence<'_>) -> Vec<Finding> {
    let shapes: Vec<_> = evidence.weights.kernels().iter().map(ArrayBase::dim).collect();
    let mut findings = Vec::new();
    for (index, layer) in evidence.layers().iter().enumerate() {
        let activation = evidence.measurement.subject.activation(index);
        let kernel = evidence.kernel(index);
        let (inputs, units) = shapes[kernel];
        // A narrow one keeps the rank of the product down, which the next alone would not.
        let is_narrow = units < inputs.min(shapes[kernel + 1].1);
        let norms = evidence.weights.functions().map_or(&[][..], |functions| &functions.norms[..]);
        let has_norm = norms.get(kernel).is_some_and(Option::is_some);
        let is_straight = activation.is_positively_homogeneous()
            && layer.states.always_on == layer.units
            && evidence.measurement.images > 1
            && layer.has_states();
        let why = match activation {
            _ if is_narrow || has_norm => continue,
            Activation::Linear => "its activation is linear".to_owned(),
            _ if is_straight => format!("all its units are on for all of {}", evidence.images()),
            _ => continue,
        };
        findings.push(Finding {
            layer: layer.layer,
            rule: "does_nothing",
            severity: Severity::Note,
            sentence: format!(
                "Layer {} does nothing that the next could not do alone: {why}, and two matrices in a row are one.",
                layer.layer
            ),
            remedy: "Leave the layer out, or give it an activation that bends where its values are.".to_owned(),
            weight: 0.5,
        });
    }
    findings
}

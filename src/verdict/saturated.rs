use super::{Evidence, Finding, Severity};
use crate::number;

/// From this share on it is said.
const MUCH: f64 = 0.3;

/// Layers with many outputs where the slope is next to nothing.
pub(super) fn rule(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, layer) in evidence.layers().iter().enumerate() {
        let activation = evidence.measurement.subject.activation(index);
        let (Some(saturation), Some(share)) = (activation.saturation(), layer.saturated_fraction) else { continue };
        if share < MUCH {
            continue;
        }
        findings.push(Finding {
            layer: layer.layer,
            rule: "saturated",
            severity: Severity::Harm,
            sentence: format!(
                "{} of the outputs of layer {} are saturated ({} of {}), and little gradient passes them.",
                number::percent(share),
                layer.layer,
                saturation.words(),
                activation.name()
            ),
            remedy: format!(
                "Weights into it that are smaller by about {} would bring its pre-activations, of std {}, near 1.",
                layer.pre_activation.as_ref().map_or_else(String::new, |z| format!("×{}", number::value(1.0 / z.std))),
                layer.pre_activation.as_ref().map_or_else(String::new, |z| number::value(z.std))
            ),
            weight: share,
        });
    }
    findings
}

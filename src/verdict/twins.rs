use std::collections::HashMap;

use super::evidence::units;
use super::{Evidence, Finding, Severity};

/// Units of a layer with the very same weights and bias: they compute the same, and training keeps them equal where what follows
/// treats them alike.
pub(super) fn rule(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, layer) in evidence.layers().iter().enumerate() {
        let kernel = evidence.kernel(index);
        let weights = &evidence.weights.kernels()[kernel];
        let biases = evidence.weights.biases().map(|biases| &biases[kernel]);
        let mut groups = HashMap::<Vec<u32>, usize>::new();
        for unit in 0..layer.units {
            // Both zeros are 0.
            let bits = |value: f32| (value + 0.0).to_bits();
            let column = weights.column(unit);
            let bias = biases.map_or(0.0, |biases| biases[unit]);
            let key: Vec<_> = column.iter().copied().chain([bias]).map(bits).collect();
            *groups.entry(key).or_default() += 1;
        }
        let twins: usize = groups.values().filter(|&&count| count > 1).sum();
        if twins == 0 {
            continue;
        }
        let share = twins as f64 / layer.units as f64;
        let all = if twins == layer.units && groups.len() == 1 {
            format!("All {} of layer {} have the same weights and bias", units(twins), layer.layer)
        } else {
            format!("{twins} of {} of layer {} share weights and bias with another", units(layer.units), layer.layer)
        };
        findings.push(Finding {
            layer: layer.layer,
            rule: "equal_units",
            severity: if groups.len() == 1 { Severity::Broken } else { Severity::Harm },
            sentence: format!("{all}: they compute the same, so that one of each would do."),
            remedy: "Draw their weights anew from a law with a spread, such as glorot_uniform, and train again."
                .to_owned(),
            weight: share,
        });
    }
    findings
}

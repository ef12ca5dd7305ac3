use std::collections::HashMap;

use super::evidence::units;
use super::{Evidence, Finding, Severity};

/// Odd numbers of 128 bits without a pattern: so many bits that no two different units are ever taken for the same.
const SEED: u128 = 0xbb67_ae85_84ca_a73b_3c6e_f372_fe94_f82b;
const MULTIPLIER: u128 = 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835;

fn mix(sum: &mut u128, value: f32) {
    // Both zeros are 0.
    let bits = u128::from((value + 0.0).to_bits());
    *sum = (*sum ^ bits).wrapping_mul(MULTIPLIER);
    *sum ^= *sum >> 57;
}

/// Units of a layer with the very same weights and bias: they compute the same, and training keeps them equal where what follows
/// treats them alike.
pub(super) fn rule(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, layer) in evidence.layers().iter().enumerate() {
        let kernel = evidence.kernel(index);
        let weights = &evidence.weights.kernels()[kernel];
        let biases = evidence.weights.biases().map(|biases| &biases[kernel]);
        let mut sums = vec![SEED; layer.units];
        let bias = biases.map(|biases| biases.view());
        // Row after row, as they lie in memory.
        for row in weights.rows().into_iter().chain(bias) {
            sums.iter_mut().zip(row).for_each(|(sum, &value)| mix(sum, value));
        }
        let mut groups = HashMap::<u128, usize>::new();
        for sum in sums {
            *groups.entry(sum).or_default() += 1;
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

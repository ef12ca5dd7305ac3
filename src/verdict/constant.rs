use super::{Evidence, Finding, Severity};
use crate::engine::LayerMeasurement;
use crate::number;

/// Layers that put out the same whatever the image: nothing of it goes on.
pub(super) fn rule(evidence: &Evidence<'_>) -> Vec<Finding> {
    if evidence.measurement.images < 2 {
        return Vec::new();
    }
    // What follows such a layer is constant because of it.
    let first = evidence.layers().iter().enumerate().find(|(index, layer)| is_constant(evidence, *index, layer));
    let finding = first.map(|(index, layer)| {
        let kernel = evidence.weights.kernels()[evidence.kernel(index)].view();
        let why = if kernel.iter().all(|&weight| weight == 0.0) {
            "its weights are all 0".to_owned()
        } else if layer.states.dead == layer.units {
            "all its units are dead".to_owned()
        } else {
            "no weight is large enough to change anything".to_owned()
        };
        let same = if layer.output.min == layer.output.max {
            format!("All outputs of layer {} are {}", layer.layer, number::value(layer.output.mean))
        } else {
            format!("Every unit of layer {} puts out the same", layer.layer)
        };
        Finding {
            layer: layer.layer,
            rule: "constant",
            severity: Severity::Broken,
            sentence: format!("{same} whatever the image: {why}, and what comes after it cannot tell images apart."),
            remedy: "Draw the weights of this layer anew, with zero biases, and train it again.".to_owned(),
            weight: 1.0,
        }
    });
    finding.into_iter().collect()
}

fn is_constant(evidence: &Evidence<'_>, index: usize, layer: &LayerMeasurement) -> bool {
    let ranges = evidence.ranges.get(index).map_or(&[][..], Vec::as_slice);
    let same = |range: &crate::engine::ZRange| range.least == range.greatest;
    let is_still = !ranges.is_empty() && ranges.iter().all(same);
    layer.has_states() && (is_still || layer.output.min == layer.output.max)
}

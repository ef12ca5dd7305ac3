use super::ailment::is_constant;
use super::{Ailment, Remedy};
use crate::engine::{LayerMeasurement, Measurement};
use crate::experiment::Experiment;
use crate::insight::Trend;

/// A layer with fewer dead units than this share is well.
const FEW: f64 = 0.05;
/// Between these ratios from the first layer to the last, or back, nothing is far from 1.
const KEPT: std::ops::RangeInclusive<f64> = 1.0 / 3.0..=3.0;
const ARRIVES: f64 = 100.0;

/// As many layers as there are before it gets bad: those that are left compute what they computed.
pub fn rule(measurement: &Measurement, ailment: Ailment) -> Vec<Remedy> {
    let Ok(experiment) = measurement.subject.drawn() else { return Vec::new() };
    let layers = &measurement.layers;
    let while_well =
        |is_well: &dyn Fn(&LayerMeasurement) -> bool| layers.iter().take_while(|layer| is_well(layer)).count();
    let left = match ailment {
        Ailment::Dead => while_well(&|layer| (layer.states.dead as f64) < FEW * layer.units as f64),
        Ailment::Constant => while_well(&|layer| !is_constant(layer)),
        Ailment::Overflow => while_well(&|layer| layer.output.non_finite() == 0),
        Ailment::Outputs => {
            let first = layers.first().map_or(f64::NAN, |layer| layer.output.std);
            // One layer alone neither shrinks nor grows.
            Some(while_well(&|layer| KEPT.contains(&(layer.output.std / first)))).filter(|&left| left > 1).unwrap_or(0)
        }
        Ailment::Gradients => arriving(layers).unwrap_or(0),
        Ailment::Alike | Ailment::Saturated | Ailment::Crowded => 0,
    };
    if left == 0 || left >= layers.len() {
        return Vec::new();
    }
    let widths = experiment.widths[..left].to_vec();
    let name = if left == 1 { "1 layer".to_owned() } else { format!("{left} layers") };
    vec![Remedy { name, experiment: Experiment { widths, ..experiment.clone() } }]
}

/// Through how many layers the gradient comes by less than two powers of ten smaller or larger, at its factor per layer.
fn arriving(layers: &[LayerMeasurement]) -> Option<usize> {
    let [first, .., last] = layers else { return None };
    let (to, from) = (first.gradient.as_ref()?.l2, last.gradient.as_ref()?.l2);
    let per_layer = Trend::of(from, to, layers.len() - 1)?.factor.ln().abs();
    Some(1 + (ARRIVES.ln() / per_layer) as usize).filter(|&left| left > 1)
}

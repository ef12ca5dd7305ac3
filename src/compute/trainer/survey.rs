use super::examples::Examples;
use super::network::{CHUNK, Passage, TrainedNetwork};
use super::rule::squares;
use crate::stats::{Tally, UnitCounts, UnitState, UnitStates};

/// What a network does with some images, layer by layer: hidden layers only.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Survey {
    pub layers: Vec<SurveyedLayer>,
}

/// What a hidden layer does.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SurveyedLayer {
    /// Standard deviation of its outputs.
    pub output_std: f64,
    /// Share of its outputs that are saturated; of activations that saturate only.
    pub saturated_fraction: Option<f64>,
    /// What each unit does.
    pub units: Vec<UnitState>,
    /// The norm of dL/dz of the mean loss over all these images.
    pub gradient_l2: f64,
    /// The norm of dL/dW of the same.
    pub weight_gradient_l2: f64,
}

impl SurveyedLayer {
    /// How many units are dead and always on.
    pub fn states(&self) -> UnitStates {
        UnitStates::count(self.units.iter().copied())
    }
}

impl TrainedNetwork {
    /// Looks at what it does with examples, all on this thread; given up where it is not to go on.
    pub fn survey(&self, examples: &Examples, goes_on: &dyn Fn() -> bool) -> Option<Survey> {
        let hidden = self.linear_layers..self.layers.len() - 1;
        let limits = |layer: usize| self.activation(layer).limits();
        let plateaus = |layer: usize| self.activation(layer).plateaus();
        let tally = |layer: usize| Tally::none(self.layers[layer].fan_out).of_outputs(plateaus(layer));
        let mut tallies: Vec<_> = hidden.clone().map(tally).collect();
        let mut gradient_squares = vec![0.0; self.layers.len()];
        let (mut passage, mut gradients) = (Passage::default(), vec![Vec::new(); self.layers.len()]);
        let images: Vec<u32> = (0..examples.len() as u32).collect();
        let share = 1.0 / images.len().max(1) as f64;
        let mut dense = Vec::new();
        for (part, images) in images.chunks(CHUNK).enumerate() {
            if !goes_on() {
                return None;
            }
            self.record(examples, images, share, &mut passage);
            for (index, tally) in hidden.clone().zip(&mut tallies) {
                passage.outputs(index, &mut dense);
                tally.add(&dense, limits(index));
            }
            self.add_back(part > 0, &mut passage, &mut gradients, |index, passage| {
                gradient_squares[index] += passage.gradient_squares();
            });
        }
        let layers = hidden.zip(tallies).map(|(index, tally)| {
            let (layer, limits, plateaus) = (&self.layers[index], limits(index), plateaus(index));
            let counts = |unit: usize| UnitCounts {
                fired: tally.fired[unit],
                flat: tally.flat[unit],
                undefined: tally.undefined[unit],
            };
            let state = |unit: usize| UnitState::of(counts(unit), images.len(), plateaus.flat);
            let values = (images.len() * layer.fan_out).max(1) as f64;
            SurveyedLayer {
                output_std: if tally.non_finite() > 0 { f64::NAN } else { tally.finite(limits).std() },
                saturated_fraction: plateaus.saturated.map(|_| tally.saturated as f64 / values),
                units: (0..layer.fan_out).map(state).collect(),
                gradient_l2: gradient_squares[index].sqrt(),
                weight_gradient_l2: squares(&gradients[index][..layer.fan_in * layer.stride]).sqrt(),
            }
        });
        Some(Survey { layers: layers.collect() })
    }
}

use crate::engine::{LayerMeasurement, Measurement};
use crate::insight::{Rank, Seen, Topic, Trend, all_sentences};
use crate::stats::NonFinite;

/// What is wrong with a network, as far as sentences of `insight` say so and a number tells how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ailment {
    /// Values exceed f32.
    Overflow,
    /// All units of a layer compute the same.
    Alike,
    /// Units are dead.
    Dead,
    /// Layers put out one number whatever the image.
    Constant,
    /// Outputs are at the activation's limits.
    Saturated,
    /// The gradient vanishes or explodes on its way back.
    Gradients,
    /// Outputs shrink or grow from layer to layer.
    Outputs,
    /// A sigmoid's outputs crowd around its middle.
    Crowded,
}

impl Ailment {
    /// What matters most of what is wrong; `None` where nothing is, or one image is no evidence.
    pub fn of(measurement: &Measurement) -> Option<Self> {
        if measurement.images < 2 {
            return None;
        }
        let topics: Vec<Topic> = (all_sentences(&Seen::from(measurement)).iter())
            .filter(|sentence| matches!(sentence.rank, Rank::Broken | Rank::Harm))
            .filter_map(|sentence| sentence.about.first().copied())
            .collect();
        let is_said = |topic: Topic| topics.contains(&topic);
        let changes = outputs(measurement).is_some_and(|trend| trend.shrinks() || trend.grows());
        let of_outputs = if changes { Self::Outputs } else { Self::Crowded };
        [
            (Topic::NonFinite, Self::Overflow),
            (Topic::Symmetry, Self::Alike),
            (Topic::Dead, Self::Dead),
            (Topic::Constant, Self::Constant),
            (Topic::Saturation, Self::Saturated),
            (Topic::Gradients, Self::Gradients),
            (Topic::Outputs, of_outputs),
        ]
        .into_iter()
        .find(|(topic, _)| is_said(*topic))
        .map(|(_, ailment)| ailment)
    }

    /// The number that tells how much of it there is, as people read it; `None` where it was not measured, or is no number.
    pub fn reading(self, measurement: &Measurement) -> Option<f64> {
        let layers = &measurement.layers;
        let last = layers.last()?;
        let reading = match self {
            Self::Overflow => measurement.non_finite.iter().map(NonFinite::total).sum::<u64>() as f64,
            Self::Alike => layers.iter().map(|layer| layer.weights.std()).fold(f64::INFINITY, f64::min),
            Self::Dead => layers.iter().map(|layer| layer.states.dead).sum::<usize>() as f64,
            Self::Constant => layers.iter().filter(|layer| is_constant(layer)).count() as f64,
            Self::Saturated => layers.iter().filter_map(|layer| layer.saturated_fraction).fold(0.0, f64::max),
            Self::Gradients => {
                let norm = |layer: &LayerMeasurement| layer.gradient.as_ref().map(|gradient| gradient.l2);
                norm(layers.first()?)? / norm(last)?
            }
            Self::Outputs => last.output.std / layers.first()?.output.std,
            Self::Crowded => last.output.std,
        };
        (!reading.is_nan()).then_some(reading)
    }

    /// How bad that is: the less the better, and 0 is as good as can be.
    pub(super) fn badness(self, measurement: &Measurement) -> Option<f64> {
        let reading = self.reading(measurement)?;
        let units: usize = measurement.layers.iter().map(|layer| layer.units).sum();
        Some(match self {
            Self::Overflow => {
                let of: u64 = measurement.non_finite.iter().map(|values| values.of).sum();
                reading / of.max(1) as f64
            }
            Self::Alike => f64::from(u8::from(reading == 0.0)),
            Self::Dead => reading / units.max(1) as f64,
            Self::Constant => reading / measurement.layers.len() as f64,
            Self::Saturated => reading,
            Self::Gradients | Self::Outputs => reading.ln().abs(),
            Self::Crowded => reading.recip(),
        })
    }
}

/// How the std of outputs goes from the first layer to the last.
pub(super) fn outputs(measurement: &Measurement) -> Option<Trend> {
    let [first, .., last] = &measurement.layers[..] else { return None };
    Trend::of(first.output.std, last.output.std, measurement.layers.len() - 1)
}

/// Whether a layer puts out one number.
pub(super) fn is_constant(layer: &LayerMeasurement) -> bool {
    layer.output.min == layer.output.max
}

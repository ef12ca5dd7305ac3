use std::fmt;

use super::Measurement;
use crate::number;
use crate::stats::NonFinite;

/// Where values that are no finite numbers begin, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overflow {
    /// The layer they begin at, on the way forward, or back for gradients.
    pub place: OverflowPlace,
    /// What they are.
    pub values: Values,
    /// How many.
    pub count: NonFinite,
    /// How many layers after it have some too.
    pub later: usize,
}

/// A layer by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverflowPlace {
    /// Layer 0, before the hidden ones.
    Linear,
    /// A hidden layer, from 1.
    Hidden(usize),
    /// The logits.
    Output,
}

/// What is no finite number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// Weights.
    Weights,
    /// Pre-activations, of finite inputs and weights.
    PreActivations,
    /// Outputs, of finite pre-activations.
    Outputs,
    /// Gradients, of finite logits.
    Gradients,
}

impl Measurement {
    /// Where values that are no finite numbers begin; `None` if there are none.
    pub fn overflow(&self) -> Option<Overflow> {
        let linear = self.experiment().linear_layers();
        let output = self.non_finite.len().checked_sub(1)?;
        let affected = |kernel: &usize| {
            let layer = kernel.checked_sub(linear).and_then(|index| self.layers.get(index));
            self.non_finite[*kernel].total() > 0 || layer.is_some_and(|layer| layer.output.non_finite() > 0)
        };
        let Some(first) = (0..=output).find(affected) else { return self.gradient_overflow() };
        let layer = first.checked_sub(linear).and_then(|index| self.layers.get(index));
        let place = match layer {
            _ if first == output => OverflowPlace::Output,
            None => OverflowPlace::Linear,
            Some(layer) => OverflowPlace::Hidden(layer.layer),
        };
        let (weights, z) = (self.non_finite_weights[first], self.non_finite[first]);
        let (values, count) = match layer {
            _ if weights.total() > 0 => (Values::Weights, weights),
            Some(layer) if z.total() == 0 => {
                let output = &layer.output;
                (Values::Outputs, NonFinite { infinite: output.infinite, nan: output.nan, of: output.count })
            }
            _ => (Values::PreActivations, z),
        };
        Some(Overflow { place, values, count, later: (first + 1..=output).filter(affected).count() })
    }

    /// On the way back gradients begin at the last layer.
    fn gradient_overflow(&self) -> Option<Overflow> {
        let count = |layer: &super::LayerMeasurement| {
            let of = &layer.gradient.as_ref()?.distribution;
            let count = NonFinite { infinite: of.infinite, nan: of.nan, of: of.count };
            (count.total() > 0).then_some((layer.layer, count))
        };
        let affected: Vec<_> = self.layers.iter().filter_map(count).collect();
        let &(layer, count) = affected.last()?;
        Some(Overflow {
            place: OverflowPlace::Hidden(layer),
            values: Values::Gradients,
            count,
            later: affected.len() - 1,
        })
    }
}

impl Overflow {
    /// Why, in one sentence.
    pub fn reason(&self) -> &'static str {
        match (self.values, self.count.nan) {
            (Values::Weights, _) => "f32 ends at 3.4×10³⁸, and the weights themselves are larger.",
            (Values::PreActivations, 0) => {
                "f32 ends at 3.4×10³⁸, and a sum over the inputs is larger: each layer multiplied what came into it."
            }
            (Values::PreActivations, _) => {
                "Sums over the inputs exceed f32 with both signs on their way, and ∞ − ∞ is not a number."
            }
            (Values::Outputs, _) => "The activation takes finite values beyond 3.4×10³⁸, where f32 ends.",
            (Values::Gradients, _) => {
                "f32 ends at 3.4×10³⁸, and on its way back the gradient was multiplied by each layer's weights."
            }
        }
    }
}

/// `layer 23: 4,112 of 1,000,000 values exceed f32 (∞), and so in 7 later layers`
impl fmt::Display for Overflow {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, values, count, later } = self;
        let place = match place {
            OverflowPlace::Linear => "linear layer 0".to_owned(),
            OverflowPlace::Hidden(layer) => format!("layer {layer}"),
            OverflowPlace::Output => "output layer".to_owned(),
        };
        let values = match values {
            Values::Weights => "weights",
            Values::PreActivations => "pre-activations",
            Values::Outputs => "outputs",
            Values::Gradients => "gradients",
        };
        let what = match (count.infinite, count.nan) {
            (_, 0) => "exceed f32 (∞)",
            (0, _) => "are not numbers (NaN)",
            _ => "are ∞ or NaN",
        };
        let (total, of) = (number::count(count.total()), number::count(count.of));
        write!(formatter, "{place}: {total} of {of} {values} {what}")?;
        match later {
            0 => Ok(()),
            1 => formatter.write_str(", and so in 1 later layer"),
            later => write!(formatter, ", and so in {later} later layers"),
        }
    }
}

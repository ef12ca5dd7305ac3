use std::fmt;

use ndarray::Array2;

use crate::stats::{Distribution, Edges};

/// What a step of a training changed of the weights of every hidden layer: those after it minus those before, in the numbers of
/// float32. Immutable.
#[derive(Clone)]
pub struct Updates {
    step: u64,
    layers: Vec<Distribution>,
    /// The norm of what each layer's weights moved by, over that of the weights before.
    ratios: Vec<f64>,
}

impl Updates {
    /// Of a step, counted from 1, between these kernels of the hidden layers.
    pub fn between(step: u64, before: &[Array2<f32>], after: &[Array2<f32>]) -> Self {
        let of = |(before, after): (&Array2<f32>, &Array2<f32>)| {
            let moved: Vec<f32> = before.iter().zip(after).map(|(before, after)| after - before).collect();
            Distribution::of_values(&moved, Edges::default())
        };
        let norm = |numbers: &mut dyn Iterator<Item = f64>| numbers.map(|number| number * number).sum::<f64>().sqrt();
        let ratio = |(before, after): (&Array2<f32>, &Array2<f32>)| {
            let moved = before.iter().zip(after).map(|(before, after)| f64::from(*after) - f64::from(*before));
            norm(&mut { moved }) / norm(&mut before.iter().copied().map(f64::from))
        };
        let ratios = before.iter().zip(after).map(ratio).collect();
        Self { step, layers: before.iter().zip(after).map(of).collect(), ratios }
    }

    /// The step, counted from 1.
    pub fn step(&self) -> u64 {
        self.step
    }

    /// What it changed, layer by layer, with quantiles and counts by size.
    pub fn layers(&self) -> &[Distribution] {
        &self.layers
    }

    /// The L2 norm of what a layer's weights moved by, over that of the weights before; nothing of a layer that is not there.
    pub fn ratio(&self, layer: usize) -> Option<f64> {
        self.ratios.get(layer).copied()
    }

    /// Of a layer whose weights no step has changed yet: so many zeros.
    pub fn none(weights: usize) -> Distribution {
        Distribution::of_values(&vec![0.0; weights], Edges::default())
    }
}

impl fmt::Debug for Updates {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let std: Vec<_> = self.layers.iter().map(|layer| layer.std).collect();
        formatter.debug_struct("Updates").field("step", &self.step).field("std", &std).finish_non_exhaustive()
    }
}

/// Those of the same step that changed as much.
impl PartialEq for Updates {
    fn eq(&self, other: &Self) -> bool {
        let size = |of: &Distribution| [of.mean, of.std, of.min, of.max].map(f64::to_bits);
        self.step == other.step && self.layers.iter().map(size).eq(other.layers.iter().map(size))
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn a_ratio_is_what_moved_over_what_was_there() {
        let updates = Updates::between(1, &[array![[3.0, 4.0]]], &[array![[3.0, 4.5]]]);
        assert_eq!(updates.ratio(0), Some(0.1));
        assert_eq!(updates.ratio(1), None);
    }
}

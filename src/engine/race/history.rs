use std::sync::Arc;

use crate::trainer::{LayerStep, StepReport};

/// What every step of a racer found: losses of all of them, and what is found layer by layer of as many as there is room for.
///
/// To copy it takes no longer as it grows: what is full is shared.
#[derive(Clone, Debug, Default)]
pub struct History {
    full: Vec<Arc<[f32]>>,
    last: Vec<f32>,
    /// Every how many steps layers are kept; a power of two.
    stride: u64,
    layers: Vec<Arc<LayerSteps>>,
}

/// What a step found of the layers.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerSteps {
    /// The step, from 1.
    pub step: u64,
    /// The norm of all gradients together, before any clipping.
    pub gradient_norm: f64,
    /// What was found of each kernel, the output layer's last.
    pub layers: Vec<LayerStep>,
}

/// Losses that are shared once there are so many.
const TOGETHER: usize = 4096;
/// Steps that layers are kept of, at most.
const KEPT: usize = 2048;

impl History {
    /// Adds the next step.
    pub(super) fn add(&mut self, report: &StepReport) {
        self.last.push(report.loss as f32);
        if self.last.len() == TOGETHER {
            self.full.push(std::mem::take(&mut self.last).into());
        }
        self.stride = self.stride.max(1);
        if !(report.step - 1).is_multiple_of(self.stride) {
            return;
        }
        let StepReport { step, gradient_norm, layers, .. } = report;
        self.layers.push(Arc::new(LayerSteps { step: *step, gradient_norm: *gradient_norm, layers: layers.clone() }));
        if self.layers.len() >= KEPT {
            self.stride *= 2;
            let stride = self.stride;
            self.layers.retain(|kept| (kept.step - 1).is_multiple_of(stride));
        }
    }

    /// How many steps there are.
    pub fn steps(&self) -> usize {
        self.full.len() * TOGETHER + self.last.len()
    }

    /// The mean loss of the batch of each step, before its update.
    pub fn losses(&self) -> impl Iterator<Item = f32> {
        self.full.iter().flat_map(|full| full.iter()).chain(&self.last).copied()
    }

    /// What was found layer by layer: of every step, or evenly spaced ones.
    pub fn layers(&self) -> &[Arc<LayerSteps>] {
        &self.layers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_losses_and_evenly_spaced_layers_are_kept() {
        let mut history = History::default();
        for step in 1..=10_000_u64 {
            let layers = vec![LayerStep::default(); 3];
            history.add(&StepReport { step, loss: step as f64, gradient_norm: 0.0, layers });
        }
        assert_eq!(history.steps(), 10_000);
        assert!(history.losses().eq((1..=10_000).map(|step| step as f32)));
        let steps: Vec<_> = history.layers().iter().map(|kept| kept.step).collect();
        assert!((KEPT / 2 - 1..KEPT).contains(&steps.len()), "{}", steps.len());
        assert_eq!(steps[0], 1);
        let apart = steps[1] - steps[0];
        assert!(steps.windows(2).all(|pair| pair[1] - pair[0] == apart));
    }
}

use std::sync::Arc;

use crate::trainer::{LayerStep, StepReport};

/// What every step of a racer found: losses of all of them, and what is found layer by layer of as many as there is room for.
///
/// To copy it takes no longer as it grows: what is full is shared.
#[derive(Clone, Debug, Default)]
pub struct History {
    full: Vec<Arc<[StepFound]>>,
    last: Vec<StepFound>,
    /// Every how many steps layers are kept; a power of two.
    stride: u64,
    layers: Vec<Arc<LayerSteps>>,
}

/// What a step found, and how long it took to get there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepFound {
    /// The mean loss of its batch, before its update.
    pub loss: f64,
    /// Seconds that this step and all before it took on the racer's own thread, without pauses and what is measured between
    /// steps.
    pub seconds: f64,
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

/// Steps that are shared once there are so many.
const TOGETHER: usize = 4096;
/// Steps that layers are kept of, at most.
const KEPT: usize = 2048;

impl History {
    /// Adds the next step, which took so many seconds.
    pub(super) fn add(&mut self, report: &StepReport, seconds: f64) {
        let before = self.found_by().last().map_or(0.0, |found| found.seconds);
        self.last.push(StepFound { loss: report.loss, seconds: before + seconds });
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

    /// What each step found, the first one first.
    pub fn found_by(&self) -> impl DoubleEndedIterator<Item = &StepFound> {
        self.full.iter().flat_map(|full| full.iter()).chain(&self.last)
    }

    /// What a step found, counted from 1.
    pub fn step(&self, step: u64) -> Option<&StepFound> {
        let index = usize::try_from(step.checked_sub(1)?).ok()?;
        match self.full.get(index / TOGETHER) {
            Some(full) => full.get(index % TOGETHER),
            None => self.last.get(index.checked_sub(self.full.len() * TOGETHER)?),
        }
    }

    /// The mean loss of the batch of each step, before its update.
    pub fn losses(&self) -> impl Iterator<Item = f64> {
        self.found_by().map(|found| found.loss)
    }

    /// Seconds of so many steps, at most all that were made.
    pub fn seconds(&self, steps: u64) -> f64 {
        self.step(steps.min(self.steps() as u64)).map_or(0.0, |found| found.seconds)
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
            history.add(&StepReport { step, loss: step as f64, gradient_norm: 0.0, layers }, 0.5);
        }
        assert_eq!(history.steps(), 10_000);
        assert!(history.losses().eq((1..=10_000).map(f64::from)));
        for step in [1, 4096, 4097, 9_999] {
            let found = StepFound { loss: step as f64, seconds: 0.5 * step as f64 };
            assert_eq!(history.step(step), Some(&found));
        }
        assert_eq!((history.step(0), history.step(10_001)), (None, None));
        assert_eq!((history.seconds(0), history.seconds(20_000)), (0.0, 5_000.0));
        let steps: Vec<_> = history.layers().iter().map(|kept| kept.step).collect();
        assert!((KEPT / 2 - 1..KEPT).contains(&steps.len()), "{}", steps.len());
        assert_eq!(steps[0], 1);
        let apart = steps[1] - steps[0];
        assert!(steps.windows(2).all(|pair| pair[1] - pair[0] == apart));
    }
}

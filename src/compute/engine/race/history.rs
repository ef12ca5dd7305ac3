use std::sync::Arc;

use crate::trainer::{LayerStep, StepReport};

/// What every step of a racer found: losses of all of them, and what is found layer by layer of as many as there is room for.
///
/// Memory does not grow with steps: where there were more than [`MOST_FOUND`] numbers, two, four, ... steps after one another share
/// one, which has their mean, their least and their greatest loss. To copy it takes no longer as it grows: what is full is shared.
#[derive(Clone, Debug, Default)]
pub struct History {
    full: Vec<Arc<[StepFound]>>,
    last: Vec<StepFound>,
    /// Steps that were made.
    made: u64,
    /// How many of them share a number, a power of two; the last ones may be fewer.
    each: u64,
    /// Every how many steps layers are kept; a power of two.
    stride: u64,
    layers: Vec<Arc<LayerSteps>>,
}

/// What a step found, or some after one another, and how long it took to get there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepFound {
    /// The mean loss of its batch, before its update; of several the mean of these.
    pub loss: f64,
    /// The least of these.
    pub low: f64,
    /// The greatest.
    pub high: f64,
    /// Seconds that this step and all before it took on the racer's own thread, without pauses and what is measured between
    /// steps.
    pub seconds: f64,
}

impl StepFound {
    /// This one, of so many steps, and the next, of so many.
    fn and(self, steps: u64, next: Self, more: u64) -> Self {
        let (steps, more) = (steps as f64, more as f64);
        Self {
            loss: (steps * self.loss + more * next.loss) / (steps + more),
            low: self.low.min(next.low),
            high: self.high.max(next.high),
            seconds: next.seconds,
        }
    }
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

/// Numbers of losses that a racer keeps, at most: 2 MiB of them.
pub const MOST_FOUND: usize = 65_536;
/// Numbers that are shared once there are so many.
const TOGETHER: usize = 4096;
/// Steps that layers are kept of, at most.
const KEPT: usize = 2048;

impl History {
    /// Adds the next step, which took so many seconds.
    pub(super) fn add(&mut self, report: &StepReport, seconds: f64) {
        let before = self.found_by().last().map_or(0.0, |found| found.seconds);
        let StepReport { step, loss, gradient_norm, layers } = report;
        self.add_loss(StepFound { loss: *loss, low: *loss, high: *loss, seconds: before + seconds });
        self.stride = self.stride.max(1);
        if !(step - 1).is_multiple_of(self.stride) {
            return;
        }
        self.layers.push(Arc::new(LayerSteps { step: *step, gradient_norm: *gradient_norm, layers: layers.clone() }));
        if self.layers.len() >= KEPT {
            self.stride *= 2;
            let stride = self.stride;
            self.layers.retain(|kept| (kept.step - 1).is_multiple_of(stride));
        }
    }

    fn add_loss(&mut self, found: StepFound) {
        self.each = self.each.max(1);
        let filled = self.made % self.each;
        self.made += 1;
        if filled > 0
            && let Some(last) = self.last.last_mut()
        {
            *last = last.and(filled, found, 1);
            return;
        }
        if self.last.len() == TOGETHER {
            self.full.push(std::mem::take(&mut self.last).into());
            if self.full.len() * TOGETHER >= MOST_FOUND {
                self.fold();
            }
        }
        self.last.push(found);
    }

    /// Has two steps, or twice as many as so far, share a number.
    fn fold(&mut self) {
        let each = self.each;
        let all: Vec<_> = self.full.iter().flat_map(|full| full.iter().copied()).collect();
        let pair = |pair: &[StepFound]| match *pair {
            [one, next, ..] => Some(one.and(each, next, each)),
            _ => None,
        };
        let folded: Vec<_> = all.chunks_exact(2).filter_map(pair).collect();
        self.full = folded.chunks(TOGETHER).map(Arc::from).collect();
        self.each = 2 * each;
    }

    /// How many steps there are.
    pub fn steps(&self) -> u64 {
        self.made
    }

    /// How many steps share a number: one, until there are more than there is room for.
    pub fn each(&self) -> u64 {
        self.each.max(1)
    }

    /// What each step found, or some steps after one another, the first one first.
    pub fn found_by(&self) -> impl DoubleEndedIterator<Item = &StepFound> {
        self.full.iter().flat_map(|full| full.iter()).chain(&self.last)
    }

    /// The steps that these were made after, the last ones of those that share a number.
    pub fn ends(&self) -> impl Iterator<Item = u64> {
        let (each, made) = (self.each(), self.made);
        (1..=made.div_ceil(each)).map(move |number| (number * each).min(made))
    }

    /// What a step found, counted from 1, with those that it shares a number with.
    pub fn step(&self, step: u64) -> Option<&StepFound> {
        if step > self.made {
            return None;
        }
        let index = usize::try_from(step.checked_sub(1)? / self.each()).ok()?;
        match self.full.get(index / TOGETHER) {
            Some(full) => full.get(index % TOGETHER),
            None => self.last.get(index.checked_sub(self.full.len() * TOGETHER)?),
        }
    }

    /// The mean loss of the batch of each step, before its update; of steps that share a number their mean.
    pub fn losses(&self) -> impl Iterator<Item = f64> {
        self.found_by().map(|found| found.loss)
    }

    /// Seconds of so many steps, at most all that were made.
    pub fn seconds(&self, steps: u64) -> f64 {
        let steps = steps.min(self.made);
        let Some(found) = self.step(steps) else { return 0.0 };
        let begin = (steps - 1) / self.each() * self.each();
        let end = (begin + self.each()).min(self.made);
        let before = self.step(begin).map_or(0.0, |found| found.seconds);
        before + (found.seconds - before) * ((steps - begin) as f64 / (end - begin) as f64)
    }

    /// What was found layer by layer: of every step, or evenly spaced ones.
    pub fn layers(&self) -> &[Arc<LayerSteps>] {
        &self.layers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(steps: u64) -> History {
        let mut history = History::default();
        for step in 1..=steps {
            let layers = vec![LayerStep::default(); 3];
            history.add(&StepReport { step, loss: step as f64, gradient_norm: 0.0, layers }, 0.5);
        }
        history
    }

    #[test]
    fn all_losses_and_evenly_spaced_layers_are_kept() {
        let history = history(10_000);
        assert_eq!((history.steps(), history.each()), (10_000, 1));
        assert!(history.losses().eq((1..=10_000).map(f64::from)) && history.ends().eq(1..=10_000));
        for step in [1, 4096, 4097, 9_999] {
            let loss = step as f64;
            assert_eq!(history.step(step), Some(&StepFound { loss, low: loss, high: loss, seconds: 0.5 * loss }));
        }
        assert_eq!((history.step(0), history.step(10_001)), (None, None));
        assert_eq!((history.seconds(0), history.seconds(20_000)), (0.0, 5_000.0));
        let steps: Vec<_> = history.layers().iter().map(|kept| kept.step).collect();
        assert!((KEPT / 2 - 1..KEPT).contains(&steps.len()), "{}", steps.len());
        assert_eq!(steps[0], 1);
        let apart = steps[1] - steps[0];
        assert!(steps.windows(2).all(|pair| pair[1] - pair[0] == apart));
    }

    #[test]
    fn a_long_race_takes_no_more_room_and_its_means_stay() {
        let steps = 300_007;
        let history = history(steps);
        let found: Vec<_> = history.found_by().copied().collect();
        assert!(found.len() <= MOST_FOUND && found.len() > MOST_FOUND / 2, "{}", found.len());
        assert!(size_of::<StepFound>() * MOST_FOUND <= 2 << 20);
        assert_eq!((history.each(), history.steps()), (8, steps));
        assert!(history.layers().len() < KEPT);
        let mut begin = 1;
        for (found, end) in found.iter().zip(history.ends()) {
            // Losses are the numbers of their steps.
            assert_eq!((found.low, found.high), (begin as f64, end as f64));
            assert!((found.loss - 0.5 * (begin + end) as f64).abs() < 1e-9 * found.loss, "{found:?}");
            begin = end + 1;
        }
        assert_eq!(begin, steps + 1);
        for step in [1, 3, 8, 9, 200_000, steps] {
            assert!((history.seconds(step) - 0.5 * step as f64).abs() < 1e-6, "{step}");
        }
        assert_eq!(history.step(steps).map(|found| found.high), Some(steps as f64));
    }
}

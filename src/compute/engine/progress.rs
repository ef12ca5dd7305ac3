use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

/// What the engine does for a request, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Reads the images.
    Images,
    /// Draws the weights.
    Weights,
    /// Scales them by what the images make of them (LSUV).
    Fit,
    /// Pushes images through the network, and back where gradients are asked for.
    Passes,
    /// Sums up dL/dW.
    WeightGradients,
    /// Counts values by size, and collects those that the quantiles lie among.
    Quantiles,
    /// Finds out by how much the weights stretch a vector.
    SpectralNorms,
    /// Works out what mean-field theory expects.
    Theory,
}

impl Phase {
    const ALL: [Self; 8] = [
        Self::Images,
        Self::Weights,
        Self::Fit,
        Self::Passes,
        Self::WeightGradients,
        Self::Quantiles,
        Self::SpectralNorms,
        Self::Theory,
    ];

    /// Whether nothing was measured yet, and nothing is lost that a later request would not make again.
    pub fn is_preparation(self) -> bool {
        matches!(self, Self::Images | Self::Weights | Self::Fit)
    }
}

/// How far the present request is. Whoever works writes it, whoever looks reads it, and neither waits for the other.
#[derive(Default)]
pub(super) struct Progress {
    /// Place in [`Phase::ALL`].
    phase: AtomicU8,
    done: AtomicU64,
    left: [AtomicU64; Phase::ALL.len()],
}

/// How far a request is: work as it was estimated beforehand, in nanoseconds of one thread. How long that really takes,
/// the work that is done tells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// What is being done.
    pub phase: Phase,
    /// What was done so far.
    pub done: u64,
    /// What is still to be done.
    pub left: u64,
}

impl Progress {
    /// Starts a new request.
    pub fn start(&self) {
        self.done.store(0, Ordering::Relaxed);
        self.left.iter().for_each(|left| left.store(0, Ordering::Relaxed));
        self.enter(Phase::Images);
    }

    /// Goes on to a phase. What was expected of those before it, and not done, was not needed.
    pub fn enter(&self, phase: Phase) {
        self.phase.store(phase as u8, Ordering::Relaxed);
        // At every number of images passes and weight gradients take turns.
        let last = if phase == Phase::WeightGradients { Phase::Passes } else { phase };
        self.left[..last as usize].iter().for_each(|left| left.store(0, Ordering::Relaxed));
    }

    /// What a phase will take in all from now on.
    pub fn expect(&self, phase: Phase, nanoseconds: f64) {
        self.left[phase as usize].store(nanoseconds as u64, Ordering::Relaxed);
    }

    /// What a phase will take at least from now on.
    pub fn expect_at_least(&self, phase: Phase, nanoseconds: f64) {
        self.left[phase as usize].fetch_max(nanoseconds as u64, Ordering::Relaxed);
    }

    /// So much of a phase is done.
    pub fn add(&self, phase: Phase, nanoseconds: f64) {
        let nanoseconds = nanoseconds as u64;
        self.done.fetch_add(nanoseconds, Ordering::Relaxed);
        let less = |left: u64| Some(left.saturating_sub(nanoseconds));
        let _ = self.left[phase as usize].fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
    }

    /// What is being done.
    pub fn phase(&self) -> Phase {
        Phase::ALL[usize::from(self.phase.load(Ordering::Relaxed)).min(Phase::ALL.len() - 1)]
    }

    /// How far it is.
    pub fn look(&self) -> Look {
        let left = self.left.iter().map(|left| left.load(Ordering::Relaxed)).sum();
        Look { phase: self.phase(), done: self.done.load(Ordering::Relaxed), left }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_is_no_longer_left_and_what_was_not_needed_neither() {
        let progress = Progress::default();
        progress.start();
        progress.expect(Phase::Weights, 10.0);
        progress.expect(Phase::Passes, 100.0);
        progress.expect(Phase::WeightGradients, 40.0);
        progress.enter(Phase::Weights);
        progress.add(Phase::Weights, 4.0);
        assert_eq!(progress.look(), Look { phase: Phase::Weights, done: 4, left: 146 });
        progress.enter(Phase::Passes);
        progress.add(Phase::Passes, 30.0);
        progress.enter(Phase::WeightGradients);
        progress.add(Phase::WeightGradients, 50.0);
        assert_eq!(progress.look(), Look { phase: Phase::WeightGradients, done: 84, left: 70 });
        progress.enter(Phase::Theory);
        assert_eq!(progress.look().left, 0);
    }
}

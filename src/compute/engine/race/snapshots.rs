use std::sync::Arc;

use crate::subject::TrainedWeights;

/// What the snapshots of all racers together may take: 192 MiB.
pub const SNAPSHOT_BYTES: usize = 192 << 20;

/// A racer's weights after steps 1, 2, 4, ... of its first epoch and after every epoch; where there is no room for all of them,
/// after every second, fourth, ... epoch. The start needs no room: it can be drawn again.
#[derive(Clone, Debug)]
pub struct Snapshots {
    kept: Vec<Arc<TrainedWeights>>,
    /// How many there is room for.
    room: usize,
    steps_per_epoch: u64,
    /// Every how many epochs one is kept; a power of two.
    stride: u64,
    /// In place of all that: the steps they are kept after, the first one first.
    only: Option<Vec<u64>>,
}

impl Snapshots {
    /// None yet, of a network that takes so many bytes, one of so many racers.
    pub(super) fn none(bytes: usize, racers: usize, steps_per_epoch: u64) -> Self {
        let room = SNAPSHOT_BYTES / racers.max(1) / bytes.max(1);
        Self { kept: Vec::new(), room, steps_per_epoch: steps_per_epoch.max(1), stride: 1, only: None }
    }

    /// Keeps weights after these steps alone, the first one first.
    pub(super) fn keep_only(&mut self, steps: Vec<u64>) {
        self.only = Some(steps);
    }

    /// Has room beside so many racers from now on.
    pub(super) fn fit_among(&mut self, bytes: usize, racers: usize) {
        self.room = SNAPSHOT_BYTES / racers.max(1) / bytes.max(1);
        self.thin();
    }

    /// Whether the weights after a step are to be kept.
    pub(super) fn wants(&self, step: u64) -> bool {
        let is_new = self.kept.last().is_none_or(|last| last.step() < step);
        self.room > 0 && step > 0 && is_new && self.is_regular(step)
    }

    fn is_regular(&self, step: u64) -> bool {
        if let Some(only) = &self.only {
            return self.kept.len() < self.room && only.binary_search(&step).is_ok();
        }
        let is_early = step < self.steps_per_epoch && step.is_power_of_two();
        is_early || step.is_multiple_of(self.steps_per_epoch * self.stride)
    }

    /// Keeps them. Where there is no room for more, every second of the epochs goes, and at last what came before them.
    pub(super) fn add(&mut self, weights: Arc<TrainedWeights>) {
        self.kept.push(weights);
        self.thin();
    }

    fn thin(&mut self) {
        while self.kept.len() > self.room {
            let epochs = self.kept.iter().filter(|kept| kept.step() >= self.steps_per_epoch).count();
            if epochs > 1 {
                self.stride *= 2;
                let period = self.steps_per_epoch * self.stride;
                let each = self.steps_per_epoch;
                self.kept.retain(|kept| kept.step() < each || kept.step().is_multiple_of(period));
            } else {
                self.kept.remove(0);
            }
        }
    }

    /// Forgets those after a step.
    pub(super) fn forget_after(&mut self, step: u64) {
        self.kept.retain(|kept| kept.step() <= step);
    }

    /// Those that are kept, the first step first.
    pub fn kept(&self) -> &[Arc<TrainedWeights>] {
        &self.kept
    }

    /// What there is no room for, in a sentence; nothing, if all are kept.
    pub fn what_is_left_out(&self) -> Option<String> {
        let limit = SNAPSHOT_BYTES >> 20;
        match (self.room, self.stride) {
            (0, _) => Some(format!(
                "These networks are too large for snapshots, which may take {limit} MiB: only the start and the present step \
                 can be looked at."
            )),
            (_, 1) => None,
            (_, stride) => {
                // Powers of two: none of them ends in 1 or 3.
                let ending = if stride % 10 == 2 && stride % 100 != 12 { "nd" } else { "th" };
                Some(format!(
                    "Snapshots may take {limit} MiB: every {stride}{ending} epoch is kept, and the present step."
                ))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use ndarray::{Array1, Array2};

    use super::*;
    use crate::experiment::NetworkFramework;
    use crate::training::Training;

    fn weights(step: u64) -> Arc<TrainedWeights> {
        let kernels = vec![Array2::zeros((3, 2)), Array2::zeros((2, 10))];
        let training = Training::of(NetworkFramework::Keras);
        let biases = vec![Array1::zeros(2), Array1::zeros(10)];
        Arc::new(TrainedWeights::new(training, step, kernels, biases).unwrap_or_else(|error| panic!("{error}")))
    }

    fn steps_of(snapshots: &Snapshots) -> Vec<u64> {
        snapshots.kept().iter().map(|kept| kept.step()).collect()
    }

    fn run(snapshots: &mut Snapshots, steps: u64) {
        for step in 1..=steps {
            if snapshots.wants(step) {
                snapshots.add(weights(step));
            }
        }
    }

    #[test]
    fn the_first_steps_and_all_epochs_are_kept_while_there_is_room() {
        let mut snapshots = Snapshots::none(SNAPSHOT_BYTES / 100, 1, 10);
        run(&mut snapshots, 45);
        assert_eq!(steps_of(&snapshots), [1, 2, 4, 8, 10, 20, 30, 40]);
        assert_eq!(snapshots.what_is_left_out(), None);
        snapshots.forget_after(20);
        assert_eq!(steps_of(&snapshots), [1, 2, 4, 8, 10, 20]);
    }

    #[test]
    fn where_there_is_no_room_they_are_thinned_evenly() {
        let mut snapshots = Snapshots::none(SNAPSHOT_BYTES / 2 / 8, 2, 10);
        run(&mut snapshots, 1000);
        let steps = steps_of(&snapshots);
        assert!(steps.len() <= 8 && steps[..4] == [1, 2, 4, 8], "{steps:?}");
        let epochs = &steps[4..];
        assert!(epochs.len() >= 2 && epochs.windows(2).all(|pair| pair[1] - pair[0] == epochs[0]), "{epochs:?}");
        assert!(snapshots.what_is_left_out().is_some_and(|sentence| sentence.contains("epoch is kept")));
        let mut none = Snapshots::none(SNAPSHOT_BYTES, 2, 10);
        run(&mut none, 100);
        assert!(none.kept().is_empty());
        assert!(none.what_is_left_out().is_some_and(|sentence| sentence.contains("too large")));
    }
}

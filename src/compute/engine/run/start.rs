use std::sync::Arc;

use super::Start;
use super::seen::Seen;
use crate::engine::streams::Quantity;
use crate::network::Shown;
use crate::stats::{Distribution, Tally};

impl Start {
    /// How many streams are its.
    pub fn streams(&self) -> usize {
        self.layers * self.run.quantities().len()
    }

    /// The values of its streams that are kept of a block.
    pub fn kept(&self, block: usize) -> &[Arc<[f32]>] {
        let kept = self.run.all.as_ref().and_then(|(_, all)| all.kept.get(block));
        kept.map_or(&[], |kept| &kept[..self.streams()])
    }

    /// A block's outputs of its last layer, to go on from.
    pub fn shown(&self, block: usize, count: usize) -> Shown<'_> {
        let network = &self.run.network;
        let stream = self.run.streams.find(self.layers - 1, Quantity::Output);
        let outputs = stream.and_then(|stream| self.kept(block).get(stream)).map_or(&[][..], |outputs| outputs);
        Shown::Outputs(network.linear_layers + self.layers, outputs, count)
    }

    /// What its layers add up to.
    pub fn hand_over(&self, full: &mut Seen, all: &mut Seen) {
        let (streams, kernels) = (self.streams(), self.run.network.linear_layers + self.layers);
        let Some((_, found)) = &self.run.all else { return };
        for (into, from) in [(&mut *full, &self.run.full), (all, found)] {
            into.sums.moments[..streams].copy_from_slice(&from.sums.moments[..streams]);
            into.kernels[..kernels].copy_from_slice(&from.kernels[..kernels]);
        }
        full.tallies[..streams].clone_from_slice(&self.run.full.tallies[..streams]);
    }

    /// What was found of a stream, if it is its.
    pub fn found(&self, stream: usize) -> Option<(Tally, Distribution)> {
        let (_, all) = self.run.all.as_ref().filter(|_| stream < self.streams())?;
        Some((all.tallies[stream].clone(), self.run.distributions[stream].clone()))
    }
}

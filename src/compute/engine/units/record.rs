use ndarray::Array2;

use super::Firing;
use crate::dataset::Source;
use crate::engine::last_measured::MeasuredNetwork;
use crate::engine::sweep::images_of;
use crate::network::{BLOCK, Interrupted, Network, Scratch, Stage};
use crate::stats::UnitCounts;

/// Pre-activations that are kept of a layer (64 MiB); the others are computed again, which gives the same bits.
const KEPT: usize = 16 << 20;

/// What is known of one layer's units, block by block of the images.
pub(super) struct Record {
    network: Network,
    source: Source,
    /// The layer's, among the network's kernels.
    kernel: usize,
    /// How many there are to be.
    total: usize,
    pub firing: Firing,
    /// For each unit, the images for which its output is one of a flat piece.
    pub flat: Vec<u32>,
    /// Pre-activations [units, BLOCK] of the first blocks.
    kept: Vec<Box<[f32]>>,
}

/// What one block of images makes of a layer.
pub(super) struct Block {
    words: Vec<u64>,
    flat: Vec<u32>,
    undefined: Vec<bool>,
    z: Option<Box<[f32]>>,
}

/// What one thread needs to push blocks through a network.
pub(super) struct Workspace {
    images: Array2<f32>,
    scratch: Scratch,
}

impl Workspace {
    pub fn new(looked_at: &MeasuredNetwork) -> Self {
        Self { images: Array2::zeros((BLOCK, looked_at.source.dim())), scratch: Scratch::new(&looked_at.measured) }
    }
}

impl Record {
    /// A record of hidden layer `layer`, counted from 0, without images yet.
    pub fn new(looked_at: &MeasuredNetwork, layer: usize) -> Self {
        let network = looked_at.measured.clone();
        let kernel = network.linear_layers + layer;
        let total = looked_at.subject.experiment().inputs.images.min(looked_at.source.len());
        let (firing, flat) = (Firing::none(network.width(layer)), vec![0; network.width(layer)]);
        Self { network, source: looked_at.source.clone(), kernel, total, firing, flat, kept: Vec::new() }
    }

    /// Whether it is of this network and these images.
    pub fn is_of(&self, looked_at: &MeasuredNetwork) -> bool {
        self.total == looked_at.subject.experiment().inputs.images.min(looked_at.source.len())
            && self.network.is_same(&looked_at.measured)
            && self.source.is_same(&looked_at.source)
    }

    /// Whether it is of this hidden layer of it, counted from 0.
    pub fn is_of_layer(&self, looked_at: &MeasuredNetwork, layer: usize) -> bool {
        self.kernel == looked_at.measured.linear_layers + layer
    }

    /// Images there are to be in all.
    pub fn total(&self) -> usize {
        self.total
    }

    /// Blocks there are in all.
    pub fn blocks(&self) -> usize {
        self.total.div_ceil(BLOCK)
    }

    /// Blocks that are in.
    pub fn done(&self) -> usize {
        self.firing.images().div_ceil(BLOCK)
    }

    /// Whether a block's pre-activations are to be kept.
    fn keeps(&self, block: usize) -> bool {
        (block + 1) * BLOCK * self.firing.units() <= KEPT
    }

    /// Gives up pre-activations: they are many, and can be computed again.
    pub fn forget_values(&mut self) {
        self.kept = Vec::new();
    }

    /// A block's firing, and its pre-activations where they are to be kept.
    pub fn measure(
        &self,
        (looked_at, block): (&MeasuredNetwork, usize),
        Workspace { images, scratch }: &mut Workspace,
        go_on: &(dyn Fn() -> Result<(), Interrupted> + Sync),
    ) -> Result<Block, Interrupted> {
        let shown = looked_at.first.shown((block, self.total), &self.network, images, scratch);
        let units = self.firing.units();
        let flat = self.network.activation_of(self.kernel - self.network.linear_layers).plateaus().flat;
        let mut found = Block {
            words: Vec::with_capacity(units),
            flat: Vec::with_capacity(units),
            undefined: vec![false; units],
            z: None,
        };
        let pass = self.network.forward(shown, scratch, |kernel, stage, values| {
            go_on()?;
            match stage {
                _ if kernel != self.kernel => Ok(()),
                Stage::PreActivation => {
                    if self.keeps(block) {
                        let mut z = vec![0.0; units * BLOCK];
                        for (z, values) in z.chunks_exact_mut(BLOCK).zip(values.columns()) {
                            z.iter_mut().zip(values).for_each(|(z, value)| *z = *value);
                        }
                        found.z = Some(z.into());
                    }
                    Ok(())
                }
                Stage::Output => {
                    for (outputs, undefined) in values.columns().into_iter().zip(&mut found.undefined) {
                        let bits = outputs.iter().enumerate();
                        found.words.push(bits.fold(0, |word, (image, &h)| word | u64::from(h > 0.0) << image));
                        found.flat.push(outputs.iter().map(|&h| u32::from(flat.contains(h))).sum());
                        *undefined = outputs.iter().any(|h| h.is_nan());
                    }
                    // What comes after this layer is not asked for.
                    Err(Interrupted)
                }
            }
        });
        assert!(pass.is_err(), "a hidden layer has outputs");
        if found.words.len() == units { Ok(found) } else { Err(Interrupted) }
    }

    /// Adds the next block.
    pub fn add(&mut self, block: Block) {
        let images = images_of(self.done(), self.total).len();
        // What was given up in between is not there to go on from.
        if let Some(z) = block.z.filter(|_| self.kept.len() == self.done()) {
            self.kept.push(z);
        }
        self.firing.add(images, &block.words, &block.undefined);
        self.flat.iter_mut().zip(&block.flat).for_each(|(flat, more)| *flat += more);
    }

    /// What is counted of a unit.
    pub fn counts(&self, unit: usize) -> UnitCounts {
        let (fired, undefined) = (self.firing.fired()[unit], self.firing.undefined()[unit]);
        UnitCounts { fired, flat: self.flat[unit], undefined }
    }

    /// A unit's pre-activations of a block's images, if they are kept.
    pub fn kept(&self, block: usize, unit: usize) -> Option<&[f32]> {
        let values = &self.kept.get(block)?[unit * BLOCK..];
        Some(&values[..images_of(block, self.total).len()])
    }

    /// The same, computed again.
    pub fn values(
        &self,
        (looked_at, block, unit): (&MeasuredNetwork, usize, usize),
        Workspace { images, scratch }: &mut Workspace,
        go_on: &(dyn Fn() -> Result<(), Interrupted> + Sync),
    ) -> Result<Vec<f32>, Interrupted> {
        let shown = looked_at.first.shown((block, self.total), &self.network, images, scratch);
        let mut found = None;
        let pass = self.network.forward(shown, scratch, |kernel, _, values| {
            go_on()?;
            if kernel != self.kernel {
                return Ok(());
            }
            found = Some(values.column(unit).to_vec());
            Err(Interrupted)
        });
        assert!(pass.is_err(), "a hidden layer has pre-activations");
        found.ok_or(Interrupted)
    }
}

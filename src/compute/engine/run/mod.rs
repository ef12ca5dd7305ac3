mod crew;
mod extremes;
mod looks;
mod push;
mod seen;
mod start;
mod weight_gradients;
mod workspace;

pub use crew::Crew;

use std::ops::Range;
use std::sync::Arc;

use extremes::Extremes;
use ndarray::Array2;
use rayon::prelude::*;
use seen::{Done, Seen, Sums};
use workspace::{Pushed, Workspace};

use super::cost;
use super::first_product::FirstProducts;
use super::progress::Phase;
use super::streams::{Quantity, Stream, Streams};
use super::sweep::{images_of, sweep};
use crate::dataset::Source;
use crate::network::{BLOCK, Interrupted, Network};
use crate::stats::{Distribution, Moments, Octaves, Tally, UnitStates};

/// Some quantities of one network on one set of images, measured block by block. It outlives the request it was made for: more
/// images are added to those that are in.
pub(super) struct Run {
    network: Network,
    /// Whether the network stands for all that differ from it in factors only.
    canonical: bool,
    source: Source,
    first: Arc<FirstProducts>,
    streams: Streams,
    /// Blocks whose values are kept, for whoever looks at them again.
    keep: usize,
    /// Full blocks.
    full: Seen,
    /// All images that are in, and what they add up to.
    all: Option<(usize, Seen)>,
    distributions: Vec<Distribution>,
    /// L2 norms of dL/dW of every kernel but the output layer's, if they were asked for.
    weight_gradients: Vec<f64>,
    /// So many of the full blocks, counted by size.
    octaves: Option<(usize, Vec<Octaves>)>,
    start: Option<Start>,
}

/// What one thread adds up.
struct Pass {
    workspace: Workspace,
    full: Counts,
    /// Counts of a last block that is not full, if it was this thread's.
    rest: Option<Counts>,
    done: Vec<Done>,
}

/// What is counted alike in any order.
struct Counts {
    tallies: Vec<Tally>,
    kernels: Vec<Extremes>,
}

/// A run whose first layers are this one's, and so need not be measured again.
struct Start {
    layers: usize,
    run: Box<Run>,
}

impl Run {
    /// A run without images yet. Keeps up to `kept_values` values.
    pub fn new(
        (network, canonical): (&Network, bool),
        (source, first): (&Source, &Arc<FirstProducts>),
        quantities: &[Quantity],
        kept_values: usize,
    ) -> Self {
        let streams = Streams::of(network, quantities);
        let full = Seen {
            blocks: 0,
            tallies: streams.tallies(),
            kernels: vec![Extremes::NONE; network.kernels.len()],
            sums: Sums { moments: vec![Moments::NONE; streams.len()], ..Sums::default() },
            kept: Vec::new(),
            logits: Vec::new(),
        };
        Self {
            network: network.clone(),
            canonical,
            source: source.clone(),
            first: Arc::clone(first),
            keep: kept_values / (BLOCK * streams.units()),
            streams,
            full,
            all: None,
            distributions: Vec::new(),
            weight_gradients: Vec::new(),
            octaves: None,
            start: None,
        }
    }

    /// Whether a run of these quantities on so many images could take over layers: by the outputs it keeps, and what it found.
    pub fn can_hand_over(&self, wanted: &[Quantity], images: usize) -> bool {
        self.quantities() == wanted
            && !wanted.contains(&Quantity::Gradient)
            && self.all.as_ref().is_some_and(|(seen, all)| *seen == images && all.kept.len() == all.blocks)
    }

    /// Takes over so many layers. Then there is one number of images this run can be [extended to](Self::up_to) at first.
    pub fn start_from(&mut self, run: Self, layers: usize) {
        self.start = (layers > 0).then(|| Start { layers, run: Box::new(run) });
    }

    /// Whether it took over layers, and has not gone on from there.
    pub fn is_started(&self) -> bool {
        self.start.is_some()
    }

    /// Whether its network stands for all that differ from it in factors only.
    pub fn is_canonical(&self) -> bool {
        self.canonical
    }

    /// The network.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The images.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// What it measures.
    pub fn quantities(&self) -> &[Quantity] {
        self.streams.quantities()
    }

    /// Values that it keeps at most.
    pub fn kept_values(&self) -> usize {
        self.keep.min(self.source.len().div_ceil(BLOCK)) * BLOCK * self.streams.units()
    }

    /// Images that are in.
    pub fn images(&self) -> usize {
        self.all.as_ref().map_or(0, |(images, _)| *images)
    }

    /// Whether so many images can be had: only by adding some.
    pub fn can_reach(&self, images: usize) -> bool {
        self.full.blocks <= images / BLOCK
    }

    /// Extends it to this many images.
    pub fn up_to(&mut self, images: usize, crew: Crew<'_>) -> Result<(), Interrupted> {
        if self.all.as_ref().is_some_and(|(seen, _)| *seen == images) {
            return Ok(());
        }
        let start = self.start.take().filter(|start| start.run.images() == images);
        let mut passes = self.tally(self.full.blocks..images.div_ceil(BLOCK), images, start.as_ref(), crew)?;
        let mut done: Vec<_> = passes.iter_mut().flat_map(|pass| std::mem::take(&mut pass.done)).collect();
        done.sort_unstable_by_key(|done| done.block);
        let last = done.split_off(done.partition_point(|done| done.block < images / BLOCK));
        let kernels = |into: &mut [Extremes], counts: &Counts| {
            into.iter_mut().zip(&counts.kernels).for_each(|(kernel, more)| kernel.merge(more));
        };
        self.full.sum(done);
        passes.iter().for_each(|pass| kernels(&mut self.full.kernels, &pass.full));
        let mut all = self.full.without_tallies();
        all.sum(last);
        let rest: Vec<_> = passes.iter().filter_map(|pass| pass.rest.as_ref()).collect();
        rest.iter().for_each(|rest| kernels(&mut all.kernels, rest));
        if let Some(start) = &start {
            start.hand_over(&mut self.full, &mut all);
        }
        // What every stream comes to needs no other.
        let each = self.full.tallies.par_iter_mut().zip(&all.sums.moments).zip(self.streams.par_iter()).enumerate();
        let finish = |(index, ((full, moments), stream)): (usize, ((&mut Tally, &Moments), &Stream))| {
            if let Some(found) = start.as_ref().and_then(|start| start.found(index)) {
                return found;
            }
            passes.iter().for_each(|pass| full.merge(&pass.full.tallies[index]));
            let mut tally = full.clone();
            rest.iter().for_each(|rest| tally.merge(&rest.tallies[index]));
            tally.continuous = *moments;
            let distribution = Distribution::within(&tally, stream.limits, stream.edges());
            (tally, distribution)
        };
        let finished: Vec<_> = crew.pool.install(|| each.map(finish).collect());
        (all.tallies, self.distributions) = finished.into_iter().unzip();
        self.all = Some((images, all));
        self.weight_gradients.clear();
        Ok(())
    }

    /// Pushes blocks through the network, one after the other on every thread. What they count depends on no order; their sums
    /// come back with the number of the block.
    fn tally(
        &self,
        blocks: Range<usize>,
        images: usize,
        start_from: Option<&Start>,
        crew: Crew<'_>,
    ) -> Result<Vec<Pass>, Interrupted> {
        let counts =
            || Counts { tallies: self.streams.tallies(), kernels: vec![Extremes::NONE; self.network.kernels.len()] };
        let start = || Pass { workspace: self.workspace(), full: counts(), rest: None, done: Vec::new() };
        sweep(crew.pool, blocks, start, |pass, block| {
            let Pass { workspace, full, rest, done } = pass;
            let count = images_of(block, images).len();
            let Counts { tallies, kernels } = if count == BLOCK { full } else { rest.insert(counts()) };
            let mut kept: Vec<Arc<[f32]>> = Vec::new();
            if block < self.keep {
                kept.extend_from_slice(start_from.map_or(&[], |start| start.kept(block)));
                kept.resize_with(self.streams.len(), Arc::default);
            }
            let mut moments = vec![Moments::NONE; self.streams.len()];
            let pushed = self.push(
                (block, images, start_from),
                workspace,
                crew,
                |stream, values| {
                    moments[stream] = tallies[stream].count(values, self.streams[stream].limits);
                    if let Some(kept) = kept.get_mut(stream) {
                        *kept = values.into();
                    }
                },
                |kernel, z| kernels[kernel].add(z, self.canonical),
            )?;
            let Pushed { loss, logit_gradient_squares, logits } = pushed;
            done.push(Done {
                block,
                sums: Sums { moments, loss, logit_gradient_squares },
                kept: (block < self.keep).then(|| kept.into()),
                logits: logits.map(Arc::new),
            });
            crew.progress.add(Phase::Passes, self.block_cost());
            Ok(())
        })
    }

    /// What a block takes, measured.
    pub fn block_cost(&self) -> f64 {
        let backward = self.streams.quantities().contains(&Quantity::Gradient);
        if backward { cost::backward(&self.network) } else { cost::forward(&self.network) }
    }

    /// L2 (Frobenius) norm of a kernel's gradient, of L as the mean over the images.
    pub fn weight_gradient_l2(&self, kernel: usize) -> Option<f64> {
        self.weight_gradients.get(kernel).copied()
    }

    /// What is found of a quantity in hidden layer `index`, from 0.
    pub fn distribution(&self, index: usize, quantity: Quantity) -> Option<&Distribution> {
        self.distributions.get(self.streams.find(index, quantity)?)
    }

    /// States of a layer's units, and the share of saturated outputs, if it measures outputs.
    pub fn outputs(&self, index: usize) -> Option<(UnitStates, Option<f64>)> {
        let (images, all) = self.all.as_ref()?;
        let stream = self.streams.find(index, Quantity::Output)?;
        let (tally, Stream { units, plateaus, .. }) = (&all.tallies[stream], &self.streams[stream]);
        let saturated = plateaus.saturated.map(|_| tally.saturated as f64 / (images * units) as f64);
        Some((UnitStates::of(tally, *images), saturated))
    }

    /// Extremes of the pre-activations of every kernel, the logits' included.
    pub fn kernels(&self) -> &[Extremes] {
        self.all.as_ref().map_or(&[], |(_, all)| &all.kernels)
    }

    /// Mean cross-entropy, in nats, if all logits are multiplied by this.
    pub fn loss(&self, scale: f64, crew: Crew<'_>) -> f64 {
        let Some((images, all)) = &self.all else { return f64::NAN };
        let sum = if scale == 1.0 || all.logits.len() < all.blocks {
            all.sums.loss
        } else {
            let of = |(block, logits): (usize, &Arc<Array2<f32>>)| {
                self.network.loss_of(&logits.view(), &self.source.labels()[images_of(block, *images)], scale)
            };
            // Few are done before another thread wakes up.
            let losses: Vec<f64> = if all.blocks < 32 {
                all.logits.iter().enumerate().map(of).collect()
            } else {
                crew.pool.install(|| all.logits.par_iter().enumerate().with_min_len(16).map(of).collect())
            };
            losses.iter().sum()
        };
        sum / *images as f64
    }

    /// L2 norm of dL/dlogits.
    pub fn logit_gradient_l2(&self) -> f64 {
        self.all.as_ref().map_or(f64::NAN, |(images, all)| all.sums.logit_gradient_squares.sqrt() / *images as f64)
    }
}

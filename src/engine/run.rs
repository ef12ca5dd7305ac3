use ndarray::{Array2, ArrayView2, s};
use rayon::ThreadPool;
use rayon::prelude::*;

use super::expectations::Expectations;
use super::streams::{Quantities, Quantity, Streams};
use super::sweep::sweep;
use super::weight_gradients::weight_gradients;
use super::{GradientMeasurement, LayerMeasurement, Measurement};
use crate::dataset::Source;
use crate::experiment::Experiment;
use crate::network::{BLOCK, Interrupted, Limits, Network, Scratch, Stage, Tape, cross_entropy};
use crate::stats::{Bins, Distribution, Moments, NonFinite, OrderCounts, RankCounts, Tally, UnitStates};
use crate::theory::ImageMoments;

/// What a run may use, and what it is to find.
pub(super) struct Resources<'a> {
    pub pool: &'a ThreadPool,
    /// Values that are kept between passes; the others are computed again, which gives the same bits.
    pub kept_values: usize,
    pub quantities: Quantities,
}

/// The measurement of one network, block of images by block of images.
pub(super) struct Run<'a> {
    resources: Resources<'a>,
    /// Blocks whose values are kept.
    keep: usize,
    experiment: &'a Experiment,
    network: &'a Network,
    source: &'a Source,
    interrupted: &'a (dyn Fn() -> bool + Sync),
    streams: Streams,
    images: usize,
    /// Of every kernel: its finite weights, and the others.
    weights: Vec<(Moments, NonFinite)>,
    /// What the blocks so far add up to.
    seen: Block,
    /// Upper bits of the values, stream by stream.
    order: Vec<OrderCounts>,
    /// Blocks in `seen`.
    blocks: usize,
    /// Values of the first blocks, stream after stream, for the passes that need the range first.
    kept: Vec<Vec<f32>>,
}

/// What the first pass over a block counts.
struct Block {
    streams: Vec<Tally>,
    /// Of the pre-activations of every kernel, the logits included.
    non_finite: Vec<NonFinite>,
    /// Of every image, as theory wants them.
    moments: Vec<ImageMoments>,
    /// Sum of the squares of dL/dlogits.
    logit_gradient_squares: f64,
    /// Sum of the images' cross-entropies.
    loss: f64,
}

/// What the second pass counts in a stream.
struct Counts {
    bins: Bins,
    ranks: RankCounts,
    limits: Limits,
}

impl Counts {
    fn fork(&self) -> Self {
        Self { bins: self.bins.fork(), ranks: self.ranks.fork(), limits: self.limits }
    }

    fn add(&mut self, values: &[f32]) {
        self.bins.add(values, self.limits);
        self.ranks.add(values);
    }

    fn merge(&mut self, other: &Self) {
        self.bins.merge(&other.bins);
        self.ranks.merge(&other.ranks);
    }
}

/// What one thread needs to push a block through the network and back.
pub(super) struct Workspace {
    /// The block's images.
    pub images: Array2<f32>,
    pub scratch: Scratch,
    pub tape: Option<Tape>,
}

/// What is known of a block when it went through the network.
struct Pushed {
    /// Sum of the images' cross-entropies.
    loss: f64,
    /// Sum of the squares of dL/dlogits; 0 without a backward pass.
    logit_gradient_squares: f64,
}

/// What one thread holds during the first pass.
struct Pass {
    workspace: Workspace,
    order: Vec<OrderCounts>,
    /// Each block with its number, and its values if they are kept.
    done: Vec<(usize, Block, Vec<f32>)>,
}

impl<'a> Run<'a> {
    /// Of no images yet.
    pub fn new(
        resources: Resources<'a>,
        experiment: &'a Experiment,
        network: &'a Network,
        source: &'a Source,
        interrupted: &'a (dyn Fn() -> bool + Sync),
    ) -> Self {
        let of = |kernel: &Array2<f32>| {
            let weights = kernel.as_slice().unwrap_or_default();
            (Moments::of(weights, f32::is_finite), NonFinite::of(weights))
        };
        let weights = resources.pool.install(|| network.kernels.par_iter().map(of).collect());
        let streams = Streams::of(network, resources.quantities);
        let tallies = streams.iter().map(|stream| Tally::none(stream.units)).collect();
        Self {
            keep: resources.kept_values / (BLOCK * streams.units()),
            resources,
            experiment,
            network,
            source,
            interrupted,
            images: experiment.inputs.images.min(source.len()),
            weights,
            seen: Block {
                streams: tallies,
                non_finite: vec![NonFinite::default(); network.kernels.len()],
                moments: Vec::new(),
                logit_gradient_squares: 0.0,
                loss: 0.0,
            },
            order: vec![OrderCounts::default(); streams.len()],
            streams,
            blocks: 0,
            kept: Vec::new(),
        }
    }

    /// All images there are to measure.
    pub fn images(&self) -> usize {
        self.images
    }

    /// Extends the measurement to this many images: whole blocks, or all. Loss and gradients are those of the mean over them.
    pub fn up_to(&mut self, images: usize) -> Result<Measurement, Interrupted> {
        let blocks = images.div_ceil(BLOCK);
        self.tally(blocks)?;
        let counts = self.count(blocks)?;
        let ranks = self.select(blocks, &counts)?;
        let Quantities { gradients, outlook, .. } = self.resources.quantities;
        // Gradients were computed of the mean over all images.
        let factor = self.images as f64 / images as f64;
        let weight_gradients = if gradients { weight_gradients(self, blocks)? } else { Vec::new() };
        let tallies = self.seen.streams.par_iter();
        let streams = tallies.zip(counts).zip(ranks);
        let distributions: Vec<Distribution> = self.resources.pool.install(|| {
            streams
                .map(|((tally, counts), ranks)| Distribution::new(tally, counts.bins, ranks.quantiles(), counts.limits))
                .collect()
        });
        let mut distributions: Vec<_> = distributions.into_iter().map(Some).collect();
        let logit_gradient_l2 = gradients.then(|| self.seen.logit_gradient_squares.sqrt() * factor);
        let expectations = self.resources.pool.install(|| {
            let weights: Vec<_> = self.weights.iter().map(|(finite, _)| finite.std()).collect();
            Expectations::of(self.experiment, &weights, &self.seen.moments, logit_gradient_l2)
        });
        let layers = (0..self.network.layers())
            .filter_map(|index| {
                let weight_l2 = weight_gradients.get(self.network.linear_layers + index).map(|l2| l2 * factor);
                let layer = self.layer(index, images, factor, &mut distributions, weight_l2)?;
                Some(LayerMeasurement { theory: expectations.layers.get(index).copied(), ..layer })
            })
            .collect();
        Ok(Measurement {
            experiment: self.experiment.clone(),
            images,
            loss: self.seen.loss / images as f64,
            layers,
            logit_gradient_l2,
            standard: self.source.standard(),
            non_finite: self.seen.non_finite.clone(),
            non_finite_weights: self.weights.iter().map(|&(_, others)| others).collect(),
            coverage: expectations.coverage,
            outlook: (outlook && images == self.images)
                .then(|| self.resources.pool.install(|| expectations.outlook(self.experiment))),
        })
    }

    /// First pass, over new blocks only.
    fn tally(&mut self, blocks: usize) -> Result<(), Interrupted> {
        let start = || Pass {
            workspace: self.workspace(),
            order: vec![OrderCounts::default(); self.streams.len()],
            done: Vec::new(),
        };
        let threads = sweep(self.resources.pool, self.blocks..blocks, start, |pass, block| {
            let Pass { workspace, order, done } = pass;
            let images = self.range(block).len();
            let keep = block < self.keep;
            let mut kept = vec![0.0; if keep { images * self.streams.units() } else { 0 }];
            let mut tallies: Vec<_> = self.streams.iter().map(|_| None).collect();
            let mut non_finite = vec![NonFinite::default(); self.network.kernels.len()];
            let pushed = self.push(
                block,
                workspace,
                |stream, values| {
                    let slot = &self.streams[stream];
                    tallies[stream] = Some(Tally::of(values, slot.units, slot.limits));
                    order[stream].add(values);
                    if keep {
                        kept[images * slot.offset..][..values.len()].copy_from_slice(values);
                    }
                },
                |kernel, z| non_finite[kernel] = NonFinite::of(z),
            )?;
            let rows = workspace.images.outer_iter().take(images);
            let moments = rows.map(|row| ImageMoments::of_f32(row.to_slice().unwrap_or_default())).collect();
            let streams = tallies.into_iter().flatten().collect();
            let Pushed { loss, logit_gradient_squares } = pushed;
            done.push((block, Block { streams, non_finite, moments, logit_gradient_squares, loss }, kept));
            Ok(())
        })?;
        let mut done = Vec::new();
        for pass in threads {
            self.order.iter_mut().zip(&pass.order).for_each(|(order, more)| order.merge(more));
            done.extend(pass.done);
        }
        done.sort_unstable_by_key(|(block, ..)| *block);
        for (block, next, kept) in done {
            for (tally, next) in self.seen.streams.iter_mut().zip(&next.streams) {
                tally.merge(next);
            }
            self.seen.non_finite.iter_mut().zip(&next.non_finite).for_each(|(seen, next)| seen.merge(*next));
            self.seen.moments.extend(next.moments);
            self.seen.logit_gradient_squares += next.logit_gradient_squares;
            self.seen.loss += next.loss;
            if block < self.keep {
                self.kept.push(kept);
            }
        }
        self.blocks = blocks;
        Ok(())
    }

    /// Second pass, now that the range is known: bins, and the middle bits of the values around the quantiles.
    fn count(&self, blocks: usize) -> Result<Vec<Counts>, Interrupted> {
        let streams = self.seen.streams.iter().zip(&self.order).zip(self.streams.iter());
        let mut counts: Vec<_> = streams
            .map(|((tally, order), stream)| Counts {
                bins: Bins::over(&tally.continuous),
                ranks: RankCounts::around(order),
                limits: stream.limits,
            })
            .collect();
        self.again(blocks, &mut counts, Counts::fork, Counts::add, Counts::merge)?;
        Ok(counts)
    }

    /// Third pass: the last bits around the quantiles.
    fn select(&self, blocks: usize, counts: &[Counts]) -> Result<Vec<RankCounts>, Interrupted> {
        let mut ranks: Vec<_> = counts.iter().map(|counts| counts.ranks.closer()).collect();
        self.again(blocks, &mut ranks, RankCounts::fork, RankCounts::add, RankCounts::merge)?;
        Ok(ranks)
    }

    /// Shows every stream's values to its counts once more: kept ones as they are, the others computed again.
    fn again<A: Send + Sync>(
        &self,
        blocks: usize,
        counts: &mut [A],
        fork: impl Fn(&A) -> A + Sync,
        add: impl Fn(&mut A, &[f32]) + Sync,
        merge: impl Fn(&mut A, &A),
    ) -> Result<(), Interrupted> {
        let start = || (None, counts.iter().map(&fork).collect::<Vec<_>>());
        let threads = sweep(self.resources.pool, 0..blocks, start, |(workspace, counts), block| {
            if let Some(kept) = self.kept.get(block) {
                let images = self.range(block).len();
                for (stream, counts) in self.streams.iter().zip(counts) {
                    add(counts, &kept[images * stream.offset..][..images * stream.units]);
                }
                return self.go_on();
            }
            let workspace = workspace.get_or_insert_with(|| self.workspace());
            self.push(block, workspace, |stream, values| add(&mut counts[stream], values), |_, _| {})?;
            Ok(())
        })?;
        for (_, forks) in threads {
            counts.iter_mut().zip(&forks).for_each(|(counts, more)| merge(counts, more));
        }
        Ok(())
    }

    /// Pushes a block through the network, and back if gradients are wanted; `emit(stream, values)` sees what is measured,
    /// `z(kernel, values)` every pre-activation, the logits included: all unit after unit.
    fn push(
        &self,
        block: usize,
        Workspace { images, scratch, tape }: &mut Workspace,
        emit: impl FnMut(usize, &[f32]),
        z: impl FnMut(usize, &[f32]),
    ) -> Result<Pushed, Interrupted> {
        let (emit, z) = (std::cell::RefCell::new(emit), std::cell::RefCell::new(z));
        let (images, labels) = self.block(block, images);
        let see = |kernel: usize, quantity: Quantity, values: &[f32]| {
            let layer = kernel.checked_sub(self.network.linear_layers);
            if let Some(stream) = layer.and_then(|layer| self.streams.find(layer, quantity)) {
                (emit.borrow_mut())(stream, values);
            }
        };
        let mut copy = Vec::new();
        let forward = |kernel: usize, stage: Stage, values: ArrayView2<'_, f32>| {
            let values = dense(&values, &mut copy);
            match stage {
                Stage::PreActivation => {
                    (z.borrow_mut())(kernel, values);
                    see(kernel, Quantity::PreActivation, values);
                }
                Stage::Output => see(kernel, Quantity::Output, values),
            }
            self.go_on()
        };
        let output = self.network.kernels.len() - 1;
        let Some(tape) = tape else {
            let logits = self.network.forward(images, scratch, forward)?;
            (z.borrow_mut())(output, logits.to_slice().unwrap_or_default());
            let loss = logits.outer_iter().zip(labels).map(|(row, &label)| cross_entropy(&row, label)).sum();
            return Ok(Pushed { loss, logit_gradient_squares: 0.0 });
        };
        let mut logit_gradient_squares = 0.0;
        let mut copy = Vec::new();
        let backward = |kernel: usize, _: ArrayView2<'_, f32>, values: ArrayView2<'_, f32>| {
            let values = dense(&values, &mut copy);
            if kernel == output {
                logit_gradient_squares = values.iter().map(|&value| f64::from(value) * f64::from(value)).sum();
            } else {
                see(kernel, Quantity::Gradient, values);
            }
            self.go_on()
        };
        let (loss, logits) =
            self.network.backward((images, labels), self.images, (scratch, tape), forward, backward)?;
        (z.borrow_mut())(output, logits.to_slice().unwrap_or_default());
        Ok(Pushed { loss, logit_gradient_squares })
    }

    /// A layer's measurement, from the distributions of its streams.
    fn layer(
        &self,
        index: usize,
        images: usize,
        gradient_factor: f64,
        distributions: &mut [Option<Distribution>],
        weight_gradient_l2: Option<f64>,
    ) -> Option<LayerMeasurement> {
        let (fan_in, units) = self.network.hidden_kernel(index).dim();
        let mut take = |quantity| distributions[self.streams.find(index, quantity)?].take();
        let tally = &self.seen.streams[self.streams.find(index, Quantity::Output)?];
        let output = take(Quantity::Output)?;
        let limits = self.network.activation.limits();
        let gradient = take(Quantity::Gradient).zip(weight_gradient_l2).map(|(distribution, weight_l2)| {
            let distribution = distribution.scaled(gradient_factor);
            let count = distribution.count as f64;
            let l2 = (count * (distribution.std * distribution.std + distribution.mean * distribution.mean)).sqrt();
            GradientMeasurement { distribution, l2, weight_l2 }
        });
        Some(LayerMeasurement {
            layer: index + 1,
            units,
            fan_in,
            weights: self.weights[self.network.linear_layers + index].0,
            saturated_fraction: limits.bounded().map(|_| tally.saturated as f64 / output.count as f64),
            output,
            pre_activation: take(Quantity::PreActivation),
            gradient,
            theory: None,
            states: UnitStates::of(tally, images),
        })
    }

    /// What a thread needs.
    pub(super) fn workspace(&self) -> Workspace {
        let tape = self.resources.quantities.gradients.then(|| Tape::new(self.network));
        let images = Array2::zeros((BLOCK, self.source.dim()));
        Workspace { images, scratch: Scratch::new(self.network), tape }
    }

    /// What it runs on.
    pub(super) fn pool(&self) -> &ThreadPool {
        self.resources.pool
    }

    /// The network.
    pub(super) fn network(&self) -> &Network {
        self.network
    }

    /// Images and labels of a block.
    pub(super) fn block<'w>(&self, block: usize, into: &'w mut Array2<f32>) -> (ArrayView2<'w, f32>, &'a [u8]) {
        let range = self.range(block);
        let images = into.slice_mut(s![..range.len(), ..]);
        if let Some(values) = images.into_slice() {
            self.source.fill(range.clone(), values);
        }
        (into.slice(s![..range.len(), ..]), &self.source.labels()[range])
    }

    /// Images of a block.
    fn range(&self, block: usize) -> std::ops::Range<usize> {
        block * BLOCK..((block + 1) * BLOCK).min(self.images)
    }

    /// Whether to.
    pub(super) fn go_on(&self) -> Result<(), Interrupted> {
        if (self.interrupted)() { Err(Interrupted) } else { Ok(()) }
    }
}

/// Values [images, units], unit after unit; as a copy if there are others between them.
fn dense<'v>(values: &'v ArrayView2<'_, f32>, copy: &'v mut Vec<f32>) -> &'v [f32] {
    if let Some(values) = values.as_slice_memory_order() {
        return values;
    }
    copy.clear();
    copy.extend(values.t().iter());
    copy
}

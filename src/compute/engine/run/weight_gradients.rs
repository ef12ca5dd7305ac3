use ndarray::ArrayView2;
use rayon::prelude::*;

use super::workspace::Workspace;
use super::{Crew, Run};
use crate::engine::cost;
use crate::engine::progress::Phase;
use crate::engine::sweep::{images_of, sweep};
use crate::network::{BLOCK, Interrupted, Kernel, WeightGradient};

/// Weights that all lanes together may hold a gradient for (256 MiB).
const HELD: usize = 64 << 20;
/// More lanes than this are of no use.
const LANES: usize = 8;

impl Run {
    /// Norms of the weights' gradients, at one more pass forward and back.
    pub fn ask_for_weight_gradients(&mut self, crew: Crew<'_>) -> Result<(), Interrupted> {
        if let Some((images, _)) = self.all
            && self.weight_gradients.is_empty()
        {
            crew.progress.enter(Phase::WeightGradients);
            self.weight_gradients = weight_gradients(self, images, crew)?;
        }
        Ok(())
    }
}

/// The L2 (Frobenius) norm of dL/dW of every kernel up to the last hidden layer's, over the first `images` images, of L as the
/// mean over them.
///
/// A kernel's gradient is the sum of its blocks' shares. Blocks are split into a fixed number of lanes, each added up in
/// order by one thread, and the lanes are merged in order: the result does not depend on threads.
fn weight_gradients(run: &Run, images: usize, crew: Crew<'_>) -> Result<Vec<f64>, Interrupted> {
    let kernels = &run.network().kernels[..run.network().kernels.len() - 1];
    let blocks = images.div_ceil(BLOCK);
    let weights: usize = kernels.iter().map(Kernel::len).sum();
    let lanes = (HELD / weights).clamp(1, LANES).min(blocks);
    let start = || (run.workspace(), Vec::new());
    let cost = cost::weight_gradients(run.network());
    crew.progress.expect_at_least(Phase::WeightGradients, blocks as f64 * cost);
    let threads = sweep(crew.pool, 0..lanes, start, |(workspace, done), lane| {
        let mut sums: Vec<_> = kernels.iter().map(|kernel| WeightGradient::none(kernel, images)).collect();
        for block in lane * blocks / lanes..(lane + 1) * blocks / lanes {
            add(run, (block, images), crew, workspace, &mut sums)?;
            crew.progress.add(Phase::WeightGradients, cost);
        }
        done.push((lane, sums));
        Ok(())
    })?;
    let mut lanes: Vec<_> = threads.into_iter().flat_map(|(_, done)| done).collect();
    lanes.sort_unstable_by_key(|(lane, _)| *lane);
    let norm = |kernel: usize| {
        crew.go_on()?;
        let mut shares: Vec<_> = lanes.iter().map(|(_, sums)| sums[kernel].sums()).collect();
        let gradients = (0..kernels[kernel].len()).map(|_| shares.iter_mut().filter_map(Iterator::next).sum::<f64>());
        Ok(gradients.map(|gradient| gradient * gradient).sum::<f64>().sqrt() / images as f64)
    };
    crew.pool.install(|| (0..kernels.len()).into_par_iter().map(norm).collect())
}

/// Adds a block's share of every kernel's gradient.
fn add(
    run: &Run,
    (block, images): (usize, usize),
    crew: Crew<'_>,
    workspace: &mut Workspace,
    sums: &mut [WeightGradient],
) -> Result<(), Interrupted> {
    let Workspace { images: pixels, scratch, tape: Some(tape) } = workspace else { return Ok(()) };
    let labels = &run.source().labels()[images_of(block, images)];
    let (shown, pixels) = run.shown_with_images((block, images), pixels, scratch);
    let forward = |_, _, _: ArrayView2<'_, f32>| crew.go_on();
    let backward = |index: usize, inputs: Option<ArrayView2<'_, f32>>, gradients: ArrayView2<'_, f32>| {
        if let Some(sum) = sums.get_mut(index) {
            sum.add(&inputs.unwrap_or(pixels), &gradients);
        }
        crew.go_on()
    };
    run.network().backward((shown, labels), 1, (scratch, tape), forward, backward)?;
    Ok(())
}

use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView2};

use super::run::{Run, Workspace};
use super::sweep::sweep;
use crate::network::Interrupted;

/// Weights that all lanes together may hold a gradient for (256 MiB).
const HELD: usize = 64 << 20;
/// More lanes than this are of no use.
const LANES: usize = 8;

/// The L2 (Frobenius) norm of dL/dW of every kernel up to the last hidden layer's, over the first `blocks` blocks.
///
/// A kernel's gradient is the sum of its blocks' shares. Blocks are split into a fixed number of lanes, each added up in
/// order by one thread, and the lanes are merged in order: the result does not depend on threads.
pub(super) fn weight_gradients(run: &Run<'_>, blocks: usize) -> Result<Vec<f64>, Interrupted> {
    let kernels = &run.network().kernels[..run.network().kernels.len() - 1];
    let weights: usize = kernels.iter().map(Array2::len).sum();
    let lanes = (HELD / weights).clamp(1, LANES).min(blocks);
    let start = || (run.workspace(), Vec::new());
    let threads = sweep(run.pool(), 0..lanes, start, |(workspace, done), lane| {
        let mut sums: Vec<_> = kernels.iter().map(|kernel| Array2::<f32>::zeros(kernel.dim())).collect();
        for block in lane * blocks / lanes..(lane + 1) * blocks / lanes {
            add(run, block, workspace, &mut sums)?;
        }
        done.push((lane, sums));
        Ok(())
    })?;
    let mut lanes: Vec<_> = threads.into_iter().flat_map(|(_, done)| done).collect();
    lanes.sort_unstable_by_key(|(lane, _)| *lane);
    let norm = |kernel: usize| {
        let mut squares = 0.0;
        for weight in 0..kernels[kernel].len() {
            let shares =
                lanes.iter().map(|(_, sums)| sums[kernel].as_slice().map_or(f64::NAN, |sum| f64::from(sum[weight])));
            let gradient: f64 = shares.sum();
            squares += gradient * gradient;
        }
        f64::sqrt(squares)
    };
    Ok((0..kernels.len()).map(norm).collect())
}

/// Adds a block's share of every kernel's gradient.
fn add(run: &Run<'_>, block: usize, workspace: &mut Workspace, sums: &mut [Array2<f32>]) -> Result<(), Interrupted> {
    let Workspace { images, scratch, tape: Some(tape) } = workspace else { return Ok(()) };
    let forward = |_, _, _: &[f32]| run.go_on();
    run.network().backward(
        run.block(block, images),
        run.images(),
        (scratch, tape),
        forward,
        |index, inputs, values| {
            if let Some(sum) = sums.get_mut(index) {
                let shape = (inputs.nrows(), sum.ncols());
                let dz =
                    ArrayView2::from_shape(shape, values).unwrap_or_else(|_| unreachable!("a gradient per output"));
                general_mat_mul(1.0, &inputs.t(), &dz, 1.0, sum);
            }
            run.go_on()
        },
    )?;
    Ok(())
}

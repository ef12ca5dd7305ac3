use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView2, ArrayViewMut2};
use rayon::prelude::*;

use super::{BLOCK, Interrupted, Network};

/// Images that kernels are scaled on, from the first, however many are measured.
pub const LSUV_IMAGES: usize = 1000;
/// How near to 1 the variance must come, and how often a kernel is scaled at most: Tol_var and T_max of the paper's code.
const TOLERANCE: f64 = 0.1;
const MOST_ROUNDS: usize = 10;

impl Network {
    /// Layer-sequential unit-variance initialization (Mishkin and Matas 2015, arXiv 1511.06422, algorithm 1), of orthonormal
    /// kernels: from the first layer to the output layer, each kernel is divided by the standard deviation of its
    /// pre-activations on these images [images, inputs] while their variance is 0.1 or more away from 1, ten times at most.
    /// Where it is zero or not finite, the kernel stays.
    ///
    /// Blocks of images in parallel on the present rayon pool, merged in order.
    ///
    /// # Errors
    /// [`Interrupted`] if `interrupted()` says so; the network is then of no use.
    pub fn fit_to(&mut self, images: Array2<f32>, interrupted: &(dyn Fn() -> bool + Sync)) -> Result<(), Interrupted> {
        let count = images.nrows();
        let mut inputs: Vec<f32> = images.into_iter().collect();
        for index in 0..self.kernels.len() {
            let mut z = self.pre_activations(index, &inputs, count);
            for _ in 0..MOST_ROUNDS {
                if interrupted() {
                    return Err(Interrupted);
                }
                let variance = variance_of(&z);
                if (variance - 1.0).abs() < TOLERANCE || variance == 0.0 || !variance.is_finite() {
                    break;
                }
                let factor = (1.0 / variance.sqrt()) as f32;
                self.kernels[index].scale(factor);
                z = self.pre_activations(index, &inputs, count);
            }
            if index >= self.linear_layers {
                z.par_chunks_mut(CHUNK).for_each(|values| self.activation.apply(values));
            }
            inputs = z;
        }
        Ok(())
    }

    /// z [images, units] of one layer, row after row.
    fn pre_activations(&self, index: usize, inputs: &[f32], count: usize) -> Vec<f32> {
        let kernel = &self.kernels[index];
        let (fan_in, fan_out) = kernel.dim();
        let draws = ArrayView2::from_shape((fan_in, fan_out), kernel.draws())
            .unwrap_or_else(|_| unreachable!("a draw for each weight"));
        let mut z = vec![0.0; count * fan_out];
        let blocks = z.par_chunks_mut(BLOCK * fan_out).zip(inputs.par_chunks(BLOCK * fan_in));
        blocks.for_each(|(z, inputs)| {
            let count = z.len() / fan_out;
            let inputs = ArrayView2::from_shape((count, fan_in), inputs)
                .unwrap_or_else(|_| unreachable!("the slice has the shape's length"));
            let mut z = ArrayViewMut2::from_shape((count, fan_out), z)
                .unwrap_or_else(|_| unreachable!("the slice has the shape's length"));
            general_mat_mul(kernel.factor(), &inputs, &draws, 0.0, &mut z);
            if let Some(biases) = &self.biases {
                z += &biases[index];
            }
        });
        z
    }
}

/// Values that are summed up by one thread.
const CHUNK: usize = 1 << 14;

/// Population variance, in two passes.
fn variance_of(values: &[f32]) -> f64 {
    let mean_of = |of: &(dyn Fn(f32) -> f64 + Sync)| {
        // In order, so that sums do not depend on threads.
        let sums: Vec<f64> =
            values.par_chunks(CHUNK).map(|values| values.iter().map(|&value| of(value)).sum()).collect();
        sums.iter().sum::<f64>() / values.len() as f64
    };
    let mean = mean_of(&f64::from);
    mean_of(&|value| (f64::from(value) - mean).powi(2))
}

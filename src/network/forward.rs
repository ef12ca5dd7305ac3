use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView2};

use super::Network;

/// Images that go through all layers together: few enough to stay in the cache.
pub const BLOCK: usize = 128;

/// A newer experiment is waiting: the pass was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interrupted;

/// What is seen of a layer on the way through it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// z = h W + b of the layer before.
    PreActivation,
    /// h = phi(z).
    Output,
}

/// The memory one thread needs to push blocks through a network.
pub struct Scratch {
    before: Vec<f32>,
    after: Vec<f32>,
}

impl Scratch {
    /// For blocks of up to [`BLOCK`] images through this network.
    pub fn new(network: &Network) -> Self {
        let widest = network.kernels.iter().map(Array2::ncols).max().unwrap_or(0);
        Self { before: vec![0.0; BLOCK * widest], after: vec![0.0; BLOCK * widest] }
    }
}

impl Network {
    /// Pushes a block of images [images, inputs], at most [`BLOCK`] of them, through all layers in f32.
    /// `visit(kernel, stage, values)` sees, row after row, pre-activations and outputs [images, units] of every layer but the
    /// last; of a linear first layer (kernel 0 then) the pre-activations alone, which are its outputs.
    /// Returns the logits [images, 10].
    ///
    /// # Errors
    /// [`Interrupted`] if `visit` says so; the remaining layers are not computed.
    #[expect(clippy::needless_pass_by_value, reason = "a view is a reference")]
    pub fn forward<'s>(
        &self,
        images: ArrayView2<'_, f32>,
        scratch: &'s mut Scratch,
        mut visit: impl FnMut(usize, Stage, &[f32]) -> Result<(), Interrupted>,
    ) -> Result<ArrayView2<'s, f32>, Interrupted> {
        let count = images.nrows();
        let Scratch { before, after } = scratch;
        for (index, kernel) in self.kernels.iter().enumerate() {
            let (fan_in, fan_out) = kernel.dim();
            {
                let input = if index == 0 { images } else { matrix(before, count, fan_in) };
                let mut z = ndarray::ArrayViewMut2::from_shape((count, fan_out), &mut after[..count * fan_out])
                    .unwrap_or_else(|_| unreachable!("the slice has the shape's length"));
                general_mat_mul(1.0, &input, kernel, 0.0, &mut z);
                if let Some(biases) = &self.biases {
                    z += &biases[index];
                }
            }
            if index + 1 < self.kernels.len() {
                let outputs = &mut after[..count * fan_out];
                visit(index, Stage::PreActivation, outputs)?;
                if index >= self.linear_layers {
                    self.activation.apply(outputs);
                    visit(index, Stage::Output, outputs)?;
                }
            }
            std::mem::swap(before, after);
        }
        Ok(matrix(before, count, self.classes()))
    }
}

pub(super) fn matrix(values: &[f32], rows: usize, columns: usize) -> ArrayView2<'_, f32> {
    ArrayView2::from_shape((rows, columns), &values[..rows * columns])
        .unwrap_or_else(|_| unreachable!("the slice has the shape's length"))
}

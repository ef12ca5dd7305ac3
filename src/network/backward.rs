use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView2, ArrayViewMut2};

use super::forward::matrix;
use super::{BLOCK, Interrupted, Network, Scratch, Stage};

/// What a block's forward pass leaves for its backward pass, and the gradients on their way.
pub struct Tape {
    /// Pre-activations and outputs of every layer but the last, [images, units] row after row.
    layers: Vec<Layer>,
    after: Vec<f32>,
    before: Vec<f32>,
}

struct Layer {
    pre_activations: Vec<f32>,
    outputs: Vec<f32>,
}

impl Tape {
    /// For blocks of up to [`BLOCK`] images through this network.
    pub fn new(network: &Network) -> Self {
        let widest = network.kernels.iter().map(Array2::ncols).max().unwrap_or(0);
        let hidden = &network.kernels[..network.kernels.len() - 1];
        let layer = |kernel: &Array2<f32>| Layer {
            pre_activations: vec![0.0; BLOCK * kernel.ncols()],
            outputs: vec![0.0; BLOCK * kernel.ncols()],
        };
        Self {
            layers: hidden.iter().map(layer).collect(),
            after: vec![0.0; BLOCK * widest],
            before: vec![0.0; BLOCK * widest],
        }
    }
}

impl Network {
    /// Pushes a block forward and its gradients back: dL/dz of L, the mean cross-entropy of the softmax of the logits with
    /// the labels over all `total` images, of which these are a block (Rumelhart, Hinton and Williams 1986).
    ///
    /// `see(kernel, stage, values)` sees pre-activations and outputs as [`Network::forward`] shows them. Then
    /// `gradient(kernel, inputs, values)` sees, from the output layer down to the first, the layer's inputs [images, fan_in]
    /// and its dL/dz [images, units]; the product of their transpose is the block's share of dL/dW. Returns the sum of the
    /// images' cross-entropies, in nats, and the logits [images, 10].
    ///
    /// # Errors
    /// [`Interrupted`] if `see` or `gradient` says so.
    pub fn backward<'s>(
        &self,
        (images, labels): (ArrayView2<'_, f32>, &[u8]),
        total: usize,
        (scratch, tape): (&'s mut Scratch, &mut Tape),
        mut see: impl FnMut(usize, Stage, &[f32]) -> Result<(), Interrupted>,
        mut gradient: impl FnMut(usize, ArrayView2<'_, f32>, &[f32]) -> Result<(), Interrupted>,
    ) -> Result<(f64, ArrayView2<'s, f32>), Interrupted> {
        let count = labels.len();
        let Tape { layers, after, before } = tape;
        let logits = self.forward(images, scratch, |index, stage, values| {
            let layer = &mut layers[index];
            let kept = match stage {
                Stage::PreActivation => &mut layer.pre_activations,
                Stage::Output => &mut layer.outputs,
            };
            kept[..values.len()].copy_from_slice(values);
            if index < self.linear_layers {
                layer.outputs[..values.len()].copy_from_slice(values);
            }
            see(index, stage, values)
        })?;
        let mut loss = 0.0;
        let classes = logits.ncols();
        for ((row, &label), gradient) in logits.outer_iter().zip(labels).zip(after.chunks_exact_mut(classes)) {
            loss += super::cross_entropy(&row, label);
            softmax_gradient(&row, label, total, gradient);
        }
        for index in (0..self.kernels.len()).rev() {
            let (fan_in, fan_out) = self.kernels[index].dim();
            let values = &after[..count * fan_out];
            let inputs = match index.checked_sub(1) {
                None => images,
                Some(below) => matrix(&layers[below].outputs, count, fan_in),
            };
            gradient(index, inputs, values)?;
            let Some(below) = index.checked_sub(1) else { break };
            let dz = matrix(values, count, fan_out);
            let mut dh = ArrayViewMut2::from_shape((count, fan_in), &mut before[..count * fan_in])
                .unwrap_or_else(|_| unreachable!("the slice has the shape's length"));
            general_mat_mul(1.0, &dz, &self.kernels[index].t(), 0.0, &mut dh);
            if below >= self.linear_layers {
                let values = &mut before[..count * fan_in];
                let z = &layers[below].pre_activations[..count * fan_in];
                self.activation.derivative(z, &mut after[..count * fan_in]);
                for (value, slope) in values.iter_mut().zip(&after[..count * fan_in]) {
                    *value *= slope;
                }
            }
            std::mem::swap(before, after);
        }
        Ok((loss, logits))
    }
}

/// dL/dlogits of one image: (softmax - one at the label) / images, in f64 until the end.
fn softmax_gradient(logits: &ndarray::ArrayView1<'_, f32>, label: u8, total: usize, gradient: &mut [f32]) {
    let greatest = f64::from(logits.iter().copied().fold(f32::NEG_INFINITY, f32::max));
    let sum: f64 = logits.iter().map(|&logit| (f64::from(logit) - greatest).exp()).sum();
    for (class, (value, &logit)) in gradient.iter_mut().zip(logits).enumerate() {
        let share = (f64::from(logit) - greatest).exp() / sum;
        let wanted = if class == usize::from(label) { 1.0 } else { 0.0 };
        *value = ((share - wanted) / total as f64) as f32;
    }
}

use ndarray::{Array2, ArrayView2};

use super::forward::{block, slice};
use super::product::{Factors, Product};
use super::{BLOCK, Interrupted, Network, Scratch, Stage};

/// What a block's forward pass leaves for its backward pass, and the gradients on their way.
pub struct Tape {
    /// Pre-activations and outputs of every layer but the last, unit after unit.
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
    /// and its dL/dz [images, units], both in memory unit after unit, but the images as they were given; the product
    /// of the inputs' transpose and the gradients is the block's share of dL/dW. Returns the sum of the
    /// images' cross-entropies, in nats, and the logits [images, 10].
    ///
    /// # Errors
    /// [`Interrupted`] if `see` or `gradient` says so.
    pub fn backward<'s>(
        &self,
        (images, labels): (ArrayView2<'_, f32>, &[u8]),
        total: usize,
        (scratch, tape): (&'s mut Scratch, &mut Tape),
        mut see: impl FnMut(usize, Stage, ArrayView2<'_, f32>) -> Result<(), Interrupted>,
        mut gradient: impl FnMut(usize, ArrayView2<'_, f32>, ArrayView2<'_, f32>) -> Result<(), Interrupted>,
    ) -> Result<(f64, ArrayView2<'s, f32>), Interrupted> {
        let count = labels.len();
        let Tape { layers, after, before } = tape;
        let logits = self.forward(images, scratch, |index, stage, values| {
            let layer = &mut layers[index];
            if stage == Stage::PreActivation {
                keep(values, &mut layer.pre_activations);
            }
            if stage == Stage::Output || index < self.linear_layers {
                keep(values, &mut layer.outputs);
            }
            see(index, stage, values)
        })?;
        let mut loss = 0.0;
        after.fill(0.0);
        for (image, (row, &label)) in logits.outer_iter().zip(labels).enumerate() {
            loss += super::cross_entropy(&row, label);
            softmax_gradient(&row, label, total, after.iter_mut().skip(image).step_by(BLOCK));
        }
        for index in (0..self.kernels.len()).rev() {
            let kernel = &self.kernels[index];
            let (fan_in, fan_out) = kernel.dim();
            let values = &after[..BLOCK * fan_out];
            let inputs = match index.checked_sub(1) {
                None => images,
                Some(below) => block(&layers[below].outputs, count),
            };
            gradient(index, inputs, block(values, count))?;
            let Some(below) = index.checked_sub(1) else { break };
            let factors = Factors { values: slice(kernel), rows: fan_in, down: fan_out, along: 1 };
            let dh = &mut before[..BLOCK * fan_in];
            Product { factors, columns: values, width: BLOCK, onto: false }.compute(dh);
            if below >= self.linear_layers {
                let slopes = &mut after[..BLOCK * fan_in];
                self.activation.derivative(&layers[below].pre_activations, slopes);
                dh.iter_mut().zip(slopes).for_each(|(value, slope)| *value *= *slope);
            }
            std::mem::swap(before, after);
        }
        Ok((loss, logits))
    }
}

/// Copies values [images, units] that lie unit after unit to where they lie so, too.
fn keep(values: ArrayView2<'_, f32>, kept: &mut [f32]) {
    if let Some(values) = values.as_slice_memory_order() {
        return kept[..values.len()].copy_from_slice(values);
    }
    for (unit, kept) in values.columns().into_iter().zip(kept.chunks_exact_mut(BLOCK)) {
        unit.iter().zip(kept).for_each(|(value, kept)| *kept = *value);
    }
}

/// dL/dlogits of one image: (softmax - one at the label) / images, in f64 until the end.
fn softmax_gradient<'g>(
    logits: &ndarray::ArrayView1<'_, f32>,
    label: u8,
    total: usize,
    gradient: impl Iterator<Item = &'g mut f32>,
) {
    let greatest = f64::from(logits.iter().copied().fold(f32::NEG_INFINITY, f32::max));
    let sum: f64 = logits.iter().map(|&logit| (f64::from(logit) - greatest).exp()).sum();
    for (class, (value, &logit)) in gradient.zip(logits).enumerate() {
        let share = (f64::from(logit) - greatest).exp() / sum;
        let wanted = if class == usize::from(label) { 1.0 } else { 0.0 };
        *value = ((share - wanted) / total as f64) as f32;
    }
}

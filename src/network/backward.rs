use ndarray::ArrayView2;

use super::forward::{add_offset, block, sum_up, unit_after_unit};
use super::loss::Softmax;
use super::product::{Factors, Product};
use super::{BLOCK, Interrupted, Kernel, Network, Scratch, Shown, Stage};

/// What a block's forward pass leaves for its backward pass, and the gradients on their way.
pub struct Tape {
    /// Pre-activations and outputs of every layer but the last, unit after unit.
    layers: Vec<Layer>,
    after: Vec<f32>,
    before: Vec<f32>,
    /// Sums over units of each image's gradients.
    sums: Vec<f32>,
}

struct Layer {
    pre_activations: Vec<f32>,
    outputs: Vec<f32>,
}

impl Tape {
    /// For blocks of up to [`BLOCK`] images through this network.
    pub fn new(network: &Network) -> Self {
        let widest = network.kernels.iter().map(Kernel::ncols).max().unwrap_or(0);
        let hidden = &network.kernels[..network.kernels.len() - 1];
        let layer = |kernel: &Kernel| Layer {
            pre_activations: vec![0.0; BLOCK * kernel.ncols()],
            outputs: vec![0.0; BLOCK * kernel.ncols()],
        };
        Self {
            layers: hidden.iter().map(layer).collect(),
            after: vec![0.0; BLOCK * widest],
            before: vec![0.0; BLOCK * widest],
            sums: vec![0.0; BLOCK],
        }
    }
}

impl Network {
    /// Pushes a block forward and its gradients back: dL/dz of L, the mean cross-entropy of the softmax of the logits with
    /// the labels over all `total` images, of which these are a block (Rumelhart, Hinton and Williams 1986).
    ///
    /// `see(kernel, stage, values)` sees pre-activations and outputs as [`Network::forward`] shows them. Then
    /// `gradient(kernel, inputs, values)` sees, from the output layer down to the first, the layer's inputs [images, fan_in]
    /// and its dL/dz [images, units], both in memory unit after unit; the first layer's inputs are the images, and not
    /// given. The product of the inputs' transpose and the gradients is the block's share of dL/dW. Returns the sum of
    /// the images' cross-entropies, in nats, and the logits [images, 10].
    ///
    /// # Errors
    /// [`Interrupted`] if `see` or `gradient` says so.
    pub fn backward<'s, 'a>(
        &self,
        (shown, labels): (impl Into<Shown<'a>>, &[u8]),
        total: usize,
        (scratch, tape): (&'s mut Scratch, &mut Tape),
        see: impl FnMut(usize, Stage, ArrayView2<'_, f32>) -> Result<(), Interrupted>,
        gradient: impl FnMut(usize, Option<ArrayView2<'_, f32>>, ArrayView2<'_, f32>) -> Result<(), Interrupted>,
    ) -> Result<(f64, ArrayView2<'s, f32>), Interrupted> {
        let logits = self.record(shown, (scratch, tape), see)?;
        let mut copy = Vec::new();
        let columns = unit_after_unit(&logits, &mut copy);
        let loss = self.descend((self.kernels.len() - 1, columns), (labels, total), tape, gradient)?;
        Ok((loss, logits))
    }

    /// Pushes a block forward as [`Network::forward`] does, and keeps on the tape what [`Network::backward_from`] needs.
    ///
    /// # Errors
    /// [`Interrupted`] if `see` says so.
    pub fn record<'s, 'a>(
        &self,
        shown: impl Into<Shown<'a>>,
        (scratch, tape): (&'s mut Scratch, &mut Tape),
        mut see: impl FnMut(usize, Stage, ArrayView2<'_, f32>) -> Result<(), Interrupted>,
    ) -> Result<ArrayView2<'s, f32>, Interrupted> {
        self.forward(shown, scratch, |index, stage, values| {
            let layer = &mut tape.layers[index];
            if stage == Stage::PreActivation {
                keep(&values, &mut layer.pre_activations);
            }
            if stage == Stage::Output || index < self.linear_layers {
                keep(&values, &mut layer.outputs);
            }
            see(index, stage, values)
        })
    }

    /// What [`Network::backward`] does with a network that ends after this one's first `layers` hidden layers, from where the
    /// same output layer follows: the forward pass is that of the deeper network, [recorded](Network::record) already. The
    /// output layer takes the outputs of any hidden layer, if all have the same width. `gradient` sees the output layer as
    /// the kernel after the last hidden one.
    ///
    /// # Errors
    /// [`Interrupted`] if `gradient` says so.
    pub fn backward_from(
        &self,
        layers: usize,
        (labels, total): (&[u8], usize),
        tape: &mut Tape,
        gradient: impl FnMut(usize, Option<ArrayView2<'_, f32>>, ArrayView2<'_, f32>) -> Result<(), Interrupted>,
    ) -> Result<f64, Interrupted> {
        let end = self.linear_layers + layers;
        let output = self.kernels.len() - 1;
        let mut logits = vec![0.0; BLOCK * self.classes()];
        let Tape { layers, sums, .. } = &mut *tape;
        self.follow(output, &layers[end - 1].outputs, sums, &mut logits);
        self.descend((end, &logits), (labels, total), tape, gradient)
    }

    /// From the logits after the first `end` layers back to the first, see [`Network::backward`]; returns the sum of the
    /// images' cross-entropies.
    fn descend(
        &self,
        (end, logits): (usize, &[f32]),
        (labels, total): (&[u8], usize),
        tape: &mut Tape,
        mut gradient: impl FnMut(usize, Option<ArrayView2<'_, f32>>, ArrayView2<'_, f32>) -> Result<(), Interrupted>,
    ) -> Result<f64, Interrupted> {
        let count = labels.len();
        let Tape { layers, after, before, sums } = tape;
        after.fill(0.0);
        let gradient_of_logits = Some((&mut after[..BLOCK * self.classes()], 1.0 / total as f64));
        let loss = Softmax { logits, labels, scale: 1.0, gradient: gradient_of_logits }.cross_entropy();
        for index in (0..=end).rev() {
            let kernel = &self.kernels[if index == end { self.kernels.len() - 1 } else { index }];
            let (fan_in, fan_out) = kernel.dim();
            let values = &after[..BLOCK * fan_out];
            let inputs = index.checked_sub(1).map(|below| block(&layers[below].outputs, count));
            gradient(index, inputs, block(values, count))?;
            let Some(below) = index.checked_sub(1) else { break };
            let factors = Factors { values: kernel.draws(), rows: fan_in, down: fan_out, along: 1 };
            let dh = &mut before[..BLOCK * fan_in];
            Product { factors, columns: values, width: BLOCK, scale: kernel.factor(), onto: false }.compute(dh);
            if kernel.offset() != 0.0 {
                sum_up(values, sums);
                add_offset(kernel, sums, dh);
            }
            if below >= self.linear_layers {
                let slopes = &mut after[..BLOCK * fan_in];
                self.activation.derivative(&layers[below].pre_activations, slopes);
                dh.iter_mut().zip(slopes).for_each(|(value, slope)| *value *= *slope);
            }
            std::mem::swap(before, after);
        }
        Ok(loss)
    }
}

/// Copies values [images, units] that lie unit after unit to where they lie so, too.
fn keep(values: &ArrayView2<'_, f32>, kept: &mut [f32]) {
    if let Some(values) = values.as_slice_memory_order() {
        return kept[..values.len()].copy_from_slice(values);
    }
    for (unit, kept) in values.columns().into_iter().zip(kept.chunks_exact_mut(BLOCK)) {
        unit.iter().zip(kept).for_each(|(value, kept)| *kept = *value);
    }
}

use std::cell::RefCell;

use ndarray::ArrayView2;

use super::forward::{add_offset, block, sum_up, unit_after_unit};
use super::layer_norm;
use super::logistic::binary_cross_entropy;
use super::loss::Softmax;
use super::product::{Factors, Product};
use super::{BLOCK, Interrupted, Kernel, LossKind, Network, Scratch, Shown, Stage};
use crate::numeric::{Arithmetic, Level, Work, drop_faint};
use crate::subject::NormPlace;

/// What a block's forward pass leaves for its backward pass, and the gradients on their way.
pub struct Tape {
    /// Pre-activations and outputs of every layer but the last, unit after unit.
    layers: Vec<Layer>,
    /// dL/dlogits of the sum over images.
    logits: Vec<f64>,
    after: Vec<f32>,
    before: Vec<f32>,
    /// Sums over units of each image's gradients.
    sums: Vec<f32>,
}

struct Layer {
    pre_activations: Vec<f32>,
    /// What the next layer takes.
    outputs: Vec<f32>,
    /// What was normalised, if anything was.
    unnormed: Vec<f32>,
}

impl Tape {
    /// For blocks of up to [`BLOCK`] images through this network.
    pub fn new(network: &Network) -> Self {
        let widest = network.kernels.iter().map(Kernel::ncols).max().unwrap_or(0);
        let hidden = &network.kernels[..network.kernels.len() - 1];
        let layer = |(index, kernel): (usize, &Kernel)| {
            let values = || vec![0.0; BLOCK * kernel.ncols()];
            let has_norm =
                [NormPlace::PreActivation, NormPlace::Output].map(|place| network.norm(index, place).is_some());
            let unnormed = if has_norm.contains(&true) { values() } else { Vec::new() };
            Layer { pre_activations: values(), outputs: values(), unnormed }
        };
        Self {
            layers: hidden.iter().enumerate().map(layer).collect(),
            logits: vec![0.0; BLOCK * network.classes()],
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
        let layers = RefCell::new(&mut tape.layers);
        let visit = |index: usize, stage: Stage, values: ArrayView2<'_, f32>| {
            let mut layers = layers.borrow_mut();
            let layer = &mut layers[index];
            if stage == Stage::PreActivation {
                keep(&values, &mut layer.pre_activations);
            }
            if stage == Stage::Output || index < self.linear_layers {
                keep(&values, &mut layer.outputs);
            }
            drop(layers);
            see(index, stage, values)
        };
        self.pass(shown.into(), scratch, visit, |index, norm, values| {
            let mut layers = layers.borrow_mut();
            layers[index].unnormed.copy_from_slice(values);
            layer_norm::normalise(norm, values);
            if norm.place == NormPlace::Output {
                layers[index].outputs.copy_from_slice(values);
            }
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
        let Tape { layers, before, sums, .. } = &mut *tape;
        let last = &layers[end - 1].outputs;
        let inputs = &mut before[..last.len()];
        inputs.copy_from_slice(last);
        self.ready(end, inputs);
        self.follow(output, inputs, sums, &mut logits);
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
        let Tape { layers, logits: of_logits, after, before, sums } = tape;
        of_logits.fill(0.0);
        let loss = match self.loss {
            LossKind::Softmax => Softmax { logits, labels, scale: 1.0, gradient: Some(of_logits) }.cross_entropy(),
            LossKind::Logistic => binary_cross_entropy(logits, labels, Some(of_logits)),
            LossKind::None => f64::NAN,
        };
        let share = 1.0 / total as f64;
        after.iter_mut().zip(&*of_logits).for_each(|(value, gradient)| *value = (gradient * share) as f32);
        for index in (0..=end).rev() {
            let kernel = &self.kernels[if index == end { self.kernels.len() - 1 } else { index }];
            let (fan_in, fan_out) = kernel.dim();
            let values = &after[..BLOCK * fan_out];
            let inputs = index.checked_sub(1).map(|below| block(&layers[below].outputs, count));
            gradient(index, inputs, block(values, count))?;
            let Some(below) = index.checked_sub(1) else { break };
            let dh = &mut before[..BLOCK * fan_in];
            if index == end {
                Level::best().run(FromLogits { kernel, gradients: of_logits, share, dh });
            } else {
                let values = &mut after[..BLOCK * fan_out];
                drop_faint(Level::best(), values, BLOCK);
                let factors = Factors { values: kernel.draws(), rows: fan_in, down: fan_out, along: 1 };
                Product { factors, columns: values, width: BLOCK, scale: kernel.factor(), onto: false }.compute(dh);
                if kernel.offset() != 0.0 {
                    sum_up(values, sums);
                    add_offset(kernel, sums, dh);
                }
            }
            let (lower, slopes) = (&layers[below], &mut after[..BLOCK * fan_in]);
            if let Some(norm) = self.norm(below, NormPlace::Output) {
                layer_norm::back(norm, &lower.unnormed, dh);
            }
            if below >= self.linear_layers {
                self.activation_of(below - self.linear_layers).derivative(&lower.pre_activations, slopes);
                dh.iter_mut().zip(slopes).for_each(|(value, slope)| *value *= *slope);
            }
            if let Some(norm) = self.norm(below, NormPlace::PreActivation) {
                layer_norm::back(norm, &lower.unnormed, dh);
            }
            std::mem::swap(before, after);
        }
        Ok(loss)
    }
}

/// dL/dh of the last hidden layer, from dL/dlogits: in f64, for an image's gradients of the logits add up to 0, and where the
/// weights are nearly alike, what is left is far less than they are. Of ten classes that takes little time.
struct FromLogits<'a> {
    kernel: &'a Kernel,
    /// Class after class, [`BLOCK`] images each.
    gradients: &'a [f64],
    /// What everything is multiplied by at last.
    share: f64,
    /// Unit after unit.
    dh: &'a mut [f32],
}

impl Work for FromLogits<'_> {
    type Output = ();

    #[inline(always)]
    fn run<A: Arithmetic>(self) {
        let Self { kernel, gradients, share, dh } = self;
        let (factor, offset) = (f64::from(kernel.factor()), f64::from(kernel.offset()));
        let mut common = [0.0; BLOCK];
        if offset != 0.0 {
            for class in gradients.chunks_exact(BLOCK) {
                common.iter_mut().zip(class).for_each(|(sum, gradient)| *sum += gradient);
            }
        }
        let common = common.map(|sum| offset * sum);
        for (dh, draws) in dh.chunks_exact_mut(BLOCK).zip(kernel.draws().chunks_exact(kernel.ncols())) {
            let mut sums = [0.0; BLOCK];
            for (&draw, class) in draws.iter().zip(gradients.chunks_exact(BLOCK)) {
                let draw = f64::from(draw);
                for (sum, &gradient) in sums.iter_mut().zip(class) {
                    *sum = A::mul_add_f64(draw, gradient, *sum);
                }
            }
            for ((dh, sum), common) in dh.iter_mut().zip(sums).zip(common) {
                *dh = ((factor * sum + common) * share) as f32;
            }
        }
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

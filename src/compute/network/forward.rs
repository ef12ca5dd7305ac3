use ndarray::ArrayView2;

use super::layer_norm::normalise;
use super::logistic::binary_cross_entropy;
use super::loss::Softmax;
use super::product::{Factors, Product};
use super::{BLOCK, Interrupted, Kernel, LossKind, Network};
#[cfg(doc)]
use crate::experiment::Activation;
use crate::numeric::{Level, drop_faint};
use crate::subject::{LayerNorm, NormPlace};

/// What is seen of a layer on the way through it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// z = h W + b of the layer before.
    PreActivation,
    /// h = phi(z).
    Output,
}

/// The memory one thread needs to push blocks through a network.
///
/// Values of a layer lie unit after unit, [`BLOCK`] images each; those of a smaller block are filled up with zeros.
pub struct Scratch {
    pub(super) images: Vec<f32>,
    pub(super) before: Vec<f32>,
    pub(super) after: Vec<f32>,
    /// Sums over units of each image.
    sums: Vec<f32>,
}

impl Scratch {
    /// For blocks of up to [`BLOCK`] images through this network.
    pub fn new(network: &Network) -> Self {
        let widest = network.kernels.iter().map(Kernel::ncols).max().unwrap_or(0);
        let layer = || vec![0.0; BLOCK * widest];
        Self { images: Vec::new(), before: layer(), after: layer(), sums: vec![0.0; BLOCK] }
    }
}

/// A block of images on its way into a network.
#[derive(Clone, Copy)]
pub enum Shown<'a> {
    /// Images [images, inputs], at most [`BLOCK`]. A full block is read as it is if it lies in memory input after input.
    Images(ArrayView2<'a, f32>),
    /// What [`Network::first_product`] made of so many images.
    Product(&'a [f32], usize),
    /// Outputs of the hidden layer before this kernel, unit after unit, of so many images: there it goes on.
    Outputs(usize, &'a [f32], usize),
}

impl Shown<'_> {
    /// Images of the block.
    pub fn count(&self) -> usize {
        match self {
            Self::Images(images) => images.nrows(),
            Self::Product(_, count) | Self::Outputs(_, _, count) => *count,
        }
    }
}

impl<'a> From<ArrayView2<'a, f32>> for Shown<'a> {
    fn from(images: ArrayView2<'a, f32>) -> Self {
        Self::Images(images)
    }
}

impl Network {
    /// Images times the draws of the first kernel, and a last row of the images' sums: [units + 1, [`BLOCK`]], row after row.
    /// A network with the same draws there goes on from it, whatever they are scaled by.
    pub fn first_product(&self, images: &ArrayView2<'_, f32>, scratch: &mut Scratch) -> Box<[f32]> {
        let kernel = &self.kernels[0];
        let columns = unit_after_unit(images, &mut scratch.images);
        let mut product = vec![0.0; (kernel.ncols() + 1) * BLOCK];
        let (values, sums) = product.split_at_mut(kernel.ncols() * BLOCK);
        multiply(&kernel.with_factor(1.0), columns, values);
        sum_up(columns, sums);
        product.into()
    }

    /// Pushes a block of images through all layers in f32.
    ///
    /// `visit(kernel, stage, values)` sees pre-activations and outputs [images, units] of every layer but the last, in memory
    /// unit after unit; of a linear first layer (kernel 0 then) the pre-activations alone, which are its outputs.
    /// Returns the logits [images, classes], class after class.
    ///
    /// # Errors
    /// [`Interrupted`] if `visit` says so; the remaining layers are not computed.
    pub fn forward<'s, 'a>(
        &self,
        shown: impl Into<Shown<'a>>,
        scratch: &'s mut Scratch,
        visit: impl FnMut(usize, Stage, ArrayView2<'_, f32>) -> Result<(), Interrupted>,
    ) -> Result<ArrayView2<'s, f32>, Interrupted> {
        self.pass(shown.into(), scratch, visit, |_, norm, values| normalise(norm, values))
    }

    /// The same, with `normalise(kernel, norm, values)` for what is normalised.
    pub(super) fn pass<'s>(
        &self,
        shown: Shown<'_>,
        scratch: &'s mut Scratch,
        mut visit: impl FnMut(usize, Stage, ArrayView2<'_, f32>) -> Result<(), Interrupted>,
        mut normalise: impl FnMut(usize, &LayerNorm, &mut [f32]),
    ) -> Result<ArrayView2<'s, f32>, Interrupted> {
        let count = shown.count();
        let Scratch { images: copy, before, after, sums } = scratch;
        let mut first = 0;
        if let Shown::Outputs(kernel, values, _) = shown {
            first = kernel;
            for (unit, values) in before.chunks_exact_mut(BLOCK).zip(values.chunks_exact(count)) {
                unit[..count].copy_from_slice(values);
                unit[count..].fill(0.0);
            }
            if let Some(norm) = kernel.checked_sub(1).and_then(|below| self.norm(below, NormPlace::Output)) {
                normalise(kernel - 1, norm, &mut before[..BLOCK * norm.scale.len()]);
            }
        }
        for (index, kernel) in self.kernels.iter().enumerate().skip(first) {
            let (fan_in, fan_out) = kernel.dim();
            let values = &mut after[..BLOCK * fan_out];
            if index == 0 {
                first_values(shown, kernel, copy, values);
                if kernel.offset() != 0.0 {
                    match shown {
                        Shown::Product(product, _) => sums.copy_from_slice(&product[values.len()..]),
                        Shown::Images(ref images) => sum_up(unit_after_unit(images, copy), sums),
                        Shown::Outputs(..) => unreachable!("outputs go into later kernels"),
                    }
                    add_offset(kernel, sums, values);
                }
                self.add_biases(index, values);
            } else {
                let inputs = &mut before[..BLOCK * fan_in];
                self.ready(index, inputs);
                self.follow(index, inputs, sums, values);
            }
            if index + 1 < self.kernels.len() {
                if let Some(norm) = self.norm(index, NormPlace::PreActivation) {
                    normalise(index, norm, values);
                }
                visit(index, Stage::PreActivation, block(values, count))?;
                if index >= self.linear_layers {
                    self.activation_of(index - self.linear_layers).apply(values);
                    visit(index, Stage::Output, block(values, count))?;
                }
                if let Some(norm) = self.norm(index, NormPlace::Output) {
                    normalise(index, norm, values);
                }
            }
            std::mem::swap(before, after);
        }
        let classes = &before[..BLOCK * self.classes()];
        Ok(block(classes, count))
    }

    /// Readies what a layer put out for the kernel that follows, where its activation [fades](Activation::fades).
    pub(super) fn ready(&self, kernel: usize, columns: &mut [f32]) {
        let layer = kernel.checked_sub(1 + self.linear_layers);
        if layer.is_some_and(|layer| self.activation_of(layer).fades()) {
            drop_faint(Level::best(), columns, BLOCK);
        }
    }

    /// The pre-activations of a layer after the first, of what the layer before put out; `sums` is for use on the way.
    pub(super) fn follow(&self, index: usize, columns: &[f32], sums: &mut [f32], values: &mut [f32]) {
        let kernel = &self.kernels[index];
        multiply(kernel, columns, values);
        if kernel.offset() != 0.0 {
            sum_up(columns, sums);
            add_offset(kernel, sums, values);
        }
        self.add_biases(index, values);
    }

    fn add_biases(&self, index: usize, values: &mut [f32]) {
        if let Some(biases) = &self.biases {
            for (unit, bias) in values.chunks_exact_mut(BLOCK).zip(&biases[index]) {
                unit.iter_mut().for_each(|z| *z += bias);
            }
        }
    }

    /// Sum over images of what its loss is; NaN where there is none.
    pub fn loss_of(&self, logits: &ArrayView2<'_, f32>, labels: &[u8], scale: f64) -> f64 {
        match self.loss {
            LossKind::Softmax => Self::loss(logits, labels, scale),
            LossKind::Logistic => binary_cross_entropy(unit_after_unit(logits, &mut Vec::new()), labels, None),
            LossKind::None => f64::NAN,
        }
    }

    /// Sum over images of the cross-entropy of the softmax of the logits with the label, in nats. The logits [images, 10]
    /// are those of [`forward`](Self::forward), and multiplied by a scale.
    pub fn loss(logits: &ArrayView2<'_, f32>, labels: &[u8], scale: f64) -> f64 {
        let mut copy = Vec::new();
        let logits = unit_after_unit(logits, &mut copy);
        Softmax { logits, labels, scale, gradient: None }.cross_entropy()
    }
}

/// The first kernel's pre-activations, before offset and bias.
pub(super) fn first_values(shown: Shown<'_>, kernel: &Kernel, copy: &mut Vec<f32>, values: &mut [f32]) {
    match shown {
        Shown::Images(images) => {
            multiply(kernel, unit_after_unit(&images, copy), values);
        }
        Shown::Outputs(..) => unreachable!("outputs go into later kernels"),
        Shown::Product(product, _) => {
            values.iter_mut().zip(product).for_each(|(z, product)| *z = product * kernel.factor());
        }
    }
}

/// Sums over units of each image of a block.
pub(super) fn sum_up(columns: &[f32], sums: &mut [f32]) {
    sums.fill(0.0);
    for unit in columns.chunks_exact(BLOCK) {
        sums.iter_mut().zip(unit).for_each(|(sum, value)| *sum += value);
    }
}

/// Values of units, [`BLOCK`] images each, as [images, units].
pub(super) fn block(values: &[f32], images: usize) -> ArrayView2<'_, f32> {
    ArrayView2::from_shape((values.len() / BLOCK, BLOCK), values)
        .unwrap_or_else(|_| unreachable!("the slice has the shape's length"))
        .slice_move(ndarray::s![.., ..images])
        .reversed_axes()
}

/// A block's images, input after input, filled up to [`BLOCK`]; where they lie in memory otherwise, as a copy.
pub(super) fn unit_after_unit<'a>(images: &'a ArrayView2<'_, f32>, copy: &'a mut Vec<f32>) -> &'a [f32] {
    let (count, inputs) = images.dim();
    assert!(count <= BLOCK, "a block has at most {BLOCK} images");
    if count == BLOCK
        && let Some(values) = images.as_slice_memory_order()
        && !images.is_standard_layout()
    {
        return values;
    }
    copy.clear();
    copy.resize(BLOCK * inputs, 0.0);
    for (unit, values) in copy.chunks_exact_mut(BLOCK).zip(images.columns()) {
        unit.iter_mut().zip(values).for_each(|(copy, &value)| *copy = value);
    }
    copy
}

/// A kernel's pre-activations of a block's inputs, before offset and bias.
pub(super) fn multiply(kernel: &Kernel, columns: &[f32], values: &mut [f32]) {
    let (_, fan_out) = kernel.dim();
    let factors = Factors { values: kernel.draws(), rows: fan_out, down: 1, along: fan_out };
    Product { factors, columns, width: BLOCK, scale: kernel.factor(), onto: false }.compute(values);
}

/// Adds what a kernel's offset makes of the sums of the values it was multiplied with.
pub(super) fn add_offset(kernel: &Kernel, sums: &[f32], values: &mut [f32]) {
    for unit in values.chunks_exact_mut(BLOCK) {
        unit.iter_mut().zip(sums).for_each(|(value, sum)| *value += kernel.offset() * sum);
    }
}

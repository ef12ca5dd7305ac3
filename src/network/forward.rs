use ndarray::{Array2, ArrayView2};

use super::Network;
use super::product::{Factors, Product};

/// Images that go through all layers together: few enough that a layer's values stay in the fastest cache, and that a few
/// units of them fit the registers.
pub const BLOCK: usize = 64;

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
///
/// Values of a layer lie unit after unit, [`BLOCK`] images each; those of a smaller block are filled up with zeros.
pub struct Scratch {
    images: Vec<f32>,
    before: Vec<f32>,
    after: Vec<f32>,
    logits: Vec<f32>,
}

impl Scratch {
    /// For blocks of up to [`BLOCK`] images through this network.
    pub fn new(network: &Network) -> Self {
        let widest = network.kernels.iter().map(Array2::ncols).max().unwrap_or(0);
        let layer = || vec![0.0; BLOCK * widest];
        Self { images: Vec::new(), before: layer(), after: layer(), logits: vec![0.0; BLOCK * network.classes()] }
    }
}

impl Network {
    /// Pushes a block of images [images, inputs], at most [`BLOCK`] of them, through all layers in f32. A full block is read
    /// as it is if it lies in memory input after input.
    ///
    /// `visit(kernel, stage, values)` sees pre-activations and outputs [images, units] of every layer but the last, in memory
    /// unit after unit; of a linear first layer (kernel 0 then) the pre-activations alone, which are its outputs.
    /// Returns the logits [images, 10].
    ///
    /// # Errors
    /// [`Interrupted`] if `visit` says so; the remaining layers are not computed.
    #[expect(clippy::needless_pass_by_value, reason = "a view is two pointers")]
    pub fn forward<'s>(
        &self,
        images: ArrayView2<'_, f32>,
        scratch: &'s mut Scratch,
        mut visit: impl FnMut(usize, Stage, ArrayView2<'_, f32>) -> Result<(), Interrupted>,
    ) -> Result<ArrayView2<'s, f32>, Interrupted> {
        let count = images.nrows();
        let Scratch { images: copy, before, after, logits } = scratch;
        for (index, kernel) in self.kernels.iter().enumerate() {
            let (fan_in, fan_out) = kernel.dim();
            let input = if index == 0 { unit_after_unit(&images, copy) } else { &before[..BLOCK * fan_in] };
            let values = &mut after[..BLOCK * fan_out];
            Product { factors: transposed(kernel), columns: input, width: BLOCK, onto: false }.compute(values);
            if let Some(biases) = &self.biases {
                for (unit, bias) in values.chunks_exact_mut(BLOCK).zip(&biases[index]) {
                    unit.iter_mut().for_each(|z| *z += bias);
                }
            }
            if index + 1 < self.kernels.len() {
                visit(index, Stage::PreActivation, block(values, count))?;
                if index >= self.linear_layers {
                    self.activation.apply(values);
                    visit(index, Stage::Output, block(values, count))?;
                }
            }
            std::mem::swap(before, after);
        }
        for (image, row) in logits.chunks_exact_mut(self.classes()).enumerate() {
            row.iter_mut().zip(before.chunks_exact(BLOCK)).for_each(|(logit, unit)| *logit = unit[image]);
        }
        Ok(ArrayView2::from_shape((count, self.classes()), &logits[..count * self.classes()])
            .unwrap_or_else(|_| unreachable!("the slice has the shape's length")))
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

/// A kernel [fan_in, fan_out] on its way forward.
pub(super) fn transposed(kernel: &Array2<f32>) -> Factors<'_> {
    let (_, fan_out) = kernel.dim();
    Factors { values: slice(kernel), rows: fan_out, down: 1, along: fan_out }
}

/// A kernel's weights, row after row.
pub(super) fn slice(kernel: &Array2<f32>) -> &[f32] {
    kernel.as_slice().unwrap_or_else(|| unreachable!("kernels are in C order"))
}

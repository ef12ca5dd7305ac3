use ndarray::ArrayView2;

use super::forward::unit_after_unit;
use super::product::{Factors, LANES, Product};
use super::{BLOCK, Kernel};

/// dL/dW of a kernel [fan_in, fan_out], summed up over blocks of images in f32.
///
/// Every image's share is divided by a power of two that is no less than the number of images, so that a sum of finite numbers
/// is finite where their mean is.
pub struct WeightGradient {
    fan_out: usize,
    /// The power of two.
    divisor: f32,
    /// [`LANES`] or fewer more than `fan_out`: columns of the sums.
    width: usize,
    sums: Vec<f32>,
    /// The present block's dL/dz, image after image.
    gradients: Vec<f32>,
    /// The same unit after unit, and the inputs so, where they lie in memory otherwise.
    columns: Vec<f32>,
    inputs: Vec<f32>,
}

impl WeightGradient {
    /// A sum over no images yet, of so many, for this kernel.
    pub fn none(kernel: &Kernel, images: usize) -> Self {
        let (fan_in, fan_out) = kernel.dim();
        let width = fan_out.next_multiple_of(LANES);
        Self {
            fan_out,
            divisor: images.next_power_of_two() as f32,
            width,
            sums: vec![0.0; fan_in * width],
            gradients: vec![0.0; BLOCK * width],
            columns: Vec::new(),
            inputs: Vec::new(),
        }
    }

    /// Adds a block's share, from the layer's inputs [images, fan_in] and dL/dz [images, fan_out].
    pub fn add(&mut self, inputs: &ArrayView2<'_, f32>, gradients: &ArrayView2<'_, f32>) {
        let columns = unit_after_unit(gradients, &mut self.columns);
        let share = 1.0 / self.divisor;
        for (units, first) in columns.chunks(LANES * BLOCK).zip((0..).step_by(LANES)) {
            for image in 0..BLOCK {
                let place = &mut self.gradients[image * self.width + first..][..LANES];
                place
                    .iter_mut()
                    .zip(units[image..].iter().step_by(BLOCK))
                    .for_each(|(place, &value)| *place = value * share);
            }
        }
        let values = unit_after_unit(inputs, &mut self.inputs);
        let factors = Factors { values, rows: inputs.ncols(), down: BLOCK, along: 1 };
        let product = Product { factors, columns: &self.gradients, width: self.width, scale: 1.0, onto: true };
        product.compute(&mut self.sums);
    }

    /// The sums [fan_in, fan_out], row after row.
    pub fn sums(&self) -> impl Iterator<Item = f64> {
        let divisor = f64::from(self.divisor);
        self.sums
            .chunks_exact(self.width)
            .flat_map(|row| &row[..self.fan_out])
            .map(move |&sum| divisor * f64::from(sum))
    }
}

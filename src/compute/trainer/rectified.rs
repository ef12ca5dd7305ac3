use crate::experiment::Activation;
use crate::numeric::{Arithmetic, Level, Work};

/// Outputs of a layer from its pre-activations.
pub(super) fn outputs(activation: Activation, level: Level, z: &[f32], outputs: &mut [f32]) {
    if activation == Activation::Relu {
        return level.run(Rectified { z, outputs });
    }
    outputs.copy_from_slice(z);
    activation.apply_at(level, outputs);
}

/// Gradients of a layer's outputs become those of its pre-activations; `slopes` is for use on the way.
pub(super) fn back(activation: Activation, level: Level, z: &[f32], (gradients, slopes): (&mut [f32], &mut Vec<f32>)) {
    if activation == Activation::Relu {
        return level.run(RectifiedBack { z, gradients });
    }
    slopes.resize(gradients.len(), 0.0);
    activation.derivative_at(level, z, slopes);
    gradients.iter_mut().zip(slopes).for_each(|(gradient, slope)| *gradient *= *slope);
}

/// What networks are made of most: one pass without a copy. NaN stays.
struct Rectified<'a> {
    z: &'a [f32],
    outputs: &'a mut [f32],
}

impl Work for Rectified<'_> {
    type Output = ();

    #[inline(always)]
    fn run<A: Arithmetic>(self) {
        for (output, &z) in self.outputs.iter_mut().zip(self.z) {
            *output = if z <= 0.0 { 0.0 } else { z };
        }
    }
}

/// The same on the way back.
struct RectifiedBack<'a> {
    z: &'a [f32],
    gradients: &'a mut [f32],
}

impl Work for RectifiedBack<'_> {
    type Output = ();

    #[inline(always)]
    fn run<A: Arithmetic>(self) {
        for (gradient, &z) in self.gradients.iter_mut().zip(self.z) {
            *gradient = if z <= 0.0 { 0.0 * *gradient } else { *gradient };
        }
    }
}

//! Layer normalisation, forward and back. Values lie unit after unit, [`BLOCK`] images each.

use super::BLOCK;
use crate::subject::LayerNorm;

/// Of each image, the mean over units and the reciprocal of the standard deviation.
struct NormMoments {
    mean: [f64; BLOCK],
    rate: [f64; BLOCK],
}

impl NormMoments {
    fn of(values: &[f32], epsilon: f64) -> Self {
        let units = (values.len() / BLOCK) as f64;
        let mut mean = [0.0; BLOCK];
        for unit in values.chunks_exact(BLOCK) {
            mean.iter_mut().zip(unit).for_each(|(sum, &value)| *sum += f64::from(value));
        }
        mean.iter_mut().for_each(|sum| *sum /= units);
        let mut rate = [0.0; BLOCK];
        for unit in values.chunks_exact(BLOCK) {
            for ((sum, &value), mean) in rate.iter_mut().zip(unit).zip(&mean) {
                let off = f64::from(value) - mean;
                *sum += off * off;
            }
        }
        rate.iter_mut().for_each(|sum| *sum = 1.0 / (*sum / units + epsilon).sqrt());
        Self { mean, rate }
    }
}

/// Replaces values by the normalised ones.
pub(super) fn normalise(norm: &LayerNorm, values: &mut [f32]) {
    let NormMoments { mean, rate } = NormMoments::of(values, norm.epsilon);
    let each = values.chunks_exact_mut(BLOCK).zip(norm.scale.iter().zip(&norm.shift));
    for (unit, (&scale, &shift)) in each {
        for (image, value) in unit.iter_mut().enumerate() {
            let normal = (f64::from(*value) - mean[image]) * rate[image];
            *value = (normal * f64::from(scale) + f64::from(shift)) as f32;
        }
    }
}

/// Replaces the gradients of normalised values by those of what was normalised.
pub(super) fn back(norm: &LayerNorm, values: &[f32], gradients: &mut [f32]) {
    let NormMoments { mean, rate } = NormMoments::of(values, norm.epsilon);
    let units = (values.len() / BLOCK) as f64;
    let (mut sums, mut products) = ([0.0; BLOCK], [0.0; BLOCK]);
    let normal = |value: f32, image: usize| (f64::from(value) - mean[image]) * rate[image];
    let each = || values.chunks_exact(BLOCK).zip(&norm.scale);
    for (gradients, (values, &scale)) in gradients.chunks_exact(BLOCK).zip(each()) {
        for image in 0..BLOCK {
            let gradient = f64::from(gradients[image]) * f64::from(scale);
            sums[image] += gradient;
            products[image] += gradient * normal(values[image], image);
        }
    }
    for (gradients, (values, &scale)) in gradients.chunks_exact_mut(BLOCK).zip(each()) {
        for image in 0..BLOCK {
            let gradient = f64::from(gradients[image]) * f64::from(scale);
            let common = sums[image] + normal(values[image], image) * products[image];
            gradients[image] = (rate[image] * (gradient - common / units)) as f32;
        }
    }
}

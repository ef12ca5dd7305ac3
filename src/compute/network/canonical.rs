use super::forward::{Shown, first_values, multiply};
use super::{BLOCK, Kernel, Network, Scratch};
use crate::experiment::Activation;

impl Activation {
    /// Whether phi(s z) = s phi(z) for every s > 0.
    pub fn is_positively_homogeneous(self) -> bool {
        match self {
            Self::Linear | Self::Relu | Self::LeakyRelu { .. } => true,
            Self::Elu { alpha } => alpha == 0.0,
            _ => false,
        }
    }
}

impl Network {
    /// Whether other positive factors on the draws do nothing but scale what every layer computes.
    pub fn only_scales(&self) -> bool {
        let plain = |kernel: &Kernel| kernel.offset() == 0.0 && kernel.factor() > 0.0;
        self.functions.is_none()
            && self.activation.is_positively_homogeneous()
            && self.biases.is_none()
            && self.kernels.iter().all(plain)
    }

    /// Whether this network and another that [only scales](Self::only_scales) differ in nothing but factors.
    pub fn is_scaled(&self, other: &Self) -> bool {
        self.activation == other.activation
            && self.functions == other.functions
            && self.loss == other.loss
            && self.linear_layers == other.linear_layers
            && self.kernels.len() == other.kernels.len()
            && self.kernels.iter().zip(&other.kernels).all(|(one, other)| one.shares_draws_with(other))
    }

    /// The same draws with factors that are powers of two, such that on the first block of images [images, inputs] the
    /// greatest pre-activation of every layer is from 1 to 2: neither too little nor too much for f32, whatever the depth.
    pub fn canonical(&self, shown: Shown<'_>, scratch: &mut Scratch) -> Self {
        let mut network = self.clone();
        let count = shown.count();
        let Scratch { images, before, after, .. } = scratch;
        for (index, kernel) in network.kernels.iter_mut().enumerate() {
            let (fan_in, fan_out) = kernel.dim();
            let values = &mut after[..BLOCK * fan_out];
            *kernel = kernel.with_factor(1.0);
            if index == 0 {
                first_values(shown, kernel, images, values);
            } else {
                multiply(kernel, &before[..BLOCK * fan_in], values);
            }
            let images_of = |unit: &[f32]| unit[..count].iter().fold(0.0_f32, |greatest, z| greatest.max(z.abs()));
            let greatest = values.chunks_exact(BLOCK).map(images_of).fold(0.0, f32::max);
            let factor = if greatest.is_normal() { 1.0 / power_of_two_below(greatest) } else { 1.0 };
            *kernel = kernel.with_factor(factor);
            values.iter_mut().for_each(|z| *z *= factor);
            if index >= network.linear_layers {
                network.activation.apply(values);
            }
            std::mem::swap(before, after);
        }
        network
    }

    /// What each layer's values are of those of a network with other factors, the output layer's last.
    pub fn scales_over(&self, canonical: &Self) -> Vec<f64> {
        let factors = self.kernels.iter().zip(&canonical.kernels);
        factors
            .scan(1.0, |scale, (own, other)| {
                *scale *= f64::from(own.factor()) / f64::from(other.factor());
                Some(*scale)
            })
            .collect()
    }

    /// How many hidden layers, from the first on, compute the very same as another network's, or the same but for factors.
    pub fn common_layers(&self, other: &Self, but_for_factors: bool) -> usize {
        if self.activation != other.activation
            || self.linear_layers != other.linear_layers
            || self.functions != other.functions
        {
            return 0;
        }
        let bias = |network: &Self, index: usize| network.biases.as_ref().map(|biases| biases[index].clone());
        let hidden = self.kernels.len().min(other.kernels.len()) - 1;
        let same = |index: &usize| {
            let (one, other_one) = (&self.kernels[*index], &other.kernels[*index]);
            one.shares_draws_with(other_one)
                && (but_for_factors || (one.factor() == other_one.factor() && one.offset() == other_one.offset()))
                && bias(self, *index) == bias(other, *index)
        };
        (0..hidden).take_while(same).count().saturating_sub(self.linear_layers)
    }

    /// Whether a network computes the very same.
    pub fn is_same(&self, other: &Self) -> bool {
        let same = |(one, other): (&Kernel, &Kernel)| {
            one.shares_draws_with(other) && one.factor() == other.factor() && one.offset() == other.offset()
        };
        self.is_scaled(other) && self.biases == other.biases && self.kernels.iter().zip(&other.kernels).all(same)
    }
}

/// The power of two at or below a normal number.
fn power_of_two_below(value: f32) -> f32 {
    f32::from_bits(value.to_bits() & 0x7f80_0000)
}

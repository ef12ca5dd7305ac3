//! The network: its draws, its kernels, its forward pass.

mod backward;
mod block;
mod canonical;
mod draws;
mod forward;
mod given;
mod initializer;
mod interrupted;
mod kernel;
mod law;
mod layer_norm;
mod logistic;
mod loss;
mod lsuv;
mod normal;
mod orthogonal;
mod philox;
mod product;
mod scaling;
mod spectral_norm;
mod truncated_normal;
mod weight_gradient;

pub use backward::Tape;
pub use block::BLOCK;
pub use draws::{DrawCache, Watch};
pub use forward::{Scratch, Shown, Stage};
pub use interrupted::Interrupted;
pub use kernel::Kernel;
pub use law::Law;
pub use lsuv::LSUV_IMAGES;
pub use spectral_norm::SPECTRAL_NORM_TOLERANCE;
pub use weight_gradient::WeightGradient;

use std::sync::Arc;

use ndarray::{Array1, Array2};

#[cfg(doc)]
use crate::experiment::Initializer;
use crate::experiment::{Activation, Experiment};
use crate::subject::{LayerFunctions, LayerNorm, NormPlace};

/// A multilayer perceptron: perhaps one linear layer, then h = phi(h W + b), layer after layer, then linear logits.
#[derive(Clone)]
pub struct Network {
    /// The nonlinearity of every hidden layer.
    pub activation: Activation,
    /// Kernels [fan_in, fan_out], from the first layer to the output layer; never fewer than two hidden and output layers.
    pub kernels: Vec<Kernel>,
    /// A bias per unit, layer by layer like the kernels; `None` for none at all.
    pub biases: Option<Vec<Array1<f32>>>,
    /// Layers without activation before the hidden layers: 1 or 0.
    pub linear_layers: usize,
    /// What the hidden layers do, where that is not the same activation and nothing else.
    pub functions: Option<Arc<LayerFunctions>>,
    /// What the loss is made of the logits.
    pub loss: LossKind,
}

/// What a loss is made of logits and labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossKind {
    /// The cross-entropy of their softmax with the class.
    Softmax,
    /// The cross-entropy of their sigmoid with 0 or 1.
    Logistic,
    /// There is none.
    None,
}

impl Network {
    /// The experiment's network, from standard draws that are kept for the next one. Where the initializer looks at data
    /// ([`Initializer::looks_at_data`]), it is still to be [fitted](Network::fit_to).
    pub fn draw(experiment: &Experiment, draws: &mut DrawCache) -> Self {
        let patient = Watch { interrupted: &|| false, drawn: &|_| () };
        Self::draw_for(experiment, draws, patient).unwrap_or_else(|Interrupted| unreachable!("nobody interrupts"))
    }

    /// The same, for somebody who may lose interest.
    ///
    /// # Errors
    /// [`Interrupted`] if that happens; whole matrices that were drawn are kept for the next time.
    pub fn draw_for(experiment: &Experiment, draws: &mut DrawCache, watch: Watch<'_>) -> Result<Self, Interrupted> {
        let (kernels, biases) = draws::draw(experiment, draws, watch)?;
        let (activation, linear_layers) = (experiment.activation, experiment.linear_layers());
        let loss = if experiment.inputs.has_labels() { LossKind::Softmax } else { LossKind::None };
        Ok(Self { activation, kernels, biases, linear_layers, functions: None, loss })
    }

    /// The nonlinearity of hidden layer `index`, counted from 0.
    pub fn activation_of(&self, index: usize) -> Activation {
        let own = self.functions.as_ref().and_then(|functions| functions.activations.get(self.linear_layers + index));
        own.copied().unwrap_or(self.activation)
    }

    /// The normalisation of the layer of a kernel, if it has one there.
    pub(super) fn norm(&self, kernel: usize, place: NormPlace) -> Option<&LayerNorm> {
        let norm = self.functions.as_ref()?.norms.get(kernel)?.as_ref();
        norm.filter(|norm| norm.place == place)
    }

    /// Hidden layers: those with an activation.
    pub fn layers(&self) -> usize {
        self.kernels.len() - 1 - self.linear_layers
    }

    /// The kernel [fan_in, units] of hidden layer `index`, counted from 0.
    pub fn hidden_kernel(&self, index: usize) -> &Kernel {
        &self.kernels[self.linear_layers + index]
    }

    /// Units of hidden layer `index`, counted from 0.
    pub fn width(&self, index: usize) -> usize {
        self.hidden_kernel(index).ncols()
    }

    /// Units of all hidden layers together.
    pub fn units(&self) -> usize {
        (0..self.layers()).map(|index| self.width(index)).sum()
    }

    /// The weights of every kernel, as arrays [fan_in, fan_out].
    pub fn weights(&self) -> Vec<Array2<f32>> {
        self.kernels.iter().map(Kernel::weights).collect()
    }

    /// Logits.
    pub fn classes(&self) -> usize {
        self.kernels.last().map_or(0, Kernel::ncols)
    }

    /// Multiplications and additions per image.
    pub fn operations(&self) -> usize {
        2 * self.kernels.iter().map(Kernel::len).sum::<usize>()
    }
}

use ndarray::{Array1, Array2};

use super::named_tensor::NamedTensor;
use crate::experiment::Activation;
use crate::subject::LayerNorm;

/// What a network of a file does, one after the other.
#[derive(Clone, Debug)]
pub(super) enum NetworkStep {
    /// A dense layer.
    Dense(DenseStep),
    /// An activation.
    Activation(Activation),
    /// An activation that the file does not name.
    Unnamed,
    /// Each value is multiplied and something added: a normalisation as it is at inference. One number for all, or one for each.
    Affine { name: String, scale: Vec<f64>, shift: Vec<f64> },
    /// A layer normalisation; its place is still to be found.
    LayerNorm { name: String, norm: LayerNorm },
    /// What leaves out values, which is off at inference.
    Dropout,
    /// What adds noise, which is off at inference.
    Noise,
    /// Probabilities of logits, or their logarithms.
    Softmax,
    /// What a multilayer perceptron does not have, by its name and what it is.
    Foreign(String),
    /// Weights of that, and its biases.
    Weights(NamedTensor, Option<NamedTensor>),
}

/// A dense layer.
#[derive(Clone, Debug)]
pub(super) struct DenseStep {
    pub name: String,
    /// Weights [inputs, units].
    pub kernel: Array2<f32>,
    pub bias: Option<Array1<f32>>,
    pub initializer: Option<String>,
}

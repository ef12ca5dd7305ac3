use ndarray::{Array1, Array2};

use crate::experiment::Activation;
use crate::network::{Kernel, Network};

/// What a network is trained from.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// The nonlinearity of each hidden layer.
    pub activations: Vec<Activation>,
    /// Layers without activation before the hidden ones: 1 or 0.
    pub linear_layers: usize,
    /// Kernels [fan_in, fan_out], the output layer's last.
    pub kernels: Vec<Array2<f32>>,
    /// For each of them a bias for each unit.
    pub biases: Vec<Array1<f32>>,
}

/// A network without biases gets some of 0: what is trained has biases in every layer.
impl From<&Network> for Start {
    fn from(network: &Network) -> Self {
        let none = |kernel: &Kernel| Array1::zeros(kernel.ncols());
        let biases = network.biases.clone();
        Self {
            activations: (0..network.kernels.len().saturating_sub(network.linear_layers + 1))
                .map(|index| network.activation_of(index))
                .collect(),
            linear_layers: network.linear_layers,
            kernels: network.weights(),
            biases: biases.unwrap_or_else(|| network.kernels.iter().map(none).collect()),
        }
    }
}

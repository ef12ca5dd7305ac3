//! Operators of ONNX that are activations.

use super::activation_name::NamedLayer;
use super::onnx_graph::Node;
use crate::experiment::{Activation, AtZero, SELU_DEPTH, SELU_SCALE};

/// Whether two numbers are the same but for what f32 rounds.
fn is_near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-6 * other.abs().max(1e-30)
}

/// What an operator with one input does; `None` if it is no activation that is known here.
pub(super) fn activation(node: &Node<'_>, limits: impl Fn(usize) -> Option<f64>) -> Option<NamedLayer> {
    let activation = match node.operator.as_str() {
        "Relu" => Activation::Relu,
        "Sigmoid" => Activation::Sigmoid,
        "Tanh" => Activation::Tanh,
        "Softsign" => Activation::Softsign,
        "Softplus" => Activation::Softplus,
        "Mish" => Activation::Mish,
        "HardSwish" => Activation::HardSwish,
        "HardSigmoid" => {
            let (alpha, beta) = (node.real("alpha", 0.2), node.real("beta", 0.5));
            (is_near(alpha, 1.0 / 6.0) && is_near(beta, 0.5)).then_some(Activation::HardSigmoid)?
        }
        "LeakyRelu" => Activation::LeakyRelu { slope: node.real("alpha", 0.01) },
        "Elu" => Activation::Elu { alpha: node.real("alpha", 1.0) },
        "Celu" => Activation::Celu { alpha: node.real("alpha", 1.0) },
        "Selu" => {
            let (alpha, gamma) = (node.real("alpha", 1.673_263_2), node.real("gamma", 1.050_701));
            let is_known = is_near(gamma, SELU_SCALE) && is_near(alpha * gamma, SELU_DEPTH);
            is_known.then_some(Activation::Selu { at_zero: AtZero::Below })?
        }
        "Gelu" if node.word("approximate") == Some("tanh") => Activation::GeluTanh,
        "Gelu" => Activation::Gelu,
        "Swish" if is_near(node.real("alpha", 1.0), 1.0) => Activation::Silu,
        "Clip" => match (limits(1)?, limits(2)?) {
            (0.0, 6.0) => Activation::Relu6,
            (-1.0, 1.0) => Activation::HardTanh,
            _ => return None,
        },
        "Softmax" | "LogSoftmax" => return Some(NamedLayer::Softmax),
        _ => return None,
    };
    Some(NamedLayer::Activation(activation))
}

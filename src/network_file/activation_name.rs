//! Activations by the names that frameworks have for them.

use serde_json::Value;

use crate::experiment::{Activation, AtZero};

/// What a layer without weights does, as a framework names it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum NamedLayer {
    Activation(Activation),
    Softmax,
}

/// Keras's activation: a name, or an object with a name and a configuration.
pub(super) fn keras(value: &Value) -> Option<NamedLayer> {
    match value {
        Value::Null => Some(NamedLayer::Activation(Activation::Linear)),
        Value::String(name) => keras_function(name),
        value => {
            let class = value["class_name"].as_str()?;
            match value["config"].as_str() {
                Some(name) if class == "function" => keras_function(name),
                _ => keras_layer(class, &value["config"]).or_else(|| keras_function(class)),
            }
        }
    }
}

fn keras_function(name: &str) -> Option<NamedLayer> {
    let activation = match name {
        "linear" => Activation::Linear,
        "sigmoid" => Activation::Sigmoid,
        "hard_sigmoid" => Activation::HardSigmoid,
        "tanh" => Activation::Tanh,
        "hard_tanh" => Activation::HardTanh,
        "softsign" => Activation::Softsign,
        "relu" => Activation::Relu,
        "relu6" => Activation::Relu6,
        "leaky_relu" => Activation::LeakyRelu { slope: 0.2 },
        "elu" => Activation::Elu { alpha: 1.0 },
        "selu" => Activation::Selu { at_zero: AtZero::Above },
        "celu" => Activation::Celu { alpha: 1.0 },
        "gelu" => Activation::Gelu,
        "silu" | "swish" => Activation::Silu,
        "hard_silu" | "hard_swish" => Activation::HardSwish,
        "mish" => Activation::Mish,
        "softplus" => Activation::Softplus,
        "softmax" | "log_softmax" => return Some(NamedLayer::Softmax),
        _ => return None,
    };
    Some(NamedLayer::Activation(activation))
}

/// A layer of Keras that is an activation.
pub(super) fn keras_layer(class: &str, config: &Value) -> Option<NamedLayer> {
    let number = |keys: &[&str], otherwise: f64| keys.iter().find_map(|key| config[*key].as_f64()).unwrap_or(otherwise);
    let activation = match class {
        "Activation" => return keras(&config["activation"]),
        "ReLU" => {
            let (slope, threshold) = (number(&["negative_slope"], 0.0), number(&["threshold"], 0.0));
            match config["max_value"].as_f64() {
                _ if threshold != 0.0 => return None,
                None if slope == 0.0 => Activation::Relu,
                None => Activation::LeakyRelu { slope },
                Some(6.0) if slope == 0.0 => Activation::Relu6,
                Some(_) => return None,
            }
        }
        "LeakyReLU" => Activation::LeakyRelu { slope: number(&["negative_slope", "alpha"], 0.3) },
        "ELU" => Activation::Elu { alpha: number(&["alpha"], 1.0) },
        "Softmax" => return Some(NamedLayer::Softmax),
        _ => return None,
    };
    Some(NamedLayer::Activation(activation))
}

/// A module of PyTorch, `ReLU`, with its numbers.
pub(super) fn torch(
    class: &str,
    number: impl Fn(&str) -> Option<f64>,
    word: impl Fn(&str) -> Option<String>,
) -> Option<NamedLayer> {
    let activation = match class {
        "Identity" => Activation::Linear,
        "Sigmoid" => Activation::Sigmoid,
        "Hardsigmoid" => Activation::HardSigmoid,
        "Tanh" => Activation::Tanh,
        "Hardtanh" => match (number("min_val").unwrap_or(-1.0), number("max_val").unwrap_or(1.0)) {
            (-1.0, 1.0) => Activation::HardTanh,
            (0.0, 6.0) => Activation::Relu6,
            _ => return None,
        },
        "Softsign" => Activation::Softsign,
        "ReLU" => Activation::Relu,
        "ReLU6" => Activation::Relu6,
        "LeakyReLU" => Activation::LeakyRelu { slope: number("negative_slope").unwrap_or(0.01) },
        "ELU" => Activation::Elu { alpha: number("alpha").unwrap_or(1.0) },
        "SELU" => Activation::Selu { at_zero: AtZero::Below },
        "CELU" => Activation::Celu { alpha: number("alpha").unwrap_or(1.0) },
        "GELU" if word("approximate").as_deref() == Some("tanh") => Activation::GeluTanh,
        "GELU" => Activation::Gelu,
        "SiLU" => Activation::Silu,
        "Hardswish" => Activation::HardSwish,
        "Mish" => Activation::Mish,
        "Softplus" if number("beta").is_none_or(|beta| beta == 1.0) => Activation::Softplus,
        "Softmax" | "LogSoftmax" => return Some(NamedLayer::Softmax),
        _ => return None,
    };
    Some(NamedLayer::Activation(activation))
}

//! Keras's layers with their configuration become steps.

use ndarray::Array1;
use serde_json::Value;

use super::activation_name::{self, NamedLayer};
use super::error::Flaw;
use super::keras_graph::KerasLayer;
use super::named_step::batch_norm;
use super::named_tensor::NamedTensor;
use super::step::{DenseStep, NetworkStep};
use crate::subject::{LayerNorm, NormPlace};

/// Appends the steps of a layer with these arrays, in the order in which Keras keeps them.
///
/// # Errors
/// If arrays are missing.
pub(super) fn append(
    steps: &mut Vec<NetworkStep>,
    layer: &KerasLayer<'_>,
    arrays: Vec<NamedTensor>,
    is_keras_3: bool,
) -> Result<(), Flaw> {
    let KerasLayer { class, name, config } = layer;
    let name = (*name).to_owned();
    let mut arrays = arrays.into_iter();
    let missing = || Flaw::damaged(format!("{} has no weights", layer.name));
    let is = |key: &str| config[key].as_bool().unwrap_or(true);
    match *class {
        "InputLayer" | "Flatten" | "Reshape" | "ActivityRegularization" => {}
        "Dropout" | "AlphaDropout" | "GaussianDropout" => steps.push(NetworkStep::Dropout),
        "GaussianNoise" => steps.push(NetworkStep::Noise),
        "Dense" => {
            let kernel = arrays.next().ok_or_else(missing)?.matrix()?;
            let bias = arrays.next().map(NamedTensor::flat);
            if bias.as_ref().is_some_and(|bias| bias.len() != kernel.ncols()) {
                return Err(Flaw::damaged(format!("{name} has another number of biases than of units")));
            }
            let initializer = initializer(&config["kernel_initializer"]);
            let activation = activation_name::keras(&config["activation"]);
            let is_old = !is_keras_3 && config["activation"] == "hard_sigmoid";
            steps.push(NetworkStep::Dense(DenseStep { name: name.clone(), kernel, bias, initializer }));
            steps.push(match activation.filter(|_| !is_old) {
                Some(NamedLayer::Activation(activation)) => NetworkStep::Activation(activation),
                Some(NamedLayer::Softmax) => NetworkStep::Softmax,
                None => {
                    NetworkStep::Foreign(format!("{name}, whose activation {} is not known here", config["activation"]))
                }
            });
        }
        "BatchNormalization" => {
            let scale = if is("scale") { Some(arrays.next().ok_or_else(missing)?) } else { None };
            let shift = if is("center") { Some(arrays.next().ok_or_else(missing)?) } else { None };
            let (mean, variance) = (arrays.next().ok_or_else(missing)?, arrays.next().ok_or_else(missing)?);
            steps.push(batch_norm(name, (mean, variance), (scale, shift), config["epsilon"].as_f64().unwrap_or(1e-3))?);
        }
        "LayerNormalization" => {
            let scale = if is("scale") { Some(arrays.next().ok_or_else(missing)?.flat()) } else { None };
            let shift = if is("center") { Some(arrays.next().ok_or_else(missing)?.flat()) } else { None };
            let Some(units) = scale.as_ref().or(shift.as_ref()).map(Array1::len) else {
                steps.push(NetworkStep::Foreign(format!("{name}, a LayerNormalization without weights")));
                return Ok(());
            };
            if scale.iter().chain(&shift).any(|array| array.len() != units) {
                return Err(Flaw::damaged(format!("the arrays of {name} have different lengths")));
            }
            let scale = scale.unwrap_or_else(|| Array1::ones(units));
            let shift = shift.unwrap_or_else(|| Array1::zeros(units));
            let epsilon = config["epsilon"].as_f64().unwrap_or(1e-3);
            steps.push(NetworkStep::LayerNorm {
                name,
                norm: LayerNorm { place: NormPlace::PreActivation, scale, shift, epsilon },
            });
        }
        "Normalization" => {
            let (mean, variance) = (arrays.next().ok_or_else(missing)?, arrays.next().ok_or_else(missing)?);
            // Its deviation is never less than Keras's epsilon, of which the square root of the variance is far.
            let deviation = |&variance: &f32| f64::from(variance).sqrt().max(1e-7);
            let scale: Vec<f64> = variance.values.iter().map(|variance| 1.0 / deviation(variance)).collect();
            let shift = mean.values.iter().zip(&scale).map(|(&mean, scale)| -f64::from(mean) * scale).collect();
            steps.push(NetworkStep::Affine { name, scale, shift });
        }
        "Rescaling" => {
            let number = |key: &str, otherwise: f64| match &config[key] {
                Value::Null => Some(vec![otherwise]),
                Value::Array(numbers) => numbers.iter().map(Value::as_f64).collect(),
                number => number.as_f64().map(|number| vec![number]),
            };
            let (Some(scale), Some(shift)) = (number("scale", 1.0), number("offset", 0.0)) else {
                return Err(Flaw::damaged(format!("{name} has a scale that is no number")));
            };
            steps.push(NetworkStep::Affine { name, scale, shift });
        }
        class => steps.push(match activation_name::keras_layer(class, config) {
            Some(NamedLayer::Activation(activation)) => NetworkStep::Activation(activation),
            Some(NamedLayer::Softmax) => NetworkStep::Softmax,
            None => {
                steps.push(NetworkStep::Foreign(format!("{name}, a {class}")));
                let (weights, mut vectors): (Vec<_>, Vec<_>) = arrays.partition(|array| array.shape.len() > 1);
                // The one vector of a layer is its biases; of several nothing says what they are.
                let mut bias = if vectors.len() == 1 { vectors.pop() } else { None };
                steps.extend(weights.into_iter().map(|array| {
                    // In a group of its own every array is called after its place.
                    NetworkStep::Weights(NamedTensor { name: name.clone(), ..array }, bias.take())
                }));
                return Ok(());
            }
        }),
    }
    Ok(())
}

/// The name of an initializer: `GlorotUniform`.
fn initializer(value: &Value) -> Option<String> {
    value["class_name"].as_str().or_else(|| value.as_str()).map(str::to_owned)
}

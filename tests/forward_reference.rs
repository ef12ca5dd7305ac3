//! The forward and backward pass compute what NumPy and PyTorch compute.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod common;

use std::path::Path;

use common::{close, fixture, read, row_after_row};
use initscope::experiment::Activation;
use initscope::network::{Network, Scratch, Stage, Tape, cross_entropy};
use ndarray::{Array1, Array2, ArrayView2};
use ndarray_npy::read_npy;

const LAYERS: usize = 5;

/// What one pass over the reference images gives.
struct Pass {
    outputs: Vec<Vec<f32>>,
    logits: Array2<f32>,
    pre_activations: Vec<Vec<f32>>,
    /// dL/dz, from the first hidden layer to the logits.
    gradients: Vec<Vec<f32>>,
    /// Frobenius norms of dL/dW, in the same order.
    weight_gradient_norms: Vec<f64>,
    loss: f64,
}

#[test]
fn sigmoid_outputs_and_logits() {
    agrees(Activation::Sigmoid);
}

#[test]
fn tanh_outputs_and_logits() {
    agrees(Activation::Tanh);
}

#[test]
fn relu_outputs_and_logits() {
    agrees(Activation::Relu);
}

#[test]
fn losses() {
    let text = std::fs::read_to_string(fixture("losses.json")).unwrap();
    let expected: serde_json::Value = serde_json::from_str(&text).unwrap();
    let labels: Array1<u8> = read_npy(fixture("labels.npy")).unwrap();
    for activation in [Activation::Sigmoid, Activation::Tanh, Activation::Relu] {
        let Pass { logits, loss: found, .. } = pass(activation);
        let sum: f64 = logits.outer_iter().zip(&labels).map(|(row, &label)| cross_entropy(&row, label)).sum();
        assert_eq!(found, sum / labels.len() as f64);
        let expected = expected[activation.name()].as_f64().unwrap();
        assert!((found - expected).abs() < 1e-6, "{}: {found}, expected {expected}", activation.name());
    }
}

#[test]
fn weight_gradient_norms() {
    let text = std::fs::read_to_string(fixture("weight_gradient_norms.json")).unwrap();
    let expected: serde_json::Value = serde_json::from_str(&text).unwrap();
    for activation in [Activation::Sigmoid, Activation::Tanh, Activation::Relu] {
        let found = pass(activation).weight_gradient_norms;
        for (index, found) in found.into_iter().enumerate() {
            let expected = expected[activation.name()][index].as_f64().unwrap();
            assert!((found / expected - 1.0).abs() < 1e-5, "{} W{}: {found}", activation.name(), index + 1);
        }
    }
}

/// Every pre-activation, output, logit and gradient, within 2e-6 of its layer's largest value.
fn agrees(activation: Activation) {
    let found = pass(activation);
    let folder = Path::new(activation.name());
    for (index, outputs) in found.outputs.iter().enumerate() {
        close(outputs, &read(folder.join(format!("h{}.npy", index + 1))));
    }
    assert_eq!(found.outputs.len(), LAYERS);
    for (index, values) in found.pre_activations.iter().enumerate() {
        close(values, &single(folder.join(format!("z{}.npy", index + 1))));
    }
    for (index, values) in found.gradients.iter().enumerate() {
        close(values, &single(folder.join(format!("dz{}.npy", index + 1))));
    }
    assert_eq!(found.gradients.len(), LAYERS + 1);
    close(found.logits.as_slice().unwrap(), &read(folder.join("logits.npy")));
}

fn pass(activation: Activation) -> Pass {
    let kernels = (1..=LAYERS + 1).map(|number| read(format!("W{number}.npy"))).collect();
    let network = Network { activation, kernels, biases: None, linear_layers: 0 };
    let (images, labels): (Array2<u8>, Array1<u8>) = (read("images.npy"), read_npy(fixture("labels.npy")).unwrap());
    let (images, labels) = (images.mapv(|pixel| f32::from(pixel) / 255.0), labels.as_slice().unwrap());
    let (mut outputs, mut pre_activations) = (Vec::new(), Vec::new());
    let (mut gradients, mut weight_gradient_norms) = (Vec::new(), Vec::new());
    let mut scratch = Scratch::new(&network);
    let logits = network.forward(images.view(), &mut scratch, |_, _, _| Ok(())).unwrap().to_owned();
    let see = |index: usize, stage: Stage, values: ArrayView2<'_, f32>| {
        let seen = if stage == Stage::Output { &mut outputs } else { &mut pre_activations };
        assert_eq!(index, seen.len());
        seen.push(row_after_row(values));
        Ok(())
    };
    let work = (&mut scratch, &mut Tape::new(&network));
    let (loss, _) = network
        .backward((images.view(), labels), labels.len(), work, see, |index, inputs, values| {
            assert_eq!(index, LAYERS - gradients.len());
            gradients.push(row_after_row(values));
            let product = inputs.mapv(f64::from).t().dot(&values.mapv(f64::from));
            weight_gradient_norms.push(product.iter().map(|value| value * value).sum::<f64>().sqrt());
            Ok(())
        })
        .unwrap();
    gradients.reverse();
    weight_gradient_norms.reverse();
    let loss = loss / labels.len() as f64;
    Pass { outputs, logits, pre_activations, gradients, weight_gradient_norms, loss }
}

/// What was rounded to float32 to save space.
fn single(name: impl AsRef<Path>) -> Array2<f64> {
    read::<f32>(name).mapv(f64::from)
}

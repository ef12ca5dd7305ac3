//! The forward and backward pass compute what NumPy and PyTorch compute.

use std::path::Path;

use initscope::experiment::Activation;
use initscope::network::{LossKind, Network, Scratch, Stage, Tape};
use ndarray::{Array1, Array2, ArrayView2};
use ndarray_npy::read_npy;

use crate::reference::{close, fixture, read, row_after_row};

const LAYERS: usize = 5;

/// A case of the reference: its folder, and what was computed there.
#[derive(Clone, Copy)]
struct Case {
    folder: &'static str,
    activation: Activation,
    biases: bool,
}

const CASES: [Case; 7] = [
    Case { folder: "relu", activation: Activation::Relu, biases: false },
    Case { folder: "relu_bias", activation: Activation::Relu, biases: true },
    Case { folder: "sigmoid", activation: Activation::Sigmoid, biases: false },
    Case { folder: "tanh", activation: Activation::Tanh, biases: false },
    Case { folder: "elu", activation: Activation::Elu { alpha: 1.0 }, biases: false },
    Case { folder: "gelu_erf", activation: Activation::Gelu, biases: false },
    Case { folder: "leaky_relu", activation: Activation::LeakyRelu { slope: 0.01 }, biases: false },
];

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
fn pre_activations() {
    for case in CASES {
        let found = pass(case).pre_activations;
        assert_eq!(found.len(), LAYERS);
        found.iter().enumerate().for_each(|(index, values)| close(values, &single(case, "z", index)));
    }
}

#[test]
fn outputs() {
    for case in CASES {
        let found = pass(case).outputs;
        assert_eq!(found.len(), LAYERS);
        found.iter().enumerate().for_each(|(index, values)| close(values, &single(case, "h", index)));
    }
}

#[test]
fn logits() {
    for case in CASES {
        close(pass(case).logits.as_slice().unwrap(), &read(format!("{}/logits.npy", case.folder)));
    }
}

#[test]
fn gradients() {
    for case in CASES {
        let found = pass(case).gradients;
        assert_eq!(found.len(), LAYERS + 1, "the logits' too");
        found.iter().enumerate().for_each(|(index, values)| close(values, &single(case, "dz", index)));
    }
}

#[test]
fn losses() {
    let labels: Array1<u8> = read_npy(fixture("labels.npy")).unwrap();
    for case in CASES {
        let Pass { logits, loss: found, .. } = pass(case);
        let sum = Network::loss(&logits.view(), labels.as_slice().unwrap(), 1.0);
        assert_eq!(found, sum / labels.len() as f64);
        let expected = manifest(case)["loss"].as_f64().unwrap();
        assert!((found - expected).abs() < 1e-6, "{}: {found}, expected {expected}", case.folder);
    }
}

#[test]
fn norms_of_gradients_and_deviations_of_outputs() {
    for case in CASES {
        let Pass { outputs, gradients, weight_gradient_norms, .. } = pass(case);
        let norm = |values: &Vec<f32>| values.iter().map(|&value| f64::from(value).powi(2)).sum::<f64>().sqrt();
        let std = |values: &Vec<f32>| values.iter().map(|&value| f64::from(value)).collect::<Array1<f64>>().std(0.0);
        agree(case, "dW_norm", &weight_gradient_norms);
        agree(case, "dz_norm", &gradients.iter().map(norm).collect::<Vec<_>>());
        agree(case, "h_std", &outputs.iter().map(std).collect::<Vec<_>>());
    }
}

#[test]
fn shares_of_images_that_are_classified_right() {
    let labels: Array1<u8> = read_npy(fixture("labels.npy")).unwrap();
    for case in CASES {
        let logits = pass(case).logits;
        let mut right = 0;
        for (row, &label) in logits.outer_iter().zip(&labels) {
            let greatest = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            right += usize::from(row[usize::from(label)] == greatest);
        }
        let found = right as f64 / labels.len() as f64;
        assert_eq!(found, manifest(case)["accuracy"].as_f64().unwrap(), "{}", case.folder);
    }
}

/// Within 2e-6 of the reference's figures, layer by layer.
fn agree(case: Case, key: &str, found: &[f64]) {
    let expected: Vec<f64> = serde_json::from_value(manifest(case)[key].clone()).unwrap();
    assert_eq!(found.len(), expected.len());
    for (index, (found, expected)) in found.iter().zip(&expected).enumerate() {
        let off = (found / expected - 1.0).abs();
        assert!(off < 2e-6, "{} {key} {}: {found}, expected {expected}", case.folder, index + 1);
    }
}

fn manifest(case: Case) -> serde_json::Value {
    let text = std::fs::read_to_string(fixture("manifest.json")).unwrap();
    serde_json::from_str::<serde_json::Value>(&text).unwrap()["cases"][case.folder].clone()
}

fn pass(Case { activation, biases, .. }: Case) -> Pass {
    let numbers = 1..=LAYERS + 1;
    let kernels = numbers.clone().map(|number| read::<f32>(format!("W{number}.npy")).into()).collect();
    let biases = biases.then(|| numbers.map(|number| read_npy(fixture(format!("b{number}.npy"))).unwrap()).collect());
    let network = Network { activation, kernels, biases, linear_layers: 0, functions: None, loss: LossKind::Softmax };
    let (images, labels): (Array2<u8>, Array1<u8>) = (read("images.npy"), read_npy(fixture("labels.npy")).unwrap());
    let (images, labels) = (images.mapv(|pixel| f32::from(pixel) / 255.0), labels.as_slice().unwrap());
    let (mut outputs, mut pre_activations) = (Vec::new(), Vec::new());
    let (mut gradients, mut weight_gradient_norms) = (Vec::new(), Vec::new());
    let mut scratch = Scratch::new(&network);
    let see = |index: usize, stage: Stage, values: ArrayView2<'_, f32>| {
        let seen = if stage == Stage::Output { &mut outputs } else { &mut pre_activations };
        assert_eq!(index, seen.len());
        seen.push(row_after_row(&values));
        Ok(())
    };
    let work = (&mut scratch, &mut Tape::new(&network));
    let (loss, logits) = network
        .backward((images.view(), labels), labels.len(), work, see, |index, inputs, values| {
            assert_eq!(index, LAYERS - gradients.len());
            gradients.push(row_after_row(&values));
            let inputs = inputs.unwrap_or(images.view());
            let product = inputs.mapv(f64::from).t().dot(&values.mapv(f64::from));
            weight_gradient_norms.push(product.iter().map(|value| value * value).sum::<f64>().sqrt());
            Ok(())
        })
        .unwrap();
    let (logits, loss) = (logits.to_owned(), loss / labels.len() as f64);
    assert_eq!(logits, network.forward(images.view(), &mut scratch, |_, _, _| Ok(())).unwrap());
    gradients.reverse();
    weight_gradient_norms.reverse();
    Pass { outputs, logits, pre_activations, gradients, weight_gradient_norms, loss }
}

/// What was rounded to float32 to save space.
fn single(case: Case, what: &str, index: usize) -> Array2<f64> {
    read::<f32>(Path::new(case.folder).join(format!("{what}{}.npy", index + 1))).mapv(f64::from)
}

//! Given networks whose layers differ: gradients by an independent transcription in f64, and units counted one by one.

use std::sync::Arc;

use initscope::dataset::Source;
use initscope::engine::{Measurement, Measurer, Quantities};
use initscope::experiment::{Activation, Data, Experiment, Inputs};
use initscope::subject::{GivenWeights, LayerFunctions, LayerNorm, NoLoss, NormPlace, Purpose, Subject};
use ndarray::{Array1, Array2, ArrayView1, Axis};

const IMAGES: usize = 150;
const INPUTS: usize = 9;

/// Numbers without a pattern, from -scale to scale.
fn numbers(count: usize, seed: usize, scale: f64) -> Vec<f32> {
    let one = |index: usize| (((index + 1) as f64 * 12.9898 + seed as f64 * 78.233).sin() * 43758.5453).fract();
    (0..count).map(|index| (scale * one(index)) as f32).collect()
}

struct Layers {
    kernels: Vec<Array2<f32>>,
    biases: Vec<Array1<f32>>,
    functions: LayerFunctions,
}

fn layers(outputs: usize, purpose: Purpose) -> Layers {
    let widths = [INPUTS, 16, 12, 8, outputs];
    let pairs = || widths.windows(2).enumerate();
    let kernels = pairs()
        .map(|(at, pair)| Array2::from_shape_vec((pair[0], pair[1]), numbers(pair[0] * pair[1], at, 0.9)).unwrap());
    let biases = pairs().map(|(at, pair)| numbers(pair[1], 10 + at, 1.2).into());
    let norm = |units: usize, place| LayerNorm {
        place,
        scale: numbers(units, 20, 1.5).into(),
        shift: numbers(units, 21, 0.5).into(),
        epsilon: 1e-3,
    };
    let functions = LayerFunctions {
        activations: vec![Activation::Relu, Activation::Tanh, Activation::Sigmoid],
        norms: vec![None, Some(norm(12, NormPlace::PreActivation)), Some(norm(8, NormPlace::Output))],
        purpose,
    };
    Layers { kernels: kernels.collect(), biases: biases.collect(), functions }
}

fn subject(layers: &Layers) -> Subject {
    let inputs = Inputs { data: Data::Gaussian { dim: INPUTS }, images: IMAGES, ..Experiment::article().inputs };
    let experiment = Experiment { inputs, ..Experiment::article() };
    let weights = GivenWeights::new("layers", layers.kernels.clone(), Some(layers.biases.clone())).unwrap();
    Subject::given(experiment, Arc::new(weights.with_functions(layers.functions.clone()).unwrap())).unwrap()
}

fn measured(subject: &Subject) -> Measurement {
    Measurer::new().unwrap().measure_all(subject, Quantities::ALL).unwrap()
}

fn phi(activation: Activation, z: f64) -> (f64, f64) {
    match activation {
        Activation::Relu => (z.max(0.0), if z > 0.0 { 1.0 } else { 0.0 }),
        Activation::Tanh => (z.tanh(), 1.0 - z.tanh() * z.tanh()),
        Activation::Sigmoid => {
            let h = 1.0 / (1.0 + (-z).exp());
            (h, h * (1.0 - h))
        }
        _ => unreachable!("the network has no other"),
    }
}

fn normed(norm: &LayerNorm, values: &[f64]) -> Vec<f64> {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count;
    let rate = 1.0 / (variance + norm.epsilon).sqrt();
    let each = values.iter().zip(norm.scale.iter().zip(&norm.shift));
    each.map(|(value, (&scale, &shift))| (value - mean) * rate * f64::from(scale) + f64::from(shift)).collect()
}

/// From the products of layer `from` on to the logits.
fn forward(layers: &Layers, from: usize, mut product: Vec<f64>) -> Vec<f64> {
    for layer in from..3 {
        let LayerFunctions { activations, norms, .. } = &layers.functions;
        let at = |place| norms[layer].as_ref().filter(|norm| norm.place == place);
        if let Some(norm) = at(NormPlace::PreActivation) {
            product = normed(norm, &product);
        }
        let mut h: Vec<_> = product.iter().map(|&z| phi(activations[layer], z).0).collect();
        if let Some(norm) = at(NormPlace::Output) {
            h = normed(norm, &h);
        }
        product = times(layers, layer + 1, &h);
    }
    product
}

fn times(layers: &Layers, layer: usize, h: &[f64]) -> Vec<f64> {
    let kernel = &layers.kernels[layer];
    let unit = |weights: ArrayView1<'_, f32>, bias: f32| {
        weights.iter().zip(h).map(|(&weight, h)| f64::from(weight) * h).sum::<f64>() + f64::from(bias)
    };
    kernel.columns().into_iter().zip(&layers.biases[layer]).map(|(weights, &bias)| unit(weights, bias)).collect()
}

fn loss(logits: &[f64], label: usize) -> f64 {
    match logits {
        [logit] => (1.0 + (-logit.abs()).exp()).ln() + logit.max(0.0) - logit * label as f64,
        _ => logits.iter().map(|logit| logit.exp()).sum::<f64>().ln() - logits[label],
    }
}

/// dL/d(hW + b) of every hidden layer by differences in the middle, and the mean loss.
fn transcribed(layers: &Layers, images: &Array2<f32>, labels: &[u8]) -> (f64, Vec<f64>) {
    let mut squares = vec![0.0; 3];
    let mut sum = 0.0;
    for (image, &label) in images.axis_iter(Axis(0)).zip(labels) {
        let image: Vec<_> = image.iter().map(|&value| f64::from(value)).collect();
        let mut product = times(layers, 0, &image);
        for layer in 0..3 {
            for unit in 0..product.len() {
                let step = 1e-6 * product[unit].abs().max(1.0);
                let at = |offset: f64| {
                    let mut moved = product.clone();
                    moved[unit] += offset;
                    loss(&forward(layers, layer, moved), usize::from(label))
                };
                squares[layer] += ((at(step) - at(-step)) / (2.0 * step)).powi(2);
            }
            let LayerFunctions { activations, norms, .. } = &layers.functions;
            let norm = |place| norms[layer].as_ref().filter(|norm| norm.place == place);
            let z = norm(NormPlace::PreActivation).map_or_else(|| product.clone(), |norm| normed(norm, &product));
            let h: Vec<_> = z.iter().map(|&z| phi(activations[layer], z).0).collect();
            let h = norm(NormPlace::Output).map_or_else(|| h.clone(), |norm| normed(norm, &h));
            product = times(layers, layer + 1, &h);
        }
        sum += loss(&product, usize::from(label));
    }
    let count = images.nrows() as f64;
    (sum / count, squares.into_iter().map(|square| square.sqrt() / count).collect())
}

fn check(outputs: usize, purpose: Purpose) {
    let layers = layers(outputs, purpose);
    let subject = subject(&layers);
    let classes = subject.classes_of_draws();
    let source = Source::load(subject.experiment()).unwrap().with_classes(classes);
    let labels = &source.labels()[..IMAGES];
    assert!(
        (0..classes).all(|class| labels.contains(&(class as u8)))
            && labels.iter().all(|&label| usize::from(label) < classes)
    );
    let (loss, norms) = transcribed(&layers, &source.images(0..IMAGES), labels);
    let found = measured(&subject);
    assert!((found.loss - loss).abs() < 1e-6 * loss, "{} for {loss}", found.loss);
    for (layer, expected) in found.layers.iter().zip(norms) {
        let norm = layer.gradient.as_ref().unwrap().l2;
        assert!((norm - expected).abs() < 2e-5 * expected, "layer {}: {norm} for {expected}", layer.layer);
    }
}

#[test]
fn gradients_of_a_network_with_three_activations_and_two_normalisations_are_those_of_a_transcription() {
    check(4, Purpose::Logits);
}

#[test]
fn a_sigmoid_output_has_the_binary_cross_entropy() {
    check(1, Purpose::Logistic);
}

#[test]
fn dead_units_are_those_that_no_image_switches_on() {
    let mut layers = layers(4, Purpose::Logits);
    layers.biases[0].slice_mut(ndarray::s![..5]).fill(-40.0);
    let subject = subject(&layers);
    let source = Source::load(subject.experiment()).unwrap();
    let z = source.images(0..IMAGES).dot(&layers.kernels[0]) + &layers.biases[0];
    let dead = z.columns().into_iter().filter(|unit| unit.iter().all(|&z| z <= 0.0)).count();
    assert!(dead >= 5);
    let found = measured(&subject);
    assert_eq!(found.layers[0].states.dead, dead);
    // A tanh and a sigmoid are flat nowhere.
    assert_eq!([found.layers[1].states.dead, found.layers[2].states.dead], [0, 0]);
}

#[test]
fn without_labels_that_fit_there_is_no_loss_and_it_is_said_why() {
    for (outputs, purpose, why) in [
        (1, Purpose::Logits, NoLoss::Regression),
        (4, Purpose::Activated(Activation::Relu), NoLoss::Activated("relu")),
        (3, Purpose::Logistic, NoLoss::Activated("sigmoid")),
    ] {
        let subject = subject(&layers(outputs, purpose));
        assert_eq!(subject.no_loss(), Some(why));
        let found = measured(&subject);
        assert!(found.loss.is_nan() && found.layers.iter().all(|layer| layer.gradient.is_none()));
        assert!(found.has(Quantities { theory: false, outlook: false, ..Quantities::ALL }), "nothing more is to come");
    }
}

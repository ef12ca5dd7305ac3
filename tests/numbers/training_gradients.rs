//! Gradients that a training follows, of every activation, against finite differences of the loss in f64.

use std::sync::Arc;

use initscope::experiment::{Activation, AtZero, SELU_DEPTH, SELU_SCALE};
use initscope::trainer::{EpochOrder, Examples, Racer, Start};
use initscope::training::TrainingSettings;
use ndarray::{Array1, Array2};

const WIDTHS: [usize; 5] = [6, 5, 9, 4, 3];
const IMAGES: usize = 11;

#[test]
fn gradients_of_every_activation_are_those_of_finite_differences() {
    for activation in Activation::ALL {
        for linear_layers in [0, 1] {
            agrees(activation, linear_layers, "exact");
        }
    }
    agrees(Activation::Selu { at_zero: AtZero::Above }, 0, "exact");
    agrees(Activation::Elu { alpha: 0.3 }, 0, "exact");
}

#[test]
fn layers_may_have_different_activations() {
    let activations = vec![Activation::Relu, Activation::Tanh, Activation::Gelu];
    Case { activations, ..Case::new(Activation::Relu, 0, 1.0) }.agrees("exact");
    let activations = vec![Activation::LeakyRelu { slope: 0.2 }, Activation::Sigmoid];
    Case { activations, ..Case::new(Activation::Relu, 1, 1.0) }.agrees("exact");
}

#[test]
fn images_whose_probability_is_clipped_have_no_gradient() {
    // Logits some 20 apart: several images are sure, right or wrong.
    let case = Case::new(Activation::Tanh, 0, 30.0);
    let sure = |image: usize| {
        let probability = (-case.losses("exact")[image]).exp();
        !(1e-7..=1.0 - 1e-7).contains(&probability)
    };
    let count = (0..IMAGES).filter(|&image| sure(image)).count();
    assert!((3..IMAGES).contains(&count), "{count} of {IMAGES}");
    assert!(case.losses("clipped").iter().all(|loss| *loss <= 16.1181 && *loss >= 1e-7));
    case.agrees("clipped");
}

fn agrees(activation: Activation, linear_layers: usize, loss: &str) {
    Case::new(activation, linear_layers, 1.0).agrees(loss);
}

struct Case {
    /// Of each hidden layer.
    activations: Vec<Activation>,
    linear_layers: usize,
    /// Each kernel and its biases, in f32's numbers.
    layers: Vec<(Vec<f32>, Vec<f32>)>,
    images: Array2<f32>,
    labels: Vec<u32>,
}

/// Numbers between -1 and 1 with all their digits.
fn numbers(count: usize, step: f64, size: f64) -> Vec<f32> {
    (0..count).map(|index| (size * ((index as f64 + 1.0) * step).sin()) as f32).collect()
}

impl Case {
    fn new(activation: Activation, linear_layers: usize, last: f64) -> Self {
        let pairs = WIDTHS.windows(2).enumerate();
        let layers = pairs.map(|(index, pair)| {
            let size = if index == WIDTHS.len() - 2 { last } else { 1.3 };
            (numbers(pair[0] * pair[1], 0.71 + index as f64, size), numbers(pair[1], 1.37 + index as f64, 0.4))
        });
        let images = Array2::from_shape_vec((IMAGES, WIDTHS[0]), numbers(IMAGES * WIDTHS[0], 2.39, 1.7)).unwrap();
        let labels = (0..IMAGES as u32).map(|image| image * 7 % 3).collect();
        let activations = vec![activation; WIDTHS.len() - 2 - linear_layers];
        Self { activations, linear_layers, layers: layers.collect(), images, labels }
    }

    /// A step of so great a rate that the weights are nothing beside it shows the gradient.
    fn agrees(&self, loss: &str) {
        const RATE: f64 = 4096.0;
        let settings = TrainingSettings {
            learning_rate: Some(vec![RATE]),
            batch: Some(IMAGES),
            steps: Some(1),
            shuffle: Some(false),
            loss: Some(loss.to_owned()),
            ..TrainingSettings::default()
        };
        let training = settings.apply().unwrap();
        let layer = |(kernel, biases): &(Vec<f32>, Vec<f32>)| {
            let shape = (kernel.len() / biases.len(), biases.len());
            (Array2::from_shape_vec(shape, kernel.clone()).unwrap(), Array1::from(biases.clone()))
        };
        let (kernels, biases) = self.layers.iter().map(layer).unzip();
        let (activations, linear_layers) = (self.activations.clone(), self.linear_layers);
        let start = Start { activations, linear_layers, kernels, biases };
        let examples = Arc::new(Examples::Arrays(self.images.clone(), self.labels.clone()));
        let order = Arc::new(EpochOrder::Of(training.order, IMAGES));
        let mut racer = Racer::new(&start, training, examples, order);
        let report = racer.advance().unwrap();
        let what =
            |layer: usize| format!("{:?} ({} linear), {loss}, layer {layer}", self.activations, self.linear_layers);
        let mean = self.losses(loss).iter().sum::<f64>() / IMAGES as f64;
        assert!((report.loss - mean).abs() < 2e-6 * mean, "{}: {} and {mean}", what(0), report.loss);
        let (kernels, biases) = racer.weights();
        for (index, (kernel, biases)) in kernels.iter().zip(&biases).enumerate() {
            for (is_bias, after) in [(false, kernel.as_slice().unwrap()), (true, biases.as_slice().unwrap())] {
                let before = if is_bias { &self.layers[index].1 } else { &self.layers[index].0 };
                let (mut off, mut size) = (0.0, 0.0);
                for (place, (after, before)) in after.iter().zip(before).enumerate() {
                    let found = (f64::from(*before) - f64::from(*after)) / RATE;
                    let expected = self.difference(index, is_bias, place, loss);
                    off += (found - expected).powi(2);
                    size += expected.powi(2);
                }
                let (off, size) = (f64::sqrt(off), f64::sqrt(size));
                assert!(size > 1e-4 && off < 1e-5 * size, "{}, biases {is_bias}: off by {off} of {size}", what(index));
            }
        }
    }

    /// The derivative of the mean loss by one weight.
    fn difference(&self, layer: usize, is_bias: bool, place: usize, loss: &str) -> f64 {
        const STEP: f64 = 1e-6;
        let at =
            |by: f64| self.losses_with(Some((layer, is_bias, place, by)), loss).iter().sum::<f64>() / IMAGES as f64;
        (at(STEP) - at(-STEP)) / (2.0 * STEP)
    }

    fn losses(&self, loss: &str) -> Vec<f64> {
        self.losses_with(None, loss)
    }

    /// Each image's, with one weight moved, in f64 by the formulas.
    fn losses_with(&self, moved: Option<(usize, bool, usize, f64)>, loss: &str) -> Vec<f64> {
        let by = |layer, is_bias, place| match moved {
            Some((of, biases, at, by)) if (of, biases, at) == (layer, is_bias, place) => by,
            _ => 0.0,
        };
        let one = |(image, &label): (usize, &u32)| {
            let mut values: Vec<f64> = self.images.row(image).iter().map(|&value| f64::from(value)).collect();
            for (index, (kernel, biases)) in self.layers.iter().enumerate() {
                let units = biases.len();
                let unit = |unit: usize| {
                    let weight = |input: usize| {
                        let place = input * units + unit;
                        f64::from(kernel[place]) + by(index, false, place)
                    };
                    let sum: f64 = values.iter().enumerate().map(|(input, value)| value * weight(input)).sum();
                    sum + f64::from(biases[unit]) + by(index, true, unit)
                };
                let z = (0..units).map(unit);
                let is_active = index >= self.linear_layers && index + 1 < self.layers.len();
                values = if is_active {
                    z.map(|z| phi(self.activations[index - self.linear_layers], z)).collect()
                } else {
                    z.collect()
                };
            }
            let sum: f64 = values.iter().map(|logit| logit.exp()).sum();
            let exact = sum.ln() - values[label as usize];
            if loss == "exact" { exact } else { -(-exact).exp().clamp(1e-7, 1.0 - 1e-7).ln() }
        };
        self.labels.iter().enumerate().map(one).collect()
    }
}

/// The activations by their formulas, as papers have them.
fn phi(activation: Activation, z: f64) -> f64 {
    let sigmoid = |z: f64| 1.0 / (1.0 + (-z).exp());
    let softplus = |z: f64| (1.0 + z.exp()).ln();
    match activation {
        Activation::Linear => z,
        Activation::Sigmoid => sigmoid(z),
        Activation::HardSigmoid => (z + 3.0).clamp(0.0, 6.0) / 6.0,
        Activation::Tanh => z.tanh(),
        Activation::HardTanh => z.clamp(-1.0, 1.0),
        Activation::Softsign => z / (1.0 + z.abs()),
        Activation::Relu => z.max(0.0),
        Activation::Relu6 => z.clamp(0.0, 6.0),
        Activation::LeakyRelu { slope } => {
            if z > 0.0 {
                z
            } else {
                slope * z
            }
        }
        Activation::Elu { alpha } => {
            if z > 0.0 {
                z
            } else {
                alpha * z.exp_m1()
            }
        }
        Activation::Selu { .. } => {
            if z > 0.0 {
                SELU_SCALE * z
            } else {
                SELU_DEPTH * z.exp_m1()
            }
        }
        Activation::Celu { alpha } => {
            if z > 0.0 {
                z
            } else {
                alpha * (z / alpha).exp_m1()
            }
        }
        Activation::Gelu => z * (1.0 + libm::erf(z / 2.0_f64.sqrt())) / 2.0,
        Activation::GeluTanh => {
            z / 2.0 * (1.0 + ((2.0 / std::f64::consts::PI).sqrt() * (z + 0.044715 * z.powi(3))).tanh())
        }
        Activation::Silu => z * sigmoid(z),
        Activation::HardSwish => z * (z + 3.0).clamp(0.0, 6.0) / 6.0,
        Activation::Mish => z * softplus(z).tanh(),
        Activation::Softplus => softplus(z),
    }
}

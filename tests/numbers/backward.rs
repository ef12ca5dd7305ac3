//! Gradients: a transcription in f64 agrees with finite differences for every activation, and the network with it.

use initscope::dataset::Source;
use initscope::engine::{Measurer, Quantities};
use initscope::experiment::{Activation, Experiment, Initializer, Inputs};
use initscope::network::{DrawCache, Network, Scratch, Tape};
use initscope::theory::Phi as _;
use ndarray::{Array1, Array2, ArrayView2, Axis};

const IMAGES: usize = 8;

/// The network in f64: kernels and biases, from the first hidden layer to the logits.
struct Transcription {
    activation: Activation,
    kernels: Vec<Array2<f64>>,
    biases: Vec<Array1<f64>>,
    /// Layers without activation before the hidden ones.
    linear_layers: usize,
}

/// Gradients of the mean cross-entropy, from the first hidden layer to the logits.
struct Gradients {
    z: Vec<Array2<f64>>,
    weights: Vec<Array2<f64>>,
}

impl Transcription {
    fn of(network: &Network) -> Self {
        let kernels: Vec<_> = network.kernels.iter().map(|kernel| kernel.weights().mapv(f64::from)).collect();
        let biases = network.biases.as_ref().unwrap().iter().map(|bias| bias.mapv(f64::from)).collect();
        Self { activation: network.activation, kernels, biases, linear_layers: network.linear_layers }
    }

    /// Inputs of every layer, and the softmax of the logits.
    fn forward(&self, images: &Array2<f64>) -> (Vec<Array2<f64>>, Vec<Array2<f64>>, Array2<f64>) {
        let (mut inputs, mut slopes) = (vec![images.clone()], Vec::new());
        for (index, (kernel, bias)) in self.kernels.iter().zip(&self.biases).enumerate() {
            let z = inputs[index].dot(kernel) + bias;
            if index + 1 == self.kernels.len() {
                let exponentials = z.mapv(f64::exp);
                let sums = exponentials.sum_axis(Axis(1)).insert_axis(Axis(1));
                return (inputs, slopes, exponentials / sums);
            }
            let at = |z| if index < self.linear_layers { (z, 1.0) } else { self.activation.at(z) };
            slopes.push(z.mapv(|z| at(z).1));
            inputs.push(z.mapv(|z| at(z).0));
        }
        unreachable!("the last layer returns")
    }

    fn loss(&self, images: &Array2<f64>, labels: &[u8]) -> f64 {
        let (_, _, shares) = self.forward(images);
        let losses = shares.outer_iter().zip(labels).map(|(row, &label)| -row[usize::from(label)].ln());
        losses.sum::<f64>() / labels.len() as f64
    }

    fn backward(&self, images: &Array2<f64>, labels: &[u8]) -> Gradients {
        let (inputs, slopes, mut dz) = self.forward(images);
        for (mut row, &label) in dz.outer_iter_mut().zip(labels) {
            row[usize::from(label)] -= 1.0;
        }
        dz /= labels.len() as f64;
        let (mut z, mut weights) = (Vec::new(), Vec::new());
        for index in (0..self.kernels.len()).rev() {
            weights.push(inputs[index].t().dot(&dz));
            z.push(dz.clone());
            if index > 0 {
                dz = dz.dot(&self.kernels[index].t()) * &slopes[index - 1];
            }
        }
        z.reverse();
        weights.reverse();
        Gradients { z, weights }
    }
}

#[test]
fn the_transcription_agrees_with_finite_differences() {
    for_every_activation(|network, _, images, labels| {
        let mut transcription = Transcription::of(network);
        let gradients = transcription.backward(images, labels);
        for (layer, gradient) in gradients.weights.iter().enumerate() {
            let largest = gradient.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
            let (rows, columns) = gradient.dim();
            for weight in [(rows / 2, 0), (rows / 2 + 1, columns / 2), (rows / 3, columns - 1)] {
                let mut shifted = |step: f64| {
                    transcription.kernels[layer][weight] += step;
                    let loss = transcription.loss(images, labels);
                    transcription.kernels[layer][weight] -= step;
                    loss
                };
                let difference = (shifted(1e-5) - shifted(-1e-5)) / 2e-5;
                let off = (difference - gradient[weight]).abs();
                assert!(off < 1e-6 * largest.max(1e-3), "{} layer {layer}: off by {off}", network.activation);
            }
        }
    });
}

#[test]
fn the_network_agrees_with_the_transcription() {
    for_every_activation(|network, shown, images, labels| {
        let expected = Transcription::of(network).backward(images, labels);
        let work = (&mut Scratch::new(network), &mut Tape::new(network));
        let see = |_, _, _: ArrayView2<'_, f32>| Ok(());
        network
            .backward((shown.view(), labels), IMAGES, work, see, |layer, inputs, values| {
                let dz = values.mapv(f64::from);
                let weights = inputs.unwrap_or(shown.view()).mapv(f64::from).t().dot(&dz);
                close(&dz, &expected.z[layer], network.activation, layer);
                close(&weights, &expected.weights[layer], network.activation, layer);
                Ok(())
            })
            .unwrap();
    });
}

fn close(found: &Array2<f64>, expected: &Array2<f64>, activation: Activation, layer: usize) {
    let largest = expected.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
    let off = (found - expected).iter().fold(0.0, |off: f64, value| off.max(value.abs()));
    assert!(off <= 1e-5 * largest, "{activation} layer {layer}: off by {off}, largest {largest}");
}

/// What the engine measures, layer by layer: layer 1 is the first with an activation, and a linear layer before it is none.
#[test]
fn the_engine_measures_the_transcriptions_layers() {
    for linear_first in [false, true] {
        let experiment = Experiment { linear_first, ..experiment(Activation::Tanh) };
        let mut measurer = Measurer::new().unwrap();
        let measurement = measurer.measure_all(&experiment, Quantities::ALL).unwrap();
        let (network, source) = measurer.network_and_source(&experiment).unwrap();
        let (images, labels) = (source.images(0..IMAGES).mapv(f64::from), &source.labels()[..IMAGES]);
        let transcription = Transcription::of(&network);
        let (inputs, _, _) = transcription.forward(&images);
        let gradients = transcription.backward(&images, labels);
        let norm = |values: &Array2<f64>| values.iter().map(|value| value * value).sum::<f64>().sqrt();
        let near = |found: f64, expected: f64| assert!((found / expected - 1.0).abs() < 1e-5, "{found}, {expected}");
        near(measurement.loss, transcription.loss(&images, labels));
        near(measurement.logit_gradient_l2.unwrap(), norm(gradients.z.last().unwrap()));
        assert_eq!(measurement.layers.len(), 3);
        for (layer, number) in measurement.layers.iter().zip(1..) {
            // Kernels count from 0, and a linear layer has one.
            let kernel = number - 1 + usize::from(linear_first);
            assert_eq!((layer.layer, layer.units), (number, [12, 9, 7][number - 1]));
            assert_eq!(layer.fan_in, if number == 1 && !linear_first { 784 } else { [12, 12, 9][number - 1] });
            assert_eq!(layer.weights.count as usize, layer.fan_in * layer.units);
            near(layer.weights.std(), transcription.kernels[kernel].std(0.0));
            let z = inputs[kernel].dot(&transcription.kernels[kernel]) + &transcription.biases[kernel];
            near(layer.pre_activation.as_ref().unwrap().std, z.std(0.0));
            near(layer.output.std, inputs[kernel + 1].std(0.0));
            let gradient = layer.gradient.as_ref().unwrap();
            near(gradient.l2, norm(&gradients.z[kernel]));
            near(gradient.weight_l2, norm(&gradients.weights[kernel]));
            near(gradient.distribution.std, gradients.z[kernel].std(0.0));
        }
    }
}

/// Images come in blocks of 128 whose shares are added up in several lanes: of all of them none may be lost or taken twice.
#[test]
fn norms_over_many_blocks_are_the_transcriptions() {
    for images in [1025, 2700] {
        let article = experiment(Activation::Tanh);
        let experiment = Experiment { inputs: Inputs { images, ..article.inputs }, ..article };
        let mut measurer = Measurer::new().unwrap();
        let measurement = measurer.measure_all(&experiment, Quantities::ALL).unwrap();
        let (network, source) = measurer.network_and_source(&experiment).unwrap();
        let (shown, labels) = (source.images(0..images).mapv(f64::from), &source.labels()[..images]);
        let gradients = Transcription::of(&network).backward(&shown, labels);
        let norm = |values: &Array2<f64>| values.iter().map(|value| value * value).sum::<f64>().sqrt();
        for (index, layer) in measurement.layers.iter().enumerate() {
            let gradient = layer.gradient.as_ref().unwrap();
            for (found, expected) in
                [(gradient.l2, norm(&gradients.z[index])), (gradient.weight_l2, norm(&gradients.weights[index]))]
            {
                assert!((found / expected - 1.0).abs() < 1e-5, "layer {}: {found}, {expected}", layer.layer);
            }
        }
    }
}

/// Where all units of a layer are alike, its units' gradients are all the sum of an image's gradients of the logits, which is 0:
/// nothing of f32's rounding is left in its place, however large the outputs are that it would be multiplied with.
#[test]
fn what_is_zero_in_exact_arithmetic_is_no_gradient() {
    let mut measurer = Measurer::new().unwrap();
    let wanted = Quantities { gradients: true, ..Quantities::GLANCE };
    for (value, images, bias_std) in [(1.0, 300, 0.0), (0.7, 65, 0.0), (-0.3, 1, 0.0), (0.7, 128, 0.3)] {
        for depth in 1..=5 {
            let article = Experiment::article();
            let initializer = if value == 1.0 { Initializer::Ones } else { Initializer::Constant { value } };
            let inputs = Inputs { images, ..article.inputs.clone() };
            let activation = Activation::LeakyRelu { slope: 0.2 };
            let experiment =
                Experiment { inputs, widths: vec![100; depth], initializer, activation, bias_std, ..article };
            for layer in measurer.measure_all(&experiment, wanted).unwrap().layers {
                let gradient = layer.gradient.unwrap();
                assert!(gradient.weight_l2 < 1e-3, "{value}, {depth} deep: dL/dW {}", gradient.weight_l2);
                assert!(gradient.l2 < 1e-9, "{value}, {depth} deep: dL/dz {}", gradient.l2);
            }
        }
    }
}

/// Weights that are nearly alike: what is left of an image's gradients of the logits is a part in ten thousand of them, or less.
#[test]
fn what_nearly_cancels_is_the_transcriptions() {
    for sigma in [1e-2, 1e-4, 1e-6] {
        let initializer = Initializer::RandomNormal { mean: 0.02, sigma };
        let article = experiment(Activation::Tanh);
        let experiment = Experiment { inputs: Inputs { images: 100, ..article.inputs }, initializer, ..article };
        let mut measurer = Measurer::new().unwrap();
        let measurement = measurer.measure_all(&experiment, Quantities::ALL).unwrap();
        let (network, source) = measurer.network_and_source(&experiment).unwrap();
        let (shown, labels) = (source.images(0..100).mapv(f64::from), &source.labels()[..100]);
        let gradients = Transcription::of(&network).backward(&shown, labels);
        let norm = |values: &Array2<f64>| values.iter().map(|value| value * value).sum::<f64>().sqrt();
        for (index, layer) in measurement.layers.iter().enumerate() {
            let gradient = layer.gradient.as_ref().unwrap();
            for (found, expected) in
                [(gradient.l2, norm(&gradients.z[index])), (gradient.weight_l2, norm(&gradients.weights[index]))]
            {
                assert!((found / expected - 1.0).abs() < 1e-3, "{sigma}, {}: {found}, {expected}", layer.layer);
            }
        }
    }
}

/// A small network with biases on the first images, for every activation, with a linear layer first and without.
fn for_every_activation(check: impl Fn(&Network, &Array2<f32>, &Array2<f64>, &[u8])) {
    let source = Source::load(&Experiment::article()).unwrap();
    let (shown, labels) = (source.images(0..IMAGES), &source.labels()[..IMAGES]);
    let images = shown.mapv(f64::from);
    for activation in Activation::ALL {
        for linear_first in [false, true] {
            let experiment = Experiment { linear_first, ..experiment(activation) };
            check(&Network::draw(&experiment, &mut DrawCache::default()), &shown, &images, labels);
        }
    }
}

fn experiment(activation: Activation) -> Experiment {
    let article = Experiment::article();
    Experiment {
        inputs: Inputs { images: IMAGES, ..article.inputs },
        widths: vec![12, 9, 7],
        initializer: Initializer::HeNormal { gain: 1.0 },
        activation,
        bias: 0.05,
        bias_std: 0.1,
        ..article
    }
}

#[test]
fn one_forward_pass_serves_the_networks_that_end_earlier() {
    let deep = Experiment { widths: vec![9; 4], bias_std: 0.3, ..experiment(Activation::Tanh) };
    let mut draws = DrawCache::default();
    let network = Network::draw(&deep, &mut draws);
    let source = Source::load(&deep).unwrap();
    let (images, labels) = (source.images(0..IMAGES), &source.labels()[..IMAGES]);
    let (mut scratch, mut tape) = (Scratch::new(&network), Tape::new(&network));
    network.record(images.view(), (&mut scratch, &mut tape), |_, _, _| Ok(())).unwrap();
    for layers in 1..=4 {
        let mut found = Vec::new();
        let loss = network
            .backward_from(layers, (labels, IMAGES), &mut tape, |_, _, values| {
                found.push(values.to_owned());
                Ok(())
            })
            .unwrap();
        let shallow = Network::draw(&Experiment { widths: vec![9; layers], ..deep.clone() }, &mut DrawCache::default());
        let mut expected = Vec::new();
        let (shallow_loss, _) = shallow
            .backward(
                (images.view(), labels),
                IMAGES,
                (&mut Scratch::new(&shallow), &mut Tape::new(&shallow)),
                |_, _, _| Ok(()),
                |_, _, values| {
                    expected.push(values.to_owned());
                    Ok(())
                },
            )
            .unwrap();
        assert_eq!((found, loss), (expected, shallow_loss), "{layers} layers, to the bit");
    }
}

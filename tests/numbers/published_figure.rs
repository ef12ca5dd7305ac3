//! The figure the article's own source published (Intoli, "Understanding Neural Network Weight Initialization"): relu
//! outputs for three sigmas, with the draws its TensorFlow 1 and Keras 2 made. Read off the figure, and from its program.

use initscope::engine::{Measurement, Measurer, Quantities};
use initscope::experiment::{Draws, Experiment, Generator, Initializer};
use initscope::network::{BLOCK, Scratch, Stage};

/// Every so many of a layer's values were drawn.
const EVERY: usize = 20;

/// Largest value drawn and two bandwidths, of five layers for each sigma.
const TOPS: [(f64, [f64; 5]); 3] = [
    (0.10, [4.27, 2.32, 1.83, 1.21, 0.69]),
    (0.14, [8.37, 6.37, 7.02, 6.50, 5.21]),
    (0.28, [33.5, 51.0, 112.0, 208.0, 334.0]),
];

#[test]
fn its_fifteen_violins_are_as_high() {
    for (sigma, tops) in TOPS {
        for (index, (layer, expected)) in drawn(&published(sigma)).iter().zip(tops).enumerate() {
            assert_eq!(layer.len(), 10_000 * 100 / EVERY);
            let largest = layer.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let found = largest + 2.0 * scott(layer);
            let off = (found / expected - 1.0).abs();
            assert!(off < 0.005, "sigma {sigma}, layer {}: {found}, in the figure {expected}", index + 1);
        }
    }
}

#[test]
fn its_layers_have_the_means_deviations_zeros_and_dead_units_of_its_program() {
    let measurement = measure(&published(0.14));
    let figures = |of: fn(&Measurement, usize) -> f64| [0, 1, 2, 3, 4].map(|index| of(&measurement, index));
    let rounded = |figures: [f64; 5]| figures.map(|figure| (figure * 1e3).round() / 1e3);
    let mean = figures(|measurement, index| measurement.layers[index].output.mean);
    let std = figures(|measurement, index| measurement.layers[index].output.std);
    let zeros = figures(|measurement, index| measurement.layers[index].output.zero_fraction);
    let dead: Vec<_> = measurement.layers.iter().map(|layer| layer.states.dead).collect();
    assert_eq!(rounded(mean), [0.699, 0.626, 0.520, 0.480, 0.432]);
    assert_eq!(rounded(std), [1.025, 0.978, 0.867, 0.831, 0.730]);
    assert_eq!(rounded(zeros), [0.494, 0.531, 0.558, 0.561, 0.548]);
    assert_eq!(dead, [0, 0, 0, 0, 2]);
}

/// One integer seed in Keras 2: every kernel of 100 x 100 is the same matrix, and the first begins with its numbers.
#[test]
fn its_kernels_are_one_matrix() {
    let (network, _) = Measurer::new().unwrap().network_and_source(&published(0.14)).unwrap();
    let kernels = network.weights();
    let [linear, hidden @ .., output] = kernels.as_slice() else { panic!("seven kernels") };
    assert_eq!((linear.dim(), hidden.len(), output.dim()), ((784, 100), 5, (100, 10)));
    assert!(hidden.iter().all(|kernel| kernel == hidden[0]));
    assert!(hidden[0].iter().zip(linear).all(|(one, other)| one == other));
    assert!(output.iter().zip(linear).all(|(one, other)| one == other));
}

/// Its network: a linear layer, five of relu, no biases; all test images, seed 10 for every kernel.
fn published(sigma: f64) -> Experiment {
    Experiment {
        initializer: Initializer::RandomNormal { mean: 0.0, sigma },
        linear_first: true,
        draws: Draws::Shared,
        generator: Generator::Tensorflow1,
        seed: 10,
        ..Experiment::article()
    }
}

fn measure(experiment: &Experiment) -> Measurement {
    Measurer::new().unwrap().measure_all(experiment, Quantities::OUTPUTS).unwrap()
}

/// Every 20th of the layers' outputs, image after image.
fn drawn(experiment: &Experiment) -> Vec<Vec<f64>> {
    let (network, source) = Measurer::new().unwrap().network_and_source(experiment).unwrap();
    let mut scratch = Scratch::new(&network);
    let mut layers = vec![Vec::new(); 5];
    for first in (0..source.len()).step_by(BLOCK) {
        let images = source.images(first..source.len().min(first + BLOCK));
        network
            .forward(images.view(), &mut scratch, |kernel, stage, values| {
                if stage == Stage::Output {
                    // 100 units are a multiple of 20: each image begins anew.
                    layers[kernel - 1].extend(values.iter().step_by(EVERY).map(|&value| f64::from(value)));
                }
                Ok(())
            })
            .unwrap();
    }
    layers
}

/// Scott's bandwidth: n^(-1/5) times the standard deviation with ddof 1.
fn scott(values: &[f64]) -> f64 {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    count.powf(-0.2) * (squares / (count - 1.0)).sqrt()
}

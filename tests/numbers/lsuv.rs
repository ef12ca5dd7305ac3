//! Layer-sequential unit-variance initialization is what Mishkin and Matas (arXiv 1511.06422) describe, on the first 1,000
//! images, however many are measured.

use initscope::engine::{Measurement, Measurer, Quantities};
use initscope::experiment::{Activation, Data, Draws, Experiment, Initializer, InputScale, Inputs};
use initscope::network::{DrawCache, LSUV_IMAGES, Network};
use initscope::theory::Phi as _;
use ndarray::{Array2, s};

/// Tol_var and T_max of the paper.
const TOLERANCE: f64 = 0.1;
const MOST_ROUNDS: usize = 10;

#[test]
fn pre_activations_of_every_layer_have_unit_variance() {
    for experiment in cases() {
        let network = fitted(&experiment);
        for (index, variance) in variances(&network, &first_images(&experiment)).into_iter().enumerate() {
            assert!((variance - 1.0).abs() < TOLERANCE + 1e-5, "kernel {index}: variance {variance}, {experiment:?}");
        }
    }
}

#[test]
fn the_engine_measures_that_unit_variance() {
    for experiment in cases() {
        let experiment = with_images(&experiment, LSUV_IMAGES);
        for layer in measure(&experiment).layers {
            let std = layer.pre_activation.unwrap().std;
            assert!((std * std - 1.0).abs() < TOLERANCE + 1e-5, "layer {}: std {std}, {experiment:?}", layer.layer);
        }
    }
}

#[test]
fn kernels_are_orthonormal_times_a_number() {
    for experiment in cases() {
        let network = fitted(&experiment);
        for (kernel, start) in network.weights().iter().zip(&orthonormal(&experiment).weights()) {
            let scale = scale(kernel, start);
            let values = kernel.mapv(|weight| f64::from(weight) / scale);
            let (rows, columns) = values.dim();
            let product = if rows < columns { values.dot(&values.t()) } else { values.t().dot(&values) };
            let off = product - Array2::<f64>::eye(rows.min(columns));
            assert!(off.iter().all(|off| off.abs() < 2e-6), "{experiment:?}");
        }
    }
}

#[test]
fn scales_are_those_of_the_papers_algorithm() {
    for experiment in cases() {
        let (found, start) = (fitted(&experiment), orthonormal(&experiment));
        let expected = transcription(&start, &first_images(&experiment));
        let scales = found.weights().into_iter().zip(start.weights()).map(|(kernel, start)| scale(&kernel, &start));
        for (index, (found, expected)) in scales.zip(expected).enumerate() {
            assert!((found / expected - 1.0).abs() < 1e-5, "kernel {index}: {found}, not {expected}, {experiment:?}");
        }
    }
}

/// Algorithm 1, in f64: the factor that each orthonormal kernel ends up with.
fn transcription(start: &Network, images: &Array2<f32>) -> Vec<f64> {
    let mut blob = images.mapv(f64::from);
    let mut factors = Vec::new();
    for (index, kernel) in start.weights().iter().enumerate() {
        let mut kernel = kernel.mapv(f64::from);
        let mut factor = 1.0;
        let forward = |kernel: &Array2<f64>| {
            let z = blob.dot(kernel);
            start.biases.as_ref().map_or(z.clone(), |biases| z + biases[index].mapv(f64::from))
        };
        for _ in 0..MOST_ROUNDS {
            let variance = forward(&kernel).var(0.0);
            if (variance - 1.0).abs() < TOLERANCE {
                break;
            }
            kernel /= variance.sqrt();
            factor /= variance.sqrt();
        }
        let activated = index >= start.linear_layers;
        blob = forward(&kernel).mapv(|z| if activated { start.activation.at(z).0 } else { z });
        factors.push(factor);
    }
    factors
}

#[test]
fn weights_are_the_same_for_any_number_of_images() {
    let article = experiment();
    let of = |images| fitted(&with_images(&article, images)).weights();
    let all = of(10_000);
    assert!([10, 300, 1000, 1001].into_iter().all(|images| of(images) == all));
}

#[test]
fn weights_are_the_same_in_the_first_answer_and_the_last() {
    let experiment = with_images(&Experiment { widths: vec![200; 10], ..experiment() }, 10_000);
    let mut answers = Vec::new();
    let request = experiment.into();
    Measurer::new().unwrap().measure(&request, &|| false, &mut |answer| answers.push(answer)).unwrap();
    let [first, .., last] = answers.as_slice() else { panic!("several answers") };
    assert!(first.images < last.images && last.images == 10_000);
    for (first, last) in first.layers.iter().zip(&last.layers) {
        assert_eq!(first.weights, last.weights);
    }
}

#[test]
fn weights_are_the_same_for_any_number_of_threads() {
    for experiment in cases() {
        let of =
            |threads| Measurer::with_threads(threads).unwrap().network_and_source(&experiment).unwrap().0.weights();
        assert_eq!(of(1), of(3));
    }
}

#[test]
fn weights_follow_the_images() {
    let mnist = experiment();
    let with = |inputs| fitted(&Experiment { inputs, ..mnist.clone() }).weights();
    let scale = InputScale::Standardized;
    assert_ne!(with(mnist.inputs.clone())[0], with(Inputs { scale, ..mnist.inputs.clone() })[0]);
}

/// Kernels of one shape are one matrix, but for the factor that images give it; those of another shape are not cut from it.
#[test]
fn shared_draws_are_shared_between_equal_shapes_alone() {
    for text in ["lsuv", "orthogonal", "rai"] {
        let initializer = Initializer::read(text).unwrap();
        let network = fitted(&Experiment {
            initializer,
            widths: vec![60, 60, 60, 30, 60, 60],
            linear_first: true,
            draws: Draws::Shared,
            ..experiment()
        });
        let shapes: Vec<_> = network.kernels.iter().map(initscope::network::Kernel::dim).collect();
        assert_eq!(shapes[1..], [(60, 60), (60, 60), (60, 60), (60, 30), (30, 60), (60, 60), (60, 10)]);
        for other in [2, 3, 6] {
            let (one, other) = (&network.kernels[1].weights(), &network.kernels[other].weights());
            let scale = (scale(other, one)) as f32;
            assert!(one.iter().zip(other).all(|(one, other)| (one * scale - other).abs() <= 1e-6), "{text}");
        }
        for (one, other) in [(0, 1), (1, 4), (4, 7)] {
            let (one, other) = (&network.kernels[one].weights(), &network.kernels[other].weights());
            let columns = one.ncols().min(other.ncols());
            let (one, other) = (one.slice(s![..10, ..columns]), other.slice(s![..10, ..columns]));
            let ratio = scale(&other.to_owned(), &one.to_owned()) as f32;
            assert!(one.iter().zip(other).any(|(one, other)| (one * ratio - other).abs() > 1e-3), "{text}");
        }
    }
}

/// Where nothing varies there is nothing to divide by.
#[test]
fn layers_without_variance_keep_their_kernels() {
    let experiment = Experiment { bias: -1e3, ..experiment() };
    let (found, start) = (fitted(&experiment), orthonormal(&experiment));
    assert!(
        (scale(&found.kernels[0].weights(), &start.kernels[0].weights()) - 1.0).abs() > 0.01,
        "the first sees the images"
    );
    assert_eq!(found.weights()[1..], start.weights()[1..], "all units are dead");
}

/// A guard like those of the other draws: the scaled weights stay what they are, but for the rounding of sums.
#[test]
fn the_weights_do_not_drift() {
    let network = fitted(&experiment());
    for (kernel, expected) in network.weights().iter().zip(PINNED) {
        let found = [kernel[[0, 0]], kernel[[0, 1]], kernel[[1, 0]]];
        assert!(found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-5), "{found:?}");
    }
}

const PINNED: [[f32; 3]; 4] = [
    [0.15641412, 0.12073004, -0.090710655],
    [0.17980288, -0.12674381, 0.09327442],
    [-0.045852017, -0.20332052, 0.18598093],
    [0.009423928, -0.19530888, -0.28435305],
];

fn experiment() -> Experiment {
    let article = Experiment::article();
    let inputs = Inputs { images: 500, ..article.inputs };
    Experiment { inputs, widths: vec![80, 50, 100], initializer: Initializer::Lsuv, ..article }
}

/// Networks and inputs of all kinds.
fn cases() -> Vec<Experiment> {
    let base = experiment();
    let standardized = Inputs { scale: InputScale::Standardized, ..base.inputs.clone() };
    let gaussian = Inputs { data: Data::Gaussian { dim: 40 }, ..base.inputs.clone() };
    vec![
        base.clone(),
        Experiment { activation: Activation::Tanh, ..base.clone() },
        Experiment { linear_first: true, inputs: standardized, ..base.clone() },
        Experiment { bias: 0.1, bias_std: 0.2, ..base.clone() },
        Experiment { activation: Activation::Tanh, inputs: gaussian.clone(), linear_first: true, ..base.clone() },
        Experiment { inputs: gaussian, bias_std: 0.3, draws: Draws::Shared, widths: vec![30; 12], ..base },
    ]
}

fn with_images(experiment: &Experiment, images: usize) -> Experiment {
    Experiment { inputs: Inputs { images, ..experiment.inputs.clone() }, ..experiment.clone() }
}

fn measure(experiment: &Experiment) -> Measurement {
    let quantities = Quantities { pre_activations: true, ..Quantities::OUTPUTS };
    Measurer::new().unwrap().measure_all(experiment, quantities).unwrap()
}

fn fitted(experiment: &Experiment) -> Network {
    Measurer::new().unwrap().network_and_source(experiment).unwrap().0
}

/// The same network before it looked at the images.
fn orthonormal(experiment: &Experiment) -> Network {
    let initializer = Initializer::Orthogonal { gain: 1.0 };
    Network::draw(&Experiment { initializer, ..experiment.clone() }, &mut DrawCache::default())
}

fn first_images(experiment: &Experiment) -> Array2<f32> {
    Measurer::new().unwrap().network_and_source(experiment).unwrap().1.images(0..1000)
}

/// Of the pre-activations of every kernel on these images, in f64.
fn variances(network: &Network, images: &Array2<f32>) -> Vec<f64> {
    let mut blob = images.mapv(f64::from);
    let mut variances = Vec::new();
    for (index, kernel) in network.weights().iter().enumerate() {
        let mut z = blob.dot(&kernel.mapv(f64::from));
        if let Some(biases) = &network.biases {
            z += &biases[index].mapv(f64::from);
        }
        variances.push(z.var(0.0));
        blob = z.mapv(|z| if index >= network.linear_layers { network.activation.at(z).0 } else { z });
    }
    variances
}

/// The number that one kernel is of another: by their norms.
fn scale(kernel: &Array2<f32>, of: &Array2<f32>) -> f64 {
    let norm = |kernel: &Array2<f32>| kernel.iter().map(|&weight| f64::from(weight).powi(2)).sum::<f64>().sqrt();
    norm(kernel) / norm(of)
}

//! Spectral norms of kernels, and the slopes they bound gradients with.

use initscope::engine::{Measurement, Measurer, Quantities};
use initscope::experiment::{Activation, AtZero, Experiment, Initializer, Inputs};
use initscope::network::{DrawCache, Interrupted, Kernel, Network, SPECTRAL_NORM_TOLERANCE};
use initscope::theory::Phi as _;
use ndarray::{Array2, arr2};

use crate::reference;

fn norm(weights: Array2<f32>) -> f64 {
    Kernel::from(weights).spectral_norm(&|| false).unwrap()
}

fn assert_close(found: f64, expected: f64) {
    assert!((found - expected).abs() <= SPECTRAL_NORM_TOLERANCE * expected, "{found}, not {expected}");
}

/// NumPy's `linalg.norm(W, 2)` in f64, by a singular value decomposition.
#[test]
fn they_are_numpys() {
    let expected = [
        1.645_759_916_843_175,
        2.536_722_801_191_729_5,
        2.339_103_821_055_197_8,
        2.415_711_720_197_37,
        2.394_927_680_567_090_7,
        1.556_259_799_641_118,
    ];
    for (index, expected) in expected.into_iter().enumerate() {
        assert_close(norm(reference::read(format!("W{}.npy", index + 1))), expected);
    }
}

#[test]
fn those_of_matrices_that_are_known_are_right() {
    assert_close(norm(arr2(&[[3.0, 0.0], [0.0, -5.0], [0.0, 0.0]])), 5.0);
    // One row: the length of a vector. Rank 1: the product of two lengths.
    assert_close(norm(arr2(&[[3.0, 4.0]])), 5.0);
    assert_close(norm(Array2::from_shape_fn((5, 7), |(row, column)| (row * column) as f32)), (30.0_f64 * 91.0).sqrt());
    assert_close(norm(Array2::from_elem((784, 100), 0.25)), 0.25 * 78_400_f64.sqrt());
    assert_eq!(norm(Array2::zeros((3, 4))), 0.0);
    assert!(norm(arr2(&[[1.0, f32::INFINITY]])).is_nan());
    assert_close(norm(arr2(&[[f32::MAX]])), f64::from(f32::MAX));
}

/// With an offset there is no other way to know than to measure the very weights.
#[test]
fn another_sigma_or_mean_is_the_norm_of_its_weights() {
    let mut draws = DrawCache::default();
    for (mean, sigma) in [(0.0, 0.1), (0.0, 0.28), (0.05, 0.1), (-0.05, 0.2), (0.1, 0.0), (0.0, 1e-30)] {
        let experiment = Experiment { initializer: Initializer::RandomNormal { mean, sigma }, ..Experiment::article() };
        let network = Network::draw(&experiment, &mut draws);
        for kernel in &network.kernels {
            let found = kernel.spectral_norm(&|| false).unwrap();
            assert_eq!(kernel.known_spectral_norm(), Some(found));
            // Weights are rounded to f32.
            let alone = norm(kernel.weights());
            assert!((found - alone).abs() <= 1e-6 * alone, "{mean}, {sigma}: {found}, not {alone}");
        }
    }
}

/// sigma (sqrt(m) + sqrt(n)) as matrices of independent weights grow (Geman 1980), and from below but for what the tails of
/// its law allow, of order n^(-2/3).
#[test]
fn those_of_random_weights_are_geman() {
    let experiment = Experiment { widths: vec![1000; 2], ..Experiment::article() };
    let network = Network::draw(&experiment, &mut DrawCache::default());
    let found = network.kernels[1].spectral_norm(&|| false).unwrap();
    let expected = 0.1 * 2.0 * 1000_f64.sqrt();
    assert!((found / expected - 1.0).abs() < 3.0 * 1000_f64.powf(-2.0 / 3.0), "{found}, not {expected}");
}

#[test]
fn it_can_be_interrupted() {
    let kernel = Kernel::from(Array2::ones((3, 4)));
    assert!(matches!(kernel.spectral_norm(&|| true), Err(Interrupted)));
    assert_eq!(kernel.known_spectral_norm(), None);
}

#[test]
fn they_are_measured_where_they_are_asked_for_and_known_from_then_on() {
    let of = |sigma| {
        let inputs = Inputs { images: 100, ..Experiment::article().inputs };
        Experiment { inputs, initializer: Initializer::RandomNormal { mean: 0.0, sigma }, ..Experiment::article() }
    };
    let norms =
        |measurement: &Measurement| -> Vec<_> { measurement.layers.iter().map(|layer| layer.spectral_norm).collect() };
    let mut measurer = Measurer::with_threads(2).unwrap();
    assert_eq!(norms(&measurer.measure_all(&of(0.1), Quantities::OUTPUTS).unwrap()), [None; 5]);
    let wanted = Quantities { spectral_norms: true, ..Quantities::GLANCE };
    let first = norms(&measurer.measure_all(&of(0.1), wanted).unwrap());
    // A moved sigma has them at a glance: they scale.
    let scaled = norms(&measurer.measure_all(&of(0.2), Quantities::GLANCE).unwrap());
    for (first, scaled) in first.into_iter().zip(scaled) {
        assert!((scaled.unwrap() / first.unwrap() / 2.0 - 1.0).abs() < 1e-7);
    }
}

/// Of each activation on a fine grid: never more, and nearly so much somewhere.
#[test]
fn no_slope_is_steeper_and_one_is_as_steep() {
    let with = [
        Activation::LeakyRelu { slope: 3.0 },
        Activation::Elu { alpha: 2.0 },
        Activation::Elu { alpha: 0.5 },
        Activation::Celu { alpha: 0.3 },
        Activation::Selu { at_zero: AtZero::Above },
    ];
    for activation in Activation::ALL.into_iter().chain(with) {
        let slopes = (-400_000..=400_000).map(|step| activation.at(f64::from(step) * 1e-4).1.abs());
        let found = slopes.fold(0.0, f64::max);
        let steepest = activation.steepest();
        assert!(
            found <= steepest * (1.0 + 1e-12) && found > steepest * (1.0 - 2e-4),
            "{activation}: {found}, {steepest}"
        );
    }
}

/// dL/dz of layer l is dL/dz of layer l + 1, times W^T, times phi'(z): no more than the bound allows.
#[test]
fn gradients_stay_within_the_bound() {
    for activation in [Activation::Sigmoid, Activation::Tanh, Activation::Relu, Activation::Gelu] {
        let inputs = Inputs { images: 200, ..Experiment::article().inputs };
        let experiment = Experiment { inputs, activation, ..Experiment::article() };
        let measurement = Measurer::with_threads(1).unwrap().measure_all(&experiment, Quantities::ALL).unwrap();
        for pair in measurement.layers.windows(2) {
            let [below, above] = pair else { unreachable!() };
            let l2 = |layer: &initscope::engine::LayerMeasurement| layer.gradient.as_ref().unwrap().l2;
            let factor = l2(below) / l2(above);
            assert!(factor > 0.0 && factor <= activation.steepest() * above.spectral_norm.unwrap());
        }
    }
}

//! Where values stop being finite numbers is named: the layer, what they are, how many, and why.

use std::path::Path;

use initscope::dataset::Source;
use initscope::engine::{Measurement, Measurer, Overflow, OverflowPlace, Quantities, Values};
use initscope::experiment::{Activation, AtZero, Data, Experiment, Initializer, Inputs};
use initscope::stats::NonFinite;
use initscope::theory::Phi as _;
use ndarray::Array2;

const LIMIT: f64 = f32::MAX as f64;

#[test]
fn finite_numbers_are_not_named() {
    for experiment in [relu(0.1, 300), Experiment { linear_first: true, ..relu(1e4, 300) }] {
        assert_eq!(measure(&experiment).overflow(), None);
    }
}

/// Relu's outputs grow until they pass f32's end: in the layer where f64 does not have an end.
#[test]
fn relus_growth_ends_where_f64_goes_on() {
    for (sigma, linear_first) in [(1e7, false), (1e9, false), (1e9, true), (1e30, false)] {
        let experiment = Experiment { linear_first, ..relu(sigma, 200) };
        let beyond = beyond(&experiment);
        let first = beyond.iter().position(|&count| count > 0).unwrap();
        let Overflow { place, values, count, later } = measure(&experiment).overflow().unwrap();
        assert_eq!(
            (place, values),
            (OverflowPlace::Hidden(first + 1 - usize::from(linear_first)), Values::PreActivations)
        );
        assert_eq!(count.of, 200 * 100);
        // On their way sums may pass the end and come back, which f32 cannot.
        let total = count.infinite + count.nan;
        assert!(total >= beyond[first] && total <= 2 * beyond[first] + 10, "{total}, {} in f64", beyond[first]);
        assert_eq!(later, beyond.len() - 1 - first, "all that follow, to the output layer");
    }
}

/// With equal weights a pre-activation is the sum of an image's pixels times one number: none passes the end on its way.
#[test]
fn exactly_the_images_that_are_too_bright_are_counted() {
    let sums = sums_of_pixels(500);
    for linear_first in [false, true] {
        let (value, count) = over_for_some(&sums);
        let experiment = Experiment {
            initializer: Initializer::Constant { value },
            linear_first,
            widths: vec![7, 5],
            ..relu(0.0, 500)
        };
        let overflow = measure(&experiment).overflow().unwrap();
        assert_eq!(overflow.place, if linear_first { OverflowPlace::Linear } else { OverflowPlace::Hidden(1) });
        assert_eq!((overflow.values, overflow.later), (Values::PreActivations, 2 + usize::from(linear_first)));
        let found = (overflow.count.infinite, overflow.count.nan, overflow.count.of);
        assert_eq!(found, (count * 7, 0, 500 * 7));
        let place = if linear_first { "linear layer 0" } else { "layer 1" };
        let counted = format!("{place}: {} of 3,500 pre-activations exceed f32 (∞), and so in", thousands(count * 7));
        assert!(overflow.to_string().starts_with(&counted), "{overflow}");
        assert!(overflow.reason().contains("a sum over the inputs is larger"), "{}", overflow.reason());
    }
}

/// Its outputs stay within 1 whatever comes in.
#[test]
fn tanh_hides_nothing() {
    let (value, count) = over_for_some(&sums_of_pixels(500));
    let initializer = Initializer::Constant { value };
    let experiment = Experiment { initializer, activation: Activation::Tanh, widths: vec![3; 4], ..relu(0.0, 500) };
    let measurement = measure(&experiment);
    assert!(measurement.layers.iter().all(|layer| layer.output.non_finite() == 0), "outputs are finite");
    let overflow = measurement.overflow().unwrap();
    assert_eq!(
        (overflow.place, overflow.values, overflow.later),
        (OverflowPlace::Hidden(1), Values::PreActivations, 0)
    );
    assert_eq!((overflow.count.infinite, overflow.count.nan, overflow.count.of), (3 * count, 0, 1500));
}

#[test]
fn the_output_layer_has_a_name() {
    // z = w sum, one unit; logits w z.
    let initializer = Initializer::Constant { value: 1e20 };
    let measurement = measure(&Experiment { initializer, widths: vec![1], ..relu(0.0, 300) });
    let overflow = measurement.overflow().unwrap();
    assert_eq!((overflow.place, overflow.values, overflow.later), (OverflowPlace::Output, Values::PreActivations, 0));
    assert_eq!((overflow.count.infinite, overflow.count.nan, overflow.count.of), (3000, 0, 3000));
    assert_eq!(overflow.to_string(), "output layer: 3,000 of 3,000 pre-activations exceed f32 (∞)");
    assert!(measurement.loss.is_nan(), "and there is no loss");
}

/// 1.05 times a finite number.
#[test]
fn outputs_can_exceed_f32_where_pre_activations_do_not() {
    let sum = sums_of_pixels(1)[0];
    let value = 0.98 * LIMIT / sum;
    let activation = Activation::Selu { at_zero: AtZero::Below };
    let experiment =
        Experiment { initializer: Initializer::Constant { value }, activation, widths: vec![4], ..relu(0.0, 1) };
    let overflow = measure(&experiment).overflow().unwrap();
    assert_eq!((overflow.place, overflow.values, overflow.later), (OverflowPlace::Hidden(1), Values::Outputs, 1));
    assert_eq!((overflow.count.infinite, overflow.count.nan, overflow.count.of), (4, 0, 4));
    assert!(overflow.reason().starts_with("The activation takes finite values beyond"));
}

#[test]
fn weights_can_exceed_f32_themselves() {
    // sigma as large as a number can be: 32 % of a normal's draws lie beyond it.
    for (linear_first, place) in [(false, OverflowPlace::Hidden(1)), (true, OverflowPlace::Linear)] {
        let overflow = measure(&Experiment { linear_first, ..relu(LIMIT, 20) }).overflow().unwrap();
        assert_eq!((overflow.place, overflow.values), (place, Values::Weights));
        let share = overflow.count.infinite as f64 / 78_400.0;
        assert!((share - 0.317_310_5).abs() < 4.5 * (0.317 * 0.683 / 78_400.0_f64).sqrt(), "{share}");
        assert_eq!((overflow.count.nan, overflow.count.of), (0, 78_400));
        assert!(overflow.reason().contains("the weights themselves are larger"), "{}", overflow.reason());
    }
}

/// He's sigma is 28 times as large for one input as for 784.
#[test]
fn weights_of_the_output_layer_are_named_too() {
    let initializer = Initializer::HeNormal { gain: 3e38 };
    let overflow = measure(&Experiment { initializer, widths: vec![1], ..relu(0.0, 1) }).overflow().unwrap();
    assert_eq!((overflow.place, overflow.values), (OverflowPlace::Output, Values::Weights));
    assert_eq!((overflow.count.infinite, overflow.count.of), (10, 10));
}

/// Infinities of both signs come into the next layer's sums. Whether a layer of finite inputs has any NaN depends on
/// whether the processor rounds products before it adds them.
#[test]
fn nan_has_its_own_words_and_reason() {
    let measurement = measure(&relu(1e30, 100));
    let overflow = measurement.overflow().unwrap();
    assert_eq!((overflow.place, overflow.values), (OverflowPlace::Hidden(2), Values::PreActivations));
    assert_eq!(overflow.count.infinite + overflow.count.nan, 100 * 100);
    assert!(measurement.non_finite[2].nan > 9000, "{:?}", measurement.non_finite[2]);
    let with = |infinite, nan| Overflow { count: NonFinite { infinite, nan, of: 10_000 }, later: 1, ..overflow };
    let [some, all, none] =
        [with(5, 7), with(0, 7), with(5, 0)].map(|overflow| (overflow.to_string(), overflow.reason()));
    assert_eq!(some.0, "layer 2: 12 of 10,000 pre-activations are ∞ or NaN, and so in 1 later layer");
    assert_eq!(all.0, "layer 2: 7 of 10,000 pre-activations are not numbers (NaN), and so in 1 later layer");
    assert!(some.1 == all.1 && all.1.contains("∞ − ∞ is not a number"), "{}", all.1);
    assert!(!none.1.contains("not a number"), "{}", none.1);
}

/// Black images leave every pre-activation at 0, where tanh's slope is 1: gradients alone grow, by the weights.
#[test]
fn gradients_can_exceed_f32_where_everything_else_is_zero() {
    let folder = black_images();
    let article = Experiment::article();
    let experiment = Experiment {
        inputs: Inputs { data: Data::Folder(folder.path().to_owned()), images: 256, ..article.inputs },
        initializer: Initializer::RandomNormal { mean: 0.0, sigma: 1e12 },
        activation: Activation::Tanh,
        ..article
    };
    let measurement = measure(&experiment);
    assert!(measurement.layers.iter().all(|layer| layer.output.max == 0.0 && layer.output.min == 0.0));
    assert!((measurement.loss - 10_f64.ln()).abs() < 1e-12);
    let overflow = measurement.overflow().unwrap();
    // dL/dlogits is up to 1 / 256; each layer has a factor of 1e12 and the root of 100: 1e11, 1e24, 1e37, 1e50.
    assert_eq!((overflow.place, overflow.values, overflow.later), (OverflowPlace::Hidden(2), Values::Gradients, 1));
    assert_eq!(overflow.count.of, 256 * 100);
    assert!(overflow.count.infinite > 0);
    assert!(overflow.reason().contains("on its way back"), "{}", overflow.reason());
    let outputs_alone = Measurer::new().unwrap().measure_all(&experiment, Quantities::OUTPUTS).unwrap();
    assert_eq!(outputs_alone.overflow(), None, "nobody asked for gradients");
}

// Help

fn relu(sigma: f64, images: usize) -> Experiment {
    let article = Experiment::article();
    let initializer = Initializer::RandomNormal { mean: 0.0, sigma };
    Experiment { inputs: Inputs { images, ..article.inputs }, initializer, ..article }
}

fn measure(experiment: &Experiment) -> Measurement {
    Measurer::new().unwrap().measure_all(experiment, Quantities::ALL).unwrap()
}

/// Pre-activations of every kernel beyond f32, in f64.
fn beyond(experiment: &Experiment) -> Vec<u64> {
    let (network, source) = Measurer::new().unwrap().network_and_source(experiment).unwrap();
    let mut inputs = source.images(0..experiment.inputs.images).mapv(f64::from);
    let mut beyond = Vec::new();
    for (index, kernel) in network.weights().iter().enumerate() {
        let z: Array2<f64> = inputs.dot(&kernel.mapv(f64::from));
        beyond.push(z.iter().filter(|z| z.abs() > LIMIT).count() as u64);
        inputs = z.mapv(|z| if index < network.linear_layers { z } else { network.activation.at(z).0 });
    }
    beyond
}

fn sums_of_pixels(images: usize) -> Vec<f64> {
    let source = Source::load(&relu(0.1, images)).unwrap();
    source.images(0..images).outer_iter().map(|image| image.iter().map(|&value| f64::from(value)).sum()).collect()
}

/// A factor that takes some of these sums beyond f32, halfway between the nearest two, and how many.
fn over_for_some(sums: &[f64]) -> (f64, u64) {
    let mut sorted = sums.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (200..400).max_by(|&one, &other| {
        let gap = |at: usize| sorted[at + 1] / sorted[at];
        gap(one).total_cmp(&gap(other))
    });
    let at = at.unwrap();
    (LIMIT / (sorted[at] * sorted[at + 1]).sqrt(), (sorted.len() - 1 - at) as u64)
}

fn thousands(number: u64) -> String {
    if number < 1000 { number.to_string() } else { format!("{},{:03}", number / 1000, number % 1000) }
}

/// The four files of a set of MNIST's shape, all pixels 0.
fn black_images() -> tempfile::TempDir {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    for (name, images) in [("t10k", 10_000_u32), ("train", 60_000)] {
        let idx = |kind: &str, header: &[u32], length: usize| {
            let mut bytes: Vec<u8> = header.iter().flat_map(|number| number.to_be_bytes()).collect();
            bytes.resize(bytes.len() + length, 0);
            std::fs::write(Path::new(folder.path()).join(format!("{name}-{kind}-ubyte")), bytes).unwrap();
        };
        idx("labels-idx1", &[0x801, images], images as usize);
        idx("images-idx3", &[0x803, images, 28, 28], images as usize * 784);
    }
    folder
}

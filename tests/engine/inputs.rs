//! Images as a network is shown them: scaled as PyTorch does it, or drawn; and what an experiment may ask for.

use std::path::PathBuf;

use initscope::dataset::{Dataset, Source, Standard};
use initscope::engine::{Measurer, Quantities};
use initscope::experiment::{
    Activation, CLASSES, Data, Experiment, Initializer, InputScale, Inputs, SettingError, Settings, Split,
};
use ndarray::{Array1, Array2, arr2, s};

/// Standard errors that a figure may be off by. The draws are fixed, so that this is judged once.
const ERRORS: f64 = 4.5;

// Pixels

/// `ToTensor` divides by 255, `Normalize((0.1307,), (0.3081,))` subtracts and divides, all in f32.
#[test]
fn standardized_pixels_are_those_of_pytorch() {
    let pixels = Dataset::load(&Data::Mnist, Split::Test).unwrap();
    let source = |scale| Source::load(&with(Inputs { scale, ..mnist() })).unwrap();
    let (unit, standardized) = (source(InputScale::Unit), source(InputScale::Standardized));
    assert_eq!((unit.dim(), unit.len()), (784, 10_000));
    let both = unit.images(0..100).into_iter().zip(standardized.images(0..100));
    for (&pixel, (unit, standardized)) in pixels.pixels(0..100).iter().zip(both) {
        let tensor = f32::from(pixel) / 255.0;
        assert_eq!((unit, standardized), (tensor, (tensor - 0.1307) / 0.3081));
    }
    // As PyTorch prints them: the darkest and the brightest.
    let (least, greatest) = standardized
        .images(0..100)
        .iter()
        .fold((0.0_f32, 0.0_f32), |(least, greatest), &value| (least.min(value), greatest.max(value)));
    assert!((least + 0.4242).abs() < 5e-5 && (greatest - 2.8215).abs() < 5e-5, "{least}, {greatest}");
}

#[test]
fn the_mean_and_deviation_are_those_of_the_training_pixels() {
    let train = Dataset::load(&Data::Mnist, Split::Train).unwrap();
    let rounded = |number: f64| (number * 1e4).round() / 1e4;
    let (mean, std) = mean_and_std(train.pixels(0..train.len()));
    assert_eq!((rounded(mean), rounded(std)), (0.1307, 0.3081));
    for split in Split::ALL {
        let source = Source::load(&with(Inputs { split, ..mnist() })).unwrap();
        assert_eq!(source.standard(), Some(Standard { mean: 0.1307, std: 0.3081 }), "{}", split.name());
    }
}

/// 0.2860 and 0.3530 are what everyone writes for Fashion-MNIST; NumPy has 0.28604059 and 0.35302424.
#[test]
fn a_folder_has_its_own_training_images_mean_and_deviation() {
    let folder = PathBuf::from("/usr/share/datasets/fashion-mnist");
    if !folder.exists() {
        return;
    }
    let scale = InputScale::Standardized;
    let source = Source::load(&with(Inputs { data: Data::Folder(folder.clone()), scale, ..mnist() })).unwrap();
    let Standard { mean, std } = source.standard().unwrap();
    assert!((mean - 0.286_040_59).abs() < 1e-7 && (std - 0.353_024_24).abs() < 1e-7, "{mean}, {std}");
    let test = Dataset::load(&Data::Folder(folder), Split::Test).unwrap();
    for (&pixel, found) in test.pixels(0..20).iter().zip(source.images(0..20)) {
        assert_eq!(found, (f32::from(pixel) / 255.0 - mean as f32) / std as f32);
    }
}

/// All pixels alike: there is no deviation to divide by.
#[test]
fn pixels_without_deviation_are_moved_alone() {
    assert_eq!(Standard::of(&[51; 784]), Standard { mean: 0.2, std: 1.0 });
}

/// Bytes of 0 to 16 have a deviation so small that four decimals of it are too few. `np.std([0, 16])` is 8.
#[test]
fn dark_pixels_are_standardized_by_all_digits_of_their_deviation() {
    let Standard { mean, std } = Standard::of(&[[0_u8, 16]; 400].concat());
    assert!((mean - 8.0 / 255.0).abs() < 1e-12 && (std - 8.0 / 255.0).abs() < 1e-12, "{mean}, {std}");
}

#[test]
fn a_measurement_says_what_pixels_were_standardized_by() {
    let mut measurer = Measurer::new().unwrap();
    let mut standard = |inputs| measurer.measure_all(&with(inputs), Quantities::OUTPUTS).unwrap().standard;
    let few = Inputs { images: 10, ..mnist() };
    assert_eq!(standard(few.clone()), Some(Standard::MNIST));
    assert_eq!(standard(Inputs { data: Data::Gaussian { dim: 3 }, ..few }), None);
}

#[test]
fn another_scale_is_measured_after_the_same_images() {
    let standardized = with(Inputs { scale: InputScale::Standardized, images: 100, ..mnist() });
    let cold = Measurer::new().unwrap().measure_all(&standardized, Quantities::OUTPUTS).unwrap();
    let mut measurer = Measurer::new().unwrap();
    let unit = measurer.measure_all(&with(Inputs { images: 100, ..mnist() }), Quantities::OUTPUTS).unwrap();
    let warm = measurer.measure_all(&standardized, Quantities::OUTPUTS).unwrap();
    assert_ne!(unit.layers[0].output.std, warm.layers[0].output.std);
    assert_eq!(format!("{cold:?}"), format!("{warm:?}"));
}

// Draws

#[test]
fn drawn_values_are_standard_normal() {
    for (dim, images) in [(1, 20_000), (784, 500), (10_000, 50)] {
        let values = drawn(dim, 3).images(0..images).mapv(f64::from);
        let count = values.len() as f64;
        let mean = values.mean().unwrap();
        let central = |power: i32| values.mapv(|value| (value - mean).powi(power)).mean().unwrap();
        let variance = central(2);
        let (skewness, kurtosis) = (central(3) / variance.powf(1.5), central(4) / variance.powi(2));
        assert!(mean.abs() < ERRORS / count.sqrt(), "{dim}: mean {mean}");
        assert!((variance - 1.0).abs() < ERRORS * (2.0 / count).sqrt(), "{dim}: variance {variance}");
        assert!(skewness.abs() < ERRORS * (6.0 / count).sqrt(), "{dim}: skewness {skewness}");
        assert!((kurtosis - 3.0).abs() < ERRORS * (24.0 / count).sqrt(), "{dim}: kurtosis {kurtosis}");
    }
}

#[test]
fn drawn_images_are_independent_of_one_another_and_of_the_seed() {
    let (one, other) = (drawn(2000, 3), drawn(2000, 4));
    let images = one.images(0..20);
    for (index, image) in images.outer_iter().enumerate() {
        for before in images.outer_iter().take(index) {
            uncorrelated(&image.to_owned(), &before.to_owned());
        }
    }
    for (image, same) in images.outer_iter().zip(other.images(0..20).outer_iter()) {
        uncorrelated(&image.to_owned(), &same.to_owned());
    }
    // Nor do the values of an image depend on its place.
    uncorrelated(&one.images(0..2000).column(0).to_owned(), &one.images(0..2000).column(1).to_owned());
}

#[test]
fn a_drawn_image_is_the_same_however_many_there_are() {
    let source = drawn(50, 3);
    let all = source.images(0..1000);
    for first in [0, 1, 127, 128, 700] {
        assert_eq!(source.images(first..first + 3), all.slice(s![first..first + 3, ..]));
    }
    // Nor does the experiment's number of images matter, and fewer values are its first.
    let few = Source::load(&with(Inputs { data: Data::Gaussian { dim: 50 }, images: 7, ..mnist() })).unwrap();
    let same_seed = drawn(50, Experiment::article().seed);
    assert_eq!(few.images(0..7), same_seed.images(0..7));
    assert_eq!(few.labels()[..7], same_seed.labels()[..7]);
    assert_eq!(drawn(20, 3).images(0..5), all.slice(s![..5, ..20]));
}

/// Chi-square with 9 degrees of freedom: 33.7 is passed once in 10,000.
#[test]
fn drawn_labels_are_uniform_over_ten_classes() {
    for seed in [0, 10, u32::MAX] {
        let source = drawn(1, seed);
        let labels = source.labels();
        assert_eq!(labels.len(), 60_000);
        assert!(chi_square(&counts(labels.iter().copied())) < 33.7, "seed {seed}");
        // The next label, too, given this one.
        let after_three = labels.windows(2).filter(|pair| pair[0] == 3).map(|pair| pair[1]);
        assert!(chi_square(&counts(after_three)) < 33.7, "seed {seed}");
    }
}

#[test]
fn drawn_labels_say_nothing_of_the_images() {
    let source = drawn(5, 3);
    let images = source.images(0..10_000).mapv(f64::from);
    let labels: Array1<f64> = source.labels()[..10_000].iter().map(|&label| f64::from(label)).collect();
    for column in images.columns() {
        uncorrelated_f64(&column.to_owned(), &labels);
        uncorrelated_f64(&column.mapv(|value| value * value), &labels);
    }
    // Of the images of each class the mean is 0.
    for class in 0..CLASSES as u8 {
        let of_class = images.outer_iter().zip(source.labels()).filter(|(_, label)| **label == class);
        let values: Array1<f64> = of_class.flat_map(|(image, _)| image.to_vec()).collect();
        assert!(values.mean().unwrap().abs() < ERRORS / (values.len() as f64).sqrt(), "class {class}");
    }
    // Nor of the seeds' labels.
    let other: Array1<f64> = drawn(5, 4).labels()[..10_000].iter().map(|&label| f64::from(label)).collect();
    uncorrelated_f64(&labels, &other);
}

/// A guard like those of the kernels: what a seed draws stays what it is, on every platform.
#[test]
fn the_drawn_images_do_not_drift() {
    let source = drawn(3, 10);
    assert_eq!(source.images(0..2), arr2(&PINNED_IMAGES));
    assert_eq!(source.images(59_999..60_000).into_iter().collect::<Vec<_>>(), PINNED_LAST);
    assert_eq!(source.labels()[..12], PINNED_LABELS);
}

const PINNED_IMAGES: [[f32; 3]; 2] = [[0.17309192, 0.81546813, -0.16488235], [0.54002523, -0.32358462, 0.47963434]];
const PINNED_LAST: [f32; 3] = [0.69145054, 1.2017007, -0.57672256];
const PINNED_LABELS: [u8; 12] = [8, 6, 6, 1, 1, 1, 9, 0, 4, 8, 4, 9];

/// Inputs have streams of their own: another network sees the same images, and the images change no kernel.
#[test]
fn drawn_inputs_and_kernels_are_independent() {
    let experiment = with(Inputs { data: Data::Gaussian { dim: 784 }, ..mnist() });
    let (network, source) = Measurer::new().unwrap().network_and_source(&experiment).unwrap();
    let (of_mnist, _) = Measurer::new().unwrap().network_and_source(&with(mnist())).unwrap();
    assert_eq!(network.weights(), of_mnist.weights());
    let images: Array1<f32> = source.images(0..100).into_iter().collect();
    for kernel in &network.weights()[..3] {
        let weights: Array1<f32> = kernel.iter().copied().take(images.len()).collect();
        uncorrelated(&weights, &images.slice(s![..weights.len()]).to_owned());
    }
}

/// The images of blocks that are measured are those of the source.
#[test]
fn the_engine_shows_the_network_the_drawn_images() {
    let experiment = Experiment {
        widths: vec![4],
        initializer: Initializer::Identity { gain: 1.0 },
        activation: Activation::Linear,
        ..with(Inputs { data: Data::Gaussian { dim: 4 }, images: 300, ..mnist() })
    };
    let measurement = Measurer::new().unwrap().measure_all(&experiment, Quantities::OUTPUTS).unwrap();
    let images: Array2<f64> = Source::load(&experiment).unwrap().images(0..300).mapv(f64::from);
    let output = &measurement.layers[0].output;
    assert!((output.mean - images.mean().unwrap()).abs() < 1e-12 && (output.std - images.std(0.0)).abs() < 1e-12);
}

// What may be asked for

#[test]
fn limits_of_networks_and_inputs() {
    for (settings, accepted) in [
        (Settings { layers: Some(100), width: Some(1024), ..none() }, true),
        (Settings { layers: Some(1), width: Some(1), ..none() }, true),
        (Settings { layers: Some(101), ..none() }, false),
        (Settings { layers: Some(0), ..none() }, false),
        (Settings { width: Some(1025), ..none() }, false),
        (Settings { width: Some(0), ..none() }, false),
        (Settings { widths: Some(vec![1024; 100]), ..none() }, true),
        (Settings { widths: Some(vec![10; 101]), ..none() }, false),
        (Settings { widths: Some(vec![10, 0]), ..none() }, false),
        (Settings { widths: Some(vec![10, 1025]), ..none() }, false),
        (gaussian(Some(1)), true),
        (gaussian(Some(10_000)), true),
        (gaussian(Some(0)), false),
        (gaussian(Some(10_001)), false),
        (Settings { images: Some(10_000), ..none() }, true),
        (Settings { images: Some(10_001), ..none() }, false),
        (Settings { images: Some(60_000), split: Some("train".to_owned()), ..none() }, true),
        (Settings { images: Some(60_000), ..gaussian(None) }, true),
        (Settings { images: Some(60_001), ..gaussian(None) }, false),
        (Settings { images: Some(0), ..none() }, false),
    ] {
        match settings.apply(&Experiment::article()) {
            Ok(_) => assert!(accepted, "{settings:?}"),
            Err(error) => {
                assert!(matches!(error, SettingError::OutOfRange { .. }), "{error}");
                assert!(!accepted, "{settings:?}");
            }
        }
    }
    let no_widths = Settings { widths: Some(Vec::new()), ..none() }.apply(&Experiment::article());
    assert!(matches!(no_widths, Err(SettingError::Empty { flag: "--widths" })), "{no_widths:?}");
}

#[test]
fn what_is_set_is_what_comes_out() {
    let settings =
        Settings { widths: Some(vec![128, 64, 32]), linear_first: Some(true), images: Some(77), ..gaussian(Some(20)) };
    let experiment = settings.apply(&Experiment::article()).unwrap();
    assert_eq!(experiment.widths, [128, 64, 32]);
    assert_eq!(experiment.inputs.data, Data::Gaussian { dim: 20 });
    assert_eq!(experiment.kernel_shapes(), [(20, 128), (128, 128), (128, 64), (64, 32), (32, 10)]);
    assert_eq!(Settings::from(&experiment).apply(&Experiment::article()), Ok(experiment));
    // Layers are added with the last one's width, or taken away from the end.
    let after = |layers| Settings { layers: Some(layers), ..none() }.apply(&widths(&[30, 20])).unwrap().widths;
    assert_eq!((after(4), after(1)), (vec![30, 20, 20, 20], vec![30]));
}

#[test]
fn flags_that_do_not_apply_are_refused_by_name() {
    let text = |text: &str| Some(text.to_owned());
    for (settings, flag) in [
        (Settings { input_dim: Some(5), ..none() }, "--input-dim"),
        (Settings { split: text("train"), ..gaussian(None) }, "--split"),
        (Settings { input_scale: text("unit"), ..gaussian(None) }, "--input-scale"),
        (Settings { widths: Some(vec![10]), layers: Some(1), ..none() }, "--layers"),
        (Settings { widths: Some(vec![10]), width: Some(10), ..none() }, "--width"),
        (Settings { generator: text("tensorflow1"), init: text("he_normal"), ..none() }, "--generator tensorflow1"),
        (Settings { bias: Some(vec![0.1]), init: text("rai"), ..none() }, "--bias"),
        (Settings { bias_std: Some(0.1), init: text("torch_linear_default"), ..none() }, "--bias-std"),
        (Settings { sigma: Some(vec![0.1]), init: text("lsuv"), ..none() }, "--sigma"),
        (Settings { gain: Some(2.0), init: text("random_normal"), ..none() }, "--gain"),
        (Settings { weight_mean: Some(0.1), init: text("he_normal"), ..none() }, "--weight-mean"),
    ] {
        let error = settings.apply(&Experiment::article()).unwrap_err();
        let SettingError::DoesNotApply { flag: found, .. } = &error else { panic!("{error}") };
        assert_eq!(*found, flag);
        assert!(error.to_string().starts_with(&format!("{flag} does not apply to ")), "{error}");
    }
    for (settings, flag) in
        [(Settings { slope: Some(0.1), ..none() }, "--slope"), (Settings { alpha: Some(0.1), ..none() }, "--alpha")]
    {
        let error = settings.apply(&Experiment::article()).unwrap_err();
        assert!(matches!(error, SettingError::NotForActivation { flag: found, .. } if found == flag), "{error}");
    }
}

/// What a base has and the new choice cannot use is left behind without a word: only what is given can be wrong.
#[test]
fn what_the_base_has_is_no_error() {
    let base = with(Inputs { scale: InputScale::Standardized, split: Split::Train, ..mnist() });
    let drawn = gaussian(Some(5)).apply(&base).unwrap();
    assert_eq!((drawn.inputs.scale, drawn.inputs.dim()), (InputScale::Unit, 5));
    assert_eq!(gaussian(None).apply(&base).unwrap().inputs.dim(), 784, "as many as the pixels before");
    let back = Settings { data: Some(PathBuf::from("mnist")), ..none() }.apply(&drawn).unwrap();
    assert_eq!(back.inputs.dim(), 784);
}

// Help

fn none() -> Settings {
    Settings::default()
}

fn gaussian(input_dim: Option<usize>) -> Settings {
    Settings { data: Some(PathBuf::from("gaussian")), input_dim, ..none() }
}

fn mnist() -> Inputs {
    Experiment::article().inputs
}

fn with(inputs: Inputs) -> Experiment {
    Experiment { inputs, ..Experiment::article() }
}

fn widths(widths: &[usize]) -> Experiment {
    Experiment { widths: widths.to_vec(), ..Experiment::article() }
}

fn drawn(dim: usize, seed: u32) -> Source {
    Source::load(&Experiment { seed, ..with(Inputs { data: Data::Gaussian { dim }, ..mnist() }) }).unwrap()
}

fn mean_and_std(pixels: &[u8]) -> (f64, f64) {
    let values = || pixels.iter().map(|&pixel| f64::from(pixel) / 255.0);
    let mean = values().sum::<f64>() / pixels.len() as f64;
    (mean, (values().map(|value| (value - mean).powi(2)).sum::<f64>() / pixels.len() as f64).sqrt())
}

fn counts(labels: impl Iterator<Item = u8>) -> [u64; CLASSES] {
    let mut counts = [0; CLASSES];
    labels.for_each(|label| counts[usize::from(label)] += 1);
    counts
}

fn chi_square(counts: &[u64]) -> f64 {
    let expected = counts.iter().sum::<u64>() as f64 / counts.len() as f64;
    counts.iter().map(|&count| (count as f64 - expected).powi(2) / expected).sum()
}

fn uncorrelated(one: &Array1<f32>, other: &Array1<f32>) {
    uncorrelated_f64(&one.mapv(f64::from), &other.mapv(f64::from));
}

fn uncorrelated_f64(one: &Array1<f64>, other: &Array1<f64>) {
    let centred = |values: &Array1<f64>| values - values.mean().unwrap();
    let (one, other) = (centred(one), centred(other));
    let correlation = one.dot(&other) / (one.dot(&one) * other.dot(&other)).sqrt();
    assert!(correlation.abs() < ERRORS / (one.len() as f64).sqrt(), "correlation {correlation}");
}

#[test]
fn pixels_are_centered_left_as_bytes_and_transposed_as_they_are_said_to_be() {
    let source = |scale, transposed| Source::load(&with(Inputs { scale, transposed, ..mnist() })).unwrap();
    let pixels = source(InputScale::Unit, false).pixels(7).unwrap().to_vec();
    let values = |scale, transposed| source(scale, transposed).images(7..8).into_raw_vec_and_offset().0;
    let of = |scale| values(scale, false).into_iter().zip(&pixels);
    assert!(of(InputScale::Centered).all(|(value, &pixel)| value == f32::from(pixel) / 255.0 - 0.5));
    assert!(of(InputScale::Bytes).all(|(value, &pixel)| value == f32::from(pixel)));
    let turned = values(InputScale::Bytes, true);
    for row in 0..28 {
        for column in 0..28 {
            assert_eq!(turned[28 * row + column], f32::from(pixels[28 * column + row]));
        }
    }
    assert!(!source(InputScale::Unit, true).is_same(&source(InputScale::Unit, false)));
}

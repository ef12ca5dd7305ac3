//! Weights that come from elsewhere are measured as drawn ones are, are never taken for others, and what only draws have says so.

use std::sync::Arc;
use std::time::{Duration, Instant};

use initscope::engine::landscape::{NoTerrain, Plane, Terrain};
use initscope::engine::units::{LayerUnits, Size, Wanted};
use initscope::engine::{Engine, Measurement, Measurer, OtherSeeds, OverflowPlace, Quantities, Values, are_alike};
use initscope::experiment::{Activation, Data, Experiment, Initializer};
use initscope::figure::{Figure, Headline, Sheet, View, differences};
use initscope::layout::{Content as _, LayersContent};
use initscope::network::SPECTRAL_NORM_TOLERANCE;
use initscope::page::{Fonts, Item};
use initscope::stats::Distribution;
use initscope::subject::{GivenWeights, NoLoss, NotDrawn, Subject, UnfitWeights};
use initscope::sweep::{Sweep, SweptSetting};
use initscope::theory::Coverage;
use ndarray::{Array1, Array2, array};

/// A small network on 300 images: four blocks and a part.
fn small() -> Experiment {
    let mut experiment = Experiment { widths: vec![24, 20, 16], ..Experiment::article() };
    experiment.inputs.images = 300;
    experiment
}

fn normal(sigma: f64) -> Initializer {
    Initializer::RandomNormal { mean: 0.0, sigma }
}

/// The arrays that an experiment draws, as `export` writes them.
fn arrays(experiment: &Experiment) -> (Vec<Array2<f32>>, Option<Vec<Array1<f32>>>) {
    let (network, _) = Measurer::new().unwrap().network_and_source(experiment).unwrap();
    (network.weights(), network.biases)
}

/// The same experiment with what it draws, given.
fn given(experiment: &Experiment) -> Subject {
    let (kernels, biases) = arrays(experiment);
    let weights = GivenWeights::new("drawn.npz", kernels, biases).unwrap();
    Subject::given(experiment.clone(), Arc::new(weights)).unwrap()
}

fn measured(subject: &Subject) -> Measurement {
    Measurer::new().unwrap().measure_all(subject, Quantities::ALL).unwrap()
}

fn text(value: &impl std::fmt::Debug) -> String {
    format!("{value:?}")
}

/// All that is known of values. Counts by size of a rescaled network have a factor on their edges: what they come to is compared.
fn of_distribution(values: &Distribution) -> String {
    let sizes = values.sizes.as_ref().map(|sizes| (sizes.least, sizes.quantiles));
    text(&(values.cells(), sizes, Distribution { sizes: None, ..values.clone() }))
}

/// All that was measured of what went through the network, and of its weights.
fn of_values(measurement: &Measurement) -> Vec<String> {
    let mut said = vec![
        text(&(measurement.images, measurement.loss, measurement.logit_gradient_l2)),
        text(&(&measurement.non_finite, &measurement.non_finite_weights)),
    ];
    for layer in &measurement.layers {
        said.push(text(&(layer.layer, layer.units, layer.fan_in, layer.states, layer.saturated_fraction)));
        let gradient = layer.gradient.as_ref();
        said.push(text(&gradient.map(|gradient| (gradient.l2, gradient.weight_l2))));
        let gradient = gradient.map(|gradient| &gradient.distribution);
        let all = [Some(&layer.output), layer.pre_activation.as_ref(), gradient];
        said.extend(all.into_iter().flatten().map(of_distribution));
        said.push(text(&(layer.weights.count, layer.weights.min, layer.weights.max)));
        let weights: Option<&Distribution> = layer.weight_distribution.as_ref();
        said.push(text(&weights.map(|weights| weights.quantiles)));
    }
    said
}

/// Where f32 has the drawn weights as a power of two times their draws, the sums over them are the same to the bit, as long as none
/// leaves f32 on its way.
#[test]
fn what_an_experiment_draws_gives_the_same_bits_when_it_is_given() {
    let eighth = Experiment { initializer: normal(0.125), ..small() };
    let experiments = [
        eighth.clone(),
        Experiment { seed: 3, activation: Activation::LeakyRelu { slope: 0.25 }, ..eighth.clone() },
        Experiment { activation: Activation::Tanh, bias: 0.1, bias_std: 0.3, ..eighth.clone() },
        Experiment { activation: Activation::HardSwish, linear_first: true, ..eighth },
        Experiment { activation: Activation::Sigmoid, initializer: Initializer::Orthogonal { gain: 1.0 }, ..small() },
        Experiment { initializer: Initializer::Rai, ..small() },
        Experiment { initializer: Initializer::TruncNormal { mean: 0.1, sigma: 0.1, a: -0.1, b: 0.2 }, ..small() },
        Experiment { initializer: Initializer::Identity { gain: 2.0 }, ..small() },
        Experiment { initializer: normal(2_f64.powi(10)), widths: vec![30; 8], ..small() },
        Experiment { initializer: normal(1e-33), widths: vec![20], activation: Activation::Gelu, ..small() },
    ];
    for experiment in experiments {
        let (drawn, given) = (measured(&(&experiment).into()), measured(&given(&experiment)));
        assert_eq!(of_values(&given), of_values(&drawn), "{experiment:?}");
        for (given, drawn) in given.layers.iter().zip(&drawn.layers) {
            for (found, expected) in [
                (given.spectral_norm.unwrap(), drawn.spectral_norm.unwrap()),
                (given.weights.mean, drawn.weights.mean),
                (given.weights.std(), drawn.weights.std()),
            ] {
                assert!(
                    (found - expected).abs() <= SPECTRAL_NORM_TOLERANCE * expected.abs(),
                    "{found}, not {expected}"
                );
            }
        }
    }
}

/// Otherwise f32 rounds every weight, and only that is between them.
#[test]
fn where_scaled_draws_are_rounded_to_weights_that_is_the_only_difference() {
    let close = |found: f64, expected: f64| assert!((found / expected - 1.0).abs() < 1e-5, "{found}, not {expected}");
    for experiment in [small(), Experiment { activation: Activation::Tanh, bias_std: 0.2, ..small() }] {
        let (drawn, given) = (measured(&(&experiment).into()), measured(&given(&experiment)));
        close(given.loss, drawn.loss);
        for (given, drawn) in given.layers.iter().zip(&drawn.layers) {
            assert_eq!(given.states, drawn.states);
            close(given.output.std, drawn.output.std);
            close(given.gradient.as_ref().unwrap().l2, drawn.gradient.as_ref().unwrap().l2);
            close(given.gradient.as_ref().unwrap().weight_l2, drawn.gradient.as_ref().unwrap().weight_l2);
        }
    }
}

/// Unit 0 sees pixel (14, 14), unit 1 the one two rows below; expected values by hand, in Python's floats, from the pixels 0, 0,
/// 255, 0, 0, 254, 137, 251, 0, 254 and 0, 0, 254, 0, 0, 254, 0, 185, 42, 200 of the first ten test images, which are
/// 7, 2, 1, 0, 4, 1, 4, 9, 5, 9.
#[test]
fn a_network_of_two_units_is_what_a_hand_computes() {
    let mut first = Array2::zeros((784, 2));
    first[[406, 0]] = 1.0;
    first[[434, 1]] = -1.0;
    let mut logits = Array2::zeros((2, 10));
    logits[[0, 7]] = 2.0;
    logits[[1, 1]] = -1.5;
    let mut zero_class = Array1::zeros(10);
    zero_class[0] = 0.1;
    let kernels = vec![first, array![[1.0, -2.0], [0.5, 1.0]], logits];
    let biases = vec![array![-0.25, 0.5], array![0.0, 0.25], zero_class];
    let weights = GivenWeights::new("by hand", kernels, Some(biases)).unwrap();
    let mut ten = Experiment::article();
    ten.inputs.images = 10;
    let subject = Subject::given(ten, Arc::new(weights)).unwrap();
    assert_eq!(subject.experiment().widths, [2, 2]);
    let found = measured(&subject);
    let close = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-6, "{found}, not {expected}");
    close(found.loss, 2.382_540_925_041_227);
    close(found.logit_gradient_l2.unwrap(), 0.306_418_433_397_485_1);
    let expected = [
        (0.304_950_980_392_156_85, 0.300_001_517_841_862_63, 9.0 / 20.0, 0.174_454_572_622_856_24),
        (0.422_107_843_137_254_86, 0.303_446_572_998_213_04, 4.0 / 20.0, 0.227_636_212_612_657_6),
    ];
    for (layer, (mean, std, zeros, gradient)) in found.layers.iter().zip(expected) {
        close(layer.output.mean, mean);
        close(layer.output.std, std);
        close(layer.output.max, 0.75);
        assert_eq!((layer.output.min, layer.output.zero_fraction), (0.0, zeros));
        close(layer.gradient.as_ref().unwrap().l2, gradient);
    }
    close(found.layers[1].gradient.as_ref().unwrap().weight_l2, 0.209_767_692_808_631_45);
    let states: Vec<_> = found.layers.iter().map(|layer| (layer.states.dead, layer.states.always_on)).collect();
    assert_eq!(states, [(0, 0), (0, 1)], "unit 0 of layer 2 fires for all ten");
}

#[test]
fn weights_that_do_not_fit_are_refused_in_a_sentence() {
    let zeros = |shape: (usize, usize)| Array2::<f32>::zeros(shape);
    let kernels = |shapes: &[(usize, usize)]| shapes.iter().map(|&shape| zeros(shape)).collect::<Vec<_>>();
    let biases = |widths: &[usize]| widths.iter().map(|&width| Array1::<f32>::zeros(width)).collect::<Vec<_>>();
    let alone = |shapes: &[(usize, usize)], widths: Option<&[usize]>| {
        GivenWeights::new("x", kernels(shapes), widths.map(biases)).map(|_| ()).unwrap_err().to_string()
    };
    assert_eq!(
        alone(&[(784, 10)], None),
        "a network needs at least 2 layers, including that of the logits, but this one has 1"
    );
    assert_eq!(
        alone(&[(784, 50), (40, 10)], None),
        "layer 2 takes 40 inputs, but layer 1 has 50 units: these numbers must be equal"
    );
    assert_eq!(alone(&[(784, 0), (0, 10)], None), "layer 1 is empty: it has 784 inputs and 0 units");
    assert_eq!(alone(&[(1, 65_537), (65_537, 1)], None), "layer 1 has 65537 units, but at most 65536 can be shown");
    let two = [(784, 50), (50, 10)];
    assert_eq!(
        alone(&two, Some(&[50])),
        "either every layer has biases or none has: there are 2 layers, but biases for 1"
    );
    assert_eq!(alone(&two, Some(&[50, 9])), "layer 2 has 10 units but 9 biases: these numbers must be equal");

    let fits = |shapes: &[(usize, usize)], experiment: Experiment| {
        Subject::given(experiment, Arc::new(GivenWeights::new("x", kernels(shapes), None).unwrap()))
    };
    let refused = |shapes: &[(usize, usize)], experiment| fits(shapes, experiment).unwrap_err().to_string();
    let article = Experiment::article();
    assert_eq!(
        refused(&[(100, 50), (50, 10)], article.clone()),
        "layer 1 takes 100 inputs, but these inputs have 784 values"
    );
    let seven = fits(&[(784, 50), (50, 7)], article.clone()).unwrap();
    assert_eq!(seven.no_loss(), Some(NoLoss::FewClasses(7, 10)), "it is measured without its labels");
    let mut deep = vec![(784, 5)];
    deep.extend([(5, 5); 100]);
    deep.push((5, 10));
    assert_eq!(refused(&deep, article.clone()), "there are 101 hidden layers, but at most 100 can be shown");
    let linear_first = || Experiment { linear_first: true, ..article.clone() };
    assert_eq!(
        refused(&two, linear_first()),
        "a network needs at least 3 layers, including that of the logits, but this one has 2"
    );
    assert_eq!(
        refused(&[(784, 50), (50, 40), (40, 10)], linear_first()),
        "the linear first layer has 50 units but the first hidden layer 40: these numbers must be equal"
    );

    // What fits brings its widths along, whatever was set.
    assert_eq!(fits(&[(784, 50), (50, 40), (40, 10)], article.clone()).unwrap().experiment().widths, [50, 40]);
    assert_eq!(fits(&[(784, 50), (50, 50), (50, 10)], linear_first()).unwrap().experiment().widths, [50]);
}

#[test]
fn other_settings_keep_the_given_weights_and_their_widths() {
    let subject = given(&small());
    let tanh = Experiment { activation: Activation::Tanh, widths: vec![7], ..small() };
    let moved = subject.with_experiment(tanh.clone()).unwrap();
    assert_eq!((moved.experiment().activation, &moved.experiment().widths), (Activation::Tanh, &vec![24, 20, 16]));
    assert_eq!(moved.weights(), subject.weights());
    let other = Experiment {
        inputs: initscope::experiment::Inputs { data: Data::Gaussian { dim: 7 }, ..tanh.inputs.clone() },
        ..tanh
    };
    assert_eq!(subject.with_experiment(other), Err(UnfitWeights::Inputs { inputs: 784, dim: 7 }));
}

/// A measurer that has just measured one answers the other anew.
#[test]
fn equal_experiments_with_other_weights_are_other_subjects() {
    let drawn = small();
    let (kernels, biases) = arrays(&Experiment { seed: 11, ..small() });
    let other = GivenWeights::new("drawn.npz", kernels, biases).unwrap();
    let other = Subject::given(drawn.clone(), Arc::new(other)).unwrap();
    let subjects = [Subject::from(&drawn), given(&drawn), other];
    for (at, one) in subjects.iter().enumerate() {
        for (place, another) in subjects.iter().enumerate() {
            assert_eq!(one == another, at == place);
            assert_eq!(one.experiment(), another.experiment());
        }
    }
    assert_eq!(given(&drawn), given(&drawn), "the same numbers, read twice");

    let afresh: Vec<_> = subjects.iter().map(|subject| text(&measured(subject))).collect();
    let mut measurer = Measurer::new().unwrap();
    for turn in [0, 1, 2, 1, 0, 2] {
        let found = measurer.measure_all(&subjects[turn], Quantities::ALL).unwrap();
        assert!(text(&found) == afresh[turn], "subject {turn} after another");
    }

    let engine = Engine::start(|| {}).unwrap();
    for (subject, afresh) in subjects.iter().zip(&afresh) {
        let request = engine.request(initscope::engine::Request {
            subject: subject.clone(),
            quantities: Quantities::ALL,
            at_leisure: true,
        });
        let start = Instant::now();
        let found = loop {
            assert!(start.elapsed() < Duration::from_secs(60), "no answer");
            match engine.take_answer() {
                Some(answer) if answer.request == request => break answer.result.unwrap(),
                _ => std::thread::sleep(Duration::from_millis(1)),
            }
        };
        assert!(found.subject == *subject && text(&*found) == *afresh);
    }
}

/// Known runs serve another activation or more images as they do for draws.
#[test]
fn what_is_known_of_given_weights_is_gone_on_from_to_the_same_bits() {
    let mut measurer = Measurer::new().unwrap();
    let subject = given(&small());
    for (activation, images) in [(Activation::Relu, 300), (Activation::Tanh, 300), (Activation::Tanh, 1000)] {
        let mut experiment = Experiment { activation, ..small() };
        experiment.inputs.images = images;
        let subject = subject.with_experiment(experiment).unwrap();
        let found = measurer.measure_all(&subject, Quantities::ALL).unwrap();
        assert!(text(&found) == text(&measured(&subject)), "{activation:?} on {images} images");
    }
}

/// Neither the law nor what LSUV makes of the images touches them.
#[test]
fn initializers_do_nothing_to_given_weights() {
    let subject = given(&small());
    let expected = of_values(&measured(&subject));
    for initializer in [Initializer::Lsuv, Initializer::Rai, Initializer::Zeros, normal(1e30)] {
        let other = Experiment { initializer, bias: 5.0, bias_std: 1.0, seed: 77, ..small() };
        let found = measured(&subject.with_experiment(other).unwrap());
        assert_eq!(of_values(&found), expected, "{initializer:?}");
    }
}

#[test]
fn weights_that_are_not_finite_are_counted_and_named() {
    let (mut kernels, biases) = arrays(&small());
    kernels[1][[3, 5]] = f32::INFINITY;
    kernels[1][[4, 6]] = f32::NAN;
    let weights = GivenWeights::new("broken.npz", kernels, biases).unwrap();
    let subject = Subject::given(small(), Arc::new(weights)).unwrap();
    let found = measured(&subject);
    assert_eq!(found.subject, subject);
    let weights = found.non_finite_weights[1];
    assert_eq!((weights.infinite, weights.nan, weights.of), (1, 1, 24 * 20));
    let overflow = found.overflow().unwrap();
    assert_eq!((overflow.place, overflow.values, overflow.count), (OverflowPlace::Hidden(2), Values::Weights, weights));
}

#[test]
fn units_of_given_weights_are_those_of_the_draws() {
    let experiment = Experiment { initializer: normal(0.125), ..small() };
    let wanted = |subject: Subject| Wanted {
        subject,
        layer: 1,
        sorted: true,
        unit: Some(7),
        matrix: Some(Size { columns: 50, rows: 20 }),
    };
    let found = LayerUnits::measure_all(&wanted(given(&experiment)), 2).unwrap();
    let expected = LayerUnits::measure_all(&wanted(Subject::from(&experiment)), 2).unwrap();
    assert_eq!(found.subject, given(&experiment));
    assert_eq!(text(&LayerUnits { subject: expected.subject.clone(), ..found.clone() }), text(&expected));
    assert_eq!(found.unit.unwrap().weights, arrays(&experiment).0[1].column(7).to_vec());
}

#[test]
fn what_only_draws_have_says_that_these_were_given() {
    let subject = given(&small());
    let found = measured(&subject);
    let why = "Mean-field theory is about drawn weights; these were given.";
    assert_eq!(found.coverage, Coverage::NotCovered(why));
    assert!(found.layers.iter().all(|layer| layer.theory.is_none() && layer.theory_of_states.is_none()));
    let outlook = found.outlook.as_ref().unwrap();
    assert_eq!((outlook.limit.as_ref().err(), outlook.born_dead), (Some(&why), None));
    assert!(found.has(Quantities::ALL), "nothing more can be asked for");

    for plane in [Plane::Biases, Plane::Depth] {
        let sentence = "A landscape draws the weights of every network on it, but those of this one were given.";
        assert_eq!(Terrain::of(&subject, plane), Err(NoTerrain(sentence)));
    }
    assert_eq!(Terrain::of(subject.experiment(), Plane::Biases).unwrap().place(&(&subject).into()).ok(), None);

    assert_eq!(OtherSeeds::of(&subject), Err(NotDrawn::Given));
    assert_eq!(NotDrawn::Given.to_string(), "These weights were given: no initializer drew them from a seed.");
    assert!(!are_alike(&subject, &subject) && !are_alike(&subject, &Subject::from(subject.experiment())));

    let sweep = Sweep { setting: SweptSetting::Sigma, from: 0.1, to: 0.2, frames: 3 };
    assert_eq!(sweep.experiments(&subject).unwrap_err().to_string(), NotDrawn::Given.to_string());
}

#[test]
fn words_name_given_weights_and_not_an_initializer() {
    let subject = given(&small());
    let line = "784 → 24 → 20 → 16 → 10, relu, weights of drawn.npz on 300 MNIST test images";
    assert_eq!(Headline::of(&subject).to_string(), line);
    let biased = given(&Experiment { bias: 0.1, ..small() });
    assert_eq!(Headline::of(&biased).law, "weights and biases of drawn.npz");
    let drawn = Subject::from(small());
    assert_eq!(differences(&[&drawn, &subject])[1], "drawn.npz");
    let alone = printed(&[&subject]);
    assert!(alone.contains("relu. Weights of drawn.npz; biases 0. Inputs: 300 MNIST test images."), "{alone}");
    assert!(printed(&[&biased]).contains("Weights of drawn.npz; with their biases. Inputs"));
    let both = printed(&[&drawn, &subject]);
    assert!(
        both.contains("Weights random_normal, μ = 0, σ = 0.100 | of drawn.npz; biases 0; seed 10. Inputs"),
        "{both}"
    );
}

/// All texts of a figure of these.
fn printed(subjects: &[&Subject]) -> String {
    let measurements: Vec<_> = subjects.iter().map(|subject| Arc::new(measured(subject))).collect();
    let figures = Figure::together(&measurements, View::default()).unwrap();
    let sheet = Sheet { size: Some((2000.0, 900.0)), ..Sheet::default() };
    let page = LayersContent::of(figures).page(&sheet, &Fonts::bundled());
    let text = |item: &Item| if let Item::Text(text) = item { Some(text.text.clone()) } else { None };
    page.items.iter().filter_map(text).collect()
}

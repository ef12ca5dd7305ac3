//! Sentences on measurements: each where its numbers prove it, and not where they do not. Networks are real ones.

use std::cell::RefCell;

use initscope::engine::{Measurement, Measurer, Quantities};
use initscope::experiment::{Activation, AtZero, Data, Experiment, Initializer, InputScale, Inputs, Preset};
use initscope::figure::Quantity;
use initscope::insight::{Seen, Sentence, Topic, all_sentences, what_you_see};
use initscope::number;

thread_local! {
    static MEASURER: RefCell<Measurer> = RefCell::new(Measurer::with_threads(1).unwrap());
}

fn measure(experiment: &Experiment) -> Measurement {
    MEASURER.with_borrow_mut(|measurer| measurer.measure_all(experiment, Quantities::ALL).unwrap())
}

/// The article's network on few images.
fn small() -> Experiment {
    let article = Experiment::article();
    Experiment { inputs: Inputs { images: 300, ..article.inputs }, ..article }
}

fn normal(sigma: f64) -> Initializer {
    Initializer::RandomNormal { mean: 0.0, sigma }
}

fn relu(sigma: f64) -> Experiment {
    Experiment { initializer: normal(sigma), ..small() }
}

fn with(activation: Activation, initializer: Initializer) -> Experiment {
    Experiment { activation, initializer, ..small() }
}

fn he() -> Experiment {
    Experiment { initializer: Initializer::HeNormal { gain: 1.0 }, ..small() }
}

/// The sentence of a rule, if it is said; the first topic of a sentence names its rule.
fn said(seen: &Seen<'_>, topic: Topic) -> Option<String> {
    let of = |sentence: &Sentence| sentence.about[0] == topic;
    all_sentences(seen).into_iter().find(of).map(|sentence| sentence.text)
}

fn said_of(experiment: &Experiment, topic: Topic) -> Option<String> {
    said(&Seen::from(&measure(experiment)), topic)
}

fn assert_says(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in {text:?}");
    }
}

// The last change

#[test]
fn without_biases_sigma_only_scales_a_relu_network() {
    let [before, now] = [0.10, 0.28].map(|sigma| measure(&relu(sigma)));
    let text = said(&Seen { before: Some(&before), ..Seen::from(&now) }, Topic::Moved).unwrap();
    let dead: usize = now.layers.iter().map(|layer| layer.states.dead).sum();
    assert_says(&text, &["σ went from 0.100 to 0.280", "the same units are off", &format!("{dead} of 500 units dead")]);
    // Other gains on other laws of the same draws are no more than another sigma.
    let [before, now] = [Initializer::GlorotNormal { gain: 1.0 }, Initializer::HeNormal { gain: 1.0 }]
        .map(|initializer| measure(&Experiment { initializer, ..small() }));
    let text = said(&Seen { before: Some(&before), ..Seen::from(&now) }, Topic::Moved).unwrap();
    assert_says(&text, &["from 0.100 to 0.141"]); // sqrt(2 / 200), sqrt(2 / 100)
}

#[test]
fn it_is_not_said_where_sigma_does_more_or_something_else_moved() {
    let biased = |sigma: f64| Experiment { bias: -0.1, ..relu(sigma) };
    let tanh = |sigma: f64| with(Activation::Tanh, normal(sigma));
    let mean = |mean: f64| Experiment { initializer: Initializer::RandomNormal { mean, sigma: 0.1 }, ..small() };
    for (one, other) in [
        (biased(0.10), biased(0.28)),
        (tanh(0.10), tanh(0.28)),
        (relu(0.10), Experiment { seed: 11, ..relu(0.28) }),
        (relu(0.10), Experiment { initializer: Initializer::GlorotUniform { gain: 1.0 }, ..small() }),
        (relu(0.10), relu(0.10)),
        (relu(0.0), relu(0.1)),
        (mean(0.0), mean(0.01)),
    ] {
        let [before, now] = [&one, &other].map(measure);
        assert_eq!(said(&Seen { before: Some(&before), ..Seen::from(&now) }, Topic::Moved), None, "{one:?}, {other:?}");
    }
    assert_eq!(said_of(&relu(0.28), Topic::Moved), None, "nothing was before");
}

// The axis

#[test]
fn layers_look_like_zero_where_another_sets_the_axis() {
    let exploding = measure(&Experiment { widths: vec![100; 8], ..relu(0.42) });
    let seen = Seen { axis: Some(Quantity::Outputs), ..Seen::from(&exploding) };
    let [first, .., last] = &exploding.layers[..] else { panic!() };
    assert!(first.output.max < 0.04 * last.output.max);
    let text = said(&seen, Topic::Axis).unwrap();
    let (least, most) = (number::value(first.output.std), number::value(last.output.std));
    assert_says(&text, &["Layers 1–", "look like zero only because layer 8 sets the axis", &least, &most]);
    let vanishing = measure(&Experiment { widths: vec![100; 8], ..relu(0.05) });
    let text = said(&Seen { axis: Some(Quantity::Outputs), ..Seen::from(&vanishing) }, Topic::Axis).unwrap();
    assert_says(&text, &["–8 look like zero only because layer 1 sets the axis"]);
    // On axes of their own, or one that is locked, no layer sets it for the others.
    assert_eq!(said(&Seen::from(&exploding), Topic::Axis), None);
}

#[test]
fn layers_of_one_size_are_all_seen_and_zeros_are_rightly_seen_as_such() {
    let he = measure(&he());
    assert_eq!(said(&Seen { axis: Some(Quantity::Outputs), ..Seen::from(&he) }, Topic::Axis), None);
    let dead = measure(&Experiment { bias: -0.5, ..relu(0.05) });
    assert_eq!(said(&Seen { axis: Some(Quantity::Outputs), ..Seen::from(&dead) }, Topic::Axis), None);
}

// Sizes

#[test]
fn outputs_shrink_grow_or_keep_their_size() {
    for (experiment, says) in [
        (relu(0.10), &["Outputs shrink", "√(2/100) = 0.141"][..]),
        (relu(0.28), &["Outputs grow", "√(2/100) = 0.141"]),
        (Experiment { widths: vec![100; 30], ..relu(0.10) }, &["Outputs vanish", "in layer 30"]),
        (Experiment { widths: vec![100; 30], ..relu(0.28) }, &["Outputs explode", "in layer 30"]),
        (with(Activation::Tanh, normal(0.05)), &["Outputs shrink", "tanh keeps its size at √(1/100) = 0.100"]),
        (he(), &["keep their size"]),
    ] {
        let measurement = measure(&experiment);
        let text = said(&Seen::from(&measurement), Topic::Outputs).unwrap();
        assert_says(&text, says);
        for layer in [measurement.layers.first().unwrap(), measurement.layers.last().unwrap()] {
            assert_says(&text, &[&format!("{} in layer {}", number::value(layer.output.std), layer.layer)]);
        }
    }
}

#[test]
fn the_factor_is_the_one_from_layer_to_layer() {
    // E[relu(z)^2] = q / 2, so that at sigma^2 fan_in = 1 each layer has a half of the mean square (He et al. 2015).
    let text = said_of(&Experiment { widths: vec![400; 12], ..relu(0.05) }, Topic::Outputs).unwrap();
    let factor: f64 = text.split('×').nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    assert!((factor - 0.5_f64.sqrt()).abs() < 0.03, "{text}");
}

#[test]
fn weights_with_a_mean_or_biases_have_no_such_reason() {
    for experiment in [
        Experiment { initializer: Initializer::RandomNormal { mean: 0.05, sigma: 0.14 }, ..small() },
        Experiment { bias: 5.0, ..relu(0.28) },
    ] {
        let text = said_of(&experiment, Topic::Outputs).unwrap();
        assert!(!text.contains('√'), "{text}");
    }
}

#[test]
fn gradients_vanish_on_their_way_back_or_explode() {
    let glorot = Initializer::GlorotNormal { gain: 1.0 };
    let sigmoid = Experiment { widths: vec![100; 10], ..with(Activation::Sigmoid, glorot) };
    let measurement = measure(&sigmoid);
    let text = said(&Seen::from(&measurement), Topic::Gradients).unwrap();
    let [first, .., last] = &measurement.layers[..] else { panic!() };
    let [to, from] = [first, last].map(|layer| number::significant(layer.gradient.as_ref().unwrap().l2));
    assert_says(&text, &["The gradient vanishes", &format!("{from} in layer 10, {to} in layer 1")]);
    let explodes = Experiment { widths: vec![100; 10], ..with(Activation::Linear, normal(0.2)) };
    assert_says(&said_of(&explodes, Topic::Gradients).unwrap(), &["The gradient explodes", "in layer 10, "]);
    // Orthogonal weights keep every norm (Saxe et al. 2013).
    let orthogonal = with(Activation::Linear, Initializer::Orthogonal { gain: 1.0 });
    assert_eq!(said_of(&orthogonal, Topic::Gradients), None);
}

#[test]
fn sigmoids_outputs_crowd_around_a_half_for_small_weights() {
    assert_says(
        &said_of(&with(Activation::Sigmoid, normal(0.05)), Topic::Outputs).unwrap(),
        &["crowd around 0.5", "0.25"],
    );
    let wide = said_of(&with(Activation::Sigmoid, normal(1.0)), Topic::Outputs);
    assert!(wide.is_none_or(|text| !text.contains("crowd")));
}

// States of units

#[test]
fn saturated_outputs_are_named_with_their_share() {
    let measurement = measure(&with(Activation::Tanh, normal(0.4)));
    let text = said(&Seen::from(&measurement), Topic::Saturation).unwrap();
    let share = |layer: &initscope::engine::LayerMeasurement| layer.saturated_fraction.unwrap();
    let most = measurement.layers.iter().map(share).fold(0.0, f64::max);
    assert_says(&text, &[&number::percent(most), "within 0.03 of tanh's limits ±1"]);
    let sigmoid = said_of(&with(Activation::Sigmoid, normal(2.0)), Topic::Saturation).unwrap();
    assert_says(&sigmoid, &["sigmoid's limits 0 and 1"]);
    assert_eq!(said_of(&with(Activation::Tanh, normal(0.1)), Topic::Saturation), None);
    // Half of its outputs are 0 in any case: off, not saturated.
    assert_eq!(said_of(&with(Activation::Relu6, Initializer::HeNormal { gain: 1.0 }), Topic::Saturation), None);
    assert_says(&said_of(&with(Activation::Relu6, normal(2.0)), Topic::Saturation).unwrap(), &["relu6's cap of 6"]);
    let hard = said_of(&with(Activation::HardTanh, normal(0.4)), Topic::Saturation).unwrap();
    assert_says(&hard, &["exactly at hard_tanh's limits ±1", "its slope is 0"]);
    // Its limits are hardly ever near, its slope is small long before.
    let softsign = said_of(&with(Activation::Softsign, normal(1.0)), Topic::Saturation).unwrap();
    assert_says(&softsign, &["softsign's slope is under 0.06"]);
}

#[test]
fn units_without_a_slope_are_dead_at_either_limit_and_others_never() {
    let capped = Experiment { bias: 40.0, ..with(Activation::Relu6, normal(0.1)) };
    let text = said_of(&capped, Topic::Dead).unwrap();
    assert_says(
        &text,
        &["All 100 units of layer 1 are dead", "every output is at a limit of relu6", "no gradient comes back"],
    );
    for activation in [Activation::Tanh, Activation::Gelu, Activation::LeakyRelu { slope: 0.2 }, Activation::Linear] {
        let below = Experiment { bias: -2.0, ..with(activation, normal(0.05)) };
        assert_eq!(said_of(&below, Topic::Dead), None, "{activation}");
    }
}

#[test]
fn dead_units_are_counted_over_the_images_they_are_dead_for() {
    let depth = Experiment { widths: vec![100; 20], ..he() };
    let measurement = measure(&depth);
    let text = said(&Seen::from(&measurement), Topic::Dead).unwrap();
    let dead = || measurement.layers.iter().map(|layer| layer.states.dead);
    let (all, most) = (dead().sum::<usize>(), dead().max().unwrap());
    assert_says(&text, &[&format!("{all} of 2,000 units are dead ({most} of 100 in layer"), "these 300 images"]);
    assert_eq!(
        said_of(&with(Activation::Relu, Initializer::Constant { value: 0.01 }), Topic::Dead),
        None,
        "all are on"
    );
    // A unit of tanh that is always negative is not off.
    assert_eq!(said_of(&with(Activation::Tanh, normal(0.1)), Topic::Dead), None);
}

#[test]
fn a_wholly_dead_layer_is_what_matters() {
    let dying = Preset::named("dying_relu_bias").unwrap().experiments.remove(2);
    let measurement = measure(&dying);
    assert_eq!(measurement.layers[3].states.dead, 100, "the preset's promise");
    let sentences = what_you_see(&Seen { axis: Some(Quantity::Outputs), ..Seen::from(&measurement) });
    assert_says(&sentences[0], &["All 100 units of layer 4 are dead", "these 1,000 images"]);
    assert!(sentences[1..].iter().all(|text| !text.contains("dead") && !text.contains("zero")), "{sentences:?}");
}

#[test]
fn a_layer_with_hardly_any_mixed_unit_is_all_but_linear() {
    // All weights and pixels are positive: every unit is on for every image that is not black.
    let positive = Initializer::RandomUniform { minval: 0.0, maxval: 0.02 };
    let text = said_of(&Experiment { initializer: positive, ..small() }, Topic::Mixed).unwrap();
    assert_says(
        &text,
        &["None of 100 units in layer 1 is on for some of these 300 images", "(always on)", "all but linear"],
    );
    // Biases far beyond what images change: they alone decide.
    let measurement = measure(&Experiment { bias_std: 20.0, ..relu(0.05) });
    let layer = measurement.layers.iter().find(|layer| layer.states.mixed <= 10).unwrap();
    assert!(layer.states.dead > 20 && layer.states.always_on > 20, "{:?}", layer.states);
    let (states, text) = (layer.states, said(&Seen::from(&measurement), Topic::Mixed).unwrap());
    let parts =
        [format!("in layer {} ", layer.layer), format!("({} dead, {} always on)", states.dead, states.always_on)];
    assert_says(&text, &[&parts[0], &parts[1]]);
}

#[test]
fn it_is_not_said_where_units_tell_images_apart_or_cannot_be_dead() {
    assert_eq!(said_of(&he(), Topic::Mixed), None);
    let positive = Initializer::RandomUniform { minval: 0.0, maxval: 0.02 };
    for activation in [Activation::Tanh, Activation::LeakyRelu { slope: 0.2 }, Activation::Linear] {
        assert_eq!(said_of(&with(activation, positive), Topic::Mixed), None, "{activation}");
    }
    // A cap bends what is always on.
    let capped = said_of(&with(Activation::Relu6, positive), Topic::Mixed);
    assert!(capped.is_some_and(|text| !text.contains("linear")));
    // Where all are dead that is said, and no more.
    let dead = Experiment { bias: -5.0, ..relu(0.05) };
    assert_eq!(said_of(&dead, Topic::Mixed), None);
}

#[test]
fn narrow_relu_networks_are_born_dead() {
    // 1 - (1 - 1/4)^10 = 0.944 (Lu et al. 2019).
    let narrow = Experiment { widths: vec![2; 10], ..he() };
    assert_says(&said_of(&narrow, Topic::BornDead).unwrap(), &["probability 0.944"]);
    assert_eq!(said_of(&he(), Topic::BornDead), None);
}

#[test]
fn equal_weights_make_equal_units() {
    for (initializer, weight) in [
        (Initializer::Ones, "1"),
        (Initializer::Constant { value: 0.01 }, "0.01"),
        (Initializer::RandomNormal { mean: -0.2, sigma: 0.0 }, "−0.2"),
    ] {
        let text = said_of(&Experiment { initializer, ..small() }, Topic::Symmetry).unwrap();
        assert_says(&text, &[&format!("All weights are {weight}, so all 100 units of a layer compute the same")]);
    }
    let zeros = Experiment { initializer: Initializer::Zeros, activation: Activation::Sigmoid, ..small() };
    let sentences = what_you_see(&Seen::from(&measure(&zeros)));
    assert_says(&sentences[0], &["All weights are 0: every unit outputs 0.500 whatever the image", "no gradient"]);
    assert_eq!(sentences.len(), 1);
    assert_eq!(said_of(&relu(0.1), Topic::Symmetry), None);
    // Biases tell the units apart.
    let biased = Experiment { initializer: Initializer::Ones, bias_std: 0.1, ..small() };
    assert_eq!(said_of(&biased, Topic::Symmetry), None);
}

// Where depth leads

#[test]
fn selus_fixed_point_is_named_where_it_is_reached() {
    let mut lecun = Preset::named("selu_lecun").unwrap().experiments.remove(0);
    lecun.inputs.images = small().inputs.images;
    let text = said_of(&lecun, Topic::Depth).unwrap();
    assert_says(&text, &["at SELU's fixed point, mean 0 and std 1", "layer 20 has mean"]);
    let selu = Activation::Selu { at_zero: AtZero::Below };
    let faint = Experiment {
        inputs: Inputs { scale: InputScale::Unit, ..small().inputs },
        ..with(selu, Initializer::LecunNormal { gain: 1.0 })
    };
    assert_says(&said_of(&faint, Topic::Depth).unwrap(), &["drawn to SELU's fixed point"]);
    let he = with(selu, Initializer::HeNormal { gain: 1.0 });
    assert!(said_of(&he, Topic::Depth).is_none_or(|text| !text.contains("SELU")));
}

#[test]
fn the_edge_of_chaos_is_where_chi1_is_one() {
    // He et al. 2015 for relu, Schoenholz et al. 2017 for tanh without biases.
    for experiment in [he(), with(Activation::Tanh, normal(0.1))] {
        assert_says(&said_of(&experiment, Topic::Depth).unwrap(), &["edge of chaos, χ₁ = 1.00"]);
    }
    for experiment in
        [relu(0.1), with(Activation::Tanh, normal(0.2)), Experiment { initializer: Initializer::Ones, ..small() }]
    {
        assert_eq!(said_of(&experiment, Topic::Depth), None);
    }
}

// Bad states

#[test]
fn what_is_not_finite_comes_first_and_alone() {
    for (activation, sigma) in [(Activation::Relu, 1e9), (Activation::Relu, 1e30), (Activation::Tanh, 3e38)] {
        let measurement = measure(&Experiment { widths: vec![100; 12], ..with(activation, normal(sigma)) });
        let overflow = measurement.overflow().unwrap();
        let sentences = what_you_see(&Seen { axis: Some(Quantity::Outputs), ..Seen::from(&measurement) });
        assert_says(&sentences[0], &[&overflow.to_string()[1..], overflow.reason()]);
        assert_eq!(sentences.len(), 1, "{sentences:?}");
    }
    assert_eq!(said_of(&relu(0.1), Topic::NonFinite), None);
}

#[test]
fn outputs_that_are_all_one_number_tell_nothing_apart() {
    // The images lie near 0, and the weights are too small for f32 to see them beside the bias.
    let blind = Experiment { bias: 1.0, ..with(Activation::Sigmoid, normal(1e-20)) };
    assert_says(
        &said_of(&blind, Topic::Constant).unwrap(),
        &["All outputs of layer 1 are exactly 0.731", "whatever the image"],
    );
    assert_eq!(said_of(&with(Activation::Sigmoid, normal(0.1)), Topic::Constant), None);
}

#[test]
fn one_unit_and_one_image_have_their_sentences() {
    let alone = Experiment { inputs: Inputs { images: 1, ..small().inputs }, ..relu(0.14) };
    let states = measure(&alone).layers[0].states;
    let text = said_of(&alone, Topic::Sample).unwrap();
    assert_says(&text, &["only 1 image", &format!("{} and {} of 100 in layer 1", states.dead, states.always_on)]);
    assert_eq!(said_of(&small(), Topic::Sample), None);
    let single = |widths| Experiment { widths, ..with(Activation::Tanh, normal(0.1)) };
    assert_says(&said_of(&single(vec![1; 5]), Topic::Width).unwrap(), &["Every layer is a single unit"]);
    assert_says(&said_of(&single(vec![100, 1, 100]), Topic::Width).unwrap(), &["Layer 2 is a single unit"]);
    assert_eq!(said_of(&small(), Topic::Width), None);
}

// All together

#[test]
fn something_is_said_of_every_network_and_never_the_same_twice() {
    let mut experiments: Vec<_> = Preset::all().into_iter().flat_map(|preset| preset.experiments).collect();
    let initializers =
        [Initializer::Zeros, Initializer::Ones, normal(0.0), normal(1e-30), normal(0.05), normal(0.14), normal(1.0)];
    for activation in Activation::ALL {
        experiments.extend(initializers.iter().map(|&initializer| with(activation, initializer)));
    }
    experiments.extend(Initializer::ALL.map(|initializer| Experiment { initializer, ..small() }));
    for widths in [vec![1], vec![1; 5], vec![100], vec![2; 20]] {
        for activation in [Activation::Relu, Activation::Sigmoid] {
            for images in [1, 300] {
                let inputs = Inputs { images, ..small().inputs };
                experiments.push(Experiment { inputs, widths: widths.clone(), activation, ..small() });
            }
        }
    }
    for mut experiment in experiments {
        experiment.inputs.images = experiment.inputs.images.min(50);
        if let Data::Mnist = experiment.inputs.data {
            experiment.widths.iter_mut().for_each(|width| *width = (*width).min(100));
        }
        let measurement = measure(&experiment);
        for axis in [None, Some(Quantity::Outputs)] {
            let seen = Seen { axis, ..Seen::from(&measurement) };
            let sentences = what_you_see(&seen);
            assert!((1..=2).contains(&sentences.len()), "{experiment:?}: {sentences:?}");
            for text in &sentences {
                assert!(
                    text.ends_with('.')
                        && (text.starts_with(char::is_uppercase)
                            || text.starts_with(char::is_numeric)
                            || text.starts_with('σ')),
                    "{text}"
                );
                assert!(!text.contains("NaN") || measurement.overflow().is_some(), "{experiment:?}: {text}");
            }
            // There is room for so much (see the window).
            let length = sentences.iter().map(|text| text.chars().count()).sum::<usize>();
            assert!(length <= 300, "{length}: {sentences:?}");
        }
    }
}

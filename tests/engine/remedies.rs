//! What helps: each rule proposes its change where that applies and not elsewhere, and only what measurements show to help does.

use std::cell::RefCell;
use std::sync::Arc;

use initscope::engine::{Measurement, Measurer, Quantities};
use initscope::experiment::{Activation, Experiment, Generator, Initializer, Inputs, Preset};
use initscope::remedy::{Ailment, Effect, Trials, remedies};

thread_local! {
    static MEASURER: RefCell<Measurer> = RefCell::new(Measurer::with_threads(1).unwrap());
}

fn measure(experiment: &Experiment) -> Measurement {
    let quantities = Quantities { gradients: true, outlook: true, ..Quantities::GLANCE };
    MEASURER.with_borrow_mut(|measurer| measurer.measure_all(experiment, quantities).unwrap())
}

/// The article's network on few images.
fn small() -> Experiment {
    let article = Experiment::article();
    Experiment { inputs: Inputs { images: 300, ..article.inputs }, ..article }
}

fn normal(sigma: f64) -> Initializer {
    Initializer::RandomNormal { mean: 0.0, sigma }
}

fn with(activation: Activation, initializer: Initializer) -> Experiment {
    Experiment { activation, initializer, ..small() }
}

fn he(layers: usize) -> Experiment {
    Experiment { widths: vec![100; layers], ..with(Activation::Relu, Initializer::HeNormal { gain: 1.0 }) }
}

/// ReLUs that a negative bias switches off.
fn biased() -> Experiment {
    Experiment { bias: -0.1, ..with(Activation::Relu, normal(0.05)) }
}

/// The names of what is proposed.
fn proposed(experiment: &Experiment) -> Vec<String> {
    let measurement = measure(experiment);
    let ailment = Ailment::of(&measurement).unwrap();
    remedies(&measurement, ailment).into_iter().map(|remedy| remedy.name).collect()
}

fn has(names: &[String], name: &str) -> bool {
    names.iter().any(|proposed| proposed == name)
}

/// Every trial of an experiment, measured, and what helps by it: names, and effects in words.
fn helping(experiment: &Experiment) -> Vec<(String, String)> {
    let trials = Trials::of(&measure(experiment)).unwrap();
    let measured: Vec<_> =
        trials.requests().iter().map(|request| Arc::new(measure(request.subject.experiment()))).collect();
    trials.effects(&measured).into_iter().map(|(remedy, effect)| (remedy.name.clone(), effect.words())).collect()
}

// What is wrong

#[test]
fn what_matters_most_is_what_is_tried_to_mend() {
    let glorot = Initializer::GlorotNormal { gain: 1.0 };
    let deep = |experiment: Experiment, layers: usize| Experiment { widths: vec![100; layers], ..experiment };
    for (experiment, ailment) in [
        (with(Activation::Relu, normal(0.1)), Ailment::Outputs),
        (deep(with(Activation::Relu, normal(1e9)), 12), Ailment::Overflow),
        (with(Activation::Relu, Initializer::Zeros), Ailment::Alike),
        (biased(), Ailment::Dead),
        (with(Activation::Tanh, normal(0.4)), Ailment::Saturated),
        (deep(with(Activation::Sigmoid, glorot), 10), Ailment::Gradients),
        (deep(with(Activation::Sigmoid, normal(0.05)), 1), Ailment::Crowded),
        (Experiment { bias: 1.0, ..with(Activation::Sigmoid, normal(1e-20)) }, Ailment::Constant),
    ] {
        assert_eq!(Ailment::of(&measure(&experiment)), Some(ailment), "{experiment:?}");
    }
}

#[test]
fn nothing_is_tried_where_all_is_well_or_one_image_is_all_there_is() {
    let alone = Experiment { inputs: Inputs { images: 1, ..small().inputs }, ..biased() };
    for experiment in [he(5), with(Activation::Linear, Initializer::Orthogonal { gain: 1.0 }), alone] {
        let measurement = measure(&experiment);
        assert_eq!(Ailment::of(&measurement), None, "{experiment:?}");
        assert!(Trials::of(&measurement).is_none());
    }
}

// Another initializer

#[test]
fn the_initializer_made_for_the_activation_is_proposed() {
    for (experiment, name) in [
        (with(Activation::Relu, normal(0.1)), "he_normal"),
        (biased(), "he_normal"),
        (with(Activation::Tanh, normal(0.4)), "glorot_normal"),
        (with(Activation::LeakyRelu { slope: 0.5 }, normal(0.3)), "kaiming_normal(a=0.5)"),
        (with(Activation::Relu, normal(0.28)), "lsuv"),
        (he(20), "rai"),
        (Preset::named("pytorch_default_relu").unwrap().experiments.remove(0), "he_normal"),
    ] {
        let names = proposed(&experiment);
        assert!(has(&names, name), "{name} is not in {names:?}");
    }
}

#[test]
fn a_scale_that_changes_nothing_is_not_proposed_nor_what_is_set() {
    // Without biases sigma only scales a ReLU network: the same units are off.
    let names = proposed(&Experiment { widths: vec![100; 20], ..with(Activation::Relu, normal(0.1)) });
    assert!(!has(&names, "he_normal") && has(&names, "rai"), "{names:?}");
    let set = Experiment { bias: -0.5, ..he(5) };
    assert!(!has(&proposed(&set), "he_normal"));
}

#[test]
fn another_initializer_brings_its_own_biases_and_random_numbers() {
    let experiment =
        Experiment { generator: Generator::Tensorflow1, bias: -0.1, ..with(Activation::Relu, normal(0.05)) };
    let measurement = measure(&experiment);
    let all = remedies(&measurement, Ailment::of(&measurement).unwrap());
    let changed = |name: &str| &all.iter().find(|remedy| remedy.name == name).unwrap().experiment;
    assert_eq!((changed("he_normal").bias, changed("he_normal").generator), (-0.1, Generator::Native));
    assert_eq!((changed("rai").bias, changed("rai").generator), (0.0, Generator::Native));
    assert_eq!(changed("bias 0").generator, Generator::Tensorflow1);
}

// A bias

#[test]
fn a_bias_is_proposed_where_one_switches_units_off_or_none_is_there() {
    let names = proposed(&biased());
    assert!(has(&names, "bias 0") && !has(&names, "bias 0.1"), "{names:?}");
    assert!(has(&proposed(&he(20)), "bias 0.1"));
    let stuck = Experiment { bias: 40.0, ..with(Activation::Relu6, normal(0.1)) };
    assert!(has(&proposed(&stuck), "bias 0"));
}

#[test]
fn a_bias_is_not_proposed_where_the_initializer_sets_it_or_nothing_is_switched_off() {
    let default = Preset::named("pytorch_default_relu").unwrap().experiments.remove(0);
    for experiment in [default, with(Activation::Relu, normal(0.28)), with(Activation::Tanh, normal(0.4))] {
        let names = proposed(&experiment);
        assert!(!names.iter().any(|name| name.starts_with("bias")), "{experiment:?}: {names:?}");
    }
}

// A slope

#[test]
fn a_slope_is_proposed_where_there_is_none_or_little() {
    let glorot = Initializer::GlorotNormal { gain: 1.0 };
    for (experiment, name) in [
        (biased(), "leaky_relu(slope=0.2)"),
        (Experiment { activation: Activation::Elu { alpha: 0.0 }, ..biased() }, "elu(alpha=1)"),
        (Experiment { widths: vec![100; 10], ..with(Activation::Sigmoid, glorot) }, "tanh"),
    ] {
        let names = proposed(&experiment);
        assert!(has(&names, name), "{name} is not in {names:?}");
    }
}

#[test]
fn a_slope_is_not_proposed_where_size_is_what_is_wrong() {
    for experiment in [with(Activation::Relu, normal(0.28)), with(Activation::Tanh, normal(0.4))] {
        let names = proposed(&experiment);
        assert!(!names.iter().any(|name| name.starts_with("leaky") || name == "relu"), "{names:?}");
    }
}

// Fewer layers

#[test]
fn fewer_layers_are_those_before_it_gets_bad() {
    let deep = he(20);
    let layers = measure(&deep).layers;
    let well = layers.iter().take_while(|layer| layer.states.dead < 5).count();
    assert!((1..20).contains(&well), "it dies by depth");
    assert!(has(&proposed(&deep), &format!("{well} layers")), "{:?}", proposed(&deep));
    // sigmoid's gradient falls to about a quarter per layer: (1/4)^3 is more than 1/100, (1/4)^4 less.
    let sigmoid = with(Activation::Sigmoid, Initializer::GlorotNormal { gain: 1.0 });
    assert!(has(&proposed(&Experiment { widths: vec![100; 12], ..sigmoid }), "4 layers"));
}

#[test]
fn fewer_layers_are_not_proposed_where_the_first_is_bad_already_or_none_is() {
    let dead = Experiment { bias: -5.0, ..with(Activation::Relu, normal(0.05)) };
    for experiment in [dead, with(Activation::Tanh, normal(0.4)), with(Activation::Relu, Initializer::Zeros)] {
        let names = proposed(&experiment);
        assert!(!names.iter().any(|name| name.contains("layer")), "{names:?}");
    }
}

// Effects

#[test]
fn what_helps_is_what_was_measured_on_the_same_images() {
    let experiment = biased();
    let dead =
        |experiment: &Experiment| measure(experiment).layers.iter().map(|layer| layer.states.dead).sum::<usize>();
    let (before, after) = (dead(&experiment), dead(&Experiment { bias: 0.0, ..experiment.clone() }));
    assert!(before > 200 && after < 20, "{before} and {after}");
    let all = helping(&experiment);
    let said = all.iter().find(|(name, _)| name == "bias 0").map(|(_, effect)| effect.clone());
    let left = if after == 0 { "none".to_owned() } else { after.to_string() };
    assert_eq!(said.as_deref(), Some(&*format!("{before} dead → {left}")), "{all:?}");
    // No unit of leaky_relu can be dead: nothing does better.
    assert_eq!(all[0], ("leaky_relu(slope=0.2)".to_owned(), format!("{before} dead → none")));
}

#[test]
fn what_keeps_the_size_of_outputs_is_found_for_relu() {
    // He et al. 2015: the mean square is kept at variance 2 / fan_in.
    let all = helping(&with(Activation::Relu, normal(0.28)));
    let after: f64 =
        all.iter().find(|(name, _)| name == "he_normal").unwrap().1.split("→ ").nth(1).unwrap().parse().unwrap();
    assert!((0.6..1.6).contains(&after), "{all:?}");
}

#[test]
fn what_does_not_help_is_no_effect() {
    let (before, same) = (measure(&biased()), measure(&Experiment { seed: 11, ..biased() }));
    assert_eq!(Effect::of(Ailment::Dead, &before, &same), None, "another seed is as dead");
    assert_eq!(Effect::of(Ailment::Dead, &before, &before), None);
    let worse = measure(&Experiment { bias: -0.3, ..biased() });
    assert_eq!(Effect::of(Ailment::Dead, &before, &worse), None);
    // Of other images nothing can be said.
    let healed = Experiment { bias: 0.0, ..biased() };
    let few = measure(&Experiment { inputs: Inputs { images: 200, ..small().inputs }, ..healed.clone() });
    assert_eq!(Effect::of(Ailment::Dead, &before, &few), None);
    assert!(Effect::of(Ailment::Dead, &before, &measure(&healed)).is_some());
}

#[test]
fn what_brings_something_worse_is_no_effect() {
    let saturated = measure(&with(Activation::Tanh, normal(0.4)));
    let nothing = measure(&with(Activation::Tanh, Initializer::Zeros));
    assert_eq!(nothing.layers[0].saturated_fraction, Some(0.0));
    assert_eq!(Effect::of(Ailment::Saturated, &saturated, &nothing), None, "every output is 0");
    let faint = measure(&with(Activation::Tanh, normal(0.005)));
    assert_eq!(Effect::of(Ailment::Saturated, &saturated, &faint), None, "outputs vanish");
}

#[test]
fn large_networks_are_tried_on_few_images() {
    let article = Experiment::article();
    let dying = Experiment { bias: -0.1, initializer: normal(0.05), ..article };
    let of = |experiment: &Experiment| {
        let few = Experiment { inputs: Inputs { images: 64, ..experiment.inputs.clone() }, ..experiment.clone() };
        let measurement = Measurement { subject: experiment.into(), ..measure(&few) };
        Trials::of(&measurement).unwrap().images()
    };
    assert_eq!(of(&dying), 1000);
    assert_eq!(of(&Experiment { widths: vec![1024; 12], ..dying }), 384, "12 million products for each");
}

#[test]
fn every_preset_that_shows_a_harm_has_something_that_helps() {
    for (name, expected) in [
        ("dying_relu_bias", "bias 0"),
        ("dying_relu_depth", "leaky_relu(slope=0.2)"),
        ("pytorch_default_relu", "he_normal"),
        ("vanishing_sigmoid", "tanh"),
    ] {
        let preset = Preset::named(name).unwrap();
        let mut experiment = preset.experiments[preset.first].clone();
        experiment.inputs.images = 200;
        let all = helping(&experiment);
        assert!(all.iter().any(|(name, _)| name == expected), "{name}: {all:?}");
    }
}

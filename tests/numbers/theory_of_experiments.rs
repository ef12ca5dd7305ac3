//! What the engine says theory expects of an experiment: beside what it measures, where depth leads, and how far it holds.

use initscope::engine::{Measurement, Measurer, Quantities};
use initscope::experiment::{Activation, AtZero, Data, Draws, Experiment, Generator, Initializer, InputScale, Inputs};
use initscope::theory::{Coverage, DeepLimit, EdgeOfChaos, FixedPoint, Outlook, deep_limit};

// Layers

/// Ten layers of 500, a thousand standard normal inputs of 500 (Stanford's CS231n): as in the reference, and as in theory.
#[test]
fn cs231n_is_measured_and_expected() {
    let rows: [(f64, &[f64]); 2] = [
        (500.0_f64.sqrt().recip(), &[0.6279, 0.4863, 0.4082, 0.3576, 0.3216, 0.2944, 0.2729, 0.2554, 0.2409, 0.2285]),
        (0.01, &[0.2135, 0.0476, 0.0107, 0.0024, 0.0005]),
    ];
    for (sigma, row) in rows {
        let experiment = Experiment {
            inputs: Inputs { data: Data::Gaussian { dim: 500 }, images: 1000, ..article().inputs },
            widths: vec![500; row.len()],
            activation: Activation::Tanh,
            initializer: Initializer::RandomNormal { mean: 0.0, sigma },
            ..article()
        };
        let measurement = measure(&experiment, Quantities::OUTPUTS);
        assert_eq!(measurement.coverage, Coverage::ExactInTheLimit);
        for (layer, &expected) in measurement.layers.iter().zip(row) {
            let theory = layer.theory.unwrap().output_std;
            // The reference has four decimals.
            for (what, found) in [("measured", layer.output.std), ("theory", theory)] {
                let off = (found - expected).abs();
                assert!(off < 0.02 * expected + 5e-5, "{sigma} layer {} {what}: {found}, {expected}", layer.layer);
            }
            assert!((layer.output.std / theory - 1.0).abs() < 0.02, "{sigma} layer {}", layer.layer);
        }
    }
}

/// Root mean squares over eight seeds, five layers of 100 or what is said: within 5 % of theory, relu's within 10 %.
#[test]
fn networks_of_all_kinds_are_as_expected() {
    let base = Experiment { inputs: Inputs { images: 128, ..article().inputs }, ..article() };
    let tanh = Experiment {
        activation: Activation::Tanh,
        initializer: Initializer::GlorotNormal { gain: 1.0 },
        ..base.clone()
    };
    let he = Experiment { initializer: Initializer::HeNormal { gain: 1.0 }, ..base.clone() };
    let drawn = |dim| Inputs { data: Data::Gaussian { dim }, ..base.inputs.clone() };
    let standardized = Inputs { scale: InputScale::Standardized, ..base.inputs.clone() };
    let gelu = Activation::Gelu;
    let cases = [
        ("linear first", Experiment { linear_first: true, ..tanh.clone() }, 0.05),
        ("linear first, relu", Experiment { linear_first: true, ..he.clone() }, 0.1),
        ("standardized", Experiment { inputs: standardized.clone(), ..tanh.clone() }, 0.05),
        ("standardized, relu", Experiment { inputs: standardized, linear_first: true, ..he.clone() }, 0.1),
        ("drawn", Experiment { inputs: drawn(200), ..tanh.clone() }, 0.05),
        ("drawn, relu", Experiment { inputs: drawn(50), ..he.clone() }, 0.1),
        ("biases", Experiment { bias: 0.1, bias_std: 0.3, ..tanh.clone() }, 0.05),
        ("widths", Experiment { widths: vec![200, 100, 150], ..tanh.clone() }, 0.05),
        ("lsuv", Experiment { initializer: Initializer::Lsuv, ..tanh.clone() }, 0.05),
        ("lsuv, relu", Experiment { initializer: Initializer::Lsuv, linear_first: true, ..he }, 0.1),
        ("orthogonal", Experiment { initializer: Initializer::Orthogonal { gain: 1.0 }, ..tanh.clone() }, 0.05),
        ("pytorch", Experiment { initializer: Initializer::TorchLinearDefault, ..tanh }, 0.05),
        ("uniform", Experiment { initializer: Initializer::HeUniform { gain: 1.0 }, activation: gelu, ..base }, 0.1),
    ];
    let mut measurer = Measurer::new().unwrap();
    let quantities = Quantities { pre_activations: true, gradients: true, theory: true, ..Quantities::GLANCE };
    for (name, experiment, within) in cases {
        let mut measure = |seed| measurer.measure_all(&Experiment { seed, ..experiment.clone() }, quantities).unwrap();
        let seeds: Vec<Measurement> = (1..=8).map(&mut measure).collect();
        for index in 0..experiment.widths.len() {
            let root_mean_square = |of: &dyn Fn(&Measurement) -> f64| {
                (seeds.iter().map(|seed| of(seed).powi(2)).sum::<f64>() / seeds.len() as f64).sqrt()
            };
            let near = |figure: &str, found: &dyn Fn(&Measurement) -> f64, theory: &dyn Fn(&Measurement) -> f64| {
                let (found, theory) = (root_mean_square(found), root_mean_square(theory));
                let off = (found / theory - 1.0).abs();
                assert!(off < within, "{name}, layer {}, {figure}: {found}, theory {theory}", index + 1);
            };
            near("pre-activations", &|seed| seed.layers[index].pre_activation.as_ref().unwrap().std, &|seed| {
                seed.layers[index].theory.unwrap().pre_activation_std
            });
            near("outputs", &|seed| seed.layers[index].output.std, &|seed| {
                seed.layers[index].theory.unwrap().output_std
            });
            near("gradients", &|seed| seed.layers[index].gradient.as_ref().unwrap().l2, &|seed| {
                seed.layers[index].theory.unwrap().gradient_l2.unwrap()
            });
        }
    }
}

// Where depth leads

/// tanh with biases of .3 (Poole et al. 2016), as an experiment of width 100.
#[test]
fn the_outlook_of_tanh_with_biases() {
    for (sigma_w, q, q_digit, chi1) in
        [(1.3, 0.60705, 6e-6, 0.9398), (2.5, 4.0791, 6e-5, 1.5852), (4.0, 12.604, 6e-4, 2.3673)]
    {
        let limit = limit(&Experiment {
            activation: Activation::Tanh,
            initializer: Initializer::RandomNormal { mean: 0.0, sigma: sigma_w / 10.0 },
            bias_std: 0.3,
            ..article()
        });
        near("sigma_w^2", limit.weight_variance, sigma_w * sigma_w, 1e-12);
        near("sigma_b^2", limit.bias_variance, 0.09, 1e-12);
        let FixedPoint::At(found) = limit.fixed_point else { panic!("{limit:?}") };
        near("q*", found, q, q_digit);
        near("chi1", limit.chi1, chi1, 6e-5);
        let depth = limit.correlation_depth.unwrap();
        if chi1 < 1.0 {
            near("xi_c", depth, -1.0 / chi1.ln(), 0.02);
        } else {
            assert!(depth > 0.0 && depth < 20.0, "chaos: {depth}");
        }
        assert!(limit.variance_depth.unwrap() > 0.0);
    }
}

#[test]
fn the_edge_of_tanh() {
    for (bias_variance, weight_variance, q) in [
        (0.0, 1.0, 0.0),
        (0.01, 1.424205, 0.273301),
        (0.05, 1.760955, 0.570048),
        (0.1, 1.986073, 0.805799),
        (0.3, 2.505127, 1.461169),
    ] {
        let far = deep_limit(&Activation::Tanh, 2.0, bias_variance);
        let edge = far.edge.unwrap();
        near("critical sigma_w^2", edge.weight_variance, weight_variance, 6e-7);
        near("q*", edge.q, q, 6e-7);
        let there = deep_limit(&Activation::Tanh, edge.weight_variance, bias_variance);
        near("chi1", there.chi1, 1.0, 1e-8);
        assert!(there.correlation_depth.is_none_or(|depth| depth > 1e7), "{there:?}");
    }
}

#[test]
fn relu_is_critical_at_he() {
    for initializer in [
        Initializer::HeNormal { gain: 1.0 },
        Initializer::Orthogonal { gain: 2.0_f64.sqrt() },
        Initializer::RandomNormal { mean: 0.0, sigma: 0.02_f64.sqrt() },
    ] {
        let limit = limit(&Experiment { initializer, ..article() });
        near("sigma_w^2", limit.weight_variance, 2.0, 1e-12);
        assert_eq!(limit.fixed_point, FixedPoint::Everywhere, "{initializer}");
        near("chi1", limit.chi1, 1.0, 1e-12);
        assert_eq!((limit.variance_depth, limit.correlation_depth), (None, Some(f64::INFINITY)));
        let EdgeOfChaos { weight_variance, q } = limit.edge.unwrap();
        near("edge", weight_variance, 2.0, 1e-10);
        near("q", q, 0.0, 0.0);
    }
}

#[test]
fn relu_grows_above_and_fades_below() {
    let relu = |weight_variance| deep_limit(&Activation::Relu, weight_variance, 0.0);
    let (above, below) = (relu(7.84), relu(1.0));
    assert_eq!((above.fixed_point, above.variance_depth, above.correlation_depth), (FixedPoint::Diverges, None, None));
    near("chi1", above.chi1, 3.92, 1e-9);
    assert_eq!(below.fixed_point, FixedPoint::At(0.0));
    near("chi1", below.chi1, 0.5, 1e-9);
    near("q halves", below.variance_depth.unwrap(), 1.0 / 2.0_f64.ln(), 1e-9);
    let with_biases = deep_limit(&Activation::Relu, 1.0, 0.3);
    let FixedPoint::At(q) = with_biases.fixed_point else { panic!("{with_biases:?}") };
    near("q = .3 / (1 - 1/2)", q, 0.6, 1e-9);
    assert_eq!(with_biases.edge, None);
}

/// Klambauer et al. 2017: with weights of variance 1 / n, SELU's outputs tend to mean 0 and variance 1.
#[test]
fn lecun_normal_is_selus_fixed_point() {
    for at_zero in AtZero::ALL {
        let limit = limit(&Experiment {
            activation: Activation::Selu { at_zero },
            initializer: Initializer::LecunNormal { gain: 1.0 },
            ..article()
        });
        let FixedPoint::At(q) = limit.fixed_point else { panic!("{limit:?}") };
        near("q*", q, 1.0, 1e-9);
        // Their lambda = 1.0507 makes E[phi'^2] 1.07: it holds variances, and gradients but for 7 %.
        near("chi1", limit.chi1, 1.0716, 5e-5);
    }
}

/// q' = q + 1 far out: sqrt(2) times He is not a fixed point at the end of f64's digits.
#[test]
fn slow_growth_is_growth() {
    for activation in [Activation::Elu { alpha: 1.0 }, Activation::Celu { alpha: 1.0 }, Activation::Softplus] {
        let limit = deep_limit(&activation, 2.0, 0.0);
        assert_eq!(limit.fixed_point, FixedPoint::Diverges, "{activation}");
        near("chi1", limit.chi1, 1.0, 1e-5);
    }
}

#[test]
fn every_activation_has_an_outlook() {
    for activation in Activation::ALL {
        for (weight_variance, bias_variance) in [(0.0, 0.0), (1.0, 0.0), (2.5, 0.09), (1e4, 1.0), (1e70, 0.0)] {
            let limit = deep_limit(&activation, weight_variance, bias_variance);
            let name = format!("{activation} {weight_variance} {bias_variance}: {limit:?}");
            assert!(limit.chi1 >= 0.0 && limit.chi1.is_finite(), "{name}");
            assert!(limit.variance_depth.is_none_or(|depth| depth >= 0.0), "{name}");
            assert!(limit.correlation_depth.is_none_or(|depth| depth >= 0.0), "{name}");
            if let FixedPoint::At(q) = limit.fixed_point
                && q > 0.0
            {
                let network = initscope::theory::WideNetwork { phi: &activation, weight_variance, bias_variance };
                near(&name, network.variance_map(q) / q, 1.0, 1e-9);
            }
        }
    }
}

#[test]
fn an_outlook_needs_layers_of_one_law() {
    let he = Experiment { initializer: Initializer::HeNormal { gain: 1.0 }, ..article() };
    let why = |experiment: Experiment| outlook(&experiment).limit.unwrap_err();
    assert!(why(Experiment { widths: vec![100], ..he.clone() }).contains("one hidden layer"));
    assert!(why(Experiment { bias: 0.1, ..he.clone() }).contains("mean zero"));
    let with_mean = Initializer::RandomNormal { mean: -0.01, sigma: 0.1 };
    assert!(why(Experiment { initializer: with_mean, ..he.clone() }).contains("mean zero"));
    let glorot = Initializer::GlorotNormal { gain: 1.0 };
    let widths = vec![100, 50, 100];
    assert!(why(Experiment { initializer: glorot, widths: widths.clone(), ..he.clone() }).contains("fan_in"));
    assert!(why(Experiment { initializer: Initializer::Lsuv, ..he.clone() }).contains("fan_in"));
    // He's sigma^2 fan_in is 2 for all shapes.
    near("sigma_w^2", limit(&Experiment { widths, ..he }).weight_variance, 2.0, 1e-12);
}

#[test]
fn an_outlook_comes_with_the_last_answer_if_asked_for() {
    let mut answers = Vec::new();
    let request =
        initscope::engine::Request { subject: article().into(), quantities: outlook_alone(), at_leisure: false };
    Measurer::new().unwrap().measure(&request, &|| false, &mut |answer| answers.push(answer)).unwrap();
    let (last, coarse) = answers.split_last().unwrap();
    assert!(last.outlook.is_some() && !coarse.is_empty() && coarse.iter().all(|answer| answer.outlook.is_none()));
    assert!(measure(&few(article()), Quantities::OUTPUTS).outlook.is_none());
}

// How far it holds

#[test]
fn what_theory_holds_for_is_said() {
    use Coverage::{Approximate, ExactInTheLimit, NotCovered};
    let coverage = |experiment: &Experiment| measure(&few(experiment.clone()), Quantities::OUTPUTS).coverage;
    let of = |text: &str| coverage(&Experiment { initializer: Initializer::read(text).unwrap(), ..article() });
    for exact in ["random_normal", "he_uniform", "glorot_normal", "trunc_normal", "torch_linear_default"] {
        assert_eq!(of(exact), ExactInTheLimit, "{exact}");
    }
    for (text, word) in [
        ("orthogonal", "Orthogonal"),
        ("sparse", "few non-zero weights"),
        ("lsuv", "images"),
        ("random_normal(mean=0.01)", "mean"),
        ("random_normal(mean=-0.01)", "mean"),
        ("random_uniform(minval=-0.3, maxval=0.1)", "mean"),
        ("trunc_normal(mean=0, std=1, a=-2, b=0)", "mean"),
    ] {
        let Approximate(why) = of(text) else { panic!("{text}: {:?}", of(text)) };
        assert!(why.contains(word), "{text}: {why}");
    }
    for (text, word) in [
        ("constant(value=0.1)", "the same"),
        ("zeros", "the same"),
        ("ones", "the same"),
        ("identity", "Nothing is drawn"),
        ("rai", "different laws"),
    ] {
        let NotCovered(why) = of(text) else { panic!("{text}: {:?}", of(text)) };
        assert!(why.contains(word), "{text}: {why}");
    }
    for initializer in [Initializer::HeNormal { gain: 1.0 }, Initializer::Orthogonal { gain: 1.0 }, Initializer::Lsuv] {
        let shared = coverage(&Experiment { initializer, draws: Draws::Shared, ..article() });
        let NotCovered(why) = shared else { panic!("{shared:?}") };
        assert!(why.contains("same matrix in every layer"), "{why}");
    }
    let tensorflow = coverage(&Experiment { generator: Generator::Tensorflow1, ..article() });
    assert_eq!(tensorflow, ExactInTheLimit, "independent draws of another generator");
}

#[test]
fn what_is_not_covered_has_no_prediction_and_says_why() {
    for text in ["constant(value=0.1)", "identity", "rai"] {
        let initializer = Initializer::read(text).unwrap();
        let measurement = measure(&few(Experiment { initializer, ..article() }), Quantities::ALL);
        assert!(measurement.layers.iter().all(|layer| layer.theory.is_none()), "{text}");
        let Coverage::NotCovered(why) = measurement.coverage else { panic!("{:?}", measurement.coverage) };
        assert_eq!(measurement.outlook.unwrap().limit, Err(why));
    }
}

/// How often is in `dead_units`; here, for whom.
#[test]
fn born_dead_is_said_of_relu_networks_with_fair_signs() {
    let born_dead = |experiment: Experiment| outlook(&Experiment { widths: vec![3, 2], ..experiment }).born_dead;
    let with = |text: &str| born_dead(Experiment { initializer: Initializer::read(text).unwrap(), ..article() });
    for text in ["random_normal", "he_normal", "glorot_uniform", "orthogonal", "lsuv", "trunc_normal", "random_uniform"]
    {
        near(text, with(text).unwrap(), 1.0 - 7.0 / 8.0 * 3.0 / 4.0, 1e-14);
    }
    for text in [
        "zeros",
        "ones",
        "identity",
        "rai",
        "sparse",
        "torch_linear_default",
        "random_normal(std=0)",
        "random_normal(mean=0.1)",
        "random_uniform(minval=0)",
        "trunc_normal(a=-1)",
        "he_normal(gain=0)",
    ] {
        assert_eq!(with(text), None, "{text}");
    }
    assert_eq!(born_dead(Experiment { activation: Activation::Tanh, ..article() }), None);
    assert_eq!(born_dead(Experiment { bias: 0.1, ..article() }), None);
    assert_eq!(born_dead(Experiment { bias_std: 0.1, ..article() }), None);
    assert_eq!(born_dead(Experiment { draws: Draws::Shared, ..article() }), None);
    assert!(born_dead(Experiment { linear_first: true, ..article() }).is_some(), "a linear layer has no sides");
}

// Help

fn article() -> Experiment {
    Experiment::article()
}

fn few(experiment: Experiment) -> Experiment {
    Experiment { inputs: Inputs { images: 20, ..experiment.inputs }, ..experiment }
}

fn measure(experiment: &Experiment, quantities: Quantities) -> Measurement {
    Measurer::new().unwrap().measure_all(experiment, quantities).unwrap()
}

fn outlook_alone() -> Quantities {
    Quantities { outlook: true, ..Quantities::OUTPUTS }
}

fn outlook(experiment: &Experiment) -> Outlook {
    measure(&few(experiment.clone()), outlook_alone()).outlook.unwrap()
}

fn limit(experiment: &Experiment) -> DeepLimit {
    outlook(experiment).limit.unwrap()
}

fn near(what: &str, found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() <= within, "{what}: {found}, expected {expected} +- {within}");
}

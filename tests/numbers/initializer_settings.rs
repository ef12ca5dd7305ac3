//! Initializers are written and read without loss, and keep to their parameters.

use initscope::experiment::{
    Distribution, Draws, Experiment, Generator, Initializer, Mode, Nonlinearity, SettingError, Settings,
};
use initscope::figure::Headline;

#[test]
fn a_name_is_the_frameworks_default() {
    for initializer in Initializer::ALL {
        assert_eq!(Initializer::read(initializer.name()), Ok(initializer));
        assert_eq!(initializer.to_string(), initializer.name());
    }
}

#[test]
fn brackets_set_parameters() {
    let expected =
        Initializer::VarianceScaling { scale: 2.0, mode: Mode::FanAvg, distribution: Distribution::TruncatedNormal };
    let text = "variance_scaling(scale=2, mode=fan_avg)";
    assert_eq!(Initializer::read(text), Ok(expected));
    assert_eq!(expected.to_string(), text);
    for spelling in ["variance_scaling( mode = \"fan_avg\",scale=2e0 )", "  variance_scaling (scale=2,mode='fan_avg')"]
    {
        assert_eq!(Initializer::read(spelling), Ok(expected));
    }
    for name in ["std", "stddev", "sigma"] {
        let read = Initializer::read(&format!("truncated_normal({name}=0.5)"));
        assert_eq!(read, Ok(Initializer::TruncatedNormal { mean: 0.0, sigma: 0.5 }));
    }
}

#[test]
fn a_sigma_that_none_of_several_initializers_takes_is_refused() {
    let with = |init: &str| {
        let settings = Settings { init: Some(init.to_owned()), sigma: Some(vec![0.1, 0.2]), ..Settings::default() };
        settings.apply_all(&[Experiment::article()]).map(|experiments| experiments.len())
    };
    assert_eq!(with("random_normal,he_normal"), Ok(3));
    let refused = with("glorot_normal,he_normal").unwrap_err();
    assert_eq!(refused.flag(), "--sigma");
}

#[test]
fn every_experiment_survives_being_written() {
    for initializer in Initializer::ALL.into_iter().chain(unusual()) {
        let own = initializer.sets_biases();
        let normal = matches!(initializer, Initializer::RandomNormal { .. });
        let experiment = Experiment {
            initializer,
            bias: if own { 0.0 } else { -0.1 },
            bias_std: if own { 0.0 } else { 0.3 },
            draws: Draws::Shared,
            generator: if normal { Generator::Tensorflow1 } else { Generator::Native },
            ..Experiment::article()
        };
        let settings = Settings::from(&experiment);
        let json = serde_json::to_string(&settings).unwrap();
        let read: Settings = serde_json::from_str(&json).unwrap();
        assert_eq!(read, settings);
        let other = Experiment { bias: 9.0, draws: Draws::Independent, ..Experiment::article() };
        assert_eq!(read.apply(&other), Ok(experiment), "{json}");
        assert_eq!(Initializer::read(&initializer.to_string()), Ok(initializer));
    }
}

#[test]
fn flags_set_the_parameter_of_their_meaning() {
    let with = |init: &str| Settings { init: Some(init.to_owned()), ..Settings::default() };
    let initializer = |settings: Settings| settings.apply(&Experiment::article()).map(|changed| changed.initializer);
    for name in ["random_normal", "truncated_normal", "trunc_normal", "sparse"] {
        let changed = initializer(Settings { sigma: Some(vec![0.5]), ..with(name) }).unwrap();
        assert_eq!(changed, Initializer::read(&format!("{name}(sigma=0.5)")).unwrap());
    }
    for name in ["random_normal", "truncated_normal", "trunc_normal"] {
        let changed = initializer(Settings { weight_mean: Some(0.5), ..with(name) }).unwrap();
        assert_eq!(changed, Initializer::read(&format!("{name}(mean=0.5)")).unwrap());
    }
    for name in ["identity", "orthogonal", "he_uniform", "xavier_normal"] {
        let changed = initializer(Settings { gain: Some(0.5), ..with(name) }).unwrap();
        assert_eq!(changed, Initializer::read(&format!("{name}(gain=0.5)")).unwrap());
    }
    for known in Initializer::ALL {
        let has = |name: &str| Initializer::read(&format!("{}({name}=0.5)", known.name())).is_ok();
        let refused = |settings| matches!(initializer(settings), Err(SettingError::DoesNotApply { .. }));
        assert_eq!(refused(Settings { sigma: Some(vec![0.5]), ..with(known.name()) }), !has("sigma"), "{known}");
        assert_eq!(refused(Settings { weight_mean: Some(0.5), ..with(known.name()) }), !has("mean"), "{known}");
        assert_eq!(refused(Settings { gain: Some(0.5), ..with(known.name()) }), !has("gain"), "{known}");
    }
}

#[test]
fn the_code_to_copy_carries_the_parameters() {
    let keras = |text: &str| Initializer::read(text).unwrap().keras().unwrap();
    assert_eq!(keras("he_normal"), "keras.initializers.HeNormal()");
    assert_eq!(
        keras("he_normal(gain=2)"),
        "keras.initializers.VarianceScaling(scale=8, mode=\"fan_in\", distribution=\"truncated_normal\")"
    );
    assert_eq!(
        keras("kaiming_uniform(nonlinearity=relu, mode=fan_out)"),
        "keras.initializers.VarianceScaling(scale=2, mode=\"fan_out\", distribution=\"uniform\")"
    );
    let torch = |text: &str| Initializer::read(text).unwrap().torch().unwrap();
    assert_eq!(torch("glorot_uniform"), "torch.nn.init.xavier_uniform_(layer.weight, gain=1)");
    assert_eq!(torch("orthogonal(gain=1.5)"), "torch.nn.init.orthogonal_(layer.weight, gain=1.5)");
}

#[test]
fn the_headline_says_what_is_unusual() {
    let law = |settings: Settings| Headline::of(&settings.apply(&Experiment::article()).unwrap().into()).law;
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(law(Settings::default()), "N(0, 0.100²)");
    assert_eq!(law(Settings { bias: Some(vec![-0.1]), ..Settings::default() }), "N(0, 0.100²), bias −0.1");
    let random =
        Settings { bias: Some(vec![0.5]), bias_std: Some(0.2), init: text("he_uniform"), ..Settings::default() };
    assert_eq!(law(Settings { gain: Some(2.0), ..random }), "2 × he_uniform, bias N(0.5, 0.2²)");
    let published = Settings { draws: text("shared"), generator: text("tensorflow1"), ..Settings::default() };
    assert_eq!(law(published), "N(0, 0.100²), shared draws of TensorFlow 1");
    let scaled = Settings { init: text("variance_scaling(mode=fan_avg, scale=2)"), ..Settings::default() };
    assert_eq!(law(scaled), "variance_scaling(scale=2, mode=fan_avg)");
}

fn unusual() -> Vec<Initializer> {
    vec![
        Initializer::RandomNormal { mean: -0.1, sigma: 1e-30 },
        Initializer::RandomUniform { minval: 0.1, maxval: 0.3 },
        Initializer::TruncatedNormal { mean: 0.25, sigma: 3.0 },
        Initializer::Constant { value: -1.0 / 3.0 },
        Initializer::Orthogonal { gain: 2.0_f64.sqrt() },
        Initializer::VarianceScaling { scale: 0.7, mode: Mode::FanOut, distribution: Distribution::Uniform },
        Initializer::KaimingUniform { a: 5.0_f64.sqrt(), mode: Mode::FanOut, nonlinearity: Nonlinearity::Tanh },
        Initializer::TruncNormal { mean: 0.5, sigma: 0.02, a: -1.0, b: 0.6 },
        Initializer::Sparse { sparsity: 0.9, sigma: 2.0 },
    ]
}

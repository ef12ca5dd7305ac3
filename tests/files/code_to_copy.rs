//! The lines to copy say whether they give the same numbers, and say it rightly.

use std::collections::BTreeMap;
use std::process::Command;

use initscope::experiment::{Activation, Draws, Experiment, Generator, Initializer, NetworkFramework};

fn with(initializer: &str) -> Experiment {
    Experiment { initializer: Initializer::read(initializer).unwrap(), ..Experiment::article() }
}

#[test]
fn every_initializer_has_a_line() {
    for initializer in Initializer::ALL {
        let code = Experiment { initializer, ..Experiment::article() }.code();
        assert!(!code.is_empty(), "{initializer}");
        assert!(code.iter().all(|code| !code.line.contains('\n')), "{initializer}");
    }
}

#[test]
fn only_what_is_not_drawn_gives_the_same_numbers() {
    for initializer in Initializer::ALL {
        let fixed = ["zeros", "ones", "constant", "identity"].contains(&initializer.name());
        for code in (Experiment { initializer, ..Experiment::article() }).code() {
            assert_eq!(code.same_numbers, fixed, "{initializer} in {}", code.framework);
        }
    }
}

#[test]
fn one_seeded_initializer_of_keras_2_gives_the_same_numbers() {
    let published = Experiment {
        draws: Draws::Shared,
        generator: Generator::Tensorflow1,
        ..with("random_normal(mean=0, sigma=0.14)")
    };
    let code = published.code();
    let [keras, torch] = code.as_slice() else { panic!("{code:?}") };
    assert_eq!(keras.line, "keras.initializers.RandomNormal(mean=0, stddev=0.14, seed=10)");
    assert!(keras.same_numbers && keras.note().contains("Keras 2 on TensorFlow 1"));
    assert_eq!((torch.same_numbers, &*torch.note()), (false, "the same distribution, other numbers"));
    // A kernel each, or other numbers: the line would not do the same.
    for other in [
        Experiment { draws: Draws::Independent, ..published.clone() },
        Experiment { generator: Generator::Native, ..published },
    ] {
        assert!(other.code().iter().all(|code| !code.same_numbers && !code.line.contains("seed")));
    }
}

/// `torch.nn.init.trunc_normal_` of PyTorch 2.5, run in f32: 2 Phi - 1 is -1 at both bounds, which `erfinv_` makes minus infinity
/// of and `clamp_` the lower bound.
#[test]
fn where_pytorch_itself_has_no_draws_so_far_out_it_is_said() {
    let note = |text: &str| {
        let code = with(text).code().into_iter().find(|code| code.framework == "PyTorch").unwrap();
        code.note().into_owned()
    };
    for (text, said) in [
        ("trunc_normal(mean=1, std=0.02, a=-2, b=0)", "gives −2 for every weight"),
        ("trunc_normal(mean=0, std=1, a=6, b=7)", "gives 7 for every weight"),
    ] {
        assert!(note(text).starts_with("not this distribution") && note(text).contains(said), "{}", note(text));
    }
    // 2 Phi(-5) - 1 is nine or ten steps of f32 above -1.
    let few = note("trunc_normal(a=-20, b=-5)");
    assert!(few.contains("at most 1") && few.contains("different values"), "{few}");
    for text in ["trunc_normal", "trunc_normal(a=-3, b=-1)", "trunc_normal(std=0)", "trunc_normal(a=1, b=4)"] {
        assert_eq!(note(text), "the same distribution, other numbers", "{text}");
    }
    let program = with("trunc_normal(mean=1, std=0.02, a=-2, b=0)").network_code(NetworkFramework::PyTorch);
    assert!(!program.contains("init.trunc_normal_(") && program.contains("exponential_(50)"), "{program}");
    for text in ["trunc_normal(mean=1, std=0.02, a=-2, b=0)", "trunc_normal(std=100, a=-0.001, b=0.001)"] {
        // What is drawn again until it lies between the bounds would never end.
        let program = with(text).network_code(NetworkFramework::Keras);
        assert!(!program.contains("np.random.normal("), "{program}");
    }
}

/// The lines are read as the frameworks' documentation says, and must give the law that the program draws from.
#[test]
fn the_lines_are_of_the_same_law() {
    let texts = [
        "random_normal(mean=0.3, std=0.2)",
        "random_uniform(minval=-0.1, maxval=0.4)",
        "truncated_normal(mean=-0.1, std=0.3)",
        "constant(value=-0.7)",
        "identity(gain=1.5)",
        "orthogonal(gain=0.7)",
        "variance_scaling(scale=3, mode=fan_out)",
        "variance_scaling(scale=0.5, mode=fan_avg, distribution=uniform)",
        "variance_scaling(distribution=untruncated_normal)",
        "glorot_normal(gain=1.7)",
        "glorot_uniform(gain=1.7)",
        "he_normal(gain=0.4)",
        "he_uniform(gain=0.4)",
        "lecun_normal(gain=3)",
        "lecun_uniform(gain=3)",
        "xavier_normal(gain=0.6)",
        "xavier_uniform(gain=0.6)",
        "kaiming_normal(a=0.5, mode=fan_out)",
        "kaiming_uniform(a=0.5)",
        "kaiming_normal(a=0.5, nonlinearity=relu)",
        "kaiming_uniform(mode=fan_out, nonlinearity=tanh)",
        "kaiming_normal(nonlinearity=selu)",
        "kaiming_uniform(nonlinearity=sigmoid)",
        "trunc_normal(mean=0.1, std=0.3, a=-0.2, b=0.5)",
        "sparse(sparsity=0.35, std=0.2)",
    ];
    let given = texts.map(|text| Initializer::read(text).unwrap());
    let mut read = 0;
    for initializer in Initializer::ALL.into_iter().chain(given) {
        for code in (Experiment { initializer, ..Experiment::article() }).code() {
            for (fan_in, fan_out) in [(784, 100), (100, 37), (30, 300)] {
                let Some((mean, std, law)) = law_of_line(&code.line, fan_in as f64, fan_out as f64) else { continue };
                let (line, stated) = (&code.line, initializer.sigma(fan_in, fan_out));
                let of = initializer.mean(fan_in, fan_out);
                assert!((of - mean).abs() < 1e-6, "{initializer}: mean {of}, {line}: {mean}");
                assert!((stated - std).abs() < 1e-5 * std.max(1e-3), "{initializer}: sigma {stated}, {line}: {std}");
                // PyTorch's trunc_normal_ is two of our laws: Keras's cut and that between bounds.
                let drawn = format!("{:?}", initializer.law());
                let same = if law == "cut" { ["NormalCutAt2", "Uniform"].contains(&&*drawn) } else { drawn == law };
                assert!(same, "{initializer}: {drawn}, {line}: {law}");
                read += 1;
            }
        }
    }
    // All but the lines of lsuv, rai and `torch.nn.Linear`, most initializers in both frameworks.
    assert!(read > 3 * 70, "{read}");
}

/// Mean, standard deviation and law of a kernel's weights, by the line; `None` for lines that are no initializer's call.
fn law_of_line(line: &str, fan_in: f64, fan_out: f64) -> Option<(f64, f64, String)> {
    if line.contains(';') || line.starts_with("torch.nn.Linear") {
        return None;
    }
    let (path, rest) = line.split_once('(').unwrap();
    let mut arguments = BTreeMap::new();
    for argument in rest.strip_suffix(')').unwrap().split(", ").filter(|text| !["", "layer.weight"].contains(text)) {
        // PyTorch's constant_ has its value by place.
        let (name, value) = argument.split_once('=').unwrap_or(("value", argument));
        assert!(arguments.insert(name, value.trim_matches('"')).is_none(), "{line}");
    }
    let word = |name: &str, default: &'static str| arguments.get(name).copied().unwrap_or(default).to_owned();
    let number = |name: &str, default: &'static str| word(name, default).parse::<f64>().unwrap();
    let count = |mode: &str| match mode {
        "fan_in" => fan_in,
        "fan_out" => fan_out,
        _ => (fan_in + fan_out) / 2.0,
    };
    let longer = fan_in.max(fan_out);
    let diagonal = |gain: f64| (gain / longer, gain * (1.0 / longer * (1.0 - 1.0 / longer)).sqrt(), "Identity");
    let kaiming = || {
        let slope = number("a", "0");
        let gain = match word("nonlinearity", "leaky_relu").as_str() {
            "linear" | "sigmoid" => 1.0,
            "tanh" => 5.0 / 3.0,
            "relu" => 2.0_f64.sqrt(),
            "leaky_relu" => (2.0 / (1.0 + slope * slope)).sqrt(),
            "selu" => 0.75,
            other => panic!("{other}"),
        };
        gain / count(&word("mode", "fan_in")).sqrt()
    };
    let root = |scale: f64, mode: &str| (scale / count(mode)).sqrt();
    const CUT: &str = "NormalCutAt2";
    const CUT_STD: f64 = 0.879_625_661_034_239_8;
    let half = |from: f64, to: f64| ((from + to) / 2.0, (to - from) / 12.0_f64.sqrt(), "Uniform");
    let (mean, std, law) = match path.rsplit_once('.').unwrap() {
        ("keras.initializers", name) => match name {
            "RandomNormal" => (number("mean", "0"), number("stddev", "0.05"), "Normal"),
            "RandomUniform" => half(number("minval", "-0.05"), number("maxval", "0.05")),
            "TruncatedNormal" => (number("mean", "0"), number("stddev", "0.05") * CUT_STD, CUT),
            "Zeros" => (0.0, 0.0, "None"),
            "Ones" => (1.0, 0.0, "None"),
            "Constant" => (number("value", "0"), 0.0, "None"),
            "Identity" => diagonal(number("gain", "1")),
            "Orthogonal" => (0.0, number("gain", "1") / longer.sqrt(), "Orthogonal"),
            "GlorotNormal" => (0.0, root(1.0, "fan_avg"), CUT),
            "GlorotUniform" => (0.0, root(1.0, "fan_avg"), "Uniform"),
            "HeNormal" => (0.0, root(2.0, "fan_in"), CUT),
            "HeUniform" => (0.0, root(2.0, "fan_in"), "Uniform"),
            "LecunNormal" => (0.0, root(1.0, "fan_in"), CUT),
            "LecunUniform" => (0.0, root(1.0, "fan_in"), "Uniform"),
            "VarianceScaling" => {
                let law = match word("distribution", "truncated_normal").as_str() {
                    "truncated_normal" => CUT,
                    "untruncated_normal" => "Normal",
                    "uniform" => "Uniform",
                    other => panic!("{other}"),
                };
                (0.0, root(number("scale", "1"), &word("mode", "fan_in")), law)
            }
            other => panic!("{other}"),
        },
        ("torch.nn.init", name) => match name {
            "normal_" => (number("mean", "0"), number("std", "1"), "Normal"),
            "uniform_" => half(number("a", "0"), number("b", "1")),
            "trunc_normal_" => {
                let (mean, std, a, b) = (number("mean", "0"), number("std", "1"), number("a", "-2"), number("b", "2"));
                let (mean_between, std_between) = moments_between(mean, std, a, b);
                (mean_between, std_between, "cut")
            }
            "zeros_" => (0.0, 0.0, "None"),
            "ones_" => (1.0, 0.0, "None"),
            "constant_" => (number("value", "0"), 0.0, "None"),
            "eye_" => diagonal(1.0),
            "orthogonal_" => (0.0, number("gain", "1") / longer.sqrt(), "Orthogonal"),
            "xavier_normal_" => (0.0, number("gain", "1") * root(1.0, "fan_avg"), "Normal"),
            "xavier_uniform_" => (0.0, number("gain", "1") * root(1.0, "fan_avg"), "Uniform"),
            "kaiming_normal_" => (0.0, kaiming(), "Normal"),
            "kaiming_uniform_" => (0.0, kaiming(), "Uniform"),
            "sparse_" => {
                let (sparsity, std) = (number("sparsity", ""), number("std", "0.01"));
                let kept = 1.0 - (sparsity * fan_out).ceil() / fan_out;
                return Some((0.0, std * kept.sqrt(), format!("Sparse {{ sparsity: {sparsity:?} }}")));
            }
            other => panic!("{other}"),
        },
        other => panic!("{other:?}"),
    };
    Some((mean, std, law.to_owned()))
}

/// Mean and standard deviation of N(mean, sigma²) between a and b, by Simpson's rule.
fn moments_between(mean: f64, sigma: f64, a: f64, b: f64) -> (f64, f64) {
    const STEPS: usize = 2000;
    let integral = |power: i32, about: f64| -> f64 {
        let at = |step: usize| {
            let value = a + (b - a) * step as f64 / STEPS as f64;
            (value - about).powi(power) * (-0.5 * ((value - mean) / sigma).powi(2)).exp()
        };
        let weight = |step: usize| if step == 0 || step == STEPS { 1.0 } else { 2.0 + 2.0 * (step % 2) as f64 };
        (0..=STEPS).map(|step| weight(step) * at(step)).sum()
    };
    let whole = integral(0, 0.0);
    let mean_between = integral(1, 0.0) / whole;
    (mean_between, (integral(2, mean_between) / whole).sqrt())
}

/// Read by hand against the frameworks' documentation, and run once in each.
#[test]
fn the_articles_network_in_keras_and_pytorch() {
    let experiment = Experiment { widths: vec![3, 2], bias: -0.1, ..with("he_normal") };
    let keras = "import keras

keras.utils.set_random_seed(10)


def dense(inputs, units):
    return keras.layers.Dense(units, kernel_initializer=keras.initializers.HeNormal(), bias_initializer=keras.initializers.Constant(-0.1))


# Inputs: [images, 784], pixels from 0 to 1 (divided by 255).
model = keras.Sequential([
    keras.Input((784,)),
    dense(784, 3), keras.layers.Activation(\"relu\"),
    dense(3, 2), keras.layers.Activation(\"relu\"),
    dense(2, 10),
])  # the last layer gives the logits of the ten digits
";
    assert_eq!(experiment.network_code(NetworkFramework::Keras), keras);
    let torch = "import torch

torch.manual_seed(10)


@torch.no_grad()
def init(layer):
    fan_in, fan_out = layer.in_features, layer.out_features
    std = (2 / fan_in) ** 0.5
    std /= 0.87962566103423978  # cut at two standard deviations, as Keras does
    torch.nn.init.trunc_normal_(layer.weight, mean=0.0, std=std, a=-2 * std, b=2 * std)
    torch.nn.init.constant_(layer.bias, -0.1)
    return layer


# Inputs: [images, 784], pixels from 0 to 1 (divided by 255).
network = torch.nn.Sequential(
    init(torch.nn.Linear(784, 3)), torch.nn.ReLU(),
    init(torch.nn.Linear(3, 2)), torch.nn.ReLU(),
    init(torch.nn.Linear(2, 10)),
)  # the last layer gives the logits of the ten digits
";
    assert_eq!(experiment.network_code(NetworkFramework::PyTorch), torch);
}

#[test]
fn every_network_can_be_set_up_in_both_frameworks() {
    for initializer in Initializer::ALL {
        for activation in Activation::ALL {
            let experiment =
                Experiment { initializer, activation, widths: vec![7, 6], linear_first: true, ..Experiment::article() };
            let keras = experiment.network_code(NetworkFramework::Keras);
            assert_eq!(keras.matches("    dense(").count(), 4, "{initializer}: {keras}");
            assert_eq!(keras.matches(&experiment.activation.keras()).count(), 2, "{keras}");
            assert!(!keras.contains("own_kernel") || keras.contains("def own_kernel"), "{keras}");
            let torch = experiment.network_code(NetworkFramework::PyTorch);
            assert_eq!(torch.matches("    init(torch.nn.Linear(").count(), 4, "{initializer}: {torch}");
            assert!(torch.contains("layer.weight") || torch.contains("torch.nn.Linear's own"), "{torch}");
        }
    }
}

/// What a command of the program prints.
fn printed(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_initscope")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn programs_for_several_networks_say_which_each_is() {
    let two = printed(&["code", "keras", "--sigma", "0.1,0.14"]);
    assert!(two.contains("# Experiment 1 of 2: σ 0.1\n") && two.contains("# Experiment 2 of 2: σ 0.14\n"), "{two}");
    let rates = printed(&["code", "keras", "--learning-rate", "0.1,0.2"]);
    assert!(rates.contains("# Experiment 2 of 2: learning rate 0.2\n"), "{rates}");
    assert!(!printed(&["code", "keras"]).contains("# Experiment"));
}

#[test]
fn settings_of_a_training_print_the_training_too() {
    let plain = printed(&["code", "keras"]);
    assert!(!plain.contains(".fit(") && plain.contains("model = keras.Sequential(["), "{plain}");
    let flags = ["--optimizer", "adam", "--batch", "64", "--epochs", "2", "--clip-norm", "1", "--train-images", "500"];
    let of = |framework: &str| printed(&[&["code", framework][..], &flags].concat());
    let keras = of("keras");
    for part in [
        "optimizer=keras.optimizers.Adam(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7, global_clipnorm=1)",
        "images, labels = images[:500], labels[:500]",
        "model.fit(images, labels, batch_size=64, epochs=2, shuffle=True",
        "# The training: the same law as initscope's, but other draws of the weights and another order of the images.",
    ] {
        assert!(keras.contains(part), "{part}: {keras}");
    }
    // What `train` makes of these flags is Keras's, shuffled.
    let other = of("pytorch");
    for part in [
        "# The training: not initscope's numbers. These settings are Keras's",
        "eps=1e-8)",
        "for batch in torch.randperm(len(images)).split(64):",
    ] {
        assert!(other.contains(part), "{part}: {other}");
    }
    let torch = printed(&[&["code", "pytorch", "--framework", "pytorch"][..], &flags].concat());
    for part in [
        "# The training: the same law as initscope's, but other draws of the weights.",
        "optimizer = torch.optim.Adam(network.parameters(), lr=0.001, betas=(0.9, 0.999), eps=1e-8)",
        "torch.nn.utils.clip_grad_norm_(network.parameters(), 1)",
        // PyTorch does not shuffle unless it is told to.
        "for batch in torch.arange(len(images)).split(64):",
    ] {
        assert!(torch.contains(part), "{part}: {torch}");
    }
    let plain = ["code", "keras", "--shuffle=false"];
    let same = printed(&[&plain[..], &["--init", "identity"]].concat());
    assert!(same.contains("# The training: the same numbers as initscope's, up to rounding.\n"), "{same}");
    let equal = printed(&[&plain[..], &["--init", "constant(value=0.02)", "--optimizer", "adam"]].concat());
    assert!(equal.contains("up to rounding, which Adam enlarges here"), "{equal}");
    let penalty = printed(&[&plain[..], &["--l2", "0.001"]].concat());
    assert!(penalty.contains("# Keras adds this penalty to the losses that it prints"), "{penalty}");
    let output = Command::new(env!("CARGO_BIN_EXE_initscope"))
        .args(["code", "keras", "--framework", "pytorch"])
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("--framework pytorch does not go with `code keras`"));
}

/// Python with Keras (and JAX) and PyTorch is named in INITSCOPE_PYTHON: `cargo test --test files -- --ignored trainings_run`.
#[test]
#[ignore = "it needs Keras and PyTorch, and takes minutes"]
fn trainings_run_as_they_stand_and_come_to_the_same() {
    let python = std::env::var("INITSCOPE_PYTHON").expect("INITSCOPE_PYTHON names a python with keras and torch");
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
    let run = |framework: &str, flags: &[&str]| -> f64 {
        let program = printed(&[&["code", framework, "--framework", framework, "--data", data][..], flags].concat());
        let output = Command::new(&python).args(["-c", &program]).env("KERAS_BACKEND", "jax").output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{program}\n{}", String::from_utf8_lossy(&output.stderr));
        let last = text.lines().rfind(|line| line.contains("loss")).unwrap();
        let keys = ["val_cross_entropy: ", "val_loss: ", "test loss "];
        let key = keys.into_iter().find(|key| last.contains(key)).unwrap_or_else(|| panic!("{last}"));
        let number = last.split(key).nth(1).unwrap();
        number.split([' ', ',']).next().unwrap().parse().unwrap_or_else(|_| panic!("{last}"))
    };
    let common = ["--train-images", "5000", "--batch", "128", "--images", "100"];
    let found = |framework: &str, flags: &[&str]| -> serde_json::Value {
        let arguments = [&["train", "--format", "json", "--data", data, "--framework", framework][..], flags].concat();
        serde_json::from_str(&printed(&arguments)).unwrap()
    };
    // Where nothing is drawn and images come as they are, the numbers are the same, as far as they are printed.
    let changes: [&[&str]; 4] = [
        &["--optimizer", "sgd(momentum=0.9)", "--clip-norm", "0.5", "--learning-rate", "0.05", "--steps", "50"],
        &["--optimizer", "adam", "--schedule", "cosine", "--warm-up", "5", "--epochs", "1"],
        &["--optimizer", "rmsprop", "--schedule", "step(at=10, factor=0.1)", "--epochs", "1", "--loss", "clipped"],
        &["--optimizer", "adamw", "--learning-rate", "0.002", "--epochs", "1", "--input-scale", "standardized"],
    ];
    for framework in ["keras", "pytorch"] {
        let penalty: &[&str] = &["--optimizer", "sgd", "--learning-rate", "0.05", "--epochs", "1", "--l2", "0.001"];
        for change in changes.into_iter().chain((framework == "keras").then_some(penalty)) {
            // Equal units would leave nothing but rounding of the first gradients, which adam divides by their own size.
            let still = ["--init", "identity", "--activation", "tanh", "--layers", "2", "--shuffle=false"];
            let flags = [&common[..], &still, change].concat();
            let report = found(framework, &flags);
            let expected = report["epochs"].as_array().unwrap().last().unwrap()["test_loss"].as_f64().unwrap();
            let loss = run(framework, &flags);
            assert!((loss - expected).abs() < 2e-4, "{framework}, {change:?}: {loss}, here {expected}");
        }
        // Otherwise they are those of one more seed.
        let drawn =
            ["--init", "he_normal", "--activation", "relu", "--optimizer", "adam", "--epochs", "1", "--shuffle"];
        let flags = [&common[..], &drawn].concat();
        let report = found(framework, &[&flags[..], &["--seeds", "6"]].concat());
        let spread = &report["epochs"].as_array().unwrap().last().unwrap()["test_loss"];
        let (mean, deviation) = (spread["mean"].as_f64().unwrap(), spread["standard_deviation"].as_f64().unwrap());
        let loss = run(framework, &flags);
        assert!((loss - mean).abs() < 5.0 * deviation, "{framework}: {loss}, here {mean} ± {deviation}");
    }
}

//! The commands' contract: what is on standard output, what on standard error, and the exit codes. No display is needed.

use std::collections::BTreeSet;

use assert_cmd::Command;
use initscope::engine::{Measurer, Quantities};
use initscope::experiment::{Activation, Experiment, Initializer, Preset, Settings};
use serde_json::Value;

const SMALL: [&str; 6] = ["stats", "--images", "200", "--layers", "3", "--format"];

#[test]
fn stats_are_what_the_library_measures() {
    let flags = ["--activation", "tanh", "--init", "he_normal", "--gain", "1.5", "--width", "40", "--seed", "3"];
    let report = json(&[&SMALL[..], &["json"], &flags].concat());
    let settings: Settings = serde_json::from_value(report["experiment"].clone()).unwrap();
    let experiment = settings.apply(&Experiment::article()).unwrap();
    assert_eq!(Settings::from(&experiment), settings, "every flag is there");
    let expected = Measurer::new().unwrap().measure_all(&experiment, Quantities::ALL).unwrap();
    assert_eq!(report["images"], 200);
    assert_eq!(report["loss"], expected.loss);
    assert_eq!(report["layers"].as_array().unwrap().len(), 3);
    for (found, expected) in report["layers"].as_array().unwrap().iter().zip(&expected.layers) {
        assert_eq!(found["layer"], expected.layer);
        assert_eq!(found["units"], 40);
        assert_eq!(found["fan_in"], expected.fan_in);
        assert_eq!(found["weights"]["std"], expected.weights.std());
        let output = &expected.output;
        assert_eq!(found["output"]["mean"], output.mean);
        assert_eq!(found["output"]["std"], output.std);
        assert_eq!(found["output"]["min"], output.min);
        assert_eq!(found["output"]["max"], output.max);
        for (key, quantile) in ["q01", "q05", "q25", "q50", "q75", "q95", "q99"].iter().zip(output.quantiles.unwrap()) {
            assert_eq!(found["output"][key], quantile, "{key}");
        }
        assert_eq!(found["zero_fraction"], output.zero_fraction);
        assert_eq!(found["saturated_fraction"], expected.saturated_fraction.unwrap());
        assert_eq!(found["dead_units"], expected.states.dead);
        assert_eq!(found["always_on_units"], expected.states.always_on);
        assert_eq!(found["mixed_units"], expected.states.mixed);
        assert_eq!(found["never_positive_units"], expected.states.never_positive);
    }
}

#[test]
fn json_has_the_documented_keys_and_no_others() {
    let report = json(&[&SMALL[..], &["json"]].concat());
    assert_keys(&report, "experiment images input loss what_you_see theory layers output_layer");
    assert_keys(&report["input"], "dim");
    assert_keys(&report["output_layer"], "gradient_l2");
    assert_keys(
        &report["experiment"],
        "data split images input_scale layers width linear_first activation init sigma weight_mean bias bias_std draws \
         generator seed",
    );
    let layer = &report["layers"][0];
    let without_saturated = "layer units fan_in weights pre_activation output gradient gradient_l2 weight_gradient_l2 \
                             zero_fraction dead_units always_on_units mixed_units never_positive_units theory";
    assert_keys(layer, without_saturated);
    assert_keys(&layer["weights"], "mean std min max q01 q05 q25 q50 q75 q95 q99 spectral_norm");
    for quantity in ["pre_activation", "output", "gradient"] {
        assert_keys(&layer[quantity], "mean std min max q01 q05 q25 q50 q75 q95 q99");
    }
    assert_keys(&layer["theory"], "pre_activation_std output_mean output_std gradient_l2 dead_share always_on_share");
    let sigmoid = json(&[&SMALL[..], &["json", "--activation", "sigmoid"]].concat());
    assert!(sigmoid["layers"][0]["saturated_fraction"].is_number());
    let he = json(&[&SMALL[..], &["json", "--init", "he_normal"]].concat());
    assert_keys(
        &he["experiment"],
        "data split images input_scale layers width linear_first activation init gain bias bias_std draws generator seed",
    );
}

/// tanh with a bias of -2 lies below zero for every image, and has a slope there.
#[test]
fn never_positive_is_not_dead() {
    for activation in ["linear", "tanh", "sigmoid", "gelu", "leaky_relu"] {
        let flags = ["json", "--activation", activation, "--bias=-2", "--sigma", "0.05"];
        let report = json(&[&SMALL[..], &flags].concat());
        for layer in report["layers"].as_array().unwrap() {
            assert_eq!(
                (&layer["dead_units"], &layer["theory"]["dead_share"]),
                (&0.into(), &0.0.into()),
                "{activation}"
            );
            assert_eq!(layer["mixed_units"], 100, "{activation}");
        }
        let never = report["layers"][0]["never_positive_units"].as_u64().unwrap();
        assert_eq!(never > 60, activation != "sigmoid", "{activation}: {never}");
    }
    let table = printed(&["stats", "--images", "100", "--activation", "tanh", "--bias=-2", "--sigma", "0.05"]);
    assert!(table.contains("never") && !table.contains("dead"), "{table}");
}

#[test]
fn parameters_of_activations_are_flags_or_stand_in_brackets() {
    for (flags, name, key, value) in [
        (&["--activation", "leaky_relu"][..], "leaky_relu", "slope", 0.2),
        (&["--activation", "leaky_relu", "--slope", "0.01"], "leaky_relu", "slope", 0.01),
        (&["--activation", "leaky_relu(slope=0.3)"], "leaky_relu", "slope", 0.3),
        (&["--activation", "elu", "--alpha", "0.5"], "elu", "alpha", 0.5),
        (&["--activation", "celu(alpha=2)"], "celu", "alpha", 2.0),
    ] {
        let experiment = &json(&[&SMALL[..], &["json"], flags].concat())["experiment"];
        assert_eq!((&experiment["activation"], &experiment[key]), (&name.into(), &value.into()));
        assert_keys(
            experiment,
            &format!(
                "data split images input_scale layers width linear_first activation {key} init sigma weight_mean bias bias_std \
                 draws generator seed"
            ),
        );
    }
    let text = printed(&["stats", "--images", "100", "--activation", "elu(alpha=0.5)"]);
    assert!(text.starts_with("784 → 100 × 5 → 10, elu(alpha=0.5), N("), "{text}");
}

#[test]
fn json_keeps_the_documented_order() {
    let text = printed(&[&SMALL[..], &["json", "--activation", "tanh"]].concat());
    let figures = "mean std min max q01 q05 q25 q50 q75 q95 q99";
    let keys = format!(
        "experiment images input loss what_you_see theory layers layer units fan_in weights {figures} spectral_norm pre_activation {figures} \
         output {figures} gradient {figures} gradient_l2 weight_gradient_l2 zero_fraction saturated_fraction \
         dead_units always_on_units mixed_units never_positive_units theory pre_activation_std output_mean output_std gradient_l2 dead_share always_on_share \
         layer units"
    );
    let mut rest = &text[..];
    for key in keys.split_whitespace().map(|key| format!("\"{key}\": ")) {
        let (_, after) = rest.split_once(&key).unwrap_or_else(|| panic!("{key} is missing or too early:\n{text}"));
        rest = after;
    }
}

#[test]
fn figures_that_are_not_finite_are_null_and_counted() {
    let report = json(&[&SMALL[..], &["json", "--sigma", "1e30"]].concat());
    assert_eq!(report["loss"], Value::Null);
    let [first, second, third] = report["layers"].as_array().unwrap().as_slice() else { panic!("three layers") };
    assert!(first["output"]["max"].is_number() && first["output"].get("non_finite").is_none());
    assert_eq!(second["output"]["mean"], Value::Null);
    assert!(second["output"]["non_finite"].as_u64().unwrap() > 0);
    assert_eq!(third["output"]["non_finite"], 200 * 100);
    let report = json(&[&SMALL[..], &["json", "--sigma", "3e38"]].concat());
    let weights = &report["layers"][0]["weights"];
    assert_eq!(weights["std"], Value::Null, "weights overflow too");
    assert!(weights["non_finite"].as_u64().unwrap() > 0);
}

#[test]
fn without_flags_it_measures_the_articles_case() {
    let report = json(&["stats", "--format", "json"]);
    let settings: Settings = serde_json::from_value(report["experiment"].clone()).unwrap();
    assert_eq!(settings, Settings::from(&Experiment::article()));
    assert_eq!(report["images"], 10_000);
}

#[test]
fn csv_has_a_row_per_layer_with_the_figures_of_the_json() {
    let flags = ["--sigma", "1e30"];
    let text = printed(&[&SMALL[..], &["csv"], &flags].concat());
    let report = json(&[&SMALL[..], &["json"], &flags].concat());
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    assert_eq!(header[..4], ["layer", "units", "fan_in", "weights.mean"]);
    for name in
        ["pre_activation.q01", "output.q01", "gradient.std", "gradient_l2", "weight_gradient_l2", "saturated_fraction"]
    {
        assert!(header.contains(&name), "{name}");
    }
    assert!(header.contains(&"theory.output_std"));
    for name in ["theory.dead_share", "theory.always_on_share"] {
        assert!(header.contains(&name), "{name}");
    }
    let rows: Vec<_> = lines.collect();
    assert_eq!(rows.len(), 3);
    for (row, layer) in rows.iter().zip(report["layers"].as_array().unwrap()) {
        assert_eq!(row.len(), header.len());
        for (name, cell) in header.iter().zip(row) {
            let value = name.split('.').fold(layer, |value, key| &value[key]);
            match value.as_f64() {
                Some(number) => assert_eq!(cell.parse::<f64>().unwrap(), number, "{name}"),
                None => assert!(cell.is_empty() || name.ends_with("non_finite") && *cell == "0", "{name}: {cell}"),
            }
        }
    }
}

#[test]
fn the_columns_of_csv_are_the_keys_of_json() {
    let header = printed(&[&SMALL[..], &["csv"]].concat()).lines().next().unwrap().to_owned();
    let columns: Vec<_> = header.split(',').map(str::to_owned).collect();
    let mut seen = BTreeSet::new();
    let trained = ["--steps", "1", "--train-images", "64"];
    for flags in [&["--activation", "relu"][..], &["--activation", "tanh"], &["--sigma", "3e38"], &trained] {
        let text = printed(&[&SMALL[..], &["csv"], flags].concat());
        assert_eq!(text.lines().next(), Some(&header[..]), "the same for every experiment: {flags:?}");
        let report = json(&[&SMALL[..], &["json"], flags].concat());
        for layer in report["layers"].as_array().unwrap() {
            flattened("", layer, &mut seen);
        }
    }
    assert_eq!(seen, columns.iter().cloned().collect::<BTreeSet<_>>());
    let theirs = ["pre_activation_std", "output_mean", "output_std", "gradient_l2", "dead_share", "always_on_share"];
    assert_eq!(columns[columns.len() - 6..], theirs.map(|key| format!("theory.{key}")), "in the order of the JSON");
}

/// The keys of all values within, joined by dots.
fn flattened(before: &str, value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                flattened(&format!("{before}.{key}"), value, keys);
            }
        }
        _ => {
            keys.insert(before.trim_start_matches('.').to_owned());
        }
    }
}

#[test]
fn the_table_is_for_people() {
    let text = printed(&["stats", "--images", "1000"]);
    assert_eq!(text.lines().next().unwrap(), "784 → 100 × 5 → 10, relu, N(0, 0.100²) on 1,000 MNIST test images");
    assert!(text.contains("(dead)") && text.contains("loss"));
    for initializer in ["random_normal", "glorot_normal", "he_normal"] {
        for activation in ["relu", "tanh", "sigmoid"] {
            let text = printed(&["stats", "--images", "500", "--activation", activation, "--init", initializer]);
            assert!(text.lines().all(|line| line.chars().count() <= 100), "too wide:\n{text}");
            assert!(text.lines().all(|line| line == line.trim_end()), "spaces at the ends:\n{text}");
        }
    }
    assert!(printed(&["stats", "--images", "100", "--sigma", "1e9"]).contains("exceed f32"));
    let text = printed(&["stats", "--images", "100", "--sigma", "1e30", "--layers", "12"]);
    let row = text.lines().find(|line| line.trim_start().starts_with("12 ")).unwrap();
    assert!(row.contains("NaN") && row.ends_with("–        –       –"), "of NaN no unit is mixed: {row:?}");
}

#[test]
fn lists_name_what_the_flags_take() {
    let lists =
        [("activations", "--activation", Activation::ALL.len()), ("initializers", "--init", Initializer::ALL.len())];
    for (list, flag, names) in lists {
        let text = printed(&["list", list]);
        assert_eq!(text.lines().count(), names);
        for line in text.lines() {
            assert!(["keras.", "torch.", "np."].iter().any(|known| line.contains(known)), "{line}");
            let name = line.split_whitespace().next().unwrap();
            let report = json(&["stats", "--images", "10", "--format", "json", flag, name]);
            assert_eq!(report["experiment"][&flag[2..]], name.split('(').next().unwrap());
        }
    }
}

#[test]
fn the_list_of_presets_says_what_each_shows() {
    let text = printed(&["list", "presets"]);
    assert_eq!(text.lines().count(), 2 * Preset::all().len());
    let lines: Vec<_> = text.lines().collect();
    for (pair, preset) in lines.chunks(2).zip(Preset::all()) {
        let (name, title) = pair[0].split_once("  ").unwrap();
        assert_eq!((name, title.trim(), pair[1].trim()), (preset.name, preset.title, preset.summary));
        assert!(pair[1].starts_with("    ") && pair[1].chars().count() <= 120, "too wide: {}", pair[1]);
    }
}

#[test]
fn a_preset_opens_the_window_on_what_it_says() {
    let asked = ["initscope", "--preset", "vanishing_sigmoid", "--images", "50"].map(std::ffi::OsString::from);
    let Ok(initscope::cli::Request::Window(Some(opened), ..)) = initscope::cli::parse(asked) else {
        panic!("a window")
    };
    let initscope::lesson::Opened::Scene(scene) = *opened else { panic!("a scene") };
    let shown = scene.shown.unwrap();
    assert_eq!((shown.layers.quantity, shown.panels.norms), (initscope::figure::Quantity::Gradients, true));
    assert_eq!(scene.experiments[0].inputs.images, 50);
}

#[test]
fn a_preset_is_what_the_flags_change() {
    let report = json(&["stats", "--format", "json", "--preset", "cs231n_tanh", "--images", "50", "--layers", "2"]);
    let [small, scaled] = report.as_array().unwrap().as_slice() else { panic!("two experiments") };
    assert_eq!((&small["experiment"]["sigma"], &small["experiment"]["init"]), (&0.01.into(), &"random_normal".into()));
    assert_eq!(scaled["experiment"]["init"], "variance_scaling(distribution=untruncated_normal)");
    for report in [small, scaled] {
        assert_eq!((&report["images"], &report["experiment"]["layers"]), (&50.into(), &2.into()));
        assert_eq!(
            (&report["experiment"]["data"], &report["experiment"]["input_dim"]),
            (&"gaussian".into(), &500.into())
        );
        assert!(report.get("input").is_none() && report["experiment"].get("split").is_none());
    }
}

#[test]
fn several_sigmas_are_several_experiments() {
    let flags = ["--sigma", "0.1,0.28"];
    let report = json(&[&SMALL[..], &["json"], &flags].concat());
    let alone = ["0.1", "0.28"].map(|sigma| json(&[&SMALL[..], &["json", "--sigma", sigma]].concat()));
    assert_eq!(report, Value::Array(alone.to_vec()), "an array of what each gives alone");
    let tables = printed(&[&SMALL[..], &["table"], &flags].concat());
    let alone = ["0.1", "0.28"].map(|sigma| printed(&[&SMALL[..], &["table", "--sigma", sigma]].concat()));
    assert_eq!(tables, alone.join("\n"), "one after the other, a blank line between them");
    let text = printed(&[&SMALL[..], &["csv"], &flags].concat());
    let column = |text: &str| text.lines().map(|line| line.split(',').next().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(column(&text), ["experiment", "1", "1", "1", "2", "2", "2"]);
    assert_eq!(column(&printed(&[&SMALL[..], &["csv"]].concat()))[0], "layer", "no such column where there is one");
    assert_eq!(json(&[&SMALL[..], &["json", "--sigma", "0.1,0.1"]].concat())["images"], 200, "equal ones are one");
}

#[test]
fn several_biases_are_several_experiments() {
    let report = json(&[
        "stats", "--images", "2", "--layers", "1", "--format", "json", "--sigma", "0.1,0.2", "--bias", "0,-0.05",
    ]);
    let set: Vec<_> = (report.as_array().unwrap().iter())
        .map(|one| (one["experiment"]["sigma"].as_f64().unwrap(), one["experiment"]["bias"].as_f64().unwrap()))
        .collect();
    assert_eq!(set, [(0.1, 0.0), (0.1, -0.05), (0.2, 0.0), (0.2, -0.05)]);
    let negative = json(&["stats", "--images", "2", "--layers", "1", "--format", "json", "--bias", "-0.1,-0.2"]);
    assert_eq!(negative.as_array().map(Vec::len), Some(2), "the first may be negative");
}

#[test]
fn json_says_what_theory_covers() {
    let theory = |flags: &[&str]| json(&[&SMALL[..], &["json"], flags].concat())["theory"].clone();
    // The critical point of tanh without biases: chi1 = 1, and q falls to 0.
    let tanh = theory(&["--activation", "tanh", "--sigma", "0.1"]);
    assert_keys(
        &tanh,
        "coverage weight_variance bias_variance fixed_point chi1 variance_depth edge_weight_variance edge_q",
    );
    assert_eq!(tanh["coverage"], "exact in the limit of wide layers");
    assert_eq!((tanh["fixed_point"].as_f64(), &tanh["variance_depth"]), (Some(0.0), &Value::Null));
    assert!((tanh["chi1"].as_f64().unwrap() - 1.0).abs() < 1e-9, "{tanh}");
    // The reference's chaotic point: sigma_w 2.5, sigma_b 0.3.
    let chaotic = theory(&["--activation", "tanh", "--sigma", "0.25", "--bias-std", "0.3"]);
    let near = |key: &str, expected: f64, tolerance: f64| {
        assert!((chaotic[key].as_f64().unwrap() - expected).abs() < tolerance, "{key} of {chaotic}");
    };
    near("fixed_point", 4.0791, 1e-4);
    near("chi1", 1.5852, 1e-4);
    assert!(chaotic["correlation_depth"].is_number());
    // He's relu keeps every variance; no unit of three layers of 100 is on with probability 3 / 2^100.
    let he = theory(&["--init", "he_normal"]);
    assert_eq!(he["fixed_point"], "everywhere");
    assert!((he["born_dead"].as_f64().unwrap() / (3.0 * 0.5_f64.powi(100)) - 1.0).abs() < 1e-9);
    assert_eq!(theory(&["--init", "he_normal", "--gain", "2"])["fixed_point"], "diverges");
    let shared = theory(&["--draws", "shared"]);
    assert_keys(&shared, "coverage limit_not_covered");
    assert!(shared["coverage"].as_str().unwrap().starts_with("not covered: "));
    let orthogonal = theory(&["--init", "orthogonal"]);
    assert!(orthogonal["coverage"].as_str().unwrap().starts_with("approximate: "));
    assert!(theory(&["--bias", "1"])["limit_not_covered"].is_string());
}

#[test]
fn json_names_the_pixels_scale_and_what_overflows() {
    let report = json(&[&SMALL[..], &["json", "--input-scale", "standardized"]].concat());
    // torchvision's examples: Normalize((0.1307,), (0.3081,)).
    assert_eq!(report["input"], serde_json::json!({"dim": 784, "mean": 0.1307, "std": 0.3081}));
    assert!(report.get("overflow").is_none());
    let report = json(&[&SMALL[..], &["json", "--sigma", "1e30"]].concat());
    assert!(report["overflow"].as_str().unwrap().starts_with("layer 2: "), "{}", report["overflow"]);
}

#[test]
fn wrong_command_lines_end_with_2_and_one_line() {
    for arguments in [
        "stats --sigm 1",
        "stats --layers 0",
        "stats --layers 101",
        "stats --layers x",
        "stats --width 1025",
        "stats --width -1",
        "stats --images 0",
        "stats --images 10001",
        "stats --split train --images 60001",
        "stats --split validation",
        "stats --activation squish",
        "stats --activation LeakyReLU",
        "stats --activation jax.nn.relu",
        "stats --activation leaky_relu(slope=nan)",
        "stats --activation leaky_relu --slope inf",
        "stats --activation leaky_relu --slope -1",
        "stats --activation leaky_relu --alpha 1",
        "stats --activation leaky_relu(slope=0.1) --slope 0.1",
        "stats --activation relu --alpha 1",
        "stats --activation celu --alpha 0",
        "stats --slope 0.1",
        "stats --init lecun",
        "stats --init normal",
        "stats --init jax.nn.initializers.he_normal",
        "stats --sigma",
        "stats --sigma -0.1",
        "stats --sigma nan",
        "stats --sigma 1e39",
        "stats --sigma 0,28",
        "stats --sigma 0.1,0,28",
        "stats --weight-mean 1,2,3",
        "stats --images 0,5",
        "stats --activation elu(alpha=0,5)",
        "stats --init orthogonal(gain=0,5)",
        "stats --widths 1,024",
        "stats --weight-mean inf",
        "stats --gain 2",
        "stats --init he_normal --sigma 0.1",
        "stats --init glorot_normal --weight-mean 0",
        "stats --init kaiming_normal --gain 2",
        "stats --init zeros --sigma 1",
        "stats --init he_normal,glorot_normal --sigma 1",
        "stats --jobs 100000",
        "stats --init random_uniform(minval=1,maxval=0)",
        "stats --init variance_scaling(scale=-1)",
        "stats --init variance_scaling(mode=fan)",
        "stats --init kaiming_normal(mode=fan_avg)",
        "stats --init sparse(sparsity=2)",
        "stats --init orthogonal(gain=1",
        "stats --init orthogonal(gain=1,gain=2)",
        "stats --init torch_linear_default --bias 1",
        "stats --init rai --bias-std 1",
        "stats --bias-std -1",
        "stats --draws both",
        "stats --generator numpy",
        "stats --init he_normal --generator tensorflow1",
        "stats --seed 4294967296",
        "stats --seed 1.5",
        "stats --format xml",
        "stats --out figure.svg",
        "stats extra",
        "stats --images 10 --images 20",
        "list",
        "list scenes",
        "list activations initializers",
        "draw",
        "--sigma 0.1 stats",
        "--sigma x",
        "--layers 101",
        "stats --input-dim 3",
        "stats --data gaussian --input-dim 0",
        "stats --data gaussian --input-dim 10001",
        "stats --data gaussian --split test",
        "stats --data gaussian --input-scale unit",
        "stats --input-scale normal",
        "stats --widths 30,20 --layers 2",
        "stats --widths 30,20 --width 30",
        "stats --widths 30,,20",
        "stats --widths 30,0",
        "stats --sigma 0.1,x",
        "stats --preset article",
        "stats --preset article_relu --scene scene.toml",
        "stats --preset article_relu --preset article_tanh",
        "stats --preset article_relu_he --sigma 0.1",
        "--preset article",
    ] {
        let line = fails(&arguments.split(' ').collect::<Vec<_>>(), 2);
        assert!(line.len() > "initscope: ".len() + 10, "{arguments}: {line}");
    }
}

#[test]
fn errors_name_the_flag_and_what_would_be_right() {
    assert!(fails(&["stats", "--activation", "squish"], 2).contains("sigmoid, hard_sigmoid, tanh"));
    assert!(fails(&["stats", "--slope", "0.1"], 2).contains("--slope does not apply to --activation relu"));
    assert!(fails(&["stats", "--layers", "101"], 2).contains("--layers 101"));
    assert!(fails(&["stats", "--gain", "2"], 2).contains("--sigma"));
    assert!(fails(&["stats", "--sigm", "2"], 2).contains("'--sigma'"));
    assert!(fails(&["stats", "--input-dim", "3"], 2).contains("--data gaussian"));
    assert!(
        fails(&["stats", "--data", "gaussian", "--split", "test"], 2).contains("does not apply to --data gaussian")
    );
    assert!(fails(&["stats", "--widths", "3,4", "--layers", "2"], 2).contains("--layers does not apply to --widths"));
    assert!(fails(&["stats", "--preset", "article"], 2).contains("article_sigmoid, article_tanh"));
}

#[test]
fn a_word_that_is_no_command_is_a_file_to_open() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wrong.initscope.toml");
    std::fs::write(&path, "version = 2\n[[experiments]]\nactivation = \"tan\"\n").unwrap();
    let name = path.to_str().unwrap();
    let line = fails(&[name], 1);
    assert!(line.contains("line 3, column 14") && line.contains("did you mean tanh?"), "{line}");
    assert_eq!(line, fails(&["--scene", name], 1));
    assert!(fails(&["missing.initscope.toml"], 1).contains("missing.initscope.toml"));
    // A misspelt command is no file.
    assert!(fails(&["stat"], 2).contains("'stat' is neither a command nor a file (did you mean stats?)"));
    assert!(fails(&["--sigma", "0.1", "stats"], 2).contains("the command 'stats' stands before all flags"));
    fails(&[name, "--preset", "article_relu"], 2);
}

/// A framework's name has what that framework has by default: `nn.LeakyReLU` 0.01, the layer of Keras 0.3, its function 0.2;
/// `torch.nn.init.normal_` a std of 1, `uniform_` 0 to 1, Keras's `RandomNormal` 0.05.
#[test]
fn names_may_be_written_as_the_frameworks_write_them() {
    // What the flags are read into, and what the JSON says of it.
    let settings = |flag: &str, name: &str| {
        let given: Settings = serde_json::from_value(serde_json::json!({flag.trim_start_matches("--"): name})).unwrap();
        serde_json::to_value(Settings::from(&given.apply(&Experiment::article()).unwrap())).unwrap()
    };
    for (written, name, parameter) in [
        ("ReLU", "relu", None),
        ("nn.ReLU()", "relu", None),
        ("tf.nn.relu6", "relu6", None),
        ("swish", "silu", None),
        ("SiLU", "silu", None),
        ("HardSilu", "hard_swish", None),
        ("nn.Hardtanh", "hard_tanh", None),
        ("nn.Identity()", "linear", None),
        ("torch.nn.GELU(approximate='tanh')", "gelu_tanh", None),
        ("nn.LeakyReLU()", "leaky_relu", Some(("slope", 0.01))),
        ("F.leaky_relu", "leaky_relu", Some(("slope", 0.01))),
        ("nn.LeakyReLU(0.3, inplace=True)", "leaky_relu", Some(("slope", 0.3))),
        ("LeakyReLU(negative_slope=0.05)", "leaky_relu", Some(("slope", 0.05))),
        ("keras.layers.LeakyReLU()", "leaky_relu", Some(("slope", 0.3))),
        ("tf.keras.activations.leaky_relu", "leaky_relu", Some(("slope", 0.2))),
        ("keras.layers.ELU(alpha=0.5)", "elu", Some(("alpha", 0.5))),
        ("tf.nn.selu", "selu(at_zero=above)", None),
        ("nn.SELU", "selu", None),
    ] {
        let found = settings("--activation", written);
        assert_eq!(found["activation"], name, "{written}");
        if let Some((key, value)) = parameter {
            assert_eq!(found[key], value, "{written}");
        }
    }
    for (written, name, sigma) in [
        ("HeNormal", "he_normal", None),
        ("keras.initializers.GlorotUniform()", "glorot_uniform", None),
        ("xavier_uniform_", "xavier_uniform", None),
        (
            "nn.init.kaiming_normal_(mode='fan_out', nonlinearity='relu')",
            "kaiming_normal(mode=fan_out, nonlinearity=relu)",
            None,
        ),
        ("kaiming_normal_", "kaiming_normal", None),
        ("lecun-normal", "lecun_normal", None),
        ("VarianceScaling(distribution=Uniform)", "variance_scaling(distribution=uniform)", None),
        ("RandomNormal(stddev=0.2)", "random_normal", Some(0.2)),
        ("initializers.RandomNormal", "random_normal", Some(0.05)),
        ("torch.nn.init.normal_", "random_normal", Some(1.0)),
        ("uniform_", "random_uniform(minval=0, maxval=1)", None),
        ("trunc_normal_(std=0.02)", "trunc_normal", Some(0.02)),
        ("constant_(val=0.3)", "constant(value=0.3)", None),
        ("eye_", "identity", None),
    ] {
        let found = settings("--init", written);
        assert_eq!(found["init"], name, "{written}");
        if let Some(sigma) = sigma {
            assert_eq!(found["sigma"], sigma, "{written}");
        }
    }
    assert_eq!(settings("--activation", "LeakyReLU(0.1)"), settings("--activation", "leaky_relu(slope=0.1)"));
    assert_eq!(settings("--split", "Test"), settings("--split", "test"));
    assert_eq!(settings("--data", "MNIST")["data"], "mnist");
    assert_eq!(Preset::named("Article-ReLU-He"), Preset::named("article_relu_he"));
    let report = json(&["stats", "--images", "2", "--layers", "1", "--format", "json", "--init", "nn.init.normal_"]);
    assert_eq!(report["experiment"]["sigma"], 1.0);
    assert_eq!(settings("--draws", "Shared")["draws"], "shared");
}

#[test]
fn what_may_have_been_meant_is_said() {
    for (arguments, said) in [
        (["--activation", "rellu"], "did you mean relu?"),
        (["--activation", "jax.nn.silu"], "did you mean silu?"),
        (["--activation", "LeakyReLU"], "leaky_relu(slope=0.01) for PyTorch"),
        (["--init", "he"], "did you mean he_normal or he_uniform?"),
        (["--init", "truncated_normal_initializer"], "did you mean truncated_normal?"),
        (["--init", "normal"], "normal_, whose sigma is 1 as in PyTorch"),
        (["--preset", "dying_relu"], "did you mean dying_relu_depth, dying_relu_bias or dying_relu_rate?"),
        (["--split", "tset"], "did you mean test?"),
        (["--generator", "tensorflow"], "did you mean tensorflow1?"),
    ] {
        let line = fails(&["stats", arguments[0], arguments[1]], 2);
        assert!(line.contains(said), "{arguments:?}: {line}");
    }
}

#[test]
fn lists_may_have_spaces() {
    let settings = |flags: &[&str]| {
        let report =
            json(&[&["stats", "--images", "2", "--width", "3", "--layers", "1", "--format", "json"], flags].concat());
        let reports = report.as_array().cloned().unwrap_or_else(|| vec![report]);
        reports.iter().map(|report| report["experiment"].clone()).collect::<Vec<_>>()
    };
    for (spaced, plain) in [
        (["--sigma", "0.1, 0.2"], ["--sigma", "0.1,0.2"]),
        (["--sigma", " 0.1 ,0.2 "], ["--sigma", "0.1,0.2"]),
        (["--sigma", "0,1; 0,28"], ["--sigma", "0.1,0.28"]),
        (["--activation", "relu, tanh"], ["--activation", "relu,tanh"]),
        (
            ["--init", "he_normal, variance_scaling(scale=2, mode=fan_avg)"],
            ["--init", "he_normal,variance_scaling(scale=2,mode=fan_avg)"],
        ),
    ] {
        assert_eq!(settings(&spaced), settings(&plain), "{spaced:?}");
    }
    let widths = |text: &str| {
        json(&["stats", "--images", "2", "--format", "json", "--widths", text])["experiment"]["widths"].to_string()
    };
    assert_eq!([widths("3, 2"), widths("3 ; 2")], ["[3,2]", "[3,2]"]);
}

#[test]
fn a_decimal_comma_is_read_where_one_number_is_asked_for_and_else_said() {
    let settings = |flags: &[&str]| {
        json(&[&["stats", "--width", "3", "--layers", "1", "--format", "json"], flags].concat())["experiment"].clone()
    };
    assert_eq!(settings(&["--images", "2", "--init", "he_normal", "--gain", "1,5"])["gain"], 1.5);
    assert_eq!(settings(&["--images", "2", "--weight-mean=-0,25"])["weight_mean"], -0.25);
    assert!(fails(&["stats", "--bias=-0,25"], 2).contains("write -0.25 with a decimal point"));
    assert_eq!(settings(&["--images", "1,000"])["images"], 1000);
    let line = fails(&["stats", "--sigma", "0,28"], 2);
    assert!(line.contains("0,28 is two values, 0 and 28: write 0.28 with a decimal point"), "{line}");
    assert!(fails(&["stats", "--widths", "1,024"], 2).contains("write 1024"));
    // Two are two, where that is what stands there.
    for both in ["0.0,28", "0,0.5", "0, 28"] {
        let report = json(&["stats", "--images", "2", "--layers", "1", "--format", "json", "--sigma", both]);
        assert_eq!(report.as_array().map(Vec::len), Some(2), "{both}");
    }
}

#[test]
fn a_data_folder_that_cannot_be_read_ends_with_1() {
    assert!(fails(&["stats", "--data", "/nowhere/mnist"], 1).contains("/nowhere/mnist"));
    let empty = tempfile::tempdir().unwrap();
    let path = empty.path().to_str().unwrap();
    assert!(fails(&["stats", "--data", path], 1).contains(path));
    // One line, whatever a name contains.
    fails(&["stats", "--data", "/nowhere/two\nlines"], 1);
}

#[test]
fn help_and_version_are_results() {
    assert!(printed(&["--version"]).starts_with("initscope "));
    for arguments in [&["--help"][..], &["-h"], &["stats", "--help"], &["list", "--help"]] {
        assert!(printed(arguments).contains("Usage: initscope"));
    }
    assert!(printed(&["stats", "--help"]).contains("\nExperiment:\n"), "the flags are grouped");
    assert_eq!(printed(&["help"]), printed(&["--help"]));
    assert_eq!(printed(&["help", "render"]), printed(&["render", "--help"]));
    // It says why the article's figures are drawn otherwise than the window exports them, and with which flags they are not.
    let help = printed(&["render", "--help"]);
    assert!(help.contains("--title --numbers --marks --legend --free-axes=false") && help.contains("list columns"));
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    for arguments in ["stats --images 50 --format json", "list activations", "--help"] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_initscope"))
            .args(arguments.split(' '))
            .stdout(writer)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments}");
        assert!(output.stderr.is_empty(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_with_1() {
    for arguments in ["stats --images 50", "list activations", "--help"] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_initscope"))
            .args(arguments.split(' '))
            .stdout(full)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments}");
        assert_one_line(&String::from_utf8(output.stderr).unwrap());
    }
}

/// The program without anything that leads to a display.
fn initscope(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_initscope"));
    command.args(arguments).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET");
    command
}

fn printed(arguments: &[&str]) -> String {
    let output = initscope(arguments).assert().success().stderr("").get_output().stdout.clone();
    String::from_utf8(output).unwrap()
}

/// What a command line that fails says.
fn fails(arguments: &[&str], code: i32) -> String {
    let output = initscope(arguments).assert().code(code).stdout("").get_output().stderr.clone();
    let line = String::from_utf8(output).unwrap();
    assert_one_line(&line);
    line
}

fn assert_one_line(line: &str) {
    assert!(line.starts_with("initscope: ") && line.ends_with('\n') && line.lines().count() == 1, "{line:?}");
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&printed(arguments)).unwrap()
}

fn assert_keys(object: &Value, expected: &str) {
    let found: BTreeSet<_> = object.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(found, expected.split(' ').collect());
}

#[test]
fn what_helps_is_tried_if_asked_for_and_is_what_the_library_finds() {
    let flags = ["--images", "300", "--sigma", "0.05"];
    let base = Experiment::article();
    let inputs = initscope::experiment::Inputs { images: 300, ..base.inputs.clone() };
    let initializer = Initializer::RandomNormal { mean: 0.0, sigma: 0.05 };
    let experiment = Experiment { inputs, initializer, ..base };
    let mut measurer = Measurer::new().unwrap();
    let quantities = Quantities { sizes: false, ..Quantities::ALL };
    let measurement = measurer.measure_all(&experiment, quantities).unwrap();
    let trials = initscope::remedy::Trials::of(&measurement).unwrap();
    let measured: Vec<_> = trials
        .requests()
        .into_iter()
        .map(|request| std::sync::Arc::new(measurer.measure_all(&request.subject, request.quantities).unwrap()))
        .collect();
    let effects = trials.effects(&measured);
    assert!(!effects.is_empty());
    let report = json(&[&["stats", "--remedies", "--format", "json"][..], &flags].concat());
    assert_eq!(report["what_helps"]["images"], trials.images());
    let found = report["what_helps"]["remedies"].as_array().unwrap();
    assert_eq!(found.len(), effects.len());
    for (found, (remedy, effect)) in found.iter().zip(&effects) {
        assert_keys(found, "name effect before after experiment");
        assert_eq!((&found["name"], &found["effect"]), (&remedy.name.clone().into(), &effect.words().into()));
        let settings: Settings = serde_json::from_value(found["experiment"].clone()).unwrap();
        assert_eq!(settings.apply(&Experiment::article()).unwrap(), remedy.experiment);
    }
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let table = words(&printed(&[&["stats", "--remedies"][..], &flags].concat()));
    let (best, effect) = &effects[0];
    let said = format!("What helps, tried on the first 300 images: {} ({})", best.name, effect.words());
    assert!(table.contains(&words(&said)), "{table}");
    // Nobody waits for it who did not ask, and CSV has no place for it.
    assert!(!printed(&[&["stats"][..], &flags].concat()).contains("What helps"));
    assert!(fails(&["stats", "--remedies", "--format", "csv"], 2).contains("--remedies has no column in CSV"));
    let well = printed(&["stats", "--remedies", "--images", "300", "--init", "he_normal", "--layers", "2"]);
    assert!(well.contains("What helps: nothing is so wrong that a change was tried."), "{well}");
}

#[test]
fn every_column_that_commands_print_is_explained_in_their_order() {
    let list = printed(&["list", "columns"]);
    let explained = |of: &str| -> Vec<(String, String)> {
        let lines = list.lines().filter(|line| line.split_whitespace().next() == Some(of));
        let parts = |line: &str| {
            let words: Vec<_> = line.split_whitespace().collect();
            (words[1].to_owned(), words[2..].join(" "))
        };
        lines.map(parts).collect()
    };
    let small = ["--images", "20", "--layers", "2", "--width", "4", "--format", "csv"];
    for (of, more) in [("stats", vec!["--sigma", "0.1,0.2"]), ("train", vec!["--steps", "1", "--train-images", "64"])] {
        let printed = printed(&[&[of][..], &small, &more].concat());
        let header: Vec<_> = printed.lines().next().unwrap().split(',').map(str::to_owned).collect();
        let explained = explained(of);
        assert_eq!(explained.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>(), header, "{of}");
        assert!(explained.iter().all(|(_, about)| about.len() > 10 && about.ends_with('.')), "{of}: {explained:?}");
    }
}

#[test]
fn a_ratio_of_nothing_to_nothing_is_no_number() {
    // Kernels that are all 0 get no gradient: their update is 0, too.
    let flags = ["--init", "zeros", "--images", "20", "--layers", "2", "--width", "4", "--steps", "1"];
    let table = printed(&[&["train", "--train-images", "64"][..], &flags].concat());
    assert!(!table.contains("NaN"), "{table}");
    let rows = table.split("update ratio").nth(1).unwrap().lines().skip(1).take(2);
    assert!(rows.clone().count() == 2 && rows.into_iter().all(|row| row.contains(" – ")), "{table}");
}

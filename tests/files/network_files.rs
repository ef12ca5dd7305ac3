//! Networks of files on the command line: what is measured and judged, and what is refused with one sentence.

use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::{Duration, Instant};

use assert_cmd::Command;
use initscope::network_file::NetworkFile;
use serde_json::Value;

use crate::hostile_networks::{Hostile, hostile};

fn initscope(arguments: &[&str]) -> Output {
    Command::cargo_bin("initscope").unwrap().args(arguments).timeout(Duration::from_secs(60)).output().unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let output = initscope(arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{arguments:?}: {said}"))
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/networks").join(name)
}

fn refused(arguments: &[&str], code: i32, words: &str) {
    let output = initscope(arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    assert!(said.contains(words) && said.lines().count() == 1, "{arguments:?}: {said}");
}

fn near(found: &Value, expected: &Value, what: &str) {
    let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
    assert!((found - expected).abs() <= 1e-6 * expected.abs(), "{what}: {found} for {expected}");
}

#[test]
fn what_export_writes_reads_back_to_the_same_bits_and_the_same_measurement() {
    let folder = tempfile::tempdir().unwrap();
    for (case, flags) in [
        ("plain", "--layers 3 --width 20"),
        ("biases", "--widths 30,20,10 --bias-std 0.3 --activation tanh --init glorot_uniform"),
        ("linear", "--layers 2 --width 15 --linear-first --activation gelu"),
    ] {
        let path = folder.path().join(format!("{case}.npz"));
        let file = path.to_str().unwrap();
        let flags: Vec<_> = flags.split(' ').chain(["--images", "200"]).collect();
        let written = initscope(&[&["export", "--out", file][..], &flags].concat());
        assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
        let drawn = json(&[&["stats", "--format", "json"][..], &flags].concat());
        let activation = drawn["experiment"]["activation"].as_str().unwrap();
        let common = ["--network", file, "--activation", activation, "--images", "200"];
        let given = json(&[&["stats", "--format", "json"][..], &common].concat());
        // Drawn weights are numbers and a factor, whose products are rounded in the file.
        near(&given["loss"], &drawn["loss"], &format!("{case}: loss"));
        let (layers, expected) = (given["layers"].as_array().unwrap(), drawn["layers"].as_array().unwrap());
        assert_eq!(layers.len(), expected.len());
        for (layer, drawn) in layers.iter().zip(expected) {
            for key in ["pre_activation", "output", "gradient"] {
                near(&layer[key]["std"], &drawn[key]["std"], &format!("{case}: {key}"));
            }
            near(&layer["weight_gradient_l2"], &drawn["weight_gradient_l2"], case);
            assert_eq!(layer["dead_units"], drawn["dead_units"], "{case}");
        }
        let again = folder.path().join("again.npz");
        let written = initscope(&[&["export", "--out", again.to_str().unwrap()][..], &common].concat());
        assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
        let (one, other) = (NetworkFile::read(&path).unwrap(), NetworkFile::read(&again).unwrap());
        assert_eq!(one.layers, other.layers, "{case}");
        std::fs::rename(&again, &path).unwrap();
        assert_eq!(json(&[&["stats", "--format", "json"][..], &common].concat()), given, "{case}");
    }
}

#[test]
fn an_activation_is_asked_for_where_the_file_names_none_and_never_contradicts_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("network.npz");
    let file = path.to_str().unwrap();
    assert!(initscope(&["export", "--out", file, "--layers", "2", "--width", "20", "--images", "10"]).status.success());
    refused(&["stats", "--network", file], 1, "relu ");
    refused(&["check", file], 1, "--activation NAME");
    let scene = folder.path().join("scene.toml");
    std::fs::write(&scene, "version = 2\n[[experiments]]\nactivation = \"tanh\"\nimages = 10\n").unwrap();
    let measured = json(&["stats", "--network", file, "--scene", scene.to_str().unwrap(), "--format", "json"]);
    assert_eq!(measured["network"]["activations"], serde_json::json!(["tanh", "tanh"]), "as the scene says it");
    let named = fixture("keras2.h5");
    let named = named.to_str().unwrap();
    let gaussian = ["--data", "gaussian", "--images", "50"];
    refused(&[&["stats", "--network", named, "--activation", "gelu"][..], &gaussian].concat(), 2, "names relu");
    refused(&["stats", "--network", named], 1, "--data gaussian");
    refused(&["stats", "--network", named, "--sigma", "0.1"], 2, "--sigma");
    refused(
        &["stats", "--network", fixture("convolution.pt").to_str().unwrap(), "--activation", "relu"],
        1,
        "0, whose",
    );
    let found = json(&[&["stats", "--network", named, "--format", "json"][..], &gaussian].concat());
    assert_eq!(found["network"]["activations"], serde_json::json!(["relu", "tanh"]));
    assert_eq!(found["layers"].as_array().unwrap().len(), 2);
}

#[test]
fn a_figure_carries_the_file_it_is_of_and_notices_another_one() {
    let folder = tempfile::tempdir().unwrap();
    let network = folder.path().join("network.h5");
    std::fs::copy(fixture("keras2.h5"), &network).unwrap();
    let svg = folder.path().join("figure.svg");
    let gaussian = ["--data", "gaussian", "--images", "50"];
    let drawn = initscope(
        &[&["render", "--network", network.to_str().unwrap(), "--out", svg.to_str().unwrap()][..], &gaussian].concat(),
    );
    assert!(drawn.status.success(), "{}", String::from_utf8_lossy(&drawn.stderr));
    let again = json(&["stats", "--scene", svg.to_str().unwrap(), "--format", "json"]);
    let direct =
        json(&[&["stats", "--network", network.to_str().unwrap(), "--format", "json"][..], &gaussian].concat());
    assert_eq!(again, direct);
    let mut bytes = std::fs::read(&network).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&network, bytes).unwrap();
    refused(&["stats", "--scene", svg.to_str().unwrap()], 1, "another network");
}

#[test]
fn a_file_that_lies_is_refused_with_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    for Hostile { name, bytes, says } in hostile() {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let begun = Instant::now();
        let sentence = NetworkFile::read(&path).map(|_| ()).unwrap_err().to_string();
        assert!(sentence.contains(says) && sentence.lines().count() == 1, "{name}: {sentence}");
        assert!(begun.elapsed() < Duration::from_secs(30), "{name}");
    }
    for name in ["hostile_cycle.h5", "hostile_unwritten.h5", "hostile_bomb.h5", "hostile_link.h5"] {
        let sentence = NetworkFile::read(&fixture(name)).map(|_| ()).unwrap_err().to_string();
        assert!(sentence.lines().count() == 1, "{name}: {sentence}");
    }
    refused(&["check", fixture("hostile_bomb.h5").to_str().unwrap()], 1, "hostile_bomb.h5");
}

/// Every file with a byte turned, or cut off, is a network or a sentence.
#[test]
fn damage_never_makes_a_reader_panic() {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(fixture("")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| matches!(extension.to_str(), Some("py" | "json" | "data"))) {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let damaged = folder.path().join(path.file_name().unwrap());
        for step in 0..24 {
            let at = bytes.len() * step / 24 + step;
            let mut turned = bytes.clone();
            if let Some(byte) = turned.get_mut(at) {
                *byte ^= 0xff >> (step % 8);
            }
            for content in [&turned[..], &bytes[..at.min(bytes.len())]] {
                std::fs::write(&damaged, content).unwrap();
                if let Err(error) = NetworkFile::read(&damaged) {
                    assert!(error.to_string().lines().count() == 1, "{}: {error}", path.display());
                }
            }
        }
    }
}

/// A network of NumPy's own making, sick in ways that are counted here.
#[test]
fn check_names_what_is_wrong_with_each_layer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("network.npz");
    let file = path.to_str().unwrap();
    let flags = ["--widths", "40,30", "--images", "300"];
    assert!(initscope(&[&["export", "--out", file][..], &flags].concat()).status.success());
    let fresh = initscope(&["check", file, "--activation", "relu", "--images", "300", "--format", "json"]);
    assert_eq!(fresh.status.code(), Some(3));
    let found: Value = serde_json::from_slice(&fresh.stdout).unwrap();
    let rules = |found: &Value| -> Vec<(u64, String)> {
        let each = found["findings"].as_array().unwrap().iter();
        each.map(|finding| (finding["layer"].as_u64().unwrap(), finding["rule"].as_str().unwrap().to_owned())).collect()
    };
    assert!(rules(&found).contains(&(1, "untrained".to_owned())), "{found}");
    let mut opened = NetworkFile::read(&path).unwrap().layers;
    let mut arrays = Vec::new();
    for (number, layer) in (1..).zip(&mut opened) {
        // Nothing of a law is left.
        layer.kernel.mapv_inplace(|weight| weight.abs().sqrt().copysign(weight) / 3.0);
        let mut bias = layer.bias.clone().unwrap();
        if number == 1 {
            bias.slice_mut(ndarray::s![..7]).fill(-1e4);
            let twin = layer.kernel.column(20).to_owned();
            layer.kernel.column_mut(21).assign(&twin);
        }
        if number == 3 {
            layer.kernel[[2, 3]] = f32::NAN;
        }
        arrays.push((number, layer.kernel.to_owned(), bias));
    }
    let mut writer = ndarray_npy::NpzWriter::new(std::fs::File::create(&path).unwrap());
    for (number, kernel, bias) in &arrays {
        writer.add_array(format!("W{number}"), kernel).unwrap();
        writer.add_array(format!("b{number}"), bias).unwrap();
    }
    writer.finish().unwrap();
    let output = initscope(&["check", file, "--activation", "relu", "--images", "300", "--format", "json"]);
    assert_eq!(output.status.code(), Some(3));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let rules = rules(&found);
    assert_eq!(rules[0], (3, "non_finite_weights".to_owned()), "the worst first: {found}");
    assert!(rules.contains(&(1, "equal_units".to_owned())), "{found}");
    assert!(!rules.iter().any(|(_, rule)| rule == "untrained"), "{found}");
    let dead = found["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["rule"] == "dead_units" && one["layer"] == 1)
        .unwrap();
    let measured = json(&["stats", "--network", file, "--activation", "relu", "--images", "300", "--format", "json"]);
    let counted = measured["layers"][0]["dead_units"].as_u64().unwrap();
    assert!(
        counted >= 7 && dead["sentence"].as_str().unwrap().starts_with(&format!("{counted} of 40 units")),
        "{dead}"
    );
    refused(&["check", file, "--network", file], 2, "--network");
    refused(&["check", folder.path().join("none.npz").to_str().unwrap()], 1, "cannot be read");
}

#[test]
fn check_finds_fresh_weights_beside_the_biases_that_pytorch_draws() {
    let folder = tempfile::tempdir().unwrap();
    let layers = |init: &str| {
        let path = folder.path().join(format!("{init}.npz"));
        let flags = ["--widths", "60,60", "--images", "1", "--init", init, "--out", path.to_str().unwrap()];
        assert!(initscope(&[&["export"][..], &flags].concat()).status.success());
        NetworkFile::read(&path).unwrap().layers
    };
    let of_torch = layers("torch_linear_default");
    for (init, said) in [("he_normal", "he_normal (N("), ("orthogonal", "at right angles, and of length 1")] {
        let path = folder.path().join("both.npz");
        let mut writer = ndarray_npy::NpzWriter::new(std::fs::File::create(&path).unwrap());
        for (number, (layer, other)) in (1..).zip(layers(init).iter().zip(&of_torch)) {
            writer.add_array(format!("W{number}"), &layer.kernel.to_owned()).unwrap();
            writer.add_array(format!("b{number}"), other.bias.as_ref().unwrap()).unwrap();
        }
        writer.finish().unwrap();
        let check = ["check", path.to_str().unwrap(), "--activation", "relu", "--images", "50", "--format", "json"];
        let found: Value = serde_json::from_slice(&initscope(&check).stdout).unwrap();
        let is_it = |one: &Value| one["rule"] == "untrained" && one["layer"] == 1;
        let finding = found["findings"].as_array().unwrap().iter().find(|one| is_it(one));
        let sentence = finding.unwrap_or_else(|| panic!("{init}: {found}"))["sentence"].as_str().unwrap();
        assert!(sentence.contains(said), "{sentence}");
    }
}

#[test]
fn systems_say_what_went_wrong_without_their_numbers() {
    for line in [
        &["check", "none.npz"][..],
        &["train", "--start", "none.npz", "--steps", "1"],
        &["render", "--scene", "none.toml", "-o", "none.svg"],
        &["export", "--images", "5", "--out", "no/such/folder/none.npz"],
        &["stats", "--data", "none.csv"],
    ] {
        let output = initscope(line);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && !said.contains("os error"), "{line:?}: {said}");
    }
}

#[test]
fn guesses_go_over_the_usual_pixels_and_flags_show_a_network_these() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trained.npz");
    let file = path.to_str().unwrap();
    let small =
        "--layers 1 --width 12 --images 100 --init glorot_uniform --activation tanh --optimizer adam --steps 150";
    let flags: Vec<_> =
        small.split(' ').chain(["--input-scale", "centered", "--transposed-images", "--out", file]).collect();
    assert!(initscope(&[&["train"][..], &flags].concat()).status.success());
    // Only the weights: what trained them is to be found out.
    let layers = NetworkFile::read(&path).unwrap().layers;
    let mut writer = ndarray_npy::NpzWriter::new(std::fs::File::create(&path).unwrap());
    for (number, layer) in (1..).zip(&layers) {
        writer.add_array(format!("W{number}"), &layer.kernel.to_owned()).unwrap();
        writer.add_array(format!("b{number}"), layer.bias.as_ref().unwrap()).unwrap();
    }
    writer.finish().unwrap();
    let said = String::from_utf8(initscope(&["check", file]).stderr).unwrap();
    let share = |text: &str| -> f64 { text.trim().trim_end_matches(" %").parse().unwrap() };
    let guess = said.split("tanh ").nth(1).unwrap_or_else(|| panic!("{said}"));
    let (accuracy, pixels) = guess.split_once(" (").unwrap();
    assert!(pixels.starts_with("centered, transposed)") && share(accuracy) > 60.0, "{said}");
    let measure = |more: &[&str]| {
        let loss = &json(
            &[&["stats", "--network", file, "--activation", "tanh", "--images", "500", "--format", "json"][..], more]
                .concat(),
        )["loss"];
        loss.as_f64().unwrap()
    };
    let right = measure(&["--input-scale", "centered", "--transposed-images"]);
    assert!(right < 0.7 * measure(&["--input-scale", "centered"]), "rows and columns matter");
    assert!(right < measure(&["--input-scale", "bytes", "--transposed-images"]));
}

#[test]
fn weights_are_looked_at_alone_whatever_else_a_file_holds() {
    for name in ["convolution.pt", "convolution.onnx", "convolution.keras", "convolution.h5", "convolution.weights.h5"]
    {
        the_weights_alone_of(&fixture(name));
    }
    let listed = String::from_utf8(initscope(&["list", "formats"]).stdout).unwrap();
    for ending in [".npz", ".safetensors", ".pth", ".keras", ".onnx"] {
        assert!(listed.contains(ending), "{listed}");
    }
}

#[test]
fn a_transformer_is_refused_by_the_name_of_its_attention_and_its_weights_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("transformer.npz");
    let file = path.to_str().unwrap();
    let mut writer = ndarray_npy::NpzWriter::new(std::fs::File::create(&path).unwrap());
    // As torch.nn.TransformerEncoderLayer(4, 1, 8) calls them.
    let layers = [("self_attn.in_proj_", 12, 4), ("self_attn.out_proj.", 4, 4), ("linear1.", 8, 4), ("linear2.", 4, 8)];
    for (name, units, inputs) in layers {
        writer.add_array(format!("layers.0.{name}weight"), &ndarray::Array2::<f32>::ones((units, inputs))).unwrap();
        writer.add_array(format!("layers.0.{name}bias"), &ndarray::Array1::<f32>::ones(units)).unwrap();
    }
    writer.finish().unwrap();
    refused(&["check", file], 1, "the first layer of another kind is self_attn.in_proj, of an attention");
    let listed = json(&["check", file, "--weights", "--format", "json"]);
    assert_eq!(listed["layers"].as_array().unwrap().len(), layers.len(), "{listed}");
}

#[test]
fn a_shape_that_is_drawn_anew_says_which_normalisations_it_is_without() {
    let file = NetworkFile::read(&fixture("batch_norm_names.pt")).unwrap();
    assert!(!file.folded.is_empty());
    let sentence = file.folded_sentence().unwrap();
    assert!(file.folded.iter().all(|name| sentence.contains(name)), "{sentence}");
    assert_eq!(NetworkFile::read(&fixture("state_dict.pt")).unwrap().folded_sentence(), None);
}

#[test]
fn biases_of_a_convolution_stand_beside_its_weights() {
    // As torch drew them (`convolution.bias`, the eight bytes of data/1); Keras begins with zeros.
    let [torch, keras] = [[-0.078_388_534_486_293_79, 0.255_960_226_058_959_96], [0.0; 2]];
    let files = [
        ("convolution.pt", torch),
        ("convolution.onnx", torch),
        ("convolution.keras", keras),
        ("convolution.h5", keras),
        ("convolution.weights.h5", keras),
    ];
    for (name, biases) in files {
        let report = json(&["check", fixture(name).to_str().unwrap(), "--weights", "--format", "json"]);
        let convolution = &report["layers"][0];
        let found = ["bias_min", "bias_max"].map(|key| convolution[key].as_f64().unwrap());
        assert!(found.iter().zip(biases).all(|(found, bias)| (found - bias).abs() < 1e-7), "{name}: {found:?}");
    }
}

/// A convolution of 3 × 3 from one channel to two, and a dense layer.
fn the_weights_alone_of(path: &Path) {
    let file = path.to_str().unwrap();
    refused(&["check", file, "--activation", "relu"], 1, "check --weights");
    let report = json(&["check", file, "--weights", "--format", "json"]);
    assert!(!report["foreign"].as_str().unwrap().is_empty());
    let read = NetworkFile::read(path).unwrap();
    let found = read.layers;
    let layers = report["layers"].as_array().unwrap();
    let sorted = |shape: &Value| {
        let mut sides: Vec<_> = shape.as_array().unwrap().iter().map(|side| side.as_u64().unwrap()).collect();
        sides.sort_unstable();
        sides
    };
    let shapes: Vec<_> = layers.iter().map(|layer| sorted(&layer["shape"])).collect();
    assert_eq!(shapes, [vec![1, 2, 3, 3], vec![4, 8]], "{file}");
    let convolution = layers[0]["name"].as_str().unwrap();
    assert!(["0", "conv2d"].contains(&convolution), "{file}: {convolution}");
    // The convolution comes first, as it does in the file: 3 × 3, of one channel.
    assert_eq!(layers.len(), found.len() + read.others.len());
    let (convolution, dense) = layers.split_at(read.others.len());
    assert!(!convolution.is_empty());
    for (layer, expected) in convolution.iter().zip(&read.others) {
        let values: Vec<f64> = expected.values.iter().map(|&weight| f64::from(weight)).collect();
        assert_eq!(layer["shape"], serde_json::json!(expected.shape));
        assert_eq!(expected.shape.iter().product::<usize>(), values.len());
        assert!(expected.shape.len() > 2, "{layer}");
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        assert!((layer["mean"].as_f64().unwrap() - mean).abs() < 1e-9, "{layer}");
    }
    for (layer, expected) in dense.iter().zip(&found) {
        let weights: Vec<f64> = expected.kernel.iter().map(|&weight| f64::from(weight)).collect();
        let mean = weights.iter().sum::<f64>() / weights.len() as f64;
        assert!((layer["mean"].as_f64().unwrap() - mean).abs() < 1e-9, "{layer}");
        assert_eq!(layer["max"].as_f64().unwrap(), weights.iter().copied().fold(f64::NEG_INFINITY, f64::max));
        assert_eq!(
            (layer["inputs"].as_u64().unwrap() as usize, layer["units"].as_u64().unwrap() as usize),
            expected.kernel.dim()
        );
    }
    refused(&["check", file, "--weights", "--images", "5"], 2, "weights alone");
}

#[test]
fn a_scene_of_a_file_and_of_draws_is_measured_as_it_says_and_trained_from_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.npz");
    let written =
        initscope(&["export", "--out", path.to_str().unwrap(), "--widths", "20,10", "--images", "50", "--seed", "3"]);
    assert!(written.status.success());
    let scene = folder.path().join("scene.toml");
    let text = "version = 2\n[network]\nfile = 'mine.npz'\nexperiments = [2]\n\
                [[experiments]]\nlayers = 3\nwidth = 7\nimages = 60\n[[experiments]]\nimages = 60\n";
    std::fs::write(&scene, text).unwrap();
    let named = scene.to_str().unwrap();
    let both = json(&["stats", "--scene", named, "--format", "json"]);
    let units = |index: usize| -> Vec<u64> {
        both[index]["layers"].as_array().unwrap().iter().map(|layer| layer["units"].as_u64().unwrap()).collect()
    };
    assert_eq!((units(0), units(1)), (vec![7; 3], vec![20, 10]));
    let drawn = json(&["stats", "--widths", "20,10", "--images", "60", "--seed", "3", "--format", "json"]);
    near(&both[1]["loss"], &drawn["loss"], "the file's loss");
    // After some steps it is what training the same draws makes of it.
    let flags = ["--images", "60", "--steps", "4", "--learning-rate", "0.1", "--format", "json"];
    let file = path.to_str().unwrap();
    let given = json(&[&["stats", "--network", file, "--activation", "relu"][..], &flags].concat());
    let drawn = json(&[&["stats", "--widths", "20,10", "--seed", "3"][..], &flags].concat());
    near(&given["loss"], &drawn["loss"], "the loss after four steps");
    std::fs::write(&scene, text.replace("[2]", "[3]")).unwrap();
    refused(&["stats", "--scene", named], 1, "there is no experiment 3");
}

/// A network with two activations, on draws.
fn of_keras() -> [String; 5] {
    let file = fixture("keras2.h5").to_str().unwrap().to_owned();
    ["--network".to_owned(), file, "--data".to_owned(), "gaussian".to_owned(), "--images=40".to_owned()]
}

fn with<'a>(one: &[&'a str], other: &'a [String], more: &[&'a str]) -> Vec<&'a str> {
    one.iter().copied().chain(other.iter().map(String::as_str)).chain(more.iter().copied()).collect()
}

#[test]
fn a_file_is_trained_and_filmed_with_its_own_activations_and_from_a_scene_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (keras, svg, film) = (of_keras(), path("figure.svg"), path("film.gif"));
    let training = ["--steps", "4", "--batch", "8", "--train-images", "64"];
    let direct = json(&with(&["train"], &keras, &[&training[..], &["--format", "json"]].concat()));
    assert_eq!(direct["steps"].as_array().map(Vec::len), Some(4), "{direct}");
    let drawn = initscope(&with(&["render"], &keras, &["--out", &svg]));
    assert!(drawn.status.success(), "{}", String::from_utf8_lossy(&drawn.stderr));
    let of_scene = json(&[&["train", "--scene", &svg][..], &training, &["--format", "json"]].concat());
    assert_eq!(of_scene["steps"], direct["steps"]);
    // What is looked at after the steps has the activations that the file names.
    let after = json(&with(&["stats"], &keras, &[&training[..], &["--format", "json"]].concat()));
    let before = json(&with(&["stats"], &keras, &["--format", "json"]));
    assert_ne!(after["loss"], before["loss"]);
    assert!(after["layers"][1]["output"]["min"].as_f64().unwrap() < 0.0, "tanh comes second: {after}");
    let frames = ["--moving", "step", "--frames", "3", "--size", "320x240", "--out", &film];
    let filmed = initscope(&with(&["animate"], &keras, &[&training[..], &frames].concat()));
    assert!(filmed.status.success(), "{}", String::from_utf8_lossy(&filmed.stderr));
    let carried = initscope::figure::Scene::read(Path::new(&film)).unwrap();
    assert_eq!(carried.networks.len(), 1);
    let sigma = ["--moving", "sigma", "--from", "0.1", "--to", "0.2", "--out", &film];
    refused(&with(&["animate"], &keras, &sigma), 2, "weights of a file stay as they are: use --moving step");
}

#[test]
fn code_of_a_file_sets_up_its_layers_and_loads_its_weights() {
    let keras = of_keras();
    let code = String::from_utf8(initscope(&with(&["code", "pytorch"], &keras, &[])).stdout).unwrap();
    for line in [
        "#   initscope export --network ",
        "arrays = np.load(\"keras2_arrays.npz\")",
        "    torch.nn.Linear(6, 7),\n    torch.nn.ReLU(),\n",
        "    torch.nn.Tanh(),\n    torch.nn.Linear(5, 10),\n]",
        "for name, layer in zip([1, 2, 3], dense):",
    ] {
        assert!(code.contains(line), "{line}: {code}");
    }
    let code = String::from_utf8(initscope(&with(&["code", "keras"], &keras, &[])).stdout).unwrap();
    assert!(code.contains("layer.set_weights([arrays[f\"W{name}\"], arrays[f\"b{name}\"]])"), "{code}");
    refused(&with(&["code", "keras"], &keras, &["--epochs", "2"]), 2, "leave out the flags of a training");
}

#[test]
fn all_that_is_missing_is_said_at_once_and_draws_are_not_offered_to_who_has_data() {
    let path = fixture("unnamed_f64.npz");
    let file = path.to_str().unwrap();
    refused(
        &["check", file],
        1,
        "give --activation NAME; it takes 6 inputs, but these images have 784 values: give --data",
    );
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/data/iris.csv");
    let output = initscope(&["check", file, "--activation", "relu", "--data", data.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("layer 1 takes 6 inputs") && said.contains("--data with images of 6 values"), "{said}");
    assert!(!said.contains("gaussian"), "{said}");
    refused(&["check", "~/no/such/network.pt"], 1, "no/such/network.pt");
    assert!(!String::from_utf8_lossy(&initscope(&["check", "~/no/such/network.pt"]).stderr).contains('~'));
}

/// Arrays under names that say nothing: 5 → 5 → 3, the square kernel one way or the other.
fn with_square(folder: &tempfile::TempDir, name: &str, is_turned: bool) -> PathBuf {
    let path = folder.path().join(name);
    let number = |(row, column): (usize, usize)| ((row * 7 + column * 3) % 11) as f32 * 0.2 - 1.0;
    let square = ndarray::Array2::from_shape_fn((5, 5), number);
    let mut writer = ndarray_npy::NpzWriter::new(std::fs::File::create(&path).unwrap());
    writer.add_array("arr_0", &if is_turned { square.reversed_axes() } else { square }).unwrap();
    writer.add_array("arr_1", &ndarray::Array1::from(vec![0.1_f32, -0.2, 0.3, 0.0, 0.5])).unwrap();
    writer.add_array("arr_2", &ndarray::Array2::from_shape_fn((5, 3), number)).unwrap();
    writer.add_array("arr_3", &ndarray::Array1::<f32>::zeros(3)).unwrap();
    writer.finish().unwrap();
    path
}

#[test]
fn square_kernels_are_turned_where_that_is_asked_for_and_a_figure_remembers_it() {
    let folder = tempfile::tempdir().unwrap();
    let (plain, turned) = (with_square(&folder, "plain.npz", false), with_square(&folder, "turned.npz", true));
    let read = NetworkFile::read(&turned).unwrap();
    assert!(read.squares == 1 && read.is_orientation_guessed);
    let svg = folder.path().join("figure.svg").to_str().unwrap().to_owned();
    let flags = ["--activation", "tanh", "--data", "gaussian", "--images", "30"];
    let measured = |path: &Path, more: &[&str]| {
        let network = ["--network", path.to_str().unwrap()];
        json(&[&["stats", "--format", "json"][..], &network, &flags, more].concat())["layers"].clone()
    };
    let expected = measured(&plain, &[]);
    assert_ne!(measured(&turned, &[]), expected);
    assert_eq!(measured(&turned, &["--transposed-kernels"]), expected);
    let render = ["render", "--out", &svg, "--network", turned.to_str().unwrap(), "--transposed-kernels"];
    assert!(initscope(&[&render[..], &flags].concat()).status.success());
    assert_eq!(json(&["stats", "--scene", &svg, "--format", "json"])["layers"], expected);
    refused(&["stats", "--transposed-kernels"], 2, "is for the network of a file");
}

#[test]
fn guesses_try_square_kernels_the_other_way_round() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trained.npz");
    let file = path.to_str().unwrap();
    let flags =
        "--layers 2 --width 24 --images 100 --init glorot_uniform --activation tanh --optimizer adam --steps 150";
    assert!(
        initscope(&["train"].into_iter().chain(flags.split(' ')).chain(["--out", file]).collect::<Vec<_>>())
            .status
            .success()
    );
    let layers = NetworkFile::read(&path).unwrap().layers;
    let mut writer = ndarray_npy::NpzWriter::new(std::fs::File::create(&path).unwrap());
    for (number, layer) in layers.iter().enumerate() {
        let kernel = layer.kernel.to_owned();
        let kernel = if number == 1 { kernel.reversed_axes() } else { kernel };
        writer.add_array(format!("arr_{}", 2 * number), &kernel).unwrap();
        writer.add_array(format!("arr_{}", 2 * number + 1), layer.bias.as_ref().unwrap()).unwrap();
    }
    writer.finish().unwrap();
    let said = String::from_utf8(initscope(&["check", file]).stderr).unwrap();
    let (_, guesses) = said
        .split_once("as square kernels seem to be, with --transposed-kernels: ")
        .unwrap_or_else(|| panic!("{said}"));
    // First the guess, the commonest of the best; then the others in the order of their numbers.
    assert!(guesses.starts_with("tanh "), "{guesses}");
    let shares: Vec<f64> = guesses.split(" %").filter_map(|part| part.rsplit(' ').next()?.parse().ok()).collect();
    assert!(shares.len() > 10 && shares[1..].is_sorted_by(|one, other| one >= other) && shares[0] > 60.0, "{guesses}");
}

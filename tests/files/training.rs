//! Trainings on the command line, and the files of arrays that they start from and end in.

use std::fs::File;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use initscope::experiment::NetworkFramework;
use initscope::training::Optimizer;
use ndarray::{Array, Array1, Array2, Dimension, arr1};
use ndarray_npy::{NpzReader, NpzWriter, ReadableElement};
use serde_json::Value;
use tempfile::TempDir;

const SMALL: &str = "--widths 20,16 --images 200 --train-images 160 --batch 32";

fn run(arguments: &str, more: &[&Path]) -> std::process::Output {
    let mut command = Command::cargo_bin("initscope").unwrap();
    command.args(arguments.split(' ').filter(|word| !word.is_empty()));
    for pair in more.chunks(2) {
        command.args(pair);
    }
    command.output().unwrap()
}

fn printed(arguments: &str, more: &[&Path]) -> String {
    let output = run(arguments, more);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && errors.is_empty(), "{arguments}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

fn json(arguments: &str, more: &[&Path]) -> Value {
    serde_json::from_str(&printed(&format!("{arguments} --format json"), more)).unwrap()
}

/// What stands on standard error, on one line.
fn refused(arguments: &str, more: &[&Path], code: i32) -> String {
    let output = run(arguments, more);
    let line = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), line.lines().count()), (Some(code), 1), "{arguments}: {line}");
    line.trim_start_matches("initscope: ").trim_end().to_owned()
}

fn flag(name: &str) -> PathBuf {
    PathBuf::from(name)
}

fn array<T: ReadableElement, D: Dimension>(path: &Path, name: &str) -> Array<T, D> {
    NpzReader::new(File::open(path).unwrap()).unwrap().by_name(name).unwrap()
}

#[test]
fn json_says_what_every_step_and_epoch_found() {
    let report = json(&format!("train {SMALL} --epochs 2 --activation sigmoid"), &[]);
    let sorted = |keys: &mut Vec<&str>| {
        keys.sort_unstable();
        keys.join(" ")
    };
    let keys = |value: &Value| sorted(&mut value.as_object().unwrap().keys().map(String::as_str).collect());
    let are =
        |value: &Value, expected: &str| assert_eq!(keys(value), sorted(&mut expected.split_whitespace().collect()));
    are(&report, "experiment training what_you_see steps epochs");
    are(
        &report["training"],
        "framework optimizer learning_rate schedule warm_up batch epochs train_images shuffle order_seed weight_decay l2 loss",
    );
    let steps = report["steps"].as_array().unwrap();
    assert_eq!(steps.len(), 10);
    are(&steps[0], "step loss");
    let epochs = report["epochs"].as_array().unwrap();
    assert_eq!(epochs.iter().map(|epoch| epoch["epoch"].as_u64().unwrap()).collect::<Vec<_>>(), [0, 1, 2]);
    are(&epochs[1], "epoch step running_loss train_loss test_loss test_accuracy layers");
    are(
        &epochs[1]["layers"][0],
        "layer weight_gradient_l2 gradient_l2 update_ratio distance dead_units always_on_units revived_units \
         saturated_fraction output_std",
    );
    let mean = steps[..5].iter().map(|step| step["loss"].as_f64().unwrap()).sum::<f64>() / 5.0;
    assert!((epochs[1]["running_loss"].as_f64().unwrap() - mean).abs() < 1e-12, "batches of one size");
    assert_eq!(epochs[0]["running_loss"], Value::Null);
}

#[test]
fn several_networks_are_an_array_a_column_and_tables() {
    let flags = format!("train {SMALL} --steps 3 --init he_normal,glorot_normal --learning-rate 0.01,0.1");
    let reports = json(&flags, &[]);
    let told: Vec<_> = reports
        .as_array()
        .unwrap()
        .iter()
        .map(|report| {
            (report["experiment"]["init"].as_str().unwrap(), report["training"]["learning_rate"].as_f64().unwrap())
        })
        .collect();
    assert_eq!(told, [("he_normal", 0.01), ("he_normal", 0.1), ("glorot_normal", 0.01), ("glorot_normal", 0.1)]);
    let csv = printed(&format!("{flags} --format csv"), &[]);
    // A heading; of four networks two layers at the start and at the end.
    assert_eq!(csv.lines().count(), 1 + 4 * 2 * 2);
    assert!(csv.starts_with("experiment,epoch,step,") && csv.contains("\n4,0.6,3,"), "{csv}");
    let table = printed(&flags, &[]);
    assert_eq!(table.matches("After 3 steps:").count(), 4);
    assert!(table.contains("(glorot_normal, learning rate 0.1)"), "{table}");
}

/// Each seed alone is what `train` finds with that seed and that order.
#[test]
fn seeds_are_runs_of_their_own_with_mean_and_standard_error() {
    let report = json(&format!("train {SMALL} --epochs 2 --seed 7 --order-seed 3 --seeds 3"), &[]);
    assert_eq!((&report["seeds"], &report["not_finite"]), (&3.into(), &0.into()));
    let runs = report["runs"].as_array().unwrap();
    for (index, run) in runs.iter().enumerate() {
        let [seed, order] = [7, 3].map(|first| first + index);
        assert_eq!((&run["seed"], &run["order_seed"]), (&seed.into(), &order.into()));
        let alone = json(&format!("train {SMALL} --epochs 2 --seed {seed} --order-seed {order}"), &[]);
        assert_eq!((&run["steps"], &run["epochs"]), (&alone["steps"], &alone["epochs"]));
    }
    // Of three numbers the standard error is the root of their squares from the mean, over 6.
    let check = |spread: &Value, numbers: [f64; 3]| {
        let mean = numbers.iter().sum::<f64>() / 3.0;
        let error = (numbers.iter().map(|number| (number - mean).powi(2)).sum::<f64>() / 6.0).sqrt();
        let mut sorted = numbers;
        sorted.sort_by(f64::total_cmp);
        for (key, expected) in [
            ("mean", mean),
            ("standard_error", error),
            ("lowest", sorted[0]),
            ("median", sorted[1]),
            ("highest", sorted[2]),
        ] {
            let found = spread[key].as_f64().unwrap();
            assert!((found - expected).abs() < 1e-12, "{key}: {found}, not {expected}");
        }
    };
    for key in ["running_loss", "train_loss", "test_loss", "test_accuracy"] {
        let of = |run: usize| runs[run]["epochs"][2][key].as_f64().unwrap();
        check(&report["epochs"][2][key], [0, 1, 2].map(of));
    }
    let loss = |run: usize| runs[run]["steps"][4]["loss"].as_f64().unwrap();
    check(&report["steps"][4]["loss"], [0, 1, 2].map(loss));
    assert_eq!(report["epochs"][0]["running_loss"], Value::Null, "before the first step");
}

#[test]
fn seeds_are_a_column_and_a_table_with_errors() {
    let flags = format!("train {SMALL} --steps 5 --init he_normal,zeros --seeds 2");
    let csv = printed(&format!("{flags} --format csv"), &[]);
    assert!(csv.starts_with("experiment,seed,epoch,step,"), "{csv}");
    // Two networks with two seeds each, two layers at the start and after the epoch.
    assert_eq!(csv.lines().count(), 1 + 2 * 2 * 2 * 2);
    let table = printed(&flags, &[]);
    assert_eq!(table.matches("Mean ± standard error over 2 seeds: weights 10–11, order 0–1").count(), 2, "{table}");
    assert!(table.contains("at the same learning rate, 0.01"), "{table}");
    let wild = json(&format!("train {SMALL} --steps 20 --learning-rate 1e30 --seeds 2"), &[]);
    assert_eq!((&wild["not_finite"], &wild["epochs"][0]["train_loss"]), (&2.into(), &Value::Null));
    assert!(wild["runs"][0]["ended"].as_str().unwrap().contains("stopped being finite"), "{}", wild["runs"][0]);
}

/// Gaussian labels cannot be learnt, digits can; the best rate is the one with the least loss, and the race is trained with it.
#[test]
fn tuned_networks_train_at_their_best_rates() {
    let flags = format!("train {SMALL} --steps 60 --init he_normal,zeros --tune=40");
    let reports = json(&flags, &[]);
    let (he, zeros) = (&reports[0], &reports[1]);
    let rates = he["tune"]["rates"].as_array().unwrap();
    let number = |value: &Value| value.as_f64().unwrap();
    let tried: Vec<_> = rates.iter().map(|tried| number(&tried["learning_rate"])).collect();
    assert!(tried.is_sorted() && tried[0] <= 1e-5 && tried.last().unwrap() >= &10.0, "{tried:?}");
    let finite = rates.iter().filter(|tried| tried["loss"].is_number());
    let least = finite.min_by(|one, other| number(&one["loss"]).total_cmp(&number(&other["loss"]))).unwrap();
    assert_eq!(
        (&he["tune"]["best"], &he["training"]["learning_rate"]),
        (&least["learning_rate"], &least["learning_rate"])
    );
    assert_eq!((&he["tune"]["steps"], &he["learning_rates"]), (&40.into(), &"tuned".into()));
    // The rates that work: halfway between guessing and the best, and all between the ends.
    let halfway = f64::midpoint(number(&least["loss"]), number(&he["tune"]["guessing_loss"]));
    for tried in rates {
        let works = tried["loss"].as_f64().is_some_and(|loss| loss <= halfway);
        assert_eq!(tried["works"], works, "{tried}");
    }
    let ends = ["works_from", "works_to"].map(|key| number(&he["tune"][key]));
    assert!(ends[0] <= number(&least["learning_rate"]) && number(&least["learning_rate"]) <= ends[1], "{ends:?}");
    // Its short run is the beginning of a training at that rate.
    let best = number(&least["learning_rate"]);
    let alone = json(&format!("train {SMALL} --steps 40 --init he_normal --learning-rate {best}"), &[]);
    let steps = alone["steps"].as_array().unwrap();
    let mean = steps[30..].iter().map(|step| number(&step["loss"])).sum::<f64>() / 10.0;
    assert!((mean - number(&least["loss"])).abs() < 1e-12);
    // Zeros learn how frequent the digits are, and that is guessing: no rate is better than the default.
    assert_eq!((&zeros["tune"]["best"], &zeros["training"]["learning_rate"]), (&Value::Null, &0.01.into()));
    let table = printed(&flags, &[]);
    assert!(
        table.contains("learns anything in 40 steps") && table.contains("best for it in the short runs"),
        "{table}"
    );
    let csv = printed(&format!("train {SMALL} --steps 5 --tune=5 --format csv"), &[]);
    assert!(csv.starts_with("learning_rate,epoch,"), "{csv}");
}

#[test]
fn what_seeds_and_tune_cannot_do_is_said() {
    for (flags, sentence) in [
        ("--seeds 1", "--seeds 1 is out of range: use 2 to 20"),
        ("--seeds 21", "--seeds 21 is out of range: use 2 to 20"),
        ("--tune=0", "--tune 0 is out of range: use 1 to 1,000,000"),
        ("--tune --learning-rate 0.1", "--learning-rate"),
        ("--seeds 3 --out x.npz", "--out"),
        ("--tune --start x.npz", "--start"),
    ] {
        let line = refused(&format!("train {SMALL} {flags}"), &[], 2);
        assert!(line.contains(sentence), "{flags}: {line}");
    }
}

#[test]
fn equal_units_are_said_to_stay_equal() {
    let report = json(&format!("train {SMALL} --steps 10 --init zeros"), &[]);
    let said = report["what_you_see"][0].as_str().unwrap();
    assert!(said.starts_with("Equal units stay equal: after 10 steps no gradient reaches a hidden layer"), "{said}");
    let table = printed(&format!("train {SMALL} --steps 10 --init zeros"), &[]);
    assert!(table.contains("\nWhat you see: Equal units stay equal"), "{table}");
}

#[test]
fn a_training_that_was_interrupted_has_the_same_bits() {
    let folder = TempDir::new().unwrap();
    let [whole, half, rest] = ["whole", "half", "rest"].map(|name| folder.path().join(name).with_extension("npz"));
    for optimizer in
        Optimizer::all(NetworkFramework::Keras).map(Optimizer::name).into_iter().chain(["sgd(momentum=0.9)"])
    {
        let (name, value, out, from) = (flag("--optimizer"), flag(optimizer), flag("--out"), flag("--start"));
        let of = |steps: usize| format!("train --images 200 --train-images 150 --steps {steps} --order-seed 5");
        printed(&format!("{} --widths 20,16", of(12)), &[&name, &value, &out, &whole]);
        // It ends within an epoch.
        printed(&format!("{} --widths 20,16", of(7)), &[&name, &value, &out, &half]);
        printed(&of(12), &[&name, &value, &from, &half, &out, &rest]);
        let mut names = NpzReader::new(File::open(&whole).unwrap()).unwrap().names().unwrap();
        names.sort();
        let mut others = NpzReader::new(File::open(&rest).unwrap()).unwrap().names().unwrap();
        others.sort();
        assert_eq!(names, others);
        assert_eq!(array::<i64, ndarray::Ix0>(&rest, "step").into_scalar(), 12);
        assert_eq!(array::<f64, ndarray::Ix1>(&rest, "losses"), array::<f64, ndarray::Ix1>(&whole, "losses"));
        for name in names.iter().filter(|name| !matches!(name.as_str(), "losses" | "step" | "order_seed")) {
            let read = |path| -> Vec<u32> {
                let mut file = NpzReader::new(File::open(path).unwrap()).unwrap();
                let array: Array<f32, ndarray::IxDyn> = file.by_name(name).unwrap();
                array.iter().map(|value| value.to_bits()).collect()
            };
            assert_eq!(read(&whole), read(&rest), "{name}");
        }
    }
}

/// Plain NumPy: h = relu(x W1 + b1), the mean gradient, w - rate g.
#[test]
fn a_file_with_images_is_trained_on_them_in_its_order() {
    let folder = TempDir::new().unwrap();
    let [start, end] = ["start", "end"].map(|name| folder.path().join(name).with_extension("npz"));
    let number = |index: usize, step: f64| ((index as f64 + 1.0) * step).sin() as f32;
    let x = Array2::from_shape_fn((7, 3), |(image, input)| number(3 * image + input, 0.9));
    let labels = arr1(&[0_i64, 1, 3, 2, 1, 0, 3]);
    let order = Array2::from_shape_vec((1, 7), vec![6_i32, 0, 3, 1, 5, 2, 4]).unwrap();
    let w1 = Array2::from_shape_fn((3, 5), |(row, column)| number(5 * row + column, 0.7));
    let w2 = Array2::from_shape_fn((5, 4), |(row, column)| number(4 * row + column, 1.3));
    let mut file = NpzWriter::new(File::create(&start).unwrap());
    file.add_array("x", &x).unwrap();
    file.add_array("labels", &labels).unwrap();
    file.add_array("order", &order).unwrap();
    file.add_array("W1", &w1).unwrap();
    file.add_array("W2", &w2).unwrap();
    file.finish().unwrap();
    let report =
        json("train --batch 4 --steps 4 --learning-rate 0.5", &[&flag("--start"), &start, &flag("--out"), &end]);
    assert_eq!(report["epochs"][0]["test_accuracy"], Value::Null, "nothing judges");

    let (mut w1, mut w2) = (w1.mapv(f64::from), w2.mapv(f64::from));
    let (mut b1, mut b2) = (Array1::<f64>::zeros(5), Array1::<f64>::zeros(4));
    for (step, batch) in [&[6, 0, 3, 1][..], &[5, 2, 4], &[6, 0, 3, 1], &[5, 2, 4]].into_iter().enumerate() {
        let x = Array2::from_shape_fn((batch.len(), 3), |(place, input)| f64::from(x[[batch[place], input]]));
        let h = (x.dot(&w1) + &b1).mapv(|z| z.max(0.0));
        let mut d = h.dot(&w2) + &b2;
        let mut loss = 0.0;
        for (mut row, &image) in d.outer_iter_mut().zip(batch) {
            let sum = row.iter().map(|logit| logit.exp()).sum::<f64>();
            loss += sum.ln() - row[labels[image] as usize];
            row.mapv_inplace(|logit| logit.exp() / sum / batch.len() as f64);
            row[labels[image] as usize] -= 1.0 / batch.len() as f64;
        }
        let found = report["steps"][step]["loss"].as_f64().unwrap();
        assert!((found - loss / batch.len() as f64).abs() < 1e-6, "step {step}: {found}");
        let below = d.dot(&w2.t()) * h.mapv(|h| f64::from(u8::from(h > 0.0)));
        w2 = w2 - 0.5 * h.t().dot(&d);
        b2 = b2 - 0.5 * d.sum_axis(ndarray::Axis(0));
        w1 = w1 - 0.5 * x.t().dot(&below);
        b1 = b1 - 0.5 * below.sum_axis(ndarray::Axis(0));
    }
    let close = |found: Vec<f32>, expected: Vec<f64>| {
        found.iter().zip(&expected).all(|(found, expected)| (f64::from(*found) - expected).abs() < 2e-6)
    };
    assert!(close(array::<f32, ndarray::Ix2>(&end, "W1").into_iter().collect(), w1.into_iter().collect()));
    assert!(close(array::<f32, ndarray::Ix2>(&end, "W2").into_iter().collect(), w2.into_iter().collect()));
    assert!(close(array::<f32, ndarray::Ix1>(&end, "b1").to_vec(), b1.to_vec()));
    assert!(close(array::<f32, ndarray::Ix1>(&end, "b2").to_vec(), b2.to_vec()));
}

/// What `numpy.savez_compressed` writes: a network 2-2-2 of ones, with double precision.
#[test]
fn compressed_files_and_double_precision_are_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/training/compressed.npz");
    let report = json("train --batch 2 --steps 1 --learning-rate 0.1", &[&flag("--start"), &path]);
    let loss = report["steps"][0]["loss"].as_f64().unwrap();
    assert!((loss - 2_f64.ln()).abs() < 1e-7, "both logits are equal: {loss}");
    assert_eq!(report["experiment"]["widths"], serde_json::json!([2]));
}

#[test]
fn stats_and_export_look_at_the_network_after_some_steps() {
    let folder = TempDir::new().unwrap();
    let [trained, exported] = ["trained", "exported"].map(|name| folder.path().join(name).with_extension("npz"));
    let flags = format!("{SMALL} --steps 9 --optimizer adam --learning-rate 0.01");
    let report = json(&format!("train {flags}"), &[&flag("--out"), &trained]);
    let last = &report["epochs"].as_array().unwrap().last().unwrap()["layers"];
    let stats = json(&format!("stats {flags}"), &[]);
    assert_eq!(stats["training"], report["training"], "it says how it was trained");
    for (layer, expected) in stats["layers"].as_array().unwrap().iter().zip(last.as_array().unwrap()) {
        for key in ["dead_units", "always_on_units"] {
            assert_eq!(layer[key], expected[key], "{key}");
        }
        let (found, expected) = (layer["output"]["std"].as_f64().unwrap(), expected["output_std"].as_f64().unwrap());
        assert!((found / expected - 1.0).abs() < 1e-5, "{found}, {expected}");
    }
    printed(&format!("export {flags}"), &[&flag("--out"), &exported]);
    for name in ["W1", "W2", "W3"] {
        assert_eq!(array::<f32, ndarray::Ix2>(&exported, name), array::<f32, ndarray::Ix2>(&trained, name), "{name}");
    }
    let start = json(&format!("stats {SMALL} --steps 0"), &[]);
    let drawn = json("stats --widths 20,16 --images 200", &[]);
    assert_eq!(start["layers"][1]["output"], drawn["layers"][1]["output"], "after no step it is what was drawn");
}

#[test]
fn a_figure_of_a_trained_network_says_so_and_carries_its_training() {
    let folder = TempDir::new().unwrap();
    let [figure, again] = ["figure.svg", "again.svg"].map(|name| folder.path().join(name));
    printed(&format!("render {SMALL} --steps 6 --text text"), &[&flag("--out"), &figure]);
    let text = std::fs::read_to_string(&figure).unwrap();
    assert!(text.contains("after 6 steps of sgd") && text.contains("[training]"), "it is told");
    printed("render --text text", &[&flag("--scene"), &figure, &flag("--out"), &again]);
    assert!(std::fs::read_to_string(&again).unwrap() == text, "the same figure");
}

#[test]
fn a_scene_says_how_it_is_trained() {
    let folder = TempDir::new().unwrap();
    let scene = folder.path().join("scene.toml");
    let write = |training: &str| {
        let experiments = "[[experiments]]\nwidths = [20, 16]\nimages = 200\n";
        std::fs::write(&scene, format!("version = 2\n{experiments}\n[training]\n{training}\n")).unwrap();
    };
    write("optimizer = \"rmsprop\"\ntrain_images = 160\nsteps = 4\nlearning_rate = [0.001, 0.01]");
    let reports = json("train", &[&flag("--scene"), &scene]);
    assert_eq!(reports.as_array().unwrap().len(), 2);
    assert_eq!(reports[1]["training"]["optimizer"], "rmsprop");
    let other = json("train --optimizer sgd --steps 2", &[&flag("--scene"), &scene]);
    assert_eq!(other["training"]["learning_rate"], 0.01, "another optimizer has its own rate");
    write("batch = 0");
    let sentence = refused("train", &[&flag("--scene"), &scene], 1);
    assert!(sentence.contains("line 7, column 9: training: batch 0 is out of range"), "{sentence}");
}

#[test]
fn optimizers_are_listed_with_what_they_do_in_each_framework() {
    let list = printed("list optimizers", &[]);
    for line in [
        "rmsprop",
        "  Keras   --learning-rate 0.001, rho=0.9, epsilon=1e-7",
        "          v ← rho · v + (1 − rho) · g², w ← w − η · g / √(v + epsilon)",
        "  PyTorch --learning-rate 0.01, rho=0.99, epsilon=1e-8",
        "          v ← rho · v + (1 − rho) · g², w ← w − η · g / (√v + epsilon)",
        "  PyTorch --learning-rate 0.001, --weight-decay 0.01, beta_1=0.9, beta_2=0.999, epsilon=1e-8",
    ] {
        assert!(list.lines().any(|found| found == line), "{line}\n{list}");
    }
    assert!(list.contains("forgets in 10 steps"));
}

#[test]
fn what_is_wrong_is_said_in_a_sentence() {
    for (flags, sentence) in [
        ("--learning-rate nan", "invalid value 'nan' for '--learning-rate <X,X,...>': it is not a number (see --help)"),
        ("--learning-rate=-1", "--learning-rate -1 is out of range: use 0 or more"),
        (
            "--optimizer adan",
            "--optimizer 'adan' is not known (did you mean adam?): use sgd, rmsprop, adagrad, adam, adamw",
        ),
        ("--optimizer adam(rho=1)", "--optimizer 'adam(rho=1)': unknown parameter rho: it has beta_1, beta_2, epsilon"),
        (
            "--optimizer sgd(nesterov=true)",
            "--optimizer 'sgd(nesterov=true)': nesterov needs a momentum: write sgd(momentum=0.9, nesterov=true)",
        ),
        (
            "--optimizer torch.optim.SGD",
            "--optimizer 'torch.optim.SGD': that is PyTorch: give --framework pytorch, too",
        ),
        ("--optimizer adam(beta_2=1)", "--optimizer 'adam(beta_2=1)': beta_2=1 is not 0 or more and below 1"),
        (
            "--optimizer adam(lr=1)",
            "--optimizer 'adam(lr=1)': the learning rate has a flag of its own, --learning-rate",
        ),
        ("--schedule linear", "--schedule 'linear': write constant, cosine or 'step(at=8, factor=0.1)'"),
        ("--train-images 100 --batch 101", "--batch 101 is out of range: use 1 to 100, the number of training images"),
        ("--train-images 1", "--batch 32 is out of range: use 1, for there is one training image"),
        ("--train-images 60001", "--train-images 60001 is out of range: use 1 to 60000"),
        (
            "--data gaussian --input-dim 5 --train-images 50001",
            "--train-images 50001 is out of range: use 1 to 50000, the rest of the draws judges",
        ),
        (
            "--framework pytorch --l2 0.1",
            "--l2 does not apply to --framework pytorch: it has no regularizer of kernels, use --weight-decay",
        ),
        (
            "--shuffle=false --order-seed 3",
            "--order-seed does not apply to --shuffle=false: images come as they are, leave one out",
        ),
        ("--clip-norm 0", "--clip-norm 0 is out of range: use a number above 0"),
        (
            "--start x.npz --width 5",
            "--width does not apply to --start: the weights are those of the --start file, leave it out",
        ),
        (
            "--sigma 0.1,0.2 --out x.npz",
            "there are 2 networks, but a file holds one: give only one, for example with a single --learning-rate",
        ),
        ("--out x.txt", "--out must name a file that ends in .npz: x.txt"),
    ] {
        assert_eq!(
            refused(&format!("train --widths 5 {flags}"), &[], 2).replace("--widths 5", ""),
            sentence,
            "{flags}"
        );
    }
    let sentence = refused("stats --learning-rate 0.1", &[], 2);
    assert_eq!(sentence, "a training needs to know where to look: give --steps N, too, or leave its flags out");
    assert!(refused("train --data /nowhere", &[], 1).starts_with("the data do not exist"));
    assert!(refused("train --start /nowhere.npz", &[], 1).starts_with("the arrays cannot be read"));
}

#[test]
fn files_whose_shapes_do_not_fit_are_refused_in_a_sentence() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("file.npz");
    let zeros = |rows, columns| Array2::<f32>::zeros((rows, columns));
    let write = |arrays: &[(&str, Array2<f32>)], labels: Option<Array1<i64>>| {
        let mut file = NpzWriter::new(File::create(&path).unwrap());
        arrays.iter().for_each(|(name, array)| file.add_array(*name, array).unwrap());
        if let Some(labels) = labels {
            file.add_array("labels", &labels).unwrap();
        }
        file.finish().unwrap();
    };
    let refused = || {
        let sentence = refused("train --batch 1", &[&flag("--start"), &path], 1);
        sentence.split(": /").next().unwrap().to_owned()
    };
    write(&[("W1", zeros(784, 5))], None);
    assert_eq!(
        refused(),
        "a network needs at least 2 kernels (W1, W2, ...), including that of the logits, but there are 1"
    );
    write(&[("W1", zeros(784, 5)), ("W2", zeros(6, 10))], None);
    assert_eq!(refused(), "W2 has 6 rows, but W1 has 5 columns: these numbers must be equal");
    write(&[("W1", zeros(20, 5)), ("W2", zeros(5, 10))], None);
    assert_eq!(refused(), "layer 1 takes 20 inputs, but these inputs have 784 values");
    write(&[("W1", zeros(20, 5)), ("W2", zeros(5, 3)), ("x", zeros(2, 20))], None);
    assert_eq!(refused(), "x is there without labels: add them");
    write(&[("W1", zeros(20, 5)), ("W2", zeros(5, 3)), ("x", zeros(2, 20))], Some(arr1(&[0, 3])));
    assert_eq!(refused(), "labels has a 3, but the last kernel has 3 units: use 0 to 2");
    write(&[("W1", zeros(20, 5)), ("W2", zeros(5, 3)), ("x", zeros(2, 19))], Some(arr1(&[0, 1])));
    assert_eq!(refused(), "x has 19 values an image, but the first kernel 20 rows: these numbers must be equal");
    std::fs::write(&path, "no archive").unwrap();
    assert!(refused().starts_with("the file has no arrays"));
}

#[test]
fn a_training_that_explodes_says_where_and_keeps_what_it_found() {
    let report = json(&format!("train {SMALL} --steps 30 --learning-rate 1e9"), &[]);
    let ended = report["ended"].as_str().unwrap();
    assert!(ended.starts_with("in step ") && ended.ends_with("stopped being finite"), "{ended}");
    let steps = report["steps"].as_array().unwrap().len();
    assert!((1..30).contains(&steps), "{steps}");
    let still = json(&format!("train {SMALL} --steps 5 --learning-rate 0"), &[]);
    assert_eq!(still["epochs"][1]["layers"][0]["distance"], 0.0);
}

#[cfg(unix)]
#[test]
fn told_to_end_it_keeps_what_is_there() {
    let steps = [1500, 6000, 24000].into_iter().map(steps_until_it_is_told_to_end).find(|&steps| steps > 0);
    assert!(steps.is_some(), "no step was made in half a minute");
}

/// Tells a training to end after a while, and how many steps it made: none, where the machine was too slow for the first.
#[cfg(unix)]
fn steps_until_it_is_told_to_end(milliseconds: u64) -> i64 {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("kept.npz");
    let child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("initscope"))
        .args(["train", "--widths", "8", "--images", "100", "--train-images", "100", "--batch", "10", "--steps"])
        .args(["100000000", "--format", "json", "--out"])
        .arg(&path)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    // The unfinished file is there before the first step, and images are read in between.
    while std::fs::read_dir(folder.path()).unwrap().next().is_none() {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    std::thread::sleep(std::time::Duration::from_millis(milliseconds));
    // Not what Ctrl+C sends: where tests run in the background, that is ignored.
    nix::sys::signal::kill(nix::unistd::Pid::from_raw(child.id() as i32), nix::sys::signal::Signal::SIGTERM).unwrap();
    let output = child.wait_with_output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(errors.starts_with("initscope: stopped after step ") && errors.contains("go on with --start"), "{errors}");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let steps = report["steps"].as_array().unwrap().len() as i64;
    assert_eq!(array::<i64, ndarray::Ix0>(&path, "step").into_scalar(), steps);
    steps
}

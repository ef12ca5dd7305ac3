//! Every step of a training is that of Keras and PyTorch: losses at every step, weights after 1, 2, 5 and 16 of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use initscope::dataset::Source;
use initscope::experiment::{Activation, Experiment};
use initscope::trainer::{EpochOrder, Examples, Racer, Start};
use initscope::training::{Training, TrainingSettings};
use ndarray::{Array1, Array2};
use ndarray_npy::read_npy;
use serde_json::Value;

/// How far single weights may be off, of the largest movement: rules that divide by the size of the gradient turn one that nearly
/// cancels into rounding, and still move its weight.
const SINGLE: f64 = 5e-5;
const SINGLE_DIVIDED: f64 = 1e-3;

const CASES: [(&str, usize); 5] =
    [("gauss_tanh", 26), ("gauss_relu", 8), ("gauss_gelu", 5), ("mnist_relu", 7), ("mnist_sigmoid", 4)];

/// What a case was trained on and from.
struct Case {
    name: &'static str,
    about: Value,
    w0: Vec<f32>,
    examples: Arc<Examples>,
    order: Arc<EpochOrder>,
    /// The entries of the flat vector that were kept of the reference; all where it is absent.
    kept: Option<Array1<i32>>,
}

#[test]
fn gauss_tanh() {
    agree(0);
}

#[test]
fn gauss_relu() {
    agree(1);
}

#[test]
fn gauss_gelu() {
    agree(2);
}

#[test]
fn mnist_relu() {
    agree(3);
}

#[test]
fn mnist_sigmoid() {
    agree(4);
}

#[test]
fn images_that_go_through_in_parts_and_inputs_with_zeros_leave_the_same_path() {
    // 256 images at once are pushed through in two parts; the loss of the first step is that of all of them.
    let case = read(CASES[0].0);
    let settings = TrainingSettings { learning_rate: Some(vec![0.1]), batch: Some(256), ..steps(2) };
    let mut racer = case.racer(settings.apply().unwrap());
    let whole = racer.advance().unwrap();
    let mut of_parts = Vec::new();
    for part in 0..8 {
        let order = (32 * part..32 * (part + 1)).collect();
        let settings = TrainingSettings { learning_rate: Some(vec![0.0]), batch: Some(32), ..steps(1) };
        let case = Case { order: Arc::new(EpochOrder::Given(vec![order])), ..read(CASES[0].0) };
        of_parts.push(case.racer(settings.apply().unwrap()).advance().unwrap().loss);
    }
    let mean = of_parts.iter().sum::<f64>() / 8.0;
    assert!((whole.loss - mean).abs() < 1e-6 * mean, "{} and {mean}", whole.loss);
}

/// All variants of a case, in each framework that they are the same in.
fn agree(index: usize) {
    let (name, count) = CASES[index];
    let case = read(name);
    let variants = case.about["variants"].as_object().unwrap();
    assert_eq!(variants.len(), count, "none is left out");
    for (variant, found) in variants {
        for framework in frameworks(variant) {
            case.check(variant, found, framework);
        }
    }
}

/// Both, unless its name says which.
fn frameworks(variant: &str) -> Vec<&'static str> {
    match variant.rsplit('_').next().unwrap() {
        "keras" => vec!["keras"],
        "torch" => vec!["pytorch"],
        _ => vec!["keras", "pytorch"],
    }
}

fn steps(steps: usize) -> TrainingSettings {
    TrainingSettings { batch: Some(32), steps: Some(steps), ..TrainingSettings::default() }
}

/// A variant's settings as a user writes them. What is not written is the framework's default, which must be the reference's.
fn settings(variant: &str, given: &Value, framework: &str) -> TrainingSettings {
    let args = &given["args"];
    let rule = given["rule"].as_str().unwrap();
    let decoupled = given["decay"].as_f64();
    let optimizer = match rule {
        "adam" if variant.starts_with("adamw") => "adamw".to_owned(),
        "sgd" => match (args["momentum"].as_f64(), args["nesterov"].as_bool()) {
            (None, _) => "sgd".to_owned(),
            (Some(momentum), Some(true)) => format!("sgd(momentum={momentum}, nesterov=true)"),
            (Some(momentum), _) => format!("sgd(momentum={momentum})"),
        },
        rule => rule.to_owned(),
    };
    let clip = |kind: &str| {
        let (clip, limit) = (given["clip"][0].as_str()?, given["clip"][1].as_f64()?);
        (clip.split('_').next().unwrap() == kind).then_some(limit)
    };
    TrainingSettings {
        framework: Some(framework.to_owned()),
        optimizer: Some(optimizer),
        learning_rate: Some(vec![given["lr"].as_f64().unwrap()]),
        schedule: given["drop_after"].as_u64().map(|at| format!("step(at={at}, factor=0.1)")),
        weight_decay: Some(decoupled.or(given["weight_decay"].as_f64()).unwrap_or(0.0)),
        l2: given["regularizer"].as_f64(),
        clip_norm: clip("global"),
        clip_norm_each: clip("each"),
        clip_value: clip("value"),
        ..steps(16)
    }
}

impl Case {
    fn racer(&self, training: Training) -> Racer {
        let layout = self.about["layout"].as_array().unwrap();
        let (mut kernels, mut biases) = (Vec::new(), Vec::new());
        for array in layout {
            let shape: Vec<_> =
                array["shape"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap() as usize).collect();
            let start = array["start"].as_u64().unwrap() as usize;
            let values = self.w0[start..start + shape.iter().product::<usize>()].to_vec();
            match shape[..] {
                [fan_in, fan_out] => kernels.push(Array2::from_shape_vec((fan_in, fan_out), values).unwrap()),
                _ => biases.push(values.into()),
            }
        }
        let activation = Activation::read(self.about["activation"].as_str().unwrap(), false).unwrap();
        let activations = vec![activation; kernels.len() - 1];
        let start = Start { activations, linear_layers: 0, kernels, biases };
        Racer::new(&start, training, Arc::clone(&self.examples), Arc::clone(&self.order))
    }

    fn check(&self, variant: &str, found: &Value, framework: &str) {
        let (case, given) = (self.name, &found["settings"]);
        let training = settings(variant, given, framework).apply().unwrap();
        let mut racer = self.racer(training);
        let expected: Array2<f64> = read_npy(fixture(case).join(format!("{variant}.npy"))).unwrap();
        let mut snapshots = expected.outer_iter().zip([1, 2, 5, 16]);
        let mut next = snapshots.next();
        for step in 1..=16 {
            let report = racer.advance().unwrap();
            let at = |key: &str| found[key][step as usize - 1].as_f64().unwrap();
            let off = (report.loss / at("losses") - 1.0).abs();
            assert!(off < 5e-6, "{case} {variant} {framework}, step {step}: loss {} off by {off}", report.loss);
            let off = (report.gradient_norm / at("gradient_norms") - 1.0).abs();
            assert!(
                off < 5e-5,
                "{case} {variant} {framework}, step {step}: norm {} off by {off}",
                report.gradient_norm
            );
            if let Some((expected, at)) = next
                && at == step
            {
                let (kernels, biases) = racer.weights();
                let layers = kernels.iter().zip(&biases);
                let weights: Vec<f32> =
                    layers.flat_map(|(kernel, biases)| kernel.iter().chain(biases)).copied().collect();
                self.compare(&format!("{variant} {framework}, step {step}"), &weights, &expected.to_vec(), given);
                next = snapshots.next();
            }
        }
        assert!(next.is_none(), "all snapshots were compared");
    }

    /// Each array by itself.
    fn compare(&self, what: &str, found: &[f32], expected: &[f64], given: &Value) {
        let kept: Vec<usize> = match &self.kept {
            Some(kept) => kept.iter().map(|&place| place as usize).collect(),
            None => (0..found.len()).collect(),
        };
        assert_eq!(kept.len(), expected.len());
        let divides = given["rule"] != "sgd";
        let moved = kept.iter().zip(expected).map(|(&at, to)| (to - f64::from(self.w0[at])).abs());
        let largest = moved.fold(0.0, f64::max);
        for array in self.about["layout"].as_array().unwrap() {
            let start = array["start"].as_u64().unwrap() as usize;
            let shape: usize =
                array["shape"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap() as usize).product();
            let (mut off, mut moved, mut size) = (0.0, 0.0, 0.0);
            for (&at, &to) in kept.iter().zip(expected).filter(|(at, _)| (start..start + shape).contains(*at)) {
                let single = (f64::from(found[at]) - to).abs();
                let most = if divides { SINGLE_DIVIDED } else { SINGLE } * largest + 2e-7 * to.abs();
                assert!(single <= most, "{} {what}: weight {at} off by {single}, at most {most}", self.name);
                off += single.powi(2);
                moved += (to - f64::from(self.w0[at])).powi(2);
                size += to.powi(2);
            }
            let (off, most) = (off.sqrt(), 2e-5 * moved.sqrt() + 2e-7 * size.sqrt());
            assert!(off <= most, "{} {what}: {} off by {off}, at most {most}", self.name, array["name"]);
        }
    }
}

fn read(name: &'static str) -> Case {
    let folder = fixture(name);
    let about: Value = serde_json::from_str(&std::fs::read_to_string(folder.join("case.json")).unwrap()).unwrap();
    let w0: Array1<f32> = read_npy(folder.join("w0.npy")).unwrap();
    let labels: Array1<u8> = read_npy(folder.join("labels.npy")).unwrap();
    let order: Array2<i32> = read_npy(folder.join("order.npy")).unwrap();
    let examples = if folder.join("x.npy").exists() {
        let x: Array2<f32> = read_npy(folder.join("x.npy")).unwrap();
        Examples::Arrays(x, labels.iter().map(|&label| u32::from(label)).collect())
    } else {
        let source = Source::load(&Experiment::article()).unwrap();
        assert_eq!(source.labels()[..labels.len()], labels.to_vec()[..], "they are the first test images");
        Examples::Source(source, 0..labels.len())
    };
    let rows = order.outer_iter().map(|row| row.iter().map(|&image| image as u32).collect()).collect();
    Case {
        name,
        about,
        w0: w0.to_vec(),
        examples: Arc::new(examples),
        order: Arc::new(EpochOrder::Given(rows)),
        kept: folder.join("kept.npy").exists().then(|| read_npy(folder.join("kept.npy")).unwrap()),
    }
}

fn fixture(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/training").join(case)
}

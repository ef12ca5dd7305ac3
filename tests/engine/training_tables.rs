//! What trainings come to, against tables of an independent implementation: 8 seeds, and 40 where these do not tell the mean.
//!
//! All cells take minutes: `cargo test --release --test engine -- --ignored all_cells`.

use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use initscope::engine::{Entrant, Measurer, SeedRuns, run_seeds};
use initscope::experiment::{Activation, Experiment, Initializer, Inputs, Settings, Split};
use initscope::trainer::EpochFigures;
use initscope::training::{BatchOrder, TrainingSettings};
use serde_json::Value;

/// A cell of a table, and who computes it.
struct Cell<'a> {
    about: &'a Value,
    entrant: Entrant,
}

/// A figure of those that are compared.
type FigureOf = fn(&EpochFigures) -> Option<f64>;

#[test]
fn some_cells_of_epochs_are_those_of_the_table() {
    let table = table("epochs");
    for (activation, optimizer, init) in [("sigmoid", "adam", "normal 0.10"), ("relu", "adam", "he_normal")] {
        let about =
            table["cases"].as_array().unwrap().iter().find(|cell| {
                cell["activation"] == activation && cell["optimizer"] == optimizer && cell["init"] == init
            });
        let cell = Cell::of(about.unwrap(), 1);
        cell.agrees(&cell.seeds(2));
    }
}

#[test]
fn rates_that_kill_all_networks_kill_these() {
    let table = table("dying");
    let all_die = |cell: &&Value| cell["not_finite"] == 8 && cell["lr"] == 2.0;
    let cell = Cell::of(table["cases"].as_array().unwrap().iter().find(all_die).unwrap(), 3);
    assert_eq!(cell.seeds(2).not_finite(), 2);
}

#[test]
#[ignore = "it takes minutes"]
fn all_cells_of_epochs_and_dying_units() {
    let wrong = Mutex::new(Vec::new());
    let more = table("dying_40_seeds");
    let more = more["cases"].as_array().unwrap();
    for name in ["epochs", "dying"] {
        let table = table(name);
        for about in table["cases"].as_array().unwrap() {
            // A last batch of 16 throws the loss about: in these cells it takes more seeds to know its mean.
            let is_same = |other: &&Value| ["optimizer", "lr", "init"].iter().all(|key| other[key] == about[key]);
            let about = more.iter().find(is_same).filter(|_| name == "dying").unwrap_or(about);
            let cell = Cell::of(about, 3);
            let seeds = cell.seeds(about["seeds"].as_u64().unwrap() as usize);
            let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| cell.agrees(&seeds)));
            let named = ["activation", "optimizer", "lr", "init"].map(|key| about[key].to_string()).join(" ");
            let line = format!("{name} {named}: {} of {} not finite", seeds.not_finite(), seeds.runs.len());
            if checked.is_err() {
                wrong.lock().unwrap().push(line);
            }
        }
    }
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The table's order of accuracies, wherever it is beyond what seeds make of it.
#[test]
#[ignore = "it takes minutes"]
fn all_cells_of_trainable_depth() {
    let table = table("trainable_depth");
    let mut found: Vec<(f64, f64)> = Vec::new();
    for cell in table["cases"].as_array().unwrap() {
        let (variance, depth) = (cell["sigma_w2"].as_f64().unwrap(), cell["depth"].as_u64().unwrap() as usize);
        let seeds = [1, 2, 3].map(|seed| depth_accuracy(variance, depth, seed));
        let mean = seeds.iter().sum::<f64>() / 3.0;
        found.push((mean, cell["mean"].as_f64().unwrap()));
    }
    for &(one, expected) in &found {
        for &(other, than) in &found {
            assert!(expected < than + 0.25 || one > other, "{one} and {other}, in the table {expected} and {than}");
        }
    }
}

/// Accuracy on the first 2,000 training images after 200 steps of a tanh network with sigma_b² of 0.05.
fn depth_accuracy(variance: f64, depth: usize, seed: u32) -> f64 {
    let settings = TrainingSettings {
        learning_rate: Some(vec![0.01]),
        batch: Some(128),
        steps: Some(200),
        train_images: Some(10_000),
        order_seed: Some(seed),
        ..TrainingSettings::default()
    };
    let article = Experiment::article();
    let experiment = Experiment {
        inputs: Inputs { images: 2000, split: Split::Train, ..article.inputs.clone() },
        activation: Activation::Tanh,
        widths: vec![100; depth],
        initializer: Initializer::read(&format!(
            "variance_scaling(scale={variance}, mode=fan_in, distribution=untruncated_normal)"
        ))
        .unwrap(),
        bias_std: 0.05_f64.sqrt(),
        seed,
        ..article
    };
    let entrant = Entrant::drawn(experiment, settings.apply().unwrap());
    let mut course = entrant.course(&mut Measurer::with_threads(1).unwrap()).unwrap();
    while !course.is_over() {
        course.advance().unwrap();
    }
    let watched = entrant.material().unwrap().watched;
    let (_, right) = course.racer().judge(&watched, 0..2000);
    right as f64 / 2000.0
}

fn table(name: &str) -> Value {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/training");
    serde_json::from_str(&std::fs::read_to_string(folder.join(name).with_extension("json")).unwrap()).unwrap()
}

impl<'a> Cell<'a> {
    fn of(about: &'a Value, epochs: usize) -> Self {
        let init = about["init"].as_str().unwrap();
        let (init, sigma) = match init.strip_prefix("normal ") {
            Some(sigma) => ("random_normal", Some(vec![sigma.parse().unwrap()])),
            None => (init, None),
        };
        let settings = Settings {
            images: Some(1000),
            activation: Some(about["activation"].as_str().unwrap().to_owned()),
            init: Some(init.to_owned()),
            sigma,
            ..Settings::default()
        };
        let (optimizer, clip_norm) = match about["optimizer"].as_str().unwrap() {
            "sgd_clip_1" => ("sgd", Some(1.0)),
            "momentum" => ("sgd(momentum=0.9)", None),
            other => (other, None),
        };
        let training = TrainingSettings {
            optimizer: Some(optimizer.to_owned()),
            learning_rate: Some(vec![about["lr"].as_f64().unwrap()]),
            clip_norm,
            batch: Some(128),
            epochs: Some(epochs),
            train_images: Some(10_000),
            ..TrainingSettings::default()
        };
        let experiment = settings.apply(&Experiment::article()).unwrap();
        Self { about, entrant: Entrant::drawn(experiment, training.apply().unwrap()) }
    }

    /// Runs over so many seeds of weights and order, from 1.
    fn seeds(&self, seeds: usize) -> SeedRuns {
        let mut entrant = self.entrant.clone();
        entrant.experiment.seed = 1;
        entrant.training.order = BatchOrder::Shuffled(1);
        let (stop, mut measurer) = (AtomicBool::new(false), Measurer::new().unwrap());
        let mut found = run_seeds(&[entrant], seeds, &mut measurer, &stop, &|| ()).unwrap();
        found.pop().unwrap()
    }

    /// Means within 4 standard errors of the difference of two means, which for as many seeds as the table's is 4 sqrt(2) of its own, and
    /// 0.005 of shares or 1 % of losses.
    fn agrees(&self, seeds: &SeedRuns) {
        let about = self.about;
        let (all, of_table) = (seeds.runs.len(), about["seeds"].as_u64().unwrap() as usize);
        let expected = about["not_finite"].as_u64().unwrap() as usize;
        let not_finite = seeds.not_finite() * of_table / all;
        let most = if of_table > 8 {
            // Of two counts with the share that both have together, four standard deviations.
            let share = (expected + not_finite) as f64 / (2 * of_table) as f64;
            (4.0 * (2.0 * of_table as f64 * share * (1.0 - share)).sqrt()) as usize
        } else if matches!(expected, 0 | 8) {
            0
        } else {
            4
        };
        assert!(
            not_finite.abs_diff(expected) <= most,
            "{not_finite} of {of_table} not finite, in the table {expected}"
        );
        if expected == of_table {
            return;
        }
        let (count, of_table) = ((all - seeds.not_finite()) as f64, (of_table - expected) as f64);
        let figures: [(&str, bool, FigureOf); 5] = [
            ("running_loss", false, |figures| figures.running_loss),
            ("train_loss", false, |figures| Some(figures.train_loss)),
            ("test_loss", false, |figures| figures.test_loss),
            ("test_accuracy", true, |figures| figures.test_accuracy),
            ("dead_share", true, |figures| Some(figures.dead_share(500))),
        ];
        // At such rates the loss of a moment has peaks ten times as high: few seeds have one, or none.
        let is_wild = about["lr"].as_f64().unwrap() >= 1.0;
        let is_compared = |key: &str| about[key].is_object() && !(is_wild && matches!(key, "train_loss" | "test_loss"));
        for (key, is_share, of) in figures.into_iter().filter(|(key, ..)| is_compared(key)) {
            // The running loss before the first step is none.
            for epoch in 1..seeds.longest().unwrap().epochs.len() {
                let mean = seeds.figure(epoch, of).unwrap().mean;
                let at = |what: &str| about[key][what][epoch].as_f64().unwrap();
                let expected = at("mean");
                let room = 4.0 * at("se") * (1.0 + of_table / count).sqrt();
                let most = room + if is_share { 0.005 } else { 0.01 * expected };
                let off = (mean - expected).abs();
                assert!(off <= most, "{key} after epoch {epoch}: {mean}, in the table {expected}, at most {most} off");
            }
        }
    }
}

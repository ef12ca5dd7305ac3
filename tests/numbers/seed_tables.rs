//! Networks of the article, drawn several times, look as they do in NumPy: moments, quantiles, unit states, loss, gradients.
//!
//! Five draws are compared whenever tests run; `cargo test --test numbers -- --ignored seed_tables` compares as many as NumPy made.

use std::collections::BTreeMap;
use std::path::Path;

use initscope::engine::{Measurement, Measurer, Quantities};
use initscope::experiment::{Activation, Experiment, Initializer, Inputs};
use serde::Deserialize;

/// Seeds of the tables.
const TABLED: u32 = 20;

/// A case of the tables: entries over all of its seeds.
#[derive(Deserialize)]
struct Case {
    loss: Entry,
    logit_gradient_l2: Entry,
    layers: Vec<BTreeMap<String, Entry>>,
}

/// A mean over the seeds and its standard error.
#[derive(Clone, Copy, Deserialize)]
struct Entry {
    mean: f64,
    se: f64,
}

#[test]
fn fifteen_cases_of_five_seeds_agree_with_numpy() {
    agree(5);
}

#[test]
#[ignore = "takes half a minute, and five seeds keep its promise"]
fn fifteen_cases_of_all_seeds_agree_with_numpy() {
    agree(TABLED);
}

/// Compares means over so many seeds with those of the tables.
fn agree(seeds: u32) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/seed_tables.json");
    let tables: BTreeMap<String, BTreeMap<String, Case>> =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut measurer = Measurer::new().unwrap();
    let (entries, off, far_off) = Default::default();
    // The difference of two means, one over so many seeds and one over the tables', in standard errors of the latter.
    let mut comparison =
        Comparison { spread: (1.0 + f64::from(TABLED) / f64::from(seeds)).sqrt(), entries, off, far_off };
    for (activation, cases) in &tables {
        for (initializer, case) in cases {
            let experiment = experiment(activation, initializer);
            comparison.case(&format!("{activation} {initializer}"), case, &measure(&mut measurer, &experiment, seeds));
        }
    }
    assert_eq!(tables.values().map(BTreeMap::len).sum::<usize>(), 15);
    assert!(comparison.far_off.is_empty(), "{:#?}", comparison.far_off);
    assert!(comparison.off.len() * 100 <= comparison.entries, "{:#?}", comparison.off);
}

/// Which entries are off, and which beyond what chance and bounded tails explain.
struct Comparison {
    spread: f64,
    entries: usize,
    off: Vec<String>,
    far_off: Vec<String>,
}

impl Comparison {
    fn case(&mut self, name: &str, case: &Case, seeds: &[Measurement]) {
        let mean = |figure: &dyn Fn(&Measurement) -> f64| seeds.iter().map(figure).sum::<f64>() / seeds.len() as f64;
        self.entry(&format!("{name} loss"), mean(&|seed| seed.loss), case.loss, 0.0, 0.0);
        let logits = mean(&|seed| seed.logit_gradient_l2.unwrap());
        self.entry(&format!("{name} dL/dlogits"), logits, case.logit_gradient_l2, 0.0, 0.0);
        for (index, entries) in case.layers.iter().enumerate() {
            let range = entries["max"].mean - entries["min"].mean;
            for (key, &entry) in entries {
                let (fraction, range) = if key.starts_with("frac_") { (1e-3, 1.0) } else { (0.0, range) };
                let found = mean(&|seed| figure(seed, index, key));
                self.entry(&format!("{name} layer {} {key}", index + 1), found, entry, fraction, range);
            }
        }
    }

    fn entry(&mut self, name: &str, found: f64, expected: Entry, slack: f64, range: f64) {
        let off = (found - expected.mean).abs();
        let note = || format!("{name}: {found}, NumPy {} +- {}", expected.mean, expected.se);
        self.entries += 1;
        let spread = self.spread * expected.se;
        if off.is_nan() || off > 4.0 * spread + 1e-6 + slack {
            self.off.push(note());
        }
        if off.is_nan() || off > 5.0 * spread + 1e-6 + 1e-3 * range {
            self.far_off.push(note());
        }
    }
}

fn experiment(activation: &str, initializer: &str) -> Experiment {
    let article = Experiment::article();
    let initializer = match initializer.strip_prefix("normal_") {
        Some(sigma) => Initializer::RandomNormal { mean: 0.0, sigma: sigma.parse().unwrap() },
        None => *Initializer::ALL.iter().find(|known| known.name() == initializer).unwrap(),
    };
    Experiment {
        inputs: Inputs { images: 1000, ..article.inputs },
        activation: *Activation::ALL.iter().find(|known| known.name() == activation).unwrap(),
        initializer,
        ..article
    }
}

fn measure(measurer: &mut Measurer, experiment: &Experiment, seeds: u32) -> Vec<Measurement> {
    let quantities = Quantities { pre_activations: true, gradients: true, quantiles: true, ..Quantities::GLANCE };
    let mut seed = |seed| measurer.measure_all(&Experiment { seed, ..experiment.clone() }, quantities).unwrap();
    (1..=seeds).map(&mut seed).collect()
}

fn figure(measurement: &Measurement, index: usize, key: &str) -> f64 {
    let layer = &measurement.layers[index];
    let output = &layer.output;
    match key {
        "mean" => output.mean,
        "std" => output.std,
        "min" => output.min,
        "max" => output.max,
        "q01" => output.quantiles.unwrap()[0],
        "q05" => output.quantiles.unwrap()[1],
        "q25" => output.quantiles.unwrap()[2],
        "q50" => output.quantiles.unwrap()[3],
        "q75" => output.quantiles.unwrap()[4],
        "q95" => output.quantiles.unwrap()[5],
        "q99" => output.quantiles.unwrap()[6],
        "z_std" => layer.pre_activation.as_ref().unwrap().std,
        "grad_z_l2" => layer.gradient.as_ref().unwrap().l2,
        "grad_W_l2" => layer.gradient.as_ref().unwrap().weight_l2,
        "frac_exact_zero" => output.zero_fraction,
        "frac_dead_units" => layer.states.dead as f64 / layer.units as f64,
        "frac_saturated" => layer.saturated_fraction.unwrap(),
        key => panic!("no figure {key}"),
    }
}

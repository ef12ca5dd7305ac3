//! Files that the real frameworks wrote: what is computed from them is what the frameworks compute, and what float64 gives from
//! the weights that were stored. The script beside them made all of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use initscope::experiment::{Activation, Data, Experiment, Inputs};
use initscope::network::{DrawCache, Network, Scratch, Watch};
use initscope::network_file::{Ending, NetworkFile};
use initscope::opened_network::OpenedNetwork;
use ndarray::Array2;
use serde::Deserialize;

#[derive(Deserialize)]
struct Expected {
    inputs: Vec<Vec<f64>>,
    files: BTreeMap<String, ExpectedFile>,
}

#[derive(Deserialize)]
struct ExpectedFile {
    #[serde(default)]
    foreign: bool,
    framework: Option<Vec<Vec<f64>>>,
    #[serde(default)]
    exact: Vec<Vec<f64>>,
    #[serde(default)]
    activations: Vec<Option<String>>,
    flag: Option<String>,
    ending: Option<String>,
    initializer: Option<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/networks")
}

fn experiment() -> Experiment {
    let inputs = Inputs { data: Data::Gaussian { dim: 6 }, images: 4, ..Experiment::article().inputs };
    Experiment { inputs, ..Experiment::article() }
}

fn array(rows: &[Vec<f64>]) -> Array2<f64> {
    Array2::from_shape_fn((rows.len(), rows[0].len()), |(row, column)| rows[row][column])
}

fn logits(opened: &OpenedNetwork, flag: Option<&str>, inputs: &Array2<f64>) -> Array2<f64> {
    let asked = flag.map(|name| Activation::read(name, true).unwrap());
    let subject = opened.subject(&experiment(), asked).unwrap();
    let patient = Watch { interrupted: &|| false, drawn: &|_| () };
    let network = Network::of(&subject, &mut DrawCache::default(), patient).unwrap();
    let inputs = inputs.mapv(|value| value as f32);
    let mut scratch = Scratch::new(&network);
    network.forward(inputs.view(), &mut scratch, |_, _, _| Ok(())).unwrap().mapv(f64::from)
}

fn check_all(run: &str) {
    let text = std::fs::read_to_string(folder().join(format!("expected_{run}.json"))).unwrap();
    let Expected { inputs, files } = serde_json::from_str(&text).unwrap();
    let inputs = array(&inputs);
    assert!(files.len() >= 5, "{} files", files.len());
    for (name, expected) in files {
        let opened = OpenedNetwork::read(&folder().join(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let NetworkFile { foreign, ending, .. } = &opened.file;
        if expected.foreign {
            assert!(foreign.is_some() && !opened.file.layers.is_empty(), "{name}: {foreign:?}");
            continue;
        }
        assert_eq!(*foreign, None, "{name}");
        let named: Vec<_> =
            opened.file.activations().iter().map(|one| one.map(|activation| activation.to_string())).collect();
        let normal =
            |name: &Option<String>| name.as_ref().map(|name| Activation::read(name, true).unwrap().to_string());
        assert_eq!(named, expected.activations.iter().map(normal).collect::<Vec<_>>(), "{name}");
        match expected.ending.as_deref() {
            Some("softmax") => assert_eq!(*ending, Ending::Softmax, "{name}"),
            Some("sigmoid") => assert_eq!(*ending, Ending::Sigmoid, "{name}"),
            _ => assert!(matches!(ending, Ending::Unsaid | Ending::Logits), "{name}: {ending:?}"),
        }
        assert_eq!(opened.file.initializer(), expected.initializer.as_deref(), "{name}");
        let found = logits(&opened, expected.flag.as_deref(), &inputs);
        for (whose, expected) in [("float64", Some(&expected.exact)), ("the framework", expected.framework.as_ref())] {
            let Some(expected) = expected.map(|rows| array(rows)) else { continue };
            let greatest = expected.iter().fold(0.0_f64, |greatest, logit| greatest.max(logit.abs()));
            let off = (&found - &expected).iter().fold(0.0_f64, |off, difference| off.max(difference.abs()));
            assert!(off <= 1e-5 * greatest, "{name}: off by {off:e} of {greatest} from {whose}");
        }
    }
}

#[test]
fn files_of_todays_frameworks_compute_what_these_compute() {
    check_all("modern");
}

#[test]
fn files_of_older_frameworks_compute_what_these_compute() {
    check_all("old");
}

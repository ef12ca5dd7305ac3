//! Commands that take data of the user's own.

use std::fs;
use std::path::{Path, PathBuf};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/data").join(name)
}

fn initscope(arguments: &[&str]) -> std::process::Output {
    let mut command = assert_cmd::Command::cargo_bin("initscope").unwrap();
    command.args(arguments).timeout(std::time::Duration::from_secs(60)).output().unwrap()
}

#[track_caller]
fn fails(arguments: &[&str], code: i32, said: &str) {
    let output = initscope(arguments);
    let sentence = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{sentence}");
    assert!(sentence.contains(said) && sentence.lines().count() == 1, "{sentence}");
}

#[test]
fn every_command_takes_data() {
    let iris = fixture("iris.csv");
    let iris = iris.to_str().unwrap();
    let stats = initscope(&["stats", "--data", iris, "--layers", "2", "--width", "10", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&stats.stdout).unwrap();
    assert_eq!((&report["images"], &report["experiment"]["split"]), (&150.into(), &"whole".into()));
    assert_eq!(report["experiment"]["data"], iris);
    let classes = serde_json::json!(["setosa", "versicolor", "virginica"]);
    assert_eq!((&report["input"]["dim"], &report["input"]["classes"]), (&4.into(), &classes));
    let pictures = fixture("pictures");
    let stats = initscope(&["stats", "--data", pictures.to_str().unwrap(), "--layers", "1", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&stats.stdout).unwrap();
    assert_eq!(report["input"]["shape"], serde_json::json!([8, 8]));
    assert_eq!(report["input"]["classes"][3], "digit 3");
    let train = [
        "train",
        "--data",
        iris,
        "--layers",
        "1",
        "--width",
        "10",
        "--batch",
        "10",
        "--epochs",
        "30",
        "--learning-rate",
        "0.1",
    ];
    let train = initscope(&[&train[..], &["--input-scale", "standardized", "--format", "json"]].concat());
    let report: serde_json::Value = serde_json::from_slice(&train.stdout).unwrap();
    let text = report.to_string();
    assert!(text.contains("test_accuracy") || text.contains("accuracy"), "{text}");
    let code = String::from_utf8(initscope(&["code", "keras", "--data", iris]).stdout).unwrap();
    assert!(code.contains("pd.read_csv(") && code.contains("dense(100, 3)"), "{code}");
    let small = ["--data", iris, "--layers", "1", "--width", "5", "--format", "svg", "--text", "text", "--out", "-"];
    let drawn = |more: &[&str]| String::from_utf8(initscope(&[&["render"][..], &small, more].concat()).stdout).unwrap();
    assert!(drawn(&["--show", "training", "--epochs", "2", "--batch", "20"]).contains("guessing, ln 3."));
    // As many as are whole blocks of 64.
    assert!(drawn(&["--show", "landscape", "--caption"]).contains("128"));
    fails(&["stats", "--data", iris, "--images", "151"], 2, "--images 151 is out of range: use 1 to 150");
    let unlabelled = fixture("iris.npy");
    let unlabelled = unlabelled.to_str().unwrap();
    fails(&["train", "--data", unlabelled], 2, "a training needs labels, and these images have none");
    fails(&["stats", "--data", "/no/such/data"], 1, "the data do not exist");
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.npz");
    let out = out.to_str().unwrap();
    let exported = initscope(&["export", "--data", unlabelled, "--layers", "1", "--width", "5", "--out", out]);
    assert!(exported.status.success(), "{}", String::from_utf8_lossy(&exported.stderr));
    let names = ndarray_npy::NpzReader::new(fs::File::open(out).unwrap()).unwrap().names().unwrap();
    let has = |name: &str| names.iter().any(|other| other.trim_end_matches(".npy") == name);
    assert!(has("x") && has("h1") && !has("labels") && !has("dz1"), "{names:?}");
}

/// What is shown of them is one of the two, and nothing else is shown instead.
#[test]
fn data_in_two_parts_are_not_shown_whole() {
    let letters = fixture("emnist");
    let letters = letters.to_str().unwrap();
    let small = ["stats", "--data", letters, "--layers", "1", "--width", "5"];
    let sentence =
        "--split whole does not apply to these data: their training and test images come apart, choose one of them";
    fails(&[&small[..], &["--split", "whole"]].concat(), 2, sentence);
    assert!(initscope(&[&small[..], &["--split", "train"]].concat()).status.success());
    assert!(initscope(&small).status.success());
}

#[test]
fn a_scene_notices_that_its_data_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (table, scene, figure) = ("table.csv", "scene.toml", "figure.svg");
    let path = |name: &str| folder.path().join(name);
    let text = fs::read_to_string(fixture("iris.csv")).unwrap();
    fs::write(path(table), &text).unwrap();
    fs::write(path(scene), "version = 2\n[[experiments]]\ndata = 'table.csv'\nlayers = 1\nwidth = 5\n").unwrap();
    let (scene, figure) = (path(scene), path(figure));
    let (scene, figure) = (scene.to_str().unwrap(), figure.to_str().unwrap());
    let drawn = initscope(&["render", "--scene", scene, "--out", figure]);
    assert!(drawn.status.success(), "{}", String::from_utf8_lossy(&drawn.stderr));
    let carried = initscope::figure::Scene::read(Path::new(figure)).unwrap();
    assert_eq!(carried.data.len(), 1);
    assert!(initscope(&["stats", "--scene", figure]).status.success());
    fs::write(path(table), text.replace("5.1,3.5", "5.2,3.5")).unwrap();
    fails(&["stats", "--scene", figure], 1, "these are other data than those that the scene was made with");
    // Named once more they are what is meant.
    let named = path(table);
    assert!(initscope(&["stats", "--scene", figure, "--data", named.to_str().unwrap()]).status.success());
}

#[test]
fn what_unlabelled_data_lack_is_said_in_a_figure_of_it() {
    let path = fixture("iris.npy");
    let path = path.to_str().unwrap();
    let why = "these images have no labels";
    for wanted in [["--show", "norms"], ["--quantity", "gradients"]] {
        let arguments = ["render", "--data", path, "--out", "-", "--format", "svg", wanted[0], wanted[1]];
        fails(&arguments, 1, why);
    }
}

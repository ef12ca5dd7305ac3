//! The file of arrays: all that is in it follows from its x, W and b by arithmetic in f64, and it is there whole or not.

use std::fs::File;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use initscope::engine::{Measurer, Quantities};
use initscope::experiment::{Activation, Experiment, Initializer, Inputs};
use ndarray::{Array, Array1, Array2, Axis, Dimension};
use ndarray_npy::{NpzReader, ReadableElement};
use tempfile::TempDir;

const SMALL: &str = "--images 300 --widths 30,20,25 --bias-std 0.2 --seed 4";

#[test]
fn the_arrays_of_a_relu_network_follow_from_its_weights() {
    let (_folder, path) = exported(&format!("{SMALL} --sigma 0.14"));
    recomputed(&path, 0, 3, |z| z.max(0.0), |z| if z > 0.0 { 1.0 } else { 0.0 });
}

#[test]
fn the_arrays_of_a_tanh_network_follow_from_its_weights() {
    let (_folder, path) = exported(&format!("{SMALL} --activation tanh --init glorot_normal"));
    recomputed(&path, 0, 3, f64::tanh, |z| 1.0 - z.tanh().powi(2));
}

#[test]
fn a_linear_first_layer_is_number_0() {
    let (_folder, path) = exported(&format!("{SMALL} --activation tanh --linear-first --sigma 0.1 --bias 0.3"));
    recomputed(&path, 1, 3, f64::tanh, |z| 1.0 - z.tanh().powi(2));
}

#[test]
fn names_shapes_and_types_are_the_documented_ones() {
    let (_folder, path) = exported("--images 200 --widths 30,20 --data gaussian --input-dim 7");
    let mut names = NpzReader::new(File::open(&path).unwrap()).unwrap().names().unwrap();
    names.sort();
    let mut expected: Vec<_> = "x labels W1 b1 z1 h1 dz1 W2 b2 z2 h2 dz2 W3 b3 dz3 logits".split(' ').collect();
    expected.sort_unstable();
    assert_eq!(names, expected);
    for (name, header) in [
        ("x", "'<f4', 'fortran_order': False, 'shape': (200, 7)"),
        ("labels", "'|u1', 'fortran_order': False, 'shape': (200,)"),
        ("W1", "'<f4', 'fortran_order': False, 'shape': (7, 30)"),
        ("b1", "'<f4', 'fortran_order': False, 'shape': (30,)"),
        ("z2", "'<f4', 'fortran_order': False, 'shape': (200, 20)"),
        ("W3", "'<f4', 'fortran_order': False, 'shape': (20, 10)"),
        ("dz3", "'<f4', 'fortran_order': False, 'shape': (200, 10)"),
        ("logits", "'<f4', 'fortran_order': False, 'shape': (200, 10)"),
    ] {
        let header = header.replace('<', if cfg!(target_endian = "little") { "<" } else { ">" });
        let found = npy_header(&path, name);
        assert!(found.contains(&header), "{name}: {found}");
    }
    let zero = read::<f32, ndarray::Ix1>(&path, "b1");
    assert!(zero.iter().all(|&bias| bias == 0.0), "there are no biases, and zeros say so");
}

/// The norms that are measured are those of the file's outputs and gradients, multiplied in f64.
#[test]
fn norms_of_the_weights_gradients_follow_from_the_arrays() {
    let article = Experiment::article();
    let of = |images, widths: &[usize], initializer, activation| {
        let inputs = Inputs { images, ..article.inputs.clone() };
        Experiment { inputs, widths: widths.to_vec(), initializer, activation, ..article.clone() }
    };
    let normal = |mean, sigma| Initializer::RandomNormal { mean, sigma };
    let (relu, tanh) = (Activation::Relu, Activation::Tanh);
    let experiments = [
        Experiment { bias_std: 0.2, ..of(300, &[30, 20, 25], normal(0.0, 0.14), relu) },
        of(300, &[30, 20, 25], Initializer::Ones, relu),
        Experiment { linear_first: true, ..of(129, &[30, 30], Initializer::Constant { value: 0.7 }, relu) },
        of(300, &[30, 20], normal(0.2, 1e-2), tanh),
        of(300, &[30, 20, 20], normal(0.03, 1e-3), Activation::Silu),
        of(200, &[20, 20], normal(1.0, 1e-8), relu),
        of(100, &[20; 40], normal(0.0, 1.9), relu),
        of(1000, &[20; 3], normal(0.0, 1e12), Activation::Softsign),
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.npz");
    for experiment in experiments {
        let wanted = Quantities { gradients: true, ..Quantities::GLANCE };
        let measurement = Measurer::new().unwrap().measure_all(&experiment, wanted).unwrap();
        initscope::arrays::write(&experiment, &path, false).unwrap();
        for layer in measurement.layers {
            let number = layer.layer;
            let matrix = |name: &str| read::<f32, ndarray::Ix2>(&path, name).mapv(f64::from);
            let below = match (number, experiment.linear_first) {
                (1, true) => "z0".to_owned(),
                (1, false) => "x".to_owned(),
                (number, _) => format!("h{}", number - 1),
            };
            let expected = matrix(&below).t().dot(&matrix(&format!("dz{number}")));
            let expected = expected.iter().map(|value| value * value).sum::<f64>().sqrt();
            let found = layer.gradient.unwrap().weight_l2;
            assert!((found - expected).abs() <= 1e-5 * expected, "{experiment:?}, {number}: {found}, {expected}");
        }
    }
}

#[test]
fn the_same_experiment_gives_the_same_file() {
    let files = [0, 1].map(|_| {
        let (_folder, path) = exported(SMALL);
        std::fs::read(path).unwrap()
    });
    assert!(files[0] == files[1]);
}

#[test]
fn more_than_2_gib_is_refused_with_its_size() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("run.npz");
    // z, h and dz of 60,000 x 1,024 in ten layers, and the images.
    let flags = "--split train --images 60000 --width 1024 --layers 10";
    let line = fails(&format!("{flags} --out"), &out, 1);
    let gibibytes = 60_000.0 * (1024.0 * 30.0 + 784.0 + 20.0) * 4.0 / f64::from(1 << 30);
    let said: f64 = line.split(' ').find_map(|word| word.parse().ok()).unwrap();
    assert!((said - gibibytes).abs() < 0.1, "{line}: {gibibytes}");
    assert!(line.contains("--force"), "{line}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn the_size_that_is_told_is_that_of_the_file() {
    let (_folder, path) = exported(SMALL);
    let settings =
        initscope::experiment::Settings { images: Some(300), widths: Some(vec![30, 20, 25]), ..Default::default() };
    let experiment = settings.apply(&Experiment::article()).unwrap();
    let (told, found) = (initscope::arrays::size(&experiment), std::fs::metadata(path).unwrap().len());
    assert!(told.abs_diff(found) < found / 100, "{told} {found}");
}

#[test]
fn what_fails_leaves_the_old_file_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("run.npz");
    std::fs::write(&out, "old").unwrap();
    let line = fails("--data /nowhere/mnist --out", &out, 1);
    assert!(line.contains("/nowhere/mnist"), "{line}");
    fails("--split train --images 60000 --width 1024 --layers 10 --out", &out, 1);
    fails("--sigma 0.1,0.2 --out", &out, 2);
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "old");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn success_replaces_the_old_file_and_leaves_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("run.npz");
    std::fs::write(&out, "old").unwrap();
    initscope("--images 10 --layers 1 --out", &out).assert().success().stderr("");
    assert!(NpzReader::new(File::open(&out).unwrap()).is_ok());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn every_value_of_a_layer_is_a_table() {
    let flags = "--images 70 --widths 5,4,3 --activation tanh --bias 0.1";
    let (folder, all) = exported(flags);
    let out = folder.path().join("layer.csv");
    for (quantity, array) in [("outputs", "h2"), ("pre_activations", "z2"), ("gradients", "dz2"), ("weights", "W2")] {
        let expected: Array2<f32> = read(&all, array);
        let labels: Array1<u8> = read(&all, "labels");
        let said = initscope(&format!("{flags} --layer 2 --quantity {quantity} --out"), &out).assert().success();
        let of = if quantity == "weights" { "5 inputs" } else { "70 images" };
        assert!(String::from_utf8_lossy(&said.get_output().stdout).starts_with(&format!("{of}, 4 units: ")));
        let mut table = csv::Reader::from_path(&out).unwrap();
        let names: Vec<_> = table.headers().unwrap().iter().map(str::to_owned).collect();
        let first: &[&str] = if quantity == "weights" { &["input"] } else { &["image", "label"] };
        assert_eq!(names, [first, &["unit_0", "unit_1", "unit_2", "unit_3"]].concat());
        let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), expected.nrows());
        for (index, (row, expected)) in rows.iter().zip(expected.rows()).enumerate() {
            assert_eq!(row[0], index.to_string());
            assert!(quantity == "weights" || row[1] == labels[index].to_string());
            let values: Vec<f32> = row.iter().skip(first.len()).map(|value| value.parse().unwrap()).collect();
            assert_eq!(values, expected.to_vec(), "{quantity}: to the bit");
        }
    }
}

#[test]
fn a_table_is_of_one_layer_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let (table, arrays) = (folder.path().join("layer.csv"), folder.path().join("run.npz"));
    assert!(fails("--images 5 --out", &table, 2).contains("give --layer"));
    assert!(
        fails("--images 5 --layer 6 --out", &table, 2).contains("--layer 6 does not exist in this network: use 1 to 5")
    );
    assert!(fails("--images 5 --layer 0 --out", &table, 2).contains("counted from 1"));
    assert!(fails("--images 5 --layer 1 --out", &arrays, 2).contains("leave out --layer"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_file_that_cannot_be_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for (name, code) in [("run.npy", 2), ("run", 2), (".npz", 2), ("missing/run.npz", 1)] {
        let path = folder.path().join(name);
        let line = fails("--images 10 --out", &path, code);
        assert!(line.trim_end().ends_with(path.to_str().unwrap()), "{line}");
    }
    let taken = folder.path().join("folder.npz");
    std::fs::create_dir(&taken).unwrap();
    fails("--images 10 --out", &taken, 1);
    Command::new(env!("CARGO_BIN_EXE_initscope")).arg("export").assert().code(2);
}

/// z, h, logits and dz in f64 from x, W and b, compared with those of the file.
fn recomputed(path: &Path, linear: usize, layers: usize, phi: fn(f64) -> f64, slope: fn(f64) -> f64) {
    let matrix = |name: &str| {
        let array = read::<f32, ndarray::Ix2>(path, name);
        assert!(array.is_standard_layout(), "{name}");
        array.mapv(f64::from)
    };
    let vector = |name: &str| -> Array1<f64> { read::<f32, ndarray::Ix1>(path, name).mapv(f64::from) };
    let labels = read::<u8, ndarray::Ix1>(path, "labels");
    let mut inputs = matrix("x");
    let images = inputs.nrows() as f64;
    let numbers = 1 - linear..=layers;
    let mut pre_activations = Vec::new();
    for number in numbers.clone() {
        let z = inputs.dot(&matrix(&format!("W{number}"))) + vector(&format!("b{number}"));
        close(&matrix(&format!("z{number}")), &z, &format!("z{number}"));
        inputs = if number == 0 { z.clone() } else { z.mapv(phi) };
        if number > 0 {
            close(&matrix(&format!("h{number}")), &inputs, &format!("h{number}"));
        }
        pre_activations.push(z);
    }
    let logits = inputs.dot(&matrix(&format!("W{}", layers + 1))) + vector(&format!("b{}", layers + 1));
    close(&matrix("logits"), &logits, "logits");
    let mut dz = logits.mapv(f64::exp);
    let sums = dz.sum_axis(Axis(1)).insert_axis(Axis(1));
    dz /= &sums;
    for (image, &label) in labels.iter().enumerate() {
        dz[[image, usize::from(label)]] -= 1.0;
    }
    dz /= images;
    close(&matrix(&format!("dz{}", layers + 1)), &dz, "the logits' gradient");
    for (number, z) in numbers.rev().zip(pre_activations.iter().rev()) {
        dz = dz.dot(&matrix(&format!("W{}", number + 1)).t());
        if number > 0 {
            dz *= &z.mapv(slope);
        }
        close(&matrix(&format!("dz{number}")), &dz, &format!("dz{number}"));
    }
}

/// Within 2e-6 of the largest value.
fn close(found: &Array2<f64>, expected: &Array2<f64>, name: &str) {
    assert_eq!(found.dim(), expected.dim(), "{name}");
    let largest = expected.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
    let off = (found - expected).iter().fold(0.0, |worst: f64, off| worst.max(off.abs()));
    assert!(largest > 0.0 && off <= 2e-6 * largest, "{name}: off by {off}, largest {largest}");
}

fn read<T: ReadableElement, D: Dimension>(path: &Path, name: &str) -> Array<T, D> {
    NpzReader::new(File::open(path).unwrap()).unwrap().by_name(name).unwrap()
}

/// What stands in the archive before an array's values.
fn npy_header(path: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut archive.by_name(&format!("{name}.npy")).unwrap(), &mut bytes).unwrap();
    String::from_utf8_lossy(&bytes[..128]).into_owned()
}

fn exported(flags: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("run.npz");
    initscope(&format!("{flags} --out"), &out).assert().success().stderr("");
    (folder, out)
}

fn fails(flags: &str, out: &Path, code: i32) -> String {
    let output = initscope(flags, out).assert().code(code).stdout("").get_output().stderr.clone();
    let line = String::from_utf8(output).unwrap();
    assert_eq!(line.lines().count(), 1, "{line}");
    line
}

fn initscope(flags: &str, out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_initscope"));
    command.arg("export").args(flags.split(' ')).arg(out);
    command
}

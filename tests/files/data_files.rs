//! Data of the user's own come out as NumPy reads them, in every kind of file, and what is wrong with them is said in a sentence.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use initscope::data_file::{DataFileError, ReadWatch, read};
use initscope::dataset::Source;
use initscope::engine::{Measurer, Quantities};
use initscope::experiment::{Data, Experiment, InputScale, Inputs, NetworkFramework, Split};
use initscope::image_set::{ImageSet, SetPart, SetValues};
use serde::Deserialize;

/// What NumPy finds in a file.
#[derive(Deserialize)]
struct Expected {
    shape: Vec<usize>,
    count: usize,
    train: Option<usize>,
    labels: Option<Vec<u8>>,
    classes: Vec<String>,
    first: Vec<f32>,
    last: Vec<f32>,
    mean: f64,
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/data").join(name)
}

fn open(path: &Path) -> Result<ImageSet, DataFileError> {
    read(path, &ReadWatch::new(&|_| true))
}

fn set(name: &str) -> Arc<ImageSet> {
    Arc::new(open(&fixture(name)).unwrap_or_else(|error| panic!("{error}")))
}

/// Values as they are in the file, training images before test images.
fn values(set: &ImageSet) -> Vec<f32> {
    match set.values() {
        SetValues::Bytes(bytes) => bytes.iter().map(|&byte| f32::from(byte)).collect(),
        SetValues::Floats(floats) => floats.to_vec(),
    }
}

fn shown(set: &Arc<ImageSet>, scale: InputScale) -> Experiment {
    let article = Experiment::article();
    let inputs = Inputs { split: Split::Whole, scale, ..article.inputs.clone() };
    Experiment { inputs: inputs.of_set(Arc::clone(set)).unwrap(), widths: vec![20; 2], ..article }
}

#[test]
fn shapes_labels_and_values_are_those_that_numpy_finds() {
    let text = fs::read_to_string(fixture("expected.json")).unwrap();
    let expected: std::collections::BTreeMap<String, Expected> = serde_json::from_str(&text).unwrap();
    assert!(expected.len() >= 17);
    for (name, expected) in expected {
        let set = set(&name);
        assert_eq!(set.shape(), expected.shape, "{name}");
        let train = set.is_divided().then(|| set.len(SetPart::Train));
        assert_eq!(train, expected.train, "{name}");
        let of_test = if set.is_divided() { set.len(SetPart::Test) } else { 0 };
        let count = if set.is_divided() { set.len(SetPart::Train) + of_test } else { set.len(SetPart::Whole) };
        assert_eq!(count, expected.count, "{name}");
        let labels = match (set.has_labels(), set.is_divided()) {
            (false, _) => None,
            (true, true) => Some([set.labels(SetPart::Train), set.labels(SetPart::Test)].concat()),
            (true, false) => Some(set.labels(SetPart::Whole).to_vec()),
        };
        assert_eq!(labels, expected.labels, "{name}");
        assert_eq!(set.classes(), expected.classes, "{name}");
        let values = values(&set);
        // Pillow and this program's decoder round JPEG's values each in its way.
        let off = if name == "colors" { 2.0 } else { 0.0 };
        let same =
            |ours: &[f32], theirs: &[f32]| ours.iter().zip(theirs).all(|(one, other)| (one - other).abs() <= off);
        assert!(same(&values, &expected.first), "{name}");
        let last = &values[values.len() - set.dim()..];
        assert!(same(last, &expected.last), "{name}");
        let mean = values.iter().map(|&value| f64::from(value)).sum::<f64>() / values.len() as f64;
        assert!((mean - expected.mean).abs() <= 1e-6 * expected.mean.abs() + f64::from(off), "{name}: {mean}");
    }
}

#[test]
fn the_same_arrays_are_measured_alike_from_every_kind_of_file() {
    let mut measurer = Measurer::with_threads(1).unwrap();
    let mut of = |name: &str| {
        let experiment = shown(&set(name), InputScale::Unit);
        let measurement = measurer.measure_all(&experiment, Quantities::ALL).unwrap();
        let layers: Vec<_> = measurement.layers.iter().map(|layer| (layer.output.mean, layer.output.std)).collect();
        (measurement.images, measurement.loss, layers)
    };
    let idx = of("digits-images-idx3-ubyte.gz");
    assert_eq!(idx.0, 200);
    for name in ["digits.npz", "digits_floats.npz", "digits.csv"] {
        assert_eq!(of(name), idx, "{name}");
    }
}

#[test]
fn classes_are_as_many_as_the_output_layer_has_units_and_have_their_names() {
    let experiment = shown(&set("iris.csv"), InputScale::Standardized);
    assert_eq!(experiment.kernel_shapes(), [(4, 20), (20, 20), (20, 3)]);
    assert_eq!(experiment.inputs.class_name(2), "virginica");
    let source = Source::load(&experiment).unwrap();
    let images = source.images(0..150);
    let mean = images.iter().map(|&value| f64::from(value)).sum::<f64>() / images.len() as f64;
    // Of the training images, which are four of five.
    assert!(mean.abs() < 0.01, "{mean}");
}

#[test]
fn values_are_scaled_as_it_is_said() {
    let set = set("iris.npz");
    let of = |scale| Source::load(&shown(&set, scale)).unwrap().images(0..150);
    let raw = of(InputScale::Bytes);
    assert_eq!(raw.row(0).to_vec(), [5.1, 3.5, 1.4, 0.2]);
    // The least and the greatest of the first column of the training images are 4.3 and 7.9 (NumPy).
    assert_eq!(set.column_scales().unwrap().units[0].0, 4.3);
    let unit = of(InputScale::Unit);
    assert!((unit[(0, 0)] - (5.1 - 4.3) / 3.6).abs() < 1e-6);
    let Data::Set(_) = shown(&set, InputScale::Bytes).inputs.data else { panic!("a set") };
}

#[test]
fn images_without_labels_have_outputs_and_no_loss() {
    let mut measurer = Measurer::with_threads(1).unwrap();
    let experiment = shown(&set("iris.npy"), InputScale::Unit);
    let measurement = measurer.measure_all(&experiment, Quantities::ALL).unwrap();
    let why = measurement.subject.no_loss().unwrap().to_string();
    assert_eq!(why, "There is no loss and no gradient: these images have no labels.");
    assert!(measurement.layers[0].gradient.is_none() && measurement.layers[1].output.std > 0.0);
}

/// Sets of one piece are divided in the same way always, and what is read is said.
#[test]
fn what_was_found_is_said() {
    let notes = |name: &str| set(name).notes().join(" ");
    assert!(notes("emnist").contains("it was set upright") && notes("emnist").contains("numbered from 1"));
    assert!(
        notes("iris.csv")
            .starts_with("Labels are in the last column, species; the column that numbers the rows was left out.")
    );
    assert!(notes("iris_comma.csv").contains("a comma stands before decimals"));
    assert!(notes("colors").contains("1 file that is no picture was left out."), "{}", notes("colors"));
    let set = set("digits.npz");
    assert_eq!((set.len(SetPart::Train), set.len(SetPart::Test)), (160, 40));
}

/// As scikit-learn's `load_*` return them, in UCS-4 as `numpy.savez` writes texts, or in bytes.
#[test]
fn an_array_of_texts_names_the_classes() {
    let text = |letters: [&str; 3], is_wide: bool| {
        let field = |name: &str| -> Vec<u8> {
            let bytes = name.bytes().chain([0; 3]).take(3);
            if is_wide { bytes.flat_map(|byte| [byte, 0, 0, 0]).collect() } else { bytes.collect() }
        };
        npy(
            if is_wide { "<U3" } else { "|S3" },
            "(3,)",
            &letters.iter().flat_map(|name| field(name)).collect::<Vec<_>>(),
        )
    };
    let numbers = |shape: &str, count: u8| npy("|u1", shape, &(0..count).map(|at| at % 3).collect::<Vec<_>>());
    for (name, is_wide) in [("target_names", true), ("class_names", false), ("classes", true)] {
        let arrays = [
            ("data", numbers("(6, 2)", 12)),
            ("target", numbers("(6,)", 6)),
            (name, text(["cat", "ox", "ant"], is_wide)),
        ];
        let (_folder, path) = written("set.npz", archive(&arrays));
        assert_eq!(open(&path).unwrap().classes(), ["cat", "ox", "ant"], "{name}");
    }
    let two = npy("|S1", "(2,)", b"ab");
    let (_folder, path) =
        written("set.npz", archive(&[("x", numbers("(6, 2)", 12)), ("y", numbers("(6,)", 6)), ("classes", two)]));
    let set = open(&path).unwrap();
    assert_eq!(set.classes(), ["0", "1", "2"]);
    assert!(set.notes().join(" ").contains("classes has 2 names for 3 classes"));
}

/// An array as NumPy writes it.
fn npy(kind: &str, shape: &str, bytes: &[u8]) -> Vec<u8> {
    let header = format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}");
    let header = format!("{header:<117}\n");
    [b"\x93NUMPY\x01\x00", &(header.len() as u16).to_le_bytes()[..], header.as_bytes(), bytes].concat()
}

/// Arrays in an .npz.
fn archive(arrays: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in arrays {
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file(format!("{name}.npy"), options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn programs_to_copy_load_the_data() {
    let experiment = shown(&set("iris_comma.csv"), InputScale::Unit);
    let code = experiment.network_code(NetworkFramework::PyTorch);
    assert!(
        code.contains(", sep=\";\", decimal=\",\")")
            && code.contains("labels = labels[:150]") | code.contains("x[:150]"),
        "{code}"
    );
    assert!(code.contains("the 3 classes setosa, versicolor, virginica"), "{code}");
}

#[test]
fn the_digest_tells_a_changed_file_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.csv");
    let digest = |text: &str| {
        fs::write(&path, text).unwrap();
        open(&path).unwrap().digest().to_owned()
    };
    let rows = "1.5,2,a\n3,4,b\n5,6,a\n7,8,b\n9,1,a\n";
    let first = digest(rows);
    assert_eq!(digest(&rows.replace("1.5", "1.50")), first);
    assert_ne!(digest(&rows.replace("1.5", "1.6")), first);
    assert_ne!(digest(&rows.replace("9,1,a", "9,1,b")), first);
}

// What is refused

#[track_caller]
fn refused(path: &Path, said: &str) {
    let sentence = open(path).map(|set| format!("{set:?}")).unwrap_err().to_string();
    assert!(sentence.contains(said), "{sentence}");
    assert!(sentence.ends_with(&*path.to_string_lossy()) || sentence.contains(&*path.to_string_lossy()), "{sentence}");
    assert!(!sentence.contains('\n') && !sentence.contains("panicked"), "{sentence}");
}

/// A file of a folder that is removed with it.
fn written(name: &str, bytes: impl AsRef<[u8]>) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

#[test]
fn tables_that_are_not_as_they_must_be_are_refused() {
    let classes: String = (0..400).map(|row| format!("{}.5,{}\n", row, row % 300)).collect();
    for (text, said) in [
        ("1.5,2,a\n3,b\n1.5,2,a\n1.5,2,b\n1.5,2,a\n", "row 2 has 2 columns, but the first row 3"),
        ("1.5,2,a\n3,4,b\n1,2.5,\n1,2.5,a\n1,2.5,b\n", "row 3 has no label"),
        ("1.5,2,a\n,4,b\n1,2.5,a\n", "row 2 has nothing in column 1"),
        ("1.5,2,a\nnan,4,b\n1,2.5,a\n", "row 2 has 'nan' in column 1, which is no finite number"),
        ("1.5,2,a\n1e39,4,b\n1,2.5,a\n", "row 2 has '1e39' in column 1, which is no finite number"),
        ("1.5,2,a\nx y,4,b\n1,2.5,a\n", "row 2 has 'x y' in column 1"),
        ("1.5,2,a\n3,4,a\n1,2.5,a\n1.5,2,a\n3,4,a\n", "all images have the same label"),
        ("1.5,2,a\n3,4,b\n", "there are too few images (2)"),
        (&classes, "the labels have more than 256 classes (300)"),
        ("some words\nand others\n", "this text is no table of numbers"),
        ("1,0.5,0\n0,0.1,1\n0,0.1,1\n0,0.2,1\n", "it is not clear whether column 'first' or 'last' has the labels"),
        ("", "this is an empty file, or damaged"),
    ] {
        let (_folder, path) = written("table.csv", text);
        refused(&path, said);
    }
}

#[test]
fn a_table_that_is_no_text_in_utf8_says_in_which_row() {
    let (_folder, path) = written("table.csv", b"1.5,2,a\n1.5,2,b\n1.5,2,\xff\n");
    refused(&path, "row 3 is no text in UTF-8");
}

/// A header that says more than there is, or can be.
#[test]
fn headers_that_lie_are_refused_and_nothing_is_set_aside_for_them() {
    let idx = |lengths: &[u32], body: usize| {
        let mut bytes = vec![0, 0, 8, lengths.len() as u8];
        lengths.iter().for_each(|length| bytes.extend(length.to_be_bytes()));
        bytes.resize(bytes.len() + body, 7);
        bytes
    };
    for (bytes, said) in [
        (idx(&[u32::MAX, u32::MAX, u32::MAX, u32::MAX], 100), "more than can be read"),
        (idx(&[60_000, 28, 28], 100), "must have 47,040,000 bytes after its header, but this one has 100"),
        (idx(&[2, 3, 3], 100), "must have 18 bytes after its header, but this one is longer"),
        (idx(&[100], 100), "must have at least two lengths"),
        (
            idx(&[10, 200, 200], 400_000),
            "an image has 200 × 200 values, but at least 1 and at most 10,000 can be shown",
        ),
        (idx(&[10, 0, 0], 0), "an image has 0 × 0 values"),
        (vec![0, 0, 8, 3, 0, 0], "ends in its header"),
    ] {
        let (_folder, path) = written("lying-images-idx3-ubyte", bytes);
        refused(&path, said);
    }
    let header = |shape: &str, descr: &str| {
        let text = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}");
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend((text.len() as u16).to_le_bytes());
        bytes.extend(text.bytes());
        bytes
    };
    for (bytes, said) in [
        (header("(9223372036854775808, 2)", "<f4"), "says that it has more numbers than can be read"),
        (header("(4294967296, 4294967296)", "<f8"), "says that it has more numbers than can be read"),
        (header("(1000000, 784)", "|u1"), "ends before all the numbers that its shape says"),
        (header("(10, 4)", "|O"), "is of a type that cannot be read"),
    ] {
        let (_folder, path) = written("lying.npy", bytes);
        refused(&path, said);
    }
}

/// 1 GiB of zeros in about 1 MB.
#[test]
fn what_unpacks_to_far_more_than_its_header_says_is_not_unpacked() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&[0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 2, 0, 0, 0, 2]).unwrap();
    let zeros = vec![0; 1 << 20];
    (0..64).for_each(|_| encoder.write_all(&zeros).unwrap());
    let (_folder, path) = written("bomb-images-idx3-ubyte.gz", encoder.finish().unwrap());
    refused(&path, "but this one is longer");
}

#[test]
fn archives_without_images_or_with_labels_that_do_not_fit_are_refused() {
    let npz = |arrays: &[(&str, ndarray::ArrayD<f32>)]| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let mut writer = ndarray_npy::NpzWriter::new(&mut bytes);
        for (name, array) in arrays {
            writer.add_array(*name, array).unwrap();
        }
        writer.finish().unwrap();
        bytes.into_inner()
    };
    let filled = |shape: &[usize], value: f32| ndarray::ArrayD::from_elem(shape, value);
    let mut missing = filled(&[6, 3], 0.5);
    missing[[4, 1]] = f32::NAN;
    let mut two = filled(&[6], 0.0);
    two[[0]] = 1.0;
    for (arrays, said) in [
        (vec![("weights", filled(&[3, 3], 1.0))], "there are no images: name the arrays x and labels"),
        (vec![("x", filled(&[6, 3], 1.0)), ("y", filled(&[5], 1.0))], "there are 5 labels for 6 images"),
        (vec![("x", filled(&[6, 3], 1.0)), ("y", filled(&[6, 2], 1.0))], "save their argmax(axis=1)"),
        (vec![("x", filled(&[6, 3], 1.0)), ("y", filled(&[6], 0.5))], "but these are decimals"),
        (vec![("x", filled(&[6, 3], 1.0)), ("y", filled(&[6], 3.0))], "all images have the same label"),
        (vec![("x", missing), ("y", two)], "value 2 of image 5 is no finite number"),
        (vec![("x", filled(&[6], 1.0))], "images must be arrays of at least two lengths"),
        (
            vec![("x_train", filled(&[6, 3], 1.0)), ("y_train", filled(&[6], 1.0)), ("x_test", filled(&[6, 3], 1.0))],
            "the labels of x_test are missing",
        ),
    ] {
        let (_folder, path) = written("set.npz", npz(&arrays));
        refused(&path, said);
    }
    let whole = fs::read(fixture("digits.npz")).unwrap();
    let (_folder, path) = written("cut.npz", &whole[..whole.len() / 2]);
    refused(&path, "damaged or cut short");
}

#[test]
fn folders_of_other_things_and_of_pictures_of_several_sizes_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    refused(folder.path(), "the folder has no images");
    fs::write(folder.path().join("essay.txt"), "words").unwrap();
    refused(folder.path(), "the folder has no images");
    // By their names alone: nobody opens them.
    let needed = "each class needs a folder of its own with PNG or JPEG pictures, but here are";
    let elsewhere = tempfile::tempdir().unwrap();
    for name in ["one/0.gif", "one/1.gif", "other/0.bmp"] {
        let path = elsewhere.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "").unwrap();
    }
    refused(elsewhere.path(), &format!("{needed} 1 BMP and 2 GIF pictures in the folders: save them as PNG"));
    fs::write(elsewhere.path().join("0.png"), "").unwrap();
    fs::write(elsewhere.path().join("1.jpg"), "").unwrap();
    refused(elsewhere.path(), &format!("{needed} 1 JPEG and 1 PNG pictures in the folder itself"));
    let class = folder.path().join("cat");
    fs::create_dir(&class).unwrap();
    fs::create_dir(folder.path().join("dog")).unwrap();
    let picture = fs::read(fixture("colors/train/cat/0.png")).unwrap();
    for k in 0..5 {
        fs::write(class.join(format!("{k}.png")), &picture).unwrap();
    }
    refused(folder.path(), "all images have the same label");
    let other = folder.path().join("dog/small.png");
    image::GrayImage::new(3, 4).save(&other).unwrap();
    let sentence = open(folder.path()).unwrap_err().to_string();
    assert_eq!(
        sentence,
        format!(
            "this picture has 3 × 4 pixels, but 0.png has 8 × 8: make all pictures of one size: {}",
            other.display()
        )
    );
    fs::write(&other, &picture[..40]).unwrap();
    let sentence = open(folder.path()).unwrap_err().to_string();
    assert!(sentence.contains("damaged") && sentence.ends_with("small.png"), "{sentence}");
    refused(&fixture("colors/train/cat/0.png"), "this is a single picture");
    refused(&fixture(""), "the folder holds IDX files of 2 sets");
    refused(Path::new("/no/such/data"), "the data do not exist");
}

#[test]
fn labels_without_images_and_images_of_which_only_some_have_labels_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let copy = |name: &str| fs::copy(fixture("root/KMNIST/raw").join(name), folder.path().join(name)).unwrap();
    copy("train-labels-idx1-ubyte");
    let sentence = open(folder.path()).unwrap_err().to_string();
    assert!(sentence.starts_with("these are labels, but their images are missing"), "{sentence}");
    copy("train-images-idx3-ubyte");
    assert_eq!(open(folder.path()).unwrap().len(SetPart::Whole), 12);
    copy("t10k-images-idx3-ubyte");
    let sentence = open(folder.path()).unwrap_err().to_string();
    assert!(sentence.starts_with("the labels of these 8 images are missing"), "{sentence}");
}

#[test]
fn whoever_watches_can_stop_it_and_hears_how_far_it_is() {
    let shares = std::cell::RefCell::new(Vec::new());
    let tell = |share: f64| {
        shares.borrow_mut().push(share);
        true
    };
    read(&fixture("digits.csv"), &ReadWatch::new(&tell)).unwrap();
    assert!(shares.borrow().is_sorted() && shares.borrow().last() == Some(&1.0));
    let stopped = read(&fixture("digits.csv"), &ReadWatch::new(&|_| false));
    assert!(matches!(stopped, Err(DataFileError::Stopped)));
}

/// A caught panic would say that the data are damaged as a whole; readers say what is.
#[test]
fn no_damage_makes_a_reader_panic() {
    let folder = tempfile::tempdir().unwrap();
    let mut state = 21_u64;
    let mut random = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % below
    };
    for name in ["digits-images-idx3-ubyte.gz", "iris_comma.csv", "iris.npz", "signs.npz", "iris.npy"] {
        let whole = fs::read(fixture(name)).unwrap();
        let path = folder.path().join(name);
        for _ in 0..40 {
            let mut bytes = whole.clone();
            for _ in 0..1 + random(4) {
                let is_in_header = random(2) == 0;
                let at = random(if is_in_header { bytes.len().min(200) } else { bytes.len() });
                bytes[at] = random(256) as u8;
            }
            if random(3) == 0 {
                let length = random(bytes.len());
                bytes.truncate(length);
            }
            fs::write(&path, &bytes).unwrap();
            if let Err(error) = open(&path) {
                let sentence = error.to_string();
                assert!(!sentence.starts_with("the data are damaged and cannot be read"), "{name}: {sentence}");
            }
        }
    }
}

/// The package dataset-fashion-mnist; where it is not installed there is nothing to see.
#[test]
fn fashion_mnist_of_debian_has_its_names() {
    let path = Path::new("/usr/share/datasets/fashion-mnist");
    if !path.exists() {
        return;
    }
    let set = open(path).unwrap();
    assert_eq!((set.len(SetPart::Train), set.len(SetPart::Test)), (60_000, 10_000));
    assert_eq!(set.classes()[9], "Ankle boot");
    // np.frombuffer of the file: labels[:10], and the first image's row 12.
    assert_eq!(set.labels(SetPart::Test)[..10], [9, 2, 1, 1, 6, 1, 4, 6, 5, 7]);
    assert!((set.standard().mean - 0.286_040_59).abs() < 1e-7);
}

//! Programs to copy that read data of the user's own: what they do is what was read here. All of these were run in Python beside
//! `initscope export`, and gave the same numbers.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use initscope::data_file::{ReadWatch, read};
use initscope::experiment::{Experiment, InputScale, Inputs, NetworkFramework, Split};
use initscope::image_set::ImageSet;
use initscope::training::Training;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/data").join(name)
}

fn set(path: &Path) -> ImageSet {
    read(path, &ReadWatch::new(&|_| true)).unwrap_or_else(|error| panic!("{error}"))
}

fn shown(path: &Path, scale: InputScale) -> Experiment {
    let article = Experiment::article();
    let inputs = Inputs { split: Split::Whole, scale, ..article.inputs.clone() };
    Experiment { inputs: inputs.of_set(Arc::new(set(path))).unwrap(), widths: vec![5], ..article }
}

fn program(path: &Path, scale: InputScale) -> String {
    shown(path, scale).network_code(NetworkFramework::PyTorch)
}

/// The bytes 0, 1, 2 ... as images of this form, and their labels 1, 2, 1, 2 ...
fn idx(folder: &Path, set: &str, [count, rows, columns]: [u8; 3]) {
    let values = (0..u32::from(count) * u32::from(rows) * u32::from(columns)).map(|at| (at % 251) as u8);
    let images: Vec<u8> =
        [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, rows, 0, 0, 0, columns].into_iter().chain(values).collect();
    let labels: Vec<u8> = [0, 0, 8, 1, 0, 0, 0, count].into_iter().chain((0..count).map(|at| 1 + at % 2)).collect();
    fs::write(folder.join(format!("{set}-images-idx3-ubyte")), images).unwrap();
    fs::write(folder.join(format!("{set}-labels-idx1-ubyte")), labels).unwrap();
}

/// EMNIST's images are as high as wide. What has only its name is read as it lies.
#[test]
fn only_square_images_of_emnist_are_set_upright() {
    for (form, is_turned) in [([6, 3, 3], true), ([6, 4, 3], false)] {
        let folder = tempfile::tempdir().unwrap();
        idx(folder.path(), "emnist-letters-train", form);
        let read = set(folder.path());
        assert_eq!(read.notes().iter().any(|note| note.contains("upright")), is_turned, "{form:?}");
        let initscope::image_set::SetValues::Bytes(bytes) = read.values() else { panic!("bytes") };
        assert_eq!(bytes[1], if is_turned { 3 } else { 1 });
        let program = program(folder.path(), InputScale::Unit);
        assert_eq!(program.contains(".transpose(0, 2, 1)"), is_turned, "{program}");
    }
}

/// Pillow's `convert("L")` makes 255 of all that is more; 32,896 is 128 of 255.
#[test]
fn pictures_of_sixteen_bits_are_scaled_and_not_cut() {
    for (is_long, plain) in [(false, true), (true, false)] {
        let folder = tempfile::tempdir().unwrap();
        for class in ["a", "b"] {
            fs::create_dir(folder.path().join(class)).unwrap();
            for at in 0..3 {
                let path = folder.path().join(class).join(format!("{at}.png"));
                if is_long {
                    image::ImageBuffer::from_pixel(2, 2, image::Luma([32_896_u16])).save(path).unwrap();
                } else {
                    image::GrayImage::from_pixel(2, 2, image::Luma([128])).save(path).unwrap();
                }
            }
        }
        let initscope::image_set::SetValues::Bytes(bytes) = set(folder.path()).values().clone() else { panic!() };
        assert!(bytes.iter().all(|&byte| byte == 128));
        let program = program(folder.path(), InputScale::Unit);
        assert_eq!(program.contains("np.asarray(Image.open(file).convert(\"L\"))"), plain, "{program}");
        assert_eq!(program.contains("(np.asarray(picture, \"uint32\") + 128) // 257"), is_long, "{program}");
    }
}

/// 0 to 16 in bytes: `np.std` of the training images is 0.0236 only to three digits.
#[test]
fn numbers_that_scale_have_all_their_digits() {
    let program = program(&fixture("digits-images-idx3-ubyte.gz"), InputScale::Standardized);
    let line = program.lines().find(|line| line.starts_with("x = (x / 255 - ")).unwrap();
    let digits = |text: &str| text.trim_start_matches(['0', '.']).len();
    let numbers: Vec<&str> = line.split([' ', ')']).filter(|word| word.starts_with("0.")).collect();
    assert!(numbers.len() == 2 && numbers.iter().all(|number| digits(number) >= 6), "{line}");
}

/// Imports first, then each function and each number once, the training images before the test images.
#[test]
fn a_program_that_trains_reads_everything_once() {
    for framework in [NetworkFramework::Keras, NetworkFramework::PyTorch] {
        for (name, once) in [
            ("emnist", vec!["import gzip", "import numpy as np", "def idx(path)", "train-images", "test-images"]),
            ("colors", vec!["from pathlib import Path", "from PIL import Image", "def pictures(root)"]),
            ("digits_parts.npz", vec!["arrays = np.load(", "import numpy as np"]),
            ("iris.csv", vec!["import pandas as pd", "pd.read_csv(", "rows.mean(axis=0)"]),
        ] {
            let experiment = shown(&fixture(name), InputScale::Standardized);
            let program = Training::of(framework).code(&experiment, framework);
            for part in &once {
                assert_eq!(program.matches(part).count(), 1, "{part} in {program}");
            }
            let at = |part: &str| program.find(part).unwrap_or_else(|| panic!("{part} in {program}"));
            let last_import = program.rfind("\nimport ").unwrap();
            assert!(last_import < program.find("\ndef ").unwrap(), "{program}");
            assert!(at("\nimages") < at("test_images"), "{program}");
        }
    }
}

/// Of files in two parts each is read by itself: labels of one might lack a class.
#[test]
fn labels_of_parts_are_numbered_alike() {
    let folder = tempfile::tempdir().unwrap();
    idx(folder.path(), "train", [6, 2, 2]);
    idx(folder.path(), "test", [6, 2, 2]);
    assert!(program(folder.path(), InputScale::Unit).contains(".astype(\"int64\") - 1\n"));
    let words = program(&fixture("signs.npz"), InputScale::Unit);
    assert!(words.contains("np.unique("), "{words}");
}

/// PyTorch's order: colours, rows, columns. The inputs stay as they lie; rows and columns are exchanged within each colour, as NumPy's
/// `x.swapaxes(2, 3)` does.
#[test]
fn colours_may_come_first() {
    let (colors, rows, columns) = (3, 4, 5);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("first.npz");
    let array = ndarray::Array4::from_shape_fn((6, colors, rows, columns), |(image, color, row, column)| {
        (image * 40 + color * 16 + row * 4) as f32 + column as f32 / 8.0
    });
    let mut writer = ndarray_npy::NpzWriter::new(fs::File::create(&path).unwrap());
    writer.add_array("x", &array).unwrap();
    writer.add_array("y", &ndarray::arr1(&[0_i32, 1, 0, 1, 0, 1])).unwrap();
    writer.finish().unwrap();
    let plain = shown(&path, InputScale::Bytes);
    let of = |experiment: &Experiment| initscope::dataset::Source::load(experiment).unwrap().images(0..6);
    assert_eq!(of(&plain).as_slice(), array.as_slice());
    let turned = Experiment { inputs: Inputs { transposed: true, ..plain.inputs.clone() }, ..plain };
    let expected = array.permuted_axes([0, 1, 3, 2]);
    assert_eq!(of(&turned).into_raw_vec_and_offset().0, expected.iter().copied().collect::<Vec<_>>());
    let program = turned.network_code(NetworkFramework::PyTorch);
    assert!(program.contains("x = x.reshape(-1, 3, 4, 5).swapaxes(2, 3).reshape(-1, 60)"), "{program}");
    assert!(set(&path).notes().iter().any(|note| note.contains("3 colours of 4 × 5, as PyTorch has it")));
}

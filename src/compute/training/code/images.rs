use super::super::Training;
use crate::experiment::{CLASSES, Data, Experiment, InputScale, PIXELS, SIDE, Split};
use crate::image_set::ImageSet;

/// Lines of NumPy that make `images`, `labels`, `test_images` and `test_labels` of the arrays of these names that a framework loaded,
/// or that `idx` reads, or of draws. The images that train are the first.
pub(super) fn lines(training: &Training, experiment: &Experiment, mnist: &[&str]) -> Vec<String> {
    let count = training.images.min(Training::available(experiment));
    let mut lines = Vec::new();
    match &experiment.inputs.data {
        Data::Mnist => lines.extend(mnist.iter().map(|line| (*line).to_owned())),
        Data::Folder(folder) => {
            lines.extend(
                [
                    "def idx(name, start):  # the bytes of a file, plain or compressed, after its head",
                    "    path = pathlib.Path(folder, name)",
                    "    data = path.read_bytes() if path.exists() else gzip.open(f\"{path}.gz\").read()",
                    "    return np.frombuffer(data, np.uint8, offset=start)",
                    "",
                    "",
                ]
                .map(str::to_owned),
            );
            lines.push(format!("folder = {}", quoted(&folder.to_string_lossy())));
            lines.push(format!("images = idx(\"train-images-idx3-ubyte\", 16).reshape(-1, {PIXELS})"));
            lines.push("labels = idx(\"train-labels-idx1-ubyte\", 8)".to_owned());
            lines.push(format!("test_images = idx(\"t10k-images-idx3-ubyte\", 16).reshape(-1, {PIXELS})"));
            lines.push("test_labels = idx(\"t10k-labels-idx1-ubyte\", 8)".to_owned());
        }
        Data::Set(set) => {
            lines.extend(of_set(set, experiment));
            if count < Training::available(experiment) {
                lines.push(format!("images, labels = images[:{count}], labels[:{count}]"));
            }
            return lines;
        }
        Data::Gaussian { dim } => {
            let (all, most) = (Split::Train.images(), Training::available(experiment));
            lines.push(format!("draws = np.random.default_rng({})", experiment.seed));
            lines.push(format!("images = draws.standard_normal(({all}, {dim}), np.float32)"));
            lines.push(format!("labels = draws.integers({CLASSES}, size={all})"));
            lines.push(format!("test_images, test_labels = images[{most}:], labels[{most}:]"));
            lines.push(format!("images, labels = images[:{count}], labels[:{count}]"));
            return lines;
        }
    }
    let of_both = |of_one: &str| format!("images, test_images = ({of_one} for x in (images, test_images))");
    let scaled = match experiment.inputs.scale {
        InputScale::Unit | InputScale::Standardized => " / 255",
        InputScale::Centered => " / 255 - 0.5",
        InputScale::Bytes => "",
    };
    lines.push(of_both(&format!("x.reshape(-1, {PIXELS}).astype(\"float32\"){scaled}")));
    if experiment.inputs.scale == InputScale::Standardized {
        lines.push("mean, std = images.mean(dtype=\"float64\"), images.std(dtype=\"float64\")".to_owned());
        lines.push(of_both("((x - mean) / std).astype(\"float32\")"));
    }
    if experiment.inputs.transposed {
        lines.push(of_both(&format!("x.reshape(-1, {SIDE}, {SIDE}).swapaxes(1, 2).reshape(-1, {PIXELS})")));
    }
    if count < Split::Train.images() {
        lines.push(format!("images, labels = images[:{count}], labels[:{count}]"));
    }
    lines
}

/// The same of files that were read.
fn of_set(set: &ImageSet, experiment: &Experiment) -> Vec<String> {
    let reading = set.reading();
    let mut lines = reading.shared.clone();
    if let [train, test] = &reading.parts[..] {
        let scaling = experiment.scaling(set);
        if !lines.ends_with(&[String::new()]) {
            lines.extend([String::new(), String::new()]);
        }
        lines.push("def as_shown(x):  # what the network is shown".to_owned());
        lines.extend(scaling.into_iter().map(|line| format!("    {line}")));
        lines.extend(["    return x".to_owned(), String::new(), String::new()]);
        lines.extend(train.lines("images", "labels"));
        lines.extend(test.lines("test_images", "test_labels"));
        lines.push("images, test_images = as_shown(images), as_shown(test_images)".to_owned());
    } else {
        lines.extend(reading.parts.iter().flat_map(|part| part.lines("x", "labels")));
        lines.extend(experiment.scaling(set));
        lines.push("test = np.arange(len(x)) % 5 == 4".to_owned());
        lines.push("images, test_images = x[~test], x[test]".to_owned());
        lines.push("labels, test_labels = labels[~test], labels[test]".to_owned());
    }
    lines
}

/// What the lines import: of Python's own modules, and of others.
pub(super) fn imports(experiment: &Experiment) -> (Vec<&'static str>, Vec<&'static str>) {
    let mut others = vec!["import numpy as np"];
    let own = match &experiment.inputs.data {
        Data::Folder(_) => vec!["import gzip", "import pathlib"],
        Data::Set(set) => {
            others.extend(&set.reading().imports);
            set.reading().own_imports.clone()
        }
        Data::Mnist | Data::Gaussian { .. } => Vec::new(),
    };
    (own, others)
}

/// A text as Python writes it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

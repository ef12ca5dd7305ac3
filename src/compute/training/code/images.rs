use super::super::Training;
use crate::experiment::{CLASSES, Data, Experiment, InputScale, PIXELS, Split};
use crate::image_set::{ImageSet, SetPart, SetValues};

/// Lines of NumPy that make `images`, `labels`, `test_images` and `test_labels` of the arrays of these names that a framework loaded,
/// or that `idx` reads, or of draws. The images that train are the first.
pub(super) fn lines(training: &Training, experiment: &Experiment, mnist: &[&str]) -> Vec<String> {
    let count = training.images_of(experiment);
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
            lines.extend(of_set(set, experiment.inputs.scale));
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
    lines.push(format!(
        "images, test_images = (x.reshape(-1, {PIXELS}).astype(\"float32\") / 255 for x in (images, test_images))"
    ));
    if experiment.inputs.scale == InputScale::Standardized {
        lines.push("mean, std = images.mean(dtype=\"float64\"), images.std(dtype=\"float64\")".to_owned());
        lines.push(
            "images, test_images = (((x - mean) / std).astype(\"float32\") for x in (images, test_images))".to_owned(),
        );
    }
    if count < Split::Train.images() {
        lines.push(format!("images, labels = images[:{count}], labels[:{count}]"));
    }
    lines
}

/// The same of files that were read.
fn of_set(set: &ImageSet, scale: InputScale) -> Vec<String> {
    let mut lines = set.python(SetPart::Train).to_vec();
    if set.is_divided() {
        lines.push("images, train_labels = x, labels".to_owned());
        lines.extend_from_slice(set.python(SetPart::Test));
        lines.push("labels, test_images, test_labels = train_labels, x, labels".to_owned());
    } else {
        lines.push("part = np.arange(len(x)) % 5 == 4  # every fifth judges".to_owned());
        lines.push("images, test_images = x[~part], x[part]".to_owned());
        lines.push("labels, test_labels = labels[~part], labels[part]".to_owned());
    }
    let (dim, standard, (least, range)) = (set.dim(), set.standard(), set.unit());
    let unit = match set.values() {
        SetValues::Bytes(_) => "x / 255".to_owned(),
        SetValues::Floats(_) => format!("(x - {least:?}) / {range:?}"),
    };
    let value = match (scale, set.values()) {
        (InputScale::Unit, _) => unit,
        (InputScale::Centered, _) => format!("{unit} - 0.5"),
        (InputScale::Standardized, SetValues::Bytes(_)) => format!("(x / 255 - {}) / {}", standard.mean, standard.std),
        (InputScale::Standardized, SetValues::Floats(_)) => format!("(x - {}) / {}", standard.mean, standard.std),
        (InputScale::Bytes, _) => "x".to_owned(),
    };
    lines.push(format!(
        "arrays = [np.asarray(x).reshape(-1, {dim}).astype(\"float32\") for x in (images, test_images)]"
    ));
    lines.push(format!("images, test_images = ({value} for x in arrays)"));
    lines
}

/// What the lines import.
pub(super) fn imports(experiment: &Experiment) -> &'static [&'static str] {
    match experiment.inputs.data {
        Data::Folder(_) => &["import gzip", "import pathlib", "", "import numpy as np"],
        Data::Mnist | Data::Set(_) | Data::Gaussian { .. } => &["import numpy as np"],
    }
}

/// A text as Python writes it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

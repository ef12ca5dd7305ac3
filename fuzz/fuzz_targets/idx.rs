//! A folder of images. The first byte says which of MNIST's four files is replaced by the others.
#![no_main]

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use initscope::dataset::Source;
use initscope::experiment::{Data, Experiment, Inputs, Split};
use libfuzzer_sys::fuzz_target;

const FILES: [&str; 4] = [
    "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
    "train-images-idx3-ubyte.gz",
    "train-labels-idx1-ubyte.gz",
];

/// A folder of this process.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = std::env::temp_dir().join(format!("initscope-fuzz-idx-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        folder
    })
}

fuzz_target!(|bytes: &[u8]| {
    let Some((which, bytes)) = bytes.split_first() else { return };
    let which = usize::from(*which) % FILES.len();
    let original = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    for (index, name) in FILES.into_iter().enumerate() {
        let path = folder().join(name);
        if index == which {
            std::fs::write(&path, bytes).expect("a temporary file");
        } else if std::fs::metadata(&path).map(|file| file.len()).ok()
            != std::fs::metadata(original.join(name)).map(|file| file.len()).ok()
        {
            std::fs::copy(original.join(name), &path).expect("a temporary file");
        }
    }
    let split = if which < 2 { Split::Test } else { Split::Train };
    let inputs = Inputs { data: Data::Folder(folder().to_owned()), split, ..Experiment::article().inputs };
    let _ = Source::load(&Experiment { inputs, ..Experiment::article() });
    let _ = std::fs::remove_file(folder().join(FILES[which]));
});

//! A file of images. The first byte says what it is called, by which only IDX is told from other kinds.
#![no_main]

use std::path::PathBuf;
use std::sync::OnceLock;

use initscope::data_file::{ReadWatch, read};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 4] = ["emnist-letters-train-images-idx3-ubyte", "a-labels-idx1-ubyte.gz", "table.csv", "arrays.npz"];

fn folder() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = std::env::temp_dir().join(format!("initscope-fuzz-data-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        folder
    })
}

fuzz_target!(|bytes: &[u8]| {
    let Some((which, bytes)) = bytes.split_first() else { return };
    let path = folder().join(NAMES[usize::from(*which) % NAMES.len()]);
    std::fs::write(&path, bytes).expect("a temporary file");
    let _ = read(&path, &ReadWatch::new(&|_| true));
    let _ = std::fs::remove_file(&path);
});

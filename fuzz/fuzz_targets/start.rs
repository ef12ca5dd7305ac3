//! A file of arrays that a training is to start from.
#![no_main]

use initscope::arrays::TrainingStart;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let path = std::env::temp_dir().join(format!("initscope-fuzz-start-{}.npz", std::process::id()));
    std::fs::write(&path, bytes).expect("a temporary file");
    let _ = TrainingStart::read(&path);
    let _ = std::fs::remove_file(path);
});

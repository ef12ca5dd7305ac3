//! The session that a run left, which the next one reads.
#![no_main]

use initscope::app::SessionFile;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let path = std::env::temp_dir().join(format!("initscope-fuzz-session-{}.json", std::process::id()));
    std::fs::write(&path, bytes).expect("a temporary file");
    let _ = SessionFile::at(path.clone()).load();
    let _ = std::fs::remove_file(path);
});

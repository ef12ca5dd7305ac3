//! A file of a network, of any kind: its content says which.
#![no_main]

use initscope::network_file::NetworkFile;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let path = std::env::temp_dir().join(format!("initscope-fuzz-network-{}", std::process::id()));
    std::fs::write(&path, bytes).expect("a temporary file");
    let _ = NetworkFile::is_meant(&path);
    let _ = NetworkFile::read(&path);
    let _ = std::fs::remove_file(path);
});

use std::io::Read as _;
use std::path::Path;

use super::{NetworkFile, hdf5, onnx, safetensors, torch_legacy};
use crate::regular_file;

/// As much of a file tells what it is.
const BEGINNING: u64 = 1 << 16;
/// How files of networks are called.
const ENDINGS: [&str; 10] = ["pt", "pth", "ckpt", "npz", "npy", "onnx", "keras", "h5", "hdf5", "safetensors"];

impl NetworkFile {
    /// Whether a file is to be read as one of a network: it begins like one, or is called like one.
    pub fn is_meant(path: &Path) -> bool {
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        if ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) {
            return true;
        }
        let mut bytes = Vec::new();
        let read = regular_file::open(path).and_then(|file| file.take(BEGINNING).read_to_end(&mut bytes));
        read.is_ok() && is_one(&bytes)
    }
}

fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
        || hdf5::is_one(bytes)
        || torch_legacy::is_one(bytes)
        || torch_legacy::is_other_pickle(bytes)
        || safetensors::is_one(bytes)
        || onnx::is_one(bytes)
}

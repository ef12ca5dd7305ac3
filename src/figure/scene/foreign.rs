//! Files that people open in the hope that they can be: networks and data of other programs.

use std::path::Path;

/// What a file is by its name, if that says what this program does not read.
pub(super) fn by_name(path: &Path) -> Option<&'static str> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    Some(match ending.as_str() {
        "pt" | "pth" | "ckpt" => "a PyTorch file",
        "npz" | "npy" => "a NumPy file",
        "onnx" => "an ONNX file",
        "keras" | "h5" | "hdf5" => "a Keras file",
        "safetensors" => "a safetensors file",
        "pb" | "tflite" => "a TensorFlow file",
        "pkl" | "pickle" | "joblib" => "a Python pickle",
        "mat" => "a MATLAB file",
        _ => return None,
    })
}

/// What it is by how it begins.
pub(super) fn by_content(bytes: &[u8]) -> Option<&'static str> {
    let has = |word: &[u8]| bytes.windows(word.len()).take(1 << 16).any(|window| window == word);
    Some(match bytes {
        [0x93, b'N', b'U', b'M', b'P', b'Y', ..] => "a NumPy file",
        [0x89, b'H', b'D', b'F', ..] => "a Keras file",
        [0x80, 2..=5, ..] => "a Python pickle",
        [b'P', b'K', 3, 4, ..] if has(b".npy") => "a NumPy file",
        [b'P', b'K', 3, 4, ..] if has(b"data.pkl") => "a PyTorch file",
        [b'P', b'K', 3, 4, ..] => "a zip archive",
        _ => return None,
    })
}

/// Whether it begins as the image and label files of a data folder do, packed or not.
pub(super) fn is_data(bytes: &[u8]) -> bool {
    matches!(bytes, [0, 0, 8, 1 | 3, ..] | [0x1f, 0x8b, ..])
}

//! The reference of tests/fixtures/forward, and what agreeing with it means.

use std::path::{Path, PathBuf};

use ndarray::{Array2, ArrayView2};
use ndarray_npy::{ReadableElement, read_npy};

/// Within 2e-6 of the largest value.
pub fn close(found: &[f32], expected: &Array2<f64>) {
    assert_eq!(found.len(), expected.len());
    let largest = expected.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
    let off = found.iter().zip(expected).map(|(&found, expected)| (f64::from(found) - expected).abs());
    let worst = off.fold(0.0, f64::max);
    assert!(worst <= 2e-6 * largest, "off by {worst}, largest {largest}");
}

pub fn read<T: ReadableElement>(name: impl AsRef<Path>) -> Array2<T> {
    read_npy(fixture(name)).unwrap()
}

pub fn fixture(name: impl AsRef<Path>) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/forward").join(name)
}

/// Values [images, units] in that order, however they lie in memory.
pub fn row_after_row(values: &ArrayView2<'_, f32>) -> Vec<f32> {
    values.iter().copied().collect()
}

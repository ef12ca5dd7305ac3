/// Values that are counted in bins together. In an array of their own, or the compiler would not make vectors of them.
pub(super) const TOGETHER: usize = 64;
/// Sums side by side, each of every so manieth value.
pub(super) const LANES: usize = 16;

/// Values in an array of their own, filled up with NaN, which counts as nothing.
#[inline(always)]
pub(super) fn together(values: &[f32]) -> [f32; TOGETHER] {
    // A copy of unknown length would be waited for.
    if let Some(full) = values.first_chunk() {
        return *full;
    }
    let mut together = [f32::NAN; TOGETHER];
    together[..values.len()].copy_from_slice(values);
    together
}

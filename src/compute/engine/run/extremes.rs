use crate::stats::NonFinite;

/// The pre-activations of a kernel.
#[derive(Clone, Copy)]
pub struct Extremes {
    pub non_finite: NonFinite,
    /// The least absolute value that is not zero; infinity if there is none.
    pub least: f32,
    /// The greatest absolute value.
    pub greatest: f32,
}

impl Extremes {
    pub const NONE: Self =
        Self { non_finite: NonFinite { infinite: 0, nan: 0, of: 0 }, least: f32::INFINITY, greatest: 0.0 };

    /// Adds values; the least and the greatest only if `sizes` are asked for.
    pub fn add(&mut self, z: &[f32], sizes: bool) {
        self.non_finite.merge(NonFinite::of(z));
        if !sizes {
            return;
        }
        const LANES: usize = 16;
        let (mut least, mut greatest) = ([f32::INFINITY; LANES], [0.0_f32; LANES]);
        let (groups, rest) = z.as_chunks::<LANES>();
        for z in groups.iter().map(<[f32; LANES]>::as_slice).chain([rest]) {
            for ((z, least), greatest) in z.iter().zip(&mut least).zip(&mut greatest) {
                let size = z.abs();
                *least = if (size > 0.0) & (size < *least) { size } else { *least };
                *greatest = if size > *greatest { size } else { *greatest };
            }
        }
        self.least = least.into_iter().fold(self.least, f32::min);
        self.greatest = greatest.into_iter().fold(self.greatest, f32::max);
    }

    pub fn merge(&mut self, other: &Self) {
        self.non_finite.merge(other.non_finite);
        self.least = self.least.min(other.least);
        self.greatest = self.greatest.max(other.greatest);
    }

    /// Whether f32 holds all values times this, in full.
    pub fn bear(&self, scale: f64) -> bool {
        let (least, greatest) = (f64::from(self.least) * scale, f64::from(self.greatest) * scale);
        self.non_finite.total() == 0 && least >= f64::from(f32::MIN_POSITIVE) && greatest <= f64::from(f32::MAX)
    }
}

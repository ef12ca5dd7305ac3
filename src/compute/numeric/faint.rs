//! Numbers that are too faint to matter, and cost a hundred times as much as others.

use super::{Arithmetic, Level, Work};

/// The bits of an f32 but for its sign.
const MAGNITUDE: u32 = 0x7fff_ffff;
/// The magnitude of the least number that is not subnormal, 2^-126.
const LEAST_NORMAL: u32 = 0x0080_0000;
/// That of 2^-60.
const PLAIN: u32 = (127 - 60) << 23;

/// Sets to zero what is subnormal in columns [rows, width], row after row, that have something of 2^-60 or more. Every
/// multiplication with a subnormal number takes a CPU about a hundred cycles. The rounding of a sum with terms of 2^-60 is 2^-84 of
/// what they are multiplied by; what is left out is 2^-126 of it. Where all of a column is faint it stays as it is.
pub(crate) fn drop_faint(level: Level, columns: &mut [f32], width: usize) {
    level.run(Faint { columns, width });
}

struct Faint<'a> {
    columns: &'a mut [f32],
    /// Numbers in a row.
    width: usize,
}

impl Work for Faint<'_> {
    type Output = ();

    #[inline(always)]
    fn run<A: Arithmetic>(self) {
        let Self { columns, width } = self;
        let mut left = 0;
        while left + 64 <= width {
            strip::<64>(columns, width, left);
            left += 64;
        }
        while left + 8 <= width {
            strip::<8>(columns, width, left);
            left += 8;
        }
        while left < width {
            strip::<1>(columns, width, left);
            left += 1;
        }
    }
}

/// `N` columns.
#[inline(always)]
fn strip<const N: usize>(columns: &mut [f32], width: usize, left: usize) {
    let (mut greatest, mut faint) = ([0_u32; N], [0_u32; N]);
    for row in columns.chunks_exact(width) {
        let Some(row) = row[left..].first_chunk::<N>() else { unreachable!("a strip lies within the columns") };
        for lane in 0..N {
            let magnitude = row[lane].to_bits() & MAGNITUDE;
            greatest[lane] = greatest[lane].max(magnitude);
            faint[lane] |= u32::from(is_subnormal(magnitude));
        }
    }
    let drops: [bool; N] = std::array::from_fn(|lane| faint[lane] != 0 && greatest[lane] >= PLAIN);
    if !drops.contains(&true) {
        return;
    }
    for row in columns.chunks_exact_mut(width) {
        for (value, drops) in row[left..left + N].iter_mut().zip(drops) {
            let is_dropped = drops && is_subnormal(value.to_bits() & MAGNITUDE);
            *value = if is_dropped { 0.0 } else { *value };
        }
    }
}

#[inline(always)]
fn is_subnormal(magnitude: u32) -> bool {
    magnitude.wrapping_sub(1) < LEAST_NORMAL - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_subnormal_beside_plain_numbers_goes() {
        let least = f32::from_bits(1);
        let rows = [
            [1.0, f32::MIN_POSITIVE, least, 0.0, f32::NAN, 2.0_f32.powi(-60), 2.0_f32.powi(-61), -3.0],
            [-least, least, -1e-39, least, 1e-40, -1e-40, 1e-40, -f32::MIN_POSITIVE],
        ];
        // As many columns as fill strips of every width.
        for width in [8, 1, 3, 64, 64 + 8 + 5] {
            let of = |row: &[f32; 8]| row.iter().cycle().take(width).copied().collect::<Vec<_>>();
            let columns = [of(&rows[0]), of(&rows[1])].concat();
            let gone = [true, false, false, false, true, true, false, false];
            for level in Level::all() {
                let mut left = columns.clone();
                drop_faint(level, &mut left, width);
                for (place, (&before, &after)) in columns.iter().zip(&left).enumerate() {
                    let is_gone = place >= width && gone[(place - width) % 8];
                    let wanted = if is_gone { 0.0 } else { before };
                    assert_eq!(after.to_bits(), wanted.to_bits(), "{level:?}: {before} at {place} of {width}");
                }
            }
        }
    }
}

use crate::numeric::{Arithmetic, Level, Tile, Work};

/// The width of a matrix of columns is a multiple of this: eight numbers are a vector of AVX2, and half of one of AVX-512.
pub(super) const LANES: usize = 8;

/// factors [rows, depth] x columns [depth, width], into sums [rows, width], row after row.
///
/// Every sum is added up in the order of its row of factors, whatever the shape: where what is there is added to, the order goes
/// on from there.
#[derive(Clone, Copy)]
pub(super) struct TrainingProduct<'a> {
    /// The left matrix; its rows and columns may lie in memory in either order.
    pub factors: &'a [f32],
    /// Its rows.
    pub rows: usize,
    /// From one of its elements to the one below.
    pub down: usize,
    /// From an element to the next of its row.
    pub along: usize,
    /// The right matrix, row after row.
    pub columns: &'a [f32],
    /// Its columns, a multiple of [`LANES`].
    pub width: usize,
    /// Its rows.
    pub depth: usize,
    /// Whether the sums are added to what is there, or replace it.
    pub onto: bool,
}

impl TrainingProduct<'_> {
    /// Computes it as compiled for a level.
    pub fn compute(self, level: Level, sums: &mut [f32]) {
        assert!(self.width.is_multiple_of(LANES) && sums.len() >= self.rows * self.width);
        level.run(Sums(self, sums));
    }
}

/// A product and its place.
struct Sums<'a>(TrainingProduct<'a>, &'a mut [f32]);

impl Work for Sums<'_> {
    type Output = ();

    /// Strips of columns in tiles that fill the registers: the widest first, then what is left in tiles of more rows.
    #[inline(always)]
    fn run<A: Arithmetic>(self) {
        let Self(product, sums) = self;
        let mut left = 0;
        let mut more = |strip: usize| {
            let begins = left;
            let fits = left + strip <= product.width;
            left += if fits { strip } else { 0 };
            fits.then_some(begins)
        };
        match A::TILE {
            Tile::FiveBy64 => {
                while let Some(left) = more(64) {
                    strip::<A, 5, 2, 64>(product, sums, left);
                }
                if let Some(left) = more(32) {
                    strip::<A, 10, 3, 32>(product, sums, left);
                }
                if let Some(left) = more(16) {
                    strip::<A, 12, 4, 16>(product, sums, left);
                }
            }
            Tile::ThreeBy32 => {
                while let Some(left) = more(32) {
                    strip::<A, 3, 2, 32>(product, sums, left);
                }
                if let Some(left) = more(24) {
                    strip::<A, 4, 2, 24>(product, sums, left);
                }
                if let Some(left) = more(16) {
                    strip::<A, 6, 2, 16>(product, sums, left);
                }
            }
            Tile::ThreeBy16 => {
                while let Some(left) = more(16) {
                    strip::<A, 3, 2, 16>(product, sums, left);
                }
            }
        }
        if let Some(left) = more(8) {
            match A::TILE {
                Tile::ThreeBy16 => strip::<A, 6, 2, 8>(product, sums, left),
                Tile::FiveBy64 | Tile::ThreeBy32 => strip::<A, 12, 4, 8>(product, sums, left),
            }
        }
    }
}

/// Rows of columns that are copied together.
const BLOCK: usize = 128;
/// Columns that are copied, where there are so many rows of sums that it is worth it.
const COPIED: usize = 64;
const MANY: usize = 20;
/// Rows of columns that are a multiple of so many numbers apart drive one another out of the nearest cache.
const CROWDED: usize = 128;

/// A strip of some rows of the columns, row beside row on whole lines of the cache.
#[repr(align(64))]
struct Copied<const N: usize>([[f32; N]; BLOCK]);

/// `N` columns.
#[inline(always)]
fn strip<A: Arithmetic, const R: usize, const S: usize, const N: usize>(
    product: TrainingProduct<'_>,
    sums: &mut [f32],
    left: usize,
) {
    let TrainingProduct { factors, rows, along, columns, width, depth, onto, .. } = product;
    if N != COPIED || rows < MANY || !width.is_multiple_of(CROWDED) {
        return tiles::<A, R, S, N>(product, (width, left), sums, left);
    }
    let mut copied = Copied([[0.0; N]; BLOCK]);
    for first in (0..depth).step_by(BLOCK) {
        let depth = BLOCK.min(depth - first);
        for (copy, row) in copied.0.iter_mut().zip(columns[first * width..].chunks_exact(width)).take(depth) {
            copy.copy_from_slice(&row[left..left + N]);
        }
        let (factors, columns, onto) = (&factors[first * along..], copied.0.as_flattened(), onto || first > 0);
        let part = TrainingProduct { factors, columns, depth, onto, ..product };
        tiles::<A, R, S, N>(part, (N, 0), sums, left);
    }
}

/// `N` columns of rows that are so far apart, from a place in each of them, in tiles of `R` rows, then of `S`, then of one.
#[inline(always)]
fn tiles<A: Arithmetic, const R: usize, const S: usize, const N: usize>(
    product: TrainingProduct<'_>,
    lie: (usize, usize),
    sums: &mut [f32],
    left: usize,
) {
    let mut top = 0;
    while top + R <= product.rows {
        tile::<A, R, N>(product, lie, sums, (top, left));
        top += R;
    }
    while top + S <= product.rows {
        tile::<A, S, N>(product, lie, sums, (top, left));
        top += S;
    }
    while top < product.rows {
        tile::<A, 1, N>(product, lie, sums, (top, left));
        top += 1;
    }
}

/// Sums that stay in registers until they are done.
#[inline(always)]
fn tile<A: Arithmetic, const R: usize, const N: usize>(
    product: TrainingProduct<'_>,
    (apart, from): (usize, usize),
    sums: &mut [f32],
    (top, left): (usize, usize),
) {
    let TrainingProduct { factors, down, along, columns, width, depth, onto, .. } = product;
    let mut tile = [[0.0; N]; R];
    if onto {
        for (row, sums) in tile.iter_mut().zip(sums[top * width..].chunks_exact(width)) {
            row.copy_from_slice(&sums[left..left + N]);
        }
    }
    // All of one length, so that one comparison tells for all of them that an element is there.
    let reach = (depth.max(1) - 1) * along + 1;
    let rows: [&[f32]; R] = std::array::from_fn(|row| &factors[(top + row) * down..][..reach]);
    let mut at = 0_usize;
    for column in columns.chunks_exact(apart).take(depth) {
        let Some(&column) = column[from..].first_chunk::<N>() else { unreachable!("a tile lies within the columns") };
        let mut row_factors = [0.0; R];
        for (factor, row) in row_factors.iter_mut().zip(rows) {
            *factor = row[at];
        }
        // Rows within lanes: a loop over the lanes of one row would be taken apart before it became vectors.
        for lane in 0..N {
            for row in 0..R {
                tile[row][lane] = A::mul_add(row_factors[row], column[lane], tile[row][lane]);
            }
        }
        at = at.wrapping_add(along);
    }
    for (row, sums) in tile.iter().zip(sums[top * width..].chunks_exact_mut(width)) {
        sums[left..left + N].copy_from_slice(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: usize, step: f32) -> Vec<f32> {
        (0..count).map(|index| (index as f32 * step + 0.1).sin()).collect()
    }

    #[test]
    fn products_of_any_shape_are_those_of_f64() {
        for level in Level::all() {
            for (rows, depth, width) in [(1, 1, 8), (7, 5, 16), (13, 3, 24), (11, 20, 104), (5, 9, 40), (24, 33, 128)] {
                let (factors, columns) = (numbers(rows * depth, 0.7), numbers(depth * width, 1.3));
                for (down, along) in [(depth, 1), (1, rows)] {
                    for onto in [false, true] {
                        let product = TrainingProduct {
                            factors: &factors,
                            rows,
                            down,
                            along,
                            columns: &columns,
                            width,
                            depth,
                            onto,
                        };
                        let mut sums = numbers(rows * width, 0.3);
                        let before = sums.clone();
                        product.compute(level, &mut sums);
                        for (place, &sum) in sums.iter().enumerate() {
                            let (row, column) = (place / width, place % width);
                            let term = |k: usize| {
                                f64::from(factors[row * down + k * along]) * f64::from(columns[k * width + column])
                            };
                            let begun = if onto { f64::from(before[place]) } else { 0.0 };
                            let expected = begun + (0..depth).map(term).sum::<f64>();
                            let off = (f64::from(sum) - expected).abs();
                            assert!(off < 1e-5, "{rows} x {depth} x {width} at {place}: {sum}, expected {expected}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_sum_does_not_depend_on_its_place_or_on_where_it_was_interrupted() {
        let (rows, depth, width) = (23, 40, 104);
        let (factors, columns) = (numbers(rows * depth, 0.7), numbers(depth * width, 1.3));
        let whole = TrainingProduct {
            factors: &factors,
            rows,
            down: depth,
            along: 1,
            columns: &columns,
            width,
            depth,
            onto: false,
        };
        let mut sums = vec![0.0; rows * width];
        whole.compute(Level::best(), &mut sums);
        let mut halves = vec![0.0; rows * width];
        TrainingProduct { depth: 17, ..whole }.compute(Level::best(), &mut halves);
        let rest = TrainingProduct { factors: &factors[17..], columns: &columns[17 * width..], depth: 23, ..whole };
        TrainingProduct { onto: true, ..rest }.compute(Level::best(), &mut halves);
        assert_eq!(sums, halves);
        for row in 0..rows {
            let mut alone = vec![0.0; width];
            TrainingProduct { factors: &factors[row * depth..], rows: 1, ..whole }.compute(Level::best(), &mut alone);
            assert_eq!(alone, sums[row * width..][..width]);
        }
    }
}

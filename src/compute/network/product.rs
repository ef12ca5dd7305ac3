//! The product of two matrices, for the shapes of this program: one of them is a block of 64 columns or a few more.

use crate::numeric::{Arithmetic, Level, Tile, Work};

/// The width of a matrix of columns is a multiple of this.
pub(super) const LANES: usize = 32;

/// Multiplications that are worth a thread's while, some 100 us.
const LONG: usize = 12 << 20;
/// Rows that are not split up.
const FEWEST_ROWS: usize = 30;

/// A matrix [rows, depth] whose rows and columns may lie in memory in either order.
#[derive(Clone, Copy)]
pub(super) struct Factors<'a> {
    /// All elements.
    pub values: &'a [f32],
    /// Rows.
    pub rows: usize,
    /// From an element to the one below.
    pub down: usize,
    /// From an element to the next of its row.
    pub along: usize,
}

/// scale x factors [rows, depth] x columns [depth, width].
///
/// Every sum is added up in the order of its row of factors, whatever the shape, so that it does not depend on its place.
#[derive(Clone, Copy)]
pub(super) struct Product<'a> {
    /// The left matrix.
    pub factors: Factors<'a>,
    /// The right one, row after row.
    pub columns: &'a [f32],
    /// A multiple of [`LANES`].
    pub width: usize,
    /// What every sum is multiplied by at last.
    pub scale: f32,
    /// Whether it is added to what is there, which is multiplied too, or replaces it.
    pub onto: bool,
}

impl Product<'_> {
    /// Computes it on this CPU, into [rows, width], row after row. Where that takes long, idle threads help.
    pub fn compute(self, sums: &mut [f32]) {
        let Factors { values, rows, down, .. } = self.factors;
        if rows * self.columns.len() < LONG || rows < 2 * FEWEST_ROWS {
            return Level::best().run(Computed(self, sums));
        }
        let half = (rows / 2).next_multiple_of(FEWEST_ROWS);
        let of = |values, rows| Self { factors: Factors { values, rows, ..self.factors }, ..self };
        let (top, bottom) = sums.split_at_mut(half * self.width);
        rayon::join(|| of(values, half).compute(top), || of(&values[half * down..], rows - half).compute(bottom));
    }
}

/// A product and its place.
pub(super) struct Computed<'a>(pub Product<'a>, pub &'a mut [f32]);

impl Work for Computed<'_> {
    type Output = ();

    #[inline(always)]
    fn run<A: Arithmetic>(self) {
        let Self(product, sums) = self;
        match A::TILE {
            Tile::FiveBy64 => {
                let rest = product.width % 64;
                columns::<A, 5, 64>(product, sums, 0);
                if rest > 0 {
                    columns::<A, 5, 32>(product, sums, product.width - rest);
                }
            }
            Tile::ThreeBy32 => columns::<A, 3, 32>(product, sums, 0),
            Tile::ThreeBy16 => columns::<A, 3, 16>(product, sums, 0),
        }
    }
}

/// All columns from `left` on that come in `N`, in tiles of `R` rows; the last may have fewer.
#[inline(always)]
fn columns<A: Arithmetic, const R: usize, const N: usize>(product: Product<'_>, sums: &mut [f32], left: usize) {
    for top in (0..product.factors.rows).step_by(R) {
        for left in (left..(product.width + 1).saturating_sub(N)).step_by(N) {
            match product.factors.rows - top {
                rest if rest >= R => tile::<A, R, N>(product, sums, (top, left)),
                5 => tile::<A, 5, N>(product, sums, (top, left)),
                4 => tile::<A, 4, N>(product, sums, (top, left)),
                3 => tile::<A, 3, N>(product, sums, (top, left)),
                2 => tile::<A, 2, N>(product, sums, (top, left)),
                _ => tile::<A, 1, N>(product, sums, (top, left)),
            }
        }
    }
}

/// Sums that stay in registers until they are done.
#[inline(always)]
fn tile<A: Arithmetic, const R: usize, const N: usize>(product: Product<'_>, sums: &mut [f32], place: (usize, usize)) {
    let (Product { factors, columns, width, scale, onto }, (top, left)) = (product, place);
    let mut tile = [[0.0; N]; R];
    if onto {
        for (row, sums) in tile.iter_mut().zip(sums[top * width..].chunks_exact(width)) {
            row.copy_from_slice(&sums[left..left + N]);
        }
    }
    // All of one length, so that one comparison tells for all of them that an element is there.
    let reach = (columns.len() / width).saturating_sub(1) * factors.along + 1;
    let rows: [&[f32]; R] = std::array::from_fn(|row| &factors.values[(top + row) * factors.down..][..reach]);
    let mut at = 0_usize;
    for column in columns.chunks_exact(width) {
        // An array as it stands: to copy a slice into one is checked at every step in builds that are.
        let Some(&column) = column[left..].first_chunk::<N>() else { unreachable!("a tile lies within the columns") };
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
        at = at.wrapping_add(factors.along);
    }
    for (row, sums) in tile.iter().zip(sums[top * width..].chunks_exact_mut(width)) {
        for (sum, row) in sums[left..left + N].iter_mut().zip(row) {
            *sum = row * scale;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Small numbers with all 24 bits in use, and both signs.
    fn numbers(count: usize, step: f32) -> Vec<f32> {
        (0..count).map(|index| (index as f32 * step + 0.1).sin()).collect()
    }

    /// In f64, element by element.
    fn expected(product: Product<'_>, before: &[f32]) -> Vec<f64> {
        let Product { factors, columns, width, scale, onto } = product;
        let element = |place: usize| {
            let (row, column) = (place / width, place % width);
            let sum: f64 = (0..columns.len() / width)
                .map(|k| {
                    let factor = factors.values[row * factors.down + k * factors.along];
                    f64::from(factor) * f64::from(columns[k * width + column])
                })
                .sum();
            f64::from(scale) * if onto { sum + f64::from(before[place]) } else { sum }
        };
        (0..before.len()).map(element).collect()
    }

    fn agrees(rows: usize, depth: usize, width: usize) {
        let (values, columns) = (numbers(rows * depth, 0.7), numbers(depth * width, 1.3));
        let down_first = Factors { values: &values, rows, down: 1, along: rows };
        let along_first = Factors { values: &values, rows, down: depth, along: 1 };
        for factors in [down_first, along_first] {
            for onto in [false, true] {
                let product = Product { factors, columns: &columns, width, scale: if onto { 1.0 } else { 0.75 }, onto };
                let before = numbers(rows * width, 0.3);
                let expected = expected(product, &before);
                for level in Level::all() {
                    let mut sums = before.clone();
                    level.run(Computed(product, &mut sums));
                    let off = sums.iter().zip(&expected).map(|(&sum, expected)| (f64::from(sum) - expected).abs());
                    let worst = off.fold(0.0, f64::max);
                    let shape = format!("{rows} x {depth} x {width}, onto: {onto}, {level:?}");
                    assert!(worst < 1e-6 * (1 + depth) as f64, "{shape}: off by {worst}");
                }
            }
        }
    }

    #[test]
    fn products_of_all_shapes_agree_with_those_in_f64() {
        for rows in 1..=13 {
            for width in [32, 64, 96, 128, 160] {
                agrees(rows, 1 + rows * 5 % 7, width);
            }
        }
        agrees(100, 784, 64);
        agrees(1, 1, 64);
        agrees(37, 101, 224);
    }

    #[test]
    fn a_sum_does_not_depend_on_its_place() {
        let (values, columns) = (numbers(11 * 23, 0.7), numbers(23 * 160, 1.3));
        for level in Level::all() {
            let compute = |first: usize, rows: usize, width: usize| {
                let columns: Vec<f32> = columns.chunks(160).flat_map(|row| &row[160 - width..]).copied().collect();
                let factors = Factors { values: &values[first * 23..], rows, down: 23, along: 1 };
                let mut sums = vec![0.0; rows * width];
                level.run(Computed(Product { factors, columns: &columns, width, scale: 1.0, onto: false }, &mut sums));
                sums
            };
            let all = compute(0, 11, 160);
            for (first, rows, width) in [(0, 1, 32), (3, 8, 32), (10, 1, 64), (4, 5, 128), (0, 11, 96)] {
                let part = compute(first, rows, width);
                for (row, part) in part.chunks(width).enumerate() {
                    assert_eq!(part, &all[(first + row) * 160 + 160 - width..][..width], "{level:?}");
                }
            }
        }
    }

    #[test]
    fn nothing_is_made_of_infinities_that_are_not_there() {
        let values = [f32::MAX, 1.0, f32::INFINITY, 0.0];
        let columns = [[2.0; 32], [1.0; 32]].concat();
        for level in Level::all() {
            let mut sums = vec![7.0; 2 * 32];
            let factors = Factors { values: &values, rows: 2, down: 2, along: 1 };
            level.run(Computed(Product { factors, columns: &columns, width: 32, scale: 1.0, onto: false }, &mut sums));
            assert_eq!(sums, vec![f32::INFINITY; 2 * 32], "{level:?}");
        }
    }
}

use super::product::LANES;
use crate::numeric::{Arithmetic, Level, Work};

/// Writes a matrix [rows, columns] with its rows as columns: from each row to the next it is `from_stride` and `to_stride`. What is
/// written is filled up with zeros to whole vectors of rows.
pub(super) fn turn(
    level: Level,
    (from, from_stride): (&[f32], usize),
    (to, to_stride): (&mut [f32], usize),
    (rows, columns): (usize, usize),
) {
    level.run(Turned { from, from_stride, to, to_stride, rows, columns });
}

struct Turned<'a> {
    from: &'a [f32],
    from_stride: usize,
    to: &'a mut [f32],
    to_stride: usize,
    rows: usize,
    columns: usize,
}

/// A square of numbers.
type Block = [[f32; LANES]; LANES];

impl Work for Turned<'_> {
    type Output = ();

    #[inline(always)]
    fn run<A: Arithmetic>(self) {
        let Self { from, from_stride, to, to_stride, rows, columns } = self;
        let mut block: Block = [[0.0; LANES]; LANES];
        for top in (0..rows).step_by(LANES) {
            let count = LANES.min(rows - top);
            for left in (0..columns).step_by(LANES) {
                let across = LANES.min(columns - left);
                let place = &from[top * from_stride + left..];
                // Whole blocks by themselves: a copy of any length would be a call for every row.
                if count == LANES && across == LANES {
                    for (row, values) in block.iter_mut().enumerate() {
                        *values = whole(place, row * from_stride);
                    }
                } else {
                    block = [[0.0; LANES]; LANES];
                    for (values, row) in block.iter_mut().zip(place.chunks(from_stride)).take(count) {
                        values.iter_mut().zip(&row[..across]).for_each(|(value, &of)| *value = of);
                    }
                }
                let place = &mut to[left * to_stride + top..];
                if across == LANES && top + LANES <= to_stride {
                    for (column, values) in turned(block).iter().enumerate() {
                        place[column * to_stride..][..LANES].copy_from_slice(values);
                    }
                } else {
                    let room = LANES.min(to_stride - top);
                    for (column, row) in place.chunks_mut(to_stride).take(across).enumerate() {
                        row[..room].iter_mut().zip(&block).for_each(|(value, of)| *value = of[column]);
                    }
                }
            }
        }
    }
}

/// A block's columns as rows: squares of 4 x 4, of 2 x 2 and of one number change places, whole vectors at a time.
#[inline(always)]
fn turned(block: Block) -> Block {
    exchanged::<1>(exchanged::<2>(exchanged::<4>(block)))
}

/// The squares of `N` x `N` numbers at the right of the upper of each two rows of squares, and those at the left of the lower,
/// change places.
#[inline(always)]
fn exchanged<const N: usize>(block: Block) -> Block {
    // Written without loops, which would go through memory.
    [
        row::<N, 0>(&block),
        row::<N, 1>(&block),
        row::<N, 2>(&block),
        row::<N, 3>(&block),
        row::<N, 4>(&block),
        row::<N, 5>(&block),
        row::<N, 6>(&block),
        row::<N, 7>(&block),
    ]
}

#[inline(always)]
fn row<const N: usize, const ROW: usize>(block: &Block) -> [f32; LANES] {
    let (above, below) = (block[ROW & !N], block[ROW | N]);
    let right = if ROW & N == 0 { 0 } else { N };
    std::array::from_fn(|at| if at & N == 0 { above[at + right] } else { below[at - (N - right)] })
}

#[inline(always)]
fn whole(values: &[f32], at: usize) -> [f32; LANES] {
    let Some(&lanes) = values[at..].first_chunk() else { unreachable!("a block lies within the rows") };
    lanes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_columns_and_the_rest_is_zero() {
        for (rows, columns) in [(1_usize, 1_usize), (8, 8), (3, 20), (26, 10), (17, 9)] {
            let (from_stride, to_stride) = (columns + 3, rows.next_multiple_of(LANES));
            let from: Vec<f32> = (0..rows * from_stride).map(|index| index as f32 + 1.0).collect();
            let mut to = vec![-1.0; columns * to_stride];
            turn(Level::best(), (&from, from_stride), (&mut to, to_stride), (rows, columns));
            for column in 0..columns {
                for row in 0..to_stride {
                    let expected = if row < rows { from[row * from_stride + column] } else { 0.0 };
                    assert_eq!(to[column * to_stride + row], expected, "{rows} x {columns}: {row}, {column}");
                }
            }
        }
    }
}

use super::product::LANES;

/// Writes a matrix [rows, columns] with its rows as columns: from each row to the next it is `from_stride` and `to_stride`. What is
/// written is filled up with zeros to whole vectors of rows.
pub(super) fn turn(
    (from, from_stride): (&[f32], usize),
    (to, to_stride): (&mut [f32], usize),
    (rows, columns): (usize, usize),
) {
    for top in (0..rows).step_by(LANES) {
        let count = LANES.min(rows - top);
        for left in (0..columns).step_by(LANES) {
            let across = LANES.min(columns - left);
            let mut block = [[0.0; LANES]; LANES];
            for (block, row) in block.iter_mut().zip(from[top * from_stride..].chunks(from_stride).take(count)) {
                match row[left..].first_chunk::<LANES>() {
                    // What lies beyond the columns is read, and written nowhere: to leave it out would take longer.
                    Some(whole) => *block = *whole,
                    None => block[..across].copy_from_slice(&row[left..left + across]),
                }
            }
            let room = LANES.min(to_stride - top);
            let places = to[left * to_stride..].chunks_mut(to_stride).take(across);
            for (column, place) in places.enumerate() {
                let values: [f32; LANES] = std::array::from_fn(|row| block[row][column]);
                match place[top..].first_chunk_mut::<LANES>() {
                    Some(whole) => *whole = values,
                    None => place[top..].copy_from_slice(&values[..room]),
                }
            }
        }
    }
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
            turn((&from, from_stride), (&mut to, to_stride), (rows, columns));
            for column in 0..columns {
                for row in 0..to_stride {
                    let expected = if row < rows { from[row * from_stride + column] } else { 0.0 };
                    assert_eq!(to[column * to_stride + row], expected, "{rows} x {columns}: {row}, {column}");
                }
            }
        }
    }
}

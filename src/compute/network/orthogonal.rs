use ndarray::Array2;

use super::Interrupted;

/// The factor Q of the QR decomposition of a high or square matrix, each column times the sign of R's diagonal, so that
/// Q is uniform among the orthonormal ones if the matrix is normal (Mezzadri 2007).
///
/// Householder's reflections in f64; every sum runs in a fixed order, so that the bits are the same on every platform.
///
/// # Errors
/// [`Interrupted`] if `interrupted()` says so, which it is asked before every column.
pub fn orthonormal(
    mut matrix: Array2<f64>,
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Result<Array2<f64>, Interrupted> {
    let (rows, columns) = matrix.dim();
    assert!(rows >= columns);
    let mut reflectors = Vec::with_capacity(columns);
    let mut signs = Vec::with_capacity(columns);
    let mut products = vec![0.0; columns];
    for column in 0..columns {
        if interrupted() {
            return Err(Interrupted);
        }
        let mut reflector: Vec<f64> = (column..rows).map(|row| matrix[[row, column]]).collect();
        let norm = reflector.iter().map(|value| value * value).sum::<f64>().sqrt();
        // R's diagonal gets the sign that avoids cancellation.
        let diagonal = if reflector[0] > 0.0 { -norm } else { norm };
        signs.push(if diagonal < 0.0 { -1.0 } else { 1.0 });
        reflector[0] -= diagonal;
        let length = reflector.iter().map(|value| value * value).sum::<f64>().sqrt();
        if length > 0.0 {
            reflector.iter_mut().for_each(|value| *value /= length);
            reflect(&mut matrix, &reflector, column, column + 1, &mut products);
        }
        reflectors.push(reflector);
    }
    let mut q = Array2::eye(rows).slice_move(ndarray::s![.., ..columns]).as_standard_layout().into_owned();
    for (column, reflector) in reflectors.iter().enumerate().rev() {
        if interrupted() {
            return Err(Interrupted);
        }
        // Columns to the left are still those of the identity, with zeros where the reflector is not.
        reflect(&mut q, reflector, column, column, &mut products);
    }
    for mut row in q.rows_mut() {
        row.iter_mut().zip(&signs).for_each(|(value, sign)| *value *= sign);
    }
    Ok(q)
}

/// matrix -= 2 v (v' matrix), for a unit vector v that begins at row `top`, in the columns from `left`.
fn reflect(matrix: &mut Array2<f64>, reflector: &[f64], top: usize, left: usize, products: &mut [f64]) {
    let columns = matrix.ncols();
    let values = matrix.as_slice_mut().unwrap_or_else(|| unreachable!("the matrix is in C order"));
    let products = &mut products[left..];
    products.fill(0.0);
    for (row, &factor) in values.chunks_exact(columns).skip(top).zip(reflector) {
        products.iter_mut().zip(&row[left..]).for_each(|(product, value)| *product += factor * value);
    }
    for (row, &factor) in values.chunks_exact_mut(columns).skip(top).zip(reflector) {
        let factor = 2.0 * factor;
        row[left..].iter_mut().zip(&*products).for_each(|(value, product)| *value -= factor * product);
    }
}

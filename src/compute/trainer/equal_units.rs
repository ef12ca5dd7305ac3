use ndarray::{Array2, ArrayView1};

/// Whether all units of every hidden layer have the same incoming weights; kernels [fan_in, units], without the output layer's. What
/// rounding makes of equal sums in another order counts as equal.
pub(super) fn are_units_equal(hidden: &[Array2<f32>]) -> bool {
    let is_equal = |kernel: &Array2<f32>| {
        let size = kernel.iter().fold(0.0_f32, |size, weight| size.max(weight.abs()));
        let is_one_number = |row: ArrayView1<'_, f32>| row.iter().all(|weight| (weight - row[0]).abs() <= 1e-4 * size);
        kernel.rows().into_iter().all(is_one_number)
    };
    hidden.iter().any(|kernel| kernel.ncols() > 1) && hidden.iter().all(is_equal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_that_differs_is_told_apart() {
        let equal = Array2::from_shape_fn((3, 4), |(input, _)| input as f32 - 1.0);
        assert!(are_units_equal(&[equal.clone(), Array2::zeros((4, 2))]));
        let mut other = equal.clone();
        other[(1, 2)] += 1e-3;
        assert!(!are_units_equal(&[equal, other]));
        assert!(!are_units_equal(&[Array2::zeros((3, 1))]), "one unit is equal to none");
    }
}

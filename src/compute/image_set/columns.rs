use super::set_values::rows;
use super::{SetValues, Standard};

/// What the values of every column of a table are scaled by, each in its own unit.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnScales {
    /// Mean and standard deviation of every column.
    pub standards: Vec<Standard>,
    /// The least value of every column, and the distance from there to the greatest; 1 where that is none.
    pub units: Vec<(f32, f32)>,
}

impl ColumnScales {
    /// Of these images, in rows of `dim`; `None` of pixels, which all have one unit.
    pub(super) fn of(values: &SetValues, dim: usize, is_meant: impl Fn(usize) -> bool + Copy) -> Option<Self> {
        let SetValues::Floats(floats) = values else { return None };
        let rows = || rows(floats, dim, is_meant);
        let count = rows().count().max(1) as f64;
        let mut means = vec![0.0_f64; dim];
        let mut units = vec![(f32::INFINITY, f32::NEG_INFINITY); dim];
        for row in rows() {
            for ((mean, unit), &value) in means.iter_mut().zip(&mut units).zip(row) {
                *mean += f64::from(value);
                *unit = (unit.0.min(value), unit.1.max(value));
            }
        }
        means.iter_mut().for_each(|mean| *mean /= count);
        let mut squares = vec![0.0_f64; dim];
        for row in rows() {
            for ((square, mean), &value) in squares.iter_mut().zip(&means).zip(row) {
                *square += (f64::from(value) - mean).powi(2);
            }
        }
        let standard = |(mean, square): (f64, f64)| {
            let std = (square / count).sqrt();
            Standard { mean, std: if std as f32 == 0.0 { 1.0 } else { std } }
        };
        let unit = |(least, greatest): (f32, f32)| {
            let range = greatest - least;
            (least, if range > 0.0 && range.is_finite() { range } else { 1.0 })
        };
        Some(Self {
            standards: means.into_iter().zip(squares).map(standard).collect(),
            units: units.into_iter().map(unit).collect(),
        })
    }
}

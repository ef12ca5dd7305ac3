use serde::Serialize;

/// How a few numbers lie, such as one figure of several seeds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// Their mean.
    pub mean: f64,
    /// The standard error of that; nothing for a single number.
    pub standard_error: Option<f64>,
    /// Their standard deviation, with n − 1 below.
    pub standard_deviation: Option<f64>,
    /// The one in the middle, or the mean of the two there.
    pub median: f64,
    /// The least.
    pub lowest: f64,
    /// The greatest.
    pub highest: f64,
}

impl Spread {
    /// Nothing, if there are no numbers.
    pub fn of(numbers: &[f64]) -> Option<Self> {
        let mut sorted = numbers.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (&lowest, &highest) = (sorted.first()?, sorted.last()?);
        let count = sorted.len();
        let mean = sorted.iter().sum::<f64>() / count as f64;
        let squares: f64 = sorted.iter().map(|number| (number - mean).powi(2)).sum();
        let standard_deviation = (count > 1).then(|| (squares / (count - 1) as f64).sqrt());
        Some(Self {
            mean,
            standard_error: standard_deviation.map(|deviation| deviation / (count as f64).sqrt()),
            standard_deviation,
            median: f64::midpoint(sorted[(count - 1) / 2], sorted[count / 2]),
            lowest,
            highest,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_those_of_textbooks() {
        // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squares that add up to 32.
        let spread =
            Spread::of(&[9.0, 2.0, 4.0, 5.0, 4.0, 7.0, 4.0, 5.0]).unwrap_or_else(|| panic!("there are numbers"));
        assert_eq!((spread.mean, spread.median, spread.lowest, spread.highest), (5.0, 4.5, 2.0, 9.0));
        let deviation = (32.0_f64 / 7.0).sqrt();
        assert_eq!(spread.standard_deviation, Some(deviation));
        assert_eq!(spread.standard_error, Some(deviation / 8.0_f64.sqrt()));
        let one = Spread::of(&[3.0]);
        assert!(one.is_some_and(|one| one.standard_error.is_none() && one.median == 3.0));
        assert_eq!(Spread::of(&[]), None);
    }
}

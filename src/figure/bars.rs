/// Counts of values in equal bins, one edge of which is zero if zero lies among the values.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// Where the first bin begins.
    pub low: f64,
    /// Width of a bin; 0 if all values are the same.
    pub width: f64,
    /// Values in each bin.
    pub counts: Vec<usize>,
}

/// Bins from the least to the greatest value, about.
const BINS: f64 = 40.0;

impl Bars {
    /// Counts sorted values, the least first; `None` if there are none.
    pub fn of(sorted: &[f32]) -> Option<Self> {
        let (low, high) = (f64::from(*sorted.first()?), f64::from(*sorted.last()?));
        let width = (high - low) / BINS;
        if width <= 0.0 {
            return Some(Self { low, width: 0.0, counts: vec![sorted.len()] });
        }
        let first = (low / width).floor();
        let bin = |value: f64| ((value / width).floor() - first) as usize;
        let mut counts = vec![0; bin(high) + 1];
        sorted.iter().for_each(|&value| counts[bin(f64::from(value))] += 1);
        Some(Self { low: first * width, width, counts })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_in_one_bin_and_zero_between_two() {
        let values: Vec<f32> = (-31..=88).map(|step| step as f32 * 0.125).collect();
        let Some(bars) = Bars::of(&values) else { panic!("there are values") };
        assert_eq!(bars.counts.iter().sum::<usize>(), values.len());
        let below = (-bars.low / bars.width).round();
        assert!((bars.low + below * bars.width).abs() < 1e-12);
        assert_eq!(bars.counts[..below as usize].iter().sum::<usize>(), 31, "those below zero");
        assert_eq!(Bars::of(&[2.0; 5]), Some(Bars { low: 2.0, width: 0.0, counts: vec![5] }));
        assert_eq!(Bars::of(&[]), None);
    }
}

use super::{LayerScale, LayerSeries};
use crate::figure::Shade;

/// A racer's layers as cells: a row for each, the first one at the bottom; time from left to right.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerMap {
    /// Cells of a row.
    pub columns: usize,
    /// Row after row from the highest.
    pub shades: Vec<Shade>,
    /// Numbers that lie beyond the scale, and so have the colour of its end.
    pub beyond: usize,
}

/// The ends of a scale are on it, however they are rounded.
const EDGE: f64 = 1e-9;

impl LayerMap {
    /// With so many columns. Where several numbers share one their mean on the scale is drawn; where there is none, what is known
    /// nearest to it.
    pub fn new(series: &LayerSeries, scale: &LayerScale, columns: usize) -> Self {
        let spans = spans(&series.shares, columns);
        let rows = series.layers.iter().zip(&series.wholes).rev();
        let shades = rows.flat_map(|(numbers, whole)| {
            spans.iter().map(move |span| match span {
                None => Shade::Unknown,
                Some((from, to)) => shade(numbers[*from..*to].iter().map(|number| number / whole), scale),
            })
        });
        let all = series.layers.iter().zip(&series.wholes);
        let heights = all.flat_map(|(numbers, whole)| numbers.iter().map(move |number| scale.share(number / whole)));
        let beyond = heights.filter(|height| height.is_finite() && !(-EDGE..=1.0 + EDGE).contains(height)).count();
        Self { columns, shades: shades.collect(), beyond }
    }
}

/// Which numbers each column shows.
fn spans(shares: &[f64], columns: usize) -> Vec<Option<(usize, usize)>> {
    // The start may have no place.
    let first = shares.iter().position(|share| share.is_finite()).unwrap_or(shares.len());
    let known = &shares[first..];
    let Some(&last) = known.last() else { return vec![None; columns] };
    // The last one fills as much as it would between two.
    let apart = if let [.., before, last] = known { last - before } else { 0.0 };
    let end = last + (0.5 * apart).max(0.5 / columns as f64);
    let column = |at: usize| {
        let (from, to) = (at as f64 / columns as f64, (at + 1) as f64 / columns as f64);
        let middle = 0.5 * (from + to);
        if middle > end {
            return None;
        }
        let within = known.partition_point(|share| *share < from)..known.partition_point(|share| *share < to);
        if !within.is_empty() {
            return Some((first + within.start, first + within.end));
        }
        let after = within.start.min(known.len() - 1);
        let before = after.saturating_sub(1);
        let nearest = if (known[after] - middle).abs() < (middle - known[before]).abs() { after } else { before };
        Some((first + nearest, first + nearest + 1))
    };
    (0..columns).map(column).collect()
}

fn shade(numbers: impl Iterator<Item = f64>, scale: &LayerScale) -> Shade {
    let (mut sum, mut count, mut worst) = (0.0, 0, Shade::Unknown);
    for number in numbers {
        let share = scale.share(number);
        if share.is_finite() {
            sum += share;
            count += 1;
        } else if number == 0.0 {
            worst = Shade::Zero;
        } else if number.is_infinite() {
            worst = Shade::Overflow;
        } else if worst == Shade::Unknown {
            worst = Shade::Undefined;
        }
    }
    if count > 0 { Shade::At((sum / f64::from(count)).clamp(0.0, 1.0)) } else { worst }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::race::RaceFound;
    use crate::figure::training::{LayerQuantity, LayersOverTime, TimeAxis, TrainingLook};

    #[test]
    fn what_lies_beyond_the_colours_is_counted() {
        let series = LayerSeries {
            racer: 0,
            steps: vec![1, 2, 3],
            shares: vec![0.0, 0.5, 1.0],
            layers: vec![vec![1e-12, 1e-3, 1e2], vec![0.0, f64::NAN, 2e-3]],
            wholes: vec![1.0; 2],
        };
        let time = TimeAxis::of(&RaceFound { racers: Vec::new() }, &TrainingLook::default());
        let quantity = LayerQuantity::UpdateRatio;
        let found = LayersOverTime { quantity, time, together: 1, window: None, racers: vec![series] };
        // Colours go four decades to either side of 1e-3; 0 is grey, and what is no number, too.
        let map = LayerMap::new(&found.racers[0], &LayerScale::of_colors(&found), 3);
        assert_eq!(map.beyond, 2);
        assert!(map.shades.contains(&Shade::Zero) && map.shades.contains(&Shade::At(0.0)));
    }

    #[test]
    fn columns_show_what_lies_in_them_or_nearest() {
        let epochs = [0.0, 0.5, 1.0];
        let of = |shares: &[f64], columns| {
            spans(shares, columns).into_iter().map(|span| span.unwrap_or((9, 9))).collect::<Vec<_>>()
        };
        assert_eq!(of(&epochs, 4), [(0, 1), (1, 2), (1, 2), (2, 3)]);
        assert_eq!(of(&epochs[..2], 8)[..5], [(0, 1), (0, 1), (1, 2), (1, 2), (1, 2)]);
        assert_eq!(of(&epochs[..2], 8)[6..], [(9, 9), (9, 9)], "beyond half a cell nothing is known");
        let steps: Vec<_> = (0..100).map(|step| f64::from(step) / 100.0).collect();
        assert_eq!(of(&steps, 4), [(0, 25), (25, 50), (50, 75), (75, 100)]);
        assert_eq!(of(&[f64::NEG_INFINITY, 0.0, 1.0], 2), [(1, 2), (2, 3)], "the start has no place");
        assert_eq!(of(&[], 2), [(9, 9); 2]);
    }
}

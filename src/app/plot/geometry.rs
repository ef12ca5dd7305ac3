//! What of a profile can be seen, in the plot's coordinates: x counts layers from 1, y is 0 to 1 from the bottom of the axis
//! to its top.

use crate::figure::{Bar, Girth, Range};

/// Half the width of the widest violin, in layers.
pub const HALF_WIDTH: f64 = 0.42;

/// The part of a violin within the axis, cut exactly at its edges: (y, width 0 to 1) from the bottom.
pub fn violin(girths: &[Girth], range: Range) -> Vec<(f64, f64)> {
    let heights: Vec<_> = girths.iter().map(|girth| (range.height(girth.at), girth.width)).collect();
    let mut visible = Vec::with_capacity(heights.len());
    for pair in heights.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        if to.0 < BOTTOM || from.0 > TOP {
            continue;
        }
        if visible.is_empty() {
            visible.push(cut(from, to, from.0.max(BOTTOM)));
        }
        visible.push(cut(from, to, to.0.min(TOP)));
    }
    visible
}

/// The points between which the others lie on straight lines, or not more than `tolerance` in width beside them; always the
/// first and the last.
pub fn thinned(points: &[(f64, f64)], tolerance: f64) -> Vec<(f64, f64)> {
    let Some(&first) = points.first() else { return Vec::new() };
    let mut kept = vec![first];
    let (mut start, mut foot) = first;
    // Slopes of the lines from there that pass near enough by all points since.
    let (mut least, mut greatest) = (f64::NEG_INFINITY, f64::INFINITY);
    for pair in points.windows(2) {
        let (before, (y, width)) = (pair[0], pair[1]);
        if !(least..=greatest).contains(&((width - foot) / (y - start))) && before != (start, foot) {
            kept.push(before);
            (start, foot) = before;
            (least, greatest) = (f64::NEG_INFINITY, f64::INFINITY);
        }
        least = least.max((width - tolerance - foot) / (y - start));
        greatest = greatest.min((width + tolerance - foot) / (y - start));
    }
    kept.extend(points[1..].last());
    kept
}

/// The bars within the axis: (bottom, top, width 0 to 1).
pub fn bars(bars: &[Bar], range: Range) -> Vec<(f64, f64, f64)> {
    let heights = bars.iter().map(|bar| (range.height(bar.from), range.height(bar.to), bar.width));
    let seen = heights.filter(|&(from, to, width)| width > 0.0 && to >= BOTTOM && from <= TOP);
    seen.map(|(from, to, width)| (from.max(BOTTOM), to.min(TOP), width)).collect()
}

/// A little beyond the edges, so that what is cut does not look as if it ended there.
const BOTTOM: f64 = -0.02;
const TOP: f64 = 1.02;

/// The point at a height on the line between two points.
fn cut(from: (f64, f64), to: (f64, f64), height: f64) -> (f64, f64) {
    if to.0 <= from.0 {
        return (height, to.1);
    }
    let part = ((height - from.0) / (to.0 - from.0)).clamp(0.0, 1.0);
    (height, from.1 + (to.1 - from.1) * part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diamond() -> Vec<Girth> {
        vec![Girth { at: 0.0, width: 0.0 }, Girth { at: 1.0, width: 1.0 }, Girth { at: 2.0, width: 0.0 }]
    }

    #[test]
    fn a_violin_on_its_own_axis_is_whole() {
        let seen = violin(&diamond(), Range { low: 0.0, high: 2.0 });
        assert_eq!(seen, [(0.0, 0.0), (0.5, 1.0), (1.0, 0.0)]);
    }

    #[test]
    fn a_violin_that_leaves_the_axis_is_cut_at_its_true_width() {
        let seen = violin(&diamond(), Range { low: 0.0, high: 0.5 });
        let (top, width) = seen[seen.len() - 1];
        assert_eq!(top, TOP);
        assert!((width - 0.51).abs() < 1e-12);
    }

    #[test]
    fn a_thinned_outline_is_nowhere_further_away_than_it_may_be() {
        for (tolerance, most) in [(1e-2, 20), (1e-3, 60), (0.0, 401)] {
            let bell = |y: f64| (-50.0 * (y - 0.5).powi(2)).exp();
            let points: Vec<_> = (0..=400).map(|point| f64::from(point) / 400.0).map(|y| (y, bell(y))).collect();
            let thin = thinned(&points, tolerance);
            assert!(thin.len() <= most && thin[0] == points[0] && thin.last() == points.last(), "{}", thin.len());
            for &(y, width) in &points {
                let after = thin.iter().skip(1).position(|point| point.0 >= y).map_or(0, |before| before + 1);
                assert!((cut(thin[after - 1], thin[after], y).1 - width).abs() <= tolerance + 1e-12);
            }
        }
    }

    #[test]
    fn an_outline_with_steps_keeps_its_corners() {
        let step = [(0.0, 0.2), (0.5, 0.2), (0.5, 0.8), (0.75, 0.8), (1.0, 0.8)];
        assert_eq!(thinned(&step, 1e-3), [(0.0, 0.2), (0.5, 0.2), (0.5, 0.8), (1.0, 0.8)]);
    }

    #[test]
    fn a_violin_beyond_the_axis_is_not_seen() {
        assert!(violin(&diamond(), Range { low: 5.0, high: 6.0 }).is_empty());
    }
}

//! What of a profile can be seen, in the plot's coordinates: x counts layers from 1, y is 0 to 1 from the bottom of the axis
//! to its top; and how cells fill a rectangle.

/// Half the width of the widest violin, in layers.
pub const HALF_WIDTH: f64 = 0.42;

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

/// Columns and rows of equal cells that fill a rectangle of this width and height, row after row: nearly square ones, and few
/// places of the last row empty.
pub fn cells(count: usize, (width, height): (f64, f64)) -> (usize, usize) {
    let good = |columns: usize| {
        let rows = count.div_ceil(columns);
        let aspect = (width / columns as f64) / (height / rows as f64);
        let filled = count as f64 / (columns * rows) as f64;
        filled * aspect.min(1.0 / aspect).sqrt()
    };
    let columns = (1..=count).max_by(|&one, &other| good(one).total_cmp(&good(other))).unwrap_or(1);
    (columns, count.div_ceil(columns).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_nearly_square_and_leave_little_empty() {
        for room in [(1600.0, 860.0), (1920.0, 1080.0), (700.0, 560.0), (900.0, 300.0), (300.0, 900.0)] {
            for count in [32, 64, 100, 128, 256, 300, 512, 1000] {
                let (columns, rows) = cells(count, room);
                let aspect = (room.0 / columns as f64) / (room.1 / rows as f64);
                assert!(columns * rows >= count && columns * (rows - 1) < count, "{count} in {columns} x {rows}");
                assert!((0.6..1.67).contains(&aspect), "{count} in {room:?}: {aspect}");
                assert!(count as f64 >= 0.9 * (columns * rows) as f64, "{count} in {columns} x {rows}");
            }
        }
        assert_eq!([cells(1, (800.0, 600.0)), cells(2, (800.0, 400.0))], [(1, 1), (2, 1)]);
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
                let (from, to) = (thin[after - 1], thin[after]);
                let line = from.1 + (to.1 - from.1) * (y - from.0) / (to.0 - from.0);
                assert!((line - width).abs() <= tolerance + 1e-12);
            }
        }
    }

    #[test]
    fn an_outline_with_steps_keeps_its_corners() {
        let step = [(0.0, 0.2), (0.5, 0.2), (0.5, 0.8), (0.75, 0.8), (1.0, 0.8)];
        assert_eq!(thinned(&step, 1e-3), [(0.0, 0.2), (0.5, 0.2), (0.5, 0.8), (1.0, 0.8)]);
    }
}

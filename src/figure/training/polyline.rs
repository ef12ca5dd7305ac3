/// Points of a line, as many as can be seen: of those that fall into one of so many columns the first, the lowest, the highest
/// and the last. Where a point is nowhere, the line ends, and another one begins. Coordinates are shares of a plot, and kept within
/// reach of it.
pub fn thinned(points: impl Iterator<Item = (f64, f64)>, columns: usize) -> Vec<Vec<(f64, f64)>> {
    let mut lines = vec![Vec::new()];
    let mut column: Option<Column> = None;
    for (x, y) in points {
        let is_there = x.is_finite() && !y.is_nan() && x > -FAR && x < FAR;
        let at = (x * columns as f64).floor();
        let goes_on = is_there && column.as_ref().is_some_and(|column| column.at == at);
        if !goes_on {
            finish(&mut lines, column.take());
        }
        if !is_there {
            if lines.last().is_some_and(|line| !line.is_empty()) {
                lines.push(Vec::new());
            }
            continue;
        }
        let point = (x, y.clamp(-FAR, FAR));
        match &mut column {
            Some(column) => column.add(point),
            None => column = Some(Column { at, first: point, low: point, high: point, last: point }),
        }
    }
    finish(&mut lines, column);
    lines.retain(|line| !line.is_empty());
    lines
}

/// Beyond this nothing of a line is seen.
const FAR: f64 = 4.0;

struct Column {
    at: f64,
    first: (f64, f64),
    low: (f64, f64),
    high: (f64, f64),
    last: (f64, f64),
}

impl Column {
    fn add(&mut self, point: (f64, f64)) {
        if point.1 < self.low.1 {
            self.low = point;
        }
        if point.1 > self.high.1 {
            self.high = point;
        }
        self.last = point;
    }
}

fn finish(lines: &mut [Vec<(f64, f64)>], column: Option<Column>) {
    let (Some(Column { first, low, high, last, .. }), Some(line)) = (column, lines.last_mut()) else { return };
    let (one, other) = if low.0 <= high.0 { (low, high) } else { (high, low) };
    for point in [first, one, other, last] {
        if line.last() != Some(&point) {
            line.push(point);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_keeps_its_ends_and_extremes() {
        let wave = (0..10_000).map(|at| (f64::from(at) / 1e4, (f64::from(at) * 0.7).sin()));
        let lines = thinned(wave.clone(), 100);
        let [line] = &lines[..] else { panic!("{} lines", lines.len()) };
        assert!(line.len() <= 400 && line.len() > 200, "{}", line.len());
        assert!(line.windows(2).all(|pair| pair[0].0 < pair[1].0), "from left to right");
        let ends = |points: &[(f64, f64)]| {
            points.iter().fold((1.0_f64, -1.0_f64), |(low, high), point| (low.min(point.1), high.max(point.1)))
        };
        assert_eq!(ends(line), ends(&wave.collect::<Vec<_>>()));
    }

    #[test]
    fn a_line_is_broken_where_a_point_is_nowhere() {
        let points = [(0.0, 0.5), (0.2, f64::NAN), (0.4, f64::INFINITY), (0.6, 0.1), (f64::NEG_INFINITY, 0.0)];
        assert_eq!(thinned(points.into_iter(), 10), [vec![(0.0, 0.5)], vec![(0.4, FAR), (0.6, 0.1)]]);
        assert_eq!(thinned([].into_iter(), 10), Vec::<Vec<(f64, f64)>>::new());
    }
}

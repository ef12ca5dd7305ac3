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

/// From the lowest to the highest of the points in each of so many columns that has any: what a line through more points than
/// there are columns covers. Each has the middle of its column, its low and its high end; where a column has none, or a point is
/// nowhere, another part begins.
pub fn band(points: impl Iterator<Item = (f64, f64)>, columns: usize) -> Vec<Vec<[f64; 3]>> {
    let mut parts: Vec<Vec<[f64; 3]>> = Vec::new();
    let mut last = None;
    for (x, y) in points {
        let at = (x * columns as f64).floor();
        if !(x > -FAR && x < FAR) || y.is_nan() {
            last = None;
            continue;
        }
        let (y, middle) = (y.clamp(-FAR, FAR), (at + 0.5) / columns as f64);
        match parts.last_mut().filter(|_| last.is_some_and(|last| at - last <= 1.0)) {
            None => parts.push(vec![[middle, y, y]]),
            Some(part) => match part.last_mut().filter(|_| last == Some(at)) {
                Some([_, low, high]) => (*low, *high) = (low.min(y), high.max(y)),
                None => part.push([middle, y, y]),
            },
        }
        last = Some(at);
    }
    parts
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
    fn a_band_goes_from_the_lowest_to_the_highest_of_each_column() {
        let points = [(0.01, 3.0), (0.05, -1.0), (0.09, 2.0), (0.11, 0.5), (0.12, f64::NAN), (0.55, 0.2), (0.6, 0.3)];
        let found = band(points.into_iter(), 10);
        assert_eq!(found.len(), 2, "{found:?}");
        let ends = |part: &Vec<[f64; 3]>| part.iter().map(|[_, low, high]| (*low, *high)).collect::<Vec<_>>();
        assert_eq!(ends(&found[0]), [(-1.0, 3.0), (0.5, 0.5)]);
        assert_eq!(ends(&found[1]), [(0.2, 0.2), (0.3, 0.3)]);
        assert!((found[0][0][0] - 0.05).abs() < 1e-12, "the middle of the first of ten");
    }

    #[test]
    fn a_line_is_broken_where_a_point_is_nowhere() {
        let points = [(0.0, 0.5), (0.2, f64::NAN), (0.4, f64::INFINITY), (0.6, 0.1), (f64::NEG_INFINITY, 0.0)];
        assert_eq!(thinned(points.into_iter(), 10), [vec![(0.0, 0.5)], vec![(0.4, FAR), (0.6, 0.1)]]);
        assert_eq!(thinned([].into_iter(), 10), Vec::<Vec<(f64, f64)>>::new());
    }
}

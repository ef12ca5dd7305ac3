use super::{Path, Segment};

/// Numbers are written to a hundredth of a px.
pub(super) const PER_PX: f64 = 100.0;

/// Moves from point to point, which are rounded to `1 / per` first, so that errors do not add up.
pub(super) fn path_data(path: &Path, per: f64) -> String {
    let grid = |(x, y): (f64, f64)| ((x * per).round() as i64, (y * per).round() as i64);
    let mut data = String::new();
    let (mut at, mut begin) = ((0, 0), (0, 0));
    let mut last = ' ';
    for segment in &path.0 {
        let (command, points): (char, Vec<(i64, i64)>) = match *segment {
            Segment::Move(x, y) => ('M', vec![grid((x, y))]),
            Segment::Line(x, y) => ('l', vec![grid((x, y))]),
            Segment::Cubic(points) => ('c', points.map(grid).to_vec()),
            Segment::Close => ('z', Vec::new()),
        };
        if command == 'M' || command == 'z' || command != last {
            data.push(command);
        }
        for &(x, y) in &points {
            let (x, y) = if command == 'M' { (x, y) } else { (x - at.0, y - at.1) };
            for number in [x, y] {
                let text = decimal(number, per);
                if !data.ends_with(|end: char| end.is_ascii_alphabetic()) && !text.starts_with('-') {
                    data.push(' ');
                }
                data += &text;
            }
        }
        match command {
            'M' => {
                at = points[0];
                begin = at;
            }
            'z' => at = begin,
            _ => at = points.last().copied().unwrap_or(at),
        }
        last = command;
    }
    data
}

/// A whole number of parts as a decimal number, as short as it can be.
fn decimal(number: i64, per: f64) -> String {
    if per == 1.0 {
        return number.to_string();
    }
    let (sign, size) = (if number < 0 { "-" } else { "" }, number.unsigned_abs());
    let (whole, part) = (size / 100, size % 100);
    let part = if part.is_multiple_of(10) { format!("{}", part / 10) } else { format!("{part:02}") };
    match (whole, part.as_str()) {
        (_, "0") => format!("{sign}{whole}"),
        (0, part) => format!("{sign}.{part}"),
        (whole, part) => format!("{sign}{whole}.{part}"),
    }
}

/// A length in px.
pub(super) fn number(number: f64) -> String {
    decimal((number * PER_PX).round() as i64, PER_PX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        let written = [0.0, 0.5, -0.25, 12.0, -3.104, 1e4].map(number);
        assert_eq!(written, ["0", ".5", "-.25", "12", "-3.1", "10000"]);
    }

    #[test]
    fn rounding_does_not_add_up_along_a_path() {
        let path = Path::line((0..=1000).map(|step| (f64::from(step) * 0.333, 0.0)));
        let data = path_data(&path, PER_PX);
        let steps = data.trim_start_matches("M0 0l").replace('-', " -");
        let numbers: Vec<f64> = steps.split_whitespace().map(|number| number.parse().unwrap_or(f64::NAN)).collect();
        let end: f64 = numbers.iter().step_by(2).sum();
        assert!((end - 333.0).abs() < 0.01, "{end}");
    }
}

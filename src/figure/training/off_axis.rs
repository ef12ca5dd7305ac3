use crate::number;

/// How many numbers have no place on an axis, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OffAxis {
    /// Those that are not finite.
    pub not_finite: usize,
    /// Those that lie above it.
    pub above: usize,
    /// Those that lie below it.
    pub below: usize,
    /// Those of them above or below that are of the start.
    pub of_start: usize,
}

impl OffAxis {
    /// Takes note of a number from one height to another; returns whether all of it has a place.
    pub fn note(&mut self, is_finite: bool, low: f64, high: f64, is_of_start: bool) -> bool {
        let of_start = usize::from(is_of_start);
        if !is_finite || low.is_nan() || high.is_nan() {
            self.not_finite += 1;
        } else if high > 1.0 {
            self.above += 1;
            self.of_start += of_start;
        } else if low < 0.0 {
            self.below += 1;
            self.of_start += of_start;
        } else {
            return true;
        }
        false
    }

    /// All of them.
    pub fn all(&self) -> usize {
        self.not_finite + self.above + self.below
    }

    /// These and others.
    pub fn and(self, other: Self) -> Self {
        Self {
            not_finite: self.not_finite + other.not_finite,
            above: self.above + other.above,
            below: self.below + other.below,
            of_start: self.of_start + other.of_start,
        }
    }
}

/// Several kinds of numbers, what one is called and what several are: how many are not finite, and how many lie off the axis; a
/// sentence each.
pub fn off_in_words(kinds: &[(OffAxis, &str, &str)]) -> Vec<String> {
    let sentence = |of: fn(&OffAxis) -> usize, (is, are): (&str, &str), names_start: bool| {
        let there = kinds.iter().filter(|(off, ..)| of(off) > 0);
        let all: usize = there.clone().map(|(off, ..)| of(off)).sum();
        let parts = there.map(|(off, one, several)| {
            // Whoever has learned has left its start far behind.
            let start = if names_start && off.of_start == off.above + off.below { " of the start" } else { "" };
            match of(off) {
                1 => format!("1 {one}{start}"),
                count => format!("{} {several}{start}", number::count(count as u64)),
            }
        });
        let parts: Vec<_> = parts.collect();
        let listed = match parts.as_slice() {
            [] => return None,
            [one] => one.clone(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        };
        Some(format!("{listed} {}.", if all == 1 { is } else { are }))
    };
    [
        sentence(|off| off.not_finite, ("is not finite", "are not finite"), false),
        sentence(|off| off.above, ("lies above the axis", "lie above the axis"), true),
        sentence(|off| off.below, ("lies below the axis", "lie below the axis"), true),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_finite_is_told_from_what_lies_off_the_axis() {
        let mut steps = OffAxis::default();
        for (loss, height) in [(f64::NAN, f64::NAN), (f64::INFINITY, f64::INFINITY), (9.0, 3.0), (1.0, 0.5)] {
            steps.note(loss.is_finite(), height, height, false);
        }
        let mut accuracies = OffAxis::default();
        for (height, is_of_start) in [(-2.0, true), (-1.9, true), (0.9, false)] {
            accuracies.note(true, height, height, is_of_start);
        }
        assert_eq!((steps.all(), accuracies.all()), (3, 2));
        let said =
            off_in_words(&[(steps, "loss of a step", "losses of steps"), (accuracies, "accuracy", "accuracies")]);
        let expected = [
            "2 losses of steps are not finite.",
            "1 loss of a step lies above the axis.",
            "2 accuracies of the start lie below the axis.",
        ];
        assert_eq!(said, expected);
    }
}

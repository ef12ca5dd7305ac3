/// A step of sigma, or of the gain where the initializer has no sigma.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SigmaStep {
    /// To the next value of two digits.
    Up,
    /// To the one before.
    Down,
    /// To the next value of one digit.
    FarUp,
    /// To the one before.
    FarDown,
}

/// Below this steps end: there is nothing left to see.
const LEAST: f64 = 1e-6;

impl SigmaStep {
    /// Where a step from here leads: to a number of two digits, or of one. Values are not negative.
    pub fn from(self, value: f64) -> f64 {
        let (digits, up) = match self {
            Self::Up => (2, true),
            Self::Down => (2, false),
            Self::FarUp => (1, true),
            Self::FarDown => (1, false),
        };
        if value < LEAST {
            return if up { 0.01 } else { value };
        }
        // 0.1 is 1 of the first digit's units from above, and 10 of the next finer from below.
        let exponent = exponent(if up { value * (1.0 + CLOSE) } else { value * (1.0 - CLOSE) });
        let unit = 10_f64.powi(exponent - digits + 1);
        let units = value / unit;
        let next = if up { (units * (1.0 + CLOSE)).floor() + 1.0 } else { (units * (1.0 - CLOSE)).floor() };
        // As people write it, without the rounding of the product.
        let next = format!("{:.2e}", next * unit).parse().unwrap_or(value);
        if next < LEAST { value } else { next }
    }
}

/// Relative difference of values that are taken for the same.
const CLOSE: f64 = 1e-9;

/// Power of ten of the first digit.
fn exponent(value: f64) -> i32 {
    value.log10().floor() as i32
}

#[cfg(test)]
mod tests {
    use super::SigmaStep;

    fn walk(step: SigmaStep, from: f64, steps: usize) -> Vec<f64> {
        std::iter::successors(Some(from), |&value| Some(step.from(value))).skip(1).take(steps).collect()
    }

    #[test]
    fn steps_are_of_the_second_digit_or_with_shift_of_the_first() {
        assert_eq!(walk(SigmaStep::Up, 0.10, 3), [0.11, 0.12, 0.13]);
        assert_eq!(walk(SigmaStep::Down, 0.12, 4), [0.11, 0.10, 0.099, 0.098]);
        assert_eq!(walk(SigmaStep::Up, 0.098, 3), [0.099, 0.10, 0.11]);
        assert_eq!(walk(SigmaStep::FarUp, 0.8, 3), [0.9, 1.0, 2.0]);
        assert_eq!(walk(SigmaStep::FarDown, 2.0, 3), [1.0, 0.9, 0.8]);
    }

    #[test]
    fn a_value_between_steps_goes_to_the_nearest_in_that_direction() {
        assert_eq!([SigmaStep::Up.from(0.1414), SigmaStep::Down.from(0.1414)], [0.15, 0.14]);
        assert_eq!([SigmaStep::FarUp.from(0.28), SigmaStep::FarDown.from(0.28)], [0.3, 0.2]);
    }

    #[test]
    fn from_zero_there_is_a_way_up_only() {
        assert_eq!([SigmaStep::Up.from(0.0), SigmaStep::Down.from(0.0)], [0.01, 0.0]);
    }
}

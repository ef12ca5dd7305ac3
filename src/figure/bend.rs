/// How values become places on an axis, before its ends are known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bend {
    /// Equal differences are equally far apart.
    Linear,
    /// Linear from -`linear` to `linear`, logarithmic beyond.
    Symlog {
        /// Where it changes; greater than 0.
        linear: f64,
    },
    /// Equal ratios are equally far apart: positive values alone have a place.
    Log,
    /// The same of |value|: all but zero have a place.
    LogSize,
}

impl Bend {
    /// Where a value is; it grows with the value, or with its size; minus infinity where the axis has no place for it.
    ///
    /// Symlog is v/l up to l, and 1 + ln(v/l) beyond: value and slope go on smoothly, so that densities do not jump there.
    pub fn place(self, value: f64) -> f64 {
        let log = |value: f64| if value > 0.0 { value.ln() } else { f64::NEG_INFINITY };
        match self {
            Self::Linear => value,
            Self::Symlog { linear } if value.abs() <= linear => value / linear,
            Self::Symlog { linear } => (1.0 + (value.abs() / linear).ln()).copysign(value),
            Self::Log => log(value),
            Self::LogSize => log(value.abs()),
        }
    }

    /// The value at a place; of the two on an axis of sizes the positive one.
    pub fn value(self, place: f64) -> f64 {
        match self {
            Self::Linear => place,
            Self::Symlog { linear } if place.abs() <= 1.0 => place * linear,
            Self::Symlog { linear } => (linear * (place.abs() - 1.0).exp()).copysign(place),
            Self::Log | Self::LogSize => place.exp(),
        }
    }

    /// Places for a unit of what a density along the axis is per: the value, its decimal logarithm, or, on a symlog axis, the
    /// place itself.
    pub(super) fn unit(self) -> f64 {
        match self {
            Self::Linear | Self::Symlog { .. } => 1.0,
            Self::Log | Self::LogSize => std::f64::consts::LN_10,
        }
    }

    /// Whether both bend alike, perhaps elsewhere.
    pub fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }

    /// Part of the way to one like it.
    pub fn towards(self, other: Self, part: f64) -> Self {
        match (self, other) {
            (Self::Symlog { linear: from }, Self::Symlog { linear: to }) if part < 1.0 => {
                Self::Symlog { linear: from * (to / from).powf(part) }
            }
            _ => other,
        }
    }
}

/// The least of 1, 2 and 5 times powers of ten that is no less than a positive number.
pub(super) fn round_above(number: f64) -> f64 {
    let power = 10_f64.powf(number.log10().floor());
    [1.0, 2.0, 5.0].into_iter().map(|factor| factor * power).find(|round| *round >= number).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BENDS: [Bend; 4] = [Bend::Linear, Bend::Symlog { linear: 0.02 }, Bend::Log, Bend::LogSize];

    fn sizes() -> impl Iterator<Item = f64> {
        (-380..=380).map(|tenth| 10_f64.powf(f64::from(tenth) / 10.0))
    }

    #[test]
    fn places_grow_with_the_values_and_lead_back_to_them() {
        for bend in BENDS {
            let positive: Vec<_> = sizes().collect();
            let negative = positive.iter().rev().map(|size| -size);
            let signed = matches!(bend, Bend::Linear | Bend::Symlog { .. });
            let values: Vec<_> = negative.filter(|_| signed).chain(positive.iter().copied()).collect();
            assert!(values.windows(2).all(|pair| bend.place(pair[0]) < bend.place(pair[1])), "{bend:?}");
            for value in values {
                assert!((bend.value(bend.place(value)) / value - 1.0).abs() < 1e-12, "{bend:?} of {value}");
            }
        }
    }

    #[test]
    fn a_logarithm_has_no_place_for_zero() {
        assert_eq!([Bend::Log.place(0.0), Bend::Log.place(-1.0), Bend::LogSize.place(0.0)], [f64::NEG_INFINITY; 3]);
        assert_eq!(Bend::LogSize.place(-2.0), Bend::Log.place(2.0));
    }

    #[test]
    fn numbers_are_rounded_up_to_1_2_or_5() {
        assert_eq!([0.013, 0.02, 3.0, 7.0].map(round_above), [0.02, 0.02, 5.0, 10.0]);
    }
}

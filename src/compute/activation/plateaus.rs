use crate::experiment::{Activation, STEEP_ENOUGH, Saturation};

/// How near to a limit an output of sigmoid or tanh counts as saturated: |tanh| > 0.97, sigmoid outside 0.03 to 0.97.
pub const SATURATION_MARGIN: f32 = 0.03;

/// Which outputs of an activation come from where it is flat, or nearly so: what units are dead by, and what is saturated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plateaus {
    /// Outputs of pre-activations whose derivative is 0 by formula.
    pub flat: Flat,
    /// Outputs below the first or above the second are saturated; `None` of activations that do not saturate.
    pub saturated: Option<(f32, f32)>,
}

/// The outputs of pre-activations whose derivative is 0 by formula.
///
/// They tell the flat pieces exactly but for one thing: z = 3 - 2^-22, the f32 below 3, is 1 to `hard_sigmoid` as 3 is, since
/// f32 has no place between 6 - 2^-21 and 6 for its z + 3.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Flat {
    /// There are none.
    Nowhere,
    /// All that are not positive.
    NotPositive,
    /// These two values.
    At(f32, f32),
    /// -0, which is no output of another pre-activation: zero itself gives +0.
    NegativeZero,
}

/// The bits of -0.
pub(crate) const NEGATIVE_ZERO: u32 = 1 << 31;

impl Plateaus {
    /// The plateaus of values that are not outputs: none.
    pub const NONE: Self = Self { flat: Flat::Nowhere, saturated: None };
}

impl Flat {
    /// Whether an output is among them; NaN is not.
    pub fn contains(self, output: f32) -> bool {
        match self {
            Self::Nowhere => false,
            Self::NotPositive => output <= 0.0,
            Self::At(low, high) => output == low || output == high,
            Self::NegativeZero => output.to_bits() == NEGATIVE_ZERO,
        }
    }
}

impl Activation {
    /// Which of its outputs come from where it is flat, or nearly so.
    pub fn plateaus(self) -> Plateaus {
        let limits = self.limits();
        let (lower, upper) = limits.bounded().unwrap_or((f32::NEG_INFINITY, f32::INFINITY));
        let flat = match self.flat_pieces() {
            None => Flat::Nowhere,
            Some(_) if limits.bounded().is_some() => Flat::At(lower, upper),
            Some(_) if self == Self::HardSwish => Flat::NegativeZero,
            Some(_) => Flat::NotPositive,
        };
        let saturated = self.saturation().map(|saturation| match saturation {
            Saturation::NearLimit => (lower + SATURATION_MARGIN, upper - SATURATION_MARGIN),
            Saturation::AtLimit => (lower.next_up(), upper.next_down()),
            Saturation::AtCap => (f32::NEG_INFINITY, upper.next_down()),
            // 1 / (1 + |z|)^2 is (1 - |h|)^2.
            Saturation::NearlyFlat => {
                let most = 1.0 - STEEP_ENOUGH.sqrt();
                (-most as f32, most as f32)
            }
        });
        Plateaus { flat, saturated }
    }
}

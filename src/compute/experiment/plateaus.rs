use super::Activation;

/// Where the derivative of an activation is 0 by its formula, both ends included: nothing can be learnt through a unit all of
/// whose pre-activations lie there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FlatPieces {
    /// The greatest pre-activation of the lower piece.
    pub up_to: f64,
    /// The least pre-activation of the upper piece, if there is one.
    pub from: Option<f64>,
}

impl FlatPieces {
    /// Whether a pre-activation lies on one of them; NaN does not.
    pub fn contain(self, z: f64) -> bool {
        z <= self.up_to || self.from.is_some_and(|from| z >= from)
    }
}

/// What it is for an output to be saturated: that next to no gradient passes, because an end of the activation is near.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saturation {
    /// It is within 0.03 of a limit.
    NearLimit,
    /// It is exactly at a limit, where the derivative is 0.
    AtLimit,
    /// It is exactly at the upper limit; at the lower one the unit is merely off.
    AtCap,
    /// The derivative is less than [`STEEP_ENOUGH`]: the limits themselves are hardly ever near.
    NearlyFlat,
}

/// A softsign with a derivative less than this is saturated: |z| is more than 3.08.
pub const STEEP_ENOUGH: f64 = 0.06;

impl Saturation {
    /// What is true of a saturated output, after `outputs that are`.
    pub fn words(self) -> &'static str {
        match self {
            Self::NearLimit => "within 0.03 of a limit",
            Self::AtLimit => "exactly at a limit",
            Self::AtCap => "exactly 6",
            Self::NearlyFlat => "where the slope is under 0.06",
        }
    }
}

impl Activation {
    /// Where its derivative is 0 by formula, not by rounding; `None` if nowhere.
    pub fn flat_pieces(self) -> Option<FlatPieces> {
        let below = |up_to| Some(FlatPieces { up_to, from: None });
        let outside = |up_to, from| Some(FlatPieces { up_to, from: Some(from) });
        match self {
            Self::Relu => below(0.0),
            Self::LeakyRelu { slope: depth } | Self::Elu { alpha: depth } | Self::Celu { alpha: depth } => {
                if depth == 0.0 { below(0.0) } else { None }
            }
            Self::Relu6 => outside(0.0, 6.0),
            Self::HardSigmoid => outside(-3.0, 3.0),
            Self::HardTanh => outside(-1.0, 1.0),
            Self::HardSwish => below(-3.0),
            Self::Linear
            | Self::Sigmoid
            | Self::Tanh
            | Self::Softsign
            | Self::Selu { .. }
            | Self::Gelu
            | Self::GeluTanh
            | Self::Silu
            | Self::Mish
            | Self::Softplus => None,
        }
    }

    /// Whether a whole range of pre-activations gives exactly zero: the unit is off, and its derivative is zero.
    pub fn switches_off(self) -> bool {
        match self {
            Self::Relu | Self::Relu6 | Self::HardSigmoid | Self::HardSwish => true,
            Self::LeakyRelu { slope: depth } | Self::Elu { alpha: depth } | Self::Celu { alpha: depth } => depth == 0.0,
            Self::Linear
            | Self::Sigmoid
            | Self::Tanh
            | Self::HardTanh
            | Self::Softsign
            | Self::Selu { .. }
            | Self::Gelu
            | Self::GeluTanh
            | Self::Silu
            | Self::Mish
            | Self::Softplus => false,
        }
    }

    /// The pre-activation above which the output is positive; `None` if it always is.
    pub fn threshold(self) -> Option<f64> {
        match self {
            Self::Sigmoid | Self::Softplus => None,
            Self::HardSigmoid => Some(-3.0),
            Self::Linear
            | Self::Tanh
            | Self::HardTanh
            | Self::Softsign
            | Self::Relu
            | Self::Relu6
            | Self::LeakyRelu { .. }
            | Self::Elu { .. }
            | Self::Selu { .. }
            | Self::Celu { .. }
            | Self::Gelu
            | Self::GeluTanh
            | Self::Silu
            | Self::HardSwish
            | Self::Mish => Some(0.0),
        }
    }

    /// Whether every output is positive, but for what f32 rounds to zero.
    pub fn is_positive(self) -> bool {
        self.threshold().is_none()
    }

    /// Whether a unit can be dead: whether the derivative is 0 anywhere.
    pub fn can_be_dead(self) -> bool {
        self.flat_pieces().is_some()
    }

    /// Whether a unit can be positive for no image, and not be dead.
    pub fn can_be_never_positive(self) -> bool {
        !self.is_positive() && self.flat_pieces().is_none_or(|flat| self.threshold() > Some(flat.up_to))
    }

    /// What it is for its output to be saturated; `None` of an activation that has no such end.
    pub fn saturation(self) -> Option<Saturation> {
        match self {
            Self::Sigmoid | Self::Tanh => Some(Saturation::NearLimit),
            Self::HardSigmoid | Self::HardTanh => Some(Saturation::AtLimit),
            Self::Relu6 => Some(Saturation::AtCap),
            Self::Softsign => Some(Saturation::NearlyFlat),
            Self::Linear
            | Self::Relu
            | Self::LeakyRelu { .. }
            | Self::Elu { .. }
            | Self::Selu { .. }
            | Self::Celu { .. }
            | Self::Gelu
            | Self::GeluTanh
            | Self::Silu
            | Self::HardSwish
            | Self::Mish
            | Self::Softplus => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The derivative of softsign is 1 / (1 + |z|)^2.
    #[test]
    fn softsign_is_steep_enough_up_to_a_pre_activation_of_3_08() {
        assert!(((STEEP_ENOUGH.sqrt().recip() - 1.0) - 3.0825).abs() < 1e-4);
    }

    #[test]
    fn dead_and_never_positive_are_two_things_where_flat_is_not_all_that_is_not_positive() {
        for activation in Activation::ALL {
            let name = activation.name();
            assert_eq!(
                activation.can_be_dead(),
                ["relu", "relu6", "hard_sigmoid", "hard_tanh", "hard_swish"].contains(&name)
            );
            let never_positive = !["relu", "relu6", "hard_sigmoid", "sigmoid", "softplus"].contains(&name);
            assert_eq!(activation.can_be_never_positive(), never_positive, "{name}");
        }
    }
}

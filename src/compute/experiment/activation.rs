mod read;

use std::fmt;
use std::str::FromStr;

use super::SettingError;

/// The nonlinearity of the hidden layers, under its name in Keras and PyTorch, with its parameters.
///
/// Where a function has a kink, its derivative there is PyTorch's: that of the branch z <= 0, and 0 at both ends of a clamp.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Activation {
    /// z
    Linear,
    /// 1 / (1 + exp(-z))
    Sigmoid,
    /// relu6(z + 3) / 6, as in PyTorch and Keras 3; Keras 2 had min(max(0.2 z + 0.5, 0), 1).
    HardSigmoid,
    /// tanh(z)
    Tanh,
    /// z between -1 and 1
    HardTanh,
    /// z / (1 + |z|)
    Softsign,
    /// max(z, 0)
    Relu,
    /// z between 0 and 6
    Relu6,
    /// z, or slope z below 0.
    LeakyRelu {
        /// Slope below 0: 0.2 in Keras's function, 0.3 in its layer, 0.01 in PyTorch. 0 or more.
        slope: f64,
    },
    /// z, or alpha (exp(z) - 1) below 0.
    Elu {
        /// Depth of the negative side. 0 or more.
        alpha: f64,
    },
    /// [`SELU_SCALE`] times ELU with alpha 1.6733 (Klambauer et al. 2017).
    Selu {
        /// From which side its derivative at 0 is taken.
        at_zero: AtZero,
    },
    /// z, or alpha (exp(z / alpha) - 1) below 0 (Barron 2017).
    Celu {
        /// Depth and width of the negative side. More than 0.
        alpha: f64,
    },
    /// z Phi(z) with the exact normal distribution function (Hendrycks and Gimpel 2016).
    Gelu,
    /// GELU with its approximation by tanh.
    GeluTanh,
    /// z sigmoid(z), also called swish.
    Silu,
    /// z hard_sigmoid(z) (Howard et al. 2019).
    HardSwish,
    /// z tanh(softplus(z)) (Misra 2019).
    Mish,
    /// ln(1 + exp(z))
    Softplus,
}

/// From which side a derivative is taken where the two differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtZero {
    /// From below, as in PyTorch: SELU has 1.7581.
    Below,
    /// From above, as in TensorFlow: SELU has 1.0507.
    Above,
}

impl AtZero {
    /// Both, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Below, Self::Above];

    /// The name in brackets.
    pub fn name(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::Above => "above",
        }
    }
}

/// SELU's slope above 0.
pub const SELU_SCALE: f64 = 1.050_700_987_355_480_5;
/// The depth of SELU's negative side, and its slope at 0 from below: scale x alpha.
pub const SELU_DEPTH: f64 = 1.758_099_340_847_376_6;

impl Activation {
    /// All of them with the parameters they start with, in the order they are offered.
    pub const ALL: [Self; 18] = [
        Self::Linear,
        Self::Sigmoid,
        Self::HardSigmoid,
        Self::Tanh,
        Self::HardTanh,
        Self::Softsign,
        Self::Relu,
        Self::Relu6,
        Self::LeakyRelu { slope: 0.2 },
        Self::Elu { alpha: 1.0 },
        Self::Selu { at_zero: AtZero::Below },
        Self::Celu { alpha: 1.0 },
        Self::Gelu,
        Self::GeluTanh,
        Self::Silu,
        Self::HardSwish,
        Self::Mish,
        Self::Softplus,
    ];

    /// The name on the command line, in files and in the window, without parameters.
    pub fn name(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Sigmoid => "sigmoid",
            Self::HardSigmoid => "hard_sigmoid",
            Self::Tanh => "tanh",
            Self::HardTanh => "hard_tanh",
            Self::Softsign => "softsign",
            Self::Relu => "relu",
            Self::Relu6 => "relu6",
            Self::LeakyRelu { .. } => "leaky_relu",
            Self::Elu { .. } => "elu",
            Self::Selu { .. } => "selu",
            Self::Celu { .. } => "celu",
            Self::Gelu => "gelu",
            Self::GeluTanh => "gelu_tanh",
            Self::Silu => "silu",
            Self::HardSwish => "hard_swish",
            Self::Mish => "mish",
            Self::Softplus => "softplus",
        }
    }

    /// The function in the field's notation.
    pub fn formula(self) -> &'static str {
        match self {
            Self::Linear => "h = z",
            Self::Sigmoid => "h = 1 / (1 + exp(−z))",
            Self::HardSigmoid => "h = min(max(z + 3, 0), 6) / 6",
            Self::Tanh => "h = tanh(z)",
            Self::HardTanh => "h = min(max(z, −1), 1)",
            Self::Softsign => "h = z / (1 + |z|)",
            Self::Relu => "h = max(z, 0)",
            Self::Relu6 => "h = min(max(z, 0), 6)",
            Self::LeakyRelu { .. } => "h = z if z > 0, else slope · z",
            Self::Elu { .. } => "h = z if z > 0, else alpha · (exp(z) − 1)",
            Self::Selu { .. } => "h = 1.0507 · z if z > 0, else 1.7581 · (exp(z) − 1)",
            Self::Celu { .. } => "h = z if z > 0, else alpha · (exp(z / alpha) − 1)",
            Self::Gelu => "h = z · Φ(z), Φ(z) = (1 + erf(z / √2)) / 2",
            Self::GeluTanh => "h = z / 2 · (1 + tanh(√(2 / π) · (z + 0.044715 · z³)))",
            Self::Silu => "h = z / (1 + exp(−z))",
            Self::HardSwish => "h = z · min(max(z + 3, 0), 6) / 6",
            Self::Mish => "h = z · tanh(ln(1 + exp(z)))",
            Self::Softplus => "h = ln(1 + exp(z))",
        }
    }

    /// What must be known to compare it with a framework: derivatives at kinks, and where Keras and PyTorch differ.
    pub fn convention(self) -> &'static str {
        match self {
            Self::Linear | Self::Sigmoid | Self::Tanh | Self::Softsign | Self::Mish => "The same in Keras and PyTorch.",
            Self::HardSigmoid => {
                "As in PyTorch and Keras 3; Keras 2 had min(max(0.2 · z + 0.5, 0), 1). The derivative at ±3 is 0."
            }
            Self::HardTanh => "The derivative at ±1 is 0, as in PyTorch.",
            Self::Relu => "The derivative at 0 is 0.",
            Self::Relu6 => "The derivative at 0 and at 6 is 0.",
            Self::LeakyRelu { .. } => {
                "The slope is 0.2 in Keras's function, 0.3 in Keras's layer, 0.01 in PyTorch. The derivative at 0 is the slope."
            }
            Self::Elu { .. } => "alpha is 1 in Keras and PyTorch. The derivative at 0 is alpha.",
            Self::Selu { .. } => {
                "The derivative at 0 is 1.7581, from below, as in PyTorch; in TensorFlow it is 1.0507, from above: selu(at_zero=above)."
            }
            Self::Celu { .. } => "alpha is 1 in Keras and PyTorch. The derivative at 0 is 1.",
            Self::Gelu => "The exact form, the default of Keras and PyTorch; their approximation is gelu_tanh.",
            Self::GeluTanh => "The approximation of gelu that Keras and PyTorch offer.",
            Self::Silu => "The same in Keras and PyTorch; also called swish.",
            Self::HardSwish => "Keras calls it hard_silu. The derivative is 0 at −3 and 1 at 3.",
            Self::Softplus => "The same in Keras; PyTorch takes z itself above 20, which differs by less than 3×10⁻⁹.",
        }
    }

    /// The layer of Keras 3 that computes it.
    pub fn keras(self) -> String {
        let named = |name: &str| format!("keras.layers.Activation(\"{name}\")");
        match self {
            Self::LeakyRelu { slope } => format!("keras.layers.LeakyReLU(negative_slope={})", written(slope)),
            Self::Elu { alpha } => format!("keras.layers.ELU(alpha={})", written(alpha)),
            Self::Celu { alpha } => {
                format!("keras.layers.Activation(lambda z: keras.activations.celu(z, alpha={}))", written(alpha))
            }
            Self::GeluTanh => {
                "keras.layers.Activation(lambda z: keras.activations.gelu(z, approximate=True))".to_owned()
            }
            Self::HardSwish => named("hard_silu"),
            _ => named(self.name()),
        }
    }

    /// The module of PyTorch that computes it.
    pub fn pytorch(self) -> String {
        let arguments = match self {
            Self::LeakyRelu { slope } => format!("negative_slope={}", written(slope)),
            Self::Elu { alpha } | Self::Celu { alpha } => format!("alpha={}", written(alpha)),
            Self::GeluTanh => "approximate=\"tanh\"".to_owned(),
            _ => String::new(),
        };
        let module = match self {
            Self::Linear => "Identity",
            Self::Sigmoid => "Sigmoid",
            Self::HardSigmoid => "Hardsigmoid",
            Self::Tanh => "Tanh",
            Self::HardTanh => "Hardtanh",
            Self::Softsign => "Softsign",
            Self::Relu => "ReLU",
            Self::Relu6 => "ReLU6",
            Self::LeakyRelu { .. } => "LeakyReLU",
            Self::Elu { .. } => "ELU",
            Self::Selu { .. } => "SELU",
            Self::Celu { .. } => "CELU",
            Self::Gelu | Self::GeluTanh => "GELU",
            Self::Silu => "SiLU",
            Self::HardSwish => "Hardswish",
            Self::Mish => "Mish",
            Self::Softplus => "Softplus",
        };
        format!("torch.nn.{module}({arguments})")
    }

    /// Its number with its name, as in [`Activation::with`].
    pub fn parameter(self) -> Option<(&'static str, f64)> {
        match self {
            Self::LeakyRelu { slope } => Some(("slope", slope)),
            Self::Elu { alpha } | Self::Celu { alpha } => Some(("alpha", alpha)),
            _ => None,
        }
    }

    /// The same with its parameter set.
    ///
    /// # Errors
    /// If it has no parameter of this name, or the value is out of its range.
    pub fn with(self, name: &str, value: f64) -> Result<Self, SettingError> {
        let within = |flag, allowed: bool, range: &str| {
            if allowed && value.abs() <= f64::from(f32::MAX) {
                return Ok(value);
            }
            let allowed = format!("{range}, and no more than 3.4e38");
            Err(SettingError::OutOfRange { flag, given: value.to_string(), allowed })
        };
        Ok(match (self, name) {
            (Self::LeakyRelu { .. }, "slope") => {
                Self::LeakyRelu { slope: within("--slope", value >= 0.0, "0 or more")? }
            }
            (Self::Elu { .. }, "alpha") => Self::Elu { alpha: within("--alpha", value >= 0.0, "0 or more")? },
            (Self::Celu { .. }, "alpha") => Self::Celu { alpha: within("--alpha", value > 0.0, "more than 0")? },
            _ => {
                return Err(SettingError::UnknownParameter {
                    owner: self.name(),
                    given: name.to_owned(),
                    known: match (self, self.parameter()) {
                        (Self::Selu { .. }, _) => "at_zero",
                        (_, Some((name, _))) => name,
                        (_, None) => "its name alone",
                    }
                    .to_owned(),
                });
            }
        })
    }
}

/// As [`FromStr`] reads it: `relu`, `leaky_relu(slope=0.2)`.
impl fmt::Display for Activation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())?;
        match (self, self.parameter()) {
            (Self::Selu { at_zero: AtZero::Above }, _) => formatter.write_str("(at_zero=above)"),
            (_, Some((name, value))) => write!(formatter, "({name}={})", written(value)),
            (_, None) => Ok(()),
        }
    }
}

/// A name, which has its parameters' defaults, or a name with parameters in brackets.
impl FromStr for Activation {
    type Err = SettingError;

    fn from_str(text: &str) -> Result<Self, SettingError> {
        Self::read(text, false)
    }
}

/// A number as it reads back: the shorter of its two notations.
fn written(number: f64) -> String {
    let (plain, scientific) = (number.to_string(), format!("{number:e}"));
    if scientific.len() < plain.len() { scientific } else { plain }
}

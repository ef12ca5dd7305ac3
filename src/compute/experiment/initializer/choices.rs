/// What n counts in a variance of scale / n, for a kernel [fan_in, fan_out].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Inputs: keeps the size of what goes forward.
    FanIn,
    /// Outputs: keeps the size of the gradients.
    FanOut,
    /// The mean of both; Keras only.
    FanAvg,
}

/// The shape of a law of given variance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distribution {
    /// Cut at two raw standard deviations, which are widened so that the variance is right after the cut.
    TruncatedNormal,
    /// Not cut.
    UntruncatedNormal,
    /// Between the limits that give the variance.
    Uniform,
}

/// What a gain is for: `torch.nn.init.calculate_gain`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nonlinearity {
    /// 1
    Linear,
    /// 1
    Sigmoid,
    /// 5 / 3
    Tanh,
    /// sqrt(2)
    Relu,
    /// sqrt(2 / (1 + slope²))
    LeakyRelu,
    /// 3 / 4
    Selu,
}

impl Mode {
    /// n for a kernel [fan_in, fan_out].
    pub fn count(self, fan_in: usize, fan_out: usize) -> f64 {
        match self {
            Self::FanIn => fan_in as f64,
            Self::FanOut => fan_out as f64,
            Self::FanAvg => (fan_in + fan_out) as f64 / 2.0,
        }
    }
}

impl Nonlinearity {
    /// `calculate_gain(nonlinearity, slope)`.
    pub fn gain(self, slope: f64) -> f64 {
        match self {
            Self::Linear | Self::Sigmoid => 1.0,
            Self::Tanh => 5.0 / 3.0,
            Self::Relu => 2.0_f64.sqrt(),
            Self::LeakyRelu => (2.0 / (1.0 + slope * slope)).sqrt(),
            Self::Selu => 0.75,
        }
    }
}

/// One of several names.
pub trait Choice {
    /// The name that is chosen.
    fn chosen(&self) -> &'static str;
    /// All names.
    fn names(&self) -> Vec<&'static str>;
    /// Chooses a name; false if there is none such.
    fn choose(&mut self, name: &str) -> bool;
}

impl<C: Choice> Choice for &mut C {
    fn chosen(&self) -> &'static str {
        (**self).chosen()
    }

    fn names(&self) -> Vec<&'static str> {
        (**self).names()
    }

    fn choose(&mut self, name: &str) -> bool {
        (**self).choose(name)
    }
}

macro_rules! names {
    ($choice:ident: $($variant:ident => $name:literal),+) => {
        impl $choice {
            /// The framework's name for it.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name),+
                }
            }
        }

        impl Choice for $choice {
            fn chosen(&self) -> &'static str {
                self.name()
            }

            fn names(&self) -> Vec<&'static str> {
                vec![$($name),+]
            }

            fn choose(&mut self, name: &str) -> bool {
                *self = match name {
                    $($name => Self::$variant,)+
                    _ => return false,
                };
                true
            }
        }
    };
}

names!(Mode: FanIn => "fan_in", FanOut => "fan_out", FanAvg => "fan_avg");
names!(Distribution: TruncatedNormal => "truncated_normal", UntruncatedNormal => "untruncated_normal", Uniform => "uniform");
names!(Nonlinearity: Linear => "linear", Sigmoid => "sigmoid", Tanh => "tanh", Relu => "relu", LeakyRelu => "leaky_relu", Selu => "selu");

/// The modes PyTorch has.
pub(super) struct TorchMode<'a>(pub &'a mut Mode);

impl Choice for TorchMode<'_> {
    fn chosen(&self) -> &'static str {
        self.0.name()
    }

    fn names(&self) -> Vec<&'static str> {
        vec!["fan_in", "fan_out"]
    }

    fn choose(&mut self, name: &str) -> bool {
        self.names().contains(&name) && self.0.choose(name)
    }
}

use super::{Activation, AtZero, SettingError};
use crate::experiment::call::Call;
use crate::experiment::names::{self, Home};

const FLAG: &str = "--activation";

/// Names that others have for it, as [`names::plain`] writes them.
const ALIASES: [(&str, &str); 6] = [
    ("swish", "silu"),
    ("hardsilu", "hard_swish"),
    ("identity", "linear"),
    ("logistic", "sigmoid"),
    ("lrelu", "leaky_relu"),
    ("gelupytorchtanh", "gelu_tanh"),
];

impl Activation {
    /// Reads `name` or `name(parameter=value)`, as this program or Keras or PyTorch write it: `leaky_relu(slope=0.01)`,
    /// `nn.LeakyReLU(0.01)`, `swish`. A framework's name has that framework's defaults.
    ///
    /// `has_slope` says that the slope is given elsewhere.
    ///
    /// # Errors
    /// If there is no such name, it has no such parameter, or frameworks mean different things by it.
    pub fn read(text: &str, has_slope: bool) -> Result<Self, SettingError> {
        let call = Call::parse(FLAG, text)?;
        let known = || Self::ALL.iter().map(|activation| activation.name());
        let unknown = || SettingError::UnknownName {
            flag: FLAG,
            given: call.name.to_owned(),
            meant: names::near(call.name, known()),
            known: known().collect::<Vec<_>>().join(", "),
        };
        let (home, own) = names::at_home(call.name).ok_or_else(unknown)?;
        let plain = names::plain(own);
        let name = ALIASES.iter().find(|(alias, _)| *alias == plain).map_or(own, |(_, name)| name);
        let named = Self::ALL.into_iter().find(|activation| names::is_same(activation.name(), name));
        let named = of_home(named.ok_or_else(unknown)?, home);
        let read = call.parameters.iter().try_fold(named, |activation, parameter| activation.given(text, parameter))?;
        let is_said = has_slope || !call.parameters.is_empty() || home.is_some() || call.name == read.name();
        if matches!(read, Self::LeakyRelu { .. }) && !is_said {
            let choices = "leaky_relu(slope=0.01) for PyTorch's, leaky_relu(slope=0.3) for the layer of Keras, or leaky_relu for \
                           its function, whose slope is 0.2";
            return Err(SettingError::Ambiguous { flag: FLAG, given: call.name.to_owned(), choices });
        }
        Ok(read)
    }

    /// The same with a parameter set, as frameworks call it too.
    fn given(self, text: &str, parameter: &crate::experiment::call::Parameter<'_>) -> Result<Self, SettingError> {
        let name = match (self, parameter.name) {
            // What a framework does with its memory is none of ours.
            (_, "inplace") => return Ok(self),
            (Self::LeakyRelu { .. }, "negative_slope" | "alpha") => "slope",
            (_, "") => self.parameter().map_or("", |(name, _)| name),
            (_, name) => name,
        };
        if name.is_empty() {
            return Err(SettingError::Malformed { flag: FLAG, given: text.to_owned() });
        }
        let value = parameter.value.trim_matches(['"', '\'']);
        match (self, name) {
            (Self::Selu { .. }, "at_zero") => {
                let known = AtZero::ALL.into_iter().find(|side| names::is_same(side.name(), value));
                let at_zero = known.ok_or_else(|| SettingError::UnknownName {
                    flag: "at_zero",
                    given: value.to_owned(),
                    meant: Vec::new(),
                    known: AtZero::ALL.map(AtZero::name).join(", "),
                })?;
                Ok(Self::Selu { at_zero })
            }
            (Self::Gelu | Self::GeluTanh, "approximate") => match value.to_ascii_lowercase().as_str() {
                "tanh" | "true" => Ok(Self::GeluTanh),
                "none" | "false" => Ok(Self::Gelu),
                _ => Err(SettingError::UnknownName {
                    flag: "approximate",
                    given: value.to_owned(),
                    meant: Vec::new(),
                    known: "tanh, none".to_owned(),
                }),
            },
            _ => self.with(name, parameter.number(FLAG)?),
        }
    }
}

/// With the defaults of the framework that calls it so.
fn of_home(activation: Activation, home: Option<Home>) -> Activation {
    match (activation, home) {
        (Activation::LeakyRelu { .. }, Some(Home::PyTorch)) => Activation::LeakyRelu { slope: 0.01 },
        (Activation::LeakyRelu { .. }, Some(Home::KerasLayer)) => Activation::LeakyRelu { slope: 0.3 },
        (Activation::Selu { .. }, Some(Home::TensorFlow)) => Activation::Selu { at_zero: AtZero::Above },
        _ => activation,
    }
}

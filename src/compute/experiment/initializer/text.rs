use std::fmt::{Display, Formatter};

use super::{Initializer, Meaning, Value};
use crate::experiment::names::{self, Home};

/// Why a text is no initializer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnreadableInitializer {
    /// There is no such name.
    Name(String),
    /// Frameworks mean different things by it: what says which.
    Ambiguous(&'static str),
    /// Something in the brackets is wrong: a sentence.
    Brackets(String),
}

/// The name, and in brackets what differs from the framework's defaults: `variance_scaling(scale=2, mode=fan_avg)`.
impl Display for Initializer {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        let (mut given, mut default) = (*self, self.with_defaults());
        let changed = given.parameters().into_iter().zip(default.parameters());
        let changed = changed.map(|(given, default)| (given.name, text(&given.value), text(&default.value)));
        write(
            formatter,
            self.name(),
            changed.filter(|(_, given, default)| given != default).map(|(name, given, _)| (name, given)),
        )
    }
}

impl Initializer {
    /// Reads `name` or `name(parameter=value, ..)`, as this program or Keras or PyTorch write it: `he_normal`, `HeNormal`,
    /// `nn.init.kaiming_normal_(a=0.1)`; what is not given has the framework's default.
    ///
    /// # Errors
    /// Which part of it cannot be read.
    pub fn read(text: &str) -> Result<Self, UnreadableInitializer> {
        let wrong = |sentence: String| UnreadableInitializer::Brackets(sentence);
        let (name, inside) = match text.trim().split_once('(') {
            None => (text.trim(), ""),
            Some((name, rest)) => {
                let inside = rest.trim_end().strip_suffix(')');
                (name.trim_end(), inside.ok_or_else(|| wrong("the closing bracket is missing".to_owned()))?)
            }
        };
        let mut read = named(name)?;
        let mut given = Vec::new();
        for part in inside.split(',').map(str::trim).filter(|_| !inside.trim().is_empty()) {
            let (key, value) = part.split_once('=').ok_or_else(|| wrong(nameless(part)))?;
            let (key, value) = (read.canonical(key.trim()), value.trim());
            if given.contains(&key) {
                return Err(wrong(format!("{key} is given twice")));
            }
            read.set(key, value).map_err(wrong)?;
            given.push(key);
        }
        read.check().map_err(wrong)?;
        Ok(read)
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), String> {
        let mut parameters = self.parameters();
        let known = parameters.iter().map(|parameter| parameter.name).collect::<Vec<_>>().join(", ");
        let is_it = |name: &str| name == key || key == SIGMA && is_sigma(name);
        let Some(parameter) = parameters.iter_mut().find(|parameter| is_it(parameter.name)) else {
            let has = if known.is_empty() { "it has no parameters".to_owned() } else { format!("it has {known}") };
            return Err(format!("unknown parameter {key}: {has}"));
        };
        let name = parameter.name;
        match &mut parameter.value {
            Value::Number(number, range) => match text.parse() {
                Ok(parsed) if range.contains(parsed) => **number = parsed,
                _ => return Err(format!("{name}={text} is not {}", range.words())),
            },
            Value::Choice(choice) => {
                let given = text.trim_matches(['"', '\'']);
                let named = choice.names().into_iter().find(|name| names::is_same(name, given));
                if !named.is_some_and(|name| choice.choose(name)) {
                    return Err(format!("{name}={text} is not known: use {}", choice.names().join(", ")));
                }
            }
        }
        Ok(())
    }

    /// Whether its limits are in order.
    ///
    /// # Errors
    /// A sentence, if they are not.
    pub fn check(self) -> Result<(), String> {
        match self {
            Self::RandomUniform { minval, maxval } if minval > maxval => {
                Err(format!("minval={minval} is above maxval={maxval}"))
            }
            Self::TruncNormal { a, b, .. } if a > b => Err(format!("a={a} is above b={b}")),
            _ => Ok(()),
        }
    }

    /// Like [`Display`], without what a flag of its own says.
    pub(crate) fn without_flags(mut self) -> String {
        let mut default = self.with_defaults();
        let flags = default.parameters().into_iter().zip(self.parameters());
        for (default, given) in flags.filter(|(default, _)| default.meaning != Meaning::Own) {
            if let (Value::Number(default, _), Value::Number(given, _)) = (default.value, given.value) {
                *given = *default;
            }
        }
        self.to_string()
    }
}

/// What the standard deviation is called among its names.
const SIGMA: &str = "sigma";

/// The standard deviation has three names.
fn is_sigma(name: &str) -> bool {
    matches!(name, SIGMA | "std" | "stddev")
}

impl Initializer {
    /// A parameter's name, whichever framework's is given.
    fn canonical(self, key: &str) -> &str {
        match (self, key) {
            (_, key) if is_sigma(key) => SIGMA,
            (Self::Constant { .. }, "val") => "value",
            (Self::RandomUniform { .. }, "a") => "minval",
            (Self::RandomUniform { .. }, "b") => "maxval",
            _ => key,
        }
    }
}

/// Names that frameworks have for it besides, as [`names::plain`] writes them.
const ALIASES: [(&str, &str); 4] = [("eye", "identity"), ("one", "ones"), ("zero", "zeros"), ("const", "constant")];

/// The initializer of a name, with its framework's defaults.
fn named(name: &str) -> Result<Initializer, UnreadableInitializer> {
    let unknown = || UnreadableInitializer::Name(name.to_owned());
    let (home, own) = names::at_home(name).ok_or_else(unknown)?;
    let plain = names::plain(own);
    match (plain.as_str(), home) {
        ("normal", Some(Home::PyTorch)) => return Ok(Initializer::RandomNormal { mean: 0.0, sigma: 1.0 }),
        ("normal", Some(_)) => return Ok(Initializer::RandomNormal { mean: 0.0, sigma: 0.05 }),
        ("uniform", Some(Home::PyTorch)) => return Ok(Initializer::RandomUniform { minval: 0.0, maxval: 1.0 }),
        ("uniform", Some(_)) => return Ok(Initializer::RandomUniform { minval: -0.05, maxval: 0.05 }),
        ("normal", None) => {
            let choices = "random_normal, whose sigma is 0.05 as in Keras, or normal_, whose sigma is 1 as in PyTorch";
            return Err(UnreadableInitializer::Ambiguous(choices));
        }
        ("uniform", None) => {
            let choices = "random_uniform, from -0.05 to 0.05 as in Keras, or uniform_, from 0 to 1 as in PyTorch";
            return Err(UnreadableInitializer::Ambiguous(choices));
        }
        _ => {}
    }
    let known = ALIASES.iter().find(|(alias, _)| *alias == plain).map_or(own, |(_, known)| known);
    Initializer::ALL.into_iter().find(|initializer| names::is_same(initializer.name(), known)).ok_or_else(unknown)
}

/// What is wrong with a parameter without a name: perhaps it is the end of a number with a decimal comma.
fn nameless(part: &str) -> String {
    if part.chars().all(|digit| digit.is_ascii_digit()) {
        return format!("a comma stands between parameters, write numbers with a decimal point, not ',{part}'");
    }
    format!("write parameter=value, not '{part}'")
}

fn text(value: &Value<'_>) -> String {
    match value {
        Value::Number(number, _) => number.to_string(),
        Value::Choice(choice) => choice.chosen().to_owned(),
    }
}

fn write(
    formatter: &mut Formatter<'_>,
    name: &str,
    parameters: impl Iterator<Item = (&'static str, String)>,
) -> std::fmt::Result {
    let inside = parameters.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(", ");
    if inside.is_empty() { formatter.write_str(name) } else { write!(formatter, "{name}({inside})") }
}

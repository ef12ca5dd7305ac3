use super::choices::TorchMode;
use super::{Choice, Initializer};

/// A parameter of an initializer, for whoever reads, writes or offers it.
pub struct Parameter<'a> {
    /// Its name in brackets.
    pub name: &'static str,
    /// Which flag sets it too.
    pub meaning: Meaning,
    /// What it is.
    pub value: Value<'a>,
}

/// What a parameter means in every initializer that has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// `--sigma`
    Sigma,
    /// `--weight-mean`
    Mean,
    /// `--gain`
    Gain,
    /// Nothing in others: it is set in brackets.
    Own,
}

/// What a parameter holds.
pub enum Value<'a> {
    /// A number.
    Number(&'a mut f64, Range),
    /// A name.
    Choice(Box<dyn Choice + 'a>),
}

/// Numbers a parameter may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// Every finite one of f32's range.
    Finite,
    /// Those from 0.
    NotNegative,
    /// 0 to 1.
    Share,
    /// Those from 0 to below 1.
    BelowOne,
    /// Those above 0 that f32 holds with all its digits.
    Positive,
}

impl Range {
    /// Whether a number is in it.
    pub fn contains(self, number: f64) -> bool {
        number.abs() <= f64::from(f32::MAX)
            && match self {
                Self::Finite => true,
                Self::NotNegative => number >= 0.0,
                Self::Share => (0.0..=1.0).contains(&number),
                Self::BelowOne => (0.0..1.0).contains(&number),
                Self::Positive => number >= f64::from(f32::MIN_POSITIVE),
            }
    }

    /// It in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Finite => "a finite number below 3.4e38",
            Self::NotNegative => "a finite number, 0 or more",
            Self::Share => "0 to 1",
            Self::BelowOne => "0 or more and below 1",
            Self::Positive => "a finite number of 1.2e-38 or more",
        }
    }
}

impl Initializer {
    /// Its parameters, in the order they are written.
    pub fn parameters(&mut self) -> Vec<Parameter<'_>> {
        match self {
            Self::RandomNormal { mean, sigma } | Self::TruncatedNormal { mean, sigma } => {
                vec![mean_of(mean), sigma_of("sigma", sigma)]
            }
            Self::RandomUniform { minval, maxval } => vec![finite("minval", minval), finite("maxval", maxval)],
            Self::Zeros | Self::Ones | Self::TorchLinearDefault | Self::Rai | Self::Lsuv => Vec::new(),
            Self::Constant { value } => vec![finite("value", value)],
            Self::Identity { gain }
            | Self::Orthogonal { gain }
            | Self::GlorotNormal { gain }
            | Self::GlorotUniform { gain }
            | Self::HeNormal { gain }
            | Self::HeUniform { gain }
            | Self::LecunNormal { gain }
            | Self::LecunUniform { gain }
            | Self::XavierNormal { gain }
            | Self::XavierUniform { gain } => {
                vec![Parameter { meaning: Meaning::Gain, ..number("gain", gain, Range::NotNegative) }]
            }
            Self::VarianceScaling { scale, mode, distribution } => vec![
                number("scale", scale, Range::NotNegative),
                choice("mode", mode),
                choice("distribution", distribution),
            ],
            Self::KaimingNormal { a, mode, nonlinearity } | Self::KaimingUniform { a, mode, nonlinearity } => {
                vec![finite("a", a), choice("mode", TorchMode(mode)), choice("nonlinearity", nonlinearity)]
            }
            Self::TruncNormal { mean, sigma, a, b } => {
                vec![mean_of(mean), sigma_of("std", sigma), finite("a", a), finite("b", b)]
            }
            Self::Sparse { sparsity, sigma } => {
                vec![number("sparsity", sparsity, Range::Share), sigma_of("std", sigma)]
            }
        }
    }

    /// The number with this meaning, if it has one.
    pub fn number(mut self, meaning: Meaning) -> Option<f64> {
        self.parameters().into_iter().find(|parameter| parameter.meaning == meaning).and_then(|parameter| {
            match parameter.value {
                Value::Number(number, _) => Some(*number),
                Value::Choice(_) => None,
            }
        })
    }
}

fn number<'a>(name: &'static str, number: &'a mut f64, range: Range) -> Parameter<'a> {
    Parameter { name, meaning: Meaning::Own, value: Value::Number(number, range) }
}

fn finite<'a>(name: &'static str, value: &'a mut f64) -> Parameter<'a> {
    number(name, value, Range::Finite)
}

fn mean_of(mean: &mut f64) -> Parameter<'_> {
    Parameter { meaning: Meaning::Mean, ..finite("mean", mean) }
}

fn sigma_of<'a>(name: &'static str, sigma: &'a mut f64) -> Parameter<'a> {
    Parameter { meaning: Meaning::Sigma, ..number(name, sigma, Range::NotNegative) }
}

fn choice<'a>(name: &'static str, choice: impl Choice + 'a) -> Parameter<'a> {
    Parameter { name, meaning: Meaning::Own, value: Value::Choice(Box::new(choice)) }
}

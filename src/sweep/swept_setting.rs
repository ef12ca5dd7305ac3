use crate::experiment::{Experiment, LAYERS, Meaning, Value};
use crate::subject::NotDrawn;

/// A setting that can be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum SweptSetting {
    /// Standard deviation of the weights, or where it follows from the layers' sizes the gain on it.
    Sigma,
    /// Hidden layers.
    Depth,
    /// Every bias, or the mean of random ones.
    Bias,
    /// The seed.
    Seed,
}

/// Why a setting cannot be moved; each a sentence.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SweepError {
    /// All settings that can be moved are of draws.
    #[error(transparent)]
    NotDrawn(#[from] NotDrawn),
    /// The initializer does not have it.
    #[error("{0} has no sigma and no gain to sweep: choose another initializer, or sweep depth, bias or seed")]
    NoSigma(String),
    /// A value out of its range.
    #[error("a {name} of {value} is out of range: use {allowed}")]
    Range {
        /// What is moved.
        name: &'static str,
        /// Where it was to be.
        value: f64,
        /// What would be right.
        allowed: String,
    },
    /// The last value is the first.
    #[error("nothing would move: the {0} is the same in all pictures, so give it two different ends")]
    Still(&'static str),
    /// An end that is no number.
    #[error("both ends of the sweep must be finite numbers")]
    Ends,
    /// Too few pictures, or too many.
    #[error("{0} pictures are out of range: use 2 to 1000")]
    Frames(usize),
}

impl SweptSetting {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Sigma, Self::Depth, Self::Bias, Self::Seed];

    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sigma => "sigma",
            Self::Depth => "depth",
            Self::Bias => "bias",
            Self::Seed => "seed",
        }
    }

    /// What it is in an experiment; `None` if that has no such setting.
    pub fn value(self, experiment: &Experiment) -> Option<f64> {
        match self {
            Self::Sigma => {
                let number = |meaning| experiment.initializer.number(meaning);
                number(Meaning::Sigma).or(number(Meaning::Gain))
            }
            Self::Depth => Some(experiment.widths.len() as f64),
            Self::Bias => (!experiment.initializer.sets_biases()).then_some(experiment.bias),
            Self::Seed => Some(f64::from(experiment.seed)),
        }
    }

    /// The experiment with this value of it.
    pub(super) fn set(self, base: &Experiment, value: f64) -> Result<Experiment, SweepError> {
        let mut experiment = base.clone();
        let range = |allowed: &str| SweepError::Range { name: self.name(), value, allowed: allowed.to_owned() };
        match self {
            Self::Sigma => {
                let name = experiment.initializer.name().to_owned();
                let mut parameters = experiment.initializer.parameters();
                let wanted = [Meaning::Sigma, Meaning::Gain];
                let at = wanted
                    .iter()
                    .find_map(|meaning| parameters.iter().position(|parameter| parameter.meaning == *meaning));
                match at.and_then(|at| parameters.get_mut(at)).map(|parameter| &mut parameter.value) {
                    Some(Value::Number(number, allowed)) if allowed.contains(value) => **number = value,
                    Some(Value::Number(_, allowed)) => return Err(range(allowed.words())),
                    _ => return Err(SweepError::NoSigma(name)),
                }
            }
            Self::Depth => {
                let layers = value.round();
                let allowed = format!("{} to {}", LAYERS.start(), LAYERS.end());
                let is_allowed = layers >= *LAYERS.start() as f64 && layers <= *LAYERS.end() as f64;
                if !is_allowed {
                    return Err(range(&allowed));
                }
                let last = base.widths.last().copied().unwrap_or(1);
                experiment.widths.resize(layers as usize, last);
            }
            Self::Bias if value.abs() <= f64::from(f32::MAX) => experiment.bias = value,
            Self::Bias => return Err(range("a finite number below 3.4e38")),
            Self::Seed => {
                let seed = value.round();
                if !(0.0..=f64::from(u32::MAX)).contains(&seed) {
                    return Err(range("0 to 4294967295"));
                }
                experiment.seed = seed as u32;
            }
        }
        Ok(experiment)
    }
}

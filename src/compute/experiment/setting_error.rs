use super::names;

/// Why settings make no experiment; each a sentence that names the flag.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SettingError {
    /// A word that names nothing.
    #[error("{flag} '{given}' is not known{}: use {known}", names::meant(.meant))]
    UnknownName {
        /// The flag.
        flag: &'static str,
        /// What was given.
        given: String,
        /// What may have been meant.
        meant: Vec<String>,
        /// What would be right.
        known: String,
    },
    /// A name that frameworks give different things.
    #[error("{flag} '{given}' is not the same in every framework: write {choices}")]
    Ambiguous {
        /// The flag.
        flag: &'static str,
        /// What was given.
        given: String,
        /// What says which.
        choices: &'static str,
    },
    /// A list of nothing.
    #[error("{flag} is empty: give it a value, or leave it out")]
    Empty {
        /// The flag.
        flag: &'static str,
    },
    /// A number outside its range.
    #[error("{flag} {given} is out of range: use {allowed}")]
    OutOfRange {
        /// The flag.
        flag: &'static str,
        /// What was given.
        given: String,
        /// What would be right.
        allowed: String,
    },
    /// A name with parameters that cannot be read.
    #[error("{flag} '{given}' cannot be read: write a name, or a name with its parameters as in 'elu(alpha=0.5)'")]
    Malformed {
        /// The flag.
        flag: &'static str,
        /// What was given.
        given: String,
    },
    /// A parameter in brackets that what is named does not have.
    #[error("{owner} has no parameter '{given}': use {known}")]
    UnknownParameter {
        /// What is named.
        owner: &'static str,
        /// What was given.
        given: String,
        /// What would be right.
        known: String,
    },
    /// A flag for a parameter that the chosen activation does not have, or has already.
    #[error("{flag} does not apply to --activation {activation}: {hint}")]
    NotForActivation {
        /// The flag.
        flag: &'static str,
        /// The activation in force.
        activation: String,
        /// What to do instead.
        hint: &'static str,
    },
    /// Parameters in brackets that what is named does not have, or not with these values.
    #[error("{flag} '{given}': {problem}")]
    Brackets {
        /// The flag.
        flag: &'static str,
        /// What was given.
        given: String,
        /// What is wrong with it.
        problem: String,
    },
    /// Learning rates that are to be the experiments', but are not as many.
    #[error(
        "--rate-each needs as many learning rates as experiments, but there are {rates} and {experiments}: give one to each, or leave it out"
    )]
    RateEach {
        /// How many rates there are.
        rates: usize,
        /// How many experiments.
        experiments: usize,
    },
    /// A training on images without labels.
    #[error("a training needs labels, and these images have none: choose data with labels")]
    NoLabels,
    /// A flag that what is chosen by another has no use for.
    #[error("{flag} does not apply to {to}: {hint}")]
    DoesNotApply {
        /// The flag.
        flag: &'static str,
        /// The initializer or the data in force, or another flag.
        to: &'static str,
        /// What to do instead.
        hint: &'static str,
    },
}

impl SettingError {
    /// The flag that it is about.
    pub fn flag(&self) -> &str {
        match self {
            Self::UnknownName { flag, .. }
            | Self::Ambiguous { flag, .. }
            | Self::Empty { flag }
            | Self::OutOfRange { flag, .. }
            | Self::Malformed { flag, .. }
            | Self::NotForActivation { flag, .. }
            | Self::Brackets { flag, .. }
            | Self::DoesNotApply { flag, .. } => flag,
            Self::NoLabels => "--data",
            Self::RateEach { .. } => "--rate-each",
            Self::UnknownParameter { .. } => "--activation",
        }
    }
}

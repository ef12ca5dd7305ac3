use crate::experiment::Experiment;

/// A change that may help.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    /// What is changed, in a word or two: `he_normal`, `bias 0`.
    pub name: String,
    /// The experiment with that change, and no other.
    pub experiment: Experiment,
}

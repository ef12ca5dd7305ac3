use serde::Serialize;

/// What is wrong with a layer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The layer, hidden layers counted from 1; the output layer is the next.
    pub layer: usize,
    /// Which rule found it.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is so, in a sentence.
    pub sentence: String,
    /// What would help, in a sentence.
    pub remedy: String,
    /// How much of the layer it is about, 0 to 1: the more, the worse.
    #[serde(skip)]
    pub weight: f64,
}

/// How bad something is, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing can be learnt there.
    Broken,
    /// It hinders learning.
    Harm,
    /// It is worth knowing.
    Note,
}

impl Severity {
    /// In a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::Harm => "harm",
            Self::Note => "note",
        }
    }
}

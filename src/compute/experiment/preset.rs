use super::Experiment;

/// Experiments with a name, worth seeing side by side or one by one.
#[derive(Clone, Debug, PartialEq)]
pub struct Preset {
    /// What `--preset` takes.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// What it shows, in one sentence.
    pub summary: &'static str,
    /// One or several.
    pub experiments: Vec<Experiment>,
    /// The one of them that is shown first, from 0: where it is seen what the sentence says.
    pub first: usize,
}

//! What you see: one or two sentences on a measurement that say what is happening and why, from its numbers.
//!
//! A file per rule: a pure function from what is [`Seen`] to a [`Sentence`], or to none where it does not apply. A rule says
//! only what its numbers prove, and names them as the tables do. [`what_you_see`] picks the one or two that matter most,
//! and never two that are about the same.

mod axis;
mod born_dead;
mod constant;
mod crowded;
mod dead;
mod edge_of_chaos;
mod gradients;
mod keeps;
mod moved;
mod narrow;
mod non_finite;
mod outputs;
mod sample;
mod saturated;
mod selu;
mod symmetric;
mod trend;
mod words;

pub use moved::only_scaled;
pub use words::named_layers;

use crate::engine::Measurement;
use crate::figure::Quantity;

/// What sentences are about.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// What was measured.
    pub measurement: &'a Measurement,
    /// What was measured before the last change, on all its images.
    pub before: Option<&'a Measurement>,
    /// What is drawn, if it is on one axis that its layers set.
    pub axis: Option<Quantity>,
}

/// By itself: nothing before it, and nothing drawn.
impl<'a> From<&'a Measurement> for Seen<'a> {
    fn from(measurement: &'a Measurement) -> Self {
        Self { measurement, before: None, axis: None }
    }
}

/// One sentence, and how it competes with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The sentence, with its full stop.
    pub text: String,
    /// How much it matters.
    pub rank: Rank,
    /// What it says something of; no other sentence beside it does. The first names its rule.
    pub about: &'static [Topic],
}

/// How much a sentence matters, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Nothing goes through the network any more.
    Broken,
    /// It changes how all other numbers are to be read.
    Caution,
    /// It answers what was just done.
    Answer,
    /// It will hinder training.
    Harm,
    /// It is worth knowing.
    Notable,
    /// All is well.
    Calm,
}

/// What a sentence says something of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Values that are no finite numbers.
    NonFinite,
    /// Units that compute the same.
    Symmetry,
    /// Outputs that are all one number.
    Constant,
    /// Units that never fire.
    Dead,
    /// The chance that nothing fires.
    BornDead,
    /// Outputs at the activation's limits.
    Saturation,
    /// The size of outputs from layer to layer.
    Outputs,
    /// The size of gradients from layer to layer.
    Gradients,
    /// What the axis hides.
    Axis,
    /// Where ever more layers lead.
    Depth,
    /// What the last change did.
    Moved,
    /// How many images there are.
    Sample,
    /// How many units there are.
    Width,
}

/// All rules; of two sentences of one rank the one named first here matters more.
const RULES: [fn(&Seen<'_>) -> Option<Sentence>; 16] = [
    non_finite::rule,
    symmetric::rule,
    dead::rule,
    constant::rule,
    sample::rule,
    moved::rule,
    saturated::rule,
    selu::rule,
    crowded::rule,
    outputs::rule,
    axis::rule,
    gradients::rule,
    born_dead::rule,
    edge_of_chaos::rule,
    narrow::rule,
    keeps::rule,
];

/// Every sentence that is true, those that matter most first.
pub fn all_sentences(seen: &Seen<'_>) -> Vec<Sentence> {
    let mut sentences: Vec<_> = RULES.iter().filter_map(|rule| rule(seen)).collect();
    sentences.sort_by_key(|sentence| sentence.rank);
    sentences
}

/// The one or two that matter most, about different things.
pub fn what_you_see(seen: &Seen<'_>) -> Vec<String> {
    let mut sentences = all_sentences(seen).into_iter();
    let Some(first) = sentences.next() else { return Vec::new() };
    let second = sentences.find(|next| !next.about.iter().any(|topic| first.about.contains(topic)));
    std::iter::once(first).chain(second).map(|sentence| sentence.text).collect()
}

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
mod hardly_mixed;
mod keeps;
mod moved;
mod narrow;
mod non_finite;
mod outputs;
mod sample;
mod saturated;
mod seen;
mod selu;
mod sentence;
mod symmetric;
mod training;
mod trend;
mod words;

pub use moved::only_scaled;
pub use seen::Seen;
pub use sentence::{Rank, Sentence, Topic};
pub use training::{
    RacersSeen, SeedsSeen, TrainingSeen, race_in_words, racers_in_words, seeds_in_words, seeds_of_race_in_words,
    training_in_words, training_sentences,
};
pub use trend::Trend;
pub use words::{layers as layers_in_words, named_layers};

/// All rules; of two sentences of one rank the one named first here matters more.
const RULES: [fn(&Seen<'_>) -> Option<Sentence>; 17] = [
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
    hardly_mixed::rule,
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
///
/// ```
/// use initscope::engine::{Measurer, Quantities};
/// use initscope::experiment::{Experiment, Initializer, Inputs};
/// use initscope::insight::{Seen, what_you_see};
///
/// let article = Experiment::article();
/// let inputs = Inputs { images: 200, ..article.inputs.clone() };
/// let alike = Experiment { inputs, initializer: Initializer::Zeros, ..article };
/// let measurement = Measurer::new()?.measure_all(&alike, Quantities::ALL)?;
/// assert!(!what_you_see(&Seen::from(&measurement)).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn what_you_see(seen: &Seen<'_>) -> Vec<String> {
    sentence::pick(all_sentences(seen))
}

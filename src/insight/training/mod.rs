//! What a training shows, in words: a file per rule. Some are about one network, from what was found of it, and some about several
//! that were trained side by side.

mod alike;
mod died;
mod equal_units;
mod hidden_gradient;
mod not_finite;
mod race_in_words;
mod racers_seen;
mod seeds_differ;
mod still_layers;
mod thaw;
mod tiny_updates;
mod training_seen;
mod unreachable;

use super::sentence::{Sentence, pick};

pub use race_in_words::{race_in_words, seeds_of_race_in_words};
pub use racers_seen::{RacersSeen, SeedsSeen};
pub use training_seen::TrainingSeen;

/// All rules about one network; of two sentences of one rank the one named first here matters more.
const RULES: [fn(&TrainingSeen<'_>) -> Option<Sentence>; 8] = [
    not_finite::rule,
    unreachable::rule,
    equal_units::rule,
    still_layers::rule,
    died::rule,
    hidden_gradient::rule,
    tiny_updates::rule,
    thaw::rule,
];

/// Every sentence on a training that is true, those that matter most first.
pub fn training_sentences(seen: &TrainingSeen<'_>) -> Vec<Sentence> {
    let mut sentences: Vec<_> = RULES.iter().filter_map(|rule| rule(seen)).collect();
    sentences.sort_by_key(|sentence| sentence.rank);
    sentences
}

/// The one or two that matter most, about different things.
pub fn training_in_words(seen: &TrainingSeen<'_>) -> Vec<String> {
    pick(training_sentences(seen))
}

/// What is said of networks that were trained side by side.
pub fn racers_in_words(seen: &RacersSeen<'_>) -> Option<String> {
    alike::rule(seen)
}

/// What is said of networks that were trained with several seeds each.
pub fn seeds_in_words(seen: &[SeedsSeen<'_>]) -> Option<String> {
    seeds_differ::rule(seen)
}

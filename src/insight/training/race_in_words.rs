use super::{RacersSeen, SeedsSeen, TrainingSeen, racers_in_words, seeds_in_words, training_sentences};
use crate::engine::race::{RaceFound, RacerFound, SeedRaces};
use crate::engine::{SeedRun, SeedRuns};
use crate::insight::{Rank, Sentence};

/// Sentences on a race that there is room for.
const MOST: usize = 2;

/// What is to be seen in a race as far as it is: what matters most of each network, and what is so of several. With the letters and names
/// of the networks.
pub fn race_in_words(race: &RaceFound, letters: &[char], names: &[String]) -> Vec<String> {
    let mut sentences = Vec::new();
    for (racer, letter) in race.racers.iter().zip(letters) {
        let who = if race.racers.len() > 1 { format!("{letter}: ") } else { String::new() };
        let said = of_racer(racer).into_iter().take(if race.racers.len() > 1 { 1 } else { MOST });
        sentences.extend(said.map(|(rank, text)| (rank, who.clone() + &text)));
    }
    sentences.sort_by_key(|(rank, _)| *rank);
    let racers = race.racers.iter().zip(names).map(|(racer, name)| (name.clone(), &racer.epochs[..])).collect();
    let of_all = racers_in_words(&RacersSeen { racers });
    let said = sentences.into_iter().map(|(_, text)| text);
    of_all.into_iter().chain(said).take(MOST).collect()
}

/// What is to be seen in a race and the same with other seeds, about these: a difference that is smaller than that of the seeds.
pub fn seeds_of_race_in_words(race: &RaceFound, seeds: &SeedRaces, names: &[String]) -> Option<String> {
    let run = |racer: &RacerFound| SeedRun {
        seed: racer.entrant.experiment.seed,
        order: racer.entrant.training.order,
        losses: racer.history.losses().collect(),
        epochs: racer.epochs.clone(),
        ended: racer.ended,
        guessing: racer.guessing,
        equal_units: racer.equal_units,
    };
    let of = |(first, others): (&RacerFound, &Vec<RacerFound>)| {
        let runs = std::iter::once(first).chain(others).map(run).collect();
        SeedRuns { entrant: first.entrant.clone(), runs }
    };
    let all: Vec<SeedRuns> = race.racers.iter().zip(&seeds.runs).map(of).collect();
    let seen: Vec<_> = names.iter().zip(&all).map(|(name, runs)| SeedsSeen { name: name.clone(), runs }).collect();
    seeds_in_words(&seen)
}

/// The sentences on one of them that are about different things.
fn of_racer(racer: &RacerFound) -> Vec<(Rank, String)> {
    let experiment = &racer.entrant.experiment;
    let sentences = training_sentences(&TrainingSeen {
        activation: experiment.activation,
        training: &racer.entrant.training,
        steps: racer.steps,
        epochs: &racer.epochs,
        ended: racer.ended,
        shapes: &experiment.hidden_shapes(),
        guessing: racer.guessing,
        equal_units: racer.equal_units,
    });
    let mut said: Vec<Sentence> = Vec::new();
    for sentence in sentences {
        let is_new = |said: &Sentence| !said.about.iter().any(|topic| sentence.about.contains(topic));
        if said.iter().all(is_new) {
            said.push(sentence);
        }
    }
    said.into_iter().map(|sentence| (sentence.rank, sentence.text)).collect()
}

use super::{
    RacersSeen, SeedsSeen, TrainingSeen, died, not_finite, racers_in_words, seeds_in_words, training_sentences,
    unreachable,
};
use crate::engine::race::{RaceFound, RacerFound, SeedRaces};
use crate::engine::{SeedRun, SeedRuns};
use crate::insight::{Sentence, Topic};

/// Sentences on a race that there is room for.
const MOST: usize = 2;

/// What is to be seen in a race as far as it is: what matters most of each network, and what is so of several. With the letters and names
/// of the networks; of two that matter alike the chosen one comes first. What is so of several networks is said of all of them at once.
/// Where there are other seeds, it is said that this is of the first.
pub fn race_in_words(
    race: &RaceFound,
    letters: &[char],
    names: &[String],
    (chosen, has_seeds): (Option<usize>, bool),
) -> Vec<String> {
    let is_one = race.racers.len() == 1;
    let mut all: Vec<_> = race
        .racers
        .iter()
        .enumerate()
        .flat_map(|(place, racer)| {
            let said = of_racer(racer).into_iter().take(if is_one { MOST } else { 1 });
            said.map(move |(sentence, brief)| Said { place, sentence, brief })
        })
        .collect();
    all.sort_by_key(|said| (said.sentence.rank, Some(said.place) != chosen));
    let mut said = Vec::new();
    while !all.is_empty() {
        let Said { place, sentence, brief } = all.remove(0);
        let is_alike = |other: &mut Said| brief.is_some() && other.sentence.about == sentence.about;
        let alike: Vec<_> = all.extract_if(.., is_alike).collect();
        let who = match (is_one, has_seeds) {
            (true, false) => String::new(),
            (false, false) => format!("{}: ", letters[place]),
            (true, true) => format!("Seed {}: ", race.racers[place].entrant.experiment.seed),
            (false, true) => format!("{}, seed {}: ", letters[place], race.racers[place].entrant.experiment.seed),
        };
        said.push(who + &sentence.text + &also(&alike, letters));
    }
    let racers = race.racers.iter().zip(names).map(|(racer, name)| (name.clone(), &racer.epochs[..])).collect();
    let of_all = racers_in_words(&RacersSeen { racers });
    of_all.into_iter().chain(said).take(MOST).collect()
}

/// A sentence on a network, and what of it is said beside that on another; nothing where each has to be said by itself.
struct Said {
    place: usize,
    sentence: Sentence,
    brief: Option<String>,
}

/// ` So too: D (49 units, steps 79 to 158) and E (...).`
fn also(alike: &[Said], letters: &[char]) -> String {
    let of = |said: &Said| match said.brief.as_deref().filter(|brief| !brief.is_empty()) {
        None => letters[said.place].to_string(),
        Some(brief) => format!("{} ({brief})", letters[said.place]),
    };
    let several: Vec<_> = alike.iter().map(of).collect();
    match several.as_slice() {
        [] => String::new(),
        [one] => format!(" So too: {one}."),
        [first @ .., last] => format!(" So too: {} and {last}.", first.join(", ")),
    }
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

/// The sentences on one of them that are about different things, each with its brief form, if it has one.
fn of_racer(racer: &RacerFound) -> Vec<(Sentence, Option<String>)> {
    let experiment = &racer.entrant.experiment;
    let shapes = experiment.hidden_shapes();
    let seen = TrainingSeen {
        activation: experiment.activation,
        training: &racer.entrant.training,
        steps: racer.steps,
        epochs: &racer.epochs,
        ended: racer.ended,
        shapes: &shapes,
        guessing: racer.guessing,
        equal_units: racer.equal_units,
    };
    let mut said: Vec<Sentence> = Vec::new();
    for sentence in training_sentences(&seen) {
        let is_new = |said: &Sentence| !said.about.iter().any(|topic| sentence.about.contains(topic));
        if said.iter().all(is_new) {
            said.push(sentence);
        }
    }
    let with_brief = |sentence: Sentence| {
        let brief = match sentence.about {
            [Topic::Dead] => died::brief(&seen),
            [Topic::Dead, ..] => unreachable::brief(&seen),
            [Topic::NonFinite, ..] => not_finite::brief(&seen),
            [Topic::Learning | Topic::Symmetry, ..] => Some(String::new()),
            _ => None,
        };
        (sentence, brief)
    };
    said.into_iter().map(with_brief).collect()
}

use crate::engine::race::{RaceFound, RacerFound};
use crate::figure::training::letter;
use crate::number;

/// What is said of a race to those who cannot see it: how far each is.
pub fn said_of_race(race: &RaceFound, names: &[String]) -> String {
    let racers = race.racers.iter().zip(names).enumerate().map(|(place, (racer, name))| {
        let said = said_at(racer, racer.step);
        format!("{} {name}: {said} of {}", letter(place), number::count(racer.steps))
    });
    racers.collect::<Vec<_>>().join("; ")
}

/// What is known of a racer after so many steps: the loss of the batch of the last, and what it was judged last.
pub fn said_at(racer: &RacerFound, step: u64) -> String {
    let mut parts = Vec::new();
    let step = step.min(racer.step);
    if let Some(found) = racer.history.step(step) {
        parts.push(format!("batch loss {}", number::value(found.loss)));
    }
    if let Some(epoch) = racer.epochs.iter().rev().find(|epoch| epoch.step <= step) {
        parts.push(format!("training loss {}", number::value(epoch.train_loss)));
        if let Some(accuracy) = epoch.test_accuracy {
            parts.push(format!("test accuracy {}", number::percent(accuracy)));
        }
    }
    if let Some(ended) = racer.ended {
        parts.push(ended.to_string());
    }
    parts.push(format!("after step {}", number::count(step)));
    parts.join(", ")
}

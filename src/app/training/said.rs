use crate::engine::TunedRates;
use crate::engine::race::{RaceFound, RacerFound};
use crate::figure::training::{letter, rate_words};
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

/// What is said of learning rates that are tried: the best of each network.
pub fn said_of_rates(tuned: Option<&TunedRates>, names: &[String]) -> String {
    let tuned = tuned.filter(|tuned| tuned.searches.iter().any(|search| !search.tried.is_empty()));
    let Some(tuned) = tuned else { return "No learning rate is tried yet".to_owned() };
    let best = if tuned.is_done { "best learning rate" } else { "best learning rate so far" };
    let all = tuned.searches.iter().enumerate().map(|(place, search)| {
        let who = names.get(place).filter(|_| tuned.searches.len() > 1);
        let who = who.map_or_else(String::new, |name| format!("{} {name}: ", letter(place)));
        if search.best().is_some() {
            format!("{who}{best} {}", rate_words(search))
        } else {
            format!("{who}no learning rate teaches it anything")
        }
    });
    all.collect::<Vec<_>>().join("; ")
}

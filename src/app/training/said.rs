use crate::engine::TunedRates;
use crate::engine::race::{RaceFound, RacerFound};
use crate::figure::training::{letter, rate_words, smoothed_loss, window_of};
use crate::number;

/// What is said of a race to those who cannot see it: how far each is.
pub fn said_of_race(race: &RaceFound, names: &[String]) -> String {
    let window = window_of(race);
    let racers = race.racers.iter().zip(names).enumerate().map(|(place, (racer, name))| {
        let said = said_at(racer, racer.step, window);
        format!("{} {name}: {said} of {}", letter(place), number::count(racer.steps))
    });
    racers.collect::<Vec<_>>().join("; ")
}

/// What is known of a racer after so many steps: the loss of the batch of the last, the mean of those that the strong line smooths, and
/// what it was judged last, with the step of that where it is another.
pub fn said_at(racer: &RacerFound, step: u64, window: usize) -> String {
    let mut parts = Vec::new();
    let step = step.min(racer.step);
    if let Some(found) = racer.history.step(step) {
        let of = match racer.history.each() {
            1 => "batch loss".to_owned(),
            each => format!("mean batch loss of {} steps", number::count(each)),
        };
        parts.push(format!("{of} {}", number::value(found.loss)));
    }
    if let Some(mean) = smoothed_loss(racer, step, window).filter(|_| window > 1) {
        let steps = step.min(window as u64);
        parts.push(format!("mean of the last {} {}", steps_in_words(steps), number::value(mean)));
    }
    let judged = racer.epochs.iter().rev().find(|epoch| epoch.step <= step);
    let found = judged.map(|epoch| {
        let accuracy = epoch.test_accuracy.map(|accuracy| format!("test accuracy {}", number::percent(accuracy)));
        let loss = format!("training loss {}", number::value(epoch.train_loss));
        (epoch.step, std::iter::once(loss).chain(accuracy).collect::<Vec<_>>().join(", "))
    });
    if let Some((_, found)) = found.as_ref().filter(|(at, _)| *at == step) {
        parts.push(found.clone());
    }
    if let Some(ended) = racer.ended {
        parts.push(ended.to_string());
    }
    parts.push(format!("after step {}", number::count(step)));
    let before = found.filter(|(at, _)| *at != step);
    let before = before.map_or_else(String::new, |(at, found)| format!(" (at step {}: {found})", number::count(at)));
    parts.join(", ") + &before
}

/// The same of several racers, a line for each under what the columns are: a letter, with the step of one that is not as far as the
/// others, and its numbers; the accuracy with the step it is of, once where that is one.
pub fn columns_at(racers: &[(usize, &RacerFound, u64)], window: usize) -> Vec<[String; 4]> {
    let furthest = racers.iter().map(|(_, racer, step)| (*step).min(racer.step)).max();
    let dash = || "–".to_owned();
    let judged = |racer: &RacerFound, step: u64| {
        let judged = racer.epochs.iter().rev().find(|epoch| epoch.step <= step)?;
        Some((judged.step, number::percent(judged.test_accuracy?)))
    };
    let mut judged_at: Vec<_> =
        racers.iter().filter_map(|(_, racer, step)| Some(judged(racer, (*step).min(racer.step))?.0)).collect();
    judged_at.dedup();
    let of = |(place, racer, step): &(usize, &RacerFound, u64)| {
        let step = (*step).min(racer.step);
        let letter = letter(*place);
        let who =
            if furthest == Some(step) { letter.to_string() } else { format!("{letter} at {}", number::count(step)) };
        let loss = racer.history.step(step).map_or_else(dash, |found| number::value(found.loss));
        let mean = smoothed_loss(racer, step, window).map_or_else(dash, number::value);
        let accuracy = judged(racer, step).map_or_else(dash, |(at, accuracy)| match judged_at[..] {
            [_] => accuracy,
            _ => format!("{accuracy} at step {}", number::count(at)),
        });
        [who, loss, mean, accuracy]
    };
    let accuracy = match judged_at[..] {
        [at] => format!("test accuracy\nat step {}", number::count(at)),
        _ => "test accuracy".to_owned(),
    };
    let heads = [String::new(), "loss".to_owned(), format!("mean of {window}"), accuracy];
    std::iter::once(heads).chain(racers.iter().map(of)).collect()
}

fn steps_in_words(steps: u64) -> String {
    format!("{} step{}", number::count(steps), if steps == 1 { "" } else { "s" })
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

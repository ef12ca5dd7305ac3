use std::collections::VecDeque;

use crate::engine::race::{RaceFound, RacerFound};
use crate::figure::bend::round_above;

/// Windows that a training of the longest racer has, at least.
const WINDOWS: f64 = 50.0;

/// Steps that a smoothed loss is the mean of, in a race of so many steps: the same while it goes on.
pub fn window(steps: u64) -> usize {
    let part = steps as f64 / WINDOWS;
    if part <= 1.0 { 1 } else { round_above(part) as usize }
}

/// The same of a race: its longest racer decides.
pub fn window_of(race: &RaceFound) -> usize {
    window(race.racers.iter().map(|racer| racer.steps).max().unwrap_or(0))
}

/// The mean loss of so many steps up to one, from 1, or of as many as there are: where a smoothed line is there.
pub fn smoothed_loss(racer: &RacerFound, step: u64, window: usize) -> Option<f64> {
    let history = &racer.history;
    let last = step.checked_sub(1)? / history.each();
    let numbers = (window as u64).div_ceil(history.each());
    let first = (last + 1).saturating_sub(numbers);
    let losses: Option<Vec<f64>> =
        (first..=last).map(|number| Some(history.step(number * history.each() + 1)?.loss)).collect();
    losses.map(|losses| losses.iter().sum::<f64>() / losses.len() as f64)
}

/// Times a sum: the rounding of a larger number is seen in it.
const MUCH: f64 = 1e6;

/// The mean of each number and those before it, as many as there are, at most so many together.
pub struct RunningMean<I> {
    numbers: I,
    window: usize,
    last: VecDeque<f64>,
    /// Of those in `last`; made anew now and then, so that rounding does not add up.
    sum: f64,
    until_anew: usize,
}

impl<I: Iterator<Item = f64>> RunningMean<I> {
    /// Of these.
    pub fn of(numbers: I, window: usize) -> Self {
        let window = window.max(1);
        Self { numbers, window, last: VecDeque::with_capacity(window), sum: 0.0, until_anew: window }
    }
}

impl<I: Iterator<Item = f64>> Iterator for RunningMean<I> {
    type Item = f64;

    fn next(&mut self) -> Option<f64> {
        let number = self.numbers.next()?;
        let forgotten = if self.last.len() == self.window { self.last.pop_front() } else { None };
        self.sum += number - forgotten.unwrap_or(0.0);
        self.last.push_back(number);
        self.until_anew -= 1;
        // Beside what was much larger, the others were rounded away.
        let is_rounded = forgotten.is_some_and(|forgotten| forgotten.abs() > MUCH * self.sum.abs());
        if self.until_anew == 0 || is_rounded || !self.sum.is_finite() {
            self.sum = self.last.iter().sum();
            self.until_anew = self.window;
        }
        Some(self.sum / self.last.len() as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_of_the_last_ones() {
        let numbers = [4.0, 2.0, 6.0, 1e20, 1.0, 2.0, 3.0];
        let means: Vec<_> = RunningMean::of(numbers.into_iter(), 3).collect();
        let expected: Vec<f64> = (0..7)
            .map(|at: usize| &numbers[at.saturating_sub(2)..=at])
            .map(|last| last.iter().sum::<f64>() / last.len() as f64)
            .collect();
        assert_eq!(means[..4], expected[..4]);
        assert_eq!(means[6], 2.0, "what was large is forgotten");
    }

    #[test]
    fn windows_are_round_and_grow_with_the_race() {
        assert_eq!([0, 1, 50, 51, 300, 1875, 10_000].map(window), [1, 1, 1, 2, 10, 50, 200]);
    }
}

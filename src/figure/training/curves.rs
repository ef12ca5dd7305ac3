use super::accuracy_axis::AccuracyAxis;
use super::off_axis::{OffAxis, off_in_words};
use super::polyline::{band, thinned};
use super::smoothing::{RunningMean, window_of};
use super::{CurveScale, RaceRuns, TimeAxis, TrainingLook};
use crate::engine::race::{RaceFound, RacerFound};
use crate::experiment::CLASSES;
use crate::figure::{Bend, ValueAxis};

/// The losses and accuracies of a race as lines; all places are shares of a plot, from its lower left corner.
#[derive(Clone, Debug)]
pub struct Curves {
    /// Steps that a smoothed loss is the mean of, or as many as there are.
    pub window: usize,
    /// The axis of both plots.
    pub time: TimeAxis,
    /// The axis of the losses.
    pub losses: ValueAxis,
    /// The axis of the accuracies.
    pub accuracies: AccuracyAxis,
    /// How many classes are guessed among.
    pub classes: usize,
    /// The loss of guessing, where the axis has it.
    pub guessing: Option<f64>,
    /// In the order of the race.
    pub racers: Vec<RacerCurves>,
    /// How many seeds are drawn, and how many there are to be; nothing where each racer is one run.
    pub seeds: Option<(usize, usize)>,
}

/// What is drawn of a racer.
#[derive(Clone, Debug, Default)]
pub struct RacerCurves {
    /// The loss of every step, where there are no more of them than can be told apart.
    pub steps: Vec<Vec<(f64, f64)>>,
    /// Where there are more, what they cover, column by column: the middle of the column, the lowest and the highest of them; of
    /// several seeds what their smoothed losses do.
    pub band: Vec<Vec<[f64; 3]>>,
    /// The means of as many of them as the window has; of several seeds the median.
    pub smoothed: Vec<Vec<(f64, f64)>>,
    /// The mean loss over all training images, at the start and after every epoch.
    pub epochs: Vec<(f64, f64)>,
    /// The accuracies on the test images at the same times.
    pub accuracies: Vec<(f64, f64)>,
    /// At the same times from the least to the greatest of several seeds.
    pub accuracy_band: Vec<[f64; 3]>,
    /// Seeds that stopped being finite.
    pub not_finite: usize,
    /// Steps whose loss leaves the axis or is not finite.
    pub steps_off: OffAxis,
    /// Losses of epochs that do.
    pub epochs_off: OffAxis,
    /// Accuracies that leave their axis.
    pub accuracies_off: OffAxis,
}

/// Columns of a plot that lines are drawn in, at most: about as many as a figure has pixels.
const COLUMNS: usize = 600;
/// Air over the largest loss of a linear axis, as a part of it.
const AIR: f64 = 0.06;
/// A linear axis goes no further than so many times the loss of guessing, or so many times as far as half of the losses.
const FAR: f64 = 8.0;
const TIMES: f64 = 6.0;
/// Means that a linear axis may leave out, as a share of all, where it were more than so many times as long with them.
const FEW: f64 = 0.02;
const LITTLE: f64 = 1.5;
/// A logarithmic axis goes down to this part of the least mean.
const BELOW: f64 = 0.6;

impl Curves {
    /// Of a race as far as it is.
    pub fn new(race: &RaceFound, look: &TrainingLook) -> Self {
        Self::of_runs(&RaceRuns::new(race, None), look)
    }

    /// The same with the bands of other seeds, once there are any.
    pub fn of_runs(runs: &RaceRuns<'_>, look: &TrainingLook) -> Self {
        let race = runs.race;
        let seeds = runs.seeds();
        // Another seed may have gone further.
        let all = seeds.map(|_| {
            let racers = (0..race.racers.len()).flat_map(|racer| runs.of(racer));
            RaceFound { racers: racers.cloned().collect() }
        });
        let time = TimeAxis::of(all.as_ref().unwrap_or(race), look);
        let window = window_of(race);
        let mean = |racer: &RacerFound| {
            let numbers = window.div_ceil(racer.history.each() as usize);
            RunningMean::of(racer.history.losses(), numbers).collect::<Vec<_>>()
        };
        let of_racer = |racer: usize| match seeds {
            Some(_) => runs.finite(racer).into_iter().map(mean).collect(),
            None => vec![mean(&race.racers[racer])],
        };
        let by_racer: Vec<Vec<Vec<f64>>> = (0..race.racers.len()).map(of_racer).collect();
        let means = by_racer.concat();
        // Of networks that tell different classes apart each guesses at another loss: the line is that of most classes.
        let classes = race.racers.iter().map(|racer| racer.entrant.classes()).max().unwrap_or(CLASSES);
        let guess = (classes as f64).ln();
        let losses = match look.loss_scale {
            CurveScale::Linear => linear_axis(&means, guess),
            CurveScale::Log => log_axis(&means, guess),
        };
        let judged = |racer: &RacerFound| racer.epochs.iter().filter_map(|epoch| epoch.test_accuracy).collect();
        let judged_of: Vec<_> = match seeds {
            Some(_) => (0..race.racers.len()).flat_map(|racer| runs.finite(racer)).map(judged).collect(),
            None => race.racers.iter().map(judged).collect(),
        };
        let accuracies = AccuracyAxis::around(&judged_of, look.loss_scale);
        let guessing = Some(losses.height(guess)).filter(|&height| is_seen(height));
        let mut curves = Self { window, time, losses, accuracies, classes, guessing, racers: Vec::new(), seeds };
        curves.racers = (0..race.racers.len())
            .map(|racer| match seeds {
                Some(_) => curves.racer_over_seeds(runs, racer, &by_racer[racer]),
                None => curves.racer(&race.racers[racer], &by_racer[racer][0]),
            })
            .collect();
        curves
    }

    fn racer(&self, racer: &RacerFound, means: &[f64]) -> RacerCurves {
        let times: Vec<f64> = racer.history.ends().map(|step| self.time.share(racer, step)).collect();
        let heights: Vec<f64> = racer.history.losses().map(|loss| self.losses.height(loss)).collect();
        // Steps that share a number cover what lies between the least and the greatest of them.
        let covered = || {
            let both = racer.history.found_by().map(|found| [found.low, found.high].map(|at| self.losses.height(at)));
            times.iter().zip(both).flat_map(|(&time, both)| both.map(|height| (time, height)))
        };
        let line = |heights: &mut dyn Iterator<Item = f64>| thinned(times.iter().copied().zip(heights), COLUMNS);
        let is_band = heights.len() > 2 * COLUMNS;
        let mut found = RacerCurves {
            steps: if is_band { Vec::new() } else { line(&mut heights.iter().copied()) },
            band: if is_band { band(covered(), COLUMNS) } else { Vec::new() },
            smoothed: line(&mut means.iter().map(|&mean| self.losses.height(mean))),
            ..RacerCurves::default()
        };
        for step in racer.history.found_by() {
            let [low, high] = [step.low, step.high].map(|at| self.losses.height(at));
            found.steps_off.note(step.loss.is_finite(), low, high, false);
        }
        for epoch in &racer.epochs {
            let x = self.time.share(racer, epoch.step);
            // The start has no place on a logarithmic axis.
            if !x.is_finite() {
                continue;
            }
            let put = |(value, height): (f64, f64), points: &mut Vec<(f64, f64)>, off: &mut OffAxis| {
                if off.note(value.is_finite(), height, height, epoch.step == 0) {
                    points.push((x, height));
                }
            };
            let loss = epoch.train_loss;
            put((loss, self.losses.height(loss)), &mut found.epochs, &mut found.epochs_off);
            if let Some(accuracy) = epoch.test_accuracy {
                let at = (accuracy, self.accuracies.height(accuracy));
                put(at, &mut found.accuracies, &mut found.accuracies_off);
            } else if epoch.test_loss.is_some() {
                put((f64::NAN, f64::NAN), &mut found.accuracies, &mut found.accuracies_off);
            }
        }
        found
    }

    /// How many losses and accuracies are not finite, how many leave the axes, and that the start may have no place; nothing, if all
    /// is there.
    pub fn what_is_off(&self) -> Option<String> {
        let sum = |of: fn(&RacerCurves) -> OffAxis| self.racers.iter().map(of).fold(OffAxis::default(), OffAxis::and);
        let mut said = off_in_words(&[
            (sum(|racer| racer.steps_off), "loss of a step", "losses of steps"),
            (sum(|racer| racer.epochs_off), "mean training loss", "mean training losses"),
            (sum(|racer| racer.accuracies_off), "accuracy", "accuracies"),
        ]);
        if self.time.scale == CurveScale::Log {
            said.push("The start has no place on a logarithmic axis.".to_owned());
        }
        (!said.is_empty()).then(|| said.join(" "))
    }
}

pub(super) fn is_seen(height: f64) -> bool {
    (0.0..=1.0).contains(&height)
}

/// From 0 to the largest mean, unless that is far beyond nearly all of them; guessing is always in sight.
fn linear_axis(means: &[Vec<f64>], guess: f64) -> ValueAxis {
    let finite = |means: &[f64]| means.iter().copied().filter(|mean| mean.is_finite()).collect::<Vec<_>>();
    let medians = means.iter().filter_map(|means| at_share(finite(means), 0.5)).collect();
    // Of two racers the one that stays where losses usually are.
    let usual = at_share(medians, 0.49).unwrap_or(guess);
    let all: Vec<f64> = means.iter().flat_map(|means| finite(means)).collect();
    let largest = all.iter().copied().fold(guess, f64::max);
    let nearly = at_share(all, 1.0 - FEW).unwrap_or(guess).max(guess);
    let high = if largest > LITTLE * nearly { nearly } else { largest }.min((FAR * guess).max(TIMES * usual));
    ValueAxis::around(Bend::Linear, Some((0.0, (1.0 + AIR) * high)), (false, false))
}

/// From a little below the least mean to the largest one.
fn log_axis(means: &[Vec<f64>], guess: f64) -> ValueAxis {
    let all = means.iter().flatten().copied().filter(|mean| mean.is_finite() && *mean > 0.0);
    let (least, largest) = all.fold((guess, guess), |(low, high), mean| (low.min(mean), high.max(mean)));
    let ends = ((BELOW * least).ln(), largest.ln());
    ValueAxis::around(Bend::Log, Some(ends), (false, true))
}

/// The number that such a share of all is less than.
fn at_share(mut numbers: Vec<f64>, share: f64) -> Option<f64> {
    let last = numbers.len().checked_sub(1)?;
    let at = ((share * numbers.len() as f64) as usize).min(last);
    Some(*numbers.select_nth_unstable_by(at, f64::total_cmp).1)
}

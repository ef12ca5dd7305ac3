use super::{CurveScale, TimeUnit, TrainingLook};
use crate::engine::race::{RaceFound, RacerFound};
use crate::figure::{Bend, Range, Room, Tick, ValueAxis};
use crate::number;

/// The axis of time that all racers share. Places on it are shares, from 0 at the left to 1 at the right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeAxis {
    /// What it counts.
    pub unit: TimeUnit,
    /// How it is laid out.
    pub scale: CurveScale,
    axis: ValueAxis,
}

/// While a race goes on the axis ends at one of these times a power of ten, so that it stands still for a while.
const ENDS: [f64; 9] = [1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];

impl TimeAxis {
    /// For a race as far as it is.
    pub fn of(race: &RaceFound, look: &TrainingLook) -> Self {
        let (unit, scale) = (look.time, look.time_scale);
        let most = |of: fn(&RacerFound) -> u64| {
            race.racers.iter().map(|racer| unit.of(racer, of(racer))).fold(0.0_f64, f64::max)
        };
        let made = most(|racer| racer.step);
        let is_over = |racer: &RacerFound| racer.step >= racer.steps || racer.ended.is_some();
        let end = if race.racers.iter().all(is_over) {
            made
        } else if unit == TimeUnit::Seconds {
            round_end(made)
        } else {
            round_end(made).min(most(|racer| racer.steps))
        };
        let first = race.racers.iter().map(|racer| unit.of(racer, 1)).filter(|time| *time > 0.0).reduce(f64::min);
        let first = first.unwrap_or(1.0);
        let (bend, low, high) = match scale {
            CurveScale::Linear => (Bend::Linear, 0.0, if end > 0.0 { end } else { first }),
            CurveScale::Log => (Bend::Log, first, if end > first { end } else { 10.0 * first }),
        };
        Self { unit, scale, axis: ValueAxis::around(bend, Some((bend.place(low), bend.place(high))), (false, false)) }
    }

    /// Where a racer was after so many steps; minus infinity where a logarithmic axis has no place for it.
    pub fn share(&self, racer: &RacerFound, steps: u64) -> f64 {
        self.axis.height(self.unit.of(racer, steps))
    }

    /// How many steps a racer had made at a place.
    pub fn steps(&self, racer: &RacerFound, share: f64) -> u64 {
        self.unit.steps(racer, self.axis.value(share))
    }

    /// Round times with their places.
    pub fn ticks(&self, room: &Room<'_>) -> Vec<(f64, String)> {
        let written = |tick: Tick| {
            let is_whole = tick.at >= 1e3 && tick.at.fract() == 0.0 && tick.at < 1e15;
            let label = if is_whole { number::count(tick.at as u64) } else { tick.label };
            (self.axis.height(tick.at), label)
        };
        // A step is made or not.
        let ticks = match (self.unit, self.scale) {
            (TimeUnit::Steps, CurveScale::Linear) => {
                Range { low: 0.0, high: self.axis.high().round() }.whole_ticks(room)
            }
            (TimeUnit::Steps, CurveScale::Log) => {
                self.axis.ticks(room).into_iter().filter(|tick| tick.at.fract() == 0.0).collect()
            }
            _ => self.axis.ticks(room),
        };
        ticks.into_iter().map(written).collect()
    }

    /// What stands at it.
    pub fn label(&self) -> String {
        match self.scale {
            CurveScale::Linear => self.unit.symbol().to_owned(),
            CurveScale::Log => format!("{}, logarithmic", self.unit.symbol()),
        }
    }
}

fn round_end(end: f64) -> f64 {
    if end <= 0.0 {
        return end;
    }
    let power = 10_f64.powf(end.log10().floor());
    ENDS.into_iter().map(|factor| factor * power).find(|round| *round >= end).unwrap_or(end)
}

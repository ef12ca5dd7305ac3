use super::CurveScale;
use crate::figure::{Bend, Range, Room, Tick, ValueAxis};
use crate::number;

/// The axis of accuracies; on a logarithmic one equal ratios of what they lack to 100 % are equally far apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AccuracyAxis {
    /// From an accuracy to 100 %.
    Linear(Range),
    /// Of what they lack; its top is the greatest lack.
    Log(ValueAxis),
}

/// Where all end above this, the axis begins below the least of them.
const GOOD: f64 = 0.5;
/// Labels of a logarithmic axis, those that matter first.
const ROUND: [f64; 12] = [0.9, 0.99, 0.0, 0.999, 0.5, 0.95, 0.98, 0.995, 0.8, 0.97, 0.998, 0.9999];

impl AccuracyAxis {
    /// For the accuracies of several racers, each from its start on.
    pub fn around(accuracies: &[Vec<f64>], scale: CurveScale) -> Self {
        let after = || accuracies.iter().flat_map(|all| all.iter().skip(1)).copied();
        match scale {
            CurveScale::Linear => {
                let least = after().fold(1.0, f64::min);
                let is_good = |all: &Vec<f64>| all.len() > 1 && all.last().is_some_and(|&last| last >= GOOD);
                let low = if accuracies.iter().all(is_good) { (10.0 * least - 0.1).floor() / 10.0 } else { 0.0 };
                Self::Linear(Range { low: low.clamp(0.0, 0.9), high: 1.0 })
            }
            CurveScale::Log => {
                let all = accuracies.iter().flatten().map(|accuracy| 1.0 - accuracy);
                let lacks = all.filter(|lack| *lack > 0.0);
                let (least, most) = lacks.fold((1.0_f64, 0.0_f64), |(low, high), lack| (low.min(lack), high.max(lack)));
                let ends = (most > 0.0).then(|| (least.min(0.5).ln(), most.ln().max(least.ln() + 1.0)));
                Self::Log(ValueAxis::around(Bend::Log, ends, (true, true)))
            }
        }
    }

    /// Where an accuracy is, from 0 at the bottom to 1 at the top; what has no place is infinitely far up.
    pub fn height(&self, accuracy: f64) -> f64 {
        match self {
            Self::Linear(range) => range.height(accuracy),
            Self::Log(axis) => 1.0 - axis.height(1.0 - accuracy),
        }
    }

    /// Round accuracies with their places.
    pub fn ticks(&self, room: &Room<'_>) -> Vec<(f64, String)> {
        match self {
            Self::Linear(range) => {
                let percents = Range { low: 100.0 * range.low, high: 100.0 * range.high };
                let ticks = percents.ticks(room).into_iter();
                ticks.map(|tick| (percents.height(tick.at), format!("{} %", tick.label))).collect()
            }
            Self::Log(_) => {
                let mut found: Vec<(f64, Tick)> = Vec::new();
                for at in ROUND {
                    let place = self.height(at);
                    let tick = Tick { at, label: format!("{} %", number::plain(100.0 * at)) };
                    let is_seen = (0.0..=1.0).contains(&place);
                    if is_seen && found.iter().all(|(other, beside)| room.parts((*other, beside), (place, &tick))) {
                        found.push((place, tick));
                    }
                }
                found.into_iter().map(|(place, tick)| (place, tick.label)).collect()
            }
        }
    }
}

use super::{Bend, Mapped, Range, Room, Tick, ValueAxis};
use crate::number;

/// From numbers to shares of the scale of colours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ColorScale {
    /// The number of the first colour.
    pub low: f64,
    /// The number of the last; greater.
    pub high: f64,
    /// Equal ratios are equal ways.
    pub logarithmic: bool,
}

/// Where numbers span more than this factor, the scale is logarithmic.
const DECADE: f64 = 10.0;
/// The scale of ratios ends so far above and below 1 at the latest: what is beyond has exploded or vanished.
const FARTHEST: f64 = 1e3;

impl ColorScale {
    /// For these numbers, none of them negative.
    pub(super) fn around(mapped: Mapped, numbers: &[f64]) -> Option<Self> {
        let high = numbers.iter().copied().reduce(f64::max)?;
        if mapped == Mapped::Accuracy {
            return Some(Self { low: 0.0, high: 1.0, logarithmic: false });
        }
        if mapped == Mapped::DeadShare {
            // Where none is dead the scale is that of all shares.
            return Some(Self { low: 0.0, high: if high > 0.0 { high } else { 1.0 }, logarithmic: false });
        }
        let low = numbers.iter().copied().filter(|&number| number > 0.0).reduce(f64::min)?;
        if mapped == Mapped::GradientRatio {
            // What is kept is in the middle, and as far from what vanishes as from what explodes.
            let most = high.max(low.recip()).clamp(DECADE, FARTHEST);
            return Some(Self { low: most.recip(), high: most, logarithmic: true });
        }
        if high > DECADE * low {
            return Some(Self { low, high, logarithmic: true });
        }
        // What hardly varies is not blown up.
        let half = (0.5 * (high - low)).max(0.005 * high);
        let middle = 0.5 * (low + high);
        Some(Self { low: middle - half, high: middle + half, logarithmic: false })
    }

    /// 0 at the low end, 1 at the high one.
    pub fn share(&self, number: f64) -> f64 {
        let share = if self.logarithmic {
            (number / self.low).ln() / (self.high / self.low).ln()
        } else {
            (number - self.low) / (self.high - self.low)
        };
        share.clamp(0.0, 1.0)
    }

    /// Whether it ends before the numbers do: what is beyond has the colour of its ends.
    pub fn is_cut(&self, mapped: Mapped) -> bool {
        mapped == Mapped::GradientRatio && self.high >= FARTHEST
    }

    /// Round numbers of it, about as many as there is room for, and two at least.
    pub fn ticks(&self, mapped: Mapped, room: &Room<'_>) -> Vec<Tick> {
        if !self.logarithmic {
            let ticks = Range { low: self.low, high: self.high }.ticks(room);
            let label = |tick: Tick| match mapped {
                Mapped::DeadShare | Mapped::Accuracy => Tick { label: percent(tick.at), ..tick },
                _ => tick,
            };
            return ticks.into_iter().map(label).collect();
        }
        let (low, high) = (self.low.log10().ceil() as i32, self.high.log10().floor() as i32);
        let decades = (high - low).max(0) as usize;
        if decades < 2 {
            let axis = ValueAxis::around(Bend::Log, Some((self.low.ln(), self.high.ln())), (false, false));
            return axis.ticks(room);
        }
        let mut stride = decades.div_ceil(room.most()).max(1);
        let is_cut = self.is_cut(mapped);
        if is_cut && stride > 1 {
            // The ends are said.
            stride = decades / 2;
        }
        // 10⁰ is among them, if it is on the scale and another is, too.
        let beside = (-low).rem_euclid(stride as i32);
        let first = if low + beside + stride as i32 <= high { low + beside } else { low };
        let label = |decade: i32| {
            let label = number::scientific(10_f64.powi(decade), 1);
            let power = label.strip_prefix("1×").map_or(label.clone(), str::to_owned);
            match decade {
                decade if is_cut && decade == low => format!("≤ {power}"),
                decade if is_cut && decade == high => format!("≥ {power}"),
                _ => power,
            }
        };
        let decades = (first..=high).step_by(stride);
        decades.map(|decade| Tick { at: 10_f64.powi(decade), label: label(decade) }).collect()
    }
}

/// A round share.
fn percent(share: f64) -> String {
    format!("{} %", number::plain(share * 100.0))
}

//! Which values of an axis are labelled: round ones, at least two of them, and none so near another that labels overlap.

use crate::number;

/// A labelled value on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// The value.
    pub at: f64,
    /// How it is written.
    pub label: String,
}

/// What the labels of an axis have room for.
pub struct Room<'a> {
    most: usize,
    length: Box<dyn Fn(&str) -> f64 + 'a>,
}

/// Labels along one axis, however long it is.
const FEW: usize = 2;
const MANY: usize = 24;
/// So much of the distance that labels have where there is room they have at least where there is little.
const TIGHT: f64 = 0.7;
/// Labels touch where they are their own length apart; so much more is between them.
const AIR: f64 = 1.08;

impl<'a> Room<'a> {
    /// On an upright axis: its height, that of a line of text, and how far labels are apart where there is room.
    pub fn upright(height: f64, line: f64, apart: f64) -> Self {
        Self::along(height, apart, move |_| line)
    }

    /// Along a line: its length, how far labels are apart where there is room, and how long a label is.
    pub fn along(length: f64, apart: f64, label: impl Fn(&str) -> f64 + 'a) -> Self {
        let length = length.max(f64::MIN_POSITIVE);
        Self { most: ((length / apart) as usize).clamp(FEW, MANY), length: Box::new(move |text| label(text) / length) }
    }

    /// At most about so many are enough.
    pub(super) fn most(&self) -> usize {
        self.most
    }

    /// How far labels are apart at least, as a share of the axis, where there is no need for less.
    pub(super) fn gap(&self) -> f64 {
        TIGHT / self.most as f64
    }

    /// How long a label is, as a share of the axis, with the air beside it.
    pub(super) fn length(&self, label: &str) -> f64 {
        (self.length)(label) * AIR
    }

    /// Whether ticks at these places are so far apart that their labels are, too.
    pub(in crate::figure) fn parts(&self, one: (f64, &Tick), other: (f64, &Tick)) -> bool {
        let between = 0.5 * (self.length(&one.1.label) + self.length(&other.1.label));
        one.1.label != other.1.label && (one.0 - other.0).abs() >= between
    }

    fn fits(&self, ticks: &[Tick], place: &dyn Fn(f64) -> f64, gap: f64) -> bool {
        ticks.windows(2).all(|pair| {
            let (one, other) = (place(pair[0].at), place(pair[1].at));
            other - one >= gap && self.parts((one, &pair[0]), (other, &pair[1]))
        })
    }
}

/// More multiples than these are not looked through.
const MULTIPLES: f64 = 1000.0;
/// So many steps are tried, each about half as long as the one before; and so many of them for more than two labels.
const STEPS: usize = 10;
const FINER: usize = 4;

/// Equally spaced round values from `low` to `high`, a step of 1, 2 or 5 times a power of ten apart; `place` says where on the
/// axis a value is, from 0 to 1. At least two wherever two have room, whole numbers where that is asked for.
pub(super) fn round_ticks(
    (low, high): (f64, f64),
    is_whole: bool,
    room: &Room<'_>,
    place: &dyn Fn(f64) -> f64,
) -> Vec<Tick> {
    let rough = (high - low) / room.most() as f64;
    if !(rough > 0.0 && rough.is_finite()) {
        return Vec::new();
    }
    let (rough, least) = if is_whole { (rough.max(1.0), 1.0) } else { (rough, 0.0) };
    let steps: Vec<f64> = descending(rough).take(STEPS).filter(|step| *step >= least).collect();
    let largest = low.abs().max(high.abs());
    let of = |step: f64, stride: usize| -> Vec<Tick> {
        let values = multiples((low, high), step, stride).into_iter().filter(|at| (0.0..=1.0).contains(&place(*at)));
        values.map(|at| Tick { at, label: label(at, (step, stride), largest) }).collect()
    };
    let is_enough = |ticks: &Vec<Tick>, gap: f64| ticks.len() >= 2 && room.fits(ticks, place, gap);
    let first = steps.first().map(|&step| of(step, 1)).filter(|ticks| is_enough(ticks, 0.0));
    let every = |gap: f64| {
        let strides = |step: f64| (1..=multiples((low, high), step, 1).len()).map(move |stride| (step, stride));
        let mut all = steps.iter().skip(1).take(FINER).flat_map(|&step| strides(step));
        all.find_map(|(step, stride)| Some(of(step, stride)).filter(|ticks| is_enough(ticks, gap)))
    };
    // Where even two equal steps have no room, the outermost of small ones.
    let outermost = |step: f64| {
        let mut ticks = of(step, 1);
        let last = ticks.len().saturating_sub(1);
        if last > 1 {
            ticks.drain(1..last);
        }
        ticks
    };
    let pair = || steps.iter().map(|&step| outermost(step)).find(|ticks| is_enough(ticks, 0.0));
    let some = || steps.iter().rev().map(|&step| outermost(step)).max_by_key(Vec::len);
    first.or_else(|| every(room.gap())).or_else(|| every(0.0)).or_else(pair).or_else(some).unwrap_or_default()
}

/// Steps of 1, 2 and 5 times powers of ten, from the least that is no less than `rough` down.
fn descending(rough: f64) -> impl Iterator<Item = f64> {
    let power = rough.log10().floor();
    let exponents = (0..i32::MAX).map(move |down| power - f64::from(down));
    let steps = exponents.flat_map(|exponent| [10.0, 5.0, 2.0].map(|factor| factor * 10_f64.powf(exponent)));
    // Above `rough` only the last of them.
    let above = [10.0, 5.0, 2.0, 1.0].into_iter().filter(move |factor| factor * 10_f64.powf(power) >= rough);
    let skipped = above.count().saturating_sub(1);
    steps.skip(skipped)
}

/// The multiples of a step in a range, those whose number is a multiple of `stride`, so that zero is among them if it can be.
fn multiples((low, high): (f64, f64), step: f64, stride: usize) -> Vec<f64> {
    let (first, last) = ((low / step).ceil(), (high / step).floor());
    // Far from zero the step can vanish in the value's own precision.
    let is_seen = step > 0.0 && first + 1.0 > first && last - 1.0 < last;
    if !(is_seen && last >= first && last - first <= MULTIPLES) {
        return Vec::new();
    }
    let numbers = (0..=(last - first) as usize).map(|index| first + index as f64);
    numbers.filter(|number| number.rem_euclid(stride as f64) == 0.0).map(|number| number * step).collect()
}

/// Numbers are written alike: with as many digits as every `stride`-th multiple of a step needs.
fn label(at: f64, (step, stride): (f64, usize), largest: f64) -> String {
    if at == 0.0 {
        return "0".to_owned();
    }
    if !(1e-4..1e6).contains(&largest) {
        let digits = (at.abs().log10().floor() - step.log10().floor()).max(0.0) as usize + 1;
        return number::scientific(at, digits.min(12));
    }
    let apart = step * stride as f64;
    let is_whole = |number: f64| (number - number.round()).abs() < 1e-6;
    let mut decimals = (-step.log10().floor()).clamp(0.0, 15.0) as usize;
    while decimals > 0 && is_whole(apart * 10_f64.powi(decimals as i32 - 1)) {
        decimals -= 1;
    }
    format!("{at:.decimals$}").replace('-', "−")
}

/// A number of one digit, as it is written on an axis.
pub(super) fn round_label(at: f64) -> String {
    if at == 0.0 || (1e-4..1e6).contains(&at.abs()) {
        return number::plain(at);
    }
    let label = number::scientific(at, 1);
    let power = label.strip_prefix("1×").map(str::to_owned);
    power.or_else(|| label.strip_prefix("−1×").map(|power| format!("−{power}"))).unwrap_or(label)
}

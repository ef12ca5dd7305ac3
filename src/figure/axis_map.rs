use super::ticks::{Room, round_label, round_ticks};
use super::{Bend, Range, Tick};

/// From values to the height of a plot: 0 at its bottom, 1 at its top. However large or small the values are, what is
/// drawn are numbers near 1.
#[derive(Clone, Debug, PartialEq)]
pub struct AxisMap {
    axes: Vec<ValueAxis>,
    shared: bool,
}

/// The axis of a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueAxis {
    /// How values become places.
    pub bend: Bend,
    /// The places at the bottom and at the top.
    ends: Range,
}

/// Air below and above the values, as a share of what is shown.
const AIR: f64 = 0.05;

impl ValueAxis {
    /// One that shows the values from one place to another, each end with some air if nothing lies beyond it; something
    /// sensible where there is no way between them.
    pub fn around(bend: Bend, places: Option<(f64, f64)>, air: (bool, bool)) -> Self {
        let Some((low, high)) = places.filter(|(low, high)| low.is_finite() && high.is_finite()) else {
            let ends = if bend.place(0.0).is_finite() { (0.0, 1.0) } else { (bend.place(0.1), bend.place(1.0)) };
            return Self { bend, ends: Range::around(Some(ends)) };
        };
        let span = high - low;
        if span <= 0.0 || !span.is_finite() {
            let ends = if bend == Bend::Linear {
                Range::around(Some((low, high)))
            } else {
                Range { low: low - 1.0, high: high + 1.0 }
            };
            return Self { bend, ends };
        }
        let air_of = |wanted: bool| if wanted { AIR * span } else { 0.0 };
        Self { bend, ends: Range { low: low - air_of(air.0), high: high + air_of(air.1) } }
    }

    /// The value at the bottom.
    pub fn low(&self) -> f64 {
        self.value(0.0)
    }

    /// The value at the top.
    pub fn high(&self) -> f64 {
        self.value(1.0)
    }

    /// Height of a value: 0 at the bottom, 1 at the top; minus infinity where it has no place.
    pub fn height(&self, value: f64) -> f64 {
        self.ends.height(self.bend.place(value))
    }

    /// The value at a height.
    pub fn value(&self, height: f64) -> f64 {
        self.bend.value(self.ends.value(height))
    }

    /// Height of a place.
    pub(super) fn height_of(&self, place: f64) -> f64 {
        self.ends.height(place)
    }

    /// The place at a height.
    pub(super) fn place_at(&self, height: f64) -> f64 {
        self.ends.value(height)
    }

    /// Places from the bottom to the top.
    pub(super) fn span(&self) -> f64 {
        self.ends.high - self.ends.low
    }

    fn towards(&self, other: &Self, part: f64) -> Self {
        Self { bend: self.bend.towards(other.bend, part), ends: self.ends.towards(other.ends, part) }
    }

    /// Round values, about as many as there is room for, those that matter first: zero, powers of ten, the ends of a linear
    /// part; or where fewer than two of them are in sight, equally spaced ones. Two at least; and where a value and its negative
    /// are both in sight, both or none.
    pub fn ticks(&self, room: &Room<'_>) -> Vec<Tick> {
        if self.bend == Bend::Linear {
            return self.ends.ticks(room);
        }
        let (first, last) = self.exponents();
        let decade = std::f64::consts::LN_10 / (self.ends.high - self.ends.low);
        for gap in [room.gap(), 0.0] {
            // Every so manieth power that has room, so that the distances are equal: 1 is among them, or else the first.
            let widest = (first..=last).map(|power| room.length(&round_label(10_f64.powi(power)))).fold(gap, f64::max);
            let stride = (widest / decade).ceil().max(1.0) as i32;
            for of in [0, first] {
                let ticks = self.spread((stride, of), gap, room);
                if ticks.len() >= 2 {
                    return ticks;
                }
            }
        }
        let place = |value: f64| self.height(value);
        let even = || round_ticks((self.low(), self.high()), false, room, &place);
        self.outermost(room).unwrap_or_else(even)
    }

    /// Where the axis is linear around zero, how far.
    fn linear(&self) -> Option<f64> {
        if let Bend::Symlog { linear } = self.bend { Some(linear) } else { None }
    }

    /// The powers of ten that are in sight, or whose negatives are; on a linear part none are of interest.
    fn exponents(&self) -> (i32, i32) {
        let largest = self.low().abs().max(self.high().abs());
        let smallest = self.linear().unwrap_or(self.low());
        (smallest.log10().ceil() as i32, largest.log10().floor() as i32)
    }

    fn is_seen(&self, value: f64) -> bool {
        (0.0..=1.0).contains(&self.height(value))
    }

    /// Zero, every `stride`-th power of ten, the ends of a linear part, and between powers 2 and 5 times them, each where it is
    /// in sight and there is room.
    fn spread(&self, (stride, of): (i32, i32), gap: f64, room: &Room<'_>) -> Vec<Tick> {
        let signs: &[f64] = if self.linear().is_some() { &[1.0, -1.0] } else { &[1.0] };
        let (first, last) = self.exponents();
        let powers =
            (first..=last).filter(|power| (power - of).rem_euclid(stride) == 0).map(|power| 10_f64.powi(power));
        let between = (first - 1..=last).flat_map(|power| [2.0, 5.0].map(|factor| factor * 10_f64.powi(power)));
        let between = between.filter(|at| stride == 1 && *at > self.linear().unwrap_or(0.0));
        let zero = self.linear().map(|_| 0.0);
        let all = zero.into_iter().chain(powers).chain(self.linear()).chain(between);
        let mut ticks: Vec<Tick> = Vec::new();
        for size in all {
            let signs = if size == 0.0 { &signs[..1] } else { signs };
            let both = signs.iter().map(|sign| sign * size).filter(|at| self.is_seen(*at));
            let both: Vec<_> = both.map(|at| Tick { at, label: round_label(at) }).collect();
            let is_free = |tick: &Tick| {
                let place = self.height(tick.at);
                ticks.iter().all(|other| {
                    let beside = self.height(other.at);
                    (beside - place).abs() >= gap && room.parts((place, tick), (beside, other))
                })
            };
            if both.iter().all(is_free) {
                ticks.extend(both);
            }
        }
        ticks.sort_by(|one, other| one.at.total_cmp(&other.at));
        ticks
    }

    /// The lowest and the highest power of ten, where that is all there is room for.
    fn outermost(&self, room: &Room<'_>) -> Option<Vec<Tick>> {
        let (first, last) = self.exponents();
        let powers = (first..=last).map(|power| 10_f64.powi(power));
        let negative = powers.clone().rev().filter(|_| self.linear().is_some()).map(|at| -at);
        let all = negative.chain(self.linear().map(|_| 0.0)).chain(powers);
        let seen: Vec<_> = all.filter(|at| self.is_seen(*at)).collect();
        let ticks = [*seen.first()?, *seen.last()?].map(|at| Tick { at, label: round_label(at) });
        let [one, other] = &ticks;
        room.parts((self.height(one.at), one), (self.height(other.at), other)).then(|| ticks.into())
    }
}

impl AxisMap {
    /// One axis for all columns.
    pub fn shared(axis: ValueAxis) -> Self {
        Self { axes: vec![axis], shared: true }
    }

    /// An axis for each column.
    pub fn per_layer(axes: Vec<ValueAxis>) -> Self {
        Self { axes, shared: false }
    }

    /// The one axis, where all columns share it.
    pub fn shared_axis(&self) -> Option<ValueAxis> {
        if self.shared { self.axes.first().copied() } else { None }
    }

    /// The axis of a column.
    pub fn axis(&self, column: usize) -> ValueAxis {
        let index = if self.shared { 0 } else { column };
        self.axes.get(index).copied().unwrap_or(ValueAxis::around(Bend::Linear, None, (true, true)))
    }

    /// Whether two maps have the same columns and bend alike, so that one can turn into the other.
    pub fn is_like(&self, other: &Self) -> bool {
        self.shared == other.shared
            && self.axes.len() == other.axes.len()
            && self.axes.iter().zip(&other.axes).all(|(one, other)| one.bend.is_like(other.bend))
    }

    /// This with as many columns as another, whose axes those have that are missing here.
    #[must_use]
    pub fn with_columns_of(mut self, other: &Self) -> Self {
        if !self.shared && !other.shared {
            let known = self.axes.len().min(other.axes.len());
            self.axes.truncate(known);
            self.axes.extend(&other.axes[known..]);
        }
        self
    }

    /// Part of the way to a map like it.
    pub fn towards(&self, other: &Self, part: f64) -> Self {
        let axes = self.axes.iter().zip(&other.axes).map(|(one, other)| one.towards(other, part)).collect();
        Self { axes, shared: self.shared }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axes() -> Vec<ValueAxis> {
        let symlog = |linear| Bend::Symlog { linear };
        let cases = [
            (Bend::Linear, -3.0, 4.0),
            (symlog(0.02), -1e3, 5e4),
            (symlog(0.02), 0.0, 0.01),
            (symlog(1.0), -1e30, 1e38),
            (symlog(1e-3), 40.0, 47.0),
            (Bend::Log, 1e-9, 3.0),
            (Bend::Log, 0.3, 0.7),
            (Bend::LogSize, 1e-40, 1e38),
        ];
        let places = |bend: Bend, low: f64, high: f64| Some((bend.place(low), bend.place(high)));
        cases.map(|(bend, low, high)| ValueAxis::around(bend, places(bend, low, high), (true, true))).to_vec()
    }

    #[test]
    fn heights_grow_with_the_values_and_lead_back_to_them() {
        for axis in axes() {
            let heights = (0..=100).map(|step| f64::from(step) / 100.0);
            let values: Vec<_> = heights.clone().map(|height| axis.value(height)).collect();
            assert!(values.windows(2).all(|pair| pair[0] < pair[1]), "{axis:?}");
            for (height, value) in heights.zip(values) {
                assert!((axis.height(value) - height).abs() < 1e-9, "{axis:?}: {value}");
            }
        }
    }

    /// Room for so many lines.
    fn lines(count: f64) -> Room<'static> {
        Room::upright(46.0 * count, 15.0, 46.0)
    }

    #[test]
    fn ticks_are_round_few_and_lie_where_they_say() {
        for axis in axes() {
            let ticks = axis.ticks(&lines(8.0));
            assert!((2..=14).contains(&ticks.len()), "{axis:?}: {ticks:?}");
            assert!(ticks.windows(2).all(|pair| axis.height(pair[0].at) < axis.height(pair[1].at)), "{ticks:?}");
            for Tick { at, label } in ticks {
                assert!((0.0..=1.0).contains(&axis.height(at)), "{at} is on the axis");
                assert!((read(&label) - at).abs() <= 1e-9 * at.abs(), "{label} is {at}");
            }
        }
    }

    /// What a label says: `−5×10⁻³`, `10⁴`, `0.02`.
    fn read(label: &str) -> f64 {
        let plain: String = label
            .chars()
            .map(|digit| {
                "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|high| high == digit).map_or(digit, |at| (b'0' + at as u8) as char)
            })
            .collect();
        let plain = plain.replace(['−', '⁻'], "-");
        let (sign, plain) = plain.strip_prefix('-').map_or((1.0, plain.as_str()), |rest| (-1.0, rest));
        let raised = label.chars().any(|digit| "⁰¹²³⁴⁵⁶⁷⁸⁹".contains(digit));
        let number = |text: &str| text.parse().unwrap_or(f64::NAN);
        let (factor, power) = match plain.split_once('×') {
            Some((factor, power)) => (number(factor), power),
            None if raised => (1.0, plain),
            None => return sign * number(plain),
        };
        sign * factor * 10_f64.powf(power.strip_prefix("10").map_or(f64::NAN, number))
    }

    #[test]
    fn decades_are_equally_far_apart() {
        let axis = ValueAxis::around(Bend::Log, Some((1e-6_f64.ln(), 1e3_f64.ln())), (true, true));
        let labels: Vec<_> = axis.ticks(&lines(10.0)).into_iter().map(|tick| tick.label).collect();
        assert_eq!(labels, ["10⁻⁶", "10⁻⁵", "0.0001", "0.001", "0.01", "0.1", "1", "10", "100", "1000"]);
    }

    #[test]
    fn what_has_no_span_or_no_place_has_an_axis_all_the_same() {
        for bend in [Bend::Linear, Bend::Symlog { linear: 1.0 }, Bend::Log, Bend::LogSize] {
            for value in [1.0, 0.0, -3.0, 1e30] {
                let place = bend.place(value);
                let axis = ValueAxis::around(bend, Some((place, place)), (true, true));
                assert!(axis.low() < axis.high());
                assert!(!place.is_finite() || (axis.height(value) - 0.5).abs() < 1e-12, "{bend:?} {value}");
            }
            assert!(ValueAxis::around(bend, None, (true, true)).ticks(&lines(6.0)).len() >= 2);
        }
    }
}
